"""The Word document: opened, read and printed as those who get it would."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence

import drawn
import given
import office
import pytest
from docx import Document
from docx.document import Document as Word
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from sections import ON, holding
from word_templates import parts

from modulkarta.figures import Figure, bounds, table
from modulkarta.figures.fonts import width
from modulkarta.figures.raster import CannotRaster
from modulkarta.figures.svg import Drawing
from modulkarta.report import columns
from modulkarta.report.blocks import (
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Run,
    Section,
    Tabular,
    bullets,
    paragraph,
    plain,
)
from modulkarta.report.docx import docx
from modulkarta.report.docx.words import address, cleaned
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
CENTIMETRE = 360_000


def opened(data: bytes) -> Word:
    return Document(io.BytesIO(data))


def picture(high: float = 100, number: int = 1) -> Picture:
    drawing = Drawing("bild", "Titeln", "Beskrivning", 604, high)
    drawing.text(10, 20, "Etikett", 12)
    twin = table("Som tabell", ("A", "B"), [("1", "2")])
    figure = Figure(
        name="bild", title="Titeln", svg=drawing.svg(), shape=high / 604, alternative="Det viktiga", table=twin
    )
    return Picture(figure=figure, number=number, label="Figur", text="Titeln.")


@pytest.fixture(scope="module")
def report(good: Snapshot) -> Section:
    return section(good.catalogue, on=ON, version=good.version)


@pytest.fixture(scope="module")
def written(report: Section) -> bytes:
    return docx(report)


@pytest.fixture(scope="module")
def word(written: bytes) -> Word:
    return opened(written)


def test_headings_are_the_built_in_ones_one_level_at_a_time_and_none_is_empty(word: Word, report: Section) -> None:
    headings = [p for p in word.paragraphs if p.style and (p.style.name or "").startswith(("Heading", "Title"))]
    assert {p.style.name for p in headings if p.style} == {"Heading 1", "Heading 2", "Heading 3"}
    assert all(p.text.strip() for p in headings)
    assert [p.text for p in headings] == [report.title, *(b.text for b in report.blocks if isinstance(b, Heading))]


def test_every_picture_has_its_words_and_a_number_of_its_own(word: Word, report: Section) -> None:
    about = list(word.element.body.iter(f"{DRAWING}docPr"))
    assert [one.get("descr") for one in about] == [p.figure.alternative for p in report.pictures]
    assert len({one.get("id") for one in about}) == len(about) == len(report.pictures)


def test_every_picture_is_as_wide_as_the_text_and_fits_its_page(word: Word) -> None:
    for shape in word.inline_shapes:
        assert shape.width == pytest.approx(16 * CENTIMETRE, rel=0.002)
        assert shape.height <= 22 * CENTIMETRE


def test_the_highest_figure_that_is_drawn_is_as_wide_as_the_text() -> None:
    (shape,) = opened(docx(holding(picture(round(bounds.HIGHEST))))).inline_shapes
    assert shape.width == pytest.approx(16 * CENTIMETRE, rel=0.002)


def test_a_tall_picture_is_made_smaller_and_none_is_made_larger() -> None:
    tall, low = (opened(docx(holding(picture(high)))).inline_shapes[0] for high in (3000, 60))
    assert tall.height <= 23.3 * CENTIMETRE and tall.width == pytest.approx(tall.height * 604 / 3000, rel=0.01)
    assert low.width <= 16 * CENTIMETRE + 10_000


def test_pictures_of_the_same_number_are_still_two() -> None:
    word = opened(docx(holding(picture(90), picture(120))))
    assert [one.get("id") for one in word.element.body.iter(f"{DRAWING}docPr")] == ["1", "2"]
    vectors = {word.part.rels[blip.get(EMBED)].target_part.partname for blip in word.element.body.iter(SVG_BLIP)}
    assert len(vectors) == 2


def test_the_drawing_stands_beside_the_png_of_every_picture(written: bytes, word: Word, report: Section) -> None:
    vectors = [blip.get(EMBED) for blip in word.element.body.iter(SVG_BLIP)]
    drawings = [word.part.rels[id_].target_part for id_ in vectors]
    assert [part.blob.decode() for part in drawings] == [p.figure.svg for p in report.pictures]
    assert {part.content_type for part in drawings} == {"image/svg+xml"}
    assert sum(name.endswith(".png") for name in parts(written)) == len(drawings)


def test_captions_are_counted_by_word_and_stand_with_what_they_name(word: Word, report: Section) -> None:
    captions = [p for p in word.paragraphs if p.style and p.style.name == "Caption"]
    assert {p.text for p in captions} == {block.caption for block in (*report.pictures, *report.tables)}
    fields = [("".join(e.text for e in p._p.iter(f"{W}instrText"))).split()[:2] for p in captions]
    assert fields == [["SEQ", p.text.split()[0]] for p in captions]
    for p in captions:
        before, after = p._p.getprevious(), p._p.getnext()
        if p.text.startswith("Tabell"):
            assert p.paragraph_format.keep_with_next and after.tag == f"{W}tbl"
        else:
            assert list(before.iter(f"{W}drawing"))


def test_every_table_has_a_heading_row_on_every_page_and_words_for_those_who_do_not_see_it(word: Word) -> None:
    for one in word.tables:
        assert one._tbl.tr_lst[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in one.rows)
        about = one._tbl.tblPr
        assert about.find(f"{W}tblCaption").get(f"{W}val") and about.find(f"{W}tblDescription").get(f"{W}val")
        assert about.find(f"{W}tblLook").get(f"{W}firstColumn") == "1"
        assert not list(one._tbl.iter(f"{W}gridSpan", f"{W}vMerge"))
        assert sum(column.width or 0 for column in one.columns) == pytest.approx(16 * CENTIMETRE, rel=0.002)


def test_the_tables_say_what_the_section_says(word: Word, report: Section) -> None:
    told = [[[cell.text for cell in row.cells] for row in one.rows] for one in word.tables]
    assert told == [[list(row) for row in (t.table.heading, *t.table.rows)] for t in report.tables if t.table.rows]


@pytest.mark.parametrize(("language", "code", "page"), [("sv", "sv-SE", "Sida 1 av 1"), ("en", "en-GB", "Page 1 of 1")])
def test_the_document_says_its_language_its_title_and_its_day(language: Language, code: str, page: str) -> None:
    word = opened(docx(holding(paragraph("Ord"), language=language)))
    languages = {one.get(f"{W}val") for one in word.styles.element.iter(f"{W}lang")}
    assert languages == {code} and word.settings.element.find(f"{W}autoHyphenation") is not None
    about = word.core_properties
    assert (about.title, about.language, about.author, about.comments) == ("Titel", code, "Modulkarta", "")
    assert about.created and about.modified and (about.created.date(), about.modified.date()) == (ON, ON)
    foot = word.sections[0].footer.paragraphs[0].text
    assert foot.startswith("Titel · ") and "2026-11-30" in foot and foot.endswith(page)


def test_the_page_is_a4_with_room_for_a_figure_of_16_centimetres(word: Word) -> None:
    page = word.sections[0]
    assert page.page_width and page.page_height and page.left_margin and page.right_margin
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert page.page_width.cm - page.left_margin.cm - page.right_margin.cm == pytest.approx(16, abs=0.01)


def test_looks_addresses_and_tones_are_words_styles() -> None:
    runs = (
        Run(text="Läs "),
        Run(text="nu", strong=True, emphasis=True),
        Run(text="här", address="https://a.se/å b"),
        Run(text="inte", address="javascript:x"),
    )
    word = opened(docx(holding(Paragraph(words=runs), paragraph("Läge", "source"), paragraph("Skriv här", "missing"))))
    _, line, source, missing = word.paragraphs
    assert line.text == "Läs nuhärinte" and line.runs[1].bold and line.runs[1].italic
    assert [(link.text, link.address) for link in line.hyperlinks] == [("här", "https://a.se/%C3%A5%20b")]
    assert source.style and missing.style
    assert (source.style.name, missing.style.name) == ("Modulkarta källa", "Modulkarta text saknas")
    assert missing.text == "[Skriv här]"


@pytest.mark.parametrize("wrong", ["", "ftp://a.se", "file:///c:/x", "//a.se", "mailto:", "http://[", "http://", "\0"])
def test_only_addresses_that_word_may_follow_are_links(wrong: str) -> None:
    assert address(wrong) == ""
    assert address("mailto:a@b.se") == "mailto:a@b.se"


def test_an_empty_table_is_a_sentence_and_an_empty_heading_is_nothing() -> None:
    empty = Tabular(table=table("Tom", ("A",), []), number=1, label="Tabell")
    word = opened(docx(holding(Heading(text=" ", level=2), empty)))
    assert [p.text for p in word.paragraphs] == ["Titel", "Tabell 1. Tom.", "Inget att visa."]
    assert not word.tables


def test_a_figure_that_cannot_be_a_picture_becomes_its_words_and_its_table() -> None:
    def refuses(svg: str) -> bytes:
        raise CannotRaster("saknas")

    word = opened(docx(holding(picture()), draw=refuses))
    assert "[Bilden kunde inte göras. Så här står det i den:]" in [p.text for p in word.paragraphs]
    assert "Det viktiga" in [p.text for p in word.paragraphs] and not word.inline_shapes
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["1", "2"]


def test_words_from_the_right_are_written_from_the_right() -> None:
    word = opened(docx(holding(paragraph("مرحبا 12 Tidbok"), paragraph("Heter \u05e9\u05dc\u05d5\u05dd nu"))))
    _, arabic, mixed = word.paragraphs
    assert arabic._p.find(f"{W}pPr/{W}bidi") is not None and mixed._p.find(f"{W}pPr/{W}bidi") is None
    turned = [run.text for p in (arabic, mixed) for run in p.runs if run._r.find(f"{W}rPr/{W}rtl") is not None]
    assert turned == ["مرحبا", "\u05e9\u05dc\u05d5\u05dd"]
    assert (arabic.text, mixed.text) == ("مرحبا 12 Tidbok", "Heter \u05e9\u05dc\u05d5\u05dd nu")


TEXT = st.text(st.characters(), max_size=40)
NAMED = TEXT.filter(str.strip)


@settings(max_examples=40)
@for_all(NAMED, TEXT, TEXT, TEXT, TEXT)
def test_any_text_is_in_the_document_when_it_is_opened_again(a: str, b: str, c: str, d: str, e: str) -> None:
    told = Tabular(table=table(b, (a, c), [(d, e), (b, c)]), number=1, label="Tabell")
    runs = (Run(text=a, strong=True), Run(text=b, address=c), Run(text=d, address=f"https://a.se/{e}"))
    word = opened(docx(holding(Heading(text=a, level=2), Paragraph(words=runs), bullets([e]), told, title=a)))
    texts = [p.text for p in word.paragraphs]
    assert texts[:3] == [cleaned(a), cleaned(a), cleaned(a + b + d)] and texts[3] == cleaned(e)
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        [cleaned(a), cleaned(c)], [cleaned(d), cleaned(e)], [cleaned(b), cleaned(c)],
    ]  # fmt: skip


@for_all(st.lists(st.lists(st.text("abå -0123\n", max_size=60), min_size=4, max_size=4), max_size=8))
def test_the_columns_fill_the_text_and_no_word_is_wider_than_its_column(rows: list[list[str]]) -> None:
    what = table("c", ("Ett", "Två", "Tre", "Fyra"), rows)
    size, wide = columns.fitted(what, 453.0)
    assert sum(wide) == pytest.approx(453) and min(wide) > 0
    needs = (
        [max(width(word, size) for row in rows for word in (row[n] or "-").split() or ["-"]) for n in range(4)]
        if rows
        else []
    )
    if sum(needs) < 380:
        assert all(need < room for need, room in zip(needs, wide, strict=False))


def test_long_texts_and_many_columns_still_make_a_table() -> None:
    long = table("Lång", ("A", "B"), [("ord " * 3000, "x" * 10_000), ("a", "b"), ("c", "d")])
    many = table("Bred", [f"Områdesnamn {n}" for n in range(30)], [["Kan inte bedömas"] * 30] * 3)
    word = opened(docx(holding(*(Tabular(table=t, number=1, label="Tabell") for t in (long, many)))))
    assert all(sum(c.width or 0 for c in t.columns) <= 16.1 * CENTIMETRE for t in word.tables)
    tall = word.tables[0].rows[1]._tr
    assert tall.find(f"{W}trPr/{W}cantSplit") is None


def test_a_table_of_more_columns_than_a_page_holds_goes_on_below_with_its_first_column() -> None:
    areas = [f"Område {n}" for n in range(30)]
    wide = table("Bred", ("Funktion", *areas), [(f"F{m}", *(f"Bedöms {n}" for n in range(30))) for m in range(3)])
    word = opened(docx(holding(Tabular(table=wide, number=4, label="Tabell"))))
    told = [[cell.text for cell in one.rows[0].cells] for one in word.tables]
    assert len(told) > 1 and [name for row in told for name in row[1:]] == areas
    assert {row[0] for row in told} == {"Funktion"}
    more = [p.text for p in word.paragraphs if p.style and p.style.name == "Caption"][1:]
    assert more == ["Tabell 4, fortsättning."] * (len(told) - 1)


PROGRAM = """
import sys; from pathlib import Path
from hashlib import sha256
from test_docx import everything
from modulkarta.report.docx import docx
print(sha256(docx(everything())).hexdigest())
"""


def everything() -> Section:
    """One block of each kind."""
    tabular = Tabular(table=table("T", ("A", "B"), [("1", "2")]), number=1, label="Tabell")
    linked = Paragraph(words=(Run(text="a", address="https://a.se"), Run(text="b", address="https://b.se")))
    return holding(Heading(text="H", level=2), linked, Bullets(items=(plain("x"),)), picture(), tabular)


def test_the_bytes_are_the_same_in_every_process_time_zone_and_language() -> None:
    ways = ({"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/Lima", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"})  # fmt: skip
    path = os.pathsep.join([str(given.ROOT), str(given.ROOT / "tests")])
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env={**os.environ, "PYTHONPATH": path, **way}, check=True,
            capture_output=True, text=True, timeout=60,
        ).stdout
        for way in ways
    }  # fmt: skip
    assert len(digests) == 1 and re.fullmatch(r"[0-9a-f]{64}\n", next(iter(digests)))


def test_the_archive_has_no_clock_and_its_list_of_types_comes_first(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        first, *others = archive.namelist()
    assert first == "[Content_Types].xml" and others == sorted(others)


@pytest.fixture(scope="module")
def printed(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The document as LibreOffice prints it. Where a PNG and a drawing stand together LibreOffice 7 shows the PNG, so
    it is given the drawing alone, which Word shows."""
    word = opened(written)
    for blip in word.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        blip.set(EMBED, next(blip.iter(SVG_BLIP)).get(EMBED))
    out = io.BytesIO()
    word.save(out)
    return office.words(office.pdf(out.getvalue(), tmp_path_factory.mktemp("office")))


