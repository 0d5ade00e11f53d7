"""What was exported comes back as it was, what was brought in is exported again, and the same model changes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import given
import pytest
from archimate_files import faults, faults_by_schema
from archimate_models import ARCHI, ITEM, NEW, OLD, data_of, empty, merged_in, taken
from hypothesis import given as drawn
from hypothesis import settings
from levels import Trees, built
from random_catalogues import trees

from modulkarta import snapshot
from modulkarta.audience import narrowed
from modulkarta.exchange.archimate import exporting
from modulkarta.exchange.outward import Asked
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

ASKED = Asked(language="sv", on=date(2026, 11, 22))


def written(read: Snapshot) -> bytes:
    """A catalogue as a model."""
    (data,) = exporting.exported(read, ASKED).files.values()
    return data


def test_the_export_of_a_whole_catalogue_comes_back_as_it_was(good: Snapshot) -> None:
    found = taken(written(good))
    assert {one.id: (one.kind, one.fields) for one in found.proposed} == {
        one.id: (one.kind.name, one.document.tree) for one in good.catalogue.entities.values()
    }
    assert not found.beside and not any(one.reasons for one in found.proposed)


@pytest.mark.parametrize("name", [NEW, OLD, ARCHI])
def test_the_same_model_again_changes_nothing(name: str) -> None:
    first, files, read = merged_in(*empty(), data_of(name))
    assert not first.findings and {one.outcome for one in first.items} <= {"new", "aside", "skipped"}
    again, _, _ = merged_in(read, files, data_of(name))
    assert not again.changes and {one.outcome for one in again.items} <= {"same", "aside", "skipped"}


def test_what_was_kept_is_exported_again_as_far_as_what_it_shows_is_there() -> None:
    _, files, read = merged_in(*empty(), data_of(NEW))
    data = written(read)
    assert not faults(data)
    text = data.decode()
    assert 'elementRef="id-platform.ladorna"' in text and "Här står vi" in text and "Bakom disken" in text
    assert 'relationshipRef="id-rel.kassan.ladorna.platforms"' in text and "i drift" in text
    contents = {path: data for path, data in files.contents.items() if not path.endswith("ladorna.yaml")}
    contents["applications/systems/kassan.yaml"] = (
        b"name: Kassan\nexternal_ids:\n  - system: archimate\n    value: id-kassan\n"
    )
    left = snapshot.build(replace(files, contents=contents), given.metamodel(), given.TODAY)
    part = exporting.exported(left, ASKED)
    (data,) = part.files.values()
    assert not faults(data) and "ladorna" not in data.decode() and "Bakom disken" not in data.decode()
    assert any("2 rutor eller linjer" in said(note) for note in part.notes)


def test_the_export_with_what_was_kept_is_valid_by_the_schemas() -> None:
    read, files = empty()
    for name in (NEW, OLD, ARCHI):
        _, files, read = merged_in(read, files, data_of(name))
    data = written(read)
    assert not faults_by_schema(data) and data.count(b"<view ") >= 3
    again, files, read = merged_in(read, files, data)
    assert {one.outcome for one in again.items} <= {"same", "aside", "again", "skipped"}
    assert exporting.exported(read, ASKED).files == {"modell.xml": data}


@drawn(trees(6))
@settings(max_examples=15, deadline=None)
def test_any_catalogue_comes_back_from_its_export_as_it_was(several: Trees) -> None:
    read = built(several)
    data = written(read)
    found = taken(data)
    assert {one.id: (one.kind, one.fields) for one in found.proposed} == {
        one.id: (one.kind.name, one.document.tree) for one in read.catalogue.entities.values()
    }
    origins = [origin for one in found.proposed for origin in one.origins] + [one.origin for one in found.items]
    items = [one for one in origins if one.sort.partition(" ")[0] in ("element", "relationship", "view")]
    assert len(items) == len(ITEM.findall(data))


def test_what_is_classified_here_stays_so(good: Snapshot) -> None:
    data = written(narrowed(good, "internal"))
    assert not any(
        "secrecy" in one.fields
        for one in taken(data, good).proposed
        if "secrecy" in good.catalogue.entities[one.id].document.tree
    )


def test_a_relationship_of_ours_that_somebody_has_moved_is_told(good: Snapshot) -> None:
    data = written(good)
    moved = re.sub(rb'(identifier="id-rel.faltjournal.leverantor-ek.supplier" source="[^"]*" target=)"[^"]*"',
                   rb'\1"id-organisation.region-exempel"', data)  # fmt: skip
    assert moved != data
    (system,) = (one for one in taken(moved).proposed if one.id == "faltjournal")
    assert system.fields["supplier"] == "leverantor-ek" and "flyttad" in said(system.reasons[0])


def test_what_the_export_makes_again_is_not_lost_but_what_somebody_did_to_it_is(good: Snapshot) -> None:
    data = written(good).decode()

    def outcomes(text: str) -> dict[str, str]:
        found = taken(text, good)
        return {f"{one.origin.sort} {one.origin.name}": one.outcome for one in found.items}

    assert set(outcomes(data).values()) == {"again"}
    plateau = '<element identifier="id-plan.now" xsi:type="Plateau">\n'
    assert plateau in data
    copied = outcomes(data.replace(plateau, plateau.replace("id-plan.now", "id-kopia")))
    assert copied["element Plateau Nuläge"] == "skipped"
    named = data.index("<properties>", data.index(plateau))
    described = outcomes(f"{data[:named]}<documentation>Eget.</documentation>\n{data[named:]}")
    assert described["element Plateau Nuläge"] == "skipped"
    assert outcomes(data.replace(">Vyer<", ">Mina vyer<"))["organization Mina vyer"] == "skipped"
    about = data.index("</documentation>")
    assert outcomes(f"{data[:about]} Mer.{data[about:]}")["documentation "] == "skipped"
