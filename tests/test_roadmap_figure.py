"""The roadmap on one page: what it says, what it shows, and that no words touch, whatever the plan holds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import drawn
import given
import pytest
from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta import dates, snapshot
from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap.waits import waits
from modulkarta.figures import Figure
from modulkarta.figures.axis import axis_ahead, axis_of_months
from modulkarta.figures.milestones import Before
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.model import Catalogue
from modulkarta.wording import LANGUAGES

ON = date(2026, 11, 30)
SVG = "{http://www.w3.org/2000/svg}"
HIGHEST = 880
RED = {"#C4122F", "#7A0019"}


def broken_laws(figure: Figure) -> list[object]:
    """What of a figure does not stand as words on a page must."""
    found: list[object] = [*drawn.touching(figure.svg), *drawn.outside(figure.svg)]
    found += [drawn.smallest(figure.svg)] * (drawn.smallest(figure.svg) < 9)
    found += [figure.alternative] * (not 0 < len(figure.alternative) <= 250)
    return found + [figure.shape] * (drawn.view_box(figure.svg)[1] > HIGHEST)


def words(figure: Figure) -> str:
    return " | ".join(label.words for label in drawn.labels(figure.svg))


def of(files: Mapping[str, str]) -> Catalogue:
    return given.read(files).catalogue


LONG, RTL, MARKS = "W" * 120, "מערכת " * 20, "ọ̶̈" * 40
NAMES = st.one_of(
    st.sampled_from([LONG, RTL.strip(), MARKS, "A", "1 2 " * 30, "Överlämningsrapporteringsunderlag " * 3]),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=120).filter(str.strip),
)
DAYS = st.one_of(
    st.sampled_from(["1900", "2026-11", "2027-Q2", "2028", "2028-H1", "2027..2030", "2027..", "..2028"]),
    st.sampled_from(["2999", "unknown"]),
    st.dates(date(2025, 1, 1), date(2031, 12, 31)).map(str),
)
STEPS = st.sampled_from([[], ["live"], ["introducing", "live"], ["live", "retired"], ["retiring", "retired"]])
TRUTHS = st.sampled_from(["", "truth: illustrative\n", "truth: assumption\n"])
SHORT = st.integers(0, 4)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, str]:
    """A plan of goals, modules, assignments, systems with contracts and replacements, and milestones on any days."""
    goals, modules, systems = ([f"{c}{i}" for i in range(draw(SHORT))] for c in "gms")
    modules = [*modules, "m8", "m9"]
    files = {f"goals/{id_}": f"modules: {modules[n::4]}\n{draw(TRUTHS)}" for n, id_ in enumerate(goals)}
    for n, id_ in enumerate(modules):
        steps = ", ".join(f"{step}: {draw(DAYS)}" for step in draw(STEPS))
        files[f"modules/{id_}"] = f"depends_on: {modules[:n][-2:]}\nlifecycle: {{{steps}}}\n{draw(TRUTHS)}"
    for id_ in systems:
        files[f"systems/{id_}"] = f"functions: [f]\ncontracts: [k{id_}]\nlifecycle: {{live: {draw(DAYS)}}}\n"
        files[f"contracts/k{id_}"] = f"ends: {draw(DAYS)}\noptions: [{{until: {draw(DAYS)}, used: undecided}}]\n"
        by = f"[{{function: f, disposition: replaced, by: [{{module: {draw(st.sampled_from(modules))}}}]}}]"
        files[f"replacements/r{id_}"] = f"replaces: {id_}\nfunctions: {by}\n{draw(TRUTHS)}"
    for n in range(draw(st.integers(0, 16))):
        goal = f"goal: {draw(st.sampled_from(goals))}\n" if goals else ""
        sure = draw(st.sampled_from(["decided", "forecast", "idea"]))
        needs = f"depends_on: {draw(st.lists(st.sampled_from(modules), max_size=2, unique=True))}\n"
        files[f"milestones/d{n}"] = f"date: {draw(DAYS)}\ncertainty: {sure}\n{goal}{needs}{draw(TRUTHS)}"
    files["functions/f"] = ""
    return {path: f"name: {json.dumps(draw(NAMES).strip())}\n{text}" for path, text in files.items()}


def earlier(catalogue: Catalogue, shift: str) -> Before:
    """The milestones as if a report before had them so much earlier or later."""
    length = (int(shift[:-1]), shift[-1])
    marks = roadmap.milestones(catalogue)
    return {one.entity: replace(one, when=one.when and dates.postponed(one.when, length)) for one in marks}


@settings(max_examples=60, deadline=None)
@each(plans(), st.sampled_from(["", "-40d", "-3m", "2y"]), st.sampled_from(LANGUAGES), st.sampled_from([None, 12, 36]))
def test_whatever_the_plan_holds_no_words_touch_or_leave_the_page(
    files: dict[str, str], moved: str, language: str, months: int | None
) -> None:
    catalogue = of(files)
    before = earlier(catalogue, moved) if moved else None
    figure = roadmap_figure(catalogue, ON, before, "en" if language == "en" else "sv", months=months)
    assert broken_laws(figure) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["good", "real"])
def test_the_pages_that_are_shown_keep_the_laws(which: str, language: str) -> None:
    read = given.good() if which == "good" else snapshot.build(given.real(), given.metamodel(), given.TODAY)
    for shift in ("", "-6m", "1y"):
        before = earlier(read.catalogue, shift) if shift else None
        assert broken_laws(roadmap_figure(read.catalogue, ON, before, "en" if language == "en" else "sv")) == []


def test_the_roadmap_of_region_exempel_is_as_it_was_agreed() -> None:
    catalogue = given.good().catalogue
    given.as_before("fardplan.svg", roadmap_figure(catalogue, ON, earlier(catalogue, "-6m")).svg)


@pytest.mark.parametrize("number", [0, 1, 1000])
def test_of_no_milestones_one_or_a_thousand_there_is_a_page(number: int) -> None:
    marks = {f"milestones/d{n}": f"name: Milstolpe {n}\ndate: 2027-0{n % 9 + 1}\n" for n in range(number)}
    figure = roadmap_figure(of({"goals/g": "name: Mål\n", **marks}), ON)
    assert broken_laws(figure) == [] and len(figure.table.rows) == number
    shown = len(re.findall(r"\| Milstolpe \d+,", words(figure)))
    assert shown == min(number, 12) and len(figure.left_out) == number - shown
    assert ("988 milstolpar till står bara i tabellen." in words(figure)) == (number == 1000)


def test_an_empty_catalogue_says_so() -> None:
    figure = roadmap_figure(of({}), ON)
    assert figure.title == "Ingen färdplan att visa" and broken_laws(figure) == []
    assert "Läge 2026-11-30" in words(figure)


def test_ten_thousand_characters_are_cut() -> None:
    """No name in a file may be so long; a figure does not lean on that."""
    goal = {"goals/g": "name: G\nmodules: [m]\n", "milestones/d": "name: D\ndate: 2027-06\ngoal: g\n"}
    read = of({**GAP, **goal})
    for name in ("Ä" * 10_000, "ord " * 2_500, "ש" * 10_000):
        long = {id_: replace(one, fields={**one.fields, "name": name}) for id_, one in read.entities.items()}
        for before in (None, earlier(read, "-6m")):
            figure = roadmap_figure(replace(read, entities=long), ON, before)
            assert broken_laws(figure) == [] and words(figure).count("…") > 3


GAP = {
    "systems/s": "name: Ambulink\nfunctions: [f]\ncontracts: [k]\nlifecycle: {live: 2020}\ntruth: fact\n",
    "contracts/k": "name: K\nends: 2027-06-30\ntruth: fact\n",
    "functions/f": "name: F\n",
    "modules/m": "name: Journal\nlifecycle: {introducing: 2027-01-01, live: 2027-12-01}\ntruth: fact\n",
    "replacements/r": "name: R\nreplaces: s\ntruth: fact\nfunctions: "
    "[{function: f, disposition: replaced, by: [{module: m}]}]\n",
}
MARK = "name: Nord går över\ncertainty: decided\ngoal: g\n"
GOAL = {"goals/g": "name: Mål\n"}


def test_the_title_says_the_gap_before_all() -> None:
    gap = {**GAP, **GOAL, "milestones/d": f"{MARK}date: 2028-03-01\n"}
    figure = roadmap_figure(of(gap), ON, earlier(of(gap), "-6m"))
    assert figure.title == "Avtalet för Ambulink slutar 5 månader innan ersättaren är i drift"
    assert roadmap_figure(of(gap), ON, language="en").title == (
        "The contract for Ambulink ends 5 months before its replacement is live"
    )
    assert figure.alternative.startswith(figure.title) and "avtal t.o.m. 2027-06-30" in words(figure)
    assert "glapp 2027-07-01–2027-11-30" in words(figure)


def test_without_a_gap_the_title_says_what_has_moved_and_else_what_comes_next() -> None:
    catalogue = of({**GOAL, "milestones/d": f"{MARK}date: 2028-03-01\n", "milestones/e": "name: E\ndate: 2027-05\n"})
    assert roadmap_figure(catalogue, ON).title == "Härnäst: E, maj 2027"
    before = {"d": earlier(catalogue, "-6m")["d"]}
    assert roadmap_figure(catalogue, ON, before).title == "Nord går över blir 6 månader senare än i förra rapporten"
    assert roadmap_figure(catalogue, ON, goal="g").title == "Härnäst: Nord går över, 2028-03-01"


def test_red_is_only_for_gaps() -> None:
    without = {path: text for path, text in GAP.items() if not path.startswith("replacements")}
    reds = [set(re.findall("#[0-9A-F]{6}", roadmap_figure(of(files), ON).svg)) & RED for files in (GAP, without)]
    assert reds == [RED, set()]
    for colour in set(re.findall("#[0-9A-F]{6}", roadmap_figure(of(GAP), ON).svg)) - RED:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red < 2 * max(green, blue) or green > 0x40, colour


@pytest.mark.parametrize(
    ("date_", "truth", "faded", "said"),
    [
        ("2027-03-01", "fact", False, "i drift 2027-03-01"),
        ("2027-Q1", "fact", True, "i drift omkring kv 1 2027"),
        ("2027-03-01", "assumption", True, "i drift omkring 2027-03-01"),
        ("2027-Q1", "illustrative", True, "i drift omkring kv 1 2027"),
    ],
)
def test_how_sure_a_day_is_can_be_seen(date_: str, truth: str, faded: bool, said: str) -> None:
    module = f"name: M\nlifecycle: {{introducing: 2026-04-01, live: {date_}}}\ntruth: {truth}\n"
    figure = roadmap_figure(of({"modules/m": module}), ON)
    shades = re.findall(r'<rect [^>]*width="[\d.]+" height="14" fill="(#\w{6})"', figure.svg)
    assert (len(set(shades)) > 6) == faded
    assert said in words(figure) and ("ungefärligt datum" in words(figure)) == faded
    assert ("idé, inte beslutat" in words(figure)) == (truth == "illustrative")
    assert ('stroke-dasharray="3 2.5"' in figure.svg) == (truth == "illustrative")


def test_a_slip_goes_from_a_hollow_diamond_to_a_solid_one() -> None:
    catalogue = of({**GOAL, "milestones/d": f"{MARK}date: 2028-Q1\n"})
    still, moved = (roadmap_figure(catalogue, ON, before).svg for before in (None, earlier(catalogue, "-6m")))
    hollow = r'<path d="M[^"]*Z" fill="#FFFFFF" stroke="#4A545B"'
    assert len(re.findall(hollow, moved)) == 2 and not re.findall(hollow, still)  # in the plan and in its key
    assert ">Nord går över, kv 1 2028, +2 kv</text>" in moved and "flyttad sedan förra rapporten" in moved
    assert "jämförd med förra rapporten" in moved and "jämförd" not in still


def test_today_is_a_line_with_its_date() -> None:
    figure = roadmap_figure(given.good().catalogue, ON)
    assert "Läge 2026-11-30" in words(figure) and 'stroke-dasharray="5 3"' in figure.svg
    assert "As of 2026-11-30" in words(roadmap_figure(given.good().catalogue, ON, language="en"))


def test_an_axis_is_two_years_at_least_and_six_at_most_and_holds_today() -> None:
    spans = [axis_ahead([when], ON, 0, 1) for text in ("2026", "2029-Q1", "2999") if (when := dates.parse(text))]
    assert [span.start for span in spans] == [date(2026, 4, 1)] * 3
    assert [span.end for span in spans] == [date(2028, 3, 31), date(2029, 3, 31), date(2032, 3, 31)]
    quarters = words(roadmap_figure(of({"milestones/d": "name: D\ndate: 2028-12\n"}), ON))
    halves = words(roadmap_figure(of({"milestones/d": "name: D\ndate: 2031-12\n"}), ON))
    assert quarters.count("kv 4") == 3 and "H2" not in quarters and halves.count("H2") == 6 and "kv 4 |" not in halves


def test_only_so_much_is_shown_that_a_page_can_be_read() -> None:
    goals = {f"goals/g{n}": f"name: Mål {n}\norder: {n}\nmodules: [m{n}a, m{n}b, m{n}c]\n" for n in range(9)}
    modules = {
        f"modules/m{n}{c}": f"name: Modul {n}{c}\nlifecycle: {{live: 2027-0{n % 9 + 1}}}\n"
        for n in range(9)
        for c in "abc"
    }
    told = words(roadmap_figure(of({**goals, **modules}), ON))
    assert len(re.findall(r"Mål \d", told)) == 7 and len(re.findall(r"\| Modul \d", told)) == 15
    assert "12 insatser och system till visas inte. 2 delmål till visas inte." in told
    assert re.findall(r"Mål (\d)", told) == sorted(re.findall(r"Mål (\d)", told))


def test_a_goal_without_anything_is_kept_and_says_so() -> None:
    told = words(roadmap_figure(of({**GOAL, "goals/h": "name: Hopp\nmodules: [m]\n", **GAP}), ON))
    assert "Mål | Inga insatser att visa" in told and told.count("Inga insatser att visa") == 1


def test_what_waits_for_another_goal_says_its_number() -> None:
    files = {
        "goals/g": "name: G\nmodules: [a]\n", "goals/h": "name: H\nmodules: [b, c]\n",
        "modules/a": "name: Grund\nlifecycle: {introducing: 2027-01, live: 2027-06}\n",
        "modules/b": "name: Journal\ndepends_on: [a]\nlifecycle: {introducing: 2027-09, live: 2028-03}\n",
        "modules/c": "name: Bokning\ndepends_on: [a, b]\nlifecycle: {introducing: 2028-06, live: 2028-12}\n",
    }  # fmt: skip
    told = words(roadmap_figure(of(files), ON))
    assert told.count("väntar på 1") == 1 and "väntar på 1 " in told and "| Grund | 1 |" in told
    assert waits(of(files), ["a", "b", "c"], ON) == {"b": ("a",), "c": ("b",)}


def test_in_grey_the_phases_and_the_gap_differ() -> None:
    fills = {"#9CCBF2", "#E8F1FA", "#C4122F"}
    assert fills <= set(re.findall("#[0-9A-F]{6}", roadmap_figure(of(GAP), ON).svg))
    assert all(lighter - darker > 35 for darker, lighter in pairwise(sorted(map(grey, fills))))


def grey(colour: str) -> float:
    """How light a colour is where there are none, of 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_a_picture_of_one_goal_is_of_that_goal() -> None:
    catalogue = given.good().catalogue
    figure = roadmap_figure(catalogue, ON, goal="sakrare-larm")
    assert "Säkrare larm" in words(figure) and "Enklare bokning" not in words(figure)
    assert broken_laws(figure) == []


