"""The terms as SKOS in Turtle (https://www.w3.org/TR/turtle/), as a person would write it: a paragraph a concept."""

from __future__ import annotations

import re

from modulkarta.exchange.outward import Asked, Exported
from modulkarta.exchange.skos.exporting import Said, said
from modulkarta.exchange.skos.statements import Described, Iri, Nameless, Object, Row, Statements, Words, addresses
from modulkarta.exchange.skos.vocabulary import PREFIXES, TYPE
from modulkarta.snapshot import Snapshot

_WIDTH = 120
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
"""A local name that needs no escape in any notation: fewer than Turtle allows."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SIGNS = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029]')


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The terms of a catalogue in one file, and what SKOS cannot say of them."""
    found = said(read, asked)
    return Exported(files={"begrepp.ttl": _text(found).encode()}, notes=found.notes)


def _text(found: Said) -> str:
    prefixes = {"": found.start, **PREFIXES}
    used = {prefix for iri in addresses(found.things) for prefix in prefixes if iri.startswith(prefixes[prefix])}
    head = [f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in prefixes if prefix in used]
    return "\n".join(head) + "\n" + "".join(f"\n{_thing(one, prefixes)}\n" for one in found.things)


def _thing(one: Described, prefixes: dict[str, str]) -> str:
    lines = [f"{_address(one.subject, prefixes)}", *_properties(one.said, prefixes, "    ")]
    return "\n".join(lines) + " ."


def _properties(several: Statements, prefixes: dict[str, str], margin: str) -> list[str]:
    lines = [f"{margin}{_property(predicate, objects, prefixes, margin)}" for predicate, objects in several]
    return [f"{line} ;" for line in lines[:-1]] + lines[-1:]


def _property(predicate: str, objects: tuple[Object, ...], prefixes: dict[str, str], margin: str) -> str:
    """A property and what it says: on a line if it fits, else one a line."""
    word = "a" if predicate == TYPE else _address(predicate, prefixes)
    values = [_object(one, prefixes, margin) for one in objects]
    line = f"{word} {', '.join(values)}"
    if len(values) == 1 or len(margin + line) <= _WIDTH:
        return line
    inner = f",\n{margin}    ".join(values)
    return f"{word}\n{margin}    {inner}"


def _object(one: Object, prefixes: dict[str, str], margin: str) -> str:
    match one:
        case Iri(value=iri):
            return _address(iri, prefixes)
        case Words(value=words, language=language):
            return f'"{_escaped(words)}"' + (f"@{language}" if language else "")
        case Nameless(said=inner):
            return _nameless(inner, prefixes, margin)
        case Row(items=items):
            return _row([_object(item, prefixes, f"{margin}    ") for item in items], margin)
        case _:
            return "true"


def _nameless(inner: Statements, prefixes: dict[str, str], margin: str) -> str:
    parts = [_property(predicate, objects, prefixes, f"{margin}    ") for predicate, objects in inner]
    line = " ; ".join(parts)
    if not parts:
        return "[]"
    if "\n" not in line and len(margin + line) <= _WIDTH:
        return f"[ {line} ]"
    return "[\n" + " ;\n".join(f"{margin}    {part}" for part in parts) + f"\n{margin}]"


def _row(values: list[str], margin: str) -> str:
    line = " ".join(["(", *values, ")"])
    if "\n" not in line and len(margin + line) <= _WIDTH:
        return line
    return "(\n" + "\n".join(f"{margin}    {value}" for value in values) + f"\n{margin})"


def _address(iri: str, prefixes: dict[str, str]) -> str:
    for prefix, start in prefixes.items():
        if iri.startswith(start) and _PLAIN.fullmatch(iri.removeprefix(start)):
            return f"{prefix}:{iri.removeprefix(start)}"
    return f"<{iri}>"


def _escaped(words: str) -> str:
    return _SIGNS.sub(lambda sign: _ESCAPES.get(sign[0], f"\\u{ord(sign[0]):04X}"), words)
