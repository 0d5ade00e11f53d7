"""Pages whose links lead to files: relative, so that the copy may lie anywhere, also on a disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, urlsplit

from webapp.copy import markdown
from webapp.copy.scope import Address, Left, Scope, searched

_LINKING = re.compile(
    r'<(a|area|form|iframe|image|img|link|script|source|use)(\s(?:[^<>"]++|"[^"]*")*+)>', re.IGNORECASE
)
"""The tags that a page has links in; whether others have any is seen by those who try them."""
_TAG = re.compile(r'<([a-zA-Z][\w:-]*)((?:[^<>"]++|"[^"]*")*+)>')
_LINK = re.compile(r'(\s)(href|src|action|xlink:href)="([^"]*)"')
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_CLASS = re.compile(r'^<form\b[^>]*\bclass="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden"[^>]*>')
_EMBEDDED = ("img", "script", "image")
_MOST_MEANT = 100_000
"""Links that are remembered: most of those of a page stand on every other page too, and each day has its own."""
_SEARCH, _DAY = "search", "day"


class Rewriting:
    """Rewrites pages, and remembers what they lead to and what they no longer do.

    Links of pages are relative. What is written in Markdown is read apart from where it lies: its links are whole
    where the `address` of the copy is known.
    """

    def __init__(self, scope: Scope, days: Callable[[Address], str], address: str = "") -> None:
        self.scope, self.address = scope, address
        self._from_top = lru_cache(_MOST_MEANT)(
            lambda link, day, embedded: self._leads(link, Address(path="/", day=day), embedded)
        )
        """What a link from the top means: the same on all pages of a day."""
        self._written = lru_cache(1)(lambda at: quote(at.file))
        """Where a page lies, as it is written in links: all links of a page are rewritten one after the other."""
        self.days = days
        """What stands in the place of the form that asks for a day."""
        self.left: Counter[str] = Counter()

    def page(self, text: str, at: Address) -> tuple[str, list[Address]]:
        """The text of a page, or of a picture, for the copy; and the pages it leads to."""
        found: list[Address] = []
        text = _FORM.sub(lambda form: self._form(form[0], at), text)
        return _LINKING.sub(lambda tag: self._tag(tag, at, found), text), found

    def markdown(self, text: str, at: Address) -> tuple[str, list[Address]]:
        """The text of a page's twin in Markdown for the copy; and the pages it leads to."""
        found: list[Address] = []

        def link(to: str) -> str | None:
            return self._new(to, at, found, tag="a")

        return markdown.with_links(text, link), found

    def link(self, to: Address, at: Address) -> str:
        """One page's way to another."""
        return quote(_way(to.file, at.file))

    def _form(self, form: str, at: Address) -> str:
        """A form for a script that needs no server stays; the one for a day becomes the days that there are."""
        named = _CLASS.match(form)
        classes = named[1].split() if named else []
        if _SEARCH in classes and 'action="/sok' in form:
            return _HIDDEN.sub("", form)
        self.left["form"] += 1
        return self.days(at) if _DAY in classes else ""

    def _tag(self, tag: re.Match[str], at: Address, found: list[Address]) -> str:
        name = tag[1].lower()
        lost = False

        def link(one: re.Match[str]) -> str:
            nonlocal lost
            new = self._new(unescape(one[3]), at, found, tag=name)
            if new is None:
                lost = True
                return ""
            return f'{one[1]}{one[2]}="{escape(new)}"'

        attributes = _LINK.sub(link, tag[2])
        return "" if lost and name == "link" else f"<{tag[1]}{attributes}>"

    def _new(self, link: str, at: Address, found: list[Address], *, tag: str) -> str | None:
        """A link as it is in the copy; None where there is nothing that it could lead to."""
        if link.startswith("#"):
            return self.elsewhere(link, at, tag)
        embedded = tag in _EMBEDDED
        leads = self._from_top(link, at.day, embedded) if link.startswith("/") else self._leads(link, at, embedded)
        if leads is None:
            return self.elsewhere(link, at, tag)
        if isinstance(leads, str):
            self.left[leads] += 1
            return None
        to, file, after = leads
        found.append(to)
        if at.is_markdown and self.address:
            return f"{self.address}/{file.removesuffix('index.html')}{after}"
        return self.way(file, at, tag) + after

    def way(self, file: str, at: Address, tag: str) -> str:
        """How a tag of a page leads to a file."""
        return _way(file, self._written(at))

    def elsewhere(self, link: str, at: Address, tag: str) -> str:
        """A link to what is not a page of the viewer, or to a place on the page itself."""
        return link

    def _leads(self, link: str, at: Address, embedded: bool) -> tuple[Address, str, str] | Left | None:
        """What a link means: the page, its file as it is written in links, and what stands after that."""
        meant = self.scope.meant(link, at, embedded=embedded)
        if not isinstance(meant, Address):
            return meant
        fragment = urlsplit(link).fragment
        return meant, quote(meant.file), searched(link) + (f"#{fragment}" if fragment else "")


def _way(to: str, at: str) -> str:
    """One file's way to another; both from the top, so that the disk need not be asked where that is."""
    here, there = at.split("/")[:-1], to.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def links(text: str) -> Iterator[str]:
    """Every link of a page or picture, as it is written."""
    for tag in _TAG.finditer(text):
        for link in _LINK.finditer(tag[2]):
            yield unescape(link[3])
