"""What a page says, sentence by sentence, with the language that it says it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

ALOUD = ("aria-label", "alt", "title", "placeholder", "data-label")
"""Attributes that people hear or see."""
_ADDRESS = re.compile(r"https?://\S+")
_EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_NOBODYS = {"script", "style", "code", "pre"}
_NAMES = {"svg", "title", "option"}


@dataclass(frozen=True)
class Words:
    """Some words of a page; `names` where a name cannot be marked with its own language, as in a picture."""

    text: str
    language: str
    names: bool


@dataclass
class _Page(HTMLParser):
    found: list[Words] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.language
        self.found += [Words(given[name] or "", language, True) for name in ALOUD if given.get(name)]
        if tag not in _EMPTY:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        said = " ".join(_ADDRESS.sub("", data).split())
        if said and not tags & _NOBODYS:
            self.found.append(Words(said, self.language, bool(tags & _NAMES)))


def words(page: str) -> Iterator[Words]:
    """The words of a page in order."""
    parser = _Page()
    parser.feed(page)
    yield from parser.found
