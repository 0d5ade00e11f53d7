"""The command that writes the report: which day, which report before, which files, and the tag."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import given
import pytest
import year
from commands import Run
from hypothesis import given as each
from hypothesis import strategies as st
from quick import without_slow_files
from repositories import committed, git

from modulkarta.cli import report_files
from modulkarta.cli.months import Month, month_of
from modulkarta.editing.writing import put
from modulkarta.findings import message
from modulkarta.report import files
from modulkarta.source import git as gits
from modulkarta.source.moments import Moment, day_of_report, report_before

pytestmark = pytest.mark.usefixtures("built_once")


@pytest.fixture
def here(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The repository of the year, where nobody draws pictures."""
    monkeypatch.chdir(repo)
    without_slow_files(monkeypatch)
    yield repo


@pytest.fixture
def own(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to be changed; who works there is known to git."""
    place = year.copied(repo, tmp_path)
    monkeypatch.chdir(place)
    git(place, "config", "user.name", "A")
    git(place, "config", "user.email", "a@b")
    return place


def asked(month: str, *more: str) -> tuple[str, ...]:
    return "report", "--month", month, "--only", "md", "--format", "json", *more


@each(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_the_day_of_a_month_is_its_last(day: date) -> None:
    last = Month().convert(month_of(day), None, None)
    assert last >= day and month_of(last) == month_of(day)
    assert month_of(date.fromordinal(last.toordinal() + 1)) != month_of(day)
    assert day_of_report(f"rapport-{month_of(day)}") == last


@each(
    st.lists(st.from_regex(r"rapport-20[0-9]{2}-(0[1-9]|1[0-9])|rapport-[a-z0-9-]{1,9}", fullmatch=True), unique=True),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(month_of),
)
def test_the_report_before_is_the_newest_of_an_earlier_month(names: list[str], month: str) -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    found = report_before((Moment(name=name, commit="0" * 40, at=at, subject="") for name in names), month)
    earlier = [name for name in names if (day := day_of_report(name)) and month_of(day) < month]
    assert (found.name if found else None) == max(earlier, default=None)


@pytest.mark.parametrize(
    ("month", "before"), [("2026-05", "rapport-2026-04"), ("2027-03", "rapport-2026-12"), ("2026-01", None)]
)
def test_the_report_before_is_found_by_itself(run: Run, here: Path, tmp_path: Path, month: str, before: str) -> None:
    ended = run(*asked(month, "-o", str(tmp_path)))
    told = ended.data["since"]
    assert told == (f"{before}, {git(here, 'rev-parse', '--short=7', before)}" if before else None)
    assert ended.data["date"] == Month().convert(month, None, None).isoformat()
    text = (tmp_path / "malbild-och-fardplan.md").read_text("utf-8")
    assert ("Ingen tidigare rapport att jämföra med." in text) == (before is None)


def test_where_there_is_no_report_before_that_is_one_sentence(run: Run, here: Path, tmp_path: Path) -> None:
    ended = run("report", "--month", "2026-01", "--only", "md", "-o", tmp_path)
    assert ended.code == 0
    told = "Ingen tidigare rapport att jämföra med: det finns ingen tagg rapport-ÅÅÅÅ-MM från före 2026-01."
    assert told in ended.err.splitlines()


def test_nothing_is_compared_when_nothing_is_to_be(run: Run, here: Path, tmp_path: Path) -> None:
    ended = run("report", "--since", "none", "--month", "2026-05", "--only", "md", "-o", tmp_path)
    assert "rapport" not in ended.err and "2026-05-31" in ended.err


def test_a_catalogue_outside_git_gives_a_report_too(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n"})
    ended = run("report", "--month", "2026-05", "--only", "md", "-o", tmp_path / "ut", "--catalogue", folder)
    assert ended.code == 0 and "ligger inte i något git-arkiv" in ended.err and "Nästa" not in ended.err


def test_without_git_there_is_a_report_but_no_tag(
    run: Run, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gits.shutil, "which", lambda program: None)
    ended = run("report", "--month", "2026-05", "--only", "md", "-o", tmp_path)
    assert ended.code == 0 and "programmet git finns inte på datorn" in ended.err
    ended = run("report", "--month", "2026-05", "--tag")
    assert ended.code == 2 and "Programmet git finns inte på datorn" in ended.err


def test_a_report_that_is_found_but_cannot_be_read_stops_nothing(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Tomt")
    git(tmp_path, "tag", "rapport-2026-04")
    ended = run("report", "--month", "2026-05", "--only", "md", "-o", tmp_path / "ut", "--catalogue", folder)
    assert ended.code == 0 and "Inget jämförs med rapport-2026-04" in ended.err and "fanns ingen katalog" in ended.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--month", "2026-13"), "”2026-13” är inte en månad; skriv den som 2026-11"),
        (("--month", "november"), "är inte en månad"),
        (("--month", "0001-01"), "är inte en månad"),
        (("--month", "9999-12"), "är inte en månad"),
        (("--since", ""), "none"),
        (("-o", "-"), "vilken mapp"),
        (("--only", ","), "Säg vilka format"),
        (("--month", "2026-11", "--date", "2026-12-01"), "ligger inte i 2026-11"),
        (("--only", "mdd"), "Menade du ”md”?"),
        (("--only", "md,xyzzyx"), "Rapporten skrivs inte som ”xyzzyx”"),
        (("--length", "notiz"), "notis"),
        (("--tag", "--rev", "rapport-2026-03"), "--rev"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_sentence_and_nothing_is_written(
    run: Run, here: Path, tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    ended = run("report", "-o", tmp_path / "ut", *more)
    assert ended.code == 2 and words in ended.err and not (tmp_path / "ut").exists()


def test_a_day_in_the_month_may_be_said_too(run: Run, here: Path, tmp_path: Path) -> None:
    ended = run(*asked("2026-11", "--date", "2026-11-26", "-o", str(tmp_path)))
    assert (ended.data["date"], ended.data["month"]) == ("2026-11-26", "2026-11")


def test_the_sum_is_that_of_the_files_and_the_same_again(run: Run, here: Path, tmp_path: Path) -> None:
    first, again = (
        run("report", "--month", "2026-05", "--format", "json", "-o", tmp_path / name).data for name in "ab"
    )
    assert first["sha256"] == again["sha256"] and len(first["sha256"]) == 64
    for one in first["files"]:
        data = (tmp_path / "a" / one["path"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), sha256(data).hexdigest())
    (tmp_path / "a" / first["files"][0]["path"]).write_bytes(b"")
    other = run("report", "--month", "2026-06", "--format", "json", "-o", tmp_path / "c").data
    assert other["sha256"] != first["sha256"]


def test_a_dry_run_writes_and_tags_nothing(run: Run, own: Path) -> None:
    ended = run("report", "--month", "2027-01", "--tag", "--dry-run", "-o", own / "ut")
    assert "Skulle skriva" in ended.out and "Skulle sätta taggen rapport-2027-01" in ended.err
    assert not (own / "ut").exists() and "rapport-2027-01" not in git(own, "tag")


def test_what_is_interrupted_leaves_whole_files_only(
    run: Run, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(place: Path, data: bytes) -> None:
        if place.suffix == ".pdf":
            raise KeyboardInterrupt
        put(place, data)

    monkeypatch.setattr(report_files, "put", interrupted)
    assert run("report", "--month", "2026-05", "-o", tmp_path / "ut").code != 0
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["malbild-och-fardplan.docx"]


def test_the_tag_says_what_the_report_was_made_of_and_the_next_report_finds_it(run: Run, own: Path) -> None:
    made = run(*asked("2027-01", "--tag", "-o", "ut")).data
    head = git(own, "rev-parse", "HEAD")
    assert made["tag"] == {"name": "rapport-2027-01", "commit": head}
    assert git(own, "rev-parse", "rapport-2027-01^{commit}") == head
    words = git(own, "tag", "-l", "--format=%(contents)", "rapport-2027-01")
    assert git(own, "cat-file", "-t", "rapport-2027-01") == "tag"
    assert "läge 2027-01-31" in words and made["version"] in words and made["sha256"] in words
    assert run(*asked("2027-02", "-o", "ut")).data["since"].startswith("rapport-2027-01, ")


def test_a_tag_alone_writes_no_files_and_says_how_others_get_it(run: Run, own: Path) -> None:
    git(own, "remote", "add", "origin", "https://example.org/x.git")
    ended = run("report", "--month", "2027-01", "--tag")
    assert ended.code == 0 and ended.out == ""
    assert "git push origin rapport-2027-01" in ended.err and "rapport-2027-01" in git(own, "tag")


@pytest.mark.parametrize("file", ["catalogue/ny.md", "schemas/ny.schema.json", "catalogue/catalogue.yaml"])
def test_what_is_not_committed_cannot_be_tagged(run: Run, own: Path, file: str) -> None:
    with (own / file).open("a") as opened:
        opened.write("\n")
    ended = run("report", "--month", "2027-01", "--tag", "-o", "ut")
    assert ended.code == 2 and file in ended.err and "git commit" in ended.err
    assert not (own / "ut").exists() and "rapport-2027-01" not in git(own, "tag")
    git(own, "add", "-A")
    assert run("report", "--month", "2027-01", "--tag").code == 2


def test_what_is_changed_elsewhere_is_no_matter(run: Run, own: Path) -> None:
    (own / "anteckning.txt").write_text("x")
    assert run("report", "--month", "2027-01", "--tag").code == 0


def test_a_tag_that_is_taken_is_said_to_be(run: Run, own: Path) -> None:
    head = git(own, "rev-parse", "--short=7", "HEAD")
    ended = run("report", "--month", "2026-12", "--tag")
    assert ended.code == 2 and f"taggen rapport-2026-12 finns redan på den här versionen ({head})" in ended.err.lower()
    committed(own, "Mer")
    ended = run("report", "--month", "2026-12", "--tag")
    assert ended.code == 2 and f"på {head}" in ended.err and "git tag -d rapport-2026-12" in ended.err


def test_who_is_unknown_to_git_is_told_how_to_be_known(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GIT_COMMITTER_NAME", raising=False)
    git(own, "config", "user.useConfigOnly", "true")
    for name in ("name", "email"):
        git(own, "config", "--unset", f"user.{name}")
    ended = run("report", "--month", "2027-01", "--tag")
    assert ended.code == 2 and "git config user.name" in ended.err


def test_what_cannot_be_written_is_said_and_not_tagged(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(svg: str) -> bytes:
        raise report_files.CannotMake(message("ingen kan rita"))

    monkeypatch.setattr(files, "png", refused)
    ended = run("report", "--month", "2027-01", "--tag", "-o", "ut")
    assert ended.code == 1 and "ingen kan rita" in ended.err
    assert "rapport-2027-01" not in git(own, "tag") and "sattes inte" in ended.err
    assert not list((own / "ut").rglob("*.png"))


def test_what_is_said_can_be_read_by_a_program(run: Run, here: Path, tmp_path: Path) -> None:
    ended = run(*asked("2026-05", "-o", str(tmp_path), "--length", "all"))
    told = json.loads(ended.out)
    assert told["schema"] == "modulkarta/report/1" and told["lengths"] == ["notis", "avsnitt", "bilaga"]
    assert told["tag"] is None and told["refused"] == [] and told["errors"] == 0


@pytest.mark.parametrize("text", [b"## risker\n\xe5\n", b"\xff\xfe#\0"])
def test_a_text_that_cannot_be_read_is_not_said_to_be_missing(run: Run, tmp_path: Path, text: bytes) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n", "reports/2026-05.md": ""})
    (folder / "reports" / "2026-05.md").write_bytes(text)
    ended = run(*asked("2026-05", "-o", str(tmp_path / "ut"), "--catalogue", str(folder)))
    warnings = " ".join(ended.data["warnings"])
    assert "reports/2026-05.md är inte med, för filen går inte att läsa" in warnings and "ingen text" not in warnings


def test_what_is_left_of_another_report_is_told_of_and_left(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n"})
    names = ("tabeller/tabell-99.csv", "tabeller/egen.csv", "figurer/tackning-x.svg", "figurer/tackning-x-en.svg")
    for name in names:
        (tmp_path / "ut" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ut" / name).write_text("x")
    data = run(*asked("2026-05", "-o", str(tmp_path / "ut"), "--catalogue", str(folder))).data
    assert data["left_from_before"] == ["figurer/tackning-x.svg", "tabeller/tabell-99.csv"]
    assert all((tmp_path / "ut" / name).read_text() == "x" for name in names)
    run("report", "--month", "2026-05", "--only", "csv", "-o", tmp_path / "ny", "--catalogue", folder)
    assert run(*asked("2026-05", "-o", str(tmp_path / "ny"), "--catalogue", str(folder))).data["left_from_before"] == []


def test_a_template_that_never_ends_is_no_template(run: Run, tmp_path: Path) -> None:
    ended = run("report", "--month", "2026-05", "--template", "/dev/zero", "-o", tmp_path / "ut")
    assert ended.code == 2 and "ingen vanlig fil" in ended.err
