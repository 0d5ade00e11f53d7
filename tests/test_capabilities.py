"""Capabilities over time: the periods against a walk day by day, and what the command says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as for_any
from hypothesis import strategies as st

from modulkarta.analysis import capabilities, coverage
from modulkarta.analysis.lifecycle.lifetime import Lifetime, in_use
from modulkarta.analysis.lifecycle.periods import Period, periods
from modulkarta.analysis.structure.impact import impact
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, UNKNOWN, When
from modulkarta.wording import said

ORIGIN = date(2027, 1, 10)
STATES = ("none", "one", "several")
CAPABILITY = "name: F\nband: core\n"


def at(n: int) -> date:
    return ORIGIN + timedelta(days=n)


@st.composite
def whens(draw: st.DrawFn) -> When:
    first = draw(st.integers(-4, 4))
    return When(earliest=at(first), latest=at(first + draw(st.integers(0, 3))))


MAYBE = st.one_of(st.none(), whens())
SUPPORTERS = st.lists(st.tuples(whens(), MAYBE), max_size=3).map(
    lambda pairs: [supporter(f"m{i}", first, gone) for i, (first, gone) in enumerate(pairs)]
)


def supporter(id_: str, first: When, gone: When | None = None) -> Lifetime:
    return Lifetime(entity=id_, first=first, gone=gone, truth="fact")


def days_of(when: When | None) -> list[date]:
    """All days a date may mean; one that never comes for none."""
    if when is None:
        return [DISTANT_FUTURE]
    return [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]


def counts(supporters: list[Lifetime], day: date) -> set[int]:
    """How many may be live on a day, whatever days their dates turn out to be."""
    possible = [{first <= day < end for first, end in product(days_of(s.first), days_of(s.gone))} for s in supporters]
    return {sum(chosen) for chosen in product(*possible)}


@for_any(SUPPORTERS)
def test_periods_cover_the_time_line_without_overlap(supporters: list[Lifetime]) -> None:
    found = periods(supporters)
    assert found[0].first is None and found[-1].last is None
    for one, next_ in pairwise(found):
        assert one.last is not None and next_.first == one.last + timedelta(days=1)
        assert (one.there, one.possible) != (next_.there, next_.possible)


@for_any(SUPPORTERS)
def test_a_period_says_what_a_walk_day_by_day_finds(supporters: list[Lifetime]) -> None:
    for period in periods(supporters):
        for n in range(-8, 12):
            if (period.first or DISTANT_PAST) <= at(n) <= (period.last or DISTANT_FUTURE):
                found = counts(supporters, at(n))
                assert period.state == STATES[min(max(found), 2)]
                assert period.certain == (len({min(count, 2) for count in found}) == 1)


@for_any(SUPPORTERS, st.data())
def test_narrowing_a_date_never_makes_the_certain_possible(supporters: list[Lifetime], data: st.DataObject) -> None:
    narrowed = [supporter(s.entity, exact(data, s.first), s.gone and exact(data, s.gone)) for s in supporters]
    for n in range(-8, 12):
        before, after = (_on(periods(several), at(n)) for several in (supporters, narrowed))
        assert after.certain
        if before.certain:
            assert after.state == before.state


def exact(data: st.DataObject, when: When) -> When:
    day = data.draw(st.sampled_from(days_of(when)))
    return When(earliest=day, latest=day)


def _on(several: tuple[Period, ...], day: date) -> Period:
    return next(p for p in several if p.last is None or day <= p.last)


def test_an_unknown_first_day_may_be_any_day() -> None:
    (only,) = periods([supporter("m", UNKNOWN)])
    assert (only.first, only.last, only.state, only.certain) == (None, None, "one", False)
    assert said(capabilities.said(only)) == "kanske en modul" and said(only.span()) == "hela tiden"


@pytest.mark.parametrize(("lifecycle", "first"), [("", None), ("lifecycle: {introducing: 2020-03-01}\n", "2020-03-01")])
def test_a_module_without_a_first_day_perhaps_carries_it(lifecycle: str, first: str | None) -> None:
    files = {"capabilities/f": CAPABILITY, "modules/m": f"name: M\ncapabilities: [f]\n{lifecycle}"}
    catalogue = given.read(files).catalogue
    (support,) = capabilities.supports(catalogue)
    last = support.periods[-1]
    assert (last.first and last.first.isoformat(), last.there, last.possible) == (first, ("m",), ("m",))
    assert in_use(catalogue, catalogue.entities["m"], ORIGIN) == "possibly"


FILES = {
    "capabilities/f": CAPABILITY,
    "capabilities/g": CAPABILITY + "order: 1\n",
    "functions/gora": "name: Göra\ncapabilities: [f]\n",
    "systems/gammalt": "name: Gammalt\nfunctions: [gora]\nlifecycle: {retired: 2027-07-01}\n",
    "modules/a": "name: A\ncapabilities: [f]\nlifecycle: {live: 2027-Q1, retired: 2028-01-01}\n",
    "modules/b": "name: B\ncapabilities: [f]\nlifecycle: {live: 2027-06-01}\ntruth: illustrative\n",
}


def test_several_modules_follow_each_other_and_the_old_system_goes() -> None:
    catalogue = given.read(FILES).catalogue
    _, support = capabilities.supports(catalogue)
    assert [(str(p.first), p.state, p.certain, p.there) for p in support.periods] == [
        ("None", "none", True, ()),
        ("2027-01-01", "one", False, ("a",)),
        ("2027-03-31", "one", True, ("a",)),
        ("2027-06-01", "several", True, ("a", "b")),
        ("2028-01-01", "one", True, ("b",)),
    ]
    assert support.planned.there == ("b",) and support.on(date(2027, 6, 1)).state == "several"
    assert capabilities.systems_on(support, date(2027, 6, 30), "yes") == ("gammalt",)
    assert capabilities.systems_on(support, date(2027, 7, 1), "yes") == ()
    assert support.truth == "illustrative", "what is made up weighs more than what is not known"


def test_every_capability_is_there_once(good: given.Snapshot) -> None:
    found = [support.capability for support in capabilities.supports(good.catalogue)]
    assert sorted(found) == [entity.id for entity in good.catalogue.of_kind["capability"]]


CONTRACTED = {
    "capabilities/f": CAPABILITY,
    "functions/gora": "name: Göra\ncapabilities: [f]\n",
    "systems/gammalt": "name: Gammalt\nfunctions: [gora]\ncontracts: [k]\nlifecycle: {live: 2020}\n",
    "contracts/k": "name: K\nends: 2028-03-31\noptions: [{until: 2029-03-31, used: undecided}]\n",
}


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2019-12-31", "no"), ("2028-03-31", "yes"), ("2028-04-01", "possibly"), ("2029-03-31", "possibly"),
     ("2029-04-01", "no")],
)  # fmt: skip
def test_everybody_agrees_on_when_a_system_is_there(day: str, answer: str) -> None:
    """A contract with an option that nobody has decided on: impact, capabilities and coverage tell the same."""
    read, on = given.read(CONTRACTED), date.fromisoformat(day)
    assert not read.count("error"), read.findings
    catalogue = read.catalogue
    (support,) = capabilities.supports(catalogue)
    assert capabilities.systems_on(support, on, answer) == ("gammalt",)  # type: ignore[arg-type]
    found = impact(catalogue, "gammalt", on=on)
    assert found.in_use == answer
    (row,) = coverage.rows(catalogue)
    assert row.legacy_end and (row.legacy_end.latest >= on) == (answer != "no" or on.year < 2020)
    if answer == "possibly":
        stops = [hit.stops for hit in impact(catalogue, "k", on=on).hits if hit.entity == "gammalt"]
        assert stops == ["possibly"], "that it stops is no certainty when it may be gone already"


# The rules


def codes(files: given.Given) -> list[str]:
    return [code for code in given.codes(given.read(files)) if code in ("MK404", "MK405")]


def test_a_capability_that_consists_of_others_is_judged_through_them() -> None:
    part = {"capabilities/del": CAPABILITY + "parent: f\n", "modules/m": "name: M\ncapabilities: [del]\n"}
    assert codes({"capabilities/f": CAPABILITY, **part}) == []
    assert codes({"capabilities/f": CAPABILITY}) == ["MK404"]


def test_modules_that_follow_each_other_do_not_compete() -> None:
    module = "name: {}\ncapabilities: [f]\nlifecycle: {{live: {}, retired: {}}}\n"

    def two(end: str) -> given.Given:
        modules = {"modules/a": module.format("A", "2027", end), "modules/b": module.format("B", "2029", "2031")}
        return {"capabilities/f": CAPABILITY, **modules}

    assert codes(two("2029-01-01")) == []
    assert codes(two("2029")) == [], "they may overlap, nobody says that they do"
    assert codes(two("2030")) == ["MK405"]


def test_nobody_may_be_missing_because_of_a_broken_file() -> None:
    files = {
        "capabilities/f": CAPABILITY, "interfaces/i": "name: I\n", "information-objects/o": "name: O\n",
        "modules/m": "nme: M\ncapabilities: [f]\nprovides: [i]\nmasters: [o]\n",
    }  # fmt: skip
    nobody = {"MK404", "MK406", "MK407"}
    assert not nobody & {f.code for f in given.read(files).listed}
    assert nobody <= {f.code for f in given.read({**files, "modules/m": "name: M\n"}).listed}


# The command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.written(tmp_path, FILES).parent)


def test_capabilities_as_json(run: Run, here: None) -> None:
    answer = run("capabilities", "--date", "2027-02-01", "--format", "json").data
    assert answer["schema"] == "modulkarta/capabilities/1" and answer["date"] == "2027-02-01"
    _, f = answer["capabilities"]
    assert f["capability"] == "f" and f["band"] == "core" and f["systems"] == ["gammalt"]
    assert f["modules"] == [
        {"module": "a", "live": "2027-Q1", "retired": "2028-01-01"},
        {"module": "b", "live": "2027-06-01", "retired": None},
    ]
    assert f["today"] == f["periods"][1] and f["planned"] == f["periods"][-1]
    assert f["periods"][1] == {
        "from": "2027-01-01", "to": "2027-03-30", "modules": ["a"], "possible": ["a"], "state": "one",
        "certain": False,
    }  # fmt: skip


def test_capabilities_as_text(run: Run, here: None) -> None:
    ended = run("capabilities", "--date", "2027-06-15")
    assert "  befintliga system: Gammalt\n" in ended.out
    assert "  2027-06-01–2027-12-31     flera moduler: A, B (exempel)  ← den 2027-06-15\n" in ended.out
    assert ended.err.startswith("2 förmågor den 2027-06-15: 1 utan modul, 0 med en, 1 med flera.")
    assert "0 med flera, varav 1 kanske." in run("capabilities", "--date", "2027-02-01").err
    assert "several modules: A, B" in run("capabilities", "--lang", "en").out


def test_without_capabilities_there_is_nothing_to_show(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(given.written(tmp_path, {}).parent)
    ended = run("capabilities")
    assert ended.code == 0 and ended.out == "" and ended.err.startswith("0 förmågor")
