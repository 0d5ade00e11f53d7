"""`pr-comment`: never a reason for a job to fail, never too long, and what it leaves out is counted."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import given
import pytest
from commands import Ended, Run
from forges import GARBAGE, TOKEN, Answer, Forge, echoes, says
from hypothesis import example, settings
from hypothesis import given as over
from hypothesis import strategies as st
from repositories import committed, git, repository

from modulkarta.changes.between import Changes, changes
from modulkarta.report.comment import LONGEST, MARKER, Setting, comment

pytestmark = pytest.mark.usefixtures("built_once")


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository on a branch that has added a module."""
    place = repository(tmp_path / "repo")
    given.written(place, {"modules/a": "name: A\n"})
    committed(place)
    git(place, "checkout", "-q", "-b", "work")
    given.written(place, {"modules/b": "name: Bokning\n"})
    committed(place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def posted(run: Run, branch: Path, waits: list[float], there: Forge) -> Callable[[], Ended]:
    """Runs the command as a job does; it never fails, and never tells the token."""

    def post() -> Ended:
        ended = run("pr-comment", "--base", "main", "--post", there.dialect)
        summary = os.environ.get("GITHUB_STEP_SUMMARY", "")
        kept = Path(summary).read_text("utf-8") if Path(summary).is_file() else ""
        assert ended.code == 0 and TOKEN not in ended.out + ended.err + kept
        return ended

    return post


def test_a_branch_gets_its_comment(posted: Callable[[], Ended], there: Forge) -> None:
    ended = posted()
    assert list(there.comments) == [100] and "Bokning" in there.comments[100]
    assert ended.out == "" and ended.err.startswith("Kommentaren är skriven: https://forge.example/region/katalog/")


def test_changes_that_are_taken_back_are_taken_back_there_too(
    posted: Callable[[], Ended], there: Forge, branch: Path
) -> None:
    posted()
    (branch / "catalogue/applications/modules/b.yaml").unlink()
    committed(branch)
    posted()
    assert there.comments == {100: f"{MARKER}\n\nInga ändringar i katalogen längre.\n"}


def test_a_branch_without_changes_gets_none(posted: Callable[[], Ended], there: Forge, branch: Path) -> None:
    git(branch, "reset", "-q", "--hard", "main")
    assert posted().err == "Inget att kommentera.\n"
    assert there.comments == {}


@pytest.mark.parametrize(
    "answer",
    [*map(says, (302, 401, 403, 404, 422, 429, 500, 502)), *map(echoes, (200, 302, 403, 422, 429, 500)), *GARBAGE],
)
def test_what_cannot_be_posted_is_put_in_the_job_s_summary(
    posted: Callable[[], Ended], there: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    there.instead["ANY"] = [answer]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("Före\n")
    ended = posted()
    assert ended.err.startswith("Kommentaren gick inte att skriva: serv") or "nyckeln" in ended.err
    assert ended.out == ""
    assert (tmp_path / "summary.md").read_text("utf-8").startswith(f"Före\n{MARKER}")


@pytest.mark.parametrize("summary", [None, "", "nowhere/summary.md", "."])
def test_without_a_summary_it_is_printed(
    posted: Callable[[], Ended], there: Forge, monkeypatch: pytest.MonkeyPatch, summary: str | None
) -> None:
    there.instead["ANY"] = [says(403)]
    if summary is not None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", summary)
    assert posted().out.startswith(MARKER)


def test_a_job_that_lacks_everything_is_told_and_goes_on(
    posted: Callable[[], Ended], there: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in there.environment:
        monkeypatch.delenv(name)
    ended = posted()
    assert ended.out.startswith(MARKER) and there.asked == []
    assert "miljövariabeln GIT" in ended.err and ended.err.endswith("_TOKEN saknas.\n")


def test_what_is_posted_is_for_those_who_may_see_it(
    run: Run, posted: Callable[[], Ended], there: Forge, branch: Path
) -> None:
    given.written(branch, {"modules/b": "name: Bokning\nsecrecy: {level: secret}\n"})
    posted()
    assert there.comments == {} or "Bokning" not in there.comments[100]


# How long it may be

SETTING = Setting(base="main", base_version="0123456", version="fedcba9")


@lru_cache(maxsize=1)
def large(n: int = 1000) -> Changes:
    """So many things changed, of every sort that a comment tells."""
    owners = {f"organisations/o{i}": f"name: Ägare {i} {'å' * 60}\n" for i in range(n // 5)}
    was = {f"modules/m{i}": f"name: M{i}\nowner: o{i % (n // 5)}\nsummary: Förr {i}\n" for i in range(n // 4)}
    is_ = {path: text.replace("Förr", "Nu") + "lifecycle: {live: 2028}\n" for path, text in was.items()}
    was |= {f"milestones/d{i}": f"name: D{i}\ndate: 2028-01-01\n" for i in range(n // 4)}
    is_ |= {f"milestones/d{i}": f"name: D{i}\ndate: 2028-07-01\n" for i in range(n // 4)}
    was |= {f"functions/f{i}": f"name: F{i} | *x*\nowner: x{i}\n" for i in range(n // 4)}
    is_ |= {f"terms/s{i}": f"name: S{i} @alla #12 <b>\nowner: y{i}\n" for i in range(n // 4)}
    is_ |= {f"systems/t{i}": "name: [\n" for i in range(n // 50)}
    return changes(given.read(owners | was), given.read(owners | is_))


def told(text: str) -> dict[str, int]:
    """How many of each sort a comment tells of: shown, and counted as left out."""
    before, _, after = text.partition("| --- |")
    found = {"Konsekvenser": _lines(before), "Rader i tabellen över ändringar": _lines(after.partition("<details>")[0])}
    for title, n, inside in re.findall(r"<summary>(.*?) \((\d+)\)</summary>\n(.*?)</details>", text, re.S):
        assert _lines(inside) == int(n), title
        found[title] = int(n)
    return found


def _lines(text: str) -> int:
    more = sum(int(n) for n in re.findall(r"… och (\d+) till", text))
    return more + len(re.findall(r"^(?:- (?!…)|\| (?!---|Ändring \|))", text, re.M))


@settings(max_examples=20)
@over(longest=st.integers(2_000, 2 * LONGEST))
@example(longest=LONGEST)
@example(longest=2_000)
@example(longest=10**9)
def test_it_is_never_longer_than_it_may_be_and_what_is_left_out_is_counted(longest: int) -> None:
    text = comment(large(), SETTING, "sv", longest)
    assert len(text) <= longest
    assert text.startswith(MARKER) and "main..." in text
    assert told(text) == told(comment(large(), SETTING, "sv", 10**9))


def test_a_thousand_changed_things_are_one_comment_that_a_forge_takes() -> None:
    text = comment(large(), SETTING, "sv")
    assert len(text) <= LONGEST and len(text.encode()) <= 262_144
    assert sum(told(text).values()) > 1_500 and min(told(text).values()) > 1
    assert text.count("<details>") == text.count("</details>") > 2


def test_who_are_affected_are_named_as_far_as_there_is_room() -> None:
    assert re.search(r"Ansvariga: Ägare 0 å+, .* och \d+ till\.", comment(large(), SETTING, "sv"))
    assert re.search(r"Ansvariga: \d+\.", comment(large(), SETTING, "sv", 2_000))


def test_a_file_with_an_odd_name_cannot_write_the_comment(tmp_path: Path) -> None:
    before = given.catalogue_in(tmp_path / "a", {"modules/a": "name: A\n"})
    odd = "applications/modules/x` <img src=x> **y**.yaml"
    after = given.catalogue_in(tmp_path / "b", {"modules/a": "name: A\n", odd: "name: B\n"})
    text = comment(changes(before, after), SETTING, "sv")
    assert "<img" not in text.replace("\\<", "") and "x\\` " in text