def test_every_label_of_every_figure_can_be_read_after_a_trip_through_libreoffice(
    printed: str, report: Section
) -> None:
    letters = "".join(printed.split())
    labels = [label.words for p in report.pictures for label in drawn.labels(p.figure.svg)]
    assert len(labels) > 50
    assert [label for label in labels if "".join(label.split()) not in letters] == []


def test_no_heading_and_no_caption_of_a_table_is_left_alone_at_the_end_of_a_page(printed: str, word: Word) -> None:
    kept = {"".join(p.text.split()) for p in word.paragraphs if p._p.find(f"{W}pPr/{W}keepNext") is not None}
    kept |= {"".join(p.text.split()) for p in word.paragraphs if p.style and (p.style.name or "").startswith("Heading")}
    pages = [["".join(line.split()) for line in page.splitlines() if line.strip()] for page in printed.split("\f")]
    pages = [page for page in pages if page]
    assert len(pages) > 5 and all(f"Sida{n}av{len(pages)}" in page[-1] for n, page in enumerate(pages, start=1))
    assert [page[-2] for page in pages if page[-2] in kept] == []


def test_columns_that_give_to_each_other_never_make_a_table_higher(report: Section) -> None:
    def height(rows: Sequence[Sequence[str]], wide: Sequence[float], size: float) -> int:
        return sum(max(columns.lines(cell, room, size) for cell, room in zip(row, wide, strict=True)) for row in rows)

    for one in (t.table for t in report.tables if t.table.rows):
        size, wide = columns.fitted(one, 453.0)
        even = [453.0 / len(one.heading)] * len(one.heading)
        assert height(one.rows, wide, size) <= height(one.rows, even, size) + 1
