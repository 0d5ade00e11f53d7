"""A value as people read and write it in a cell, and what they meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from modulkarta import dates
from modulkarta.exchange.tables.columns import Column
from modulkarta.exchange.tables.guesses import Guesses
from modulkarta.findings import Message, message
from modulkarta.metamodel import Property
from modulkarta.model import Catalogue
from modulkarta.nearest import meaning, nearest, shown
from modulkarta.source.text import Tree
from modulkarta.wording import LANGUAGES, Language, said

_WITH_ID = re.compile(r"(?s:.*)\[([^\[\]]*)\]\s*")
_GOES_ON = "↳ "
"""Begins a line that belongs to the text above it, where a cell has several texts."""
_YES = ("ja", "yes", "true", "sant", "x", "1")
_NO = ("nej", "no", "false", "falskt", "0")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(:00(\.0+)?)?")
_WHOLE = re.compile(r"(-?\d+)\.0+")

DATES = message("Ett datum: 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, 2027..2028 eller unknown.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """The language that cells are in, and what may be referred to: the kind and the name of each id."""

    language: Language
    kinds: Mapping[str, str]
    names: Mapping[str, str]

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The only id that has a name, by that name."""
        several: dict[str, list[str]] = {}
        for id_, name in self.names.items():
            several.setdefault(name.casefold(), []).append(id_)
        return {name: ids[0] for name, ids in several.items() if len(ids) == 1}

    @cached_property
    def guesses(self) -> Guesses:
        """What somebody meant by what is none of the ids."""
        return Guesses(kinds=self.kinds, names=self.names)


def words_of(catalogue: Catalogue, language: Language) -> Words:
    """The words of a catalogue in a language."""
    things = catalogue.entities.values()
    kinds = {**catalogue.known, **{one.id: one.kind.name for one in things}}
    return Words(language=language, kinds=kinds, names={one.id: one.name_in(language) for one in things})


def written(column: Column, value: Tree, words: Words) -> str | None:
    """A value as a cell, one of several on each line; None where a cell cannot say it so that it can be read back."""
    for named in (True, False):
        try:
            cell = "\n".join(_lines(column, value, words, named))
        except (TypeError, AttributeError):
            return None
        if same(meant(column, cell, words), value):
            return cell
    return None


def meant(column: Column, cell: str, words: Words) -> Tree | Message:
    """What a cell says, None where it is empty; a message where nothing can be made of it."""
    if not cell.strip():
        return None
    if column.about.shape == "map":
        return _pairs(column.about, cell, words)
    if not column.many:
        return _single(column.item, cell, words)
    found: list[Tree] = []
    for each in _several(column.item, cell, words):
        one = _single(column.item, each, words)
        if isinstance(one, Message):
            return one
        found.append(one)
    return found


def same(one: object, other: object) -> bool:
    """Whether two values say the same: spaces at the end of a line, and how lines end, say nothing."""
    return _plain(one) == _plain(other)


def wrong(column: Column, value: Tree, before: Tree, words: Words) -> Message | None:
    """Why a value may not stand in a column, None where it may; what stood there before is not judged."""
    old = before if isinstance(before, list) else [before]
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one not in old and (told := _wrong(column.item, one, words)):
            return told
    return None


def choices(one: Property, language: Language) -> dict[str, str]:
    """The word of each value to choose among, with the value itself where the word alone could be another."""
    labels = {value: label.in_(language) for value, label in one.values.items()}
    folded = [label.casefold() for label in labels.values()]
    return {
        value: f"{label} [{value}]" if folded.count(label.casefold()) > 1 or _is_other(label, value, labels) else label
        for value, label in labels.items()
    }


def named(id_: str, words: Words) -> str:
    """Something that is referred to: its name, and its id, which is what counts."""
    name = words.names.get(id_)
    return f"{name} [{id_}]" if name and name != id_ else id_


def flags(language: Language) -> tuple[str, str]:
    """The words for true and false."""
    return said(message("ja"), language), said(message("nej"), language)


def _is_other(label: str, value: str, labels: Mapping[str, str]) -> bool:
    return label != value and label.casefold() in labels


def _lines(column: Column, value: Tree, words: Words, with_name: bool) -> Iterator[str]:
    if column.about.shape == "map":
        assert isinstance(value, dict)
        for key, inner in value.items():
            yield f"{key}: {_one(column.about, str(inner), words, with_name)}"
    elif column.many:
        for each in value or ():
            if not isinstance(each, str):
                raise TypeError("only text stands in a cell")
            yield _one(column.item, each, words, with_name).strip("\n").replace("\n", f"\n{_GOES_ON}")
    elif isinstance(value, str):
        yield _one(column.item, value, words, with_name).rstrip("\n")
    else:
        raise TypeError("only text stands in a cell")


