"""Who may see what: the level of an entity, of its fields, and of a file that could not be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from modulkarta.analysis.holders import writing
from modulkarta.analysis.secrecy.places import has_place, places
from modulkarta.findings import Path, dotted, undotted
from modulkarta.levels import HIGHEST, LEVELS, Level
from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.prose import Prose
from modulkarta.source.joined import Joined, laid_over_row
from modulkarta.source.text import Tree

UNCLASSIFIED: Level = "internal"

MARKS = ("secrecy", "truth", "truth_of")
"""The fields that say something of the other fields, and nothing of the thing."""
TRANSLATED: Path = ("translations", "en")
"""Where a field's text stands in another language: what is hidden in one is hidden in all."""
_RANK = {one: number for number, one in enumerate(LEVELS)}
_WRITTEN: Mapping[str, Level] = {one: one for one in LEVELS}
_SHORTEST_NAME = 3
_WORD = re.compile(r"\w+")

_LEVEL_WRITTEN = re.compile(r"""\blevel["']?\s*:\s*["']?([^\s"',}#]*)""")


def above(level: Level, audience: Level) -> bool:
    """Whether something of a level is more than an audience may see."""
    return _RANK[level] > _RANK[audience]


def level(entity: Entity) -> Level:
    """The level of an entity: its own, or that of a field it cannot have, for nobody knows what that was to protect.

    Internal where none is written, and the highest where what is written is not a level.
    """
    if "secrecy" not in entity.fields:
        return UNCLASSIFIED
    own, single = own_level(entity) or UNCLASSIFIED, field_levels(entity)
    return max((own, *(single[f] for f in misplaced(entity))), key=LEVELS.index) if single else own


def own_level(entity: Entity) -> Level | None:
    """The level that somebody gave a whole entity, or its name, without which it cannot be shown; else None."""
    document = entity.document
    if "secrecy" not in (document.first.tree if isinstance(document, Joined) else entity.fields):
        return None
    whole = _sure(_group(entity.fields, "secrecy").get("level"))
    single = field_levels(entity)
    return max(whole, single.get(("name",), whole), key=LEVELS.index) if single else whole


def classified(entity: Entity, audience: Level) -> bool:
    """Whether somebody has said that a whole entity, or its name, is above an audience."""
    return above(own_level(entity) or "public", audience)


def field_levels(entity: Entity) -> dict[Path, Level]:
    """The places that have a level of their own, rows by number; of several levels the highest."""
    levels: dict[Path, Level] = {}
    for level_, several in marked(entity).values():
        for path in several:
            levels[path] = max(levels.get(path, level_), level_, key=LEVELS.index)
    return levels


def marked(entity: Entity) -> dict[str, tuple[Level, tuple[Path, ...]]]:
    """What `secrecy.fields` says, as it is written: the level, and the places that it is for."""
    if "secrecy" not in entity.fields:
        return {}
    single = _group(_group(entity.fields, "secrecy"), "fields")
    if not single:
        return {}
    properties, fields = entity.kind.properties, entity.fields
    return {w: (_sure(level_), places(undotted(w), properties, fields)) for w, level_ in single.items()}


def weighed(catalogue: Catalogue) -> list[Entity]:
    """The entities that say more of their secrecy than that everybody may see them."""
    return writing(catalogue, "secrecy")


@remembered
def hidden(catalogue: Catalogue) -> tuple[Entity, ...]:
    """The entities that somebody has classified, as a whole, above what everybody may see."""
    return tuple(entity for entity in weighed(catalogue) if classified(entity, LEVELS[0]))


@remembered
def hidden_names(catalogue: Catalogue) -> Mapping[Level, Named]:
    """What finds the mentions of what is hidden as a whole, by level; levels without any left out."""
    several = {one: named(entity for entity in hidden(catalogue) if own_level(entity) == one) for one in LEVELS[1:]}
    return {one: names for one, names in several.items() if names}


@remembered
def secrets(catalogue: Catalogue) -> bool:
    """Whether something in here is for the fewest."""
    return any(HIGHEST in (level(one), *field_levels(one).values()) for one in weighed(catalogue))


def level_at(entity: Entity, path: Path) -> Level:
    """The level of a place in a file: the highest of the entity's and of the fields that hold the place."""
    single = field_levels(entity)
    if not single:
        return level(entity)
    own = path[len(TRANSLATED) :] if path[: len(TRANSLATED)] == TRANSLATED else ()
    around = [level_ for field, level_ in single.items() if path[: len(field)] == field or own[:1] == field[:1] != ()]
    return max((level(entity), *around), key=LEVELS.index)


@dataclass(frozen=True, slots=True)
class Named:
    """What finds in a text which of some entities it names, by id or name in any language.

    Whole words in any case, the last with or without a genitive s, whatever stands between them. Names of less than
    three letters are left out, since they stand in texts about anything.
    """

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Entity], ...]]
    """The words of each name, and whose it is, by the first of them."""

    def in_text(self, text: str) -> Entity | None:
        """The first that a text names."""
        words = _WORD.findall(text.lower())
        if self.by_first.keys().isdisjoint(words):
            return None
        return next((e for at, word in enumerate(words) for e in self._from(words[at:], word)), None)

    def _from(self, words: list[str], first: str) -> Iterator[Entity]:
        for name, entity in self.by_first.get(first, ()):
            said = tuple(words[: len(name)])
            if said[:-1] == name[:-1] and said[-1] in (name[-1], name[-1] + "s"):
                yield entity


