"""A year of monthly reports, as a real git history: every sentence about what changed, and every date's way there."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import given
import pytest
import year
from commands import Run
from repositories import git

PAIRS = [(month - 1, month) for month in range(2, 13)]


@pytest.fixture
def here(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(repo)
    yield
    git(repo, "checkout", "-q", "main")


@pytest.mark.parametrize(("before", "after"), [*PAIRS, (1, 12)])
def test_every_sentence_between_two_reports(run: Run, here: None, before: int, after: int) -> None:
    ended = run("diff", f"{year.tag(before)}..{year.tag(after)}", "--all")
    assert ended.code == 0
    given.as_before(f"year/{before:02}-{after:02}.txt", _unnamed(ended.out))


@pytest.mark.parametrize(("before", "after"), [(3, 4), (4, 6), (6, 7), (1, 12)])
def test_every_sentence_of_the_comment(run: Run, here: None, repo: Path, before: int, after: int) -> None:
    git(repo, "checkout", "-q", "--detach", year.tag(after))
    ended = run("pr-comment", "--base", year.tag(before), "--preview", "https://prov.example")
    assert ended.code == 0
    given.as_before(f"year/comment-{before:02}-{after:02}.md", _unnamed(ended.out))


def test_the_picture_keeps_everything_in_its_place(run: Run, here: None, repo: Path, tmp_path: Path) -> None:
    git(repo, "checkout", "-q", "--detach", year.tag(12))
    file = tmp_path / "andring.svg"
    assert run("pr-comment", "--base", year.tag(1), "--draw", file).code == 0
    drawn = ElementTree.fromstring(file.read_text("utf-8"))
    boxes = [e for e in drawn if e.tag.endswith("rect") and e.get("rx")]
    half = len(boxes) // 2
    shift = float(boxes[half].get("y", "")) - float(boxes[0].get("y", ""))
    assert half > 5 and shift > 100
    for before, after in zip(boxes[:half], boxes[half:], strict=True):
        assert before.get("x") == after.get("x") and before.get("width") == after.get("width")
        assert float(after.get("y", "")) - float(before.get("y", "")) == pytest.approx(shift, abs=0.1)
    words = [e.text or "" for e in drawn if e.tag.endswith("text")]
    assert {"Före", "Efter", "borttagen", "finns inte än", "2027-09-01", "2028-02-01"} <= set(words)


def test_without_a_change_there_is_no_picture(run: Run, here: None, repo: Path, tmp_path: Path) -> None:
    git(repo, "checkout", "-q", "--detach", year.tag(10))
    ended = run("pr-comment", "--base", year.tag(9), "--draw", tmp_path / "a.png")
    assert ended.code == 0 and "Ingen bild" in ended.err and not (tmp_path / "a.png").exists()
    assert run("pr-comment", "--base", year.tag(9), "--draw", tmp_path / "a.jpg").code == 2


def test_nothing_changed_is_not_commented(run: Run, here: None, repo: Path) -> None:
    git(repo, "checkout", "-q", "--detach", year.tag(10))
    assert run("pr-comment", "--base", year.tag(9)).out == ""


def test_exit_code_tells_differences_that_mean_something(run: Run, here: None) -> None:
    for before, after, code in ((1, 2, 1), (6, 7, 0), (9, 10, 0), (1, 12, 1)):
        assert run("diff", f"{year.tag(before)}..{year.tag(after)}", "--exit-code").code == code


def test_the_year_as_json_says_what_the_sentences_say(run: Run, here: None) -> None:
    found = run("diff", year.tag(1), year.tag(12), "--format", "json", "--date", "2027-10-01").data
    assert found["schema"] == "modulkarta/changes/1" and not found["nothing"]
    assert [one["entity"] for one in found["created"]] == ["ex-bokning-1"]
    assert [one["entity"] for one in found["removed"]] == ["risk-pappersrutin"]
    assert found["renamed"] == [{"from": "larmpanelen", "to": "larmtavlan", "guessed": False}]
    moved = {one["entity"]: one["shift"]["months"] for one in found["changed"] if one["shift"]}
    assert moved == {"prehospital-journal": 5, "nord-gar-over": 5, "avtal-faltjournal": 12}
    assert {one["change"] for one in found["gaps"]} == {"longer"} and found["handovers"] == []
    assert [(one["entity"], one["from"], one["to"]) for one in found["day"]["phases"]] == [
        ("prehospital-journal", "live", "introducing")
    ]
    json.dumps(found)


def test_a_revision_against_the_files_here_and_a_folder_against_a_revision(
    run: Run, here: None, repo: Path, tmp_path: Path
) -> None:
    assert "Inga ändringar i sak." in run("diff", "HEAD").out
    year.replaced(year.JOURNAL, "live: 2028-02-01", "live: 2028-03-01")(repo / "catalogue")
    assert "1 månad senare" in run("diff", "HEAD").out
    git(repo, "checkout", "-q", "--", ".")
    other = given.written(tmp_path, {"modules/m": "name: M\n"})
    assert "M" in run("diff", "HEAD", str(other)).out


def _unnamed(text: str) -> str:
    """Without the commits' ids, which the day a test runs and the machine's git may change."""
    import re

    return re.sub(r"\b[0-9a-f]{7}\b", "0000000", text)
