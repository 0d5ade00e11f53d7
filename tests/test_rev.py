"""--rev: a command answers as it would where that revision is checked out, and touches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import given
import pytest
import year
from canaries import CANARY, written
from canaries import committed as in_git
from commands import Run
from repositories import committed, git, repository

from modulkarta.cli import COMMANDS, cli, moves
from modulkarta.source import commits

pytestmark = pytest.mark.usefixtures("built_once")

ASKED: dict[str, list[str]] = {
    "gaps": ["--within", "99y"],
    "coverage": ["faltjournal"],
    "timeline": [],
    "classify": ["--all"],
    "whatif": ["prehospital-journal=+6m"],
    "capabilities": [],
    "tender": ["prehospital-journal"],
    "standardisation": [],
    "integrations": [],
    "information": [],
    "followup": [],
    "impact": ["prehospital-journal"],
    "render": ["gaps", "-o", "-"],
    "graph": ["--date", "2027-10-01"],
    "history": ["prehospital-journal"],
    "show": ["prehospital-journal"],
    "list": ["module"],
    "search": ["journal"],
    "stats": [],
    "report": ["-o"],
}
SHOWN = {"serve", "build", "mcp", "diff", "pr-comment", "check"}
"""What shows the catalogue and has no such option: it is of the files here, or says itself what is compared."""
MONTHS = (1, 5)


@pytest.fixture
def here(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(repo)
    yield repo
    git(repo, "checkout", "-q", "main")


def options(name: str) -> set[str]:
    command: Any = cli.get_command(None, name)  # type: ignore[arg-type]
    return {parameter.name for parameter in command.params}


def test_every_command_that_answers_from_the_catalogue_has_it() -> None:
    assert {name for name in COMMANDS if "rev" in options(name)} == set(ASKED) | {"export"}
    assert {name for name in COMMANDS if "audience" in options(name)} == set(ASKED) | {"export"} | SHOWN


@pytest.mark.parametrize("name", [name for name in ASKED if name != "report"])
def test_the_answer_is_that_of_the_checkout(run: Run, here: Path, name: str) -> None:
    shape = "svg" if name == "render" else "json"
    _same_as_checked_out(run, here, (name, *ASKED[name], "--format", shape))


@pytest.mark.parametrize("name", ["gaps", "timeline", "capabilities"])
def test_so_it_is_for_an_audience(run: Run, here: Path, name: str) -> None:
    _same_as_checked_out(run, here, (name, *ASKED[name], "--audience", "public"))


def _same_as_checked_out(run: Run, here: Path, arguments: tuple[str, ...]) -> None:
    for month in MONTHS:
        ended = run(*arguments, "--rev", year.tag(month))
        git(here, "checkout", "-q", "--detach", year.tag(month))
        there = run(*arguments)
        assert (ended.code, ended.out) == (there.code, there.out) and there.code in (0, 1)
        git(here, "checkout", "-q", "main")


def test_the_answer_is_another_where_the_catalogue_was(run: Run, here: Path) -> None:
    for name in ("gaps", "timeline", "history"):
        first, last = (run(name, *ASKED[name], "--rev", year.tag(month)).out for month in (1, 12))
        assert first != last


def test_the_report_is_that_of_the_checkout(run: Run, here: Path, tmp_path: Path) -> None:
    assert run("report", "--rev", year.tag(3), "-o", tmp_path / "rev").code == 0
    git(here, "checkout", "-q", "--detach", year.tag(3))
    assert run("report", "-o", tmp_path / "checkout").code == 0
    assert _files(tmp_path / "rev") == _files(tmp_path / "checkout")


def _files(folder: Path) -> dict[str, bytes]:
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.*")}
    assert len(found) > 3
    return found


def test_what_was_read_is_said_to_who_asks(run: Run, here: Path) -> None:
    id_ = git(here, "rev-parse", "--short=7", year.tag(3))
    assert f"Katalogen som den var i {year.tag(3)} ({id_})." in run("gaps", "--rev", year.tag(3)).err
    assert f"Katalogen som den var i {id_}." in run("gaps", "--rev", id_).err
    assert f"The catalogue as it was in {year.tag(3)} ({id_})." in run("gaps", "--rev", year.tag(3), "--lang", "en").err
    assert "Katalogen som den var" not in run("gaps").err


def test_what_has_not_been_committed_is_not_in_it(run: Run, here: Path) -> None:
    before = run("timeline", "--rev", "HEAD").out
    year.replaced(year.JOURNAL, "live: 2028-02-01", "live: 2028-03-01")(here / "catalogue")
    (here / "schemas" / "module.schema.json").unlink()
    assert run("timeline", "--rev", "HEAD").out == before
    git(here, "checkout", "-q", "--", ".")


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("rapport-2026-99", "menade du ”rapport-2026-09”?"),
        ("--output=x", "Revisionen ”--output=x” finns inte"),
        ("", "Revisionen ”” finns inte"),
        ("HEAD:finns-inte", "I HEAD finns ingen mapp finns-inte."),
        ("HEAD~99", "”HEAD~99” finns inte: så långt tillbaka går inte historien"),
    ],
)
def test_a_revision_that_does_not_exist_is_one_sentence(run: Run, here: Path, revision: str, words: str) -> None:
    ended = run("gaps", "--rev", revision)
    assert ended.code == 2 and words in ended.err and ended.out == ""


def test_a_catalogue_that_lay_elsewhere_is_found_with_its_history(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = repository(tmp_path)
    monkeypatch.chdir(repo)
    committed(repo, "Tomt")
    old = given.written(repo / "gammal", {"modules/m": "name: M\nlifecycle: {live: 2027-01-01}\n"})
    committed(repo, "Först")
    (old / "applications/modules/m.yaml").write_text("name: M\nlifecycle: {live: 2027-04-01}\n", "utf-8")
    committed(repo, "Sedan")
    there = run("history", "m", "--format", "json", "--catalogue", old).data
    git(repo, "mv", old.relative_to(repo).as_posix(), "catalogue")
    committed(repo, "Flyttad")
    ended = run("history", "m", "--format", "json", "--rev", "HEAD~1")
    assert ended.data == there and there["dates"][0]["moved"] == 1
    assert f"låg katalogen i {old.relative_to(repo).as_posix()}." in ended.err
    nothing = run("gaps", "--rev", "HEAD~3")
    assert nothing.code == 2 and "fanns ingen katalog." in nothing.err


def test_what_is_hidden_is_hidden_in_what_was_too(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path, "secret", comments=False)
    in_git(folder)
    for audience, told in (("secret", True), ("internal", False)):
        ended = run("timeline", "--rev", "HEAD~1", "--format", "json", "--catalogue", folder, "--audience", audience)
        assert ended.code == 0 and bool(CANARY.search(ended.out)) == told


def test_without_git_the_reason_is_said(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n"})
    ended = run("gaps", "--rev", "main", "--catalogue", folder)
    assert ended.code == 2 and "ligger inte i något git-arkiv" in ended.err


def test_no_more_of_the_history_is_read_than_is_told(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def steps(*arguments: Any, beyond: str, **named: Any) -> Any:
        asked.append(git(here, "show", "-s", "--format=%s", beyond))
        return commits.steps(*arguments, beyond=beyond, **named)

    monkeypatch.setattr(moves, "commits", SimpleNamespace(steps=steps, texts=commits.texts))
    found = run("history", "--date", "2027-02-15", "--format", "json").data
    assert {one["month"]: one["later"] for one in found["months"] if one["later"]} == {"2026-03": 2, "2026-09": 1}
    assert asked == ["Katalogen som den är"]
