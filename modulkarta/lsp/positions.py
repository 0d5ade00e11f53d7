"""Places as editors count them: lines from 0, columns in UTF-16 units unless the editor asked for others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from modulkarta.findings import Location
from modulkarta.source.lines import lines_of

_BOM = "\ufeff"
_UNITS = {PositionEncodingKind.Utf8: ("utf-8", 1), PositionEncodingKind.Utf32: ("utf-32-le", 4)}
_UTF16 = ("utf-16-le", 2)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The text of one file as the editor has it, and how the editor counts its columns.

    A byte order mark is not a character of the catalogue, but it is one of the editor's.
    """

    uri: str
    whole: str
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
    version: int | None = None
    """The editor's number of this text; None for a file that is not open."""

    @property
    def text(self) -> str:
        return self.whole.removeprefix(_BOM)

    @property
    def data(self) -> bytes:
        return self.whole.encode("utf-8", "surrogatepass")

    @cached_property
    def lines(self) -> list[str]:
        return lines_of(self.text)

    def position(self, line: int, column: int) -> Position:
        """A line and a column in characters, both from 0, as the editor writes them."""
        said = self.lines[line][:column] if line < len(self.lines) else ""
        return Position(line=line, character=self._units(self._lead(line) + said))

    def point(self, position: Position) -> tuple[int, int]:
        """The editor's position as a line and a column in characters, kept within the text."""
        if position.line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1])
        line, left = self.lines[position.line], position.character - self._units(self._lead(position.line))
        column = 0
        while column < len(line) and left > 0:
            left -= self._units(line[column])
            column += 1
        return position.line, column

    def stretch(self, line: int, start: int, end: int) -> Range:
        """Part of a line, in characters."""
        return Range(start=self.position(line, start), end=self.position(line, end))

    def range(self, at: Location) -> Range:
        """The place of a finding."""
        return Range(
            start=self.position(at.line - 1, at.column - 1), end=self.position(at.end_line - 1, at.end_column - 1)
        )

    def before(self, line: int, column: int) -> str:
        """The text up to a place."""
        return "\n".join([*self.lines[:line], self.lines[line][:column]])

    def _lead(self, line: int) -> str:
        return _BOM if line == 0 and self.whole.startswith(_BOM) else ""

    def _units(self, text: str) -> int:
        codec, size = _UNITS.get(PositionEncodingKind(self.encoding), _UTF16)
        return len(text.encode(codec, "surrogatepass")) // size
