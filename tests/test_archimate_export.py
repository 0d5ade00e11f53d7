"""The catalogue as an ArchiMate model: valid, whole, and the same every time."""

from __future__ import annotations

from datetime import date

import archimate_files
import given
import pytest
from archimate_files import A
from hypothesis import given as of
from hypothesis import settings
from levels import Trees, built
from random_catalogues import trees

from modulkarta.analysis import coverage
from modulkarta.audience import narrowed
from modulkarta.exchange.archimate import names
from modulkarta.exchange.archimate.exporting import exported
from modulkarta.exchange.archimate.exporting.content import Model
from modulkarta.exchange.archimate.exporting.text import text_of
from modulkarta.exchange.outward import Asked, Exported
from modulkarta.snapshot import Snapshot, build
from modulkarta.source.folder import Files

_ASKED = Asked(language="sv", on=date(2026, 6, 1))


def _data(found: Exported) -> bytes:
    (data,) = found.files.values()
    return data


@pytest.fixture(scope="module")
def real() -> Snapshot:
    return build(given.real(), given.metamodel(), given.TODAY)


@pytest.fixture(scope="module")
def data(good: Snapshot) -> bytes:
    return _data(exported(good, _ASKED))


def _fields(data: bytes) -> dict[str, dict[str, names.Tree]]:
    """By id, what the properties of an element say of its file, as an import would hear it."""
    root = archimate_files.read(data)
    called = {one.get("identifier"): str(one.findtext(f"{A}name")) for one in root.iter(f"{A}propertyDefinition")}
    found = {}
    for element in root.iter(f"{A}element"):
        values = {called[p.get("propertyDefinitionRef")]: str(p[0].text) for p in element.iter(f"{A}property")}
        if names.COMPUTED not in values:
            told = {names.field_of(name): names.heard(text) for name, text in values.items() if "(" in name}
            found[values[names.ID]] = {str(name): value for name, value in told.items()}
            own = found[values[names.ID]]
            own.setdefault("name", element.findtext(f"{A}name"))
            if said := str(element.findtext(f"{A}documentation") or "").removeprefix(f"{own.get('summary') or ''}"):
                own.setdefault("description", said.removeprefix("\n\n"))
    return found


def test_region_exempel_is_valid(data: bytes) -> None:
    assert archimate_files.faults(data) == []
    assert archimate_files.faults_by_schema(data) == []


@pytest.mark.parametrize("audience", ["secret", "internal", "public"])
def test_the_real_catalogue_is_valid_for_every_audience(real: Snapshot, audience: str) -> None:
    found = _data(exported(narrowed(real, audience), _ASKED))  # type: ignore[arg-type]
    assert archimate_files.faults(found) == []
    assert archimate_files.faults_by_schema(found) == []


def test_every_field_of_every_file_can_be_heard_again(real: Snapshot) -> None:
    heard = _fields(_data(exported(real, _ASKED)))
    assert heard.keys() == real.catalogue.entities.keys()
    assert all(heard[id_] == entity.document.tree for id_, entity in real.catalogue.entities.items())


def test_a_second_export_is_the_same_and_so_is_one_of_files_in_another_order(good: Snapshot, data: bytes) -> None:
    turned = Files(root="catalogue", contents=dict(reversed(_contents(good).items())))
    assert _data(exported(build(turned, given.metamodel(), given.TODAY), _ASKED)) == data


def test_only_the_kinds_that_are_asked_for_are_there(good: Snapshot) -> None:
    found = exported(good, Asked(language="sv", on=given.TODAY, kinds=frozenset({"module"})))
    assert {*_fields(_data(found))} == {one.id for one in good.catalogue.of_kind["module"]}
    assert archimate_files.faults(_data(found)) == archimate_files.faults_by_schema(_data(found)) == []


def test_a_catalogue_with_nothing_in_it_is_valid_too() -> None:
    found = _data(exported(given.read({}), _ASKED))
    assert archimate_files.faults(found) == archimate_files.faults_by_schema(found) == []


def _contents(read: Snapshot) -> dict[str, bytes]:
    return {file.removeprefix("catalogue/"): text.encode() for file, text in read.texts.items()}


