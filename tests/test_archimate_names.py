"""How a catalogue lies in an ArchiMate model: what the export and the import have agreed on."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import given
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta.exchange.archimate import names

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["null", "[1]", '"x"', " a", ""]
)
_TREES = st.recursive(
    st.none() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT.filter(bool), inner, max_size=3),
    max_leaves=6,
)
_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@drawn(_TREES)
@settings(max_examples=200)
def test_a_value_of_a_file_is_heard_as_it_was_written(tree: names.Tree) -> None:
    assert names.heard(names.written(tree)) == tree


@drawn(_TREES)
@settings(max_examples=100)
def test_a_written_value_is_text_that_xml_can_have_and_no_program_mends(tree: names.Tree) -> None:
    said = names.written(tree)
    quoted = said.replace("&", "&amp;").replace("<", "&lt;")
    assert fromstring(f"<v>{quoted}</v>").text == said
    assert said == said.strip(" \t\r\n") != ""


@drawn(st.tuples(_TEXT, _TEXT), st.tuples(_TEXT, _TEXT))
def test_identifiers_are_names_of_xml_and_of_one_thing_each(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert _NCNAME.fullmatch(names.element_id(*one))
    assert (names.element_id(*one) == names.element_id(*other)) == (one == other)


@drawn(_TEXT.filter(bool), st.sampled_from(["lifecycle", "short_name"]))
def test_a_field_is_known_by_the_name_of_its_property(label: str, field: str) -> None:
    assert names.field_of(names.field_name(label, field) + " (modulkarta.x)") == "x"
    assert names.field_of(names.field_name(field, label)) == field


def test_every_kind_of_the_schemas_has_a_type_and_every_type_is_one() -> None:
    of_models = {names.MODEL_ELEMENT, names.MODEL_RELATIONSHIP}
    assert names.ELEMENTS.keys() | of_models == given.metamodel().kinds.keys()
    known = {one for several in names.LAYERS.values() for one in several}
    assert {*names.ELEMENTS.values(), *names.OLD_ELEMENTS.values(), names.ANY_ELEMENT} <= known
    assert {*names.OLD_RELATIONSHIPS.values()} == {*names.RELATIONSHIPS} - {"Path"}


def test_the_page_says_the_type_of_every_kind() -> None:
    page = (given.ROOT / "docs" / "exchange" / "archimate.md").read_text("utf-8")
    rows = [line for line in page.partition("\n## In")[0].splitlines() if line.startswith("| ")]
    kinds = given.metamodel().kinds
    unsaid = [
        kind
        for kind, type_ in names.ELEMENTS.items()
        if not any(kinds[kind].label.sv in row and type_ in row for row in rows)
    ]
    assert unsaid == []
