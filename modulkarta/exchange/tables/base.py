"""What the catalogue said when its tables were written: kept with them, out of sight, to see what was changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from modulkarta.exchange.tables.grids import Grid, Line
from modulkarta.findings import Location
from modulkarta.model import Entity
from modulkarta.source.text import Tree
from modulkarta.wording import LANGUAGES, Language

SHEET, FILE = "bas", "_bas"
"""What it is called in a workbook, and among files."""
_SCHEMA = "modulkarta/tables/1"
_DEEPEST = 20
"""How deep what a thing says may go; nothing of ours does."""
_PART = 30_000
"""Letters in a cell, fewer than it can hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """What the catalogue said when the tables were written: each thing's tree, and the line it stands on."""

    language: Language
    trees: Mapping[str, Tree]
    kinds: Mapping[str, str]
    lines: Mapping[str, Location]


def base_rows(things: Sequence[Entity], language: Language) -> Iterator[tuple[str, ...]]:
    """What the things said when they were written as tables, a row each: kind, id, and the rest in parts.

    The first row says what it is, and the language of the tables.
    """
    yield (_SCHEMA, language)
    for thing in things:
        whole = json.dumps(thing.document.tree, ensure_ascii=True, separators=(",", ":"))
        parts = (whole[at : at + _PART] for at in range(0, len(whole), _PART))
        yield (thing.kind.name, thing.id, *parts)


def base_of(grid: Grid) -> Base | None:
    """What the hidden sheet says; None where it has been changed so that it cannot be trusted."""
    first, *rest = grid.lines or (Line(number=1, cells=()),)
    if first.at(0) != _SCHEMA or first.at(1) not in LANGUAGES:
        return None
    trees: dict[str, Tree] = {}
    kinds: dict[str, str] = {}
    lines: dict[str, Location] = {}
    for line in rest:
        if len(line.cells) < 2:
            return None
        kind, id_, *parts = (cell if isinstance(cell, str) else "" for cell in line.cells)
        try:
            tree = json.loads("".join(parts))
        except (ValueError, RecursionError):
            return None
        if not isinstance(tree, dict) or not _is_tree(tree, _DEEPEST):
            return None
        trees[id_], kinds[id_], lines[id_] = tree, kind, Location(file=grid.file, line=line.number)
    language: Language = "en" if first.at(1) == "en" else "sv"
    return Base(language=language, trees=trees, kinds=kinds, lines=lines)


def _is_tree(value: object, deepest: int) -> bool:
    if isinstance(value, dict):
        return deepest > 0 and all(_is_tree(one, deepest - 1) for one in value.values())
    if isinstance(value, list):
        return deepest > 0 and all(_is_tree(one, deepest - 1) for one in value)
    return value is None or isinstance(value, str)
