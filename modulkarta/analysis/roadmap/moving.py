"""Dates that move: which ones belong to a thing, where they end up, and the catalogue with them moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from modulkarta import dates
from modulkarta.analysis.roadmap.activities import activities, over
from modulkarta.dates import When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity

Length = tuple[int, str]
"""A number and a unit: days, weeks, months or years."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A date that moves: from what to what, by at least and at most how many days, and the chain that moves it."""

    entity: str
    path: Path
    before: When
    after: When
    least: int
    most: int
    chain: tuple[str, ...]
    """Ids from what slips to this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Push:
    """How many days something is pushed, at least and at most, by which chain, and between which days it ends up."""

    least: int
    most: int
    chain: tuple[str, ...]
    not_before: date
    not_after: date

    def beside(self, own: Push) -> Push:
        """This push on something that moves by itself as well."""
        least, most = self.least + own.least, self.most + own.most
        not_before = max(self.not_before, own.not_before)
        not_after = max(dates.plus(self.not_after, (max(0, own.most), "d")), own.not_after)
        return Push(least=least, most=most, chain=self.chain, not_before=not_before, not_after=not_after)


class Undated(ValueError):
    """Something without dates that could move; the argument is its id."""


class Over(ValueError):
    """Something that has happened already; the argument is its id."""


def own_moves(catalogue: Catalogue, id_: str, wave: int | None, length: Length, on: date) -> tuple[Move, ...]:
    """The dates of a thing itself so much later, as precise as they are: its own, or one area's cutover.

    What is behind us on the day stays. Raises Undated when it has no dates, and Over when all have passed.
    """
    entity = catalogue.entities[id_]
    activity = activities(catalogue).get(id_)
    if wave is None and activity and over(activity, on):
        raise Over(id_)
    found = (_own_move(entity, path, length) for path in _own_dates(catalogue, entity, wave))
    moves = tuple(move for move in found if move and not _passed(move.before, on))
    if not moves:
        raise Undated(id_)
    return moves


def following(catalogue: Catalogue, own: Sequence[Move], pushed: Mapping[str, Push], on: date) -> tuple[Move, ...]:
    """All moves: those of their own, those pushed on, and those of functions that start later than their module.

    What is behind us on the day stays.
    """
    moves = {(move.entity, move.path): move for move in own}
    for id_, push in pushed.items():
        fields = activities(catalogue)[id_].fields
        for path in fields:
            already = moves.get((id_, path))
            before = catalogue.entities[id_].when(*path)
            if before and not _passed(before, on):
                last = path == fields[-1]
                moves[id_, path] = _pushed(
                    id_, path, already, before, push if last else replace(push, not_before=date.min, not_after=date.max)
                )
    for move in _functions(catalogue, tuple(moves.values())):
        moves[move.entity, move.path] = move
    return tuple(moves.values())


def catalogue_with(catalogue: Catalogue, moves: Sequence[Move]) -> Catalogue:
    """The catalogue with its dates moved."""
    changed: dict[str, Entity] = {}
    for move in moves:
        entity = changed.get(move.entity, catalogue.entities[move.entity])
        fields = _with(entity.fields, move.path, dates.written(move.after))
        changed[move.entity] = replace(entity, fields=fields)
    return replace(catalogue, entities={**catalogue.entities, **changed})


def _pushed(id_: str, path: Path, already: Move | None, before: When, push: Push) -> Move:
    """A date as something pushes it, beside what it moves by itself."""
    least, most = (already.least + push.least, already.most + push.most) if already else (push.least, push.most)
    after = dates.widened(already.after if already else before, push.least, push.most)
    after = dates.narrowed(after, push.not_before, push.not_after)
    return Move(entity=id_, path=path, before=before, after=after, least=least, most=most, chain=push.chain)


def _own_move(entity: Entity, path: Path, length: Length) -> Move | None:
    before = entity.when(*path)
    if before is None or before.unknown:
        return None
    after = dates.postponed(before, length)
    ends = ((before.earliest, after.earliest), (before.latest, after.latest))
    shifts = [(late - early).days for early, late in ends if early not in (dates.DISTANT_PAST, dates.DISTANT_FUTURE)]
    least, most = min(shifts), max(shifts)
    return Move(entity=entity.id, path=path, before=before, after=after, least=least, most=most, chain=(entity.id,))


def _own_dates(catalogue: Catalogue, entity: Entity, wave: int | None) -> tuple[Path, ...]:
    if wave is not None:
        return (("waves", wave, "cutover"),)
    if entity.kind.name == "system":
        ends = tuple(path for name in ("retired", "support_ends") if _dated(entity, path := ("lifecycle", name)))
        return (("lifecycle", "retiring"), *ends) if ends else ()
    if entity.kind.name == "contract":
        return *(("options", index, "until") for index, _ in enumerate(entity.rows("options"))), ("ends",)
    activity = activities(catalogue).get(entity.id)
    return activity.fields if activity else ()


def _dated(entity: Entity, path: Path) -> bool:
    when = entity.when(*path)
    return when is not None and not when.unknown


def _passed(when: When, on: date) -> bool:
    """Whether a day is certainly not ahead."""
    return later(when, known_day(on)) == "no"


def _functions(catalogue: Catalogue, moves: Sequence[Move]) -> Iterator[Move]:
    """The functions that start in a module after it is live: pushed by what is left when their margin is used."""
    live = {move.entity: move for move in moves if move.path == ("lifecycle", "live")}
    for plan in catalogue.of_kind["replacement"]:
        for row, listed in enumerate(plan.rows("functions")):
            for index, by in enumerate(listed.get("by") or []):
                module, path = live.get(by["module"]), ("functions", row, "by", index, "live")
                own = plan.when(*path)
                if module and own and not own.unknown and (move := _function(plan, path, own, module)):
                    yield move


def _function(plan: Entity, path: Path, own: When, module: Move) -> Move | None:
    tightest, loosest = dates.days_between(module.before, own)
    least = 0 if loosest is None else max(0, module.least - max(0, loosest))
    most = max(0, module.most - max(0, tightest or 0))
    if most == 0:
        return None
    return Move(
        entity=plan.id, path=path, before=own, after=dates.widened(own, least, most), least=least, most=most,
        chain=(*module.chain, plan.id),
    )  # fmt: skip


def _with(value: Any, path: Path, new: str) -> Any:
    """A tree with one value changed; the tree itself stays as it was."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        return [_with(item, rest, new) if index == step else item for index, item in enumerate(value)]
    return {**value, step: _with(value[step], rest, new)}
