"""The formats that can be written and read, each with the room it lives in; imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from modulkarta.exchange.inward import Proposal, Source, Wish
    from modulkarta.exchange.outward import Asked, Exported
    from modulkarta.findings import Finding
    from modulkarta.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class Outward:
    """A format to write: what people call it, the ending of its file, and where `exported` is."""

    words: str
    ending: str
    room: str
    folder: bool = False
    """Whether it is several files."""
    binary: bool = False
    """Whether it is nothing for a terminal."""
    of_kinds: bool = True
    """Whether it can be of some kinds only."""
    only: frozenset[str] = frozenset()
    """The kinds that it can hold; none: all."""

    @property
    def exported(self) -> Callable[[Snapshot, Asked], Exported]:
        found: Callable[[Snapshot, Asked], Exported] = _of(self.room, "exported")
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Inward:
    """A format to read: what people call it, the endings of its files in a folder, and where `proposed` is."""

    words: str
    endings: tuple[str, ...]
    room: str
    mapping: bool = False
    """Whether a mapping file means something to it."""

    @property
    def proposed(self) -> Callable[[tuple[Source, ...], Snapshot, Wish], Proposal | tuple[Finding, ...]]:
        found: Callable[[tuple[Source, ...], Snapshot, Wish], Proposal | tuple[Finding, ...]]
        found = _of(self.room, "proposed")
        return found


_TERMS = frozenset({"term"})
OUTWARD = {
    "archimate": Outward(
        words="ArchiMate Open Exchange 3.1", ending="xml", room="modulkarta.exchange.archimate.exporting"
    ),
    "skos": Outward(
        words="begreppen som SKOS i Turtle",
        ending="ttl",
        room="modulkarta.exchange.skos.exporting.turtle",
        only=_TERMS,
    ),
    "skos-jsonld": Outward(
        words="begreppen som SKOS i JSON-LD",
        ending="jsonld",
        room="modulkarta.exchange.skos.exporting.jsonld",
        only=_TERMS,
    ),
    "xlsx": Outward(
        words="en arbetsbok att fylla i", ending="xlsx", room="modulkarta.exchange.tables.workbook", binary=True
    ),
    "csv": Outward(
        words="en tabell för varje sort", ending="csv", room="modulkarta.exchange.tables.separated", folder=True
    ),
    "json": Outward(words="allt på en gång, för program", ending="json", room="modulkarta.exchange.graphs.whole"),
    "graphml": Outward(
        words="beroendegrafen för yEd, Gephi och networkx", ending="graphml", room="modulkarta.exchange.graphs.graphml"
    ),
    "mermaid": Outward(words="beroendegrafen som Mermaid", ending="mmd", room="modulkarta.exchange.graphs.mermaid"),
    "dot": Outward(words="beroendegrafen för Graphviz", ending="dot", room="modulkarta.exchange.graphs.dot"),
    "html": Outward(
        words="visaren i en enda fil, för ett möte utan nät",
        ending="html",
        room="webapp.copy.single",
        binary=True,
        of_kinds=False,
    ),
}
"""Each has `exported(read, asked)`."""

INWARD = {
    "archimate": Inward(
        words="ArchiMate Open Exchange 2.1 och 3.x, och Archis egna filer",
        endings=(".xml", ".archimate"),
        room="modulkarta.exchange.archimate.importing",
        mapping=True,
    ),
    "skos": Inward(
        words="begrepp ur SKOS: Turtle, JSON-LD, RDF/XML",
        endings=(".ttl", ".jsonld", ".rdf", ".nt"),
        room="modulkarta.exchange.skos.importing",
    ),
    "xlsx": Inward(words="arbetsboken, ifylld", endings=(".xlsx",), room="modulkarta.exchange.tables.filled"),
    "csv": Inward(words="tabellerna, ifyllda", endings=(".csv",), room="modulkarta.exchange.tables.filled_csv"),
    "json": Inward(
        words="allt på en gång, som export skrev det", endings=(".json",), room="modulkarta.exchange.graphs.importing"
    ),
    "riv-ta": Inward(
        words="tjänstekontrakt ur WSDL-filer",
        endings=(".wsdl", ".xsd"),
        room="modulkarta.exchange.rivta.importing",
    ),
    "fhir": Inward(
        words="CapabilityStatement och ImplementationGuide",
        endings=(".json", ".ndjson", ".tgz"),
        room="modulkarta.exchange.fhir.importing",
    ),
}
"""Each has `proposed(sources, read, wish)`."""


def _of(room: str, name: str) -> Any:
    """What a room offers; one clear sentence where a library it needs is not installed."""
    try:
        return getattr(import_module(room), name)
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("modulkarta", "webapp"):
            raise
        raise click.ClickException(
            f"Biblioteket {error.name} saknas. Installera med: pip install 'modulkarta[exchange]'"
        ) from None
