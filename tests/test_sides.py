"""`diff A [B]`: whatever is written for A and B is understood as it was meant, or refused in one sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import given
import pytest
import year
from commands import Ended, Run
from hypothesis import given as over
from hypothesis import strategies as st
from repositories import committed, git, repository

from modulkarta.cli import sides
from modulkarta.cli.sides import Here, two_sides

pytestmark = pytest.mark.usefixtures("built_once")

ONE = {"modules/a": "name: Anslaget\n"}
TWO = {**ONE, "modules/b": "name: Bokningen\n"}
SECRET = {"modules/h": "name: Hemligheten\nsecrecy:\n  level: secret\n"}
NEW = "Bokningen"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """main has one module; the branch work, which is checked out, two and a secret one."""
    place = repository(tmp_path_factory.mktemp("made") / "repo")
    given.written(place, ONE)
    committed(place, "Det första: anslaget")
    git(place, "tag", "v1")
    git(place, "checkout", "-q", "-b", "work")
    given.written(place, TWO | SECRET)
    committed(place, "Bokningen")
    return place


@pytest.fixture
def repo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one's own, as `made`; the command runs in it."""
    place = shutil.copytree(made, tmp_path / "repo")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalogue that is in no repository."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    given.written(tmp_path / "alone", TWO)
    monkeypatch.chdir(tmp_path / "alone")
    return tmp_path / "alone"


def refused(ended: Ended) -> str:
    """The one sentence of a refusal."""
    assert (ended.code, ended.out) == (2, "")
    *_, sentence = ended.err.strip().split("\n")
    assert sentence.startswith("Fel: ") and sentence[-1] in ".?" and sentence[-2] not in ".?", ended.err
    return sentence.removeprefix("Fel: ")


def remarks(ended: Ended) -> list[str]:
    assert ended.code == 0, ended.err
    return [line for line in ended.err.split("\n") if line and "--audience" not in line and "anmärkning" not in line]


# What is understood


