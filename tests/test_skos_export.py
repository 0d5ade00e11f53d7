"""Terms as SKOS: what is written is what rdflib reads, the same in both notations, and breaks no law of SKOS."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import given
import pytest
from commands import Run
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS

from modulkarta.exchange.outward import Asked, Exported
from modulkarta.exchange.skos.exporting import jsonld, turtle
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""rdflib's own reader of JSON-LD does so."""
ASKED = Asked(language="sv", on=given.TODAY)
BASE = "urn:modulkarta:prov:term:"

UNEASY = {
    "terms/a": """name: "Över \\"a\\" \\\\ x"
preferred: {sv: "ett ord", en: word}
allowed: {sv: [zebra, "ett ord", apa, zebra], en: []}
discouraged: {sv: [apa, katt]}
summary: "Rad ett\\nrad två\\tslut"
description: |
  *Mycket* text.

  En **rad** till.
definition: Allt.
status: retired
broader: [b]
related: [c, b, a]
mappings:
  - {scheme: snomed-ct, code: "22298006", match: exact}
  - {scheme: snomed-ct, code: "22298006", match: broad}
  - {scheme: openehr, code: openEHR-EHR-OBSERVATION.x.v1, name: X}
  - {scheme: other, code: "https://a.example/x?y=1"}
  - {scheme: fhir, code: Encounter, match: narrow}
renamed_to: c
truth: fact
truth_of: {mappings: assumption}
sources: [{source: s, where: sidan 2}, {source: t}]
tags: [x, y]
translations: {en: {name: A, summary: In English, short_name: A}}
secrecy: {level: public, fields: {related.c: internal}}
""",
    "terms/b": "name: B\nbroader: [c]\n",
    "terms/c": "name: ett ord\nbroader: [a]\npreferred: {}\n",
    "sources/s": "name: S\nurl: 'https://s.example/{x}|y'\n",
    "sources/t": "name: T\n",
}


def _graph(found: Exported, notation: str) -> Graph:
    (data,) = found.files.values()
    return Graph().parse(data=data, format=notation)


def _turtle(read: Snapshot) -> Graph:
    return _graph(turtle.exported(read, ASKED), "turtle")


@pytest.mark.parametrize("files", [None, UNEASY])
def test_both_notations_say_the_same(files: dict[str, str] | None) -> None:
    read = given.read(files) if files else given.good()
    one = _turtle(read)
    assert len(one) > 20
    assert isomorphic(one, _graph(jsonld.exported(read, ASKED), "json-ld"))


@pytest.mark.parametrize(("room", "ending"), [(turtle, "ttl"), (jsonld, "jsonld")])
def test_the_terms_of_region_exempel_are_written_as_before(room: object, ending: str) -> None:
    found = room.exported(given.good(), ASKED)  # type: ignore[attr-defined]
    (data,) = found.files.values()
    given.as_before(f"begrepp.{ending}", data.decode())
    assert room.exported(given.good(), ASKED) == found  # type: ignore[attr-defined]


def test_what_is_written_breaks_none_of_the_laws_of_skos() -> None:
    graph = _turtle(given.read(UNEASY))
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        kinds = [set(graph.objects(concept, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert not any(one & other for one, other in combinations(kinds, 2))
        languages = [label.language for label in kinds[0] if isinstance(label, Literal)]
        assert len(set(languages)) == len(languages) > 0
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert not above & set(graph.objects(concept, SKOS.related))
        exact = set(graph.objects(concept, SKOS.exactMatch))
        assert not exact & {*graph.objects(concept, SKOS.broadMatch), *graph.objects(concept, SKOS.relatedMatch)}


def test_words_texts_and_codes_are_what_the_catalogue_says() -> None:
    graph, one = _turtle(given.read(UNEASY)), URIRef(f"{BASE}a")
    assert set(graph.objects(one, SKOS.prefLabel)) == {Literal("ett ord", lang="sv"), Literal("word", lang="en")}
    assert set(graph.objects(one, SKOS.altLabel)) == {Literal("apa", lang="sv"), Literal("zebra", lang="sv")}
    assert set(graph.objects(one, SKOS.hiddenLabel)) == {Literal("katt", lang="sv")}
    notes = {Literal("Rad ett\nrad två\tslut", lang="sv"), Literal("In English", lang="en")}
    assert set(graph.objects(one, SKOS.scopeNote)) == notes
    assert list(graph.objects(one, SKOS.exactMatch)) == [URIRef("http://snomed.info/id/22298006")]
    assert list(graph.objects(one, SKOS.narrowMatch)) == [URIRef("http://hl7.org/fhir/StructureDefinition/Encounter")]
    assert list(graph.objects(one, SKOS.mappingRelation)) == [URIRef("https://a.example/x?y=1")]
    assert list(graph.objects(URIRef(f"{BASE}b"), SKOS.broader)) == [URIRef(f"{BASE}c")]


def test_what_skos_cannot_say_is_told_with_its_number() -> None:
    told = [said(note) for note in turtle.exported(given.read(UNEASY), ASKED).notes]
    assert told == [
        "2 poster av andra sorter är inte med: SKOS har bara begrepp",
        "3 jämförelser mellan ett begrepp och ett som står över eller under det står bara i mk:related: SKOS tillåter "
        "inte båda",
        "3 begrepp är överordnade sig själva genom en ring: a, b, c",
        "2 ord som redan sägs på ett annat sätt om samma begrepp står bara i mk:",
        "2 begrepp har samma rekommenderade term som ett annat",
        "1 motsvarighet har en kod utan känd adress och står bara i mk:mappings",
        "1 motsvarighet är både exakt och vidare eller snävare; bara exakt sägs i SKOS",
        "12 uppgifter står i egna egenskaper (mk:), eftersom SKOS inte har någon plats för dem",
    ]


def test_a_catalogue_without_terms_is_a_scheme_without_concepts() -> None:
    found = turtle.exported(given.good(), Asked(language="sv", on=given.TODAY, kinds=frozenset({"system"})))
    graph = _graph(found, "turtle")
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert not list(graph.subjects(RDF.type, SKOS.Concept))
    assert "SKOS har bara begrepp" in said(found.notes[0])


def test_who_exports_is_told_how_many_terms_there_are(run: Run, tmp_path: Path) -> None:
    files = {"terms/a": "name: A\n", "terms/b": "name: B\n", "systems/s": "name: S\n"}
    root = given.written(tmp_path, files)
    ended = run("export", "--to", "skos", "--catalogue", root, "--audience", "internal", "-o", tmp_path / "a.ttl")
    assert ended.code == 0 and "2 poster är med." in ended.err and "1 post av en annan sort är inte med" in ended.err
