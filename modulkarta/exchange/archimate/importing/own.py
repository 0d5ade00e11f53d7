"""A thing of the catalogue's own, as an export said it: every field exactly as it was, and what was changed since."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.exchange.archimate.importing.foreign import clean, one_line
from modulkarta.exchange.archimate.names import MARKS, documentation, field_of, heard, possible
from modulkarta.exchange.archimate.reading.content import Row, Thing
from modulkarta.findings import Message, message
from modulkarta.source.text import Tree

Said = dict[str, Tree]


def fields(thing: Thing, reasons: list[Message]) -> tuple[Said, tuple[Row, ...]]:
    """The fields that the properties say, and the properties that are none of ours; what is wrong is told."""
    said: Said = {}
    others: list[Row] = []
    for row in thing.rows:
        name = field_of(row.name)
        if name is not None:
            _hear(said, name, row.value, reasons)
        elif row.name not in MARKS:
            others.append(row)
    _name(said, thing)
    _documentation(said, thing)
    _english(said, thing)
    return said, tuple(others)


def _hear(said: Said, name: str, value: str, reasons: list[Message]) -> None:
    try:
        said[name] = heard(value)
    except (ValueError, RecursionError):
        reasons.append(message("fältet ”{field}” går inte att läsa och togs inte med", field=name))


def _name(said: Said, thing: Thing) -> None:
    """The name, which the property says to the last sign where the words are the same."""
    shown = thing.names[0][1] if thing.names else ""
    exact = said.get("name")
    if shown and not (isinstance(exact, str) and _same(exact, shown)):
        said["name"] = shown if "name" not in said else one_line(shown)


def _documentation(said: Said, thing: Thing) -> None:
    """The description, which is what the documentation says after the summary."""
    shown = dict(thing.documentation).get(_language(thing), "")
    summary = said.get("summary")
    known = documentation(summary, said.get("description"))
    if not shown or (_same(known, shown) if "description" in said else possible(known)[0] == shown):
        return
    described = _after(shown, summary)
    if described:
        said["description"] = described if "description" not in said else clean(described)


def _english(said: Said, thing: Thing) -> None:
    """The English texts, as they were unless somebody has changed them in the model."""
    if _language(thing) == "en":
        return
    names, texts = dict(thing.names), dict(thing.documentation)
    whole = said.get("translations")
    before = whole.get("en") if isinstance(whole, dict) else None
    known: Mapping[str, Tree] = before if isinstance(before, dict) else {}
    changed: Said = {}
    if (name := names.get("en", "")) and not _same(str(known.get("name") or ""), name):
        changed["name"] = one_line(name)
    was = documentation(known.get("summary"), known.get("description"))
    if (text := texts.get("en", "")) and not _same(was, text):
        changed["description"] = clean(_after(text, known.get("summary")))
    if changed:
        said["translations"] = {**(whole if isinstance(whole, dict) else {}), "en": {**known, **changed}}


def _language(thing: Thing) -> str:
    """The language of a thing's own texts: that of its first name, since everything of ours has one."""
    return thing.names[0][0] if thing.names else ""


def _after(shown: str, summary: Tree) -> str:
    """What a documentation says after the summary it begins with."""
    if not isinstance(summary, str) or not summary:
        return shown
    if _same(summary, shown):
        return ""
    return shown.removeprefix(f"{possible(summary)[0]}\n\n")


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same words, whatever the blanks between them."""
    return possible(one)[0].split() == other.split()
