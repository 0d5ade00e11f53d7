"""What stands at the cursor, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from modulkarta import dates
from modulkarta.dates import When
from modulkarta.findings import Path, message
from modulkarta.lsp.expected import choices, label, purpose
from modulkarta.lsp.outline import Token
from modulkarta.lsp.spot import Spot
from modulkarta.metamodel import Schema
from modulkarta.model import Entity
from modulkarta.rules.manual import page
from modulkarta.wording import Label, Language, marked, said

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def hover(spot: Spot, kind: MarkupKind) -> Hover | None:
    """What a key is for, who an id is, how a date is read; and the rule that is broken there."""
    token = spot.token
    if token is None:
        return None
    parts = filter(None, ("\n\n".join(_told(spot, token)), *_rules(spot)))
    text = "\n\n---\n\n".join(parts)
    if not text:
        return None
    plain = text if kind is MarkupKind.Markdown else _unmarked(text)
    return Hover(
        contents=MarkupContent(kind=kind, value=plain),
        range=spot.sheet.stretch(token.line, token.start, token.end),
    )


def _told(spot: Spot, token: Token) -> Iterator[str]:
    schema = spot.schema(token.path)
    if schema is None:
        return
    if token.role == "key":
        yield from _key(spot, token, schema)
    elif spot.names_entity(token.path):
        yield from _entity(spot, token.word)
    elif schema.get("format") == "date-interval":
        yield from _date(dates.parse(token.word), spot.language)
    elif meaning := choices(schema, spot.language).get(token.word):
        yield f"**{_plain(token.word)}**: {_plain(meaning)}"


def _key(spot: Spot, token: Token, schema: Schema) -> Iterator[str]:
    language = spot.language
    above = spot.schema(token.path[:-1]) or {}
    must = f" ({said(message('krävs'), language)})" if token.word in above.get("required", ()) else ""
    yield f"**{_plain(label(schema, language) or token.word)}**{must}"
    yield from map(_plain, purpose(spot.kind, token.path, language))
    if words := choices(schema, language):
        yield "\n".join(f"- `{word}` {_plain(meaning)}".rstrip() for word, meaning in words.items())


def _entity(spot: Spot, id_: str) -> Iterator[str]:
    catalogue = spot.catalogue
    entity = catalogue.get(catalogue.former.get(id_, id_)) or catalogue.set_aside.get(id_)
    if entity is None:
        return
    yield f"**{_plain(entity.name)}** · {entity.kind.label.in_(spot.language)}"
    if entity.id != id_:
        yield said(message("Heter nu ”{id}”.", id=entity.id), spot.language)
    if summary := entity.fields.get("summary"):
        yield _plain(str(summary))
    if lines := list(_dates(entity, spot.language)):
        yield "\n".join(lines)


def _dates(entity: Entity, language: Language) -> Iterator[str]:
    """The dates of an entity's own fields and of its groups of fields, not of its lists."""
    for path, name, written in _dated(entity):
        words = said(dates.phrase(dates.parse(written)), language)
        yield f"- {_plain(name.in_(language))}: {_plain(marked(words, entity.truth(*path), language))}"


def _dated(entity: Entity) -> Iterator[tuple[Path, Label, str]]:
    for name, property_ in entity.kind.properties.items():
        value: Any = entity.fields.get(name)
        if property_.shape == "date" and isinstance(value, str):
            yield (name,), property_.label, value
        elif isinstance(value, dict):
            for column in property_.columns:
                if column.shape == "date" and isinstance(inner := value.get(column.name), str):
                    yield (name, column.name), column.label, inner


def _date(when: When | None, language: Language) -> Iterator[str]:
    if when is None:
        return
    yield f"**{_plain(said(dates.phrase(when), language))}**"
    if not when.unknown and not when.exact:
        first = None if when.earliest == dates.DISTANT_PAST else when.earliest
        last = None if when.latest == dates.DISTANT_FUTURE else when.latest
        days = said(dates.stretch(first, last), language)
        yield said(message("Kan vara vilken dag som helst: {days}", days=days), language)


def _rules(spot: Spot) -> Iterator[str]:
    """The manual's page of each rule that is broken at the cursor."""
    told = set()
    for finding in spot.desk.reading().findings.get(spot.file, ()):
        at, here = finding.location, (spot.line + 1, spot.column + 1)
        inside = (at.line, at.column) <= here <= (at.end_line, at.end_column)
        found = page(finding.code)
        if inside and found and finding.code not in told:
            told.add(finding.code)
            yield f"**{found.code}** {_plain(found.title)}\n\n{_plain(found.why)}"


def _plain(text: str) -> str:
    """A text whose signs mean nothing in Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _unmarked(text: str) -> str:
    bare = text.replace("**", "").replace("---\n\n", "")
    return re.sub(r"\\([^\w\s])", r"\1", bare)
