"""YAML text -> Document: text stays text, places are exact, nothing does harm."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from given import GOOD, document, findings, placed
from hypothesis import given, settings
from hypothesis import strategies as st

from modulkarta.findings import Location, Path
from modulkarta.source.folder import MAX_BYTES
from modulkarta.source.text import MAX_DEPTH, MAX_VALUES, MOST_FINDINGS, Document, parse
from modulkarta.wording import said

EXAMPLE = """\
name: Ambulans 🚑 i Åre
summary: |
  två
  rader
tags:
  - akut
  - 'två ord'
lifecycle: {live: 2027-Q3, certainty: "idé"}
functions:
  - function: ta-emot-larm
    by: [a, {module: b}]
🚑 å: ö
tom:
"""


def spot(at: Location) -> tuple[int, int, int, int]:
    return at.line, at.column, at.end_line, at.end_column


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), (1, 7, 1, 23)),
        (("summary",), (2, 10, 2, 11)),
        (("tags",), (5, 1, 5, 5)),
        (("tags", 0), (6, 5, 6, 9)),
        (("tags", 1), (7, 5, 7, 14)),
        (("lifecycle",), (8, 12, 8, 45)),
        (("lifecycle", "live"), (8, 19, 8, 26)),
        (("lifecycle", "certainty"), (8, 39, 8, 44)),
        (("functions", 0, "function"), (10, 15, 10, 27)),
        (("functions", 0, "by", 0), (11, 10, 11, 11)),
        (("functions", 0, "by", 1, "module"), (11, 22, 11, 23)),
        (("🚑 å",), (12, 6, 12, 7)),
        (("tom",), (13, 1, 13, 4)),
    ],
)
def test_a_value_has_its_place(path: Path, value: tuple[int, int, int, int]) -> None:
    if path == ("tags",):
        assert spot(document(EXAMPLE).place(path, key=True)) == value
    else:
        assert spot(document(EXAMPLE).place(path)) == value


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("name",), (1, 1, 1, 5)),
        (("lifecycle", "certainty"), (8, 28, 8, 37)),
        (("functions", 0, "by", 1, "module"), (11, 14, 11, 20)),
        (("🚑 å",), (12, 1, 12, 4)),
    ],
)
def test_a_key_has_its_place(path: Path, key: tuple[int, int, int, int]) -> None:
    assert spot(document(EXAMPLE).place(path, key=True)) == key


def test_a_path_that_ends_early_is_placed_at_the_nearest_key_above() -> None:
    read = document(EXAMPLE)
    assert spot(read.place(("lifecycle", "retired"))) == spot(read.place(("lifecycle",), key=True))
    assert spot(read.place(("nothing",))) == (1, 1, 1, 1)


@pytest.mark.parametrize("path", [("name",), ("summary",), ("tags", 1), ("lifecycle", "certainty"), ("🚑 å",)])
def test_places_do_not_depend_on_line_ends_or_a_byte_order_mark(path: Path) -> None:
    plain = document(EXAMPLE)
    for text in (EXAMPLE.replace("\n", "\r\n"), EXAMPLE.replace("\n", "\r"), "\ufeff" + EXAMPLE):
        other = document(text)
        assert other.tree == plain.tree
        assert spot(other.place(path)) == spot(plain.place(path))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_fault_has_the_same_place_whatever_the_line_ends(newline: str) -> None:
    lines = ("name: Å", "name: B", "")
    assert placed(findings(newline.join(lines))) == ["MK108:2:1"]
    assert placed(findings(newline.join(("å: ö", "b: ö\0")))) == ["MK104:2:5"]
    assert placed(findings(newline.join(("å: ö", "🚑: ")).encode() + b"\xff")) == ["MK102:2:4"]


@pytest.mark.parametrize(
    "scalar",
    [
        "no", "Yes", "on", "true", "null", "Null", "~", "010", "0x1F", "0o17", "1_000", "12:30", "1e3", ".inf", ".NaN",
        "2024-02-30", "2024-01-01", "2001-12-14t21:59:43.10-05:00", "=", "+1", "9" * 4301, "a & b", "a*b", "hej!",
        "C#", "http://x.se/a?b=c", "100 %", "a:b",
    ],
)  # fmt: skip
def test_every_scalar_stays_text(scalar: str) -> None:
    assert document(f"a: {scalar}\nb: [{scalar}]\n").tree == {"a": scalar, "b": [scalar]}
    if len(scalar) < 1000:
        assert document(f"'{scalar}': 1").tree == {scalar: "1"}


def test_a_value_left_out_is_none_and_an_empty_text_is_a_text() -> None:
    assert document('a:\nb: ""\nc: [x, ""]\nd:\n  -\n').tree == {"a": None, "b": "", "c": ["x", ""], "d": [None]}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert document("'<<': a").tree == {"<<": "a"}


@pytest.mark.parametrize(
    "text", ["---\na: b\n", "a: b\n...\n", "%YAML 1.1\n---\na: b\n", "# först\na: b # sist\n", "a: b"]
)
def test_what_surrounds_one_document_is_allowed(text: str) -> None:
    assert document(text).tree == {"a": "b"}


PROBLEMS: dict[str, tuple[bytes | str, str]] = {
    "Latin-1": ("name: Vård".encode("latin-1"), "MK102:1:8"),
    "UTF-16": ("name: Vård".encode("utf-16"), "MK102:1:1"),
    "UTF-16 without its mark": ("name: V".encode("utf-16-be"), "MK104:1:1"),
    "a surrogate": (b"a: \xed\xa0\x80", "MK102:1:4"),
    "Latin-1 after a byte order mark": (b"\xef\xbb\xbfa: \xff", "MK102:1:4"),
    "cut short": ("a: 1\nb: å".encode()[:-1], "MK102:2:4"),
    "300 kB": (b"a: " + b"x" * 300_000, "MK103:1:1"),
    "NUL": (b"a: b\0", "MK104:1:5"),
    "escaped NUL": ('a: "b\\0"', "MK104:1:4"),
    "escaped NUL in a key": ('"a\\0": b', "MK104:1:1"),
    "escaped line separator": ('x: 1\na: [b, "\\L"]', "MK104:2:8"),
    "escaped next line": ('a: "\\N"', "MK104:1:4"),
    "escaped bidi": ('a: "\\u202E"', "MK104:1:4"),
    "line separator": ("a: b\u2028c: d", "MK104:1:5"),
    "paragraph separator": ("a: b\u2029", "MK104:1:5"),
    "next line": ("a: b\u0085c: d", "MK104:1:5"),
    "bidi override": ("å: 🚑\u202eb", "MK104:1:5"),
    "bidi isolate": ("a: \u2067b", "MK104:1:4"),
    "left-to-right mark": ("a: b\u200e", "MK104:1:5"),
    "right-to-left mark": ("a: \u200fb", "MK104:1:4"),
    "Arabic letter mark": ("\u061ca: b", "MK104:1:1"),
    "escaped right-to-left mark": ('a: "\\u200f"', "MK104:1:4"),
    "form feed": ("a: b\n\x0cc: d", "MK104:2:1"),
    "delete": ("a: \x7f", "MK104:1:4"),
    "byte order mark inside": ("a: b\ufeff", "MK104:1:5"),
    "not a character": ("a: \uffff", "MK104:1:4"),
    "two colons": ("summary: Ambulans: journal", "MK105:1:18"),
    "tab": ("a:\n\tb: c", "MK105:2:1"),
    "open list": ("a: [b\nc: d", "MK105:1:4"),
    "open text": ('a: "b\n', "MK105:1:4"),
    "open text, many empty lines": ('a: "b\n\r\n\r\n\n', "MK105:1:4"),
    "one bracket": (b"[", "MK105:1:2"),
    "one bracket and a line break": (b"[\n", "MK105:1:2"),
    "wrong indent": ("a:\n  b: c\n d: e", "MK105:3:2"),
    "escaped surrogate": ('a: "\\ud800"', "MK105:1:7"),
    "unknown escape": ('a: "\\q"', "MK105:1:5"),
    "other YAML": ("%YAML 3.0\n---\na: b", "MK105:1:1"),
    "empty key": (": b", "MK105:1:1"),
    "129 levels of lists": ("a:\n" + "- " * MAX_DEPTH, f"MK106:2:{MAX_DEPTH * 2 - 1}"),
    "129 brackets": ("a: " + "[" * MAX_DEPTH, f"MK106:1:{3 + MAX_DEPTH}"),
    "20,001 values": ("a: [" + "1," * MAX_VALUES + "]", f"MK107:1:{5 + 2 * (MAX_VALUES - 3)}"),
    "repeated key": ("a: 1\nb:\n  c: 1\n  c: 2\n", "MK108:4:3"),
    "repeated key written otherwise": ("a: 1\n'a': 2", "MK108:2:1"),
    "anchor": ("a: &b c", "MK109:1:4"),
    "anchor on a key": ("&a b: c", "MK109:1:1"),
    "alias": ("å: 1\na: *b", "MK109:2:4"),
    "merge": ("<<: {a: b}", "MK109:1:1"),
    "tag": ("a: !!str b", "MK110:1:4"),
    "own tag": ("a: [1, !b c]", "MK110:1:8"),
    "tag on a table": ("a: !b\n  c: d", "MK110:1:4"),
    "Python object": ("a: !!python/object/apply:os.system [ls]", "MK110:1:4"),
    "second document": ("a: b\n---\nc: d", "MK111:2:1"),
    "second document after a carriage return": ("a: b\r---\rc: d", "MK111:2:1"),
    "end mark after a carriage return": ("a: b\r...\r---\rc: d", "MK111:3:1"),
    "empty": ("", "MK112:1:1"),
    "only a comment": ("# a", "MK112:1:1"),
    "list": ("- a", "MK112:1:1"),
    "text": ("\n abc", "MK112:2:2"),
    "list as key": ("? [a]\n: b", "MK113:1:3"),
    "table as key": ("a: {? {b: c} : d}", "MK113:1:7"),
    "empty text as key": ("'': a", "MK113:1:1"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_has_its_code_and_place(name: str) -> None:
    data, expected = PROBLEMS[name]
    assert placed(findings(data)) == [expected]


@pytest.mark.parametrize("text", ["---", "---\n", "--- # a\n"])
def test_a_file_with_nothing_but_a_mark_is_wrong_inside_the_file(text: str) -> None:
    (found,) = findings(text)
    assert found.code == "MK112" and inside(found.location, text.encode())


def test_the_first_of_a_repeated_key_is_shown_too() -> None:
    (found,) = findings("a: 1\nb: 2\na: 3\n")
    assert [spot(r.location) for r in found.related] == [(1, 1, 1, 2)]


def test_all_repeated_keys_are_found_at_once() -> None:
    assert placed(findings("a: 1\na: 2\nb: {c: 1, c: 2}\n? [x]\n: 3\n")) == ["MK108:2:1", "MK108:3:11", "MK113:4:3"]


def steps(repeated: int) -> int:
    """How many lines of Python so many repeated keys take, whatever the machine does meanwhile."""
    taken, before = 0, sys.gettrace()

    def step(*_: object) -> Any:
        nonlocal taken
        taken += 1
        return step

    sys.settrace(step)
    try:
        findings(b"a:\n" * repeated)
    finally:
        sys.settrace(before)
    return taken


def test_very_many_repeated_keys_are_counted_and_quick() -> None:
    assert steps(2_500) < 11 * steps(250), "ten times as many cost ten times as much"
    found = findings(b"a:\n" * 13_000)
    assert placed(found) == [f"MK108:{line}:1" for line in range(2, 2 + MOST_FINDINGS)] + ["MK115:1:1"]
    assert said(found[-1].message) == f"{12_999 - MOST_FINDINGS} fel till i filen visas inte än"


def test_an_unclosed_list_says_how_far_it_could_be_read() -> None:
    (found,) = findings("a: [b\nc: d")
    assert [spot(r.location)[:2] for r in found.related] == [(2, 2)]


BOMBS = {
    "brackets": (b"[" * 100_000, "MK106"),
    "braces": (b"{" * 100_000, "MK106"),
    "mixed brackets": (b"[{" * 50_000, "MK106"),
    "dashes": (b"- " * 100_000, "MK106"),
    "few dashes": (b"- " * 1_000, "MK106"),
    "questions": (b"? " * 100_000, "MK106"),
    "few questions": (b"? " * 1_000, "MK106"),
    "dashes and questions": (b"- ? " * 1_000, "MK106"),
    "dashes deep in the file": (b"a: b\nc:\n" + b"- " * 1_000, "MK106"),
    "dashes after a carriage return": (b"a:\r" + b"- " * 1_000, "MK106"),
    "dashes after two carriage returns": (b"a: b\rc:\r" + b"- " * 1_000, "MK106"),
    "questions after a carriage return": (b"a: b\r" + b"? " * 1_000, "MK106"),
    "stairs of carriage returns": (b"".join(b" " * n + b"a:\r" for n in range(400)), "MK106"),
    "dashes after a mark": (b"---\n" + b"- " * 1_000, "MK106"),
    "stairs": (b"".join(b" " * n + b"a:\n" for n in range(400)), "MK106"),
    "stairs with few letters": (b"".join(b" " * n + b"a:\n" for n in range(150)), "MK106"),
    "aliases": (b"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n", "MK109"),
    "an alias of itself": (b"a: &a [*a]", "MK109"),
    "merges": (b"a: &a {b: c}\nd: {<<: [*a, *a]}\n", "MK109"),
    "merges without anchors": (b"a: {<<: {b: c}}", "MK109"),
    "documents": (b"---\na: b\n" * 20_000, "MK111"),
    "commas": (b"a: [" + b"x," * 100_000 + b"]", "MK107"),
    "keys": (b"".join(b"k%d:\n" % n for n in range(20_000)), "MK107"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    data, code = BOMBS[name]
    assert len(data) <= MAX_BYTES
    (found,) = findings(data)
    assert found.code == code


def test_the_limits_themselves_are_allowed() -> None:
    depth = MAX_DEPTH - 1
    assert document("a: " + "[" * depth + "]" * depth).tree
    values = MAX_VALUES - 3
    assert len(document("a: [" + "1," * values + "]").tree["a"] or ()) == values
    assert document("a: " + "x" * (MAX_BYTES - 3)).tree


def inside(at: Location, data: bytes) -> bool:
    """Is a place within a file: a line it has, at most one step past its end?"""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.removesuffix("\n").split("\n")
    return 1 <= at.line <= len(lines) and 1 <= at.column <= len(lines[at.line - 1]) + 1


def harmless(data: bytes) -> None:
    read = parse("f.yaml", data)
    if not isinstance(read, Document):
        assert read
        for found in read:
            assert inside(found.location, data), found


YAMLISH = st.text(alphabet="ab:-?[]{},&*!|>'\"%@`#~ \n\t\\0åä🚑<=.", max_size=80)


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode), YAMLISH.map(str.encode)))
def test_any_bytes_are_a_document_or_findings_inside_the_file(data: bytes) -> None:
    harmless(data)


GOOD_FILES = sorted(GOOD.rglob("*.yaml"))
SPLICES = st.sampled_from(
    [b"", b"\n", b": ", b"- ", b"[", b"}", b"&a ", b"*a", b"!x ", b"\0", b"\xff", b"\xe2\x80\xa8", b"'", b'"', b"\t"]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good file with a stretch of it cut out and something put there."""
    data = draw(st.sampled_from(GOOD_FILES)).read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        data = data[:start] + draw(st.one_of(SPLICES, st.binary(max_size=4))) + data[end:]
    return data


