"""Static copies, built for tests and read as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from modulkarta.cli import main

TODAY = "2026-11-21"
MARK = "manifest.json"


def built(root: Path, output: Path, *more: str) -> int:
    """The exit code of `build`."""
    arguments = ["build", "-o", str(output), "--catalogue", str(root), "--date", TODAY, *more]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def read_links(text: str) -> list[str]:
    """The links and pictures of a text in Markdown, as a reader of Markdown finds them."""
    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    parts = [one.attrs for block in blocks for one in block.children or ()]
    return [str(one.get("href") or one["src"]) for one in parts if "href" in one or "src" in one]