def named(entities: Iterable[Entity]) -> Named | None:
    """What finds the mentions of some entities; None where there is nothing to look for."""
    by_first: dict[str, list[tuple[tuple[str, ...], Entity]]] = {}
    for entity in entities:
        for name in {tuple(_WORD.findall(name.lower())) for name in _names(entity)}:
            if sum(map(len, name)) >= _SHORTEST_NAME:
                by_first.setdefault(name[0], []).append((name, entity))
                if len(name) == 1:
                    by_first.setdefault(name[0] + "s", []).append((name, entity))
    return Named({first: tuple(several) for first, several in by_first.items()}) if by_first else None


def raised(entity: Entity, other: Entity) -> Entity:
    """An entity with the levels of another version of it, where those are higher; itself where they are not.

    A level within a list counts for the whole list: its rows may have stood in another order.
    """
    if other.fields.get("secrecy") == entity.fields.get("secrecy"):
        return entity
    own = {dotted(path): level_ for path, level_ in field_levels(entity).items()}
    fields = dict(own)
    for path, level_ in field_levels(other).items():
        for field in map(dotted, _same_place(entity, other, path)):
            fields[field] = max(fields.get(field, level_), level_, key=LEVELS.index)
    highest = max(level(entity), level(other), key=LEVELS.index)
    told = own_level(entity) is not None or own_level(other) is None
    if fields == own and highest == level(entity) and told:
        return entity
    secrecy: dict[str, Any] = {"level": highest, "fields": fields}
    document = replace(entity.document, tree={**entity.document.tree, "secrecy": secrecy})
    references = tuple(reference for reference in entity.references if reference.path[0] != "secrecy")
    return replace(entity, fields={**entity.fields, "secrecy": secrecy}, document=document, references=references)


def _same_place(entity: Entity, other: Entity, path: Path) -> Iterator[Path]:
    """Where in an entity what stands at a place of another version of it is or may be; nowhere where it is not.

    Rows may have stood in another order, so all of a list is; but one that is laid over is known by what it says.
    """
    english = _group(_group(entity.fields, "translations"), "en")
    if path[0] not in entity.fields and path[0] not in english:
        return
    whole = tuple(takewhile(lambda step: isinstance(step, str), path))
    row, rows = laid_over_row(other.document, path[: len(whole) + 1]), _at(entity.document.tree, whole)
    if row is None or not isinstance(rows, list):
        yield whole
    else:
        yield from ((*whole, index) for index, mine in enumerate(rows) if _same_row(mine, row))


def _same_row(one: Tree, other: Tree) -> bool:
    """Whether two rows seem to be about the same: they are alike, or begin alike."""
    if isinstance(one, dict) and isinstance(other, dict):
        return any(one.get(key) == value for key, value in [*other.items()][:1])
    return one == other


def _at(tree: Tree, path: Path) -> Tree:
    for step in path:
        tree = tree.get(str(step)) if isinstance(tree, dict) else None
    return tree


def level_of_prose(prose: Prose) -> Level:
    """The level of a text written by hand: internal where none is written, the highest where that is in doubt."""
    if prose.level:
        return _sure(prose.level)
    return HIGHEST if prose.seems_classified else UNCLASSIFIED


def misplaced(entity: Entity) -> tuple[Path, ...]:
    """The fields with a level that the file cannot have: nobody knows what was meant to be protected."""
    return tuple(f for f in field_levels(entity) if not has_place(f, entity.kind.properties, entity.fields))


def level_of_unusable(text: str) -> Level:
    """The level of a file that could not be used: what its text says, the highest where that is in doubt."""
    plain = text.replace("\0", "")
    written = _LEVEL_WRITTEN.findall(plain)
    doubtful = "secret" in plain.lower() or ("secrecy" in plain.lower() and not written)
    return HIGHEST if doubtful or not {*written} <= {"public", "internal"} else UNCLASSIFIED


def _names(entity: Entity) -> Iterator[str]:
    """What tells that an entity is there: its ids and its names, in each language."""
    english = _group(_group(entity.fields, "translations"), "en")
    called = [place.get(key) for place in (entity.fields, english) for key in ("name", "short_name")]
    former = entity.fields.get("former_ids")
    words = (entity.id, *called, *(former if isinstance(former, list) else ()))
    yield from (word for word in words if isinstance(word, str))


def _group(value: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """The group of fields at a field, empty for anything else."""
    inner = value.get(field)
    return inner if isinstance(inner, dict) else {}


def _sure(written: object) -> Level:
    return _WRITTEN.get(written, HIGHEST) if isinstance(written, str) else HIGHEST
