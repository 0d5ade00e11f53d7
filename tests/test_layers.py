"""The four layers around one thing: what lies near it, counted box by box."""

from __future__ import annotations

import re
from datetime import date

import given
import pytest
from flask.testing import FlaskClient

from modulkarta.analysis.structure import layers
from modulkarta.analysis.structure.needs import ARCHITECTURE
from modulkarta.snapshot import Snapshot
from webapp import create_app

SMALL = {
    "modules/m": "name: M\nfunctions: [f]\nplatforms: [p]\nwrites: [i]\nformer_ids: [gammal]\n",
    "modules/far": "name: Far\nplatforms: [p]\n",
    "functions/f": "name: F\nprocesses: [work]\n",
    "processes/work": "name: Work\n",
    "platforms/p": "name: P\n",
    "information-objects/i": "name: I\n",
    "contracts/c": "name: C\n",
}
BOX = re.compile(r'<li class="(slab[^"]*)" id="ruta-([^"]*)">')


def ids(layer: layers.Layer) -> list[str]:
    return [entity.id for shelf in layer.shelves for entity in shelf.entities]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(given.good(), today=lambda: date(2026, 11, 21)).test_client()


def test_a_module_stands_among_what_it_names_and_the_work_that_its_functions_are_for() -> None:
    catalogue = given.read(SMALL).catalogue
    found = layers.slice_of(catalogue, catalogue.entities["m"])
    assert [ids(layer) for layer in found.layers] == [["work"], ["i"], ["m", "f"], ["p"]]
    assert found.related["m"] == ("f", "i", "p") and found.related["work"] == ("f",)


def test_a_process_stands_on_what_carries_it() -> None:
    catalogue = given.read(SMALL).catalogue
    found = layers.slice_of(catalogue, catalogue.entities["work"])
    assert [ids(layer) for layer in found.layers] == [["work"], ["i"], ["m", "f"], ["p"]]


def test_a_box_counts_those_in_the_slice_both_ways(good: Snapshot) -> None:
    for kind in layers.CHOSEN_FROM:
        for focus in good.catalogue.of_kind[kind]:
            found = layers.slice_of(good.catalogue, focus)
            shown = [id_ for layer in found.layers for id_ in ids(layer)]
            assert sorted(shown) == sorted(found.related) and focus.id in shown
            assert all(good.catalogue.entities[id_].kind.layer in ARCHITECTURE for id_ in shown)
            assert all(a in found.related[b] for a in shown for b in found.related[a])
            for id_ in shown:
                assert {link.entity for link in layers.links(good.catalogue, found, id_)} == set(found.related[id_])


def test_the_page_shows_a_module_when_nothing_is_asked(client: FlaskClient, good: Snapshot) -> None:
    focus = layers.usual_focus(good.catalogue)
    assert focus is not None and focus.kind.name == "module"
    page = client.get("/lager").text
    assert f'class="slab focus" id="ruta-{focus.id}"' in page and page.count('class="band layer-') == 4
    assert client.get(f"/lager?fokus={focus.id}").status_code == 200


def test_choosing_a_box_outlines_and_lists_what_it_has_to_do_with_and_moves_none(
    client: FlaskClient, good: Snapshot
) -> None:
    focus = good.catalogue.entities["prehospital-journal"]
    found = layers.slice_of(good.catalogue, focus)
    before = [id_ for _, id_ in BOX.findall(client.get(f"/lager?fokus={focus.id}").text)]
    for id_, related in found.related.items():
        page = client.get(f"/lager?fokus={focus.id}&ruta={id_}").text
        boxes = BOX.findall(page)
        assert [one for _, one in boxes] == before
        assert {one for classes, one in boxes if " near" in classes} == set(related)
        listed = set(
            re.findall(r'href="/[a-z-]+/([a-z0-9-]+)"', page.partition('<h2 id="vald"')[2].partition("</dl>")[0])
        )
        assert listed == set(related)


def test_what_is_not_there_is_said_and_a_former_id_leads_on() -> None:
    client = create_app(given.read(SMALL), today=lambda: date(2026, 11, 21)).test_client()
    assert client.get("/lager?fokus=gammal").location == "/lager?fokus=m"
    for wrong in ("finns-inte", "c", "<script>", "x" * 3000):
        answer = client.get("/lager", query_string={"fokus": wrong})
        assert answer.status_code == 404 and "<script>" not in answer.text
    assert client.get("/lager", query_string={"fokus": "m", "ruta": "<script>"}).status_code == 200


def test_an_empty_catalogue_has_nothing_to_show() -> None:
    client = create_app(given.read({}), today=lambda: date(2026, 11, 21)).test_client()
    assert "Inga moduler, processer eller system att visa." in client.get("/lager").text
