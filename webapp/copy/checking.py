"""Whether every link of a copy leads somewhere: read from the files themselves, whoever wrote them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from webapp.copy import markdown
from webapp.copy.rewriting import links

_ID = re.compile(r'\sid="([^"]*)"')
_LINKED = (".html", ".svg")
_MARKDOWN = (".md", "llms.txt")
_MOST_REMEMBERED = 50_000
"""Links whose meaning is remembered: the frames of all pages have the same."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Dead:
    """A link that leads nowhere, and a file that has it."""

    link: str
    file: str


class Links:
    """The links of files that are shown to it one by one. `address` is where the copy is to lie, if that is known."""

    def __init__(self, address: str = "") -> None:
        self._address, self._top = address, urlsplit(address).path
        self._ids: dict[str, frozenset[str]] = {}
        self._wanted: dict[tuple[str, str], Dead] = {}
        self._beside: set[str] = set()
        """Whole addresses that pages have: those of what else is on the host, for within a copy theirs are relative."""
        self._from_each = lru_cache(_MOST_REMEMBERED)(lambda link, up: self._leads(link, up.replace("..", "-")))
        """What a link by way of the top means is the same in all files that lie as deep: in that of any folders."""

    def add(self, file: str, data: bytes) -> None:
        self._ids[file] = frozenset()
        if file.endswith(_LINKED):
            text = data.decode("utf-8")
            self._ids[file] = frozenset(_ID.findall(text))
            self._want(file, (link for link in links(text) if not self._is_beside(link)))
        elif file.endswith(_MARKDOWN):
            self._want(file, markdown.links(data.decode("utf-8")))

    def _is_beside(self, link: str) -> bool:
        if self._is_whole(link):
            self._beside.add(unquote(link))
        return self._is_whole(link)

    def _is_whole(self, link: str) -> bool:
        return bool(self._address) and link.startswith(f"{self._address}/")

    def _want(self, file: str, several: Iterable[str]) -> None:
        """What the links of a file lead to, if that should be in the copy."""
        up = "../" * file.count("/")
        for link in dict.fromkeys(several):
            to = self._from_each(link, up) if up and link.startswith(up) else self._leads(link, file)
            if to and to not in self._wanted:
                self._wanted[to] = Dead(link=link, file=file)

    def _leads(self, link: str, at: str) -> tuple[str, str] | None:
        """The file that a link of another means, and the place in it; None where that is not of the copy."""
        parts = urlsplit(f"{self._top}{link.removeprefix(self._address)}" if self._is_whole(link) else link)
        if parts.scheme or parts.netloc:
            return None
        return _file(parts.path.removeprefix(self._top), at), unquote(parts.fragment)

    def dead(self) -> list[Dead]:
        """The links to files that are not there, or to places that are not in them; each told once."""
        return sorted(
            dead for (file, fragment), dead in self._wanted.items()
            if (file not in self._ids or (fragment and fragment not in self._ids[file]))
            and unquote(dead.link) not in self._beside
        )  # fmt: skip


def _file(path: str, at: str) -> str:
    """The file that a path leads to from another; from the top of the host where it begins there."""
    if not path:
        return at
    whole = unquote(path)
    name = whole[1:] if whole.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(at), whole))
    return posixpath.join(name, "index.html") if whole.endswith("/") or name in ("", ".") else name
