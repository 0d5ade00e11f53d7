# ruff: noqa: E501
"""Whatever stands in a file: no exception, an answer in every format, and always a place."""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import given
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta import snapshot
from modulkarta.cli.formats import FORMATS, Checked, written
from modulkarta.editing import fixes
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder

MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 20
"""Of one process that reads all the bombs, one after another."""

NOISE = st.sampled_from(
    [
        b"", b"\n", b"\r\n", b"\r", b": ", b":", b"- ", b"-", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!x ", b"\0", b"\xff",
        b"!!python/name:os.system ", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc2\xa0", b"\xe2\x80\x9d", b"'",
        b'"', b"\t", b"  ", b"#", b" #", b"|\n", b">-\n", b"%YAML 1.3\n---\n", b"---\n", b"...\n", b"<<: ", b"? ", b"@",
        b"`", b"~", b"null", b"yes", b"2028-02-30", b"kv 3 2028", b"31/12 2028", b"9" * 40, b"[" * 200, b"- " * 200,
        b"x" * 3000, b"<<<<<<< HEAD\n", b"=======\n", b"\xf0\x9f\x9a\x91", b"e\xcc\x81", b"\\", b'"\\ud800"', b"id: x\n",
        b"truth_of:\n  0.1.x: fact\n", b"former_ids: [a, a]\n", b"lifecycle: {live: ..}\n", b"Ber\xc3\xa4kna",
    ]
)  # fmt: skip