@settings(max_examples=400)
@given(mutated())
def test_any_mutated_good_file_is_a_document_or_findings_inside_the_file(data: bytes) -> None:
    harmless(data)


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\u2028\u2029\ufeff"), max_size=12
).filter(lambda s: not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in s))
KEYS = WORDS.filter(bool)
TREES = st.recursive(
    WORDS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=20
)


def values(tree: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(tree, str):
        yield path, tree
    for key, item in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from values(item, (*path, key))


@settings(max_examples=200)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4), st.booleans())
def test_what_is_dumped_is_parsed_and_each_place_begins_its_value(tree: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(tree, default_style='"', allow_unicode=True, default_flow_style=flow, width=10_000)
    read = document(text)
    assert read.tree == tree
    lines = text.split("\n")
    for path, value in values(tree):
        at = read.place(path)
        quoted = lines[at.line - 1][at.column - 1 : at.end_column - 1]
        assert at.line == at.end_line and yaml.safe_load(quoted) == value


@pytest.mark.parametrize("file", GOOD_FILES, ids=lambda file: file.stem)
def test_a_good_file_says_the_same_to_an_ordinary_reader(file: Any) -> None:
    text = file.read_text("utf-8")
    assert document(text).tree == yaml.load(text, yaml.BaseLoader)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n\tb: c\n", "tabb i indraget"),
        ("a: b\n// c\nd: e\n", "en kommentar börjar med #"),
        ("a: @b\n", "börjar med @"),
        ("a: 'b 'c' d'\n", "texten slutar vid det andra citattecknet (')"),
        ("a:\n  b: c\n d: e\n", "indraget är inte lika stort"),
    ],
)
def test_what_makes_a_text_unreadable_is_told(text: str, said: str) -> None:
    (finding,) = findings(text.encode())
    assert said in finding.message.text.format(**finding.message.values)
