"""Which pages are in a copy, and which file each of them is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from posixpath import splitext
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from modulkarta.dates import NOW
from modulkarta.wording import LANGUAGES, Language

HOST = "http://kopia.invalid"
"""What the viewer is asked as, if nobody says where the copy is to lie."""
STATIC = "/static/"
_CONTENT = "v"
"""Asked of static files, and a part of their names in the copy: what is in them, so that they may be kept for long."""
_SEARCH, _SEARCHED = "/sok", ("q", "typ", "sida")
"""What a script of the search page reads for itself: all of it is one file."""
_FINITE = ("farg", "vy", "sida", "sortera", "bara", "mal", "saknar")
"""What a page may be asked for beside time and language, with so few answers that each may be a file."""
_UNDATED = ("sortera",)
"""What is left out on other days: the same again in another order."""
_AREA, _COLOURS = "omrade", "farg"
"""A part of a map that is too crowded to be drawn whole, which may be asked for in other colours."""
_PART = "sida"
"""Which part of a list too long for one page: whoever sees the first is to reach the others."""
_MOST_RESTS, _MOST_DATED = 3, 2
"""How much at a time, beside the part of a list: the pages are as many as the answers multiplied."""
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_NOT_DATED = frozenset({
    "rapport", "andringar", "sok", "om", "hjalp", "tillganglighet", "kvalitet", "a-o", "relationer", "krav",
    "begrepp", "uppfoljning", "maskiner",
})  # fmt: skip
_SERVED = frozenset({"api", "healthz", "readyz", "metrics", "openapi.json"})
_TWIN, _FOR_ASSISTANTS = ".md", "/llms.txt"
_TWINLESS = frozenset({"relationer", "sok"})
"""Pages that are pictures, or do something, more than they say something."""
_REPORT = "rapport"
_PICTURES, _OF_EACH = "bild", ("relationer", "lager")
"""Figures; those of each thing there is are as many as the things, and are not copied."""
_DATED_PICTURES = ("", ".svg", ".csv")
"""What there is of a figure on other days: it weighs little, and a page leads to it."""

Left = Literal["version", "day", "question", "machine", "language", "file"]
"""Why a link leads to nothing in the copy.

