"""Where the cursor is: in which catalogue, file and line, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from lsprotocol.types import Position

from modulkarta.findings import Path
from modulkarta.lsp.desk import SHOWN, Desk
from modulkarta.lsp.expected import expected
from modulkarta.lsp.outline import Outline, Token, outline
from modulkarta.lsp.positions import Sheet
from modulkarta.metamodel import Kind, Schema
from modulkarta.model import Catalogue
from modulkarta.wording import Language


def spot_in(desk: Desk, path: str) -> Spot | None:
    """The beginning of an open file; None in one that is not open, or of no kind."""
    described = desk.kind_of(path) if path in desk.opened else None
    if described is None:
        return None
    return Spot(desk=desk, path=path, kind=described[0], id=described[1], sheet=desk.opened[path])


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place in an open file of a catalogue; lines and columns from 0, in characters."""

    desk: Desk
    path: str
    """The file's path within the catalogue."""
    kind: Kind
    id: str
    """What the file describes; "" in the settings."""
    sheet: Sheet
    line: int = 0
    column: int = 0

    def at(self, position: Position) -> Spot:
        """The same file at the editor's position."""
        line, column = self.sheet.point(position)
        return replace(self, line=line, column=column)

    @property
    def file(self) -> str:
        return f"{SHOWN}/{self.path}"

    @property
    def catalogue(self) -> Catalogue:
        """What the catalogue holds, also while this file cannot be read: as of the last pause in the typing."""
        return self.desk.latest.steady.catalogue

    @property
    def language(self) -> Language:
        return self.catalogue.settings.language

    @cached_property
    def outline(self) -> Outline:
        return outline(self.sheet.text)

    @cached_property
    def token(self) -> Token | None:
        return self.outline.at(self.line, self.column)

    def schema(self, path: Path) -> Schema | None:
        return expected(self.kind, path)

    def names_entity(self, path: Path) -> bool:
        """Whether the value at a path is somebody's id."""
        return "x-reference" in (self.schema(path) or {}) or (self.id == "" and path[2:] == ("entity",))

    def references(self) -> Iterator[Token]:
        """The values of the file that name an entity, also where the file cannot be read."""
        return (t for t in self.outline.tokens if t.role == "value" and self.names_entity(t.path))

    @property
    def named(self) -> str | None:
        """The id that the cursor is at: one the file names, or its own at its name."""
        token = self.token
        if token is None:
            return None
        if self.id and (token.path == ("name",) or (token.role == "value" and token.path[:1] == ("former_ids",))):
            return self.id
        if token.role == "value" and self.names_entity(token.path):
            return self.catalogue.former.get(token.word, token.word)
        return None
