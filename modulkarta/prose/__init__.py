"""What people write by hand for a month's report: a file a month and language, a heading for each place in the section.

Comments (`<!-- … -->`) are for those who write. Everything else is shown, or told to be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from modulkarta.findings import Location
from modulkarta.prose.slots import slot_of
from modulkarta.source.folder import REPORTS
from modulkarta.wording import Language

FOLDER = REPORTS
"""Where the files lie in the catalogue."""

_NAME = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(\.en)?\.md")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ABOUT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r" {0,3}##(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")

_FIRST_HEADING = re.compile(r"^ {0,3}##(?!#)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What stands under a heading, without comments; `slot` is None under one that names no place.

    `line` is the heading's, and the body begins on the next one. What stands before the first heading has none.
    """

    heading: str | None
    slot: str | None
    line: int
    lines: tuple[str, ...]
    withheld: bool = False
    """Whether there is a text here that this audience may not see."""

    @property
    def body(self) -> str:
        return "\n".join(self.lines)

    @property
    def empty(self) -> bool:
        return not self.body.strip()

    @property
    def last(self) -> int:
        """The last line that says something."""
        said = [number for number, line in enumerate(self.lines, self.line + 1) if line.strip()]
        return said[-1] if said else self.line


@dataclass(frozen=True, kw_only=True)
class Prose:
    """One file: of which month (None where its name is no month's) and language, and what stands where."""

    file: str
    month: str | None
    language: Language
    text: str
    about: dict[str, tuple[int, str]]
    """What the file says of itself before its text: each word with its line and value."""
    parts: tuple[Part, ...]

    @property
    def level(self) -> str:
        """Who may see it, as it is written; "" where nobody has said."""
        return self.about.get("secrecy", (0, ""))[1]

    @property
    def seems_classified(self) -> bool:
        """Whether something is said before the first heading of who may see it, though not as it should be."""
        head = self.text[: found.start()] if (found := _FIRST_HEADING.search(self.text)) else self.text
        return not self.level and ("secre" in head.casefold() or "sekret" in head.casefold())

    @cached_property
    def of_slot(self) -> dict[str, tuple[Part, ...]]:
        """The parts of each place; a place may be written in several."""
        slots = dict.fromkeys(part.slot for part in self.parts if part.slot)
        return {slot: tuple(part for part in self.parts if part.slot == slot) for slot in slots}

    def at(self, line: int, words: str = "") -> Location:
        """Where some words of a line stand; the whole line where they are not found there."""
        text = self.text.split("\n")[line - 1] if self.text else ""
        column = text.find(words) + 1 if words else 0
        start, end = (column, column + len(words)) if column else (1, len(text) + 1)
        return Location(file=self.file, line=line, column=start, end_line=line, end_column=end)

    def with_level(self, level: str) -> Prose:
        line = self.about.get("secrecy", (1, ""))[0]
        return replace(self, about={**self.about, "secrecy": (line, level)})


def prose(file: str, text: str) -> Prose:
    """What a text says; `file` is what findings call its file. Whatever is wrong in it is for the rules to say."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    named = None if is_astray(file) else _NAME.fullmatch(file.rpartition("/")[2])
    about = _ABOUT.match(text)
    hidden = _lines_only(about[0]) if about else ""
    rest = hidden + _COMMENT.sub(lambda found: _lines_only(found[0]), text[about.end() if about else 0 :])
    return Prose(
        file=file, month=named[1] if named else None, language="en" if named and named[2] else "sv", text=text,
        about=dict(_about(about[0])) if about else {}, parts=tuple(_parts(rest.split("\n"))),
    )  # fmt: skip


def is_astray(file: str) -> bool:
    """Whether a file lies in a folder of its own below the folder of the texts."""
    return f"/{file}".split("/")[-2] != FOLDER


def file_name(month: str, language: Language) -> str:
    """What the file of a month is called (`2026-11.md`, `2026-11.en.md`)."""
    return f"{month}.en.md" if language == "en" else f"{month}.md"


def _lines_only(text: str) -> str:
    return "\n" * text.count("\n")


def _about(text: str) -> Iterator[tuple[str, tuple[int, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        key, sign, value = line.partition(":")
        if line.strip() not in ("", "---") and not line.startswith("#"):
            yield (key.strip(), (number, value.strip().strip("\"'"))) if sign else (line.strip(), (number, ""))


def _parts(lines: list[str]) -> Iterator[Part]:
    start, heading = 0, None
    for number, line in enumerate(lines, 1):
        if found := _HEADING.fullmatch(line):
            yield _part(heading, start, lines[start : number - 1])
            start, heading = number, found[1] or ""
    yield _part(heading, start, lines[start:])


def _part(heading: str | None, line: int, lines: list[str]) -> Part:
    slot = slot_of(heading) if heading is not None else None
    return Part(heading=heading, slot=slot, line=line, lines=tuple(lines))
