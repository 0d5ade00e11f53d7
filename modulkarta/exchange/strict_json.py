"""JSON from elsewhere, read strictly: each key once, no numbers that are none, not without end; and with places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from modulkarta.exchange.inward import Source, letters, refused, too_large, unreadable
from modulkarta.findings import Finding, Location, message

_MOST_VALUES = 2_000_000
"""Commas, lists and objects: each takes some hundred bytes of memory, which a file of three bytes each would fill."""
_DEEPEST = 100
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BLANK = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """The text of a file, or of a row of it that begins on a line."""

    file: str
    text: str
    line: int = 1

    def at(self, offset: int) -> Location:
        before = self.text[:offset]
        line = self.line + before.count("\n")
        column = offset - before.rfind("\n")
        return Location(file=self.file, line=line, column=column, end_line=line, end_column=column)


def text_of(source: Source, largest: int) -> Text | Finding:
    """The letters of a file of so many bytes at most: UTF-8, as JSON is."""
    if len(source.data) > largest:
        return too_large(Location(file=source.name), largest)
    try:
        return Text(file=source.name, text=source.data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = 1 if source.data[:2] in _WIDE else source.data.count(b"\n", 0, error.start) + 1
        return letters(Location(file=source.name, line=line, end_line=line))


def value_of(text: Text) -> Any | Finding:
    """What a text says, numbers as they are written; or what is wrong with it, and where."""
    if not text.text.strip("\0 \t\r\n"):
        return unreadable(Location(file=text.file), message("filen är tom"))
    if sum(map(text.text.count, ",[{")) > _MOST_VALUES:
        return refused(Location(file=text.file), message("den har fler än {n} värden", n=_MOST_VALUES))
    try:
        return _decoder().decode(text.text)
    except json.JSONDecodeError as error:
        ends = not text.text[error.pos :].strip()
        return unreadable(text.at(error.pos), message("filen slutar mitt i") if ends else message("det är inte JSON"))
    except (_NotAllowed, RecursionError):
        return _flaw(text)


def rows_of(text: Text, key: str) -> Iterator[tuple[Any, Location]]:
    """The items of a list that stands by a key of the outermost object, with their places; of sound JSON only."""
    decoder, whole = _decoder(), text.text
    place = _after_blank(whole, 0) + 1
    while whole[(place := _after_blank(whole, place))] == '"':
        name, place = decoder.raw_decode(whole, place)
        place = _after_blank(whole, _after_blank(whole, place) + 1)
        if name == key and whole[place] == "[":
            yield from _items(text, place + 1)
            return
        _, place = decoder.raw_decode(whole, place)
        place = _after_blank(whole, place)
        place += whole[place] == ","


class _NotAllowed(Exception):
    """A key that is repeated, or a number that JSON does not have."""


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_once, parse_constant=_constant, parse_int=str, parse_float=str)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotAllowed
    return found


def _constant(_: str) -> Any:
    raise _NotAllowed


def _items(text: Text, place: int) -> Iterator[tuple[Any, Location]]:
    decoder, whole = _decoder(), text.text
    line, counted, broken = text.line, 0, -1
    while whole[(place := _after_blank(whole, place))] != "]":
        line, start = line + whole.count("\n", counted, place), place
        broken = max(broken, whole.rfind("\n", counted, start))
        counted = place
        item, place = decoder.raw_decode(whole, place)
        yield item, Location(file=text.file, line=line, column=start - broken, end_line=line)
        place = _after_blank(whole, place)
        place += whole[place] == ","


def _after_blank(whole: str, place: int) -> int:
    found = _BLANK.match(whole, place)
    return found.end() if found else place


def _flaw(text: Text) -> Finding:
    """What a text has that is not allowed, where it has it first."""
    keys: list[set[str]] = []
    last = ("", 0)
    for token in _TOKEN.finditer(text.text):
        word, place = token[0], token.start()
        if word in "{[":
            keys.append(set())
        elif word in "}]":
            keys = keys[:-1]
        elif word == ":" and keys:
            if last[0] in keys[-1]:
                return _repeated(text, *last)
            keys[-1].add(last[0])
        elif word in ("NaN", "Infinity", "-Infinity"):
            return unreadable(text.at(place), message("{value} är inget tal i JSON", value=word))
        if len(keys) > _DEEPEST:
            return _deep(text.at(place))
        last = (word, place)
    return _deep(Location(file=text.file))


def _repeated(text: Text, key: str, place: int) -> Finding:
    what = message("nyckeln ”{key}” står två gånger i samma objekt", key=key.strip('"')[:80])
    return unreadable(text.at(place), what)


def _deep(at: Location) -> Finding:
    return refused(at, message("listor och objekt ligger för djupt i varandra"))
