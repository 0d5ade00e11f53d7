"""What web hosts read of a copy: the headers that its answers are to have, who may index it, where former ids lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from webapp.copy import leads
from webapp.copy.scope import Address
from webapp.http.caching import IMMUTABLE, REVALIDATED
from webapp.http.headers import hardened


def common(*, public: bool) -> list[tuple[str, str]]:
    """The headers of every answer, the same as the viewer's own; how long it may be kept is said elsewhere."""
    page = [("Content-Type", "text/html"), ("Cache-Control", REVALIDATED)]
    return [pair for pair in hardened(page, quiet=not public) if pair not in page]


def headers(address: str, *, public: bool) -> str:
    """The file `_headers`, as Netlify and Cloudflare Pages read it.

    No header stands under two patterns that both fit a file, since hosts put the values together. What is not said to
    be kept for long is asked for again on both hosts by itself.
    """
    top = urlsplit(address).path
    lines = [f"{top}/*", *(f"  {name}: {value}" for name, value in common(public=public))]
    return "\n".join([*lines, f"{top}/static/*", f"  Cache-Control: {IMMUTABLE}"]) + "\n"


def redirects(pairs: Iterable[tuple[Address, Address]], address: str) -> str:
    """The file `_redirects` of the same hosts: where former ids lead, for good, from the top of the host."""
    top = urlsplit(address).path
    return "".join(f"{top}/{leads.folder(before)} {top}/{leads.folder(after)} 301\n" for before, after in pairs)


def robots(address: str, *, public: bool) -> str:
    """Who may index the copy: nobody, unless it is for everybody."""
    if not public:
        return "User-agent: *\nDisallow: /\n"
    where = f"Sitemap: {address}/{SITEMAP}\n" if address else ""
    return f"User-agent: *\nAllow: /\n{where}"


SITEMAP = "sitemap.xml"
_START = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_ADDRESSES = 50_000
_MOST_BYTES = 50 * 1024 * 1024
"""What a sitemap may hold at most, by its specification; above that there are several, and a list of them."""
_BYTES_EACH = 1_000
"""More than an address takes with the languages it is there in, at the length that addresses have here."""


def sitemaps(pages: Iterable[Address], address: str, language: str) -> Iterator[tuple[str, str]]:
    """The files that list the pages for those who index them: each its name and text.

    Each page names itself in its other language. None says when it changed: nobody knows that of a page that is made
    of many files.
    """
    several = _with_languages(pages)
    most = min(_MOST_ADDRESSES, _MOST_BYTES // _BYTES_EACH)
    parts = [several[start : start + most] for start in range(0, len(several), most)] or [[]]
    texts = [_START + _urlset("".join(_url(one, address, language) for one in part)) for part in parts]
    if len(texts) == 1:
        yield SITEMAP, texts[0]
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(texts) + 1)]
    yield from zip(names, texts, strict=True)
    listed = "".join(f"<sitemap><loc>{leads.written(f'{address}/{name}')}</loc></sitemap>\n" for name in names)
    yield SITEMAP, f'{_START}<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n'


def _with_languages(pages: Iterable[Address]) -> list[tuple[Address, list[Address]]]:
    """Each page with the same page in all its languages."""
    alike: dict[tuple[str, object], list[Address]] = {}
    found = sorted(pages)
    for page in found:
        alike.setdefault((page.path, page.rest), []).append(page)
    return [(page, alike[page.path, page.rest]) for page in found]


def _urlset(urls: str) -> str:
    return f'<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{urls}</urlset>\n'


def _url(one: tuple[Address, list[Address]], address: str, language: str) -> str:
    page, same = one
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other.lang or language}" href="{_place(other, address)}"/>'
        for other in same
    ) if len(same) > 1 else ""  # fmt: skip
    return f"<url><loc>{_place(page, address)}</loc>{others}</url>\n"


def _place(page: Address, address: str) -> str:
    return leads.written(f"{address}/{leads.folder(page)}")
