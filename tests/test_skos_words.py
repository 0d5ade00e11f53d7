"""Which of several words of a concept is its name, and what is told of a concept that has none."""

from __future__ import annotations

import given
import pytest

from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.skos import importing
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x.example/a> a skos:Concept ; skos:prefLabel "Zebra"@sv, "Apa"@sv ."""
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#"><skos:Concept rdf:about="http://x.example/a">
  <skos:prefLabel xml:lang="sv">Zebra</skos:prefLabel><skos:prefLabel xml:lang="sv">Apa</skos:prefLabel>
</skos:Concept></rdf:RDF>"""
JSON = """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@id": "http://x.example/a",
  "@type": "skos:Concept", "skos:prefLabel": [{"@language": "sv", "@value": "Zebra"},
  {"@language": "sv", "@value": "Apa"}]}"""


def taken(text: str, read: Snapshot | None = None) -> Proposal:
    found = importing.proposed(
        (Source(name="begrepp", data=text.encode()),), read or given.read({}), Wish(language="sv")
    )
    assert isinstance(found, Proposal)
    return found


@pytest.mark.parametrize("text", [TURTLE, XML, JSON])
def test_of_several_preferred_words_the_first_in_the_file_is_the_name(text: str) -> None:
    (zebra,) = taken(text).proposed
    assert zebra.fields["name"] == "Zebra" and zebra.fields["allowed"] == {"sv": ["Apa"]}


def test_a_term_that_is_there_keeps_its_name_in_whatever_order_the_words_come() -> None:
    term = "name: Apa\nexternal_ids:\n  - system: skos\n    value: http://x.example/a\n"
    (ape,) = taken(TURTLE, given.read({"information/terms/apa.yaml": term})).proposed
    assert (ape.id, ape.fields["name"], ape.fields["allowed"]) == ("apa", "Apa", {"sv": ["Zebra"]})


def test_what_leads_to_a_concept_without_words_is_told_by_its_address() -> None:
    text = TURTLE.replace(" .", " .\n", 1)[:-2] + "; skos:broader <http://x.example/b> .\n<http://x.example/b> a "
    found = taken(text + 'skos:Concept ; skos:definition "Djur"@sv .')
    (zebra,) = found.proposed
    assert "broader" not in zebra.fields
    assert "skos:broader http://x.example/b togs inte med: det begreppet har inget ord som kan bli ett namn" in map(
        said, zebra.reasons
    )
