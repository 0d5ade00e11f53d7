"""Dates that may be wide: their laws, held against every day they may mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modulkarta import dates
from modulkarta.dates import (
    DISTANT_FUTURE,
    DISTANT_PAST,
    NEVER,
    UNKNOWN,
    When,
    days_between,
    duration,
    earliest_of,
    later,
    latest_of,
    narrowed,
    parse,
    phrase,
    plus,
    postponed,
    spelled,
    widened,
    written,
)
from modulkarta.wording import said


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2027", "2027-01-01", "2027-12-31", "2027"),
        ("2027-H1", "2027-01-01", "2027-06-30", "första halvåret 2027"),
        ("2027-H2", "2027-07-01", "2027-12-31", "andra halvåret 2027"),
        ("2027-Q1", "2027-01-01", "2027-03-31", "kv 1 2027"),
        ("2027-Q2", "2027-04-01", "2027-06-30", "kv 2 2027"),
        ("2027-Q3", "2027-07-01", "2027-09-30", "kv 3 2027"),
        ("2027-Q4", "2027-10-01", "2027-12-31", "kv 4 2027"),
        ("2027-01", "2027-01-01", "2027-01-31", "januari 2027"),
        ("2028-02", "2028-02-01", "2028-02-29", "februari 2028"),
        ("2027-12", "2027-12-01", "2027-12-31", "december 2027"),
        ("2027-06-30", "2027-06-30", "2027-06-30", "2027-06-30"),
        ("2028-02-29", "2028-02-29", "2028-02-29", "2028-02-29"),
        ("2027-Q3..2028", "2027-07-01", "2028-12-31", "mellan kv 3 2027 och 2028"),
        ("2027..2027", "2027-01-01", "2027-12-31", "mellan 2027 och 2027"),
        ("..2027-06", str(DISTANT_PAST), "2027-06-30", "senast juni 2027"),
        ("2027-H2..", "2027-07-01", str(DISTANT_FUTURE), "tidigast andra halvåret 2027"),
        ("unknown", str(DISTANT_PAST), str(DISTANT_FUTURE), "uppgift saknas"),
        ("1900", "1900-01-01", "1900-12-31", "1900"),
        ("2999-12-31", "2999-12-31", "2999-12-31", "2999-12-31"),
    ],
)
def test_a_written_date_is_an_interval_and_keeps_its_words(text: str, earliest: str, latest: str, words: str) -> None:
    when = parse(text, field="f")
    assert when is not None
    assert (str(when.earliest), str(when.latest), when.field) == (earliest, latest, "f")
    assert said(phrase(when)) == words and written(when) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "..", "...", "2027-", "2027-13", "2027-00", "2027-6", "2027-02-30", "2027-02-29", "2027-06-31",
        "2027-06-00", "2027-06-3", "2027-H0", "2027-H3", "2027-h1", "2027-Q0", "2027-Q5", "2027-Q1-01", "1899", "3000",
        "0000", "27", "20270", "2027-06-30T12:00", "2027/06/30", "30/6 2027", " 2027", "2027 ", "2027\n", "２０２７",
        "2028..2027", "2027-06-30..2027-06-29", "2027..2028..2029", "2027...2028", "2027..x", "x..2027", "unknown..",
        "unknown..2027", "Unknown", "never", "idag",
    ],
)  # fmt: skip
def test_what_is_not_a_date_is_refused(text: str) -> None:
    assert parse(text) is None


def test_what_has_no_date_is_said_so() -> None:
    assert said(phrase(None)) == said(phrase(UNKNOWN)) == "uppgift saknas"
    assert said(phrase(NEVER)) == "inget datum"


@pytest.mark.parametrize(
    ("text", "days", "words", "again"),
    [
        ("2027-04-01", -1, "2027-03-31", "2027-03-31"),
        ("2027-Q2", -1, "mellan 2027-03-31 och 2027-06-29", "2027-03-31..2027-06-29"),
        ("2027-06..", 1, "tidigast 2027-06-02", "2027-06-02.."),
        ("..2027-06", 1, "senast 2027-07-01", "..2027-07-01"),
        ("unknown", 1, "uppgift saknas", "unknown"),
    ],
)
def test_a_moved_date_is_said_by_its_days(text: str, days: int, words: str, again: str) -> None:
    when = parse(text)
    assert when is not None
    assert said(phrase(when.moved(days))) == words and written(when.moved(days)) == again
    assert when.moved(days).moved(-days) == when


ORIGIN = date(2027, 1, 1)


def at(n: int) -> date:
    return ORIGIN + timedelta(days=n)


@st.composite
def small(draw: st.DrawFn) -> When:
    """An interval of a few days, each from a field of its own."""
    start, length = draw(st.integers(0, 8)), draw(st.integers(0, 4))
    return When(earliest=at(start), latest=at(start + length), field=draw(st.uuids()).hex)


def days(when: When) -> list[date]:
    return [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]


def answer(several: list[bool]) -> str:
    return "yes" if all(several) else "possibly" if any(several) else "no"


@given(small(), small())
def test_later_asks_every_pair_of_days(a: When, b: When) -> None:
    assert later(a, b) == answer([x > y for x, y in product(days(a), days(b))])


@given(small(), small())
def test_days_between_are_the_least_and_most_of_every_pair(a: When, b: When) -> None:
    lengths = [(y - x).days for x, y in product(days(a), days(b))]
    assert days_between(a, b) == (min(lengths), max(lengths))


@pytest.mark.parametrize(("of", "one"), [(earliest_of, min), (latest_of, max)])
@given(several=st.lists(small(), min_size=1, max_size=4))
def test_the_first_and_last_of_several_may_be_what_any_choice_gives(
    of: Callable[[list[When]], When | None], one: Callable[[tuple[date, ...]], date], several: list[When]
) -> None:
    found = of(several)
    assert found is not None
    assert set(days(found)) == {one(choice) for choice in product(*map(days, several))}


@pytest.mark.parametrize("of", [earliest_of, latest_of])
@given(several=st.lists(small(), min_size=1, max_size=4))
def test_the_first_or_last_is_a_field_only_if_it_is_that_one_for_sure(
    of: Callable[[list[When]], When | None], several: list[When]
) -> None:
    found = of(several)
    assert found is not None
    if found.field:
        others = [w for w in several if w.field != found.field]
        sign = 1 if of is latest_of else -1
        assert all(sign * (x - y).days > 0 for w in others for x, y in product(days(found), days(w)))


@pytest.mark.parametrize("of", [earliest_of, latest_of])
def test_the_first_or_last_of_nothing_is_nothing(of: Callable[[list[When]], When | None]) -> None:
    assert of([]) is None


@given(small(), small(), st.data())
def test_a_narrower_date_never_makes_an_answer_less_sure(a: When, b: When, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(days(a)))
    last = data.draw(st.sampled_from([day for day in days(a) if day >= first]))
    narrow = a._replace(earliest=first, latest=last)
    for wide_answer, answer_ in ((later(a, b), later(narrow, b)), (later(b, a), later(b, narrow))):
        assert wide_answer in ("possibly", answer_)


@given(small(), st.integers(-5, 5), st.integers(-5, 5))
def test_the_same_field_is_the_same_day(when: When, here: int, there: int) -> None:
    a, b = when.moved(here), when.moved(there)
    assert later(a, b) == ("yes" if here > there else "no")
    assert days_between(a, b) == (there - here, there - here)


def test_two_fields_written_alike_are_two_days() -> None:
    a, b = parse("2027", field="a"), parse("2027", field="b")
    assert a and b and later(a, b) == later(b, a) == "possibly"
    assert days_between(a, b) == (-364, 364)


def test_dates_without_a_field_are_not_the_same_day() -> None:
    a = parse("2027")
    assert a and later(a, a) == "possibly"


def test_what_is_open_has_no_bound() -> None:
    open_, known, early = parse("2027-01-10.."), parse("2027-01-01"), parse("..2027-01-10")
    assert open_ and known and early
    assert days_between(known, open_) == (9, None) and days_between(open_, known) == (None, -9)
    assert days_between(known, early) == (None, 9) and days_between(early, known) == (-9, None)
    assert days_between(known, UNKNOWN) == days_between(UNKNOWN, known) == (None, None)
    assert later(UNKNOWN, known) == later(known, UNKNOWN) == "possibly"
    assert later(NEVER, known) == "yes" and later(known, NEVER) == "no"


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2027-01-31", "1m", "2027-02-28"), ("2028-01-31", "1m", "2028-02-29"), ("2027-03-31", "1m", "2027-04-30"),
        ("2027-12-31", "2m", "2028-02-29"), ("2028-02-29", "1y", "2029-02-28"), ("2028-02-29", "4y", "2032-02-29"),
        ("2027-11-15", "1m", "2027-12-15"), ("2027-12-15", "1m", "2028-01-15"), ("2027-01-01", "12m", "2028-01-01"),
        ("2027-01-01", "24m", "2029-01-01"), ("2027-01-01", "0m", "2027-01-01"), ("2027-01-01", "1d", "2027-01-02"),
        ("2027-12-31", "8w", "2028-02-25"), ("2027-01-01", "9999y", str(DISTANT_FUTURE)),
        ("2027-01-01", "9999d", "2054-05-18"),
    ],
)  # fmt: skip
def test_a_day_so_much_later(start: str, length: str, end: str) -> None:
    duration = dates.duration(length)
    assert duration is not None
    assert str(plus(date.fromisoformat(start), duration)) == end


@pytest.mark.parametrize("text", ["", "m", "6", "6 m", "6M", "-6m", "6mm", "12345d", "６m", "1.5m", "6m\n"])
def test_what_is_not_a_length_is_refused(text: str) -> None:
    assert dates.duration(text) is None


@pytest.mark.parametrize(
    ("text", "exact"), [("2027-06-30", True), ("2027-06", False), ("2027-06-30..2027-06-30", True)]
)
def test_a_date_is_exact_if_it_is_one_day(text: str, exact: bool) -> None:
    when = parse(text)
    assert when and when.exact is exact
    assert not NEVER.exact and not UNKNOWN.exact


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2027-Q3", "6m", "2028-Q1"),
        ("2027-H1", "1y", "2028-H1"),
        ("2027", "1y", "2028"),
        ("2027", "6m", "2027-07-01..2028-06-30"),
        ("2028-02", "1m", "2028-03"),
        ("2027-06-30", "3m", "2027-09-30"),
        ("2027-02-28", "1m", "2027-03-28"),
        ("..2027-06", "1m", "..2027-07-31"),
        ("2027-06..", "1m", "2027-07-01.."),
        ("2027-03", "10d", "2027-03-11..2027-04-10"),
        ("2999-12", "1y", "2999-12-31"),
    ],
)
def test_a_date_so_much_later_is_as_precise_as_before(start: str, length: str, end: str) -> None:
    when, much = parse(start), duration(length)
    assert when and much
    assert written(postponed(when, much)) == end


WRITTEN = st.sampled_from(
    ["2027", "2027-H1", "2028-H2", "2027-Q1", "2027-Q4", "2028-02", "2027-12", "2027-06-30", "2027-01-05..2027-02"]
).map(parse)


@given(WRITTEN)
def test_what_is_spelled_means_the_same_days(when: When) -> None:
    again = parse(spelled(when.earliest, when.latest))
    assert again and (again.earliest, again.latest) == (when.earliest, when.latest)


@given(WRITTEN, st.integers(0, 400), st.integers(0, 400))
def test_a_date_pushed_by_some_days_may_be_any_of_its_days_pushed_by_any_of_them(
    when: When, least: int, more: int
) -> None:
    pushed = widened(when, least, least + more)
    assert (pushed.earliest - when.earliest).days == least
    assert (pushed.latest - when.latest).days == least + more
    assert parse(written(pushed)) is not None


def test_days_that_are_ruled_out_are_left_out_unless_that_leaves_none() -> None:
    when = parse("2027-03")
    assert when
    assert written(narrowed(when, date(2027, 3, 16), date.max)) == "2027-03-16..2027-03-31"
    assert written(narrowed(when, date.min, date(2027, 3, 2))) == "2027-03-01..2027-03-02"
    assert narrowed(when, date(2027, 2, 1), date(2027, 5, 1)) == when
    assert narrowed(when, date(2027, 4, 1), date.max) == when
