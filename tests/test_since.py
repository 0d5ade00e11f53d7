"""check --since: only what a change broke fails; what was broken before is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as over
from hypothesis import strategies as st
from repositories import committed, git, repository

from modulkarta.changes.broken import new_lines, on_written_line, told_apart
from modulkarta.findings import Finding, Location, Related, message

OLD = "name: A\ndepends_on: [nowhere]\n"


def finding(rule: int, entity: int, line: int) -> Finding:
    return Finding(
        code=f"MK30{rule}", severity="error", location=Location(file="f.yaml", line=line), message=message("Fel"),
        entity=f"e{entity}",
    )  # fmt: skip


def kinds(findings: Iterable[Finding]) -> Counter[tuple[str, str | None]]:
    return Counter((found.code, found.entity) for found in findings)


FINDINGS = st.lists(st.builds(finding, *[st.integers(1, 3)] * 3), max_size=12)
WRITTEN = st.dictionaries(st.sampled_from(["f.yaml", "g.yaml"]), st.frozensets(st.integers(1, 3)))


@over(now=FINDINGS, before=FINDINGS, written=WRITTEN)
def test_a_finding_is_old_as_many_times_as_it_was_there_before(
    now: list[Finding], before: list[Finding], written: dict[str, frozenset[int]]
) -> None:
    new, older = told_apart(now, before, written)
    assert kinds(older) == kinds(now) & kinds(before) and kinds(new) == kinds(now) - kinds(before)
    for part in (new, older):
        there = iter(now)
        assert all(any(found is other for other in there) for found in part), "the order is kept"
    for what in kinds(new) & kinds(older):
        ours, theirs = (
            [on_written_line(f, written) for f in part if (f.code, f.entity) == what] for part in (new, older)
        )
        assert min(ours) >= max(theirs), "those on written lines are the new ones"


@over(now=st.lists(st.sampled_from(["a: 1", "b: 2", "c: 3"])), before=st.lists(st.sampled_from(["a: 1", "b: 2"])))
def test_a_text_without_its_new_lines_is_part_of_the_text_before(now: list[str], before: list[str]) -> None:
    written = new_lines({"f": "\n".join(now)}, {"f": "\n".join(before)}).get("f", frozenset())
    there = iter(before)
    assert all(any(line == other for other in there) for n, line in enumerate(now, 1) if n not in written)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an old error on main, and a branch for work."""
    place = repository(tmp_path / "repo")
    given.written(place, {"modules/a": OLD, "modules/b": "name: B\n"})
    committed(place)
    git(place, "checkout", "-q", "-b", "work")
    monkeypatch.chdir(place)
    return place


def module(repo: Path, name: str) -> Path:
    return repo / "catalogue/applications/modules" / f"{name}.yaml"


def test_what_was_wrong_before_does_not_fail(run: Run, repo: Path) -> None:
    assert run("check").code == 1
    module(repo, "a").write_text("# moved\n\n" + OLD)
    ended = run("check", "--since", "main")
    assert ended.code == 0 and not ended.out
    assert ended.err == (
        "3 filer, 0 fel, 0 varningar, 0 upplysningar\nFanns redan före ändringen och räknas inte: 1 fel.\n"
    )


def test_what_the_change_broke_fails_committed_or_not(run: Run, repo: Path) -> None:
    module(repo, "b").write_text("name: B\ndepends_on: [nowhere]\n")
    for _ in range(2):
        ended = run("check", "--since", "main", "--format", "json")
        assert ended.code == 1 and (ended.data["errors"], ended.data["older"]) == (1, 1)
        told = [(f["entity"], f["severity"], f["older"]) for f in ended.data["findings"]]
        assert told == [("b", "error", False), ("a", "info", True)]
        assert ended.data["since"] == {"revision": "main", "commit": git(repo, "rev-parse", "main")}
        committed(repo)


def test_the_same_thing_once_more_is_new(run: Run, repo: Path) -> None:
    module(repo, "a").write_text("name: A\ndepends_on: [nowhere]\nplatforms: [nowhere]\n")
    (new, older) = run("check", "--since", "main", "--format", "json").data["findings"]
    assert (new["line"], new["older"], older["line"], older["older"]) == (3, False, 2, True)


