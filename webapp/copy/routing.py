"""Pages whose links lead to places in one file: what stands after # is the page, and after another # a place on it."""

from __future__ import annotations

from urllib.parse import quote

from webapp.copy.rewriting import Rewriting
from webapp.copy.scope import Address, Scope

_LEADING = ("a", "area", "form")
_SKIP = "#innehall"
"""Past the menus, on whichever page it is: an address of its own would lead nobody anywhere."""


class Routing(Rewriting):
    """Rewrites pages for one file, in which everything is of one day and in one language."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, lambda at: "")

    def way(self, file: str, at: Address, tag: str) -> str:
        return f"#/{route(file, self.scope)}" if tag in _LEADING else file

    def elsewhere(self, link: str, at: Address, tag: str) -> str:
        on_page = tag in _LEADING and link.startswith("#") and link != _SKIP
        return f"#/{route(quote(at.file), self.scope)}{link}" if on_page else link


def route(file: str, scope: Scope) -> str:
    """What a page is called by its file in a copy: its address without the language, which is the same for all."""
    (language,) = scope.languages
    prefix = "" if language == scope.language else f"{language}/"
    return file.removeprefix(prefix).removesuffix("index.html").rstrip("/")
