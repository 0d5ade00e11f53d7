"""The viewer over files that change: each page of one reading, and the last good one when the newest is not whole."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import given
import pytest
from following import Followed, followed
from hypothesis import given as for_all
from hypothesis import strategies as st
from repositories import committed, git, repository

from modulkarta.changes.unusable import unusable
from modulkarta.cli.options import today
from modulkarta.cli.serving.place import Place

OPEN = "secrecy: {level: public}\n"
SYSTEMS = {f"systems/s-{n}": f"name: System {n} utgåva 0\n{OPEN}" for n in range(5)}


@pytest.fixture
def shown(tmp_path: Path) -> Followed:
    return followed(given.written(tmp_path, SYSTEMS))


def test_what_changed_is_shown(shown: Followed) -> None:
    assert "System 1 utgåva 0" in shown.page()
    shown.write("systems/s-1", "name: Nytt namn\n")
    shown.look()
    assert "Nytt namn" in shown.page() and "System 1 utgåva 0" not in shown.page()
    assert shown.health() == "ok"


def test_a_broken_edit_keeps_the_last_good_one_and_says_where_it_broke(shown: Followed) -> None:
    before = shown.follower.shown.generations.current.read.version
    shown.write("systems/s-1", "name: Nytt namn\n")
    shown.write("systems/s-2", 'name: "halv')
    shown.look()
    for address in ("/", "/system", "/system/s-2", "/finns-inte"):
        page = shown.client.get(address).text
        assert "Senaste ändringen går inte att visa." in page and f"version <code>{before}</code>" in page
        assert "applications/systems/s-2.yaml:1</code>" in page and f"lästes {today()} kl. " in page
    assert "Nytt namn" not in shown.page()
    assert "The latest change cannot be shown." in shown.page("/?lang=en")
    assert shown.health() == "degraded" and shown.client.get("/healthz").status_code == 200
    shown.write("systems/s-2", "name: Hel\n")
    shown.look()
    assert "Senaste ändringen" not in shown.page() and "Nytt namn" in shown.page() and shown.health() == "ok"


def test_each_reader_is_told_what_is_wrong_by_now(shown: Followed) -> None:
    """What was kept of a page that tells of one fault does not tell of the next."""
    shown.write("systems/s-2", 'name: "halv')
    shown.look()
    old = shown.client.get("/system")
    assert "s-2.yaml:1</code>" in old.text
    shown.write("systems/s-2", "name: Hel\n")
    shown.write("systems/s-3", 'name: "halv')
    shown.look()
    new = shown.client.get("/system", headers={"If-None-Match": old.headers["ETag"]})
    assert new.status_code == 200
    assert "s-3.yaml:1</code>" in new.text and "s-2.yaml:1</code>" not in new.text


BROKEN = {
    "a thing that was there no longer fits its schema": ("systems/s-1", "namn: x\n"),
    "a new file cannot be read": ("systems/ny", "name: [\n"),
    "the settings cannot be read": ("../catalogue", "title: [\n"),
    "the settings no longer fit their schema": ("../catalogue", "titel: Prov\n"),
}
PLAIN = {
    "a thing names what is not there": ("systems/s-1", "name: S\nsupplier: finns-inte\n"),
    "a new file does not fit its schema": ("systems/ny", "namn: x\n"),
}


@pytest.mark.parametrize("why", BROKEN)
def test_is_broken(shown: Followed, why: str) -> None:
    shown.write(*BROKEN[why])
    shown.look()
    assert shown.health() == "degraded"
    assert "System 1 utgåva 0" in shown.page()


@pytest.mark.parametrize("why", PLAIN)
def test_is_shown_with_its_errors(shown: Followed, why: str) -> None:
    shown.write(*PLAIN[why])
    shown.look()
    assert shown.health() == "ok"
    assert shown.follower.shown.generations.current.read.count("error") == 1


def test_what_is_taken_away_is_gone(shown: Followed) -> None:
    (shown.root / "applications/systems/s-1.yaml").unlink()
    shown.look()
    assert shown.health() == "ok" and "System 1" not in shown.page()


def test_what_was_broken_from_the_start_holds_nothing_back(tmp_path: Path) -> None:
    shown = followed(given.written(tmp_path, {**SYSTEMS, "systems/trasig": "name: [\n", "systems/fel": "namn: x\n"}))
    assert shown.health() == "ok" and "Katalogen har" in shown.page()
    shown.write("systems/s-1", "name: Nytt namn\n")
    shown.look()
    assert shown.health() == "ok" and "Nytt namn" in shown.page()


def test_schemas_that_cannot_be_used_and_a_folder_that_is_away_are_waited_for(tmp_path: Path) -> None:
    root = given.written(tmp_path, SYSTEMS)
    shown = followed(root)
    root.rename(tmp_path / "away")
    shown.look()
    assert shown.health() == "degraded" and "System 1 utgåva 0" in shown.page()
    (tmp_path / "away").rename(root)
    shown.look()
    assert shown.health() == "ok"


def test_what_is_unusable_only_grows_with_what_is_written(tmp_path: Path) -> None:
    """Nothing is unusable between a catalogue and itself, whatever is wrong with it."""
    read = given.read({**SYSTEMS, "systems/trasig": "name: [\n", "systems/fel": "namn: x\n"})
    assert unusable(read, read) == ()
    assert {f.location.file for f in unusable(given.read(SYSTEMS), read)} == {
        "catalogue/applications/systems/trasig.yaml"
    }


@pytest.mark.parametrize("level", ["secret", "internal"])
def test_the_public_is_told_that_but_not_where(tmp_path: Path, level: str) -> None:
    two = ("systems/kanarie", "systems/kanarie-2")
    hidden = dict.fromkeys(two, f"name: Kanarie\nsecrecy: {{level: {level}}}\n")
    shown = followed(given.written(tmp_path, {**SYSTEMS, **hidden}), "public")
    told = []
    for name in two:
        shown.write(name, f"name: [Kanarie\nsecrecy: {{level: {level}}}\n")
        shown.look()
        assert shown.health() == "degraded"
        told.append(shown.page())
    assert told[0] == told[1], "nobody learns how many there are"
    for address in ("/", "/healthz", "/metrics", "/system"):
        assert "anarie" not in shown.page(address)
    assert "Senaste ändringen går inte att visa." in shown.page()


def test_what_was_classified_since_is_hidden_even_where_the_last_good_one_is_kept(tmp_path: Path) -> None:
    shown = followed(given.written(tmp_path, SYSTEMS), "public")
    shown.write("systems/s-1", "name: System 1\nsecrecy: {level: secret}\n")
    shown.write("systems/s-2", "name: [\n")
    shown.look()
    assert shown.health() == "degraded"
    assert "System 1" not in shown.page() and "System 2 utgåva 0" in shown.page()
    assert shown.client.get("/system/s-1").status_code == 404


def test_the_history_goes_on_with_the_files(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    root = given.written(repo, SYSTEMS)
    first = committed(repo, day="2026-06-01")
    git(repo, "tag", "rapport-2026-06")
    shown = followed(root)
    assert "rapport-2026-06" in shown.page() and "rapport-2026-07" not in shown.page()
    shown.write("systems/s-1", "name: Nytt namn\n")
    second = committed(repo, day="2026-07-01")
    git(repo, "tag", "rapport-2026-07")
    assert shown.client.get(f"/system?rev={second}").status_code == 404
    shown.look()
    assert "rapport-2026-07" in shown.page()
    assert "Nytt namn" in shown.page(f"/system?rev={second}")
    assert "System 1 utgåva 0" in shown.page(f"/system?rev={first}")


def test_files_are_read_once_they_are_still(shown: Followed) -> None:
    """Half a file that is written further while it is waited for is never read."""
    waits = iter(range(5))

    def written_on(seconds: float) -> None:
        step = next(waits, None)
        if step is not None and step < 4:
            shown.write("systems/s-1", "name: Nytt namn"[: 6 + 3 * step] + "\n" * (step == 3))

    shown.write("systems/s-1", "na")
    shown.follower.look(written_on)
    assert shown.follower.shown.refused == 0 and "Nytt namn" in shown.page()


def test_what_changes_under_the_reading_is_read_again(shown: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    built, times = Place.built, iter(range(9))

    def disturbed(place: Place, taken: object, like: object = None) -> object:
        found = built(place, taken, like)  # type: ignore[arg-type]
        if next(times) == 0:
            shown.write("systems/s-3", "name: Under tiden\n")
        return found

    monkeypatch.setattr(Place, "built", disturbed)
    shown.write("systems/s-1", "name: Nytt namn\n")
    shown.look()
    assert "Under tiden" in shown.page() and shown.follower.shown.taken == 1
    assert shown.follower.place.state() == shown.follower.seen


def test_no_page_is_of_two_readings(shown: Followed) -> None:
    """While the files are read over and over, every page has all its parts from one reading that once was whole."""
    pages: list[str] = []
    ended = threading.Event()

    def asking() -> None:
        client = shown.client.application.test_client()
        while not ended.is_set():
            pages.append(client.get("/system").text)

    readers = [threading.Thread(target=asking) for _ in range(3)]
    for reader in readers:
        reader.start()
    versions = {shown.follower.shown.generations.current.read.version}
    for edition in range(1, 15):
        for n in range(5):
            shown.write(f"systems/s-{n}", f"name: System {n} utgåva {edition}\n")
        shown.look()
        versions.add(shown.follower.shown.generations.current.read.version)
    ended.set()
    for reader in readers:
        reader.join()
    assert len(versions) == 15
    editions = {tuple(sorted(set(re.findall(r"utgåva (\d+)", page)))) for page in pages}
    assert all(len(one) == 1 for one in editions) and len(editions) > 1
    assert {found for page in pages for found in re.findall(r"version <code>(\w+)", page)} <= versions


@for_all(st.lists(st.sampled_from(["good", "broken", "gone", "same"]), max_size=6))
def test_what_is_shown_is_always_the_last_that_was_whole(steps: list[str]) -> None:
    """Of any way of edits: a file that is mended, broken or taken away, in any order."""
    texts = {"good": lambda n: f"name: Utgåva {n}\n", "broken": lambda n: f"name: [{n}\n"}
    shown = last = given.read(SYSTEMS)
    files = dict(SYSTEMS)
    for n, step in enumerate(steps):
        if step == "gone":
            files.pop("systems/s-1", None)
        elif step in texts:
            files["systems/s-1"] = texts[step](n)
        found = given.read(files)
        whole = not found.left_out
        shown = shown if unusable(shown, found) else found
        last = found if whole else last
        assert shown is last


def states(place: Place) -> Iterator[object]:
    yield place.state()
    (place.root / "applications/systems/s-1.yaml").write_text("name: Annat\n", "utf-8")
    yield place.state()
    (place.root / "applications/systems/ny.yaml").write_text("name: Ny\n", "utf-8")
    yield place.state()
    (place.root / "applications/systems/ny.yaml").unlink()
    yield place.state()


def test_a_change_of_any_kind_is_seen(tmp_path: Path) -> None:
    place = Place(root=given.written(tmp_path, SYSTEMS), schemas=None, audience="internal")
    first, changed, more, fewer = states(place)
    assert first != changed != more != fewer and changed == fewer
    (place.root / ".swp").write_text("x")
    assert place.state() == fewer, "what nobody reads is not looked at"
