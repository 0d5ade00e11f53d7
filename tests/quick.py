"""Reports whose slow files are not written, for tests of what is round them."""

from __future__ import annotations

import pytest

from modulkarta.report import files

_DOCUMENTS = ("docx", "pdf", "workbook")


def without_slow_files(patch: pytest.MonkeyPatch) -> None:
    """A picture is no more than its name says, and a document everything that it would say, as text."""
    patch.setattr(files, "png", lambda svg: b"a picture")
    for name in _DOCUMENTS:
        patch.setattr(files, name, lambda section, *more: repr(section).encode(), raising=False)
    patch.setattr(files, "archive", lambda parts: b"".join(write() for write in parts.values()), raising=False)
