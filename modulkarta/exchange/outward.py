"""What every export is asked for, and what it answers: files, and what of the catalogue is not in them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from modulkarta.findings import Message, counted
from modulkarta.model import Catalogue
from modulkarta.wording import Language, in_order, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How an export is to be written.

    `on` is the day that what has a state is shown on; `kinds` are the names of the kinds that are to be in it, all of
    them if there are none.
    """

    language: Language
    on: date
    kinds: frozenset[str] = frozenset()
    counting: Callable[[Iterable[Any]], Iterator[Any]] = iter
    """What long work goes through, so that whoever waits may see that it goes on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """The bytes of an export by file name (a single file has the name it would be given), the same every time.

    `notes` say, each with its number, what could not be said in the format, or is said in another way.
    """

    files: Mapping[str, bytes]
    notes: tuple[Message, ...] = field(default=())


def settings_left(catalogue: Catalogue, carried: Container[str], language: Language) -> Iterator[Message]:
    """The settings of catalogue.yaml that a format does not carry, by what people call them; nothing where it does."""
    document, known = catalogue.settings.document, catalogue.metamodel.settings.properties
    left = [name for name in (document.tree if document else ()) if name not in carried]
    if left:
        names = [said(known[name].label, language) if name in known else f"”{name}”" for name in left]
        yield counted(
            "{n} inställning i catalogue.yaml är inte med: {names}",
            "{n} inställningar i catalogue.yaml är inte med: {names}",
            len(left),
            names=", ".join(in_order(names, key=str)),
        )