GOOD = folder.read(given.GOOD, "catalogue")
"""Region Exempel, which is quick to check."""
PATHS = sorted(GOOD.contents)


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A file of the catalogue with some stretches of it moved, doubled, left out or overwritten."""
    data = GOOD.contents[draw(st.sampled_from(PATHS))]
    for _ in range(draw(st.integers(1, 4))):
        lines = data.split(b"\n")
        if draw(st.booleans()):
            start, number = draw(st.integers(0, len(lines))), draw(st.integers(0, 3))
            taken = lines[start : start + number]
            rest = lines[:start] + lines[start + number :] if draw(st.booleans()) else lines
            where = draw(st.integers(0, len(rest)))
            indent = b" " * draw(st.integers(0, 5))
            data = b"\n".join(rest[:where] + [indent + line for line in taken] + rest[where:])
        else:
            start = draw(st.integers(0, len(data)))
            end = start + draw(st.integers(0, 20))
            data = data[:start] + draw(st.one_of(NOISE, st.binary(max_size=4))) + data[end:]
    return data


@settings(max_examples=150)
@for_any(st.dictionaries(st.sampled_from(PATHS), st.one_of(spoilt(), st.binary(max_size=200)), min_size=1, max_size=3))
def test_any_files_have_an_answer(spoilt_files: dict[str, bytes]) -> None:
    files = replace(GOOD, contents=GOOD.contents | spoilt_files)
    read = snapshot.build(files, given.metamodel(), given.TODAY)
    for finding in read.findings:
        assert_placed(finding, read)
    assert_told(read)
    mended = fixes.mended(files, given.metamodel(), given.TODAY)
    assert mended.read.files == read.files


def assert_placed(finding: Finding, read: Snapshot) -> None:
    """A finding is within a file that was read, or about one that should be there."""
    for at in (finding.location, *(related.location for related in finding.related)):
        lines = read.texts.get(at.file, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= at.line <= len(lines) and 1 <= at.column <= len(lines[at.line - 1]) + 1, finding
    for edit in finding.fix:
        assert edit.location.file in read.texts and "\n" not in edit.text


def assert_told(read: Snapshot) -> None:
    for format_ in FORMATS:
        for language in ("sv", "en"):
            checked = Checked(findings=read.listed, read=read, language=language, files=())
            "\n".join(written(format_, checked)).encode()


DEEP, WIDE = 5_000, 250_000
BOMBS = {
    "aliases": b"a: &a [x,x,x,x]\n" + b"".join(b"%c: &%c [*%c,*%c,*%c]\n" % (n, n, *[n - 1] * 3) for n in range(98, 123)),
    "merges": b"a: &a {b: c}\n" + b"".join(b"d%d: &d%d {<<: [*a, *a]}\n" % (n, n) for n in range(2_000)),
    "lists": b"a: " + b"[" * DEEP + b"]" * DEEP,
    "tables": b"a: " + b"{b: " * DEEP + b"}" * DEEP,
    "stairs": b"".join(b" " * n + b"a:\n" for n in range(600)),
    "dashes": b"a:\n" + b"- " * DEEP,
    "one line": b"name: " + b"x" * WIDE,
    "one key": b"x" * 1000 + b": a\n" + b"y" * WIDE,
    "colons": b"name: " + b"a: " * (WIDE // 3),
    "quotes": b"name: a: \"" + b"\xe2\x80\x9d" * (WIDE // 3),
    "spaces": b"a:\n" + b" " * WIDE + b"b: c",
    "hard spaces": b"a: |\n" + b" \xc2\xa0\n" * (WIDE // 4) + b"b",
    "lines": b"a:" * (WIDE // 2) + b"\n",
    "empty lines": b"a: [\n" + b"\n" * WIDE,
    "a date": b"name: A\nlifecycle: {live: " + b"2028 och " * (WIDE // 9) + b"}\n",
    "an id": b"name: A\nowner: " + b"koncern-" * (WIDE // 8) + b"\n",
    "words for ids": b"name: A\ndepends_on: [" + b"\xc3\x85, " * 19_000 + b"]\n",
    "ids": b"name: A\ndepends_on: [" + b",".join(b"n%d" % n for n in range(15_000)) + b"]\n",
    "keys": b"name: A\n" + b"".join(b"key%d: a\n" % n for n in range(9_000)),
    "the same key": b"name: A\n" * 9_000,
    "long keys": b"name: A\n" + b"".join(b"k%d%s: a\n" % (n, b"y" * 900) for n in range(200)),
    "tags": b"name: !!python/object/apply:os.system [id]\n",
    "directives": b"%YAML 1.3\n" * 5_000 + b"---\nname: A\n",
    "documents": b"---\nname: A\n" * 20_000,
    "ten megabytes": b"name: " + b"x" * 10_000_000,
    "zeros": b"\0" * WIDE,
    "surrogates": b"name: \xed\xa0\x80\xed\xb0\x80\n",
    "line separators": b"name: A\xe2\x80\xa8owner: b\n",
    "truths": b"name: A\ntruth_of:\n" + b"".join(b"  a.%s%d: fact\n" % (b"0." * 50, n) for n in range(1_500)),
    "swallowed keys": b"name: A\ndescription: |\n" + b"  owner: a\n\n" * 20_000,
    "texts": b"name: A\nx:\n" + b"  - |\n    owner: a\n" * 9_000,
    "comments": b"# x\n" * (WIDE // 4),
    "merge marks": b"<<<<<<< HEAD\n" * (WIDE // 14),
}  # fmt: skip


def test_bombs_cost_little_time_and_memory(tmp_path: Path) -> None:
    """All of them in one process, which the system ends if it takes more."""
    modules = {f"modules/b{n}": "" for n in range(len(BOMBS))}
    root = given.written(tmp_path, modules)
    for n, data in enumerate(BOMBS.values()):
        (root / f"applications/modules/b{n}.yaml").write_bytes(data)
    command = [sys.executable, "-c", "from modulkarta.cli import main; main()", "check", "--format", "concise"]
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=bounded, env=environment()
    )
    assert ended.returncode == 1 and "Traceback" not in ended.stderr, ended.stderr[-2000:]
    for n, name in enumerate(BOMBS):
        assert f"/b{n}.yaml:" in ended.stdout, name


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(given.ROOT), "LANG": "C.UTF-8"}
