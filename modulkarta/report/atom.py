"""News of the catalogue as an Atom feed (RFC 4287), for anybody's reader."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_OID, uuid5

from modulkarta.changes.sections import Section
from modulkarta.findings import message
from modulkarta.wording import Language, said

_SPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One piece of news: `about` names it for good, wherever the feed lies; `html` is a fragment."""

    about: str
    title: str
    address: str
    at: datetime
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """Some news, newest first: `about` names the feed for good, `page` is for people and `address` the feed itself."""

    about: str
    title: str
    author: str
    page: str
    address: str
    language: Language
    entries: tuple[Entry, ...]


def written(feed: Feed, at: datetime) -> bytes:
    """The feed as a file; `at` is when it last changed if nothing is in it. The same news give the same bytes."""
    root = ET.Element("feed", {"xmlns": _SPACE, "xml:lang": feed.language})
    newest = max((entry.at for entry in feed.entries), default=at)
    for name, words in (("id", _named(feed.about)), ("title", feed.title), ("updated", _moment(newest))):
        _add(root, name, words)
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _write(_add(root, "entry"), entry)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def fragment(sections: Sequence[Section], language: Language) -> str:
    """What changed as HTML: headings and lists, without what most readers do not need."""
    told = [section for section in sections if not section.folded]
    if not told:
        return f"<p>{escape(said(message('Inga ändringar i sak.'), language))}</p>"
    return "".join(f"<h3>{escape(section.title)}</h3><ul>{_items(section)}</ul>" for section in told)


def _items(section: Section) -> str:
    return "".join(f"<li>{escape(line.words)}</li>" for line in section.lines)


def _write(element: ET.Element, entry: Entry) -> None:
    _add(element, "id", _named(entry.about))
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.at))
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    _add(element, "content", entry.html, type="html")


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = _NOT_XML.sub(" ", words) or None
    return element


def _named(about: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_OID, f'modulkarta {about}')}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
