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
_MOST_IN_ALL = 1000
"""Rows of all tables together."""
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_LIST = re.compile(r"<ul\b[^<]*(?:<(?!/?ul\b)[^<]*)*</ul>")
"""A list without another list in it."""
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_ITEM = re.compile(r"<li\b.*?</li>", re.DOTALL)


def shortened(page: str) -> str:
    """A page, with a sentence at each list and after each table of what is left out of it."""
    return _Rows().shortened(_LIST.sub(lambda found: _items(found[0]), page))


def _items(list_: str) -> str:
    more = list(_ITEM.finditer(list_))[_MOST:]
    if not more:
        return list_
    said = counted("+ {n} till på sidan för människor", "+ {n} till på sidan för människor", len(more))
    return f"{list_[: more[0].start()]}<li>{_said(said)}</li>{list_[more[-1].end() :]}"


class _Rows:
    """The tables of a page share the rows that there is room for; each keeps its heading."""

    def __init__(self) -> None:
        self._left = _MOST_IN_ALL

    def shortened(self, page: str) -> str:
        return _TABLE.sub(lambda found: self._first(found[0]), page)

    def _first(self, table: str) -> str:
        rows = list(_ROW.finditer(table))[1:]
        shown = min(len(rows), _MOST, self._left)
        self._left -= shown
        more = rows[shown:]
        if not more:
            return table
        said = counted(
            "+ {n} rad till på sidan för människor.", "+ {n} rader till på sidan för människor.", len(more)
        )  # fmt: skip
        return f"{table[: more[0].start()]}{table[more[-1].end() :]}<p>{_said(said)}</p>"


def _said(words: Message) -> str:
    return escape(spoken(words))
