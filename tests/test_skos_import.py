"""Terms out of SKOS: what is written comes back as it was, from whoever; faults are told, and nothing goes missing."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any
from unittest.mock import patch

import given
import levels
import pytest
import random_catalogues
from hypothesis import given as of
from hypothesis import settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic
from test_skos_export import ASKED, UNEASY

from modulkarta.exchange.inward import Proposal, Proposed, Source, Wish
from modulkarta.exchange.skos import importing
from modulkarta.exchange.skos.exporting import jsonld, turtle
from modulkarta.exchange.skos.statements import text_of
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <http://ex.example/voc/> .
"""
WISH = Wish(language="sv")


def proposed(text: str | bytes, read: Snapshot | None = None, name: str = "begrepp.ttl") -> Proposal:
    data = text if isinstance(text, bytes) else f"{HEAD}{text}".encode()
    found = importing.proposed((Source(name=name, data=data),), read or given.good(), WISH)
    assert isinstance(found, Proposal), [said(one.message) for one in found]
    return found


def refused(data: bytes, name: str = "begrepp.ttl") -> Finding:
    found = importing.proposed((Source(name=name, data=data),), given.good(), WISH)
    assert isinstance(found, tuple)
    return found[0]


def one(text: str, read: Snapshot | None = None) -> tuple[dict[str, Any], list[str]]:
    """The fields and the reasons of the only concept."""
    (found,) = proposed(text, read).proposed
    return dict(found.fields), [said(reason) for reason in found.reasons]


def laid(read: Snapshot, found: Proposed) -> dict[str, Any]:
    """What a term says once a proposal is laid over it."""
    there = read.catalogue.get(found.id, "term")
    whole = {**(text_of(there.fields) if there else {}), **found.fields}  # type: ignore[dict-item]
    return {key: value for key, value in whole.items() if value is not None}


def comes_back(read: Snapshot, room: Any) -> None:
    """What is written of a catalogue changes nothing in it, and is all of it in an empty one."""
    ((name, data),) = room.exported(read, ASKED).files.items()
    terms = {term.id: text_of(term.fields) for term in read.catalogue.of_kind["term"]}
    if not terms:
        return
    organisation = read.catalogue.settings.organisation
    empty = {"title": read.catalogue.settings.title, "language": read.catalogue.settings.language}
    of_nothing = levels.built({"catalogue.yaml": empty | ({"organisation": organisation} if organisation else {})})
    for place in (read, of_nothing):
        found = proposed(data, place, name)
        assert {thing.id: laid(place, thing) for thing in found.proposed} == terms
        assert [(item.origin.sort, item.outcome) for item in found.items] == [("skos:ConceptScheme", "same")]


@pytest.mark.parametrize("room", [turtle, jsonld])
@pytest.mark.parametrize("files", [None, UNEASY])
def test_what_is_written_comes_back_as_it_was(files: dict[str, str] | None, room: Any) -> None:
    comes_back(given.read(files) if files else given.good(), room)


def test_the_real_catalogue_comes_back_as_it_was() -> None:
    from modulkarta import snapshot

    comes_back(snapshot.build(given.real(), given.metamodel(), given.TODAY), turtle)


@settings(max_examples=6)
@of(st.integers(0, 2**16))
def test_every_catalogue_comes_back_as_it_was(seed: int) -> None:
    """Catalogues at random, mostly of terms: in most others there are too few to say anything of each other."""
    kinds = ["term"] * 6 + ["source", "organisation"]
    with patch.object(random_catalogues, "_several", lambda random, n: [random.choice(kinds) for _ in range(n)]):
        read = levels.built(random_catalogues.made(seed, 10))
    for room in (turtle, jsonld):
        comes_back(read, room)
    one_, other = (room.exported(read, ASKED).files.values() for room in (turtle, jsonld))
    assert isomorphic(Graph().parse(data=next(iter(one_))), Graph().parse(data=next(iter(other)), format="json-ld"))


