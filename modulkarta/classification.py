"""What is classified how, and why: thing by thing, with what the public does not see because of it.

Everything is worked out from what an audience sees, so it tells nobody of what is above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from modulkarta.analysis.secrecy import (
    MARKS,
    Named,
    above,
    field_levels,
    level,
    level_of_prose,
    level_of_unusable,
    marked,
    misplaced,
    named,
    own_level,
)
from modulkarta.analysis.secrecy.ending import ended
from modulkarta.analysis.secrecy.masking import Veil, fields_above, masked
from modulkarta.analysis.secrecy.places import has_place, spelt
from modulkarta.audience import narrowed, unread
from modulkarta.findings import Path
from modulkarta.levels import LEVELS, Level
from modulkarta.model import Entity
from modulkarta.snapshot import Snapshot

Why = Literal["own", "name", "unclassified", "misplaced", "unusable", "overlay"]
"""Its own level; that of its name, without which it cannot be shown; nobody's; that of a field it does not have; what a
file that cannot be used seems to say; that it lies in the overlay."""
Cause = Literal["level", "reference", "words", "together"]
"""What hides a place from the public: its level, that it leads to something hidden, that it names something hidden;
or several of these at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Single:
    """A field or a relation with a level of its own, as it is written; whether the file has it."""

    field: str
    level: Level
    found: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """What the public does not see, and why: a place, or the whole thing because of a place ("" where it is the level).

    `chain` leads through other things to the one that somebody has classified.
    """

    field: str
    cause: Cause
    chain: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """How one thing is classified, on what ground, and what of it the public does not see."""

    entity: Entity
    level: Level
    why: Why
    judgement: Mapping[str, Any]
    singles: tuple[Single, ...]
    hidden: tuple[Hidden, ...]
    review_due: bool
    over: bool
    """Whether that with which the secrecy ends has happened."""

    @property
    def due(self) -> bool:
        return self.review_due or self.over

    @property
    def plain(self) -> bool:
        """Whether it is public as a whole, and nothing waits to be tried."""
        return self.level == LEVELS[0] and not self.singles and not self.hidden and not self.due

    @property
    def untouched(self) -> bool:
        """Whether nobody has said anything of who may see it."""
        return self.why == "unclassified"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A file without a thing: a month's text, or one that nothing could be made of."""

    file: str
    level: Level
    why: Why


@dataclass(frozen=True, kw_only=True)
class Classification:
    """All things in the order of their ids, and the files that are no things."""

    things: tuple[Thing, ...]
    texts: tuple[Text, ...]


def classification(read: Snapshot) -> Classification:
    """How everything that an audience sees is classified."""
    seeing = _Seeing(read)
    return Classification(
        things=tuple(_thing(seeing, entity) for entity in read.catalogue.entities.values()), texts=tuple(_texts(read))
    )


