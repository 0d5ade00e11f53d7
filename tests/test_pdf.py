"""What is printed: one figure, and the whole report."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import pairwise

import given
import printed
import pytest
from drawn import labels
from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from sections import ON, holding

from modulkarta.figures import Figure, fonts, table
from modulkarta.figures.coverage import coverage_figure
from modulkarta.figures.pdf import CannotPrint, lacking, pdf, printable
from modulkarta.figures.svg import Drawing
from modulkarta.report.blocks import (
    Bullets,
    Heading,
    Length,
    Paragraph,
    Picture,
    Run,
    Section,
    Tabular,
    paragraph,
    plain,
    text_of,
)
from modulkarta.report.pdf import pdf as report_pdf
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language


def picture(words: str) -> str:
    drawing = Drawing("p", "P", "p", 200, 40)
    drawing.text(4, 20, words)
    return drawing.svg()


@pytest.fixture
def figure(good: Snapshot) -> Figure:
    return coverage_figure(good.catalogue, "faltjournal")


def of(figure: Figure) -> bytes:
    return pdf(figure.svg, title=figure.title, alternative=figure.alternative, language="sv", on=ON)


# One figure


def test_a_figure_is_a_page_of_its_own_size_with_its_words_and_its_alternative(figure: Figure) -> None:
    data = of(figure)
    document = printed.opened(data)
    printed.accessible(document)
    assert [tag.alternative for tag in printed.named(document, "Figure")] == [figure.alternative]
    assert str(document.docinfo.Title) == figure.title and str(document.Root.Lang) == "sv-SE"
    (page,) = document.pages
    _, _, wide, high = map(float, page.mediabox)
    assert high / wide == pytest.approx(figure.shape, rel=0.01)
    read = printed.words(data).split()
    assert all(set(label.words.split()) <= set(read) for label in labels(figure.svg))


@settings(max_examples=40, deadline=None)
@drawn(st.text(max_size=20))
@example("a\u0301\u0335ʹ")
@example('#import "x" $a$ */ \\')
@example("漢字 😀 مرحبا שָׁלוֹם")
def test_any_words_are_printed(text: str) -> None:
    data = pdf(
        picture("".join(c for c in text if c.isprintable())),
        title=f"T {text}",
        alternative=f"{text}.",
        language="en",
        on=ON,
    )
    printed.accessible(printed.opened(data))


def test_a_letter_that_the_typeface_lacks_is_a_square_and_is_known() -> None:
    assert printable("漢 A\u0301\u202e\n") == "□ A\u0301 "
    assert lacking(["漢字", "A漢"]) == ("字", "漢")
    assert "□" in printed.words(pdf(picture("漢"), title="t", alternative="a", language="sv", on=ON))


def test_every_letter_of_the_typeface_is_printed() -> None:
    letters = "".join(c for c in map(chr, range(0x20, 0x3000)) if fonts.has(c) and c.isprintable())
    pdf(picture(letters), title="t", alternative="a", language="sv", on=ON)


def test_what_typst_refuses_is_a_sentence() -> None:
    with pytest.raises(CannotPrint, match="PDF går inte att skriva: PDF/UA-1 error: missing alt text"):
        pdf(picture("a"), title="t", alternative="", language="sv", on=ON)


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(CannotPrint, match=r"pip install 'modulkarta\[report\]'"):
        pdf(picture("a"), title="t", alternative="a", language="sv", on=ON)


# The report


def section_of(read: Snapshot, length: Length = "bilaga", language: Language = "sv") -> Section:
    return section(read.catalogue, on=ON, version=read.version, length=length, language=language)


EVERY = pytest.mark.parametrize(
    ("length", "language"), [("bilaga", "sv"), ("bilaga", "en"), ("avsnitt", "sv"), ("notis", "en")]
)


def squeezed(text: str) -> str:
    """Words without what a line's end may have put between them."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", text)


