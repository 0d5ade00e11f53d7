"""What SKOS says of the terms of a catalogue, and what it cannot say: the same for every notation."""

from __future__ import annotations

from dataclasses import dataclass

from modulkarta.exchange.outward import Asked
from modulkarta.exchange.skos.exporting import notes
from modulkarta.exchange.skos.exporting.terms import Neighbours, statements
from modulkarta.exchange.skos.statements import Described, Iri, Nameless, Statements, Words
from modulkarta.exchange.skos.vocabulary import DCT, FOAF, KIND, LANGUAGE_NAMES, SKOS, TYPE, scheme_of
from modulkarta.findings import Message
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """All that is said: the scheme first, then each concept; and what the addresses of the concepts begin with."""

    start: str
    things: tuple[Described, ...]
    notes: tuple[Message, ...]


def said(read: Snapshot, asked: Asked) -> Said:
    """The terms of a catalogue as concepts of one scheme, in the order of their ids."""
    catalogue = read.catalogue
    terms = catalogue.of_kind[KIND] if not asked.kinds or KIND in asked.kinds else ()
    others = [
        one for one in catalogue.entities.values()
        if one.kind.name != KIND and (not asked.kinds or one.kind.name in asked.kinds)
    ]  # fmt: skip
    around = Neighbours.of(catalogue, terms)
    things = tuple(Described(subject=around.start + term.id, said=statements(term, around)) for term in terms)
    return Said(
        start=around.start, things=(_scheme(catalogue, around), *things),
        notes=tuple(notes.told(terms, around, len(others))),
    )  # fmt: skip


def _scheme(catalogue: Catalogue, around: Neighbours) -> Described:
    """The catalogue itself: what it is called, whose it is, and the concepts that have nothing above them."""
    settings = catalogue.settings
    tops = [Iri(value=around.start + id_) for id_, above in sorted(around.above.items()) if not above]
    found: Statements = (
        (TYPE, (Iri(value=f"{SKOS}ConceptScheme"),)),
        (f"{DCT}title", (Words(value=settings.title, language=settings.language),)),
        (f"{DCT}language", (Iri(value=LANGUAGE_NAMES[settings.language]),)),
    )
    if settings.organisation:
        agent: Statements = (
            (TYPE, (Iri(value=f"{FOAF}Agent"),)),
            (f"{FOAF}name", (Words(value=settings.organisation),)),
        )
        found = (*found, (f"{DCT}publisher", (Nameless(said=agent),)))
    if tops:
        found = (*found, (f"{SKOS}hasTopConcept", tuple(tops)))
    return Described(subject=scheme_of(settings), said=found)
