"""Every page that a reader could come to, asked for one after the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.test import TestResponse

from modulkarta.figures import laying_out
from modulkarta.model import Catalogue
from modulkarta.wording import Language
from webapp.copy import finding, hosting, leads, machines
from webapp.copy.abreast import abreast
from webapp.copy.rewriting import Rewriting
from webapp.copy.scope import HOST, Address, Scope

_MOVED = (301, 302, 308)
_LINKED = ("text/html", "image/svg+xml")
_NOWHERE = "/finns-inte-i-kopian"


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file of the copy: its path, and what is in it; the day and language of a page ("" for the copy's own)."""

    path: str
    data: bytes
    day: str = ""
    lang: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What came of asking for a page: its text for the copy, or where it leads on to; neither where there is none."""

    at: Address
    data: bytes | None = None
    moved_to: Address | None = None
    failed: bool = False
    leads_to: tuple[Address, ...] = ()
    """What nobody in this process has come upon before."""
    left: Counter[str] = field(default_factory=Counter)
    """Its links and forms that lead to what is not in the copy, by why."""


class Copy:
    """A copy of what a viewer shows; to be read once, file by file, in the same order each time.

    The viewer must be one that has not been asked yet. `address` is where the copy is to lie, if that is known;
    `public` whether it is for everybody.
    """

    def __init__(self, app: Flask, catalogue: Catalogue, scope: Scope, address: str = "", *, public: bool) -> None:
        self.app, self.catalogue, self.scope, self.address = app, catalogue, scope, address.rstrip("/")
        self.public = public
        self.rewriting = self._rewriting()
        self.seen: set[Address] = set()
        self.pages: list[Address] = []
        self.failed: list[str] = []
        """What could not be made, by its address."""
        self.left: Counter[str] = Counter()
        """How many links and forms lead to what is not in the copy, by why."""
        self._told: set[Address] = set()
        """What has been told as led to: each process need say it once."""
        finding.install(app, self._outside)
        machines.install(app, scope)

    def _rewriting(self) -> Rewriting:
        return Rewriting(self.scope, finding.Days(self.scope, self.catalogue).links, self.address)

    def files(self) -> Iterator[File]:
        """The pages from the first on, then what is beside them."""
        front = self._starts()
        with laying_out.many(), abreast(self._made) as made:
            while front:
                self.seen.update(front)
                found: set[Address] = set()
                for one in made(front):
                    found.update(one.leads_to)
                    yield from self._taken(one)
                front = sorted(found - self.seen)
        yield from self._beside()

    def _starts(self) -> list[Address]:
        """What maybe nothing leads to: every page that has no part of its address open, and the first on each day."""
        paths = sorted({rule.rule for rule in self.app.url_map.iter_rules() if not rule.arguments})
        found = (self.scope.meant(f"{path}?lang={self._language()}", Address(path="/")) for path in paths)
        first = [one for one in found if isinstance(one, Address)]
        days = [Address(path="/", day=day.isoformat()) for day in self._days()]
        return sorted(replace(one, lang=lang) for one in (*first, *days) for lang in self._languages())

    def _language(self) -> str:
        """The one whose pages lead on: that of the top, where the copy has it."""
        return self.scope.language if self.scope.language in self.scope.languages else min(self.scope.languages)

    def _languages(self) -> list[str]:
        return ["" if one == self.scope.language else one for one in self.scope.languages]

    def _days(self) -> list[date]:
        return [day for day in sorted(self.scope.days) if day != self.scope.today]

    def _asked(self, at: Address) -> TestResponse:
        return self.app.test_client().get(at.asked, base_url=HOST, buffered=True)

    def _made(self, at: Address) -> Made:
        """A page for the copy. Maybe it is made in another process: the first knows nothing but what is returned."""
        answer = self._asked(at)
        if answer.status_code in _MOVED:
            to = self.scope.meant(answer.headers["Location"], at)
            return Made(at=at, moved_to=to, leads_to=(to,)) if isinstance(to, Address) else Made(at=at)
        if answer.status_code != 200:
            return Made(at=at, failed=answer.status_code in (500, 503))
        data, leads_to = self._rewritten(at, answer)
        new = dict.fromkeys(to for to in leads_to if to not in self._told)
        self._told.update(new)
        return Made(at=at, data=data, leads_to=tuple(new), left=self._newly_left())

    def _rewritten(self, at: Address, answer: TestResponse) -> tuple[bytes, list[Address]]:
        if answer.mimetype not in _LINKED and not at.is_markdown:
            return answer.get_data(), []
        rewrite = self.rewriting.markdown if at.is_markdown else self.rewriting.page
        text, leads_to = rewrite(answer.text, at)
        return text.encode(), leads_to

    def _newly_left(self) -> Counter[str]:
        """What has been left out since this was last asked."""
        left, self.rewriting.left = self.rewriting.left, Counter()
        return left

    def _taken(self, made: Made) -> Iterator[File]:
        """The file of a page that has been made; nothing for what is not there."""
        self.left.update(made.left)
        if made.moved_to:
            yield self._lead(made.at, made.moved_to)
        elif made.data is not None:
            self.pages.append(made.at)
            yield self._file(made.at, made.data)
        elif made.failed:
            self.failed.append(made.at.asked)

    def _beside(self) -> Iterator[File]:
        """What is no page of the viewer: where former ids lead, what is told of pages that are not there."""
        yield from self._former()
        yield File(path="404.html", data=self._not_found().encode())
        yield from (File(path=name, data=text.encode()) for name, text in self._hosted())

    def _hosted(self) -> Iterator[tuple[str, str]]:
        """What web hosts and those who index pages read: each file its name and text."""
        yield "_headers", hosting.headers(self.address, public=self.public)
        yield "robots.txt", hosting.robots(self.address, public=self.public)
        if self.address and self.public:
            pages = (page for page in self.pages if not page.day and not page.rest and page.is_page)
            yield from hosting.sitemaps(pages, self.address, self.scope.language)

    def _former(self) -> Iterator[File]:
        """A page for each former id wherever the thing of today has one, and the list for web hosts that read it."""
        former: defaultdict[str, list[str]] = defaultdict(list)
        for old, today in sorted(self.catalogue.former.items()):
            former[today].append(old)
        pairs = [(before, page) for page in sorted(self.pages) for before in _before(page, former) if page.is_page]
        pairs = [(before, page) for before, page in pairs if before not in self.seen]
        yield from (self._lead(before, page) for before, page in pairs)
        if pairs:
            yield File(path="_redirects", data=hosting.redirects(pairs, self.address).encode())

    def _outside(self) -> str:
        """The address of the page that is asked for, as far as it is known where the copy is to lie."""
        at = self.scope.meant(request.full_path, Address(path="/"))
        return f"{self.address}/{leads.folder(at)}" if isinstance(at, Address) else self.address

    def _not_found(self) -> str:
        return leads.from_the_top(self._lost(), urlsplit(self.address).path)

    def _lost(self, lang: str = "") -> str:
        """What is told of a page that is not there, as it would be from the top."""
        at = Address(path=_NOWHERE, lang=lang)
        text = self._asked(at).text
        made, _ = self.rewriting.page(text.replace(_NOWHERE, "/"), Address(path="/404.html", lang=lang))
        self.left.update(self._newly_left())
        return made

    def _lead(self, at: Address, to: Address) -> File:
        language: Language = "en" if (at.lang or self.scope.language) == "en" else "sv"
        return self._file(at, leads.on(self.rewriting.link(to, at), language).encode())

    def _file(self, at: Address, data: bytes) -> File:
        return File(path=at.file, data=data, day=at.day, lang=at.lang)


def _before(page: Address, former: defaultdict[str, list[str]]) -> Iterator[Address]:
    """What a page was called before."""
    above, _, id_ = page.path.rpartition("/")
    yield from (replace(page, path=f"{above}/{old}") for old in former[id_])
