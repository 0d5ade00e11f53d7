"""Where a copy sends its readers without a server: former ids, and pages that are not there."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from modulkarta.findings import message
from modulkarta.wording import Language, said
from webapp.copy.scope import Address

_RELATIVE = re.compile(r'(\s(?:href|src|action)=")(?![a-z]+:|#|/)')
_SAFE = "/:?&=#%[]@!$'()*+,;~"
_MOVED = message("Sidan har flyttat")


def on(link: str, language: Language) -> str:
    """A page that leads on to another."""
    words, to = said(_MOVED, language), escape(link)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n<title>{words}</title>\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{to}">\n'
        '<link rel="icon" href="data:,">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<p><a href="{to}">{words}</a></p>\n</html>\n'
    )


def folder(page: Address) -> str:
    """The address of a page from the top, as a web host has it: without the name of an index."""
    return page.file.removesuffix("index.html")


def written(address: str) -> str:
    """A whole address, as it is written in an attribute or in a text of XML."""
    return escape(quote(address, safe=_SAFE))


def from_the_top(text: str, prefix: str) -> str:
    """A page at the top that is shown at any address: its links begin where the copy does on its host."""
    return _RELATIVE.sub(rf"\1{prefix}/", text)
