"""What is no workbook and no table is named for what it is."""

from __future__ import annotations

import given
import pytest
from sent_tables import WISH, tiny
from zips import zipped

from modulkarta.exchange.inward import Proposal, Source
from modulkarta.exchange.tables import filled, filled_csv
from modulkarta.findings import Finding
from modulkarta.wording import said


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "MK901", "den är tom"),
        (b"id;namn\r\nx;y\r\n", "MK902", "utan CSV"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "MK902", "Excel 97–2003 (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "MK901", "lösenord"),
        (b"PK\x03\x04 avbruten", "MK901", "trasigt"),
        (zipped({"word/document.xml": b"<w/>"}), "MK902", "Excel"),
        (zipped({"xl/workbook.xml": b" " * 41_000_000}), "MK905", "större än 40 MB"),
        (zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "MK906", "dokumenttyp"),
        (
            zipped({"xl/workbook.xml": b"<x/>", "s.xml": b'<mergeCell ref="A1:XFD1048576"/>'}),
            "MK906",
            "för många celler",
        ),
        (zipped({"xl/workbook.xml": b"<x/>"}), "MK901", "inte som en arbetsbok"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, code: str, words: str) -> None:
    found = filled.proposed((Source(name="bok.xlsx", data=data),), given.read({}), WISH)
    assert isinstance(found, tuple) and found[0].code == code and words in said(found[0].message)


def of_csv(text: bytes, name: str = "area.csv") -> Proposal | tuple[Finding, ...]:
    return filled_csv.proposed((Source(name=name, data=text),), tiny(), WISH)


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_separated_values_are_read_as_programs_write_them(mark: str, encoding: str) -> None:
    text = f"id{mark}Namn{mark}Sammanfattning\r\nnorr{mark}Norr{mark}På norra sidan\r\n"
    found = of_csv(text.encode(encoding))
    assert isinstance(found, Proposal) and found.proposed[0].fields == {"summary": "På norra sidan"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("id;Namn\r\nnorr;Väst\r\n".encode("cp1252"), "tecknen går inte att läsa som UTF-8"),
        ("id;Namn\r\nnorr;Väst\r\n".encode().decode("cp1252").encode(), "har blivit andra tecken"),
        (b'id;Namn\r\nnorr;"Norr\r\n', "citattecken"),
        (b"PK\x03\x04", "utan Excel"),
        (b"\n<model>\n</model>\n", "utan XML"),
        (b'{"schema": "x"}', "utan JSON"),
    ],
)
def test_separated_values_that_cannot_be_read_say_why(data: bytes, words: str) -> None:
    found = of_csv(data)
    assert isinstance(found, tuple) and words in said(found[0].message)
