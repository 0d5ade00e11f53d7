"""A long list a part at a time, so that its page comes at once; `sida` in the address says which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import abort, request

from modulkarta.findings import message
from webapp.language import spoken

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Generic[T]):
    """The rows of one page of a list; which page it is, of how many, and how many rows there are on all of them."""

    rows: Sequence[T]
    page: int
    pages: int
    total: int


def part(rows: Sequence[T], most: int) -> Part[T]:
    """The part that is asked for, of at most so many rows; the last where the list has become shorter than that.

    Aborts with 400 where what is asked for is not the number of a page.
    """
    pages = -(-len(rows) // most) or 1
    page = _asked(pages)
    return Part(rows=rows[(page - 1) * most : page * most], page=page, pages=pages, total=len(rows))


def _asked(last: int) -> int:
    written = request.args.get("sida", "1")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
    if number < 1:
        abort(400, spoken(message("sida kan vara 1 till {last}.", last=last)))
    return min(number, last)
