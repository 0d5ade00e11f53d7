"""Where a line may break: within long Swedish words, between the words that they are made of; never within a date.

What breaks is drawn by the style sheet (`.shy`), so that a name that is copied or looked for is written as always.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from modulkarta.model import Catalogue, remembered

_LONG = re.compile(r"[^\W\d_]{12,}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LAST = frozenset(
    {
        "administration", "analys", "behandling", "bedömning", "behörighet", "beskrivning", "beställning", "bokning",
        "dirigering", "dokumentation", "funktion", "förmåga", "hantering", "information", "journal", "kallelse",
        "katalog", "konsultation", "kontroll", "koppling", "larm", "lista", "läkemedel", "monitorering", "order",
        "plan", "planering", "plattform", "portal", "process", "register", "sammanfattning", "service", "standard",
        "stöd", "system", "teknik", "tjänst", "tolkning", "underlag", "uppföljning", "utredning", "utrustning",
        "utveckling", "verksamhet", "vård", "åtgärd", "ärende", "översikt", "överföring", "överlämning",
    }
)  # fmt: skip
"""What Swedish compounds in care often end with, whatever else the catalogue holds."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|(?:(?:kv|Q)\s?\d|\b[^\W\d]+) \d{4}(?![-\d])")
_TAG_OR_DATE = re.compile(rf"(<[^>]*>)|{_DATE.pattern}")
_WHOLE = str.maketrans({"-": "\N{NON-BREAKING HYPHEN}", " ": "\N{NO-BREAK SPACE}"})
_SHORTEST = 4
_BREAK = '<i class="shy"></i>'


def broken(catalogue: Catalogue, text: str) -> Markup:
    """A text (plain, or markup without long words in its tags) whose long words may be broken where they are joined."""
    words = _words(catalogue)
    return Markup(_LONG.sub(lambda found: _broken(found[0], words), str(escape(text))))


def unbroken(words: str) -> Markup:
    """Words in which no line ends within a date."""
    return Markup(_DATE.sub(r"<time>\g<0></time>", str(escape(words))))


def unbroken_in(html: Markup) -> Markup:
    """Markup in which no line ends within a date of its texts; what stands in tags is left alone."""
    return Markup(_TAG_OR_DATE.sub(lambda found: found[1] or f"<time>{found[0]}</time>", html))


def with_whole_dates(words: str) -> str:
    """The same in plain text, by signs that no line breaks at."""
    return _DATE.sub(lambda found: found[0].translate(_WHOLE), words)


@remembered
def _words(catalogue: Catalogue) -> frozenset[str]:
    names = (entity.name for entity in catalogue.entities.values())
    return _LAST | {word.casefold() for name in names for word in _WORD.findall(name)}


def _broken(word: str, words: frozenset[str]) -> str:
    joints = [at for at in range(_SHORTEST, len(word) - _SHORTEST + 1) if _joined(word.casefold(), at, words)]
    joints = [at for at in joints if not (word[at] == "s" and at + 1 in joints)]
    pieces = [word[begin:end] for begin, end in zip([0, *joints], [*joints, len(word)], strict=True)]
    return _BREAK.join(pieces)


def _joined(word: str, at: int, words: frozenset[str]) -> bool:
    """Whether a word is put together at a place: of a known word before it, or by the s of a compound, or one after."""
    before, after = word[:at], word[at:]
    return after in words or before in words or (before[-1] == "s" and before[:-1] in words)
