"""How much of what is long on a page its twin holds: the first of it, and how many more the page has.

With all of it, a page of ten thousand things takes seconds to write as Markdown.
"""

from __future__ import annotations

import re

from markupsafe import escape

from modulkarta.findings import Message, counted
from webapp.language import spoken

_MOST = 100
"""Rows of one table, and items of one list."""
_MOST_IN_ALL = 400
"""Rows of all tables together, and items of all lists."""
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_LIST = re.compile(r"<ul\b[^<]*(?:<(?!/?ul\b)[^<]*)*</ul>")
"""A list without another list in it."""
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_ITEM = re.compile(r"<li\b.*?</li>", re.DOTALL)


def shortened(page: str) -> str:
    """A page, with a sentence at each list and after each table of what is left out of it."""
    items, rows = _Room(), _Room()
    return _TABLE.sub(lambda found: _rows(found[0], rows), _LIST.sub(lambda found: _items(found[0], items), page))


class _Room:
    """What all tables, or all lists, of a page share."""

    def __init__(self) -> None:
        self._left = _MOST_IN_ALL

    def without(self, several: list[re.Match[str]]) -> list[re.Match[str]]:
        """Those that there is no room for."""
        shown = min(len(several), _MOST, self._left)
        self._left -= shown
        return several[shown:]


def _items(list_: str, room: _Room) -> str:
    more = room.without(list(_ITEM.finditer(list_)))
    if not more:
        return list_
    said = counted("+ {n} till på sidan för människor", "+ {n} till på sidan för människor", len(more))
    return f"{list_[: more[0].start()]}<li>{_said(said)}</li>{list_[more[-1].end() :]}"


def _rows(table: str, room: _Room) -> str:
    """A table keeps its heading."""
    more = room.without(list(_ROW.finditer(table))[1:])
    if not more:
        return table
    said = counted("+ {n} rad till på sidan för människor.", "+ {n} rader till på sidan för människor.", len(more))
    return f"{table[: more[0].start()]}{table[more[-1].end() :]}<p>{_said(said)}</p>"


def _said(words: Message) -> str:
    return escape(spoken(words))
