"""The parts of a file, and the things of a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from lsprotocol.types import DocumentSymbol, Position, Range, SymbolKind, WorkspaceSymbol
from lsprotocol.types import Location as Target

from modulkarta.lsp.desk import Desk
from modulkarta.lsp.expected import label
from modulkarta.lsp.outline import Token
from modulkarta.lsp.spot import Spot

MOST = 300
"""So many things are answered to one search."""


def parts(spot: Spot) -> list[DocumentSymbol]:
    """The keys of a file, each with the keys or rows in it; also where it cannot be read."""
    return list(_symbols(spot, spot.outline.tokens, 1, Position(line=len(spot.sheet.lines) - 1, character=0)))


def things(desks: Iterable[Desk], query: str) -> list[WorkspaceSymbol]:
    """The things whose id or name have all the words of a query in them."""
    return list(islice(_things(desks, query.casefold().split()), MOST))


def _things(desks: Iterable[Desk], words: Sequence[str]) -> Iterator[WorkspaceSymbol]:
    top = Range(start=Position(line=0, character=0), end=Position(line=0, character=0))
    for desk in desks:
        catalogue = desk.reading().steady.catalogue
        for entity in catalogue.entities.values():
            if all(word in f"{entity.id} {entity.name}".casefold() for word in words):
                yield WorkspaceSymbol(
                    name=f"{entity.name} ({entity.id})", kind=SymbolKind.Object,
                    container_name=entity.kind.plural.in_(catalogue.settings.language),
                    location=Target(uri=desk.sheet(entity.file).uri, range=top),
                )  # fmt: skip


def _symbols(spot: Spot, tokens: Sequence[Token], depth: int, end: Position) -> Iterator[DocumentSymbol]:
    """One for each run of tokens whose paths begin alike; two levels, which is as deep as people look."""
    runs = [list(run) for _, run in groupby(tokens, key=lambda t: t.path[:depth])]
    runs = [run for run in runs if len(run[0].path) >= depth]
    for run, following in zip(runs, [*runs[1:], None], strict=False):
        first = run[0]
        stop = Position(line=following[0].line, character=0) if following else end
        yield _symbol(spot, run, depth, max(stop, spot.sheet.position(first.line, first.end)))


def _symbol(spot: Spot, run: Sequence[Token], depth: int, end: Position) -> DocumentSymbol:
    first = run[0]
    own = spot.sheet.stretch(first.line, first.start, first.end)
    inner = [token for token in run[1:] if len(token.path) > depth] if depth == 1 else []
    return DocumentSymbol(
        name=first.word or "–", detail=_detail(spot, run), range=Range(start=own.start, end=end), selection_range=own,
        kind=SymbolKind.Field if first.role == "key" else SymbolKind.Constant,
        children=list(_symbols(spot, inner, depth + 1, end)) or None,
    )  # fmt: skip


def _detail(spot: Spot, run: Sequence[Token]) -> str | None:
    """The name of an id, the value of a key on its line, else what the field is called."""
    first = run[0]
    value = first if first.role == "value" else next((t for t in run[1:2] if t.path == first.path), None)
    if value and spot.names_entity(value.path):
        return spot.catalogue.name(value.word)
    if value and first.role == "key" and value.word[:1] not in "|>":
        return value.word
    return label(spot.schema(first.path) or {}, spot.language) or None
