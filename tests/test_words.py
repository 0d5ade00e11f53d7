"""Where a word of a value stands in the file, however the value is written."""

from __future__ import annotations

import given
import pytest
import yaml
from hypothesis import assume, example
from hypothesis import given as law
from hypothesis import strategies as st

from modulkarta.editing.edits import applied
from modulkarta.findings import Edit
from modulkarta.source.text import Document, parse
from modulkarta.source.words import located

STYLES = [None, "'", '"', "|", ">"]
VALUES = st.text(st.sampled_from("abö é\u00a0  \n\n'\"\\:#-,[]{}&*%!|>@`\u00ad\u0301å"), min_size=1, max_size=60)


def dumped(value: str, style: str | None, width: int, *, escaped: bool) -> str:
    return yaml.dump(
        {"first": ["x y", {"inner": value}], "last": "z"}, default_style=style, width=width, allow_unicode=not escaped
    )


@law(value=VALUES, style=st.sampled_from(STYLES), width=st.integers(4, 40), escaped=st.booleans(), data=st.data())
@example(value="a b", style='"', width=4, escaped=False, data=None)
def test_what_stands_at_the_place_of_a_word_is_the_word(value, style, width, escaped, data) -> None:
    """The law: put something else there, read the file again, and only the word has changed."""
    text = dumped(value, style, width, escaped=escaped)
    document = parse("f.yaml", text.encode())
    assume(isinstance(document, Document) and document.tree["first"][1]["inner"] == value)
    spans = ((i, j) for i in range(len(value)) for j in range(i + 1, len(value) + 1))
    words = [(i, j) for i, j in spans if not set(value[i:j]) & set(" \n")]
    assume(words)
    begin, end = data.draw(st.sampled_from(words)) if data else words[-1]
    (at,) = located(document, ("first", 1, "inner"), [(begin, end)])
    after = parse("f.yaml", applied(text, [Edit(location=at, text="zz")]).encode())
    assert isinstance(after, Document), after
    assert after.tree == {"first": ["x y", {"inner": value[:begin] + "zz" + value[end:]}], "last": "z"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: ett ord", (1, 11, 1, 14)),
        ("name: 'ett ''ord'''", (1, 14, 1, 17)),
        ('name: "ett \\\n  ord"', (2, 3, 2, 6)),
        ('name: "ett o\\\n  rd"', (1, 12, 2, 5)),
        ('name: "ett \\u006frd"', (1, 12, 1, 20)),
        ("name: ett\n  ord", (2, 3, 2, 6)),
        ("name: >- # hej\n  ett\n  ord", (3, 3, 3, 6)),
        ("name: |2\n  ett\n\n   ord\n", (4, 4, 4, 7)),
        ("name: |\r\n  ett\r\n  ord\r\n", (3, 3, 3, 6)),
    ],
)
def test_a_word_is_found_in_each_style(text: str, expected: tuple[int, int, int, int]) -> None:
    document = given.document(text)
    begin = document.tree["name"].index("ord")
    (at,) = located(document, ("name",), [(begin, begin + 3)])
    assert (at.line, at.column, at.end_line, at.end_column) == expected


def test_a_place_that_has_no_text_is_refused() -> None:
    document = given.document("name: [a]")
    for path in (("name",), ("nothing",), ("name", 1), ("name", 0, "x")):
        with pytest.raises(KeyError):
            located(document, path, [(0, 1)])
