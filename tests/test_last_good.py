"""What is kept of the last good reading: whole or not at all, of this place only, and never in anybody's way."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import given
import pytest

from modulkarta.changes.unusable import unusable
from modulkarta.cli.serving.last_good import LastGood
from modulkarta.cli.serving.place import Place

SYSTEMS = {"systems/s": "name: Systemet\n", "systems/å": "name: [\n", "reports/2026-11.md": "Text.\n"}
NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


class Kept(LastGood):
    """Keeps what it tells, too."""

    def __init__(self, folder: Path | None, place: Place) -> None:
        self.told: list[str] = []
        super().__init__(folder, place, lambda level, what, **known: self.told.append(f"{what} {known}"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(root=given.written(tmp_path, SYSTEMS), schemas=given.SCHEMAS, audience="internal")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state"


def test_what_is_kept_is_what_was_read_for_this_user_only(place: Place, state: Path) -> None:
    kept = Kept(state, place)
    kept.keep(place.taken())
    (file,) = state.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    good, whole = Kept(state, place).newer(), place.read()
    assert good and good.whole.digest == whole.digest and good.whole.findings == whole.findings
    assert good.whole.texts == whole.texts and good.whole.catalogue.prose == whole.catalogue.prose
    assert kept.newer() is None, "it is what this one has"


def test_only_one_is_kept_and_only_what_was_taken(place: Place, state: Path) -> None:
    kept, taken = Kept(state, place), place.taken()
    kept.keep(taken)
    first = next(state.iterdir()).read_bytes()
    (place.root / "applications/systems/s.yaml").write_text("name: Nytt\n", "utf-8")
    kept.keep(taken)
    assert next(state.iterdir()).read_bytes() == first, "nobody has found that the new one can be gone by"
    kept.keep(place.taken())
    (file,) = state.iterdir()
    assert file.read_bytes() != first


def test_what_could_not_be_read_then_is_no_news(place: Place, state: Path) -> None:
    (place.root / "applications/systems/ut.yaml").symlink_to("/etc/hostname")
    Kept(state, place).keep(place.taken())
    good = Kept(state, place).newer()
    assert good and not unusable(good.whole, place.read()) and good.whole.number_of("MK101") == 1


def test_another_place_is_another(place: Place, state: Path, tmp_path: Path) -> None:
    Kept(state, place).keep(place.taken())
    elsewhere = replace(place, root=given.written(tmp_path / "b", SYSTEMS))
    for other in (elsewhere, replace(place, schemas=None)):
        kept = Kept(state, other)
        assert kept.newer() is None and not kept.told


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 5000])
def test_what_is_not_whole_is_told_of_and_left(place: Place, state: Path, data: bytes) -> None:
    Kept(state, place).keep(place.taken())
    next(state.iterdir()).write_bytes(data)
    kept = Kept(state, place)
    assert kept.newer() is None and "går inte att använda" in kept.told[0]
    kept.keep(place.taken())
    assert Kept(state, place).newer(), "the next that is kept is whole"


def test_a_changed_byte_is_seen(place: Place, state: Path) -> None:
    Kept(state, place).keep(place.taken())
    file = next(state.iterdir())
    file.write_bytes(file.read_bytes().replace(b"Systemet", b"Sabbatet"))
    assert Kept(state, place).newer() is None


def test_a_full_disk_leaves_what_was_kept(place: Place, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Kept(state, place).keep(place.taken())
    first = next(state.iterdir()).read_bytes()
    (place.root / "applications/systems/s.yaml").write_text("name: Nytt\n", "utf-8")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    kept = Kept(state, place)
    kept.keep(place.taken())
    assert "gick inte att spara" in kept.told[0]
    (state / ".half-1").write_text("of a process that was killed")
    kept.tidy()
    (file,) = state.iterdir()
    assert file.read_bytes() == first


def test_all_say_since_when_as_the_first_does(place: Place, state: Path) -> None:
    one, other = Kept(state, place), Kept(state, place)
    assert one.troubled_since(NOW) == NOW
    assert other.troubled_since(NOW + timedelta(hours=1)) == NOW
    other.keep(place.taken())
    assert one.troubled_since(NOW + timedelta(hours=2)) == NOW + timedelta(hours=2)
    nowhere = Kept(None, place)
    assert nowhere.troubled_since(NOW) == NOW and nowhere.newer() is None
    nowhere.keep(place.taken())
    assert not nowhere.told
