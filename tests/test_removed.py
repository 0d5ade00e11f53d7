"""What was open once, was classified and then taken away altogether is told of no more, though git still has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import given
import pytest
from commands import Run
from quick import without_slow_files
from repositories import committed, git, repository
from viewing import viewer

from modulkarta.levels import LEVELS

OPEN = "name: Projekt Kanarie\nlifecycle: {live: 2027-03}\nsecrecy: {level: public}\n"
OTHER = "name: Journalen\nsecrecy: {level: public}\n"
SECRET = "name: Projekt Kanarie\nsecrecy: {level: secret, reason: avtal}\n"
KEPT = "systems/journalen"
PLAIN = ({"systems/kanarie": OPEN}, {"systems/kanarie": SECRET}, {})
RENAMED = ({"systems/kanarie": OPEN}, {"systems/t": f"{SECRET}former_ids: [kanarie]\n"}, {})
RENAMED_FIRST = ({"systems/kanarie": OPEN}, {"systems/t": f"{OPEN}former_ids: [kanarie]\n"}, {"systems/t": SECRET}, {})
OPENED_AGAIN = ({"systems/kanarie": OPEN}, {"systems/kanarie": SECRET}, {"systems/kanarie": OPEN}, {})


def made(place: Path, steps: tuple[given.Given, ...], *, last: bool = True) -> Path:
    """A repository with a commit for each step, a report's tag at the first; the last may not be committed."""
    repo = repository(place)
    for number, step in enumerate(steps):
        shutil.rmtree(repo / "catalogue", ignore_errors=True)
        given.written(repo, {KEPT: OTHER, **step})
        if last or number < len(steps) - 1:
            committed(repo, day=f"2026-0{number + 1}-01")
        if number == 0:
            git(repo, "tag", "rapport-2026-01")
    return repo


@pytest.mark.parametrize("last", [True, False], ids=["committed", "uncommitted"])
@pytest.mark.parametrize("steps", [PLAIN, RENAMED, RENAMED_FIRST], ids=["plain", "renamed", "renamed-first"])
def test_an_earlier_version_does_not_show_it(tmp_path: Path, steps: tuple[given.Given, ...], last: bool) -> None:
    repo = made(tmp_path, steps, last=last)
    for audience in LEVELS:
        client, told = viewer(repo, audience), audience == "secret"
        page, all_ = client.get("/system/kanarie?rev=rapport-2026-01"), client.get("/system?rev=rapport-2026-01")
        assert all_.status_code == 200 and "Journalen" in all_.text
        assert ("Kanarie" in page.text) == ("Kanarie" in all_.text) == told, audience
        assert page.status_code == (200 if told else 404)


def test_what_was_open_again_when_it_was_removed_is_shown(tmp_path: Path) -> None:
    client = viewer(made(tmp_path, OPENED_AGAIN), "public")
    assert "Kanarie" in client.get("/system/kanarie?rev=rapport-2026-01").text


def test_what_was_never_anything_but_open_is_shown_after_it_is_gone(tmp_path: Path) -> None:
    client = viewer(made(tmp_path, ({"systems/kanarie": OPEN}, {})), "public")
    assert "Kanarie" in client.get("/system/kanarie?rev=rapport-2026-01").text


@pytest.mark.parametrize(
    "asked",
    [
        ["graph", "--rev", "rapport-2026-01"],
        ["diff", "rapport-2026-01"],
        ["diff", "rapport-2026-01..HEAD"],
        ["diff", "rapport-2026-01..rapport-2026-01^{}"],
    ],
    ids=" ".join,
)
def test_commands_do_not_tell_of_it(run: Run, tmp_path: Path, asked: list[str]) -> None:
    repo = made(tmp_path, PLAIN)
    for audience, told in (("internal", False), ("secret", "^" not in asked[-1])):
        ended = run(*asked, "--catalogue", repo / "catalogue", "--audience", audience, "--format", "json")
        assert ended.code == 0 and ("kanarie" in ended.out) == told, audience


def test_the_report_does_not_tell_that_it_is_gone(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_slow_files(monkeypatch)
    repo = made(tmp_path / "repo", PLAIN)
    for audience, told in (("internal", False), ("secret", True)):
        ended = run("report", "--since", "rapport-2026-01", "--catalogue", repo / "catalogue", "--audience", audience,
                    "-o", tmp_path / audience)  # fmt: skip
        assert ended.code == 0, ended.err
        texts = "".join(file.read_text("utf-8") for file in (tmp_path / audience).rglob("*.md"))
        assert texts and ("Kanarie" in texts) == told, audience