def test_what_main_broke_meanwhile_is_not_compared_with(run: Run, repo: Path) -> None:
    module(repo, "b").write_text("name: B\ndepends_on: [nowhere]\n")
    committed(repo, "Work breaks b")
    git(repo, "checkout", "-q", "main")
    module(repo, "b").write_text("name: B\ndepends_on: [nowhere]\n")
    committed(repo, "Main breaks b too")
    git(repo, "checkout", "-q", "work")
    assert run("check", "--since", "main").code == 1


def test_what_got_another_id_keeps_its_debt(run: Run, repo: Path) -> None:
    module(repo, "a").rename(module(repo, "new"))
    assert run("check", "--since", "main").code == 1
    module(repo, "new").write_text(OLD + "former_ids: [a]\n")
    ended = run("check", "--since", "main", "--format", "json")
    assert (ended.code, ended.data["older"]) == (0, 1)


def test_a_line_that_explains_a_finding_is_of_the_change_too() -> None:
    related = Related(location=Location(file="g.yaml", line=2), message=message("Här"))
    explained = replace(finding(1, 1, 1), related=(related,))
    assert on_written_line(explained, {"g.yaml": frozenset({2})})
    assert not on_written_line(explained, {"g.yaml": frozenset({1})})


def test_a_catalogue_that_moved_has_nothing_to_be_compared_with(run: Run, repo: Path) -> None:
    (repo / "elsewhere").mkdir()
    git(repo, "mv", "catalogue", "elsewhere/catalogue")
    ended = run("check", "--since", "main", "elsewhere/catalogue")
    assert ended.code == 1
    assert ended.err.endswith("det finns inget att jämföra med: katalogen fanns inte i main\n")


def test_a_schema_that_asks_for_more_breaks_what_was_right(run: Run, repo: Path) -> None:
    (repo / "schemas").mkdir()
    for file in given.SCHEMAS.glob("*.json"):
        (repo / "schemas" / file.name).write_bytes(file.read_bytes())
    committed(repo)
    assert run("check", "--since", "HEAD").code == 0
    schema = repo / "schemas/module.schema.json"
    schema.write_text(schema.read_text("utf-8").replace('"required": [', '"required": ["summary", '), "utf-8")
    ended = run("check", "--since", "HEAD", "--format", "json")
    assert ended.code == 1 and ended.data["errors"] > 0


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("nowhere", "revisionen ”nowhere” finns inte"),
        ("mian", "revisionen ”mian” finns inte; menade du ”main”?"),
        ("--output=x", "revisionen ”--output=x” finns inte"),
    ],
)
def test_with_nothing_to_compare_with_everything_is_checked(run: Run, repo: Path, wanted: str, told: str) -> None:
    ended = run("check", f"--since={wanted}")
    assert (
        ended.code == 1
        and "MK301" in ended.out
        and ended.err.endswith(f"Allt räknas, för det finns inget att jämföra med: {told}\n")
    )
    assert not (repo / "x").exists()


def test_with_schemas_that_were_unusable_everything_is_checked(run: Run, repo: Path) -> None:
    (repo / "schemas").mkdir()
    for file in given.SCHEMAS.glob("*.json"):
        (repo / "schemas" / file.name).write_bytes(file.read_bytes())
    (repo / "schemas/module.schema.json").write_text("{")
    committed(repo)
    (repo / "schemas/module.schema.json").write_bytes((given.SCHEMAS / "module.schema.json").read_bytes())
    ended = run("check", "--since", "HEAD")
    assert ended.code == 1 and "schemana i HEAD går inte att använda: " in ended.err


def test_outside_a_repository_everything_is_checked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = given.written(tmp_path, {"modules/a": OLD})
    ended = run("check", "--since", "main", root)
    assert ended.code == 1 and "ligger inte i något git-arkiv" in ended.err


def test_one_line_each_marks_what_is_older(run: Run, repo: Path) -> None:
    module(repo, "b").write_text("name: B\nnamn: C\n")
    lines = run("check", "--since", "main", "--format", "concise").out.splitlines()
    assert [line.endswith(" [äldre]") for line in lines] == [False, True] and ": upplysning[MK301]" in lines[1]
