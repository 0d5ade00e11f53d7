"""What is known: how much is fact, assumption, illustration or unknown, and what to find out next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from modulkarta.analysis import coverage, roadmap
from modulkarta.dates import When
from modulkarta.findings import Path
from modulkarta.metamodel import Property
from modulkarta.model import TRUTHS, Catalogue, Entity, Truth, remembered

K = TypeVar("K", bound=Hashable)

_UNKNOWN: Truth = "unknown"
_EVIDENCE = "source"
"""The kind that statements rest on; it makes none itself."""
_FRESH_DAYS = 183
_BOOKKEEPING = frozenset(
    {
        "short_name",
        "truth",
        "truth_of",
        "sources",
        "reviewed",
        "former_ids",
        "external_ids",
        "translations",
        "tags",
        "secrecy",
    }
)
"""Fields that say something of the file, not of the thing it describes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One thing that a file says, and what it rests on."""

    entity: str
    path: Path
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many statements some entities make, by what they rest on. `of` is a kind's name, an owner's id or None."""

    of: str | None
    entities: int
    statements: Mapping[Truth, int]

    @property
    def total(self) -> int:
        return sum(self.statements.values())

    @property
    def shares(self) -> Mapping[Truth, int]:
        """The same in shares of a hundred."""
        return {truth: round(100 * self.statements[truth] / self.total) if self.total else 0 for truth in TRUTHS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What nobody has written down of an entity, and what hangs on it."""

    entity: str
    paths: tuple[Path, ...]
    not_judged: int
    """The rows of the replacements that cannot be judged until it is known."""
    mentions: int
    """The entities that name this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unconfirmed:
    """Something that time has run past: nobody has written down what came of it."""

    entity: str
    known: When
    """When it was last known, or was to have happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """An entity that is made up, and how much hangs on it."""

    entity: str
    rows: int
    """The rows of the replacements whose answer rests on it."""
    mentions: int


@remembered
def statements(catalogue: Catalogue) -> tuple[Statement, ...]:
    """Every statement of the catalogue, entity by entity.

    A statement is a field of a file, a part of one that `truth_of` singles out, or a date or choice within one that
    is `unknown`. Sources are what statements rest on: they make none.
    """
    stating = (entity for entity in catalogue.entities.values() if entity.kind.name != _EVIDENCE)
    return tuple(
        Statement(entity=entity.id, path=path, truth=truth)
        for entity in stating
        for path, truth in _statements(entity).items()
    )


def truths_of(entity: Entity) -> Counter[Truth]:
    """What the statements of one entity rest on, and how many of them do."""
    return Counter(_statements(entity).values())


def in_all(catalogue: Catalogue) -> Count:
    """The whole catalogue."""
    return _count(None, statements(catalogue))


def by_kind(catalogue: Catalogue) -> tuple[Count, ...]:
    """Each kind that states something, in the order of the kinds."""
    grouped = _grouped(catalogue, lambda entity: entity.kind.name)
    return tuple(_count(kind, grouped[kind]) for kind in catalogue.metamodel.kinds if kind in grouped)


def by_owner(catalogue: Catalogue) -> tuple[Count, ...]:
    """Each owner, the one with most unknown first; None, last, for what nobody owns."""
    grouped = _grouped(catalogue, lambda entity: entity.fields.get("owner"))
    counts = (_count(owner, several) for owner, several in grouped.items())
    return tuple(sorted(counts, key=lambda c: (c.of is None, -c.statements["unknown"], -c.total, c.of)))


@remembered
def questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """What to find out next: first what keeps a replacement from being judged, then what most others name."""
    unknown: dict[str, list[Path]] = {}
    for statement in statements(catalogue):
        if statement.truth == "unknown":
            unknown.setdefault(statement.entity, []).append(statement.path)
    blocked = Counter(end for row in coverage.not_judged(catalogue) for end in _blocking(row))
    found = (
        Question(
            entity=id_, paths=_innermost(paths), not_judged=blocked[id_], mentions=_mentions(catalogue, id_)
        )
        for id_, paths in unknown.items()
    )  # fmt: skip
    return tuple(sorted(found, key=lambda q: (-q.not_judged, -q.mentions, q.entity)))


def unconfirmed(catalogue: Catalogue, on: date) -> tuple[Unconfirmed, ...]:
    """Milestones whose day has passed without being done, and assignments whose last known state is half a year old."""
    passed = (
        Unconfirmed(entity=milestone.entity, known=milestone.when)
        for milestone in roadmap.milestones(catalogue)
        if milestone.when and roadmap.standing(milestone, on) in ("late", "possibly-late")
    )
    found = (*passed, *_stale(catalogue, on))
    return tuple(sorted(found, key=lambda u: (u.known.latest, u.entity)))


@remembered
def examples(catalogue: Catalogue) -> tuple[Example, ...]:
    """The made-up entities: first those that answers about replacements rest on, then those that most others name."""
    made_up = [entity.id for entity in catalogue.entities.values() if entity.truth() == "illustrative"]
    carried = Counter(id_ for row in coverage.rows(catalogue) for id_ in {e.entity for e in (*row.ends, *row.starts)})
    found = (Example(entity=id_, rows=carried[id_], mentions=_mentions(catalogue, id_)) for id_ in made_up)
    return tuple(sorted(found, key=lambda e: (-e.rows, -e.mentions, e.entity)))


def _stale(catalogue: Catalogue, on: date) -> Iterator[Unconfirmed]:
    for assignment in catalogue.of_kind["assignment"]:
        known = assignment.when("as_of")
        open_ = assignment.fields.get("status") in ("planned", "running", "paused", _UNKNOWN)
        if open_ and known and not known.unknown and (on - known.latest).days > _FRESH_DAYS:
            yield Unconfirmed(entity=assignment.id, known=known)


def _statements(entity: Entity) -> dict[Path, Truth]:
    found: dict[Path, Truth] = {}
    for name, value in entity.fields.items():
        property_ = entity.kind.properties.get(name)
        if name in _BOOKKEEPING or property_ is None:
            continue
        found[(name,)] = entity.truth(name)
        if property_.columns or value == _UNKNOWN:
            found |= dict.fromkeys(_unknown_within(property_, value, (name,)), _UNKNOWN)
    return entity.singled_out | found


def _unknown_within(property_: Property, value: Any, path: Path) -> Iterator[Path]:
    """Where a date or a choice is `unknown`, however deep within a field."""
    if property_.shape in ("date", "choice"):
        if value == _UNKNOWN:
            yield path
        return
    rows = enumerate(value) if isinstance(value, list) else [(None, value)]
    for index, row in rows:
        inside = path if index is None else (*path, index)
        for column in property_.columns if isinstance(row, Mapping) else ():
            if column.name in row:
                yield from _unknown_within(column, row[column.name], (*inside, column.name))


def _blocking(row: coverage.Row) -> Iterable[str]:
    """The entities whose unknown end keeps a row from being judged."""
    return {end.entity for end in row.ends if end.when.unknown}


def _innermost(paths: list[Path]) -> tuple[Path, ...]:
    """Paths without those that only lead to another one."""
    return tuple(p for p in paths if not any(other != p and other[: len(p)] == p for other in paths))


def _mentions(catalogue: Catalogue, id_: str) -> int:
    return len({reference.source for reference in catalogue.incoming.get(id_, ())} - {id_})


def _grouped(catalogue: Catalogue, key: Callable[[Entity], K]) -> dict[K, list[Statement]]:
    groups: dict[K, list[Statement]] = {}
    for statement in statements(catalogue):
        groups.setdefault(key(catalogue.entities[statement.entity]), []).append(statement)
    return groups


def _count(of: str | None, several: Iterable[Statement]) -> Count:
    several = tuple(several)
    truths = Counter(statement.truth for statement in several)
    return Count(
        of=of,
        entities=len({statement.entity for statement in several}),
        statements={truth: truths[truth] for truth in TRUTHS},
    )
