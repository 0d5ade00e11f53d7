"""The section in a region's own template, and what cannot be one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from sections import holding
from test_docx import EMBED, everything, opened
from word_templates import GREEN, SWEDISH, W, as_dotx, parts, swedish

from modulkarta.report.blocks import paragraph
from modulkarta.report.docx import BadTemplate, docx
from modulkarta.report.docx.archive import LARGEST, packed, plain


@pytest.fixture(scope="module")
def template() -> bytes:
    return swedish()


@pytest.fixture(scope="module")
def word(template: bytes) -> Word:
    return opened(docx(everything(), template))


def test_the_styles_of_a_template_are_used_whatever_its_language_calls_them(word: Word) -> None:
    used = {one.get(f"{W}val") for one in word.element.body.iter(f"{W}pStyle", f"{W}rStyle")}
    assert {"Rubrik1", "Rubrik2", "Beskrivning", "Punktlista", "Hyperlnk"} <= used
    assert not used & set(SWEDISH)
    assert word.styles["Heading 1"].font.color.rgb == GREEN


def test_every_style_that_is_used_is_in_the_document(word: Word) -> None:
    ids = {style.style_id for style in word.styles}
    assert {one.get(f"{W}val") for one in word.element.body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")} <= ids
    based = {one.get(f"{W}val") for one in word.styles.element.iter(f"{W}basedOn", f"{W}next", f"{W}link")}
    assert based <= ids


def test_the_page_and_its_header_stay_and_what_was_written_goes(word: Word) -> None:
    assert "Skriv här" not in [p.text for p in word.paragraphs]
    assert len(word.sections) == 1 and word.sections[0].header.paragraphs[0].text == "Region Exempel"
    margin = word.sections[0].left_margin
    assert margin and margin.cm == pytest.approx(4, abs=0.01)


def test_pictures_and_tables_are_as_wide_as_the_text_of_the_template(word: Word) -> None:
    page = word.sections[0]
    assert page.page_width and page.left_margin and page.right_margin
    room = page.page_width - page.left_margin - page.right_margin
    assert word.inline_shapes[0].width == pytest.approx(room, rel=0.002)
    assert sum(column.width or 0 for column in word.tables[0].columns) == pytest.approx(room, rel=0.002)


def test_no_path_of_the_template_is_in_the_document(template: bytes) -> None:
    assert b"mallar" in b"".join(parts(template).values())
    assert b"mallar" not in b"".join(parts(docx(everything(), template)).values())


def test_what_a_template_lacks_is_added_and_its_lists_have_bullets() -> None:
    lacking = swedish(left_out=("Heading2", "Heading3", "ListBullet", "Caption", "Hyperlink"))
    word = opened(docx(everything(), lacking))
    test_every_style_that_is_used_is_in_the_document(word)
    style = word.styles["List Bullet"]
    number = style.element.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    numbers = {one.get(f"{W}numId"): one[0].get(f"{W}val") for one in word.part.numbering_part.element.iter(f"{W}num")}
    kinds = {one.get(f"{W}abstractNumId") for one in word.part.numbering_part.element.iter(f"{W}abstractNum")}
    assert numbers[number] in kinds and len(kinds) == 2


def test_a_dotx_becomes_a_document(template: bytes) -> None:
    assert docx(everything(), as_dotx(template)) == docx(everything(), template)
    assert b"template.main" not in parts(docx(everything(), as_dotx(template)))["[Content_Types].xml"]


def test_the_document_of_a_section_can_be_the_template_of_the_next() -> None:
    once = docx(everything())
    again = docx(holding(paragraph("Nytt")), once)
    assert [p.text for p in opened(again).paragraphs] == ["Titel", "Nytt"]
    assert not [name for name in parts(again) if "media" in name]
    assert opened(again).element.body.find(f".//*[@{EMBED}]") is None


def test_the_table_style_that_a_template_has_chosen_is_used() -> None:
    document = Document(io.BytesIO(swedish()))
    document.styles.element.append(_table_style(document))
    chosen = document.settings.element.makeelement(f"{W}defaultTableStyle", {f"{W}val": "Regionen"})
    document.settings.element.append(chosen)
    out = io.BytesIO()
    document.save(out)
    style = opened(docx(everything(), out.getvalue())).tables[0].style
    assert style and style.name == "Regionens tabell"


def _table_style(document: Word):  # type: ignore[no-untyped-def]
    style = document.styles.element.makeelement(f"{W}style", {f"{W}type": "table", f"{W}styleId": "Regionen"})
    style.append(style.makeelement(f"{W}name", {f"{W}val": "Regionens tabell"}))
    return style


def zipped(**files: bytes) -> bytes:
    return packed(files)


def _with(name: str, data: bytes) -> bytes:
    return packed({**parts(plain()), name: data})


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(plain()).items():
            archive.writestr(name, data)
        for n in range(3):
            archive.writestr(f"word/media/{n}.bin", bytes(80 * 2**20))
    return out.getvalue()


BILLION = b'<!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
NOT_ONE = {
    "empty": (b"", "inte ett Word-dokument"),
    "text": (b"Kara mall", "inte ett Word-dokument"),
    "pdf": (b"%PDF-1.7 ...", "inte ett Word-dokument"),
    "zip": (zipped(a=b"b"), "inte ett Word-dokument"),
    "old": (OLE, "äldre formatet .doc"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "låst med ett lösenord"),
    "cut": (plain()[:900], "skadad"),
    "no styles": (_with("word/styles.xml", b"<"), "skadad"),
    "entities": (_with("word/styles.xml", BILLION + parts(plain())["word/styles.xml"].split(b"?>", 1)[1]), "skadad"),
    "entities in wide letters": (_with("word/styles.xml", BILLION.decode().encode("utf-16")), "skadad"),
    "a file elsewhere": (
        _with("customXml/item1.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        "skadad",
    ),
    "another machine": (
        _with("word/_rels/x.rels", b'\xef\xbb\xbf<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'),
        "skadad",
    ),
    "wrong body": (_with("word/document.xml", b"<a/>"), "skadad"),
    "large": (b"PK" + bytes(LARGEST), "för stor"),
}


@pytest.mark.parametrize("name", NOT_ONE)
def test_what_cannot_be_a_template_is_told_in_a_sentence(name: str) -> None:
    data, words = NOT_ONE[name]
    with pytest.raises(BadTemplate, match=words) as told:
        docx(holding(), data)
    assert str(told.value).startswith("Mallen ") and str(told.value).endswith(".")


def test_an_archive_that_grows_without_end_is_not_unpacked() -> None:
    bomb = _bomb()
    assert len(bomb) < 2**20
    with pytest.raises(BadTemplate, match="orimligt stor"):
        docx(holding(), bomb)


def test_a_template_with_very_many_parts_or_one_that_lies_of_its_size_is_not_unpacked() -> None:
    many = zipped(**{f"a{n}": b"" for n in range(4001)})
    with pytest.raises(BadTemplate, match="orimligt stor"):
        docx(holding(), many)
    bomb = _bomb()
    size = (80 * 2**20).to_bytes(4, "little")
    assert bomb.count(size) == 6
    with pytest.raises(BadTemplate, match="skadad"):
        docx(holding(), bomb.replace(size, (1000).to_bytes(4, "little")))


@settings(max_examples=60)
@for_all(st.integers(0, 10**6), st.binary(min_size=1, max_size=4), st.sampled_from(["bytes", *sorted(parts(plain()))]))
def test_a_template_with_anything_in_it_is_a_document_or_a_sentence(place: int, wrong: bytes, where: str) -> None:
    data = plain() if where == "bytes" else parts(plain())[where]
    at = place % len(data)
    harmed = data[:at] + wrong + data[at + len(wrong) :]
    try:
        word = opened(docx(holding(paragraph("Ord")), harmed if where == "bytes" else _with(where, harmed)))
    except BadTemplate as told:
        assert str(told).endswith(".")
    else:
        assert [p.text for p in word.paragraphs][-1] == "Ord"


def test_a_spreadsheet_is_no_template(tmp_path: Path) -> None:
    import openpyxl

    book = tmp_path / "bok.xlsx"
    openpyxl.Workbook().save(book)
    with pytest.raises(BadTemplate, match="inte ett Word-dokument"):
        docx(holding(), book.read_bytes())