def test_every_part_of_the_drawing_is_finite() -> None:
    root = ET.fromstring(roadmap_figure(given.good().catalogue, ON).svg)
    assert not [part for part in root.iter() if "nan" in str(part.attrib) or "inf" in str(part.attrib)]


def test_the_table_says_what_is_known_of_each_milestone() -> None:
    owner = {"organisations/o": "name: Arkitekturenheten\nkind: unit\n"}
    marks = {"milestones/a": f"{MARK}date: 2028-Q1\nowner: o\n", "milestones/b": "name: B\n"}
    catalogue = of({**GOAL, **owner, **marks})
    plain = roadmap_figure(catalogue, ON).table
    assert plain.heading == ("Milstolpe", "Datum", "Läge", "Hur säkert", "Ansvarig", "Delmål")
    assert plain.rows[1] == ("B", "Uppgift saknas", "Uppgift saknas", "Uppgift saknas", "Uppgift saknas", "–")
    compared = roadmap_figure(catalogue, ON, earlier(catalogue, "-6m")).table
    assert compared.heading == ("Milstolpe", "Planerat", "Prognos", "Ändring", "Hur säkert", "Ansvarig")
    moved = ("Nord går över", "kv 3 2027", "kv 1 2028", "6 månader senare", "Beslutad")
    assert compared.rows[0][:5] == moved


