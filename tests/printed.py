"""A PDF as another program reads it: its tags, its properties and its words."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf


class Tag(NamedTuple):
    """What a part of a document is said to be: `/H1`, `/Figure`, and its text alternative."""

    name: str
    alternative: str
    scope: str
    element: Any


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def tags(document: pikepdf.Pdf) -> list[Tag]:
    """Every tag, in the order of reading."""
    return list(_walked(document.Root.StructTreeRoot.K))


def named(document: pikepdf.Pdf, name: str) -> list[Tag]:
    return [tag for tag in tags(document) if tag.name == name]


def _walked(element: Any) -> Iterator[Tag]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _walked(one)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield Tag(str(element.S)[1:], str(element.get("/Alt", "")), _scope(element), element)
        yield from _walked(element.get("/K", pikepdf.Array()))


def _scope(element: Any) -> str:
    attributes = element.get("/A", pikepdf.Array())
    several = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return "".join(str(one.get("/Scope", "")) for one in several)


def accessible(document: pikepdf.Pdf) -> None:
    """What PDF/UA asks of every document, as far as a program can see it."""
    root = document.Root
    assert root.MarkInfo.Marked and root.ViewerPreferences.DisplayDocTitle and str(root.Lang)
    with document.open_metadata() as said:
        assert said["pdfuaid:part"] == "1" and said["dc:title"] == str(document.docinfo.Title)
    assert all(tag.alternative for tag in tags(document) if tag.name in ("Figure", "Formula"))
    assert all(tag.scope for tag in named(document, "TH"))
    assert all(page.get("/Tabs") == "/S" for page in document.pages)
    fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    assert all(embedded(font) for font in fonts)


def embedded(font: Any) -> bool:
    """Whether a font goes with the document, or is one that holds another."""
    parts = font.get("/DescendantFonts")
    return bool(parts) or any(str(name).startswith("/FontFile") for name in font.FontDescriptor)


def words(data: bytes, *options: str) -> str:
    """What pdftotext reads, in the order it was written."""
    command = ["pdftotext", "-q", "-raw", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout.decode()
