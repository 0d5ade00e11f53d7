"""Single mistakes that an architect makes, as edits of the real catalogue: what is written, and where it shows.

`▸` in the new text is where the finding should stand; it is taken away before the text is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import given

MARK = "▸"
Contents = dict[str, bytes]
"""A catalogue's files by their path inside it."""

JOURNAL, PLAN, SYSTEM = "modules/prehospital-journal", "replacements/ersattning-ambulink", "systems/ambulink"
CONTRACT, PLATFORM, DECISION = (
    "contracts/avtal-ambulink",
    "modules/gemensam-vardplattform",
    "decisions/beslut-utan-utskrift",
)


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What somebody did to a catalogue, and what `check` should answer: `CODE path:line:column`."""

    name: str
    made: Callable[[Contents], object]
    expected: str
    safe: bool = False
    """Whether the fix may be made without asking, and gives the text as it was."""


def path_of(short: str) -> str:
    """`modules/m` as the path inside the catalogue."""
    return next(path for path in given.whole_paths({short: ""}) if path != "catalogue.yaml")


def slip(name: str, code: str, file: str, old: str, new: str, *, safe: bool = False, at: str = "") -> Mistake:
    """A text that stands once in a file, written wrong; found at the mark, else at `at`, else where the text began."""
    path = path_of(file) if file != "catalogue.yaml" else file

    def made(contents: Contents) -> None:
        before = contents[path].decode()
        assert before.count(old) == 1, f"{name}: {before.count(old)} of {old!r} in {path}"
        contents[path] = before.replace(old, new.replace(MARK, "")).encode()

    before = given.real().contents[path].decode()
    marked = before.replace(at, MARK + at) if at else before.replace(old, new if MARK in new else MARK + new)
    lines = marked[: marked.index(MARK)].split("\n")
    return Mistake(name=name, made=made, expected=f"{code} {path}:{len(lines)}:{len(lines[-1]) + 1}", safe=safe)


def act(name: str, made: Callable[[Contents], object], expected: str, *, safe: bool = False) -> Mistake:
    """Something done to the files."""
    return Mistake(name=name, made=made, expected=expected, safe=safe)


def renamed(old: str, new: str) -> Callable[[Contents], None]:
    def made(contents: Contents) -> None:
        contents[new] = contents.pop(old)

    return made


def replaced(path: str, data: bytes) -> Callable[[Contents], None]:
    def made(contents: Contents) -> None:
        contents[path] = data

    return made