def test_gaps_and_what_comes_first_of_each_goal_are_shown_before_the_rest() -> None:
    systems = {
        f"{kind}/{id_}{n}": GAP[f"{kind}/{id_}"].replace("k]", f"k{n}]").replace("replaces: s", f"replaces: s{n}")
        for kind, id_ in (("systems", "s"), ("contracts", "k"), ("replacements", "r"))
        for n in range(3)
    }
    one = {path: GAP[path] for path in ("functions/f", "modules/m")}
    modules = {f"modules/a{n}": f"name: Modul\nlifecycle: {{live: 2026-12-{n + 1:02}}}\n" for n in range(20)}
    goal = {"goals/g": f"name: Mål\nmodules: {[f'a{n}' for n in range(20)]}\n"}
    told = words(roadmap_figure(of({**systems, **one, **modules, **goal}), ON))
    assert "Avtalet för Ambulink slutar 5 månader" in told
    assert told.count("| glapp 2027-07-01–2027-11-30") == 3 and told.count("| Journal |") == 1
    assert told.count("| Modul |") == 11 and "9 insatser och system till visas inte." in told


def test_the_system_of_the_title_is_in_the_picture() -> None:
    systems = {
        f"{kind}/{id_}{n}": GAP[f"{kind}/{id_}"]
        .replace("Ambulink", f"System {n:02}")
        .replace("k]", f"k{n}]")
        .replace("replaces: s", f"replaces: s{n}")
        .replace("2027-06-30", f"2027-{n % 11 + 1:02}-15")
        for kind, id_ in (("systems", "s"), ("contracts", "k"), ("replacements", "r"))
        for n in range(30)
    }
    figure = roadmap_figure(of({**systems, "functions/f": GAP["functions/f"], "modules/m": GAP["modules/m"]}), ON)
    assert figure.title == "System 00 upphör innan ersättaren är i drift"
    assert "| System 00 |" in words(figure) and broken_laws(figure) == []


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2999, 12, 31)])
def test_the_first_and_the_last_day_that_can_be_written_can_be_drawn(on: date) -> None:
    for span in (axis_ahead([], on, 0, 600), axis_of_months(36, on, 0, 600)):
        assert span.start.year >= 1900 and span.start <= on <= span.end and span.end.year <= 2999
