"""Models of ArchiMate, whichever way they are written, come in whole: each item is a thing, a field, kept, or told."""

from __future__ import annotations

from html import escape

import pytest
from archimate_models import ARCHI, ITEM, MODELS, NEW, OLD, data_of, element, link, model, of, taken, zipped
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta.wording import said


@pytest.mark.parametrize("name", [NEW, OLD, ARCHI])
def test_every_element_relationship_and_view_is_one_item(name: str) -> None:
    found = taken(data_of(name), name=name)
    origins = [origin for one in found.proposed for origin in one.origins] + [one.origin for one in found.items]
    sorts = [origin.sort.partition(" ")[0] for origin in origins]
    assert sum(sort in ("element", "relationship", "view") for sort in sorts) == len(ITEM.findall(data_of(name)))
    assert len({(origin.sort, origin.at, origin.name) for origin in origins}) == len(origins)


def test_what_fits_becomes_our_kinds_and_fields_and_the_rest_kinds_of_their_own() -> None:
    found = taken(data_of(NEW))
    till = of(found, "kassan")
    assert (till["kind"], till["platforms"], till["reads"]) == ("system", ["ladorna"], ["varulistan"])
    assert till["translations"] == {"en": {"name": "The till"}}
    assert till["description"] == "Tar emot pengar & ger växel."
    assert of(found, "fran-hylla-till-kund")["type"] == "ValueStream" and of(found, "regn")["type"] == "Weather"
    bell = of(found, "dorrklockan-ringer")
    assert (bell["kind"], bell["type"]) == ("element", "BusinessEvent")
    assert bell["properties"] == [{"property": "Läge", "value": "varje dag", "language": "sv"}]
    crossed = of(found, "stryker-det-salda")
    assert (crossed["kind"], crossed["access"], crossed["label"]) == ("relationship", "Write", "stryker det sålda")
    assert of(found, "dorrklockan-ringer-salja-influence")["influence"] == "++"


def test_relationships_may_end_in_each_other_and_one_with_an_end_that_is_not_there_is_told() -> None:
    found = taken(data_of(NEW))
    ring = [of(found, "dorrklockan-ringer-id-r5-association"), of(found, "kassan-id-r4-association")]
    assert [one["target"] for one in ring] == ["kassan-id-r4-association", "dorrklockan-ringer-id-r5-association"]
    assert ring[0]["directed"] == "true"
    (gone,) = (one for one in found.items if one.outcome == "skipped")
    assert gone.origin.at.line == 38 and "id-borta" in said(gone.reasons[0])


def test_2_1_in_latin_1_says_the_same_by_other_names() -> None:
    found = taken(data_of(OLD))
    assert of(found, "handlare-akesson")["name"] == "Handlare Åkesson"
    assert of(found, "strom")["type"] == "TechnologyService"
    assert of(found, "strom-lampan-over-dorren-serving")["type"] == "Serving"
    view = found.beside["exchange/archimate/id-skiss.xml"].decode()
    assert 'elementRef="id-lampan"' in view and '<name xml:lang="sv">Skissen' in view


def test_archis_own_files_are_read_plain_and_zipped() -> None:
    plain = taken(data_of(ARCHI), name=ARCHI)
    packed = taken(zipped(model_xml=data_of(ARCHI), bild_png=b"x"), name=ARCHI)
    assert [(one.id, one.fields) for one in plain.proposed] == [(one.id, one.fields) for one in packed.proposed]
    assert plain.beside == packed.beside and len(packed.items) == len(plain.items) + 1
    scales = of(plain, "vagen")
    assert (scales["used_by"], scales["writes"]) == (["kund"], ["vikten"])
    assert of(plain, "och-knut")["type"] == "AndJunction"
    assert 'x="250" y="80"' in plain.beside["exchange/archimate/id-vy1.xml"].decode()


KINDS = st.sampled_from(["ApplicationComponent", "Node", "Goal", "BusinessEvent", "Capability", "Weather", "Junction"])
TYPES = st.sampled_from(["Serving", "Access", "Association", "Composition", "Blowing"])
ENDS = st.integers(0, 9)


@drawn(
    st.lists(st.tuples(KINDS, st.text("aåÅ &", max_size=6)), max_size=8),
    st.lists(st.tuples(TYPES, ENDS, ENDS), max_size=8),
)
@settings(max_examples=30, deadline=None)
def test_whatever_a_model_says_each_item_is_counted_once(
    things: list[tuple[str, str]], links: list[tuple[str, int, int]]
) -> None:
    elements = [element(f"id-{n}", escape(name), type_) for n, (type_, name) in enumerate(things)]
    bonds = [link(f"id-{n + 8}", f"id-{one}", f"id-{other}", type_) for n, (type_, one, other) in enumerate(links)]
    found = taken(model(*elements, links="".join(bonds)))
    lines = [origin for one in found.proposed for origin in one.origins] + [one.origin for one in found.items]
    assert sorted(one.at.column for one in lines) == sorted({one.at.column for one in lines})
    assert len(lines) == len(things) + len(links)
    assert len({one.id for one in found.proposed}) == len(found.proposed)


def test_a_mapping_file_says_what_becomes_what() -> None:
    found = taken(data_of(NEW), mapping=(MODELS / "typer.yaml").read_text("utf-8"))
    assert of(found, "kassan")["kind"] == "module" and of(found, "kassan")["masters"] == ["varulistan"]
    assert of(found, "dorrklockan-ringer")["kind"] == "milestone"
    assert (of(found, "salja")["kind"], of(found, "salja")["band"]) == ("capability", "core")
    skipped = [one.origin.name for one in found.items if one.outcome == "skipped"]
    assert "Regn" in skipped and "id-r7" in skipped


def test_a_name_in_the_wrong_encoding_one_too_long_and_signs_nobody_sees_are_told_or_mended() -> None:
    found = taken(model(element("a", "VÃ¥rd"), element("b", "x" * 500), element("c", "A\u200fB")))
    first, second, third = found.proposed
    assert "fel teckenkodning" in said(first.reasons[0]) and "120" in said(second.reasons[0])
    assert (len(str(second.fields["name"])), third.fields["name"]) == (120, "AB")