@dataclass
class _Seeing:
    """What is seen here beside what the public sees of it."""

    read: Snapshot
    causes: dict[str, Hidden] = field(default_factory=dict)

    @cached_property
    def public(self) -> Mapping[str, Entity]:
        return narrowed(self.read, LEVELS[0]).catalogue.entities

    @cached_property
    def classified(self) -> Named | None:
        """What finds the names that the public may not read."""
        return named(e for e in self.read.catalogue.entities.values() if above(own_level(e) or LEVELS[0], LEVELS[0]))

    def hidden(self, entity: Entity) -> Iterator[Hidden]:
        """What the public does not see of a thing."""
        if entity.id not in self.public:
            yield self.of_whole(entity)
            return
        own = field_levels(entity)
        for single in _singles(entity):
            if above(single.level, LEVELS[0]):
                yield Hidden(field=single.field, cause="level")
        closed = [path for path, level_ in own.items() if above(level_, LEVELS[0])]
        for path, one in self._told(entity):
            if path[0] not in MARKS and not any(path[: len(over)] == over for over in closed):
                yield replace(one, field=spelt(path, entity.kind.properties, entity.fields))

    def of_whole(self, entity: Entity) -> Hidden:
        """Why the public sees nothing of a thing."""
        if entity.id not in self.causes:
            self.causes[entity.id] = Hidden(field="", cause="together", whole=True)  # what leads back here is no reason
            self.causes[entity.id] = self._of_whole(entity)
        return self.causes[entity.id]

    def _of_whole(self, entity: Entity) -> Hidden:
        if above(level(entity), LEVELS[0]):
            return Hidden(field="", cause="level", whole=True)
        for path, one in self._told(entity, needed=True):
            return replace(one, field=spelt(path, entity.kind.properties, entity.fields), whole=True)
        closed = masked(entity, _veil(), fields_above(entity, LEVELS[0])) is None
        return Hidden(field="", cause="level" if closed else "together", whole=True)

    def _told(self, entity: Entity, *, needed: bool = False) -> Iterator[tuple[Path, Hidden]]:
        """The places that lead to or name what the public does not see; only those it cannot be without, if asked."""
        for reference in entity.references:
            there = self.read.catalogue.entities.get(reference.target)
            if there and there.id not in self.public and (not needed or _needs(entity, there.id)):
                yield reference.path, Hidden(field="", cause="reference", chain=(there.id, *self.of_whole(there).chain))
        if self.classified is None:
            return
        ids = {reference.path for reference in entity.references}
        for path, text in ((("name",), entity.id), *_strings(entity.document.tree, ())):
            other = self.classified.in_text(text) if path not in ids else None
            if other and other.id != entity.id and (not needed or path == ("name",) or _required(entity, path)):
                yield path, Hidden(field="", cause="words", chain=(other.id,))


def _thing(seeing: _Seeing, entity: Entity) -> Thing:
    judgement = entity.fields.get("secrecy") or {}
    review = entity.when("secrecy", "review_by") if "review_by" in judgement else None
    event = seeing.read.catalogue.get(judgement.get("ends_with") or "")
    today, single = seeing.read.today, _singles(entity)
    closed = any(above(one, LEVELS[0]) for one in (level(entity), *(one.level for one in single)))
    return Thing(
        entity=entity, level=level(entity), why=_why(seeing.read, entity), judgement=judgement, singles=single,
        hidden=tuple(seeing.hidden(entity)), review_due=bool(review and not review.unknown and review.latest < today),
        over=bool(closed and event and ended(event, today)),
    )  # fmt: skip


def _why(read: Snapshot, entity: Entity) -> Why:
    own = own_level(entity)
    if entity.file in read.catalogue.laid_over:
        return "overlay"
    if own is None:
        return "unclassified"
    if misplaced(entity) and above(level(entity), own):
        return "misplaced"
    return "own" if own == entity.fields["secrecy"].get("level") else "name"


def _singles(entity: Entity) -> tuple[Single, ...]:
    properties, fields = entity.kind.properties, entity.fields
    return tuple(
        Single(field=written, level=level_, found=all(has_place(path, properties, fields) for path in several))
        for written, (level_, several) in marked(entity).items()
    )


def _texts(read: Snapshot) -> Iterator[Text]:
    for prose in read.catalogue.prose:
        yield Text(file=prose.file, level=level_of_prose(prose), why="own" if prose.level else "unclassified")
    for file, text in unread(read).items():
        yield Text(file=file, level=level_of_unusable(text), why="unusable")


def _veil(*gone: str) -> Veil:
    return Veil(audience=LEVELS[0], gone=frozenset(gone), named=None)


def _needs(entity: Entity, other: str) -> bool:
    """Whether a thing cannot be shown without another."""
    return masked(entity, _veil(other), frozenset()) is None


def _required(entity: Entity, path: Path) -> bool:
    return masked(entity, _veil(), frozenset({path})) is None


def _strings(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif value is not None:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if path or step not in MARKS:
                yield from _strings(inner, (*path, step))