It asks for a version, another day, a question, is for programs, in a language or a page or file that is left out.
"""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Address:
    """A page of the viewer: its path, on a day ("" for the copy's own), in a language ("" for the catalogue's own)."""

    path: str
    lang: str = ""
    day: str = ""
    rest: tuple[tuple[str, str], ...] = ()

    @property
    def asked(self) -> str:
        """What the viewer is asked."""
        time = {"datum": self.day, "lang": self.lang}
        query = urlencode([*self.rest, *((name, value) for name, value in time.items() if value)])
        return f"{self.path}?{query}".removesuffix("?")

    @property
    def file(self) -> str:
        """Where it lies in the copy: a folder with an index, but for what has an ending."""
        if self.path.startswith(STATIC):
            name, ending = splitext(self.path[1:])
            return ".".join([name, *(content for _, content in self.rest)]) + ending
        asked = [f"{key}-{value}" for key, value in self.rest]
        index = "index.html" if self.is_page else ""
        return "/".join(part for part in (self.lang, self.day, self.path.strip("/"), *asked, index) if part)

    @property
    def is_page(self) -> bool:
        """Whether it is for people; what has an ending is a picture, or for programs."""
        return "." not in self.path.rpartition("/")[2]

    @property
    def is_markdown(self) -> bool:
        """Whether it is a page in another form; the report's own Markdown is a file like any other."""
        return self.path == _FOR_ASSISTANTS or _is_twin(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """The days and languages of a copy. `today` is the day that its pages take for today."""

    today: date
    days: Mapping[date, str]
    """Each with what it is the day of: the id of a milestone, "" for the turn of a year."""
    language: str
    """That of the pages at the top."""
    dated: Collection[str]
    """The first parts of the addresses of things whose pages differ from day to day."""
    kinds: Collection[str]
    """The first parts of the addresses of all kinds of things."""
    areas: Collection[str] = ()
    """The parts of the map that have a map of their own; none where the whole is drawn."""
    languages: Collection[Language] = LANGUAGES
    each_dated: bool = True
    """Whether single things too have pages on other days, or only what is told of several."""
    only_pages: bool = False
    """Whether there are no files to fetch, and of pictures only those that a page shows."""
    without: Collection[str] = ()
    """The first parts of the addresses of pages that are left out."""

    def meant(self, link: str, at: Address, *, embedded: bool = False) -> Address | Left | None:
        """What a link on a page leads to; None for what is elsewhere, or on the page itself.

        What is not there on the day of the page leads to the copy's own day, which the page there says.
        """
        if link.startswith("#"):
            return None
        parts = urlsplit(urljoin(f"{HOST}{at.path}", link))
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            return None
        first = parts.path.split("/")[1]
        if first in _SERVED or (_is_twin(parts.path) and first.removesuffix(_TWIN) in _TWINLESS):
            return "machine"
        if parts.path.startswith(STATIC):
            return Address(path=parts.path, rest=_content(parts.query))
        if first in self.without or (self.only_pages and not embedded and "." in parts.path):
            return "file"
        asked = dict(parse_qsl(parts.query))
        if asked.pop("rev", "nu") not in NOW:
            return "version"
        day, lang = self._day(asked.pop("datum", "")), asked.pop("lang", "")
        if parts.path == _SEARCH:
            asked = {name: value for name, value in asked.items() if name not in _SEARCHED}
        if (lang or self.language) not in self.languages:
            return "language"
        rest = tuple(sorted(asked.items()))
        if not self._is_finite(rest, day):
            return "question"
        path = parts.path.rstrip("/") or "/"
        if path.startswith(tuple(f"/{_PICTURES}/{view}/" for view in _OF_EACH)):
            return "question"
        whole = Address(path=path, lang="" if lang == self.language else lang, day=day, rest=rest)
        if _is_twin(path) and (whole.lang or day or rest):
            return "machine"
        return self._there(whole, at, embedded)

    def _is_finite(self, rest: tuple[tuple[str, str], ...], day: str) -> bool:
        """Whether what a page is asked for beside time and language has a file of its own."""
        if day and rest != on_another_day(rest):
            return False
        area = dict(rest).get(_AREA)
        if area is not None:
            return area in self.areas and {name for name, _ in rest} <= {_AREA, _COLOURS}
        few = len(_whole(rest)) <= _MOST_RESTS
        return few and all(name in _FINITE and _PLAIN.fullmatch(value) for name, value in rest)

    def has(self, one: Address) -> bool:
        """Whether a page that is there on the copy's own day is there on the day of an address too."""
        return not one.day or (self._is_copied(one.day) and self._is_dated(one.path))

    def _there(self, one: Address, at: Address, embedded: bool) -> Address | Left:
        if embedded or self.has(one):
            return one
        return replace(one, day="") if one.day == at.day or self._is_copied(one.day) else "day"

    def _day(self, written: str) -> str:
        return "" if written in ("", *NOW, self.today.isoformat()) else written

    def _is_copied(self, written: str) -> bool:
        return any(day.isoformat() == written for day in self.days)

    def _is_dated(self, path: str) -> bool:
        first, *more = path.strip("/").split("/")
        if first == _PICTURES:
            return len(more) < 2 and splitext(path)[1] in _DATED_PICTURES
        if "." in path or first in _NOT_DATED or (more and not self.each_dated):
            return False
        return first in self.dated or (not more and first not in self.kinds) or first == "ersattning"


def _content(query: str) -> tuple[tuple[str, str], ...]:
    """What a static file is asked for by."""
    return tuple(pair for pair in parse_qsl(query) if pair[0] == _CONTENT and _PLAIN.fullmatch(pair[1]))


def _is_twin(path: str) -> bool:
    """Whether a page is asked for as Markdown."""
    return path.endswith(_TWIN) and not path.startswith(f"/{_REPORT}/")


def on_another_day(rest: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What a page is asked for, as far as its pages of other days can be asked."""
    area = tuple(pair for pair in rest if pair[0] == _AREA)
    dated = tuple(pair for pair in rest if pair[0] not in _UNDATED)
    most = _whole(dated)[:_MOST_DATED]
    return area or tuple(pair for pair in dated if pair in most or pair[0] == _PART)


def _whole(rest: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What is asked for of all parts of a list."""
    return tuple(pair for pair in rest if pair[0] != _PART)


def searched(link: str) -> str:
    """What a link asks the search page to look for, as it is read there; "" for other links."""
    parts = urlsplit(link)
    asked = [pair for pair in parse_qsl(parts.query) if pair[0] in _SEARCHED] if parts.path == _SEARCH else []
    return f"?{urlencode(asked)}" if asked else ""
