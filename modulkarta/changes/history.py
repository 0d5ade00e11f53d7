"""How the dates of the plan moved, commit by commit: what a thing's history and the slips of a month are made of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from modulkarta import placement
from modulkarta.analysis.secrecy import above, level_at
from modulkarta.changes.fields import Difference, differences
from modulkarta.changes.shifts import Shift, shift
from modulkarta.dates import When
from modulkarta.entities import entity
from modulkarta.findings import Message, Path, counted, message
from modulkarta.levels import HIGHEST, Level
from modulkarta.model import Catalogue, Entity
from modulkarta.placement import Placed
from modulkarta.source.commits import Commit, Step, Version
from modulkarta.source.text import Document, parse


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A date of the plan that a commit moved, set or took away.

    `entity` is the id the thing has now; `path` leads to the date in `version`, the file as the commit left it (as it
    was before, where the date was taken away), and `about` names the same date in every version.
    """

    commit: Commit
    entity: str
    version: Entity
    path: Path
    about: tuple[str, ...]
    before: When | None
    after: When | None

    @property
    def shift(self) -> Shift | None:
        return shift(self.before, self.after)


@dataclass(frozen=True, kw_only=True, slots=True)
class DateHistory:
    """Every change of one date, oldest first: more than one that only set it for the first time."""

    changes: tuple[Moved, ...]

    @property
    def moves(self) -> tuple[Moved, ...]:
        """The changes from one date to another."""
        return tuple(one for one in self.changes if one.before and one.after)

    @property
    def total(self) -> Shift | None:
        """How far it is from the first date to the last; None where that cannot be told, or it is where it was."""
        moves = self.moves
        return shift(moves[0].before, moves[-1].after) if moves else None

    def said(self) -> Message:
        """`flyttad 2 gånger, sammanlagt 5 månader senare`, of a date that moved at all."""
        times = counted("flyttad {n} gång", "flyttad {n} gånger", len(self.moves))
        if len(self.moves) == 1 or not self.moves:
            return times
        if self.total is None:
            return message("{times}, och står där den stod", times=times)
        return message("{times}, sammanlagt {shift}", times=times, shift=self.total.said())


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """How many dates moved later, and earlier, in a month."""

    first: date
    later: int
    earlier: int


def moved(catalogue: Catalogue, steps: Iterable[Step], texts: Mapping[str, bytes]) -> tuple[Moved, ...]:
    """Every date of the plan that some commits changed, in their order; files that could not be read tell nothing."""
    reading = _Reading(catalogue, texts)
    return tuple(one for step in steps for one in reading.step(step))


def of_entity(found: Iterable[Moved], id_: str) -> tuple[DateHistory, ...]:
    """The history of each date of a thing that was changed since it was first written."""
    by_date: dict[tuple[str, ...], list[Moved]] = {}
    for one in found:
        if one.entity == id_:
            by_date.setdefault(one.about, []).append(one)
    return tuple(DateHistory(changes=tuple(several)) for several in by_date.values())


def seen_by(audience: Level, catalogue: Catalogue, found: Iterable[Moved]) -> tuple[Moved, ...]:
    """What moved, as far as an audience can see it now, in its catalogue, and could see it then."""
    return tuple(one for one in found if audience == HIGHEST or _may_be_seen(audience, catalogue, one))


def months(found: Iterable[Moved], first: date, last: date) -> tuple[Month, ...]:
    """Each month from one day's to another's, with how many dates moved in it; also those in which none did."""
    by_month = {key: list(several) for key, several in groupby(sorted(found, key=_month_of), key=_month_of)}
    return tuple(_counted(month, by_month.get((month.year, month.month), [])) for month in _each_month(first, last))


def year_back(last: date) -> date:
    """The first day of the month eleven months before a day's own."""
    number = last.year * 12 + last.month - 12
    return date(number // 12, number % 12 + 1, 1)


def _may_be_seen(audience: Level, catalogue: Catalogue, one: Moved) -> bool:
    now = catalogue.get(one.entity)
    still = now is not None and (one.after is None or now.when(*one.path) is not None)
    return still and not above(level_at(one.version, one.path), audience)


def _counted(month: date, several: Iterable[Moved]) -> Month:
    directions = [one.shift.direction for one in several if one.shift]
    return Month(first=month, later=directions.count("later"), earlier=directions.count("earlier"))


def _month_of(one: Moved) -> tuple[int, int]:
    return one.commit.day.year, one.commit.day.month


def _each_month(first: date, last: date) -> Iterator[date]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Files as they once were, read with the kinds of today."""

    catalogue: Catalogue
    texts: Mapping[str, bytes]

    def step(self, step: Step) -> Iterator[Moved]:
        former = _former(self._new(step))
        for version in step.versions:
            after = self._entity(version, version.after)
            before = self._entity(version, version.before) or self._renamed(step, after)
            if before and after and before.kind is after.kind:
                yield from self._moved(step.commit, before, after, former)

    def _new(self, step: Step) -> Iterator[Entity]:
        for version in step.versions:
            if version.before is None and (made := self._entity(version, version.after)):
                yield made

    def _renamed(self, step: Step, after: Entity | None) -> Entity | None:
        """The file a commit took away under one of the ids that a new one says it had."""
        former = after.ids("former_ids") if after else []
        gone = (one for one in step.versions if one.after is None and _id(one.path) in former)
        return next((made for one in gone if (made := self._entity(one, one.before))), None)

    def _moved(self, commit: Commit, before: Entity, after: Entity, former: Mapping[str, str]) -> Iterator[Moved]:
        for one in differences(before, after, former):
            if one.sort == "date":
                version = before if one.side == "before" else after
                was, is_ = one.dates
                yield Moved(
                    commit=commit, entity=self._today(after.id), version=version, path=one.path,
                    about=self._about(version, one), before=was, after=is_,
                )  # fmt: skip

    def _about(self, version: Entity, one: Difference) -> tuple[str, ...]:
        """A date's place by the names of its keys and what its rows are about, not by where those stand."""
        steps: list[str] = []
        value: Any = version.fields
        for step in one.path:
            value = value[step]
            row = next(iter(value.values()), "") if isinstance(step, int) and isinstance(value, dict) else step
            steps.append(self._today(str(row)))
        return tuple(steps)

    def _today(self, id_: str) -> str:
        return self.catalogue.former.get(id_, id_)

    def _entity(self, version: Version, id_: str | None) -> Entity | None:
        """What a version of a file says, as far as it can be read."""
        place = placement.placed(version.path, version.path, self.catalogue.metamodel)
        if id_ is None or id_ not in self.texts or not isinstance(place, Placed):
            return None
        document = parse(version.path, self.texts[id_])
        return entity(place.id, place.kind, document) if isinstance(document, Document) else None


def _former(new: Iterable[Entity]) -> Mapping[str, str]:
    return {old: one.id for one in new for old in one.ids("former_ids")}


def _id(path: str) -> str:
    return posixpath.basename(path).removesuffix(".yaml")
