"""Ordinary files are read a line at a time: what that says is what libyaml says, or it says nothing."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import given
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta.source import plain
from modulkarta.source.text import Document, decoded, parse

FILES = sorted([*(given.ROOT / "catalogue").rglob("*.yaml"), *given.CATALOGUES.rglob("*.yaml")])
PIECES = (
    "\n", "\n\n", "  ", "    ", " ", "- ", "-", ":", ": ", "#", " #", "# c\n", "      # c\n", ">-", "|-", ">-\n", "|",
    ">", '"', "'", "[a]", "{}", "key: ", "key:\n", "- key: v\n", "&a ", "*a", "!t ", "<<", "---\n", "...", "~", "\\",
    "\u00a0", "å", "?", "? ", "%", "@", "`", ",", "- - a\n", "null", "a: b: c", "\n    text: x\n", "  - x\n", '""',
    "''", "\t", "\r",
)  # fmt: skip
SLIP = st.tuples(st.floats(0, 1), st.integers(0, 8), st.sampled_from(PIECES))
"""Where in a text, how much of it is taken away, and what is put there."""


def by_libyaml(text: str) -> object:
    """What a text says, read without the quick way; None where it is refused."""
    with patch.object(plain, "tree", return_value=None):
        read = parse("x.yaml", text.encode())
    return read.tree if isinstance(read, Document) else None


def text_of(file: Path) -> str:
    text = decoded(file.name, file.read_bytes())
    return text if isinstance(text, str) else ""


ORDINARY = [text for file in FILES if 0 < len(text := text_of(file)) < 3000]


def test_every_file_of_ours_says_the_same_both_ways() -> None:
    assert len(FILES) > 900
    for file in FILES:
        said = plain.tree(text_of(file))
        assert said is None or repr(said) == repr(by_libyaml(text_of(file))), file


def test_all_files_of_the_real_catalogue_are_ordinary() -> None:
    files = sorted((given.ROOT / "catalogue").rglob("*.yaml"))
    assert len(files) > 300 and [file for file in files if plain.tree(text_of(file)) is None] == []


@settings(max_examples=1500)
@for_all(st.sampled_from(ORDINARY), st.lists(SLIP, min_size=1, max_size=4))
def test_what_is_read_a_line_at_a_time_is_what_libyaml_says(text: str, slips: list[tuple[float, int, str]]) -> None:
    for share, gone, put in slips:
        at = round(share * len(text))
        text = text[:at] + put + text[at + gone :]
    if isinstance(decoded("x.yaml", text.encode()), str):
        said = plain.tree(text)
        assert said is None or repr(said) == repr(by_libyaml(text))


@settings(max_examples=1500)
@for_all(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(PIECES), st.sampled_from(PIECES)), max_size=12))
def test_nor_is_it_otherwise_in_lines_of_any_kind(rows: list[tuple[int, str, str]]) -> None:
    text = "".join(f"{' ' * inward}{'- ' * (inward % 2)}{one}{other}\n" for inward, one, other in rows)
    if isinstance(decoded("x.yaml", text.encode()), str):
        said = plain.tree(text)
        assert said is None or repr(said) == repr(by_libyaml(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b", {"a": "b"}),
        ("a:\nb: c\n", {"a": None, "b": "c"}),
        ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
        ("a:\n  - b: c\n    d: e\n  - b: f\n", {"a": [{"b": "c", "d": "e"}, {"b": "f"}]}),
        ("a: >-\n  b\n  c\n\n  d\n\n\n  e\nf: g\n", {"a": "b c\nd\n\ne", "f": "g"}),
        ("a: |-\n  b\n  # c\n\n  d: e\n# c\n", {"a": "b\n# c\n\nd: e"}),
        ("a: 'b: # c'\nd: \"\"\ne: ~\nf: https://g#h\n", {"a": "b: # c", "d": "", "e": "~", "f": "https://g#h"}),
    ],
)  # fmt: skip
def test_the_ordinary_forms(text: str, said: object) -> None:
    assert plain.tree(text) == said == by_libyaml(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a: b # c\n", "a: b: c\n", "a: b\n  c\n", "a: [b]\n", "a: {b: c}\n", "a: &b c\n", "a: *b\n", "a: !b c\n",
        "a: <<\n", "a: b\na: c\n", "- a\n", "a:\n - b\n  - c\n", "a: b\n  c: d\n", "a: >\n  b\n", "a: >-\n\n  b\n",
        "a: >-\n  b\n   c\n", "a: >-\n  b\n   # c\n", "a: 'b''c'\n", 'a: "b\\tc"\n', "a:\n  - - b\n", "a:\n  -  b\n",
        "a:  b\n", "a: b \n", "a:\tb\n", "a: b\r\n", "? a\n: b\n", "---\na: b\n", "a: b\n...\n", "%YAML 1.2\n",
        "a: -\n",
    ],
)  # fmt: skip
def test_what_is_written_otherwise_or_wrong_is_left_to_libyaml(text: str) -> None:
    assert plain.tree(text) is None
