"""What SKOS cannot say of some terms, or says in another way: each with its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from modulkarta.exchange.skos.counterparts import told_apart, without_address
from modulkarta.exchange.skos.exporting.terms import Neighbours, statements
from modulkarta.exchange.skos.labels import dropped, labels
from modulkarta.exchange.skos.links import in_rings
from modulkarta.exchange.skos.statements import own_field
from modulkarta.findings import Message, counted
from modulkarta.model import Entity


def told(terms: Sequence[Entity], around: Neighbours, others: int) -> Iterator[Message]:
    """What is to be known of an export of some terms; `others` is how much of the catalogue is of other kinds."""
    if others:
        yield counted("{n} post av en annan sort är inte med: SKOS har bara begrepp",
                      "{n} poster av andra sorter är inte med: SKOS har bara begrepp", others)  # fmt: skip
    yield from _of_links(terms, around)
    yield from _of_words(terms, around)
    yield from _of_counterparts(terms)
    own = sum(own_field(predicate) is not None for term in terms for predicate, _ in statements(term, around))
    if own:
        yield counted("{n} uppgift står i en egen egenskap (mk:), eftersom SKOS inte har någon plats för den",
                      "{n} uppgifter står i egna egenskaper (mk:), eftersom SKOS inte har någon plats för dem",
                      own)  # fmt: skip


def _of_links(terms: Sequence[Entity], around: Neighbours) -> Iterator[Message]:
    apart = sum(len(around.apart(term)) for term in terms)
    if apart:
        yield counted(
            "{n} jämförelse mellan ett begrepp och ett som står över eller under det står bara i mk:related: SKOS "
            "tillåter inte båda",
            "{n} jämförelser mellan ett begrepp och ett som står över eller under det står bara i mk:related: SKOS "
            "tillåter inte båda", apart,
        )  # fmt: skip
    away = sum(id_ not in around.above for term in terms for id_ in _named(term))
    if away:
        yield counted("{n} hänvisning till ett begrepp som inte finns är inte med",
                      "{n} hänvisningar till begrepp som inte finns är inte med", away)  # fmt: skip
    if rings := in_rings(around.above):
        yield counted("{n} begrepp är överordnat sig självt genom en ring: {ids}",
                      "{n} begrepp är överordnade sig själva genom en ring: {ids}", len(rings),
                      ids=", ".join(rings[:10]))  # fmt: skip


def _of_words(terms: Sequence[Entity], around: Neighbours) -> Iterator[Message]:
    several = sum(dropped(term, labels(term, around.main)) for term in terms)
    if several:
        yield counted("{n} ord som redan sägs på ett annat sätt om samma begrepp står bara i mk:",
                      "{n} ord som redan sägs på ett annat sätt om samma begrepp står bara i mk:",
                      several)  # fmt: skip
    words = Counter(word for term in terms for word in labels(term, around.main).preferred.items())
    if alike := sum(n for n in words.values() if n > 1):
        yield counted("{n} begrepp har samma rekommenderade term som ett annat",
                      "{n} begrepp har samma rekommenderade term som ett annat", alike)  # fmt: skip


def _of_counterparts(terms: Sequence[Entity]) -> Iterator[Message]:
    rows = [term.rows("mappings") for term in terms]
    if without := sum(map(without_address, rows)):
        yield counted("{n} motsvarighet har en kod utan känd adress och står bara i mk:mappings",
                      "{n} motsvarigheter har koder utan känd adress och står bara i mk:mappings",
                      without)  # fmt: skip
    if apart := sum(map(told_apart, rows)):
        yield counted("{n} motsvarighet är både exakt och vidare eller snävare; bara exakt sägs i SKOS",
                      "{n} motsvarigheter är både exakta och vidare eller snävare; bara exakt sägs i SKOS",
                      apart)  # fmt: skip


def _named(term: Entity) -> list[str]:
    heir = term.fields.get("renamed_to")
    return [*term.ids("broader"), *term.ids("related"), *([heir] if heir else [])]
