"""A long list a part at a time, so that its page comes at once; `sida` in the address says which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import abort, request

from modulkarta.findings import message
from webapp.language import spoken

T = TypeVar("T")

_BESIDE = 3
"""How many pages on each side of this one are led to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Generic[T]):
    """The rows of one page of a list; which page it is, of how many, and how many rows there are on all of them."""

    rows: Sequence[T]
    page: int
    pages: int
    total: int
    after: int
    """How many rows come after these."""

    @property
    def named(self) -> list[int]:
        """The pages that are led to by number: the first, the last, those beside this one, and every tenth."""
        beside = range(self.page - _BESIDE, self.page + _BESIDE + 1)
        return [n for n in range(1, self.pages + 1) if n in (1, self.pages) or n in beside or n % 10 == 0]


def beginning(rows: Sequence[T], most: int) -> Part[T]:
    """The first part, of at most so many rows, whatever is asked for."""
    return _numbered(rows, most, 1)


def part(rows: Sequence[T], most: int) -> Part[T]:
    """The part that is asked for, of at most so many rows; the last where the list has become shorter than that.

    Aborts with 400 where what is asked for is not the number of a page.
    """
    return _numbered(rows, most, _asked(_pages(rows, most)))


def _numbered(rows: Sequence[T], most: int, page: int) -> Part[T]:
    shown, after = rows[(page - 1) * most : page * most], max(len(rows) - page * most, 0)
    return Part(rows=shown, page=page, pages=_pages(rows, most), total=len(rows), after=after)


def _pages(rows: Sequence[T], most: int) -> int:
    return -(-len(rows) // most) or 1


def _asked(last: int) -> int:
    written = request.args.get("sida", "1")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
    if number < 1:
        abort(400, spoken(message("sida kan vara 1 till {last}.", last=last)))
    return min(number, last)