CONCEPT = 'ex:a a skos:Concept ; skos:prefLabel "Ambulans"@sv '
FAULTS = [
    (', "Sjukbil"@sv .', "flera rekommenderade termer på samma språk (sv): Ambulans, Sjukbil; ”Ambulans” tas, resten "
     "blir tillåtna ord", {"name": "Ambulans", "allowed": {"sv": ["Sjukbil"]}}),
    ('; skos:altLabel "Ambulans"@sv, "bil"@sv .', "”Ambulans” står på två sätt om samma begrepp; det första gäller: "
     "rekommenderad före tillåten före avrådd", {"allowed": {"sv": ["bil"]}}),
    ("; skos:broader ex:a .", "begreppet pekar på sig självt; det förs inte in", {}),
    ("; skos:broader ex:b .", "http://ex.example/voc/b finns inte i filen, och blir en motsvarighet",
     {"mappings": [{"scheme": "other", "code": "http://ex.example/voc/b", "match": "broad"}]}),
    ("; skos:exactMatch <http://snomed.info/id/22298006> ; skos:broadMatch <http://snomed.info/id/22298006> .",
     "http://snomed.info/id/22298006 är både exactMatch och broadMatch",
     {"mappings": [{"scheme": "snomed-ct", "code": "22298006", "match": "broad"},
                   {"scheme": "snomed-ct", "code": "22298006", "match": "exact"}]}),
    (', "x"@qq .', "språkkoden ”qq” är inte känd", {}),
    (f'; skos:definition "{"å" * 1001}"@sv .', "definition har 1001 tecken, fler än de 1000 som ryms, och står i "
     "beskrivningen", {"description": "å" * 1001}),
    (f'; skos:altLabel "{"å" * 121}"@sv .', f"ordet ”{'å' * 40}…” har fler än 120 tecken och förs inte in", {}),
    ("; dct:isReplacedBy ex:b .",
     "1 ersättare finns inte i filen, eller är fler än en, och förs inte in", {}),
    ('; skos:scopeNote "VÃ¥rd"@sv .', "å, ä eller ö ser ut att vara fel i texterna; rätta källan och läs in den igen",
     {"summary": "VÃ¥rd"}),
    ('; skos:definition "a\\u202eb"@sv .', "texterna hade osynliga tecken; de är borttagna", {"definition": "ab"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason", "fields"), FAULTS)
def test_a_fault_is_told_of_the_concept_that_has_it(text: str, reason: str, fields: dict[str, Any]) -> None:
    found, reasons = one(CONCEPT + text)
    assert reason in reasons
    assert fields.items() <= found.items()
    assert found["external_ids"] == [{"system": "skos", "value": "http://ex.example/voc/a"}]


def test_faults_between_concepts_are_told_of_each() -> None:
    found = proposed("""ex:a a skos:Concept ; skos:prefLabel "a"@sv ; skos:broader ex:b .
ex:b a skos:Concept ; skos:prefLabel "b"@sv ; skos:broader ex:c ; skos:related ex:a .
ex:c a skos:Concept ; skos:prefLabel "a"@sv ; skos:broader ex:a .
ex:d a skos:Concept .
""")
    reasons = {thing.id: {said(reason) for reason in thing.reasons} for thing in found.proposed}
    ring = "begreppet är överordnat sig självt genom en ring"
    assert reasons["b"] == {ring, "a står både som jämförelse och över eller under begreppet"}
    twin = "http://ex.example/voc/c har samma rekommenderade term, ”a”, i samma schema"
    assert reasons["a"] == {ring, twin}
    (item,) = found.items
    assert (item.origin.name, item.origin.at.line) == ("http://ex.example/voc/d", 9)
    assert [said(reason) for reason in item.reasons] == ["begreppet har inget ord som kan bli ett namn"]


def test_labels_relations_and_notes_are_taken_in_all_the_ways_they_are_written() -> None:
    found = proposed("""ex:s a skos:ConceptScheme ; dct:title "S"@sv ; skos:hasTopConcept ex:a .
ex:a skos:narrower ex:b ; skosxl:prefLabel [ a skosxl:Label ; skosxl:literalForm " en \\n vagn "@sv-SE ] ;
  skosxl:hiddenLabel [ skosxl:literalForm "kärra"@sv ] ; skos:note [ rdf:value "En not."@sv ] ;
  skos:example "Ett exempel."@sv ; skos:closeMatch <http://hl7.org/fhir/StructureDefinition/Device> ;
  skos:notation "A1" ; <http://www.w3.org/2002/07/owl#deprecated> true ; dct:source "Ingen"@sv .
ex:b a skos:Concept ; skos:prefLabel "carriage"@en , "vagn"@sv .
[] a skos:Concept ; skos:prefLabel "utan adress"@sv .
ex:c a skos:Collection ; skos:member ex:a, ex:b .
""")
    fields = {thing.id: dict(thing.fields) for thing in found.proposed}
    assert fields["en-vagn"] == {
        "name": "en vagn", "discouraged": {"sv": ["kärra"]}, "description": "En not.\n\nEtt exempel.",
        "mappings": [{"scheme": "fhir", "code": "Device", "match": "close"}], "status": "retired",
        "external_ids": [{"system": "skos", "value": "http://ex.example/voc/a"}],
    }  # fmt: skip
    assert fields["vagn"]["broader"] == ["en-vagn"]
    assert fields["vagn"]["preferred"] == {"en": "carriage"}
    assert fields["utan-adress"]["external_ids"] == [{"system": "skos", "value": "_:utan adress"}]
    told = [(item.origin.sort, item.origin.name, said(item.reasons[0])) for item in found.items]
    assert told == [
        ("skos:ConceptScheme", "S", "schemat blir ingenting i katalogen; 0 begrepp hör till det"),
        ("skos:Collection", "http://ex.example/voc/c", "samlingen blir ingenting i katalogen; 2 begrepp hör till den"),
        ("rdf:Property", "skos:notation", "1 påstående har ingen plats i ett begrepp och förs inte in"),
    ]


def test_what_is_known_is_kept_and_not_taken_away() -> None:
    read = given.read({"terms/vagn": """name: Vagn
preferred: {sv: vagn}
allowed: {sv: [åkdon], en: [car]}
summary: Vår egen.
broader: [fordon]
related: [vag]
mappings: [{scheme: openehr, code: x}]
external_ids: [{system: skos, value: 'http://ex.example/voc/a'}, {system: archimate, value: id-1}]
secrecy: {level: internal, fields: {related.vag: secret}}
""", "terms/fordon": "name: Fordon\n", "terms/vag": "name: Väg\n"})  # fmt: skip
    (found,) = proposed(
        'ex:a a skos:Concept ; skos:prefLabel "kärra"@sv ; skos:altLabel "dragkärra"@sv, "åkdon"@sv .', read
    ).proposed
    assert found.id == "vagn"
    assert laid(read, found) == laid(read, found) | {
        "name": "Vagn", "preferred": {"sv": "kärra"}, "allowed": {"sv": ["åkdon", "dragkärra"], "en": ["car"]},
        "summary": "Vår egen.", "broader": ["fordon"], "related": ["vag"],
        "mappings": [{"scheme": "openehr", "code": "x"}],
    }  # fmt: skip
    assert found.fields["external_ids"] == [
        {"system": "archimate", "value": "id-1"}, {"system": "skos", "value": "http://ex.example/voc/a"},
    ]  # fmt: skip


def test_a_file_for_few_or_many_never_changes_who_may_see_a_term() -> None:
    read = given.good()
    (data,) = turtle.exported(read, ASKED).files.values()
    told = data.decode().replace(":insats\n", ':insats mk:secrecy [ mk:level "public" ] .\n:insats\n')
    found = {thing.id: thing for thing in proposed(told.encode(), read).proposed}["insats"]
    assert "secrecy" not in found.fields
    assert "sekretessen i katalogen står kvar som den är" in [said(reason) for reason in found.reasons]


BROKEN = [
    (b"", "MK901", 1), (b"PK\x03\x04", "MK902", 1), (b"<!DOCTYPE html><html></html>", "MK902", 1),
    (b'{"a": 1}', "MK902", 1), (b'<?xml version="1.0"?><model xmlns="urn:x"/>', "MK902", 1),
    ("<http://a> <http://b>\n 'åäö' .".encode("latin-1"), "MK907", 2),
    (b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "MK906", 2),
    (b'{"@context": ["https://context.example/c.json"], "@id": "x"}', "MK906", 1),
    (b'{"@context": {"x": {"@id": "http://x/", "@context": "https://context.example/"}}, "x": 1}', "MK906", 1),
    (b'{"@id":\n "x"', "MK901", 2), (b"@prefix a: <http://a/> .\n\na:x a b:y .", "MK901", 3),
    (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n</x>", "MK901", 2),
    (b"<http://a> <http://b> " + b"[ <http://b> " * 3000, "MK901", 1),
    (b'{"@id":' + b"[" * 9000, "MK901", 1),
    (b"@prefix s: <http://www.w3.org/2008/05/skos#> . <http://a> a s:Concept ; s:prefLabel 'x' .", "MK903", 1),
    (b"<http://a> <http://b> <http://c> .", "MK901", 1), (b" " * 16_000_001, "MK905", 1),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "line"), BROKEN)
def test_what_cannot_be_read_is_said_with_its_place(data: bytes, code: str, line: int) -> None:
    found = refused(data)
    assert (found.code, found.location.file, found.location.line) == (code, "begrepp.ttl", line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_rdf_in_xml_says_itself_which_letters_it_is_in(encoding: str) -> None:
    text = f"""<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://www.w3.org/2004/02/skos/core#">
  <s:Concept rdf:about="http://ex.example/a"><s:prefLabel xml:lang="sv">Vård</s:prefLabel></s:Concept>
</rdf:RDF>"""
    (found,) = proposed(text.encode(encoding), name="a.rdf").proposed
    assert found.fields["name"] == "Vård"


def test_nothing_of_a_file_goes_missing_in_silence() -> None:
    """Each concept is one thing or one item; each statement is asked for or counted, and only words have an order."""
    chance = random.Random(1)
    several = ["prefLabel", "altLabel", "broader", "related", "narrower", "notation", "changeNote", "inScheme"]
    for _ in range(8):
        lines, extra = [], Counter[str]()
        for number in range(chance.randrange(1, 12)):
            lines.append(f"ex:c{number} a skos:Concept .")
            for name in chance.choices(several, k=5):
                word = f"{name} {chance.randrange(3)}"
                value = f'"{word}"@sv' if name[-2:] in ("el", "on", "te") else f"ex:c{chance.randrange(14)}"
                lines.append(f"ex:c{number} skos:{name} {value} .")
            for n in range(chance.randrange(3)):
                lines.append(f'ex:c{number} ex:extra "{n}" .')
                extra[f"http://ex.example/voc/c{number}"] += 1
        found = proposed("\n".join(lines))
        skipped = {item.origin.name for item in found.items if item.origin.sort == "skos:Concept"}
        counted = sum(item.origin.sort == "skos:Concept" for item in found.items)
        assert counted + sum(len(thing.origins) for thing in found.proposed) == sum(" a skos" in li for li in lines)
        assert len({thing.id for thing in found.proposed}) == len(found.proposed)
        told = [item.reasons[0].values["n"] for item in found.items if item.origin.name.endswith("extra")] or [0]
        assert told == [sum(n for name, n in extra.items() if name not in skipped)]
        mixed = sorted(chance.sample(lines, len(lines)), key=lambda li: lines.index(li) if "prefLabel" in li else -1)
        again = proposed("\n".join(mixed))
        assert {thing.id: thing.fields for thing in again.proposed} == {t.id: t.fields for t in found.proposed}


@pytest.mark.parametrize("room", [turtle, jsonld])
def test_a_concept_is_told_of_at_the_line_where_it_is_described(room: Any) -> None:
    ((name, data),) = room.exported(given.good(), ASKED).files.items()
    lines = data.decode().splitlines()
    several = proposed(data, name=name).proposed
    for thing in several:
        line = lines[thing.origins[0].at.line - 1]
        assert line == (
            f":{thing.id}" if room is turtle else f'      "@id": "urn:modulkarta:region-exempel:term:{thing.id}",'
        )
    assert len(several) == 3


def test_a_catalogue_without_a_kind_for_terms_says_so() -> None:
    from modulkarta import metamodel, snapshot
    from modulkarta.source import folder
    from modulkarta.source.folder import Files

    texts = {
        name: text for name, text in folder.read_schemas(given.SCHEMAS).items() if name != "term.schema.json"
    }  # fmt: skip
    contents = {"catalogue.yaml": b"title: Prov\n"}
    texts = {name: text.replace('"term"', '"source"') for name, text in texts.items()}
    read = snapshot.build(Files(root="catalogue", contents=contents), metamodel.read(texts), given.TODAY)
    found = importing.proposed((Source(name="a.ttl", data=f"{HEAD}{CONCEPT} .".encode()),), read, WISH)
    assert isinstance(found, tuple)
    assert "ingen sort för begrepp" in said(found[0].message)
