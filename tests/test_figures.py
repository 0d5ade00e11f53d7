"""Figures keep to what office programs can show, to the law of the page, and are the same every time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import drawn
import given
import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta import snapshot
from modulkarta.analysis import capabilities, coverage, landscape
from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.structure import layers
from modulkarta.changes.between import changes
from modulkarta.changes.history import Month
from modulkarta.figures import Figure, bounds
from modulkarta.figures.capabilities import capabilities_figure
from modulkarta.figures.changed import changed_figure
from modulkarta.figures.coverage import coverage_figure, outcome, strip_figure
from modulkarta.figures.fonts import width
from modulkarta.figures.gaps import gaps_figure
from modulkarta.figures.landscape import map_figure
from modulkarta.figures.layers import layers_figure
from modulkarta.figures.neighbours import relations_figure
from modulkarta.figures.raster import png
from modulkarta.figures.slips import slips_figure
from modulkarta.figures.strips import strips_figure
from modulkarta.figures.svg import PAGE, Drawing, fitted, lines
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, Language, said

ON, LATER = date(2026, 11, 30), date(2030, 12, 31)
SVG = "{http://www.w3.org/2000/svg}"
UNSAFE = re.compile(r"foreignObject|<script|<style|class=|@import|url\(|var\(|href=|currentColor|style=")


def figures(read: Snapshot, language: Language = "sv") -> list[Figure]:
    """Every picture of a catalogue."""
    catalogue = read.catalogue
    systems = [s.id for s in catalogue.of_kind["system"]]
    return [
        map_figure(catalogue, ON, language),
        map_figure(catalogue, LATER, language, target=True),
        strips_figure(catalogue, replacing.all_systems(catalogue), ON, language),
        roadmap_figure(catalogue, ON, None, language),
        gaps_figure(catalogue, ON, language),
        capabilities_figure(catalogue, ON, language),
        layers_figure(catalogue, language),
        *(layers_figure(catalogue, language, focus=catalogue.entities[id_]) for id_ in systems[:2]),
        *(relations_figure(catalogue, id_, language) for id_ in systems[:2]),
        changed(given.read({}), read, language),
        changed(read, given.read({}), language),
        slips(*[(i * i * 37, i % 3) for i in range(12)], language=language),
        *(coverage_figure(catalogue, id_, language) for id_ in systems),
        *(strip_figure(catalogue, id_, ON, language) for id_ in systems),
    ]


def both_languages(read: Snapshot) -> list[Figure]:
    return [figure for language in LANGUAGES for figure in figures(read, language)]


def broken_laws(figure: Figure) -> list[object]:
    """What of a figure does not stand as words on a page must."""
    if not figure.svg:
        return [] if figure.why and figure.table.rows else ["neither drawn nor explained"]
    found: list[object] = [*drawn.touching(figure.svg), *drawn.outside(figure.svg)]
    found += [drawn.smallest(figure.svg)] * (drawn.smallest(figure.svg) < 9)
    return found + [figure.alternative] * (not 0 < len(figure.alternative) <= 250)


def test_a_thing_with_another_id_is_one_box_in_the_picture_of_a_change() -> None:
    bee = "name: Bee\nsummary: Det gamla ordet.\n"
    before = {"modules/a": "name: A\ndepends_on: [b]\n", "modules/b": bee}
    after = {"modules/a": "name: A\ndepends_on: [c]\n", "modules/c": bee + "former_ids: [b]\n"}
    drawn = changed(given.read(before), given.read(after)).svg
    assert drawn.count(">Bee<") == 2 and "borttagen" not in drawn


def changed(before: Snapshot, after: Snapshot, language: Language = "sv") -> Figure:
    figure = changed_figure(changes(before, after), language)
    assert figure
    return figure


def slips(*moved: tuple[int, int], language: Language = "sv") -> Figure:
    """How many dates moved, later and earlier, month by month from October 2025."""
    firsts = [date(2025 + (9 + i) // 12, (9 + i) % 12 + 1, 1) for i in range(len(moved))]
    several = [Month(first=first, later=one, earlier=other) for first, (one, other) in zip(firsts, moved, strict=True)]
    return slips_figure(several, language)


def test_figures_hold_only_what_office_programs_keep(good: Snapshot) -> None:
    for figure in both_languages(good):
        assert not UNSAFE.search(figure.svg), figure.name
        root = ET.fromstring(figure.svg)
        assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
        assert figure.table.rows and figure.table.heading


@pytest.mark.parametrize("which", ["good", "real"])
def test_no_words_touch_leave_the_picture_or_are_too_small_to_print(good: Snapshot, which: str) -> None:
    read = good if which == "good" else snapshot.build(given.real(), given.metamodel(), given.TODAY)
    for figure in both_languages(read):
        assert broken_laws(figure) == [], figure.name


WIDE, RTL, MARKS = "W" * 120, "מערכת " * 20, "ọ̶̈" * 40
ODD = st.one_of(
    st.sampled_from([WIDE, RTL.strip(), MARKS, "A", "1 2 " * 29 + "1", "Överlämningsrapporteringsunderlag " * 3 + "x"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1, max_size=120).filter(
        str.strip
    ),
)
DAYS = st.sampled_from(["1900", "2026-11", "2027-Q2", "2028", "2028-03-31", "2027..2030", "2999", "unknown"])


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, str]:
    """A catalogue with odd names, of few or many functions, areas, modules and systems."""
    name = lambda: json.dumps(draw(ODD).strip(), ensure_ascii=False)  # noqa: E731
    many = st.integers(0, 9)
    functions, areas, modules = ([f"{c}{i}" for i in range(draw(many))] for c in "fam")
    files = {"systems/s": f"name: {name()}\nfunctions: {functions}\nareas: {areas}\ncontracts: [k]\n"}
    files |= {"contracts/k": f"name: {name()}\nends: {draw(DAYS)}\n"}
    files |= {"capabilities/c": f"name: {name()}\nband: core\n", "capabilities/d": f"name: {name()}\nband: support\n"}
    files |= {f"functions/{id_}": f"name: {name()}\ncapabilities: [c]\n" for id_ in functions}
    files |= {f"areas/{id_}": f"name: {name()}\n" for id_ in areas}
    for id_ in modules:
        live = f"lifecycle: {{live: {draw(DAYS)}}}"
        files[f"modules/{id_}"] = f"name: {name()}\ncapabilities: [{draw(st.sampled_from('cd'))}]\n{live}\n"
    by = [
        f"{{function: {f}, disposition: replaced, by: [{{module: {m}}}]}}"
        for f, m in zip(functions, modules, strict=False)
    ]
    waves = [f"{{area: {id_}, cutover: {draw(DAYS)}}}" for id_ in areas]
    plan = f"name: {name()}\nreplaces: s\nfunctions: [{', '.join(by)}]\nwaves: [{', '.join(waves)}]\n"
    return files | ({"replacements/r": plan} if draw(st.booleans()) else {})


@settings(max_examples=25)
@law(catalogues())
def test_whatever_things_are_called_no_words_touch_or_leave_the_picture(files: dict[str, str]) -> None:
    for figure in figures(given.read(files)):
        assert broken_laws(figure) == [], figure.name


@pytest.mark.parametrize("number", [0, 1, 1000])
def test_of_nothing_one_thing_or_a_thousand_there_is_a_picture_or_a_table_that_says_why(number: int) -> None:
    modules = {f"modules/m{i}": f"name: Modul {i}\nlifecycle: {{live: 2028}}\n" for i in range(number)}
    systems = {f"systems/s{i}": f"name: System {i}\n" for i in range(number)}
    catalogue = given.read(modules | systems).catalogue
    everything = replacing.all_systems(catalogue)
    several = (map_figure(catalogue, ON), strips_figure(catalogue, everything, ON))
    assert [bool(figure.why) for figure in several] == [number == 1000] * 2
    for figure in (*several, gaps_figure(catalogue, ON), capabilities_figure(catalogue, ON), layers_figure(catalogue)):
        assert not figure.svg or broken_laws(figure) == []
        assert figure.shape * PAGE <= bounds.HIGHEST
    assert [len(figure.table.rows) >= number for figure in (*several, layers_figure(catalogue))] == [True] * 3


def test_the_map_keeps_its_places_on_every_day(good: Snapshot) -> None:
    today, target = map_figure(good.catalogue, ON), map_figure(good.catalogue, LATER, target=True)
    assert today.svg != target.svg
    assert places(today) == places(target) and len(places(today)) == 11


def places(figure: Figure) -> list[tuple[float, float]]:
    """Where the boxes of the map lie, from the first of them: a longer title moves them all."""
    boxes = [rect for rect in ET.fromstring(figure.svg).iter(f"{SVG}rect") if rect.get("rx") == "4"]
    found = [(float(box.attrib["x"]), float(box.attrib["y"])) for box in boxes]
    return [(x, round(y - found[0][1], 1)) for x, y in found]


def test_a_map_too_high_for_a_page_leaves_the_systems_to_the_table() -> None:
    files = {f"modules/m{i}": f"name: M{i}\n" for i in range(3)} | {f"systems/s{i}": f"name: S{i}\n" for i in range(90)}
    figure = map_figure(given.read(files).catalogue, ON)
    assert "90 befintliga system står bara i tabellen." in figure.svg
    assert ">S1<" not in figure.svg and len(figure.table.rows) == 93


def test_a_map_of_many_modules_has_signs_for_words_and_still_fits_a_page() -> None:
    files = {f"modules/m{i}": f"name: M{i}\ntruth: illustrative\nlifecycle: {{live: 20{i:02}}}\n" for i in range(70)}
    figure = map_figure(given.read({**files, "modules/real": "name: Riktig\n"}).catalogue, ON)
    assert figure.shape * PAGE <= bounds.HIGHEST and ">M69*<" in figure.svg and broken_laws(figure) == []
    assert ">I drift<" in figure.svg and "* exempel: påhittat" in figure.svg


def test_a_map_where_all_is_made_up_says_so_once_over_the_boxes_and_in_its_title() -> None:
    files = {f"modules/m{i}": "name: M\ntruth: illustrative\nlifecycle: {live: 2030}\n" for i in range(3)}
    figure = map_figure(given.read(files).catalogue, ON)
    said = [label.words for label in drawn.labels(figure.svg) if "exempel" in label.words]
    assert said == ["Alla moduler är exempel, och allt som sägs om dem."]
    assert "3 moduler (exempel)" in figure.alternative


def test_many_areas_are_numbered_and_what_the_numbers_and_signs_mean_is_said() -> None:
    areas = [f"a{i}" for i in range(14)]
    waves = ", ".join(f"{{area: {id_}, cutover: 2028}}" for id_ in areas)
    files = {
        "systems/s": f"name: S\nfunctions: [f]\nareas: {areas}\ncontracts: [k]\n",
        "contracts/k": "name: K\nends: 2027\n",
        "functions/f": "name: F\n",
        "modules/m": "name: M\n",
        "replacements/r": f"name: R\nreplaces: s\nfunctions: [{{function: f, disposition: replaced, by: "
        f"[{{module: m}}]}}]\nwaves: [{waves}]\n",
        **{f"areas/{id_}": f"name: Område {id_}\n" for id_ in areas},
    }
    words = " ".join(label.words for label in drawn.labels(coverage_figure(given.read(files).catalogue, "s").svg))
    assert "14 Område a13" in words and "S: 1 av 1 funktioner kan få glapp" in words


def test_the_gap_is_the_darkest_area_of_the_map_and_the_only_red(good: Snapshot) -> None:
    fills = set(re.findall(r'<rect[^>]* fill="(#\w{6})"', map_figure(good.catalogue, ON).svg))
    darkest = min(fills, key=luminance)
    assert darkest == "#C4122F" and sorted(map(luminance, fills))[1] > 1.5 * luminance(darkest)


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_without_gaps_the_picture_of_them_says_so() -> None:
    assert gaps_figure(given.read({}).catalogue, ON).title == "Inga glapp"
    unknown = {"systems/s": "name: S\nfunctions: [f]\ncontracts: [k]\n", "functions/f": "name: F\n",
               "contracts/k": "name: K\nends: unknown\n"}  # fmt: skip
    figure = gaps_figure(given.read(unknown).catalogue, ON)
    assert figure.title == "Inga glapp i det som kan bedömas" and "1 kombination av funktion" in figure.svg


def test_the_gaps_stand_worst_first_with_the_days_that_are_told_everywhere(good: Snapshot) -> None:
    rows = coverage.gaps(good.catalogue)
    figure = gaps_figure(good.catalogue, ON)
    words = [label.words for label in drawn.labels(figure.svg)]
    told = [outcome(row) for row in rows]
    assert [one for one in words if one in told] == told and [row[3] for row in figure.table.rows] == told
    assert figure.title == "Planen har 13 glapp (varav 4 exempel): 11 säkra och 2 möjliga"


def test_the_capabilities_on_a_calendar_say_what_the_command_says(good: Snapshot) -> None:
    figure, found = capabilities_figure(good.catalogue, ON), capabilities.supports(good.catalogue)
    assert len(figure.table.rows) == sum(len(one.periods) for one in found)
    now = sum(bool(one.on(ON).sure) for one in found)
    assert figure.title.startswith(f"{now} av {len(found)} förmågor har en modul i drift 2026-11-30")


def test_each_thing_of_a_layer_is_in_the_picture_or_counted_there(good: Snapshot) -> None:
    files = {f"modules/m{i:02}": f"name: Modul nummer {i}\n" for i in range(40)}
    for catalogue in (good.catalogue, given.read(files).catalogue):
        figure = layers_figure(catalogue)
        words = {label.words.rstrip("*") for label in drawn.labels(figure.svg)}
        things = [e for layer in layers.every_layer(catalogue) for shelf in layer.shelves for e in shelf.entities]
        assert sum(e.short_name in words for e in things) + len(figure.left_out) == len(things)
    assert f">{len(figure.left_out)} till<" in figure.svg


def test_the_title_is_the_message(good: Snapshot) -> None:
    titles = {figure.name: figure.title for figure in figures(good)}
    assert titles["karta"] == "1 av 7 moduler är i drift 2026-11-30, och 4 moduler (varav 2 exempel) har glapp"
    assert titles["karta-malbild"] == "Målbilden 2030-12-31: 4 av 7 moduler (varav 1 exempel) är i drift"
    hull = coverage.hull(coverage.of_system(good.catalogue, "faltjournal"))
    assert hull and titles["tid-faltjournal"] == f"Fältjournal: {said(landscape.gap_said(hull))} (exempel)"
    assert titles["tackning-labbdisken"] == "Labbdisken: om ersättaren kommer i tid kan inte bedömas"


def test_what_the_roadmap_leaves_out_is_counted() -> None:
    goals = {"goals/g": "name: Mål\n"}
    marks = {f"milestones/m{i}": f"name: Milstolpe {i}\ndate: 2027-0{i % 9 + 1}\ngoal: g\n" for i in range(30)}
    figure = roadmap_figure(given.read({**goals, **marks}).catalogue, ON)
    assert "18 milstolpar till står bara i tabellen." in figure.svg
    assert len(figure.table.rows) == 30


def test_the_same_catalogue_gives_the_same_bytes_in_another_process_zone_and_locale(good: Snapshot) -> None:
    program = (
        "import given, hashlib, test_figures as t\n"
        "print(hashlib.sha256(''.join(f.svg for f in t.figures(given.good())).encode()).hexdigest())"
    )
    sums = set()
    for zone, locale, seed in (("Europe/Stockholm", "C", "1"), ("Asia/Tokyo", "sv_SE.UTF-8", "2")):
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": "tests"}
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=given.ROOT, env=environment, capture_output=True, text=True, check=True
        )
        sums.add(run.stdout)
    assert len(sums) == 1


def test_png_has_its_resolution_and_is_the_same_twice(good: Snapshot) -> None:
    svg = coverage_figure(good.catalogue, "bokbladet").svg
    first = png(svg)
    assert first == png(svg)
    assert first[:8] == b"\x89PNG\r\n\x1a\n" and b"pHYs" in first[:80]
    assert int.from_bytes(first[16:20], "big") == pytest.approx(604 * 300 / 96, abs=1)


@law(st.text(), st.floats(6, 20), st.floats(20, 400))
def test_fitted_text_fits(words: str, size: float, room: float) -> None:
    assert width(fitted(words, size, room), size) <= max(room, width("…", size))


@law(st.lists(st.text("abcåäöMW", min_size=1, max_size=12), max_size=12), st.floats(60, 300))
def test_broken_lines_fit_and_lose_nothing(words: list[str], room: float) -> None:
    broken = lines(" ".join(words), 12, room)
    assert all(width(line, 12) <= room for line in broken)
    assert "".join(broken).replace("-", "").replace(" ", "") == "".join(words)


@law(st.floats(1, 500), st.floats(1, 60))
def test_hatching_stays_inside_its_box(w: float, h: float) -> None:
    drawing = Drawing("x", "x", "x", 600, 100)
    drawing.hatch(10, 20, w, h, "#000")
    numbers = re.findall(r"[ML]([\d.]+) ([\d.]+)", drawing.svg())
    assert all(10 <= float(x) <= 10 + w + 0.1 and 20 <= float(y) <= 20 + h + 0.1 for x, y in numbers)
