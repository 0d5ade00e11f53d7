"""What every import reads, and what it comes to: things as they are proposed, and what became of each item.

What is wrong with a file that is read is said by the makers of findings that are named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from modulkarta.findings import Finding, Location, Message
from modulkarta.source.foreign import (
    columns,
    letters,
    mapping,
    other_format,
    other_version,
    refused,
    repeated,
    too_large,
    unreadable,
)
from modulkarta.source.text import Tree
from modulkarta.wording import Language

__all__ = [
    "OUTCOMES",
    "Item",
    "Origin",
    "Outcome",
    "Proposal",
    "Proposed",
    "Source",
    "Wish",
    "columns",
    "letters",
    "mapping",
    "other_format",
    "other_version",
    "refused",
    "repeated",
    "repetitions",
    "too_large",
    "unreadable",
]

Outcome = Literal["new", "changed", "same", "aside", "again", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("new", "changed", "same", "aside", "again", "skipped")
"""In the order they are told. `aside`: kept in a file beside the catalogue, to be exported again. `again`: of our own
export, which makes it of the rest whenever it is run; nothing is lost without it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A file to bring in: what people call it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is asked of an import: the language that texts without one are in, and a mapping file if there is one."""

    language: Language
    mapping: Source | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """One item of a file: what its format calls it (`element ApplicationComponent`), its name, and where it stands."""

    sort: str
    name: str
    at: Location


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What became of one item. Every item of a file is one, and only one."""

    origin: Origin
    outcome: Outcome
    entity: str = ""
    """The id of what it is in the catalogue, "" where it is nothing there."""
    reasons: tuple[Message, ...] = ()
    """Why it was skipped, or what of it could not be taken as it stood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """A thing as the items of a file would have it.

    `fields` has only what they speak of, as trees of text like those of the catalogue's own files; None takes a field
    away. A field that is not mentioned stays as it is. A value takes the place of the whole field.
    """

    kind: str
    id: str
    fields: Mapping[str, Tree]
    origins: tuple[Origin, ...]
    reasons: tuple[Message, ...] = ()
    whole: frozenset[str] = frozenset()
    """Fields that whoever wrote the file is known to have seen all of."""
    partly: frozenset[str] = frozenset()
    """Fields that they are known to have seen a part of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What a file comes to: things, items that became nothing or were put aside, and files to be kept beside.

    The origins of `proposed` and those of `items` are together every item of the file, each once. `beside` has bytes by
    path within the catalogue's folder. `notes` are about the files as a whole, when nothing of them is lost.
    """

    proposed: tuple[Proposed, ...]
    items: tuple[Item, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def repetitions(named: Iterable[tuple[str, Location]]) -> Iterator[Finding]:
    """What has a name that something before it has, each with where that one stands."""
    first: dict[str, Location] = {}
    for name, at in named:
        if name in first:
            yield repeated(at, name, first[name])
        first.setdefault(name, at)
