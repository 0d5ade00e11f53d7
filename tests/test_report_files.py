"""The files beside the text: Markdown that is read as it was written, tables, alternative texts and the archive."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import get_args

import given
import openpyxl
import pikepdf
import printed
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from sections import ON, holding

from modulkarta.figures import table
from modulkarta.figures.raster import png
from modulkarta.figures.unmade import CannotMake
from modulkarta.report import files
from modulkarta.report.blocks import (
    LENGTHS,
    Bullets,
    Heading,
    Paragraph,
    Run,
    Section,
    Tabular,
    Tone,
    bullets,
    paragraph,
)
from modulkarta.report.blocks import holding as told_of
from modulkarta.report.bundle import archive
from modulkarta.report.docx import docx
from modulkarta.report.html import page, to_paste
from modulkarta.report.markdown import markdown
from modulkarta.report.pdf import pdf
from modulkarta.report.section import section
from modulkarta.report.tables import workbook
from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, Language, Untranslated

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def made(read: Snapshot) -> Section:
    return section(read.catalogue, on=ON, version=read.version)


def test_what_stands_in_another_language_says_so_in_html_word_and_pdf() -> None:
    swedish = Untranslated("På svenska")
    twin = Tabular(table=table("C", ["H", "I"], [("R", swedish), (swedish, "S")]), number=1, label="Table")
    report = holding(Bullets(items=(told_of("So: På svenska.", swedish),)), twin, language="en")
    read = BeautifulSoup(page(report), "html.parser").select("body [lang]")
    assert [(one.name, one["lang"], one.text) for one in read] == [
        ("span", "sv", swedish), ("td", "sv", swedish), ("th", "sv", swedish)
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(docx(report))) as made_:
        said = BeautifulSoup(made_.read("word/document.xml"), "xml").find_all("lang", {"w:val": "sv-SE"})
    assert [one.find_parent("r").text for one in said] == [swedish] * 3
    document = printed.opened(pdf(replace(report, blocks=report.blocks[:1])))
    drawn_ = (
        list(one.operands) for one in pikepdf.parse_content_stream(document.pages[0]) if str(one.operator) == "BDC"
    )
    assert [str(about["/Lang"]) for _, about in drawn_ if "/Lang" in about] == ["sv-SE"]


# Markdown


def squeezed(text: str) -> str:
    """Words with single spaces, and none for what only steers."""
    return " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text).split())


def read_back(text: str) -> list[tuple[str, str]]:
    """What Markdown is read as: the element that each text stands in, and its words."""
    tokens = READER.parse(text)
    return [(tokens[i - 1].tag, words(token)) for i, token in enumerate(tokens) if token.type == "inline"]


def words(inline: Token) -> str:
    ignored = ("html_inline", "image")
    return squeezed("".join(child.content for child in inline.children or () if child.type not in ignored))


TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=" 1.)-+=#>*_`~|\\[]()<>!&;:a:/$x\n", max_size=12),
)


@settings(max_examples=300, deadline=None)
@drawn(TEXTS, st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
@example("1. x", ["- y", "+ z", "= å"], "===")
@example("a_b __c__", ["&amp; &lt;", "<b>", "12) x"], "\\|")
def test_any_text_is_read_back_as_it_was_written(text: str, items: list[str], cell: str) -> None:
    blocks = (
        Heading(text=text, level=2),
        paragraph(text),
        bullets(items),
        paragraph(cell, "missing"),
        Tabular(table=table("c", (text, "b"), [(cell, text)]), number=1, label="Tabell"),
    )
    written = [
        ("h1", squeezed(cell)), ("h2", squeezed(text)), ("p", squeezed(text)), *(("p", squeezed(one)) for one in items),
        ("p", squeezed(cell)), ("p", "Tabell 1. c."),
        ("th", squeezed(text)), ("th", "b"), ("td", squeezed(cell)), ("td", squeezed(text)),
    ]  # fmt: skip
    read = read_back(markdown(holding(*blocks, title=cell)))
    assert [one for one in read if one[1]] == [one for one in written if one[1]]


RUNS = st.builds(
    Run,
    text=st.one_of(st.text(max_size=8), st.sampled_from(["ord", " ord", "ord ", "(ord)", "*", "_", " ", "."])),
    strong=st.booleans(),
    emphasis=st.booleans(),
    address=st.sampled_from(["", "", "", "https://example.org/a(b)_c_<d>"]),
)


@settings(max_examples=300, deadline=None)
@drawn(st.lists(RUNS, min_size=1, max_size=4))
def test_looks_are_read_back_too(runs: list[Run]) -> None:
    (inline, *_) = [*inlines(markdown(holding(Paragraph(words=tuple(runs))))), None]
    expected = "".join(squeezed_signs(run.text) * (run.strong) for run in runs)
    assert (strong(inline) if inline else "") == expected


def inlines(text: str) -> Iterator[Token]:
    return (token for token in READER.parse(text)[3:] if token.type == "inline")


def squeezed_signs(text: str) -> str:
    return squeezed(text).replace(" ", "")


def strong(inline: Token) -> str:
    """The words that are strong, in asterisks or in tags."""
    deep, found = 0, ""
    for child in inline.children or ():
        deep += (child.type == "strong_open" or child.content == "<strong>") - (
            child.type == "strong_close" or child.content == "</strong>"
        )
        found += child.content if deep and child.type == "text" else ""
    return squeezed_signs(found)


def test_what_the_section_rests_on_and_what_nobody_has_written_look_like_it() -> None:
    lines = markdown(holding(paragraph("Läge.", "source"), paragraph("Text saknas.", "missing"))).splitlines()
    assert lines[2:] == ["*Läge.*", "", "> Text saknas."]


# HTML


def test_what_is_pasted_has_no_style_no_class_and_all_the_words(good: Snapshot) -> None:
    pasted, whole = (BeautifulSoup(html, "html.parser") for html in (to_paste(made(good)), page(made(good))))
    assert not [tag for tag in pasted.find_all(True) if {"class", "style", "tabindex", "role"} & set(tag.attrs)]
    assert not pasted.find_all(["style", "script", "h1"]) and pasted.div is not None and pasted.div["lang"] == "sv"
    assert whole.main is not None and pasted.get_text(" ", strip=True) == whole.main.get_text(" ", strip=True)
    alternatives = [picture.figure.alternative for picture in made(good).pictures]
    assert [image["alt"] for image in pasted.find_all("img")] == alternatives


@pytest.mark.parametrize(("tone", "tag"), [("source", "small"), ("missing", "mark")])
def test_a_tone_is_an_element(tone: Tone, tag: str) -> None:
    assert f"<p><{tag}>Ord</{tag}></p>" in to_paste(holding(paragraph("Ord", tone)))


def test_an_address_that_runs_is_only_words() -> None:
    report = holding(Paragraph(words=(Run(text="x", address="javascript:alert(1)"),)))
    assert "javascript" not in page(report) + markdown(report)


def test_an_empty_table_says_so_in_its_language() -> None:
    nothing = Tabular(table=table("Gaps", ("a",), []), number=1, label="Table")
    report = holding(nothing, language="en")
    assert "Nothing to show." in markdown(report) and "Nothing to show." in page(report)
    assert '<html lang="en">' in page(report)


# Files


def test_the_files_are_named_by_length_and_language() -> None:
    picture = Bullets(items=())
    names = {
        next(iter(files.contents(Section(
            title="T", language=language, length=length, on=ON, version="v", blocks=(picture,)
        ))))
        for length in LENGTHS for language in LANGUAGES
    }  # fmt: skip
    stem = "malbild-och-fardplan"
    assert names == {f"{stem}{length}{lang}.docx" for length in ("", "-avsnitt", "-notis") for lang in ("", "-en")}
    assert len(LENGTHS) == 3 and len(get_args(Language)) == 2


def test_lengths_and_languages_side_by_side_never_write_over_each_other(good: Snapshot) -> None:
    written: dict[str, bytes] = {}
    for length in LENGTHS:
        for language in LANGUAGES:
            report = section(good.catalogue, on=ON, version=good.version, length=length, language=language)
            for name, writer in files.contents(report).items():
                if name.endswith((".svg", ".csv", ".md")):
                    assert written.setdefault(name, writer()) == writer(), name


def test_every_file_has_its_type(good: Snapshot) -> None:
    assert all("/" in files.media_type(name) for name in files.contents(made(good)))


# The workbook

CELLS = st.text(max_size=20)


def opened(report: Section) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(report)))


@settings(max_examples=25, deadline=None)
@drawn(st.lists(st.tuples(CELLS, CELLS), max_size=3), CELLS)
@example([("=1+1", "@SUM(A1)"), ("{=1}", "-2"), ("007", "1e5"), ("2026-01-01", "https://example.org")], "=x")
@example([("_x0041_", "\x01\x0b"), ("x" * 40_000, "\ufffe")], "")
def test_every_cell_of_the_workbook_is_the_text_it_was(rows: list[tuple[str, str]], name: str) -> None:
    report = holding(Tabular(table=table("c", (name, "b"), rows), number=1, label="Tabell"))
    sheet = opened(report)["Tabell 1"]
    read = [[cell.value or "" for cell in row[:2]] for row in sheet.iter_rows(min_row=3)]
    assert [[str(c)[:32_000] for c in row] for row in read] == [[held(c) for c in row] for row in [(name, "b"), *rows]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s"}


def held(text: str) -> str:
    """A text as the format holds it: line ends are one sign, what only steers is a space, and it is not endless."""
    steers = ((unicodedata.category(c) == "Cc" and c not in "\t\n") or c in "\ufffe\uffff" for c in text)
    return "".join(" " if one else c for one, c in zip(steers, text, strict=True))[:32_000]


def test_the_workbook_has_a_sheet_a_table_and_one_that_lists_them(good: Snapshot) -> None:
    report = made(good)
    book = opened(report)
    assert book.sheetnames == ["Innehåll", *(f"Tabell {one.number}" for one in report.tables)]
    listed = [cell.value for cell in book["Innehåll"]["A"][3:]]
    assert listed == [one.caption for one in report.tables]
    for tabular in report.tables:
        sheet = book[f"Tabell {tabular.number}"]
        assert sheet["A1"].value == tabular.caption and good.version in sheet["A2"].value
        assert sheet.freeze_panes == "B4" and sheet.print_title_rows == "$3:$3" and sheet.auto_filter.ref
        assert all(cell.font.b for cell in sheet[3])
    assert book.properties.title == report.title and book.properties.created == datetime(2026, 11, 30)


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch, good: Snapshot) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(CannotMake, match=r"pip install 'modulkarta\[report\]'"):
        workbook(made(good))


# The archive, and what is to be copied from


def test_the_archive_holds_what_the_folder_holds_but_the_text(good: Snapshot) -> None:
    offered = files.contents(made(good))
    data = offered["malbild-och-fardplan.zip"]()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(name for name in offered if not name.startswith("malbild"))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(archive.read(name) == offered[name]() for name in archive.namelist())


def test_every_figure_has_its_alternative_text_to_copy(good: Snapshot) -> None:
    report = made(good)
    read = read_back(files.contents(report)["alt-texter.md"]().decode())
    for picture in report.pictures:
        at = read.index(("h2", squeezed(picture.caption)))
        assert read[at + 1] == ("p", squeezed(picture.figure.alternative))
        assert f"figurer/{picture.figure.name}.csv" in read[at + 2][1]


def test_the_same_files_in_every_place(good: Snapshot, tmp_path: Path) -> None:
    program = (
        "import given, test_report_files as here; from hashlib import sha256; read = given.good();"
        "print(*(sha256(data).hexdigest() for data in here.cheap(here.made(read))))"
    )
    there = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    environment = {**os.environ, **there, "PYTHONPATH": f"{given.ROOT}:{given.ROOT / 'tests'}"}
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ended.stdout.split() == [sha256(data).hexdigest() for data in cheap(made(good))], ended.stderr


def cheap(report: Section) -> list[bytes]:
    """Every file, with one of the figures in dots only."""
    kept = {name: writer for name, writer in files.contents(report).items() if name[-4:] not in (".png", ".zip")}
    picture = report.pictures[-1].figure
    return [*(writer() for writer in kept.values()), png(picture.svg), archive(kept)]
