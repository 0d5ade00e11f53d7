"""Where a copy sends its readers without a server: former ids, pages that are not there, and those who index pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from xml.sax.saxutils import escape as escape_xml

from modulkarta.findings import message
from modulkarta.wording import Language, said
from webapp.copy.scope import Address

_RELATIVE = re.compile(r'(\s(?:href|src|action)=")(?![a-z]+:|#|/)')
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


def line(before: Address, after: Address) -> str:
    """The same for the web hosts that read `_redirects`: for good, from the top of the host."""
    return f"/{folder(before)} /{folder(after)} 301\n"


def folder(page: Address) -> str:
    """The address of a page from the top, as a web host has it: without the name of an index."""
    return page.file.removesuffix("index.html")


def sitemap(pages: Iterable[Address], host: str) -> str:
    """The pages for those who index them."""
    addresses = "".join(f"<url><loc>{escape_xml(f'{host}/{folder(page)}')}</loc></url>\n" for page in pages)
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{start}{addresses}</urlset>\n"


def from_the_top(text: str, prefix: str) -> str:
    """A page at the top that is shown at any address: its links begin where the copy does on its host."""
    return _RELATIVE.sub(rf"\1{prefix}/", text)
