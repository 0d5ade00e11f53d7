"""The template that is asked for: used where it can be, else one sentence and nothing written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import given
import pytest
from commands import Run
from docx import Document

from modulkarta.report import files

ASKED = ("--month", "2026-11", "--only", "md", "--catalogue", given.GOOD)


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Mallen är inte ett Word-dokument"),
        (b"hej", "Mallen är inte ett Word-dokument"),
        (zipped("a.txt"), "Mallen är inte ett Word-dokument"),
        (b"PK\x03\x04 och sedan inget", "Mallen går inte att läsa"),
    ],
)
def test_what_is_no_template_is_one_sentence(run: Run, tmp_path: Path, data: bytes, words: str) -> None:
    template = tmp_path / "mall.dotx"
    template.write_bytes(data)
    ended = run("report", *ASKED, "--template", template, "-o", tmp_path / "ut")
    assert ended.code == 2 and words in ended.err and str(template) in ended.err
    assert not (tmp_path / "ut").exists()


def test_a_template_that_is_not_there_is_one_sentence(run: Run, tmp_path: Path) -> None:
    ended = run("report", *ASKED, "--template", tmp_path / "finns-inte.dotx", "-o", tmp_path / "ut")
    assert ended.code == 2 and "finns-inte.dotx" in ended.err


def test_a_template_comes_to_what_writes_the_document(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "mall.docx"
    Document().save(str(template))
    taken: list[bytes | None] = []
    monkeypatch.setattr(files, "docx", lambda section, given_, draw: taken.append(given_) or b"")
    asked = [one if one != "md" else "docx" for one in ASKED]
    assert run("report", *asked, "--template", template, "-o", tmp_path / "ut").code == 0
    assert taken == [template.read_bytes()]
