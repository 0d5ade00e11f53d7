"""Standards that come in with what follows them: made where they are missing, else left as people keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from modulkarta.exchange.identity import EXTERNAL_IDS, Named, remembering
from modulkarta.exchange.inward import Origin, Proposed
from modulkarta.findings import Message
from modulkarta.model import Catalogue, Entity
from modulkarta.source.text import Tree


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard:
    """A standard as it is brought in: what it is known by, what a new one says, and what is said each time."""

    key: str
    fields: Mapping[str, Tree]
    always: Mapping[str, Tree]
    origins: tuple[Origin, ...]
    reasons: tuple[Message, ...] = ()
    like: str = ""
    """The id of one that the catalogue has under another name, or that a new one gets."""
    address: str = ""
    """What the addresses of its parts begin with, "" where they have none."""

    @property
    def name(self) -> str:
        return str(self.fields["name"])

    @property
    def named(self) -> Named:
        return Named(key=self.key, kind="standard", name=self.name, id=self.like)


def standard(one: Standard, system: str, id_: str, catalogue: Catalogue) -> Proposed:
    """A standard as it is proposed: what people may have written of one that is there is left alone."""
    old = catalogue.get(id_, "standard")
    fields = {**({} if old else one.fields), **one.always, EXTERNAL_IDS: remembering(old, system, one.key)}
    if old and old.fields.get("status") == "retiring":  # that is what people here have decided
        fields.pop("status", None)
    return Proposed(kind="standard", id=id_, fields=fields, origins=one.origins, reasons=one.reasons)


def followed(old: Entity | None, ids: Iterable[str]) -> dict[str, Tree]:
    """The field with the standards that something follows: those it had, then the others; none where there are none."""
    standards: list[Tree] = list(dict.fromkeys((*(old.ids("standards") if old else ()), *ids)))
    return {"standards": standards} if standards else {}


def organisation(catalogue: Catalogue, name: str) -> str:
    """The id of an organisation by a name that it has, "" where there is none."""
    called = name.casefold()
    several = catalogue.of_kind["organisation"] if called else ()
    return next((one.id for one in several if called in (one.name.casefold(), one.short_name.casefold())), "")