_MODEL = {
    "elements/event": "name: Larm\ntype: BusinessEvent\n",
    "elements/odd": "name: Udda\ntype: Påhittad\n",
    "relationships/starts": "name: Larm startar\ntype: Triggering\nsource: event\ntarget: odd\nowner: org\n",
    "relationships/read": 'name: Läser\ntype: Access\naccess: Read\nsource: event\ntarget: starts\n',
    "relationships/unknown": "name: Okänd\ntype: Magisk\nsource: event\ntarget: odd\n",
    "organisations/org": "name: Ansvarig\n",
}  # fmt: skip


def test_what_came_from_a_model_is_of_its_own_type_again() -> None:
    found = _data(exported(given.read(_MODEL), _ASKED))
    assert archimate_files.faults(found) == archimate_files.faults_by_schema(found) == []
    root = archimate_files.read(found)
    types = {one.get("identifier"): one.get(archimate_files.TYPE) for one in root.iter() if one.get("identifier")}
    assert types["id-element.event"] == "BusinessEvent"
    assert types["id-element.odd"] == types["id-relationship.unknown"] == "Grouping"
    assert types["id-relationship.starts"] == "Triggering"
    assert types["id-rel.starts.org.owner"] == "Association"
    assert root.find(f"*/{A}relationship[@identifier='id-relationship.read']").get("accessType") == "Read"


@of(trees())
@settings(max_examples=15)
def test_every_catalogue_is_valid_and_all_of_it_can_be_heard_again(drawn: Trees) -> None:
    read = built(drawn)
    found = _data(exported(read, _ASKED))
    assert archimate_files.faults(found) == archimate_files.faults_by_schema(found) == []
    assert archimate_files.crossings(archimate_files.read(found)) == []
    heard = _fields(found)
    assert heard.keys() == read.catalogue.entities.keys()
    for id_, entity in read.catalogue.entities.items():
        assert heard[id_] == entity.document.tree


def test_each_gap_of_the_plan_is_a_gap_of_the_model_tied_to_the_states_it_lies_between(
    good: Snapshot, data: bytes
) -> None:
    root = archimate_files.read(data)
    gaps = [one.get("identifier") for one in root.iter(f"{A}element") if one.get(archimate_files.TYPE) == "Gap"]
    assert len(gaps) == len(coverage.gaps(good.catalogue)) > 5
    ends = {(one.get("source"), one.get("target")) for one in root.iter(f"{A}relationship")}
    assert all((gap, "id-plan.now") in ends for gap in gaps)
    assert ("id-plan.gap.faltjournal.planera-pass.nord", "id-plan.after.ersattning-faltjournal") in ends


def test_no_box_of_a_view_lies_over_another_and_words_have_room(real: Snapshot) -> None:
    root = archimate_files.read(_data(exported(real, _ASKED)))
    assert [one.get("identifier") for one in root.iter(f"{A}view")] == [
        "id-view.map", "id-view.roadmap", "id-view.ersattning-ambulink",
    ]  # fmt: skip
    assert archimate_files.crossings(root) == []


def test_what_somebody_may_not_see_is_neither_a_gap_nor_in_a_view(real: Snapshot) -> None:
    public = narrowed(real, "public")
    words = _data(exported(public, _ASKED)).decode()
    gone = real.catalogue.entities.keys() - public.catalogue.entities.keys()
    assert gone
    assert not [id_ for id_ in gone if f".{id_}" in words or f">{id_}<" in words]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'identifier="id-system.faltjournal"', b'identifier="id-module.larmpanelen"'),
        (b'target="id-system.faltjournal"', b'target="id-system.borta"'),
        (b'xsi:type="Gap"', b'xsi:type="Glapp"'),
        (b"<propertyDefinitions>", b"<relationships></relationships><propertyDefinitions>"),
    ],
)
def test_a_broken_model_is_known_for_one_by_our_own_rules_too(data: bytes, old: bytes, new: bytes) -> None:
    broken = data.replace(old, new, 1)
    assert broken != data
    assert archimate_files.faults(broken)
    assert archimate_files.faults_by_schema(broken)


def test_signs_that_xml_cannot_have_are_replaced_and_counted() -> None:
    model = Model(
        id="id-model", names={"sv": "a\x00b\ufffe\r\n<&>"}, documentation={}, properties=(), definitions=(),
        elements=(), relationships=(), folders=(), views=(),
    )  # fmt: skip
    text, signs = text_of(model)
    assert signs == 2
    assert archimate_files.read(text.encode()).findtext(f"{A}name") == "a\ufffdb\ufffd\r\n<&>"
    assert archimate_files.faults_by_schema(text.encode()) == []
