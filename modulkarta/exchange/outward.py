"""What every export is asked for, and what it answers: files, and what of the catalogue is not in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from modulkarta.findings import Message
from modulkarta.wording import Language


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
