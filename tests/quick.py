"""Reports and pages without what takes long to make, for tests of what is round it."""

from __future__ import annotations

from html import escape

import pytest

from modulkarta.figures import relations
from modulkarta.report import files

_DOCUMENTS = ("docx", "pdf", "workbook")


def without_slow_files(patch: pytest.MonkeyPatch) -> None:
    """A picture is no more than its name says, and a document everything that it would say, as text."""
    patch.setattr(files, "png", lambda svg: b"a picture")
    for name in _DOCUMENTS:
        patch.setattr(files, name, lambda section, *more: repr(section).encode(), raising=False)
    patch.setattr(files, "archive", lambda parts: b"".join(write() for write in parts.values()), raising=False)


def without_graphviz(patch: pytest.MonkeyPatch) -> None:
    """A picture of relations is the words that Graphviz would be given, all of them."""
    patch.setattr(relations, "laid_out", lambda dot: f"<svg xmlns='http://www.w3.org/2000/svg'>{escape(dot)}</svg>")
