"""What is printed: one figure, and the whole report."""

from __future__ import annotations

import sys
from datetime import date

import printed
import pytest
from drawn import labels
from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.figures import Figure, fonts
from modulkarta.figures.coverage import coverage_figure
from modulkarta.figures.pdf import CannotPrint, lacking, pdf, printable
from modulkarta.figures.svg import Drawing
from modulkarta.snapshot import Snapshot

ON = date(2026, 11, 30)


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
