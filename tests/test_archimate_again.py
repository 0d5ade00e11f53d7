"""What the export makes of the rest comes back as that; what somebody has changed in it is told, and only that."""

from __future__ import annotations

import pytest
from archimate_models import NEW, data_of, empty, merged_in, taken
from test_archimate_back import written

from modulkarta.audience import narrowed
from modulkarta.exchange.inward import Proposal
from modulkarta.levels import LEVELS
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

ARCHIS = """<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:archimate="http://www.archimatetool.com/archimate" name="M" id="id-m">
  <folder name="Application" id="f1" type="application">%s<element xsi:type="archimate:ApplicationComponent"
    name="A" id="id-system.a"><property key="modulkarta/kind" value="system"/>
    <property key="modulkarta/id" value="a"/></element>%s</folder></archimate:model>"""


def skipped(found: Proposal) -> list[tuple[str, str]]:
    return [(item.origin.name, said(item.reasons[0])) for item in found.items if item.outcome == "skipped"]


def changed(data: bytes, start: str, old: str, new: str) -> bytes:
    """A model with a text changed in the element that begins so."""
    before, mark, after = data.decode().partition(f'<element identifier="{start}')
    assert old in after
    return (before + mark + after.replace(old, new, 1)).encode()


@pytest.mark.parametrize("level", LEVELS)
def test_an_export_for_anyone_comes_back_with_nothing_left_out(good: Snapshot, level: str) -> None:
    assert not skipped(taken(written(narrowed(good, level)), good))  # type: ignore[arg-type]


def test_a_computed_name_that_is_changed_is_told_with_the_one_that_the_export_makes(good: Snapshot) -> None:
    data = changed(written(good), "id-plan.now", ">Nuläge<", ">Läget nu<")
    why = "namnet är ett annat än det som exporten räknar ut, ”Nuläge”, och följer inte med"
    assert skipped(taken(data, good)) == [("Läget nu", why)]


def test_the_documentation_of_a_gap_that_is_changed_is_told(good: Snapshot) -> None:
    data = changed(written(good), "id-plan.gap", '<documentation xml:lang="sv">', '<documentation xml:lang="sv">Min ')
    ((_, why),) = skipped(taken(data, good))
    assert why == "dokumentationen är en annan än den som exporten räknar ut, och följer inte med"


def test_a_folder_of_somebodys_own_among_ours_is_told(good: Snapshot) -> None:
    data = written(good).decode().replace('<label xml:lang="sv">Vyer<', '<label xml:lang="sv">Mitt<').encode()
    assert skipped(taken(data, good)) == [("Mitt", "exporten lägger allt i sina egna mappar")]


def test_the_folders_of_a_model_that_is_kept_are_known_when_our_export_comes_back() -> None:
    _, _, read = merged_in(*empty(), data_of(NEW))
    assert "Bakom disken" in written(read).decode()
    assert not skipped(taken(written(read), read))


def test_the_folders_that_archi_has_in_every_model_are_nobodys_loss() -> None:
    assert not skipped(taken(ARCHIS % ("", ""), name="m.archimate"))
    found = taken(ARCHIS % ('<folder name="Mitt" id="f2">', "</folder>"), name="m.archimate")
    assert skipped(found) == [("Application", "exporten lägger allt i sina egna mappar")]


def test_an_export_in_which_nobody_may_see_anything_is_ours_all_the_same() -> None:
    read, _ = empty()
    assert not taken(written(read), read).beside