@pytest.mark.parametrize(
    "written",
    [
        ["main"], ["main", "work"], ["main..work"], ["main...work"], ["main.."], ["main..."], ["v1"], ["HEAD~1"],
        ["HEAD^", "HEAD"], ["main:catalogue"], ["main:/catalogue/", "."], ["main:./catalogue"], ["main:"],
        ["main^{commit}"], [":/första"], ["HEAD^{/första: ansl}"], ["main@{2090-01-01 12:00:00}"],
        ["v1", "./catalogue"], ["v1", "catalogue"], ["refs/heads/main", "@"], ["v1^0"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_new_is_new(run: Run, repo: Path, written: list[str]) -> None:
    ended = run("diff", *written)
    assert NEW in ended.out and "Anslaget" not in ended.out and remarks(ended) == []
    assert run("diff", *written, "--exit-code").code == 1


@pytest.mark.parametrize("written", [["work", "main"], ["..main"], ["HEAD", "v1"], [".", "main"]], ids=" ".join)
def test_the_other_way_round_it_is_gone(run: Run, repo: Path, written: list[str]) -> None:
    assert "Borttagna moduler (1)\n  Bokningen" in run("diff", *written).out


@pytest.mark.parametrize(
    "written", [["work"], ["...main"], ["main", "v1"], [".", "catalogue"], ["HEAD..@"]], ids=" ".join
)
def test_what_is_the_same_has_no_changes(run: Run, repo: Path, written: list[str]) -> None:
    ended = run("diff", *written, "--exit-code")
    assert ended.code == 0 and "Inga ändringar i sak." in ended.out


def test_three_dots_are_what_happened_since_the_work_began(run: Run, repo: Path) -> None:
    git(repo, "checkout", "-q", "main")
    given.written(repo, {"modules/c": "name: Chatten\n"})
    committed(repo)
    git(repo, "checkout", "-q", "work")
    assert "Chatten" in run("diff", "main..work").out
    since = run("diff", "main...work").out
    assert NEW in since and "Chatten" not in since


def test_the_commit_of_a_short_id_is_named_once(run: Run, repo: Path) -> None:
    id_ = git(repo, "rev-parse", "main")
    for written in (id_, id_[:7], id_[:12]):
        assert run("diff", written).out.startswith(f"Ändringar från {id_[:7]} till filerna här\n")


def test_what_is_not_saved_in_git_yet_counts(run: Run, repo: Path) -> None:
    (repo / "catalogue/applications/modules/c.yaml").write_text("name: Chatten\n")
    assert "Chatten" in run("diff", "HEAD").out
    assert "Chatten" not in run("diff", "main..").out


def test_two_folders_need_no_git(run: Run, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given.written(alone / "old", ONE)
    monkeypatch.setenv("PATH", "")
    for written in (["old"], ["./old", "."], ["old/catalogue", "catalogue"], [str(alone / "old")]):
        assert NEW in run("diff", *written).out


def test_a_folder_below_the_catalogue_will_do(run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo / "catalogue/applications/modules")
    assert NEW in run("diff", "main").out
    monkeypatch.chdir(repo.parent)
    assert NEW in run("diff", "main", "--catalogue", "repo").out


def test_a_worktree_is_as_good(run: Run, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repo, "worktree", "add", "-q", "-b", "beside", str(tmp_path / "beside"), "work")
    monkeypatch.chdir(tmp_path / "beside")
    assert NEW in run("diff", "main").out
    assert run("diff", str(repo)).out.endswith("Inga ändringar i sak.\n")


# A repository without files


@pytest.fixture
def bare(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(tmp_path, "clone", "-q", "--bare", repo.as_uri(), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    return tmp_path / "bare.git"


@pytest.mark.parametrize(
    "written", [["main", "work"], ["main..work"], ["main...work"], ["main:catalogue", "work"]], ids=" ".join
)
def test_a_bare_repository_has_two_sides(run: Run, bare: Path, written: list[str]) -> None:
    ended = run("diff", *written)
    assert NEW in ended.out and remarks(ended) == []


def test_a_bare_repository_has_no_files_of_its_own(run: Run, bare: Path) -> None:
    for asked in (("diff", "main"), ("pr-comment", "--base", "main")):
        assert refused(run(*asked)) == "Här finns inga filer, bara historien; diff kan jämföra två revisioner."
    assert refused(run("diff", "mian", "work")) == "Revisionen ”mian” finns inte; menade du ”main”?"


# What is refused


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (["mian"], "Revisionen ”mian” finns inte; menade du ”main”?"),
        (["MAIN"], "Revisionen ”MAIN” finns inte; menade du ”main”?"),
        (["main", "wrok"], "Revisionen ”wrok” finns inte; menade du ”work”?"),
        (["main..wrok"], "Revisionen ”wrok” finns inte; menade du ”work”?"),
        (["mian...work"], "Revisionen ”mian” finns inte; menade du ”main”?"),
        (["nowhere"], "Revisionen ”nowhere” finns inte."),
        (["main....work"], "Revisionen ”main.” finns inte; menade du ”main”?"),
        ([""], "Revisionen ”” finns inte."),
        (["main", ""], "Revisionen ”” finns inte."),
        (["två ord"], "Revisionen ”två ord” finns inte."),
        (["två\nrader"], "Revisionen ”två\\nrader” finns inte."),
        (["noll\0tecken"], "Revisionen ”noll\\x00tecken” finns inte."),
        (["--", "--output=x"], "Revisionen ”--output=x” finns inte."),
        (["--", "-x"], "Revisionen ”-x” finns inte."),
        (["--", "--output=x..main"], "Revisionen ”--output=x” finns inte."),
        (["--output=x"], "Valet --output finns inte."),
        (["-x"], "Valet -x finns inte."),
        (["main~1"], "”main~1” finns inte: så långt tillbaka går inte historien."),
        (["HEAD~9"], "”HEAD~9” finns inte: så långt tillbaka går inte historien."),
        (["HEAD^{tree}"], "Revisionen ”HEAD^{tree}” finns inte."),
        (["HEAD^{"], "Revisionen ”HEAD^{” finns inte."),
        (["HEAD^{/finns: inte}"], "Revisionen ”HEAD^{/finns: inte}” finns inte."),
        (["\x1b[31m"], "Revisionen ”\\x1b[31m” finns inte."),
        (["\udcff"], "Revisionen ”\\xff” finns inte."),
        (["å" * 5000], f"Revisionen ”{'å' * 5000}” finns inte."),
        ([":/finns inte"], "Revisionen ”:/finns inte” finns inte."),
        (["main:nowhere"], "I main finns ingen mapp nowhere."),
        (["main:../repo"], "I main finns ingen mapp ../repo."),
        (["main:catalogue/catalogue.yaml"], "I main finns ingen mapp catalogue/catalogue.yaml."),
        (["../nowhere"], "Mappen ../nowhere finns inte."),
        (["./nowhere", "main"], "Mappen ./nowhere finns inte."),
        (["main", "work", "v1"], "Det är för många argument: v1."),
        ([], "Argumentet A saknas."),
    ],
)  # fmt: skip
def test_what_means_nothing_is_said_in_one_sentence(run: Run, repo: Path, written: list[str], sentence: str) -> None:
    before = sorted(repo.rglob("*"))
    assert refused(run("diff", *written)) == sentence
    assert sorted(repo.rglob("*")) == before


def test_without_git_it_is_said(run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(run("diff", "main")) == "Programmet git finns inte på datorn."
    assert refused(run("diff", "main..work")) == "Programmet git finns inte på datorn."


def test_outside_every_repository_it_is_said(run: Run, alone: Path) -> None:
    for written in (["main"], ["main...work"]):
        assert refused(run("diff", *written)) == f"Mappen {alone}/catalogue ligger inte i något git-arkiv."


def test_a_repository_where_nothing_is_saved_yet_says_so(run: Run, alone: Path) -> None:
    repository(alone)
    for written in ("main", "HEAD", "HEAD~1", "main.."):
        assert refused(run("diff", written)).startswith("Git-arkivet har inga sparade versioner än")


def test_a_shallow_clone_says_what_to_fetch(
    run: Run, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "work", repo.as_uri(), "clone")
    monkeypatch.chdir(tmp_path / "clone")
    for asked in (
        ["diff", "main"],
        ["diff", "HEAD~1"],
        ["diff", "origin/main..."],
        ["pr-comment", "--base", "origin/main"],
    ):
        told = refused(run(*asked))
        assert "bara en del av historien är hämtad; kör git fetch --unshallow, eller sätt fetch-depth: 0" in told
    assert run("diff", "HEAD").code == 0


# Folders and branches of one name


def test_a_branch_goes_before_a_folder_of_its_name_and_that_is_said(run: Run, repo: Path) -> None:
    git(repo, "branch", "catalogue", "main")
    ended = run("diff", "catalogue")
    assert NEW in ended.out
    assert remarks(ended) == [
        "catalogue är både en revision och en mapp; här menas revisionen. Mappen skrivs ./catalogue."
    ]
    ended = run("diff", "./catalogue")
    assert NEW not in ended.out and remarks(ended) == []


def test_a_folder_without_a_catalogue_is_not_meant(run: Run, repo: Path) -> None:
    (repo / "main").mkdir()
    (repo / "main/readme.txt").write_text("En mapp.\n")
    ended = run("diff", "main")
    assert NEW in ended.out and remarks(ended) == []


# The catalogue in another place


def test_a_catalogue_that_was_moved_is_found_where_it_was(run: Run, repo: Path) -> None:
    git(repo, "mv", "catalogue", "katalog")
    committed(repo)
    ended = run("diff", "main", "--catalogue", "katalog")
    assert NEW in ended.out and "Anslaget" not in ended.out
    (remark,) = remarks(ended)
    assert remark.startswith("I main (") and remark.endswith(") låg katalogen i catalogue.")


def test_of_several_catalogues_one_is_asked_for(run: Run, repo: Path) -> None:
    given.written(repo / "nord", ONE)
    given.written(repo / "syd", ONE)
    git(repo, "mv", "catalogue", "katalog")
    at = committed(repo)
    git(repo, "mv", "katalog", "ny")
    committed(repo)
    many = "katalog, nord/catalogue, syd/catalogue"
    told = refused(run("diff", at, "--catalogue", "ny"))
    assert told == f"I {at[:7]} ligger flera kataloger: {many}; skriv REV:MAPP."
    assert "Inga ändringar" in run("diff", f"{at}:katalog", "--catalogue", "ny").out
    for folder in ("nord/catalogue", "nord", "nord/"):
        assert NEW in run("diff", f"{at}:{folder}", "--catalogue", "ny").out


def test_a_catalogue_that_became_the_whole_repository_is_found(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("applications", "catalogue.yaml"):
        git(repo, "mv", f"catalogue/{part}", part)
    committed(repo)
    monkeypatch.chdir(repo)
    assert NEW in run("diff", "main").out
    assert NEW in run("diff", "main", "HEAD").out


def test_a_revision_without_a_catalogue_makes_all_of_it_new(run: Run, repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "empty")
    git(repo, "rm", "-rfq", ".")
    (repo / "README.md").write_text("Snart.\n")
    empty = committed(repo)
    git(repo, "checkout", "-q", "work")
    ended = run("diff", "empty")
    assert "Nya moduler (2)\n  Anslaget\n  Bokningen" in ended.out
    assert remarks(ended) == [f"I empty ({empty[:7]}) fanns ingen katalog; allt är nytt jämfört med den."]


def test_a_submodule_is_named_and_not_read(run: Run, repo: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    given.written(other, {"modules/u": "name: Undermodulen\n"})
    committed(other)
    git(repo, "submodule", "add", "-q", other.as_uri(), "catalogue/applications/under")
    committed(repo)
    ended = run("diff", "main", "HEAD")
    assert NEW in ended.out and "Undermodulen" not in ended.out


# One side that is broken


BROKEN = {"modules/a": "name: [\n"}


def test_what_is_sound_of_a_broken_side_is_compared(run: Run, repo: Path) -> None:
    given.written(repo, BROKEN)
    broken = committed(repo)[:7]
    ended = run("diff", "main..HEAD")
    assert NEW in ended.out and "Går inte att jämföra, för filen har fel (1)\n  a: i det nya" in ended.out
    assert remarks(ended) == [f"HEAD ({broken}) har 1 fel; det som går att läsa jämförs."]
    ended = run("diff", "HEAD", "main")
    assert "a: i det som jämförs med" in ended.out and "Borttagna moduler (1)\n  Bokningen" in ended.out


def test_both_sides_may_be_broken(run: Run, repo: Path) -> None:
    git(repo, "checkout", "-q", "main")
    given.written(repo, BROKEN)
    committed(repo)
    git(repo, "checkout", "-q", "work")
    given.written(repo, BROKEN)
    ended = run("diff", "main")
    assert NEW in ended.out and "a: på båda sidor" in ended.out and len(remarks(ended)) == 2


# Schemas that changed


def with_schemas(repo: Path) -> Path:
    shutil.copytree(given.SCHEMAS, repo / "schemas", dirs_exist_ok=True)
    return repo / "schemas"


def test_a_field_that_is_new_is_a_change_like_any_other(run: Run, repo: Path) -> None:
    file = with_schemas(repo) / "module.schema.json"
    before = committed(repo)
    schema = json.loads(file.read_text("utf-8"))
    schema["properties"]["colour"] = {"type": "integer", "title": "färg", "x-en": {"title": "colour"}}
    file.write_text(json.dumps(schema), "utf-8")
    given.written(repo, {"modules/b": "name: Bokningen\ncolour: 7\n"})
    assert "Bokningen, färg: uppgift saknas → 7" in run("diff", before).out
    committed(repo)
    assert "Bokningen, färg: 7 → uppgift saknas" in run("diff", "HEAD", before).out


def test_a_kind_that_is_no_more_takes_its_things_with_it(run: Run, repo: Path) -> None:
    schemas = with_schemas(repo)
    given.written(repo, {"lessons/l": "name: Läxan\n"})
    before = committed(repo)
    (schemas / "lesson.schema.json").unlink()
    shutil.rmtree(next(repo.glob("catalogue/*/lessons")))
    committed(repo)
    for written in ([before], [before, "HEAD"]):
        assert "(1)\n  Läxan" in run("diff", *written).out


@pytest.mark.parametrize("damage", ["{", "[]", '{"$ref": "nowhere.json"}', "\xff"])
def test_schemas_that_cannot_be_used_give_way_to_those_that_are_here(run: Run, repo: Path, damage: str) -> None:
    file = with_schemas(repo) / "module.schema.json"
    sound = file.read_bytes()
    file.write_bytes(damage.encode("latin-1"))
    given.written(repo, {"modules/b": "name: Bokningen\nsummary: Förr\n"})
    broken = committed(repo)
    file.write_bytes(sound)
    given.written(repo, {"modules/b": "name: Bokningen\n", "modules/c": "name: Chatten\n"})
    ended = run("diff", broken)
    assert "Nya moduler (1)\n  Chatten" in ended.out
    assert remarks(ended)[0].startswith(f"Schemana i {broken[:7]} går inte att använda (")
    file.write_bytes(damage.encode("latin-1"))
    ended = run("diff", "main")
    assert ended.code == 2 and ended.err.startswith("Fel: Schemana går inte att använda: module.schema.json")


# Who may see it


@pytest.mark.parametrize(
    "written",
    [["main"], ["main..work"], ["main...work"], ["v1", "."], ["main:catalogue", "work"], ["work", "main"]],
    ids=" ".join,
)
@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_every_way_of_comparing_heeds_the_audience(run: Run, repo: Path, written: list[str], format_: str) -> None:
    asked = ("diff", *written, "--format", format_, "--all")
    for audience in ([], ["--audience", "internal"], ["--audience", "public"]):
        ended = run(*asked, *audience)
        assert "Hemligheten" not in ended.out + ended.err and '"h"' not in ended.out
    assert "Hemligheten" in run(*asked, "--audience", "secret").out


# The other formats


@pytest.mark.parametrize(("format_", "ending"), [("markdown", "md"), ("json", "json")])
def test_the_other_formats_say_all_of_it(
    run: Run, alone: Path, monkeypatch: pytest.MonkeyPatch, format_: str, ending: str
) -> None:
    monkeypatch.setattr(sides, "today", lambda: given.TODAY)
    for month, side in ((0, "old"), (4, "new")):
        shutil.copytree(given.GOOD, alone / side / "catalogue")
        for _, several in year.MONTHS[1 : month + 1]:
            for change in several:
                change(alone / side / "catalogue")
    ended = run("diff", "old", "new", "--format", format_, "--date", "2027-10-01", "--catalogue", "new")
    given.as_before(f"diff.{ending}", ended.out)


# Two sides in one word

NAMES = st.from_regex(r"[a-z_-]{1,5}(/[a-z.]?[a-z]+)?(@\{[0-9]\})?[~^]?[0-9]{0,2}", fullmatch=True)


@over(NAMES, st.just("") | NAMES)
def test_two_dots_are_two_sides(before: str, after: str) -> None:
    here = Here(folder=None, schemas=None)
    assert two_sides(f"{before}..{after}", None, here) == (before, after or "HEAD")
    assert two_sides(f"..{before}", None, here) == ("HEAD", before)
    assert two_sides(before, after, here) == (before, after)


@over(st.text())
def test_a_revision_and_its_folder_are_all_that_was_written(text: str) -> None:
    revision, folder = sides._parted(text)
    assert text in (revision, f"{revision}:{folder}", f"{revision}:")
    assert "{" in text or text.startswith(":") or ":" not in revision
