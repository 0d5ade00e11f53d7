"""What a foreign model says of a thing, as fields of the catalogue; and what there is no room for, told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from modulkarta.exchange.archimate.reading.content import Link, Row, Texts, Thing
from modulkarta.exchange.texts import LONGEST_DESCRIPTION, LONGEST_NAME, damaged, plain
from modulkarta.findings import Message, counted, message
from modulkarta.metamodel import Kind
from modulkarta.model import Entity
from modulkarta.source.text import Tree
from modulkarta.wording import Language

LONGEST_PROPERTY, MOST_ROWS = 400, 500
_ACCESS = ("Access", "Read", "Write", "ReadWrite")
_MORE_THAN_SAID = message("egenskaper utöver de första {n} togs inte med", n=MOST_ROWS)

Said = dict[str, Tree]


def texts(thing: Thing, entity: Entity | None, language: Language, name: str) -> tuple[Said, list[Message]]:
    """Name, description and what of them is in English. `name` is what it is called if the model calls it nothing."""
    reasons: list[Message] = []
    names, other_names = _chosen(thing.names, language)
    described, other_texts = _chosen(thing.documentation, language)
    own = one_line(names.get("", ""))
    if not own:
        own = name
        reasons.append(message("den har inget namn, och heter här som sitt id i modellen"))
    said: Said = {"name": _short(own, LONGEST_NAME, reasons)}
    if text := clean(described.get("", "")):
        said["description"] = _short(text, LONGEST_DESCRIPTION, reasons)
    english = {
        key: _short(words, longest, reasons)
        for key, words, longest in (
            ("name", one_line(names.get("en", "")), LONGEST_NAME),
            ("description", clean(described.get("en", "")), LONGEST_DESCRIPTION),
        )
        if words
    }
    if english:
        said["translations"] = translated(entity, english)
    reasons += _untold({*other_names, *other_texts})
    reasons += _odd(own)
    return said, reasons


def translated(entity: Entity | None, english: Mapping[str, str]) -> Tree:
    """The field `translations` with some texts in English beside those that are there."""
    before = entity.document.tree.get("translations") if entity else None
    whole = dict(before) if isinstance(before, dict) else {}
    other = whole.get("en")
    return {**whole, "en": {**(other if isinstance(other, dict) else {}), **english}}


def rows(several: tuple[Row, ...], reasons: list[Message]) -> list[Tree]:
    """Properties as rows of the kinds that have room for them."""
    if len(several) > MOST_ROWS:
        reasons.append(_MORE_THAN_SAID)
    return [_row(row, reasons) for row in several[:MOST_ROWS]]


def room_for_rows(kind: Kind) -> bool:
    """Whether a kind has a table for any property."""
    found = kind.properties.get("properties")
    return found is not None and {"property", "value"} <= {column.name for column in found.columns}


def details(link: Link, reasons: list[Message]) -> Said:
    """What a relationship says of itself beside its ends."""
    said: Said = {"type": _short(one_line(link.type) or "?", LONGEST_NAME, reasons)}
    if link.access in _ACCESS:
        said["access"] = link.access
    elif link.access:
        reasons.append(message("åtkomsten ”{word}” är okänd och togs inte med", word=link.access[:80]))
    if words := one_line(link.influence):
        said["influence"] = _short(words, LONGEST_NAME, reasons)
    if link.directed in ("true", "false", "1", "0"):
        said["directed"] = "true" if link.directed in ("true", "1") else "false"
    if words := one_line(next((text for _, text in link.names), "")):
        said["label"] = _short(words, LONGEST_PROPERTY, reasons)
    return said


def renamed_type(thing: Thing) -> list[Message]:
    """That a type has another name in ArchiMate 3."""
    if thing.called == thing.type:
        return []
    return [message("typen {old} heter {new} i ArchiMate 3", old=thing.called or "?", new=thing.type or "?")]


def clean(words: str) -> str:
    """A text that may stand in a file of the catalogue."""
    return plain(words.replace("\u0085", "\n")).strip()


def one_line(words: str) -> str:
    return " ".join(clean(words).split())


def _chosen(several: Texts, language: Language) -> tuple[dict[str, str], list[str]]:
    """The text ("") and its English ("en"), and the languages of those that there is no room for.

    A text in no language is in the one that is asked for; the catalogue's own texts are Swedish where there are any.
    """
    known: dict[str, str] = {}
    for said, words in several:
        known.setdefault(said.partition("-")[0].lower() or language, words)
    main = next((one for one in (language, "sv", *known) if one in known), "")
    if main == "en" and "sv" in known:
        main = "sv"
    found = {"": known.pop(main)} if main else {}
    return found | ({"en": known.pop("en")} if "en" in known else {}), sorted(known)


def _row(row: Row, reasons: list[Message]) -> Tree:
    said: Said = {"property": _short(one_line(row.name) or "?", LONGEST_PROPERTY, reasons)}
    if value := clean(row.value):
        said["value"] = _short(value, LONGEST_DESCRIPTION, reasons)
    if language := one_line(row.language):
        said["language"] = language[:40]
    return said


def _short(words: str, longest: int, reasons: list[Message]) -> str:
    if len(words) <= longest:
        return words
    reasons.append(message("en text är längre än {n} tecken och kortades", n=longest))
    return f"{words[: longest - 1].rstrip()}…"


def _untold(languages: Iterable[str]) -> Iterator[Message]:
    several = sorted(languages)
    if several:
        yield counted("text på {languages} togs inte med", "texter på {languages} togs inte med",
                      len(several), languages=", ".join(several))  # fmt: skip


def _odd(words: str) -> Iterator[Message]:
    """That letters look as if they had been read in the wrong encoding before the model was saved."""
    if damaged(words):
        yield message("namnet ser ut att ha fått fel teckenkodning innan modellen sparades")
