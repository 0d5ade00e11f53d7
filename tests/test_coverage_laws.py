"""Gaps held against a walk day by day, and the whole table of the good catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import given
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from replacing import by, end_of, plan, row, shown, start_of

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage.gap import between
from modulkarta.dates import NEVER, When
from modulkarta.snapshot import Snapshot

ORIGIN = date(2027, 1, 10)
DAY = st.integers(-6, 6)
MAYBE = st.one_of(st.none(), DAY)


def at(n: int) -> str:
    return (ORIGIN + timedelta(days=n)).isoformat()


@settings(max_examples=150)
@for_any(
    contract=MAYBE, retired=MAYBE, support=MAYBE, legacy=MAYBE, parallel=MAYBE, module=MAYBE, other=DAY, own=MAYBE,
    cutover=MAYBE,
)  # fmt: skip
def test_the_days_of_a_gap_are_those_that_a_walk_day_by_day_finds(
    contract: int | None, retired: int | None, support: int | None, legacy: int | None, parallel: int | None,
    module: int | None, other: int, own: int | None, cutover: int | None,
) -> None:  # fmt: skip
    def fields(**several: int | None) -> str:
        return ", ".join(f"{name}: {at(n)}" for name, n in several.items() if n is not None)

    wave = ", ".join(filter(None, ["area: nord", fields(cutover=cutover, legacy_ends=legacy, parallel_until=parallel)]))
    changes = {
        "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\n"
        f"lifecycle: {{{fields(retired=retired, support_ends=support)}}}\n",
        "contracts/c": "name: C\n" + fields(ends=contract),
        "modules/m": f"name: M\nlifecycle: {{{fields(live=module)}}}\n",
        "modules/n": f"name: N\nlifecycle: {{{fields(live=other)}}}\n",
        "replacements/r": plan(
            by("{" + ", ".join(filter(None, ["module: m", fields(live=own)])) + "}, {module: n}"),
            f"waves: [{{{wave}}}]\n",
        ),
    }
    only = row(changes)
    last_days = [n for n in (contract, support, legacy if legacy is not None else parallel) if n is not None]
    walk = range(-20, 20)
    without_old = [n for n in walk if any(n > last for last in last_days) or (retired is not None and n >= retired)]
    starts = [n for n in (module, other, own, cutover) if n is not None]
    without_both = [n for n in without_old if any(n < first for first in starts)]
    if not without_old:
        assert only.outcome == "no-end"
    elif module is None and own is None and cutover is None:
        assert shown(only.gap) == f"{at(without_old[0])}..- -"
    elif not without_both:
        assert only.outcome == "covered" and only.gap is None
    else:
        days = len(without_both)
        assert shown(only.gap) == f"{at(without_both[0])}..{at(without_both[-1])} {days}"


@st.composite
def intervals(draw: st.DrawFn) -> When:
    start, length = draw(st.integers(0, 9)), draw(st.integers(0, 4))
    first = ORIGIN + timedelta(days=start)
    return When(earliest=first, latest=first + timedelta(days=length), field=draw(st.uuids()).hex)


def days(when: When) -> list[date]:
    return [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]


@for_any(intervals(), intervals())
def test_the_gap_of_intervals_bounds_the_gaps_of_all_their_days(end: When, live: When) -> None:
    lengths = [max(0, (start - last).days - 1) for last, start in product(days(end), days(live))]
    gap = between(end, live)
    if not max(lengths):
        assert gap is None
        return
    assert gap is not None
    assert (gap.days_min, gap.days_max) == (min(lengths), max(lengths))
    assert (gap.first, gap.last) == (end.earliest + timedelta(days=1), live.latest - timedelta(days=1))


def narrower(when: When, cut: tuple[int, int]) -> When:
    """The same date with some of its first and last days ruled out, at least one left."""
    possible = days(when)
    first = min(cut[0], len(possible) - 1)
    last = max(first, len(possible) - 1 - cut[1])
    return when._replace(earliest=possible[first], latest=possible[last])


CUT = st.tuples(st.integers(0, 4), st.integers(0, 4))


@for_any(intervals(), intervals(), CUT, CUT)
def test_a_narrower_date_never_turns_a_certain_gap_into_a_possible_one(
    end: When, live: When, cut_end: tuple[int, int], cut_live: tuple[int, int]
) -> None:
    wide, narrow = between(end, live), between(narrower(end, cut_end), narrower(live, cut_live))
    if wide and wide.certain:
        assert narrow and narrow.certain
    if wide is None:
        assert narrow is None
    if wide and narrow:
        assert (wide.days_min or 0) <= (narrow.days_min or 0) and (narrow.days_max or 0) <= (wide.days_max or 0)


@for_any(intervals(), intervals(), CUT, CUT)
def test_refining_both_dates_converges_to_the_exact_answer(
    end: When, live: When, which_end: tuple[int, int], which_live: tuple[int, int]
) -> None:
    last, first = (when.earliest + timedelta(days=min(which[0], len(days(when)) - 1))
                   for when, which in ((end, which_end), (live, which_live)))  # fmt: skip
    exact = between(end._replace(earliest=last, latest=last), live._replace(earliest=first, latest=first))
    length = (first - last).days - 1
    assert (exact.days if exact else 0) == max(0, length)
    assert exact is None or exact.certain


@for_any(intervals())
def test_nothing_instead_is_a_gap_without_end(end: When) -> None:
    gap = between(end, NEVER)
    assert gap and (gap.first, gap.last, gap.days_min, gap.days_max) == (days(end)[0] + timedelta(1), None, None, None)


def test_the_whole_table_of_the_good_catalogue(good: Snapshot) -> None:
    table = coverage.rows(good.catalogue)
    lines = (
        f"{r.system} | {r.function or '-'} | {r.area or '-'} | {r.disposition} | {','.join(r.by) or '-'} | "
        f"{end_of(r)} | {start_of(r)} | {r.outcome} | "
        f"{shown(r.gap)} | {(r.gap and r.gap.accepted) or '-'} | {r.truth}\n"
        for r in table
    )
    assert len(table) == 26
    given.as_before("gaps.txt", "".join(lines))
