"""What would tell those who may not see: the rules agree with what is hidden."""

from __future__ import annotations

from typing import Any

import pytest
from given import metamodel, read
from hypothesis import given as drawn
from hypothesis import settings
from levels import levelled

from modulkarta.analysis.secrecy import field_levels, level, secrets
from modulkarta.audience import narrowed
from modulkarta.findings import Finding
from modulkarta.levels import LEVELS
from modulkarta.model import Entity, Settings
from modulkarta.rules.secrecy import crowded
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

SAFIR = {"assignments/projekt-safir": "name: Projekt Safir\nstatus: running\nsecrecy: {level: secret}\n"}


def told(read_: Snapshot, code: str) -> list[Finding]:
    return [finding for finding in read_.findings if finding.code == code]


def said_of(entity: Entity) -> dict[str, Any]:
    """What a file says of its thing, without the judgement of who may see it."""
    return {key: value for key, value in entity.document.tree.items() if key != "secrecy"}


def about(text: str) -> list[Finding]:
    """What is said of an open module with a text, beside a secret project."""
    return told(read({**SAFIR, "modules/m": f"name: M\nsecrecy: {{level: public}}\ndescription: {text}\n"}), "MK610")


@pytest.mark.parametrize(
    "text", ["I Projekt Safir.", "projekt safirs plan", "Se projekt-safir", "|\n  Hos Projekt\n  Safir"]
)
def test_a_mention_is_found_however_it_is_written(text: str) -> None:
    (finding,) = about(text)
    assert finding.path == ("description",) and "Projekt Safir" in said(finding.message)


def test_a_secret_name_is_looked_for_too() -> None:
    named = "name: Safir\nsecrecy: {level: public, fields: {name: secret}}\n"
    found = read({"systems/s": named, "modules/m": "name: M\nsummary: Tar över efter Safir.\n"})
    assert [f.entity for f in told(found, "MK610")] == ["m"]
    seen = narrowed(found, "internal").catalogue.entities
    assert set(seen) == {"m"} and "summary" not in seen["m"].fields


@pytest.mark.parametrize("text", ["Projekt Safirblå", "Safir är en sten", "Ett projekt"])
def test_other_words_are_no_mention(text: str) -> None:
    assert about(text) == []


def test_the_settings_are_read_by_everybody() -> None:
    (finding,) = told(read({**SAFIR, "catalogue.yaml": "title: Prov\nabout: Om Projekt Safir.\n"}), "MK610")
    assert finding.location.file == "catalogue/catalogue.yaml" and finding.path == ("about",)


def test_an_id_may_tell_too() -> None:
    (finding,) = told(read({**SAFIR, "risks/risk-for-projekt-safir": "name: En risk\n"}), "MK610")
    assert finding.entity == "risk-for-projekt-safir"


def test_a_reference_is_a_note_and_a_warning_where_the_entry_goes_with_it() -> None:
    found = read(
        {
            "systems/s": "name: S\nsecrecy: {level: secret}\n",
            "replacements/r": "name: Plan\nreplaces: s\nsecrecy: {level: public}\n",
            "risks/x": "name: En risk\naffects: [s]\nsecrecy: {level: public}\n",
        }
    )
    assert {(f.entity, f.severity) for f in told(found, "MK609")} == {("r", "warning"), ("x", "info")}
    assert set(narrowed(found, "internal").catalogue.entities) == {"x"}


def test_who_gives_the_field_the_same_level_has_thought_of_it() -> None:
    marked = "name: En risk\naffects: [s]\nsecrecy: {level: public, fields: {affects: secret}}\n"
    assert not told(read({"systems/s": "name: S\nsecrecy: {level: secret}\n", "risks/x": marked}), "MK609")


def test_what_is_not_classified_is_told_only_where_the_catalogue_asks() -> None:
    files = {"systems/s": "name: S\n", "systems/t": "name: T\nsecrecy: {level: internal}\n"}
    assert not told(read(files), "MK608")
    strict = read({**files, "catalogue.yaml": "title: Prov\nclassified: true\n"})
    assert [(f.entity, f.severity) for f in told(strict, "MK608")] == [("s", "warning")]


@settings(max_examples=20)
@drawn(levelled())
def test_whether_anything_is_for_the_fewest_is_what_each_place_says(read_: Snapshot) -> None:
    things = read_.catalogue.entities.values()
    assert secrets(read_.catalogue) == any("secret" in (level(one), *field_levels(one).values()) for one in things)


@settings(max_examples=20)
@drawn(levelled())
def test_a_text_that_is_left_out_is_told_of(read_: Snapshot) -> None:
    """For every audience: what is gone though nobody gave it a level is named, or mentions, something that has one."""
    warned = {f.entity for f in (*told(read_, "MK610"), *told(read_, "MK609"))}
    seen = narrowed(read_, "public")
    for entity in read_.catalogue.entities.values():
        secrecy = entity.fields.get("secrecy") or {}
        if secrecy.get("level") == LEVELS[0] and not secrecy.get("fields"):
            left = seen.catalogue.entities.get(entity.id)
            unclassified = {e.id for e in read_.catalogue.entities.values() if "secrecy" not in e.fields}
            lost = left is None or said_of(left) != said_of(entity)
            goes_after = {r.target for r in entity.references} - seen.catalogue.entities.keys()
            assert not lost or entity.id in warned or goes_after & (unclassified | warned)


def test_the_limit_of_open_relations_is_told_as_it_is() -> None:
    about = metamodel().settings.properties["most_public_relations"].description
    limit = str(Settings().most_public_relations)
    for words in (about.sv, about.en, crowded.__doc__ or ""):
        assert limit in words