@EVERY
def test_the_report_is_accessible_as_far_as_a_program_sees(good: Snapshot, length: Length, language: Language) -> None:
    made = section_of(good, length, language)
    data = report_pdf(made)
    document = printed.opened(data)
    printed.accessible(document)
    assert str(document.Root.Lang) == {"sv": "sv-SE", "en": "en-GB"}[language]
    assert str(document.docinfo.Title) == made.title and str(given.ROOT).encode() not in data
    figures = [tag.alternative for tag in printed.named(document, "Figure")]
    assert figures == [picture.figure.alternative for picture in made.pictures]
    levels = [int(tag.name[1]) for tag in printed.tags(document) if re.fullmatch("H[1-6]", tag.name)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    assert levels == [1, *(block.level for block in made.blocks if isinstance(block, Heading))]
    with document.open_outline() as outline:
        assert [str(one.title) for one in outline.root] == [made.title]


def test_every_table_has_its_heading_cells_its_caption_and_all_its_rows(good: Snapshot) -> None:
    made = section_of(good)
    document = printed.opened(report_pdf(made))
    filled = [tabular.table for tabular in made.tables if tabular.table.rows]
    assert len(printed.named(document, "Table")) == len(filled)
    assert len(printed.named(document, "TH")) == sum(len(table.heading) for table in filled)
    assert {tag.scope for tag in printed.named(document, "TH")} == {"/Column"}
    assert len(printed.named(document, "TR")) == sum(1 + len(table.rows) for table in filled)
    assert len(printed.named(document, "Caption")) == len(filled) + len(made.pictures)


@EVERY
def test_every_word_of_the_report_and_its_figures_is_in_the_pdf(
    good: Snapshot, length: Length, language: Language
) -> None:
    made = section_of(good, length, language)
    feet = rf"{made.title}, (läge|as of) 2026-11-30\s+(Sida|Page) \d+ (av|of) \d+"
    read = squeezed(re.sub(feet, "", printed.words(report_pdf(made))))
    lost = [text for text in seen(made) if squeezed(text) not in read]
    assert not lost


def seen(made: Section) -> Iterator[str]:
    yield made.title
    for block in made.blocks:
        match block:
            case Heading(text=text):
                yield text
            case Paragraph(words=words):
                yield text_of(words)
            case Bullets(items=items):
                yield from map(text_of, items)
            case Picture():
                yield block.caption
                yield from (label.words for label in labels(block.figure.svg))
            case _:
                yield from (block.caption, *block.table.heading, *(c for row in block.table.rows for c in row))


def test_no_word_of_a_table_is_cut_where_its_column_holds_it(good: Snapshot) -> None:
    made = section_of(good)
    read = set(printed.words(report_pdf(made)).split())
    rows = [row for one in made.tables if one.table.rows for row in (one.table.heading, *one.table.rows)]
    words = {word for row in rows for cell in row for word in cell.split() if not re.search("[-–]", word)}
    assert len(words) > 100 and not words - read


def test_the_foot_says_which_page_of_how_many(good: Snapshot) -> None:
    data = report_pdf(section_of(good))
    pages = len(printed.opened(data).pages)
    assert f"Sida 1 av {pages}" in printed.words(data, "-l", "1")
    assert f"Sida {pages} av {pages}" in printed.words(data, "-f", str(pages))
    assert "Page 1 of 1" in printed.words(report_pdf(holding(paragraph("Hello."), language="en")))


@settings(max_examples=15, deadline=None)
@drawn(st.text(max_size=30), st.text(max_size=60))
@example("#panic()", '$ #read("/etc/passwd") ]')
@example("", "\\ @a <b> _c_ *d* `e` https://x.se // f /* g")
@example("   ", "ord" * 900)
def test_hostile_words_stay_words(name: str, text: str) -> None:
    words = (Run(text=text, strong=True), Run(text=name, emphasis=True, address=text), Run(text="slut"))
    made = holding(
        Heading(text=name, level=3),
        Paragraph(words=words),
        Bullets(items=(words, ())),
        Tabular(table=table(text, ("a", name), [(text, "b"), ("", name)]), number=1, label="Tabell"),
    )
    data = report_pdf(made)
    printed.accessible(printed.opened(data))
    assert squeezed(printable(text)) in squeezed(printed.words(data))


def test_a_table_of_a_thousand_rows_and_a_row_higher_than_a_page_are_all_there() -> None:
    rows = [*((f"rad {n}", "x") for n in range(1000)), ("hög", "ord " * 2500 + "sist"), ("efter", "y")]
    data = report_pdf(holding(Tabular(table=table("Hög", ("Namn", "Text"), rows), number=1, label="Tabell")))
    read = printed.words(data).split()
    assert read.count("ord") == 2500 and {"sist", "efter"} <= set(read)
    assert read.count("Namn") == len(printed.opened(data).pages), "its heading is on every page"


def test_texts_of_ten_thousand_letters_are_all_there_wherever_they_stand() -> None:
    text, word = "lång text " * 1000, "ord" * 3300
    made = holding(
        Heading(text=text, level=2),
        Heading(text=word, level=3),
        Bullets(items=(plain(text), plain(word))),
        paragraph(text, "missing"),
        Tabular(table=table(text, ("a", "b"), [(text, "x"), (word, "y"), ("x", word)]), number=1, label="Tabell"),
    )
    read = squeezed(re.sub(r"Titel, läge 2026-11-30\s+Sida \d+ av \d+", "", printed.words(report_pdf(made))))
    assert read.count("långtext") == 5000 and read.count(word) >= 2 and read.count("ord") == 4 * 3300


def test_what_the_typeface_lacks_is_told_in_the_end() -> None:
    read = printed.words(report_pdf(holding(paragraph("漢 A"))))
    assert "□ A" in read and "Tecken som typsnittet saknar är skrivna som □: U+6F22." in read


def test_only_addresses_of_the_web_and_of_mail_lead_anywhere() -> None:
    addresses = ("https://example.org/a", "mailto:a@example.org", "javascript:alert(1)", "file:///etc/passwd", "/x")
    document = printed.opened(report_pdf(holding(Paragraph(words=tuple(Run(text="x ", address=a) for a in addresses)))))
    annotations = [one for page in document.pages for one in page.get("/Annots", [])]
    assert [str(one.A.URI) for one in annotations] == ["https://example.org/a", "mailto:a@example.org"]
