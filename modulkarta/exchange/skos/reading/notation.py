"""Which notation of RDF a file is written in, told by what it says; and what it may not say, whatever it is."""

from __future__ import annotations

import json
import re
from typing import Any, Literal
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from modulkarta.exchange.inward import Source, letters, other_format, refused, too_large, unreadable
from modulkarta.exchange.skos.vocabulary import ADMS, DCT, FOAF, OWL, RDF, RDFS, SKOS, XL, XSD
from modulkarta.exchange.strict_xml import DEEPEST, Stopped, TooDeep, parse, refusal
from modulkarta.findings import Finding, Location, message

Notation = Literal["turtle", "xml", "json-ld"]

MAX_BYTES = 16_000_000
"""A few hundred thousand statements: half a minute's reading."""
_ELEMENT = re.compile(r"<[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?[\s/>]")
_OTHERS = (
    (b"PK\x03\x04", "ZIP"), (b"%PDF", "PDF"), (b"\x1f\x8b", "GZIP"), (b"\xd0\xcf\x11\xe0", "Office"),
)  # fmt: skip
_STANDARD = {
    "http://www.w3.org/2011/rdfa-context/rdfa-1.1", "https://www.w3.org/2011/rdfa-context/rdfa-1.1",
    "http://www.w3.org/2013/json-ld-context/rdfa11", "https://www.w3.org/2013/json-ld-context/rdfa11",
}  # fmt: skip
"""Contexts that only have the usual prefixes, and so need not be fetched."""
_USUAL = {
    "skos": SKOS, "skosxl": XL, "dct": DCT, "dcterms": DCT, "dc": "http://purl.org/dc/elements/1.1/", "foaf": FOAF,
    "owl": OWL, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "adms": ADMS,
}  # fmt: skip


def readable(source: Source) -> tuple[Notation, bytes] | Finding:
    """The notation of a file and what of it is safe to read; or what is wrong with it. Nothing is ever fetched."""
    at = Location(file=source.name)
    if len(source.data) > MAX_BYTES:
        return too_large(at, MAX_BYTES)
    if other := next((name for start, name in _OTHERS if source.data.startswith(start)), None):
        return other_format(at, "SKOS", other)
    if _is_xml(source.data):
        return _xml(source)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return letters(Location(file=source.name, line=source.data.count(b"\n", 0, error.start) + 1))
    if not text.strip():
        return unreadable(at, message("den är tom"))
    return _json(source, text) if text.lstrip()[0] in "{[" and _json_like(text) else ("turtle", text.encode())


def _is_xml(data: bytes) -> bool:
    for encoding in ("utf-16", "utf-8-sig") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        start = data[:4000].decode(encoding, "ignore").lstrip()
        if start.startswith(("<?xml", "<!")) or (_ELEMENT.match(start) and "xmlns" in start):
            return True
        if start[:5].lower() == "<html":
            return True
    return False


def _xml(source: Source) -> tuple[Notation, bytes] | Finding:
    """XML that has no document type, no entities and no great depth, and is RDF."""
    at = Location(file=source.name)
    if b"<!doctype html" in source.data[:500].lower() or source.data.lstrip()[:5].lower() == b"<html":
        return other_format(at, "SKOS", "HTML")
    seen = _Depth()
    try:
        parse(source.data, seen, namespaces=False)
    except Stopped as stopped:
        return _broken(source, stopped)
    return ("xml", source.data) if seen.is_rdf else other_format(at, "SKOS", f"XML ({seen.root})")


def _broken(source: Source, stopped: Stopped) -> Finding:
    at = Location(file=source.name, line=stopped.line, column=stopped.column)
    if reason := refusal(stopped.why):
        return refused(at, reason)
    if isinstance(stopped.why, SAXException):
        return unreadable(at, message("XML:en är trasig här"))
    if isinstance(stopped.why, TooDeep):
        return unreadable(at, message("den är nästlad för djupt"))
    return letters(at)


class _Depth(ContentHandler):
    """How deep a file goes, what it begins with, and whether it speaks of RDF at all."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.root, self.is_rdf = 0, "", False

    def startElement(self, name: str, attrs: Any) -> None:
        self.root = self.root or name
        self.is_rdf = self.is_rdf or RDF in attrs.values()
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooDeep

    def endElement(self, name: str) -> None:
        self.depth -= 1


def _json_like(text: str) -> bool:
    """Whether a text is JSON, and not Turtle that begins with something without an address."""
    return text.lstrip()[0] == "{" or text.lstrip()[1:].lstrip()[:1] in ("{", "[", '"', "]", "")


def _json(source: Source, text: str) -> tuple[Notation, bytes] | Finding:
    """JSON-LD whose contexts are all in the file itself."""
    at = Location(file=source.name)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        return unreadable(Location(file=source.name, line=error.lineno, column=error.colno),
                          message("JSON:en är trasig här"))  # fmt: skip
    except (RecursionError, ValueError):
        return unreadable(at, message("den är nästlad för djupt"))
    holder = {"@graph": whole} if isinstance(whole, list) else whole
    if not any(f'"{word}"' in text for word in ("@context", "@graph", "@id", "@type")):
        return other_format(at, "SKOS", "JSON")
    remote = _contexts_of_others(holder)
    if remote is None:
        return unreadable(at, message("den är nästlad för djupt"))
    if remote:
        return refused(at, message("den vill hämta ett sammanhang (@context) på {address}; lägg in det i filen",
                                   address=remote))  # fmt: skip
    return "json-ld", json.dumps(whole).encode()


def _contexts_of_others(whole: Any) -> str | None:
    """The address of a context that would have to be fetched, "" if there is none, None where it goes too deep.

    Those that are known are put in the place of their addresses.
    """
    left: list[tuple[Any, int]] = [(whole, 0)]
    while left:
        value, depth = left.pop()
        if depth > DEEPEST:
            return None
        if isinstance(value, dict):
            if "@context" in value:
                value["@context"] = _known(value["@context"])
            if found := next((one for one in _fetched(value)), ""):
                return found
            left.extend((inner, depth + 1) for inner in value.values())
        elif isinstance(value, list):
            left.extend((inner, depth + 1) for inner in value)
    return ""


def _known(context: Any) -> Any:
    if isinstance(context, list):
        return [_known(one) for one in context] if not any(isinstance(one, list) for one in context) else context
    return dict(_USUAL) if isinstance(context, str) and context.rstrip("/#") in _STANDARD else context


def _fetched(value: dict[str, Any]) -> list[str]:
    context = value.get("@context")
    several = context if isinstance(context, list) else [context]
    return [one for one in (*several, value.get("@import")) if isinstance(one, str)]