def _one(one: Property, value: str, words: Words, with_name: bool) -> str:
    if one.values:
        return choices(one, words.language).get(value, value)
    if one.shape == "flag":
        return dict(zip(("true", "false"), flags(words.language), strict=True)).get(value, value)
    return named(value, words) if one.relation and with_name else value


def _several(one: Property, cell: str, words: Words) -> Iterator[str]:
    """The parts of a cell: its lines; of ids and words to choose among also what stands between semicolons."""
    if not one.relation and not one.values:
        lines = cell.replace("\r\n", "\n").replace(f"\n{_GOES_ON}", "\0").split("\n")
        yield from (line.replace("\0", "\n").strip() for line in lines if line.strip())
        return
    for line in cell.splitlines():
        for part in line.split(";"):
            yield from (each.strip() for each in _commas(one, part, words) if each.strip())


def _commas(one: Property, part: str, words: Words) -> list[str]:
    """What stands between commas, where each of it is something by itself."""
    several = [each.strip() for each in part.split(",")] if "[" not in part else []
    known = one.relation and all(_id(each, words) in words.kinds for each in several)
    return several if len(several) > 1 and (known or one.values) else [part]


def _pairs(one: Property, cell: str, words: Words) -> Tree | Message:
    found: dict[str, Tree] = {}
    for line in filter(str.strip, cell.splitlines()):
        key, colon, word = line.rpartition(":")
        value = _single(one, word, words)
        if not colon or not key.strip():
            return message("”{line}” ska ha formen fält: värde", line=shown(line.strip()))
        if isinstance(value, Message):
            return value
        found[key.strip()] = value
    return found


def _single(one: Property, cell: str, words: Words) -> Tree | Message:
    cell = cell.replace("\r\n", "\n").strip()
    if one.values:
        return _chosen(one, cell, words.language)
    if one.relation:
        return _id(cell, words)
    if one.shape == "flag":
        low = cell.casefold()
        if low in (*_YES, *_NO):
            return "true" if low in _YES else "false"
        return message("”{word}” är varken ja eller nej", word=shown(cell))
    if one.shape == "date" and (day := _MIDNIGHT.fullmatch(cell)):
        return day[1]
    if one.shape == "number" and (whole := _WHOLE.fullmatch(cell)):
        return whole[1]
    return cell


def _chosen(one: Property, cell: str, language: Language) -> str | Message:
    told = _WITH_ID.fullmatch(cell)
    if told and told[1] in one.values:
        return told[1]
    spoken: dict[str, str] = {}
    for each in (language, *LANGUAGES):
        for value, word in choices(one, each).items():
            spoken.setdefault(word.casefold(), value)
    found = spoken.get(cell.casefold()) or (cell.casefold() if cell.casefold() in one.values else None)
    if found:
        return found
    known = message("”{word}” går inte att välja här", word=shown(cell))
    near = nearest(cell.casefold(), spoken)
    return meaning(known, choices(one, language)[spoken[near]]) if near else known


def _id(cell: str, words: Words) -> str:
    """The id that a reference is: the one in brackets, else all of it, or the only thing that has that name."""
    told = _WITH_ID.fullmatch(cell)
    if told and cell.casefold() not in words.by_name:
        return told[1].strip()
    return cell if cell in words.kinds else words.by_name.get(cell.casefold(), cell)


def _wrong(one: Property, value: str, words: Words) -> Message | None:
    if one.relation:
        return _astray(one, value, words)
    if one.shape == "date" and not dates.parse(value):
        return message("”{word}” är inget datum. Skriv till exempel 2027-03-31, 2027-Q3 eller 2027", word=shown(value))
    if one.shape == "number" and not re.fullmatch(r"-?\d{1,15}", value):
        return message("”{word}” är inget heltal", word=shown(value))
    return None


def _astray(one: Property, value: str, words: Words) -> Message | None:
    assert one.relation
    kind = words.kinds.get(value)
    if kind and one.relation.allows(kind):
        return None
    told = (
        message("”{id}” är av fel sort för den här kolumnen", id=value)
        if kind
        else message("”{id}” finns inte i katalogen", id=shown(value))
    )
    near = words.guesses.guess(value, one.relation.kinds)
    return meaning(told, near) if near else told


def _plain(value: object) -> object:
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").split("\n")).strip()
    if isinstance(value, list):
        return [_plain(each) for each in value] or None
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()} or None
    return value
