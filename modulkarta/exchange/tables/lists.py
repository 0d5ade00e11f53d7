"""What the lists of a workbook have to choose from: columns of a sheet that nobody sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from modulkarta.exchange.tables.cells import Words, named
from modulkarta.metamodel import ANY_KIND
from modulkarta.wording import in_order

LISTS = "listor"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """Collects what is to be chosen from while sheets are made, each list once: Excel takes no long lists elsewhere."""

    words: Words
    found: dict[tuple[str, ...], int] = field(default_factory=dict)

    def of_words(self, several: tuple[str, ...]) -> str:
        """Where some words stand, as a spreadsheet says it."""
        place = self.found.setdefault(several, len(self.found))
        column = _letters(place)
        return f"={LISTS}!${column}$1:${column}${max(len(several), 1)}"

    def of_things(self, kinds: tuple[str, ...]) -> str:
        """Where the things of some kinds stand, with their names and in their order."""
        several = [id_ for id_ in self.words.names if ANY_KIND in kinds or self.words.kinds.get(id_) in kinds]
        return self.of_words(tuple(in_order((named(id_, self.words) for id_ in several), str)))

    def write(self, book: Any) -> None:
        """The sheet that the lists stand in, a column each."""
        page = book.add_worksheet(LISTS)
        page.hide()
        page.protect()
        for several, place in self.found.items():
            for row, word in enumerate(several):
                page.write_string(row, place, word)


def _letters(place: int) -> str:
    """The name of a column: A, B … Z, AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
