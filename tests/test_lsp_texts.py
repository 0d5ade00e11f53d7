"""Laws of how the language server reads texts and places."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import given
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from lsprotocol.types import PositionEncodingKind
from talking import changed as made

from modulkarta.editing.writing import Change
from modulkarta.findings import Path as Steps
from modulkarta.lsp.answers.changing import changed
from modulkarta.lsp.desk import SHOWN, Desk
from modulkarta.lsp.outline import outline
from modulkarta.lsp.positions import Sheet
from modulkarta.source.text import Document, Tree, parse

FILES = [*sorted(given.GOOD.rglob("*.yaml")), *sorted((given.ROOT / "catalogue").rglob("*.yaml"))]
ODD = [
    'name: "a: b # c" # d\ntags: [ a, "b, c" , d ]\nx: {a: 1, b: [c, {d: e}], f: }\n',
    "name: |\n  a: b\n\n  - c\nlist:\n- a\n- b: c\n  d:\n    - e\n    - - f\n      - g\n",
    "name: 'it''s'\nlång nyckel: värde åäö\n\"q: r\": s\nx:\n  >-\n  a\n  b: c\ny: z\n",
    "a:\n  b:\n    c: d\n\n    # e\n    f: g\nh: [a,\n  b,\n  c]\ni: plain\n  continued: no\n",
    "a: https://x.se/y:z#w\r\nb:\r\n  - c\r\n",
]


@pytest.mark.parametrize("text", [*(file.read_text("utf-8") for file in FILES), *ODD[:3], ODD[4]])
def test_what_can_be_read_is_outlined_as_it_is_read(text: str) -> None:
    read = parse("f", text.encode())
    assert isinstance(read, Document)
    found = {t.path: t for t in outline(text).tokens if t.role == "value" and t.word[:1] not in "|>"}
    keys = {t.path for t in outline(text).tokens if t.role == "key"}
    for path, word in scalars(read.tree):
        at, token = read.place(path), found.get(path)
        if token and not word.count(" "):
            assert (token.word, token.line, token.start) == (word, at.line - 1, at.column - 1)
        assert token or path in keys
    assert keys == set(mapped(read.tree))


@for_all(
    st.text(alphabet="aå🚑é\t", max_size=12), st.text(alphabet="aå🚑\n\r\ufeff", max_size=12),
    st.sampled_from(list(PositionEncodingKind)), st.booleans(),
)  # fmt: skip
def test_a_place_told_and_heard_again_is_the_same(first: str, rest: str, kind: PositionEncodingKind, bom: bool) -> None:
    sheet = Sheet(uri="", whole=("\ufeff" if bom else "") + first + "\n" + rest, encoding=kind)
    for line, text in enumerate(sheet.lines):
        for column in range(len(text) + 1):
            assert sheet.point(sheet.position(line, column)) == (line, column)


@for_all(st.text(alphabet="abå🚑\n\r", max_size=30), st.text(alphabet="abå🚑\n\r", max_size=30))
def test_a_change_told_as_edits_is_that_change(before: str, after: str) -> None:
    desk = Desk(Path("/k"), given.SCHEMAS, lambda: given.TODAY, PositionEncodingKind.Utf16)
    desk.opened["x.yaml"] = Sheet(uri="file:///k/x.yaml", whole=before)
    done = changed(desk, [Change(path="x.yaml", before=before.encode(), after=after.encode())]).document_changes or []
    edits = [edit for change in done for edit in getattr(change, "edits", ())]
    assert made(before, edits) == after
    assert desk.sheet(f"{SHOWN}/x.yaml").whole == before


def test_a_catalogue_that_nobody_holds_is_forgotten() -> None:
    """A server reads again at each keystroke: what it read before must go."""
    read = given.read({"systems/s": "name: S\nowner: ingen\n"})
    assert "MK301" in given.codes(read)
    held = weakref.ref(read.catalogue)
    del read
    gc.collect()
    assert held() is None


def scalars(tree: Tree, path: Steps = ()) -> Iterator[tuple[Steps, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif tree is not None:
        for key, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from scalars(item, (*path, key))


def mapped(tree: Tree, path: Steps = ()) -> Iterator[Steps]:
    if isinstance(tree, dict):
        for key, item in tree.items():
            yield (*path, key)
            yield from mapped(item, (*path, key))
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from mapped(item, (*path, index))
