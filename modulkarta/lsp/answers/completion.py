"""What may be written where the cursor is: keys, ids, words of a fixed list, dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    InsertTextMode,
    MarkupContent,
    MarkupKind,
    Range,
    TextEdit,
)  # fmt: skip

from modulkarta import dates
from modulkarta.analysis.secrecy import MARKS
from modulkarta.findings import dotted, message
from modulkarta.lsp.expected import choices, label, purpose
from modulkarta.lsp.outline import Place, Token, outline
from modulkarta.lsp.spot import Spot
from modulkarta.metamodel import Schema
from modulkarta.rules.manual import CODES, page
from modulkarta.wording import said

_NOT_CLASSIFIED = (*MARKS, "former_ids")
_LONG_TEXT = 120
"""A text that may be longer than this begins on a line of its own, where it needs no quotation marks."""


def completion(spot: Spot, today: date) -> list[CompletionItem]:
    """Everything that fits at the cursor, the most likely first; also while the file cannot be read."""
    here = outline(spot.sheet.before(spot.line, spot.column)).end
    schema = spot.schema(here.path)
    if schema is None or here.role == "text":
        return []
    offers = _Offers(spot=spot, place=here, today=today)
    return list(offers.keys(schema) if here.role == "key" or _holds_keys(schema, here) else offers.values(schema))


def _holds_keys(schema: Schema, here: Place) -> bool:
    return here.role == "start" and schema.get("type") == "object"


@dataclass(frozen=True, kw_only=True)
class _Offers:
    """What may be written at a place; `wrap` is what stands around it."""

    spot: Spot
    place: Place
    today: date
    wrap: str = "{}"

    def keys(self, schema: Schema) -> Iterator[CompletionItem]:
        """The keys that a mapping may have and has not yet: those it must have first."""
        taken = self.spot.outline.keys(self.place.path) - self._begun
        required = schema.get("required", ())
        known = [key for key in (*schema.get("properties", {}), *self._free_keys()) if key not in taken]
        for number, key in enumerate(sorted(known, key=lambda k: k not in required)):
            yield self._key(key, number, key in required)

    def values(self, schema: Schema) -> Iterator[CompletionItem]:
        """What a value may be; where a list is to begin, its first item in the dress of a list."""
        if "items" in schema:
            first = replace(self.place, path=(*self.place.path, 0))
            wrap = "- {}" if self.place.role == "start" else "[{}]"
            yield from replace(self, place=first, wrap=wrap).values(self.spot.schema(first.path) or {})
        elif self.spot.names_entity(self.place.path):
            yield from self._ids(schema)
        elif schema.get("format") == "date-interval":
            yield from self._dates()
        elif self.spot.id == "" and self.place.path[2:] == ("rule",):
            for code in _codes():
                yield self._item(code, CompletionItemKind.EnumMember, 0, detail=_title(code))
        else:
            for number, (word, meaning) in enumerate(choices(schema, self.spot.language).items()):
                yield self._item(word, CompletionItemKind.EnumMember, number, detail=meaning)

    def _key(self, key: str, number: int, required: bool) -> CompletionItem:
        schema, language = self.spot.schema((*self.place.path, key)) or {}, self.spot.language
        name = label(schema, language) or _title(key)
        must = said(message("krävs"), language) if required else ""
        return self._item(
            key, CompletionItemKind.Property, number,
            text=self._opened(key, schema), more="\n".join(purpose(self.spot.kind, (*self.place.path, key), language)),
            detail=" · ".join(filter(None, (name, must))),
        )  # fmt: skip

    def _opened(self, key: str, schema: Schema) -> str:
        """A key and what has to follow it before its value can be written."""
        line, indent = self.spot.sheet.lines[self.spot.line], " " * self.place.column
        if self._token and line[self._token.end :].lstrip().startswith(":"):
            return key
        if self.place.flow:
            return f"{key}: "
        pattern = schema.get("pattern", "")
        if "items" in schema:
            return f"{key}:\n{indent}  - "
        if schema.get("type") == "object":
            return f"{key}:\n{indent}  "
        long = schema.get("maxLength", 0) > _LONG_TEXT and "x-suggestions" not in schema
        if schema.get("type") == "string" and long and "http" not in pattern:
            return f"{key}: >-\n{indent}  "
        return f"{key}: "

    def _ids(self, schema: Schema) -> Iterator[CompletionItem]:
        """The things of the right kinds, but for those that are listed already."""
        spot, path = self.spot, self.place.path
        kinds = schema.get("x-reference", {}).get("kinds", ("*",))
        listed = spot.outline.row(path[:-1]) if isinstance(path[-1], int) else set()
        taken = listed - self._begun | {spot.id}
        for entity in spot.catalogue.entities.values():
            if entity.id not in taken and ("*" in kinds or entity.kind.name in kinds):
                more = f"{entity.kind.label.in_(spot.language)}. {entity.fields.get('summary') or ''}"
                yield self._item(entity.id, CompletionItemKind.Reference, 0, detail=entity.name, more=more)

    def _dates(self) -> Iterator[CompletionItem]:
        """Ways to write a date, with what each is read as."""
        year, after = self.today.year, self.today.year + 1
        quarter = f"{year}-Q{(self.today.month + 2) // 3}"
        ways = (
            self.today.isoformat(), f"{self.today:%Y-%m}", quarter, f"{year}", f"{after}", f"{after}-H1",
            f"{quarter}..{after}", f"..{after}", f"{quarter}..", "unknown",
        )  # fmt: skip
        for number, way in enumerate(ways):
            meaning = said(dates.phrase(dates.parse(way)), self.spot.language)
            yield self._item(way, CompletionItemKind.Value, number, detail=meaning)

    def _free_keys(self) -> list[str]:
        """Keys that no schema lists: the fields that `truth_of` may single out, the codes of rules."""
        if self.place.path == ("truth_of",):
            keys = (t.path for t in self.spot.outline.tokens if t.role == "key" and len(t.path) <= 2)
            return [dotted(path) for path in keys if path[0] not in ("truth", "truth_of", "sources")]
        if self.place.path == ("secrecy", "fields"):
            return list(self._relations())
        return _codes() if self.spot.id == "" and self.place.path == ("severities",) else []

    def _relations(self) -> Iterator[str]:
        """The fields that the file has, and each single relation by the id that it leads to."""
        for token in self.spot.outline.tokens:
            if token.path[:1] and token.path[0] in _NOT_CLASSIFIED:
                continue
            if token.role == "key" and len(token.path) == 1:
                yield dotted(token.path)
            in_row = len(token.path) > 1 and isinstance(token.path[1], int)
            if in_row and token.role == "value" and self.spot.names_entity(token.path):
                yield f"{token.path[0]}.{token.word}"

    def _item(
        self, word: str, kind: CompletionItemKind, number: int, *, text: str = "", detail: str = "", more: str = ""
    ) -> CompletionItem:  # fmt: skip
        quote = self.place.word[:1] if self.place.word[:1] in ("'", '"') else ""
        written = self.wrap.format(text or word)
        return CompletionItem(
            label=word, kind=kind, detail=detail or None, filter_text=f"{quote}{word} {detail}".rstrip(),
            documentation=MarkupContent(kind=MarkupKind.PlainText, value=more) if more else None,
            sort_text=f"{number:04} {word}", insert_text_mode=InsertTextMode.AsIs,
            text_edit=TextEdit(range=self._range, new_text=f" {written}" if self.place.glued else written),
        )  # fmt: skip

    @cached_property
    def _token(self) -> Token | None:
        """The word that is begun, with what already follows the cursor."""
        token = self.spot.token
        return token if token and token.start == self.place.column else None

    @property
    def _begun(self) -> set[str]:
        return {self.place.word.strip(), *([self._token.word] if self._token else [])}

    @cached_property
    def _range(self) -> Range:
        """The word that is begun, to its end."""
        spot = self.spot
        end = self._token.end if self._token else spot.column
        return spot.sheet.stretch(spot.line, min(self.place.column, spot.column), max(end, spot.column))


def _codes() -> list[str]:
    """The rules that a catalogue may weigh otherwise or let pass."""
    return [code for code in CODES if "MK3" <= code < "MK9"]


def _title(code: str) -> str:
    found = page(code)
    return found.title if found else ""
