"""The margin of a replacement: the other side of the gap."""

from __future__ import annotations

import given
import replacing as tiny
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage.margin import Margin, margin
from modulkarta.analysis.replacement import replacing
from modulkarta.wording import said

DATES = st.sampled_from(
    ["2026-12-01", "2027-03", "2027-Q2", "2027", "2027-H2", "..2027-05-05", "2027-05-05..", "2028-01-31", "unknown"]
)


@drawn(DATES, DATES)
def test_a_gap_is_a_margin_below_zero(end: str, live: str) -> None:
    row = tiny.row({"contracts/c": f"name: C\nends: {end}\n", "modules/m": f"name: M\nlifecycle: {{live: {live}}}\n"})
    found = margin(row)
    if row.gap is None:
        assert found is None or (found.least is not None and found.least >= 0)
    else:
        assert found is not None
        assert found.least == (None if row.gap.days_max is None else -row.gap.days_max)
        if row.gap.certain and found.most is not None:
            assert -found.most == row.gap.days_min


def test_the_margin_has_a_sign_and_is_told_in_months_where_it_is_long() -> None:
    words = {
        (-153, -153): "−5 mån", (122, 122): "+4 mån", (0, 0): "0 dagar", (-20, 30): "−20 till +30 dagar",
        (-200, 100): "−7 till +3 mån", (None, None): "utan slut i planen",
    }  # fmt: skip
    for (least, most), expected in words.items():
        assert said(Margin(least=least, most=most).said()) == expected
    assert said(Margin(least=-153, most=-153).said(), "en") == "−5 months"


def test_the_most_urgent_system_stands_first() -> None:
    order = [one.summary.system for one in replacing.all_systems(given.good().catalogue)]
    assert order == ["labbdisken", "faltjournal", "bokbladet", "gammelarkiv"]
    assert replacing.all_systems(given.good().catalogue)[0].end_unknown


def test_functions_are_counted_once_whatever_the_areas() -> None:
    (one,) = (one for one in replacing.all_systems(given.good().catalogue) if one.summary.system == "faltjournal")
    rows = coverage.of_system(given.good().catalogue, "faltjournal")
    assert one.functions.all == len({row.function for row in rows})
    assert one.functions.with_gap == len({row.function for row in rows if row.gap})
    assert [wave.area for wave in one.waves] == ["ost", "nord", "syd"]
    assert [wave.percent for wave in one.waves] == sorted(wave.percent for wave in one.waves)
    assert one.waves[-1].percent <= 100


def test_what_is_left_to_decide_is_by_its_last_day() -> None:
    catalogue = given.good().catalogue
    found = replacing.undecided(catalogue, catalogue.entities["faltjournal"])
    assert [one.entity for one in found] == ["avtal-faltjournal", "beslut-lakemedelsvaska"]
