"""Which pages of the viewer `scripts/trust` reads, in which states and how they are looked at."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import given
import year
from servers import answering

from modulkarta import snapshot
from modulkarta.levels import HIGHEST
from modulkarta.past import past_of

TODAY = date(2026, 11, 21)
STATES = ("datum=2027-06-01", "rev=rapport-2026-03", "lang=en")
"""Another day, as it was, in English."""
STARTS = [
    "/", "/hjalp", "/tillganglighet", "/sok", "/sok?q=journal", "/sok?q=qqqqq", "/andringar",
    "/andringar?fran=rapport-2026-01&till=rapport-2026-12", "/karta?jamfor=2028-06-01", "/moduler/finns-inte",
    "/karta?datum=x", "/karta?rev=rapport-1999-01", "/risker/risk-pappersrutin",
]  # fmt: skip
"""Where links are followed from, and the pages that none leads to: problems, a comparison, a search."""
BARE = ["/", "/karta", "/moduler", "/fardplan", "/ersattning", "/rapport", "/sok?q=journal", "/kvalitet", "/andringar"]
_EMPTY = "tom"
"""Marks the addresses of a catalogue without anything in it; the viewer asks for no such parameter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A page and how it is looked at."""

    address: str
    sight: str

    def __str__(self) -> str:
        return f"{self.address} ({self.sight})"


def views(place: Path, most: int, sights: Sequence[str]) -> Iterator[tuple[Any, list[View]]]:
    """Each viewer and what to read of it; the first of the sights is the one in which every page is read."""
    app = _region(place)
    pages = _crawled(app, most)
    print(f"trust: {len(pages)} sidor", file=sys.stderr, flush=True)
    chosen = set(_one_of_each(app, pages))
    yield app, [view for page in pages for view in _of(page, sights if page in chosen else sights[:1])]
    empty = _viewer(given.read({}))
    yield empty, [View(address=_with(page, _EMPTY), sight=sight) for page in BARE for sight in sights]


def _of(page: str, sights: Sequence[str]) -> Iterator[View]:
    """A page as it is today; one that stands for its sort in every sight, and in the other states too."""
    yield from (View(address=page, sight=sight) for sight in sights)
    if len(sights) > 1:
        yield from (View(address=_with(page, state), sight=sights[0]) for state in STATES)


def _with(page: str, asked: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}{asked}"


def _region(place: Path) -> Any:
    root = year.made(place) / "catalogue"
    read = snapshot.load(root, given.SCHEMAS, TODAY)
    past = past_of(root, given.SCHEMAS, read, HIGHEST, shown="catalogue", beside=True)
    return _viewer(read, past=past)


def _viewer(read: Any, **past: Any) -> Any:
    from webapp import create_app

    return create_app(read, today=lambda: TODAY, **past)


def _crawled(app: Any, most: int) -> list[str]:
    """Every page that links lead to as it is today, at most so many of a sort, after those that are started from."""
    client, waiting, seen = app.test_client(), list(STARTS), dict.fromkeys(STARTS)
    sorts: dict[str, int] = {}
    while waiting:
        page = client.get(waiting.pop(0))
        if page.mimetype != "text/html":
            seen.pop(page.request.full_path.removesuffix("?"), None)
            continue
        for link in map(unescape, re.findall(r'<a [^>]*href="(/[^"#]*)', page.text)):
            sort = _sort(app, link)
            if link not in seen and sorts.get(sort, 0) < most and not re.search("[?&](datum|rev|lang)=", link):
                sorts[sort] = sorts.get(sort, 0) + 1
                seen[link] = None
                waiting.append(link)
    return list(seen)


def _one_of_each(app: Any, pages: list[str]) -> list[str]:
    first = {_sort(app, page): page for page in reversed(pages)}
    return [*STARTS, *first.values()]


def _sort(app: Any, link: str) -> str:
    """What decides how a page looks: its route and, where it has one, its kind."""
    from werkzeug.exceptions import HTTPException

    try:
        endpoint, values = app.url_map.bind("").match(link.partition("?")[0])
    except HTTPException:
        return "none"
    return f"{endpoint} {values.get('slug', '')}"


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of a viewer on this machine."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...

    with answering(make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)) as address:
        yield address
