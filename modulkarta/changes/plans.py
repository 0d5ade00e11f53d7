"""How the plans for existing systems changed: who takes a function over, and the gaps that opened and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Disposition, Row
from modulkarta.analysis.coverage.gap import Gap, extent
from modulkarta.changes.pairs import Pairs
from modulkarta.model import Catalogue

Turn = Literal["opened", "longer", "shorter", "moved", "accepted", "no-longer-accepted", "closed", "unjudged", "judged"]
"""How a gap changed; `unjudged` is what cannot be judged, which is new, `judged` what now can be and has none."""

TURNS: tuple[Turn, ...] = (
    "opened", "longer", "no-longer-accepted", "unjudged", "moved", "shorter", "accepted", "judged", "closed",
)  # fmt: skip
"""From what is worst."""

_Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class GapChange:
    """One function of one existing system in one area, where its gap is not what it was.

    `before` or `after` is None where the plan did not know, or no longer knows, of the function there.
    """

    turn: Turn
    before: Row | None
    after: Row | None

    @property
    def gaps(self) -> tuple[Gap | None, Gap | None]:
        """The gap before and after."""
        return (self.before.gap if self.before else None, self.after.gap if self.after else None)

    @property
    def row(self) -> Row:
        """As it is, else as it was."""
        row = self.after or self.before
        assert row is not None
        return row


@dataclass(frozen=True, kw_only=True, slots=True)
class Successor:
    """Who takes a function over from an existing system."""

    disposition: Disposition
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """A function whose successor is another than it was; None where the system did not have it, or no longer does."""

    system: str
    plan: str | None
    """The replacement that says so; None where the function had a plan only before, which is gone."""
    function: str
    before: Successor | None
    after: Successor | None

    @property
    def turn(self) -> Literal["lost", "gained", "other"]:
        """Whether nothing takes it over any longer, something does now, or something else than before."""
        before, after = (bool(one and one.by) for one in (self.before, self.after))
        if before and self.after and not after:
            return "lost"
        return "gained" if after and not before else "other"


def gap_changes(before: Catalogue, after: Catalogue, pairs: Pairs) -> tuple[GapChange, ...]:
    """Every gap that is not what it was, the worst first; what rests on a file that could not be used is left out."""
    old = {_key(row, pairs.today): row for row in coverage.rows(before)}
    new = {_key(row, pairs.today): row for row in coverage.rows(after)}
    compared = dict.fromkeys((*old, *new)).keys() - _resting_on_unread(before, after, pairs)
    found = [_change(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old)) if key in compared]
    return tuple(sorted((change for change in found if change), key=lambda change: TURNS.index(change.turn)))


def handovers(before: Catalogue, after: Catalogue, pairs: Pairs) -> tuple[Handover, ...]:
    """Every function of an existing system that now has another successor, in the plan's order."""
    unread = {key[:2] for key in _resting_on_unread(before, after, pairs)}
    old, new = _successors(before, pairs.today), _successors(after, pairs.today)
    plans = {row.system: row.replacement for row in coverage.rows(after)}
    return tuple(
        Handover(system=key[0], plan=plans.get(key[0]), function=key[1], before=old.get(key), after=new.get(key))
        for key in dict.fromkeys((*new, *old))
        if old.get(key) != new.get(key) and key not in unread
    )


def _successors(catalogue: Catalogue, today: Mapping[str, str]) -> dict[tuple[str, str], Successor]:
    found: dict[tuple[str, str], Successor] = {}
    for row in coverage.rows(catalogue):
        system, function, _ = _key(row, today)
        if function:
            by = tuple(today.get(module, module) for module in row.by)
            found[system, function] = Successor(disposition=row.disposition, by=by)
    return found


def _key(row: Row, today: Mapping[str, str]) -> _Key:
    """What a row is about, by the ids of today; also where a reference was left with an id of yesterday."""
    function, area = (id_ and today.get(id_, id_) for id_ in (row.function, row.area))
    return today.get(row.system, row.system), function, area


def _resting_on_unread(before: Catalogue, after: Catalogue, pairs: Pairs) -> set[_Key]:
    """The rows that rest on something whose file could not be used on one of the sides."""
    if not pairs.unread:
        return set()
    all_rows = [(_key(row, pairs.today), side, row) for side in (before, after) for row in coverage.rows(side)]
    unplanned = {key[0] for key, _, row in all_rows if row.replacement in pairs.unread}
    resting = (key for key, side, row in all_rows if not _rests_on(side, row).isdisjoint(pairs.unread))
    return {*resting, *(key for key, _, _ in all_rows if key[0] in unplanned)}


def _rests_on(catalogue: Catalogue, row: Row) -> set[str]:
    """What decides the gap of a row: the system and its contracts, the modules, and the plan's decisions."""
    plan = catalogue.get(row.replacement, "replacement") if row.replacement else None
    listed = [*plan.rows("functions"), *plan.rows("accepted_gaps")] if plan else []
    decisions = (entry["decision"] for entry in listed if "decision" in entry)
    return {row.system, *catalogue.entities[row.system].ids("contracts"), *row.by, *decisions}


def _change(before: Row | None, after: Row | None) -> GapChange | None:
    turn = _turn(before, after)
    return GapChange(turn=turn, before=before, after=after) if turn else None


def _turn(before: Row | None, after: Row | None) -> Turn | None:
    was, is_ = before and before.gap, after and after.gap
    if was and is_:
        return _compared(was, is_)
    if is_:
        return "opened"
    if _unclear(after) and not _unclear(before):
        return "unjudged"
    if was:
        return "closed"
    return "judged" if _unclear(before) and after and not _unclear(after) else None


def _unclear(row: Row | None) -> bool:
    return row is not None and row.outcome == "not-judged"


def _compared(was: Gap, is_: Gap) -> Turn | None:
    """How a gap that was there changed: its days before who accepts it."""
    if extent(is_) != extent(was):
        if (is_.days_min, is_.days_max) == (was.days_min, was.days_max):
            return "moved"
        return "longer" if extent(is_) > extent(was) else "shorter"
    if bool(is_.accepted) != bool(was.accepted):
        return "accepted" if is_.accepted else "no-longer-accepted"
    return None
