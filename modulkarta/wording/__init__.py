"""What is said, in Swedish or English.

Swedish is the source language: it stands in the code, the schemas and the templates. English is in `en.po`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

from modulkarta.findings import Message, message

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")
T = TypeVar("T")

_AFTER_Z = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c", "æ": "{b", "ø": "{c", "é": "e", "è": "e", "ü": "y"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A word or sentence that is written in both languages, as the schemas' labels are."""

    sv: str
    en: str

    def in_(self, language: Language) -> str:
        return self.en if language == "en" else self.sv


class Untranslated(str):
    """Words of the catalogue that stand in Swedish in a text of another language."""

    __slots__ = ()


def language_of(words: str) -> Language | None:
    """The language of words where it is not that of the text they stand in."""
    return "sv" if isinstance(words, Untranslated) else None


def said(what: Message | Label | str, language: Language = "sv") -> str:
    """A message or a label in words; plain text as it is."""
    if isinstance(what, str):
        return what
    if isinstance(what, Label):
        return what.in_(language)
    values = {name: _value(value, language) for name, value in what.values.items()}
    many = bool(what.plural) and what.values["n"] != 1
    return translated(what.plural if many else what.text, language, many=many).format_map(values)


def marked(words: str, truth: str, language: Language = "sv") -> str:
    """Words that say so where they rest on an illustration."""
    return f"{words} ({said(message('exempel'), language)})" if truth == "illustrative" else words


def translated(text: str, language: Language, *, many: bool = False) -> str:
    """A text of the source language in another; the text itself where no translation exists.

    The plural of a text is asked for with `many`: Swedish may have one form where English has two.
    """
    return text if language == "sv" else _english().get((text, many), text)


def capital(words: str) -> str:
    """Words as they begin a sentence; what cannot be a capital is left as it is."""
    return words[:1].upper() + words[1:]


def sentence(what: Message | str, language: Language = "sv") -> str:
    """What is said as a sentence of its own, with its capital and its full stop."""
    whole = capital(said(what, language))
    return whole if whole.endswith((".", "?")) else f"{whole}."


def one_line(words: str) -> str:
    """Words that stay on their line, whatever a value or a file's name holds."""
    return words if words.isprintable() else "".join(c if c.isprintable() else _written_out(c) for c in words)


def unfolded(name: str) -> str:
    """A name without the line breaks that a file may have in it; they would be two rows of a list or a calendar."""
    return name if name.isprintable() else " ".join(filter(None, map(str.strip, name.splitlines())))


def in_order(things: Iterable[T], key: Callable[[T], str]) -> list[T]:
    """Sorted as in a Swedish dictionary: without regard to case, å ä ö after z."""
    return sorted(things, key=lambda thing: (key(thing).casefold().translate(_AFTER_Z), key(thing)))


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _value(value: object, language: Language) -> object:
    if isinstance(value, list):
        return " / ".join(str(_value(item, language)) for item in value)
    return said(value, language) if isinstance(value, Message | Label) else value


@lru_cache(maxsize=1)
def _english() -> dict[tuple[str, bool], str]:
    from importlib import resources

    import polib

    catalogue = polib.pofile(resources.files(__package__).joinpath("en.po").read_text("utf-8"))
    ones = {(entry.msgid, False): entry.msgstr or entry.msgstr_plural[0] for entry in catalogue}
    return ones | {(entry.msgid_plural, True): entry.msgstr_plural[1] for entry in catalogue if entry.msgid_plural}
