"""The report's section: whole, honest, and the same every time."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import given
import pytest
from click.testing import CliRunner
from sections import ON, holding

from modulkarta.cli import cli
from modulkarta.figures import raster, table
from modulkarta.report import files
from modulkarta.report.blocks import Heading, Paragraph, Run, Section, Tabular
from modulkarta.report.html import fragment, page
from modulkarta.report.markdown import markdown
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot


def made(read: Snapshot) -> Section:
    return section(read.catalogue, on=ON, version=read.version)


def test_looks_and_addresses_are_written_and_their_signs_are_words() -> None:
    runs = (
        Run(text="Läs "),
        Run(text="den *nya* ", strong=True),
        Run(text="planen", address="https://example.org/a(b)"),
    )
    report = holding(Paragraph(words=runs))
    assert markdown(report).splitlines()[-1] == r"Läs **den \*nya\*** [planen](<https://example.org/a(b)>)"
    assert '<p>Läs <strong>den *nya* </strong><a href="https://example.org/a(b)">planen</a></p>' in page(report)


def test_every_table_and_figure_of_the_markdown_is_in_the_html(good: Snapshot) -> None:
    report = made(good)
    html = page(report)
    root = ET.fromstring(_as_xml(html))
    assert len(list(root.iter("table"))) == sum(bool(t.table.rows) for t in report.tables)
    assert len(list(root.iter("img"))) == len(report.pictures) == 6
    assert all(image.attrib["alt"] for image in root.iter("img"))
    for cells in root.iter("table"):
        assert cells.find("caption") is not None and cells.find("thead/tr/th[@scope='col']") is not None


def _as_xml(html: str) -> str:
    """The page as XML: its few empty elements closed."""
    return re.sub(r"<(meta|img)([^>]*)>", r"<\1\2/>", html.removeprefix("<!doctype html>\n"))


def test_headings_step_one_level_at_a_time(good: Snapshot) -> None:
    report = made(good)
    levels = [1, *(b.level for b in report.blocks if isinstance(b, Heading))]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    inside = fragment(report, folder="", suffix="", level=2)
    assert "<h1" not in inside and "<h2>Målbild och färdplan</h2>" in inside


def test_pictures_are_fetched_when_they_come_into_view_and_have_their_room_before_that(good: Snapshot) -> None:
    pictures = re.findall("<img[^>]*>", page(made(good)))
    assert pictures
    assert all(re.search(r'width="\d+" height="\d+" loading="lazy"', picture) for picture in pictures)


def test_hostile_words_stay_words_in_markdown_and_html() -> None:
    hostile = table("<b>|", ("a|b", "<i>"), [("*x* | [y](z)", "<script>\n# rubrik")])
    report = Section(
        title="T",
        language="sv",
        length="bilaga",
        on=ON,
        version="v",
        blocks=(Tabular(table=hostile, number=1, label="Tabell"),),
    )
    row = markdown(report).splitlines()[-1]
    assert row == r"| \*x\* \| \[y\](z) | \<script\> \# rubrik |"
    assert "<script>" not in page(report) and "<i>" not in page(report)


def test_csv_opens_as_words_never_as_formulas() -> None:
    formulas = table("c", ("å", "b"), [("=1+1", "-2"), ("+x", "@y")])
    report = Section(
        title="T",
        language="sv",
        length="bilaga",
        on=ON,
        version="v",
        blocks=(Tabular(table=formulas, number=1, label="Tabell"),),
    )
    data = files.contents(report)["tabeller/tabell-1.csv"]()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["å", "b"], ["'=1+1", "'-2"], ["'+x", "'@y"]]


def test_an_empty_catalogue_still_gives_a_section() -> None:
    text = markdown(made(given.read({})))
    for words in (
        "Ingen målbild är inlagd.",
        "Inga milstolpar är inlagda.",
        "Inga beslut väntar.",
        "Inga moduler är inlagda ännu.",
    ):
        assert words in text


def test_the_command_writes_what_the_page_offers(good: Snapshot, tmp_path: Path) -> None:
    arguments = ["report", "--date", "2026-11-30", "-o", str(tmp_path / "ut"), "--catalogue", str(given.GOOD)]
    result = CliRunner().invoke(cli, [*arguments, "--audience", "secret"], standalone_mode=False)
    assert result.return_value == 0, result.output
    written = {p.relative_to(tmp_path / "ut").as_posix(): p.read_bytes() for p in (tmp_path / "ut").rglob("*.*")}
    offered = files.contents(made(good))
    assert set(written) == set(offered)
    assert all(written[name] == offered[name]() for name in offered if not name.endswith(".png"))
    assert sum(name.endswith(".png") for name in written) == sum(name.endswith(".svg") for name in written) == 6


def test_what_goes_into_several_files_is_made_once(good: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures are in the document, beside it and in the archive; the workbook is beside it and in the archive."""
    asked: list[str] = []
    monkeypatch.setattr(files, "png", lambda svg: asked.append(svg) or raster.png(svg))
    monkeypatch.setattr(files, "workbook", lambda section: asked.append("") or b"a workbook")
    report = made(good)
    written = [writer() for writer in files.contents(report).values()]
    assert len(written) > len(asked) == len(set(asked)) == len(report.pictures) + 1


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    arguments = ["report", "--dry-run", "-o", str(tmp_path / "ut"), "--catalogue", str(given.GOOD)]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert "malbild-och-fardplan.docx" in result.output and not (tmp_path / "ut").exists()
