"""Where a file first speaks of each thing, as far as that can be seen without reading it as RDF."""

from __future__ import annotations

import re
from collections.abc import Mapping

from modulkarta.exchange.skos.reading import NOWHERE, Statements

_TURTLE = re.compile(r"(?:<([^>\s]*)>|([\w.-]*):([\w.%-]*))(?:\s*$|\s+[^\s,;.)\]])")
"""What a statement is about stands first in a line; what is indented, or followed by a comma, is a part of another."""
_ABOUT = re.compile(r'rdf:(about|ID)\s*=\s*["\']([^"\']*)["\']')
_ID = re.compile(r'"@id"\s*:\s*"([^"]*)"\s*(,?)')


def places(found: Statements) -> Mapping[str, int]:
    """The line of each address: where one begins a line in Turtle, or is what an element or object is about."""
    text = found.source.data.decode("utf-8", "replace").removeprefix("\ufeff")
    json, xml = text.lstrip()[:1] in ("{", "["), "<rdf:" in text
    lines: dict[str, int] = {}
    mentioned: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if json:
            for address, more in _ID.findall(line):
                (lines if more else mentioned).setdefault(address, number)
        else:
            for name in _elements(line) if xml else _begun(line, found.prefixes):
                lines.setdefault(name, number)
    known = {**mentioned, **lines}
    return {**{f"{NOWHERE}{name}": number for name, number in known.items()}, **known}


def _elements(line: str) -> list[str]:
    return [f"#{name}" if attribute == "ID" else name for attribute, name in _ABOUT.findall(line)]


def _begun(line: str, prefixes: Mapping[str, str]) -> list[str]:
    start = _TURTLE.match(line)
    if not start:
        return []
    address, prefix, name = start.groups()
    return [address] if address is not None else [prefixes[prefix] + name] if prefix in prefixes else []
