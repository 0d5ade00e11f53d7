"""SVG -> PDF, and what every PDF has in common: Typst sets it, with one typeface on every machine.

What is to be printed goes to Typst as data for a fixed template, never as its markup: no text can become code.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from modulkarta.figures import fonts
from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import message
from modulkarta.wording import Language, one_line, unfolded

if TYPE_CHECKING:
    from typst import Fonts

_INSTEAD = "□"
"""What stands for a letter that the typeface lacks. PDF/UA lets nothing be printed that no letter is known for."""
_REMEMBERED = 12
"""Documents, and a few for good measure."""
_REGIONS: Mapping[Language, str] = {"sv": "SE", "en": "GB"}


class CannotPrint(CannotMake):
    """Why there is no PDF."""


def pdf(svg: str, *, title: str, alternative: str, language: Language, on: date) -> bytes:
    """A picture as a tagged PDF on a page of its own size, with its alternative text; `on` is its day.

    The same picture gives the same bytes. Raises CannotPrint.
    """
    said_of = {"title": one_line(unfolded(title)), "alternative": one_line(unfolded(alternative))}
    return printed("figures", "figure.typ", {**said_of, "svg": drawable(svg)}, language, on)


def printed(room: str, template: str, what: Mapping[str, object], language: Language, on: date) -> bytes:
    """What a template of a room of modulkarta makes of some data, as PDF/UA-1 by Typst's own gate.

    Raises CannotPrint when the library is missing, or Typst refuses.
    """
    try:
        import typst
    except ImportError:
        raise CannotPrint(message("PDF kräver tillägget: pip install 'modulkarta[report]'")) from None
    code = Path(str(resources.files("modulkarta")))
    told = {"language": language, "region": _REGIONS[language], "year": on.year, "month": on.month, "day": on.day}
    try:
        return typst.compile(
            code / room / template,
            root=code,
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps({**told, **what}, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )
    except typst.TypstError as refusal:
        raise CannotPrint(message("PDF går inte att skriva: {why}", why=_first_line(refusal.message))) from None
    finally:
        _forget()


def printable(text: str) -> str:
    """A text in the letters of the typeface: □ for another, a space for what only steers."""
    return text.translate(_PRINTABLE)


def drawable(svg: str) -> str:
    """A picture in the letters of the typeface, each with the marks it is known with and no other.

    PDF/UA lets a mark be drawn that stands beside its letter in a text, but not in a picture.
    """
    return unicodedata.normalize("NFC", printable(svg)).translate(_DRAWABLE)


def lacking(texts: Iterable[str]) -> tuple[str, ...]:
    """The letters that `printable` puts □ for, each once and in order."""
    met = set[str]().union(*texts)
    return tuple(sorted(c for c in met if not fonts.has(c) and _other(c) == _INSTEAD))


def _known(character: str) -> str:
    return character if fonts.has(character) else _other(character)


def _other(character: str) -> str:
    category = unicodedata.category(character)
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else "" if category == "Cf" else _INSTEAD


def _bare(character: str) -> str:
    if unicodedata.category(character) in ("Mn", "Me"):
        return ""
    return character if fonts.has(character) else printable(unicodedata.normalize("NFD", character)[0])


class _Letters(dict[int, str]):
    """What is written for each letter, found out when it is first met."""

    def __init__(self, written: Callable[[str], str]) -> None:
        self.written = written

    def __missing__(self, code: int) -> str:
        found = self[code] = self.written(chr(code))
        return found


_PRINTABLE, _DRAWABLE = _Letters(_known), _Letters(_bare)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _forget() -> None:
    """Let Typst go of what it remembers of the last documents: hundreds of megabytes, in a program that runs for long.

    It forgets what none of the last ten has used.
    """
    import typst

    for _ in range(_REMEMBERED):
        typst.compile(b"", font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])
