"""Figures keep to what office programs can show, fit their own boxes, and are the same every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import given
import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from modulkarta.changes.between import changes
from modulkarta.figures import Figure
from modulkarta.figures.changed import changed_figure
from modulkarta.figures.coverage import coverage_figure, strip_figure
from modulkarta.figures.fonts import width
from modulkarta.figures.landscape import map_figure
from modulkarta.figures.raster import png
from modulkarta.figures.svg import Drawing, fitted, lines
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.snapshot import Snapshot

ON = date(2026, 11, 30)
SVG = "{http://www.w3.org/2000/svg}"
UNSAFE = re.compile(r"foreignObject|<script|<style|class=|@import|url\(|var\(|href=|currentColor|style=")


def figures(read: Snapshot) -> list[Figure]:
    catalogue = read.catalogue
    return [
        map_figure(catalogue, ON),
        roadmap_figure(catalogue, ON),
        coverage_figure(catalogue, "faltjournal"),
        coverage_figure(catalogue, "bokbladet"),
        coverage_figure(catalogue, "labbdisken"),
        strip_figure(catalogue, "faltjournal", ON),
        strip_figure(catalogue, "labbdisken", ON),
        changed(read, given.read({})),
        changed(given.read({}), read),
    ]


def test_a_thing_with_another_id_is_one_box_in_the_picture_of_a_change() -> None:
    bee = "name: Bee\nsummary: Det gamla ordet.\n"
    before = {"modules/a": "name: A\ndepends_on: [b]\n", "modules/b": bee}
    after = {"modules/a": "name: A\ndepends_on: [c]\n", "modules/c": bee + "former_ids: [b]\n"}
    drawn = changed(given.read(before), given.read(after)).svg
    assert drawn.count(">Bee<") == 2 and "borttagen" not in drawn


def changed(before: Snapshot, after: Snapshot) -> Figure:
    figure = changed_figure(changes(before, after), "sv")
    assert figure
    return figure


def test_figures_hold_only_what_office_programs_keep(good: Snapshot) -> None:
    for figure in figures(good):
        assert not UNSAFE.search(figure.svg), figure.name
        root = ET.fromstring(figure.svg)
        assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
        assert len(figure.alternative) <= 250 and figure.table.rows


WIDE = "W" * 120
WIDE_NAMES = {
    "systems/faltjournal": f"name: {WIDE}\nfunctions: [f]\nareas: [a]\ncontracts: [k]\n",
    "systems/bokbladet": f"name: {WIDE}\ncontracts: [k]\n",
    "systems/labbdisken": f"name: {WIDE}\n",
    "functions/f": f"name: {WIDE}\n",
    "areas/a": f"name: {WIDE}\n",
    "contracts/k": "name: K\nends: 1900\n",
    "capabilities/c": f"name: {WIDE}\nband: core\n",
    "modules/m": f"name: {WIDE}\ncapabilities: [c]\nlifecycle: {{live: 2999}}\n",
    "goals/g": f"name: {WIDE}\nmodules: [m]\n",
    "milestones/ms": f"name: {WIDE}\ndate: 2030-12\n",
    "replacements/r": "name: R\nreplaces: faltjournal\n"
    "functions: [{function: f, disposition: replaced, by: [{module: m}]}]\nwaves: [{area: a, cutover: 2999}]\n",
}


@pytest.mark.parametrize("names", ["good", "wide"])
def test_every_text_lies_inside_the_view_box(good: Snapshot, names: str) -> None:
    for figure in figures(good if names == "good" else given.read(WIDE_NAMES)):
        root = ET.fromstring(figure.svg)
        wide, high = (float(part) for part in root.attrib["viewBox"].split()[2:])
        for text in root.iter(f"{SVG}text"):
            size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
            room = width(text.text or "", size, bold="font-weight" in text.attrib)
            left = x - room / 2 if text.attrib.get("text-anchor") == "middle" else x
            assert left >= 0 and left + room <= wide and size <= y <= high, (figure.name, text.text)


def test_no_two_texts_of_the_roadmap_touch(good: Snapshot) -> None:
    root = ET.fromstring(roadmap_figure(good.catalogue, ON).svg)
    boxes = []
    for text in root.iter(f"{SVG}text"):
        size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
        room = width(text.text or "", size, bold="font-weight" in text.attrib)
        left = x - room / 2 if text.attrib.get("text-anchor") == "middle" else x
        boxes.append((left, y - size * 0.75, left + room, y + size * 0.2, text.text))
    for index, a in enumerate(boxes):
        for b in boxes[index + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (a, b)


def test_what_the_roadmap_leaves_out_is_counted() -> None:
    goals = {"goals/g": "name: Mål\n"}
    marks = {f"milestones/m{i}": f"name: Milstolpe {i}\ndate: 2027-0{i % 9 + 1}\ngoal: g\n" for i in range(30)}
    figure = roadmap_figure(given.read({**goals, **marks}).catalogue, ON)
    assert "12 till står bara i tabellen." in figure.svg
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
    assert int.from_bytes(first[16:20], "big") == pytest.approx(1120 * 300 / 96, abs=1)


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
