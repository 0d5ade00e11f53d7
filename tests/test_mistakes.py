"""Single mistakes in the real catalogue: each is found where it was made, first, with little said beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import given
import pytest
from commands import Run
from mistakes import Contents, Mistake
from mistakes_between_files import FILES, PLANS, REFERENCES
from mistakes_in_text import KEYS, LAYOUT, VALUES

from modulkarta import snapshot
from modulkarta.editing import fixes
from modulkarta.findings import WORKED_OUT, Finding, Location
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, parse
from modulkarta.wording import said

MISTAKES = (*KEYS, *VALUES, *LAYOUT, *REFERENCES, *PLANS, *FILES)
MOST_BESIDE = 2
"""What else there may be to mend after one mistake, at most."""

for_each = pytest.mark.parametrize("mistake", [pytest.param(mistake, id=mistake.name) for mistake in MISTAKES])


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is said after a mistake that was not said before it, and what may be mended without asking."""

    new: list[Finding]
    safe: list[Finding]


def test_there_are_many_different_mistakes() -> None:
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) >= 60


def test_nothing_is_wrong_before() -> None:
    assert not real().count("error") and not fixes.safe(real())


@pytest.mark.parametrize("mark", [b"", "\ufeff".encode()])
@pytest.mark.parametrize("line", [b"\n", b"\r\n"])
def test_marks_and_line_ends_of_other_systems_are_no_mistakes(mark: bytes, line: bytes) -> None:
    contents = {path: mark + data.replace(b"\n", line) for path, data in given.real().contents.items()}
    assert frozenset(what(finding) for finding in read(contents).listed) == said_before()


@for_each
def test_the_first_finding_is_at_the_mistake(mistake: Mistake) -> None:
    first = seen(mistake).new[0]
    places = [first.location, *(related.location for related in first.related)]
    assert mistake.expected in [f"{first.code} {shown(at)}" for at in places]


@for_each
def test_little_else_is_said(mistake: Mistake) -> None:
    """What is worked out from the plan (gaps, single points) changes with it; the same said in many files is one."""
    first, *others = seen(mistake).new
    beside = {(f.code, said(f.message)) for f in others if f.severity != "info" and f.code not in WORKED_OUT}
    assert len(beside - {(first.code, said(first.message))}) <= MOST_BESIDE, beside


@for_each
def test_only_what_can_mean_one_thing_is_safe_to_mend(mistake: Mistake) -> None:
    assert bool(seen(mistake).safe) is mistake.safe


@pytest.mark.parametrize("mistake", [pytest.param(one, id=one.name) for one in MISTAKES if one.safe])
def test_a_safe_fix_gives_back_what_was_there(mistake: Mistake) -> None:
    mended = fixes.mended(files(made(mistake)), given.metamodel(), given.TODAY)
    assert not [f for f in mended.read.listed if f.severity == "error"]
    for change in mended.changes:
        assert tree(change.after or b"") == tree(given.real().contents[change.path])


def test_many_safe_mistakes_at_once_are_all_mended_and_then_there_are_none() -> None:
    contents = dict(given.real().contents)
    for mistake in MISTAKES:
        before_ = dict(contents)
        try:
            mistake.made(contents if mistake.safe else {})
        except (AssertionError, KeyError):  # the place is taken by an earlier one
            contents = before_
    mended = fixes.mended(files(contents), given.metamodel(), given.TODAY)
    assert sum(mended.counts.values()) >= 20
    after = contents | {change.path: change.after or b"" for change in mended.changes}
    assert {path: tree(data) for path, data in after.items()} == {
        path: tree(data) for path, data in given.real().contents.items()
    }
    assert not fixes.mended(files(after), given.metamodel(), given.TODAY).changes


@pytest.mark.parametrize("name", ["a key in Swedish", "an id misspelt", "a quote that is not closed", "an empty file"])
def test_the_command_says_so(name: str, tmp_path: Path, run: Run) -> None:
    mistake = next(one for one in MISTAKES if one.name == name)
    for path, data in made(mistake).items():
        (tmp_path / "catalogue" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalogue" / path).write_bytes(data)
    ended = run("check", tmp_path / "catalogue", "--format", "concise")
    code, place = mistake.expected.split(" ")
    assert ended.code == 1
    assert f"{place}: fel[{code}]" in ended.out.splitlines()[0]


def made(mistake: Mistake) -> Contents:
    contents = dict(given.real().contents)
    mistake.made(contents)
    return contents


def files(contents: Contents) -> Files:
    return replace(given.real(), contents=dict(sorted(contents.items())))


def read(contents: Contents, like: Snapshot | None = None) -> Snapshot:
    return snapshot.build(files(contents), given.metamodel(), given.TODAY, like=like)


@lru_cache(maxsize=1)
def real() -> Snapshot:
    return read(dict(given.real().contents))


@lru_cache(maxsize=len(MISTAKES))
def seen(mistake: Mistake) -> Seen:
    read_ = read(made(mistake), like=real())  # a law of test_changes says that it is then as if read anew
    return Seen(new=[f for f in read_.listed if what(f) not in said_before()], safe=fixes.safe(read_))


@lru_cache(maxsize=1)
def said_before() -> frozenset[tuple[object, ...]]:
    return frozenset(what(finding) for finding in real().listed)


def what(finding: Finding) -> tuple[object, ...]:
    """A finding without its place, which moves with the lines above it."""
    return finding.code, finding.location.file, finding.path, said(finding.message)


def shown(at: Location) -> str:
    return f"{at.file.removeprefix('catalogue/')}:{at.line}:{at.column}"


def tree(data: bytes) -> object:
    document = parse("f.yaml", data)
    assert isinstance(document, Document), document
    return document.tree
