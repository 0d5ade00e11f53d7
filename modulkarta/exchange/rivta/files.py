"""One file of a service contract: what a WSDL or an XSD says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from xml.sax import SAXException

from modulkarta.exchange import texts
from modulkarta.exchange.inward import Origin, Source, other_format, refused, too_large, unreadable
from modulkarta.exchange.rivta.namespace import Namespace, profile_in, taken_apart
from modulkarta.exchange.strict_xml import Node, Stopped, TooDeep, TooMany, outermost, refusal
from modulkarta.findings import Finding, Location, Message, message

MOST_BYTES = 4_000_000
_WSDL = "http://schemas.xmlsoap.org/wsdl/"
_WSDL_2 = "http://www.w3.org/ns/wsdl"
_XSD = "http://www.w3.org/2001/XMLSchema"
_VERSION = r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}"
_IN_NAME = re.compile(rf"_v?({_VERSION})(?=_|\.[a-z]|$)", re.IGNORECASE)
_IN_WORDS = re.compile(rf"\bversion\s*:?\s*({_VERSION})(?![.0-9])", re.IGNORECASE)
_LABELS = ("Tjänsteinteraktionens namn", "Beskrivning", "Revisioner", "Tjänstedomän", "Tjänsteinteraktionstyp",
           "WS-profil", "Förvaltas av")  # fmt: skip
_LABEL = re.compile(rf"^[ \t]*({'|'.join(_LABELS)})[ \t]*:", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """Another schema that a file builds on: its namespace, and where it is said to lie."""

    space: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A WSDL or an XSD: what it is for, and what it says that the catalogue has room for."""

    source: str
    sort: str
    """`WSDL` or `XSD`."""
    space: str
    namespace: Namespace | None
    called: str
    at: Location
    operations: tuple[str, ...] = ()
    documentation: str = ""
    steward: str = ""
    versions: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    digest: bytes = b""
    """Of its bytes, to tell a copy from another edition."""

    @property
    def origin(self) -> Origin:
        return Origin(sort=self.sort, name=texts.line(self.source.rpartition("/")[2]), at=self.at)

    @property
    def profile(self) -> str:
        """Its profile; a namespace of the old form leaves it to the name of the file."""
        return (self.namespace.profile if self.namespace else "") or profile_in(self.source)


@dataclass(frozen=True, kw_only=True, slots=True)
class Other:
    """A file that is neither, and why."""

    origin: Origin
    reason: Message


def read(source: Source) -> File | Other | Finding:
    """What a file says; or that it is something else; or that it cannot be read at all."""
    if wrong := _wrong(source):
        return wrong
    try:
        node = outermost(source.data)
    except Stopped as stopped:
        return _broken(source, stopped)
    at = Location(file=source.name, line=node.line, column=node.column)
    if (node.space, node.tag) == (_WSDL, "definitions"):
        return _wsdl(source, node, at)
    if (node.space, node.tag) == (_XSD, "schema"):
        return _xsd(source, node, at)
    origin = Origin(sort="XML", name=texts.line(source.name.rpartition("/")[2]), at=at)
    return Other(origin=origin, reason=_what_else(node))


def _wrong(source: Source) -> Finding | None:
    """Why a file is not even tried."""
    at = Location(file=source.name)
    if len(source.data) > MOST_BYTES:
        return too_large(at, MOST_BYTES)
    if not source.data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        return unreadable(at, message("filen är tom"))
    found = texts.format_of(source.data)
    return other_format(at, "WSDL", found) if found not in ("", "XML") else None


def _broken(source: Source, stopped: Stopped) -> Finding:
    at = Location(file=source.name, line=stopped.line, column=stopped.column)
    if reason := refusal(stopped.why):
        return refused(at, reason)
    if isinstance(stopped.why, TooDeep | TooMany):
        return refused(at, message("den är djupare eller har fler delar än ett tjänstekontrakt kan ha"))
    if isinstance(stopped.why, SAXException):
        return unreadable(at, message("XML:en är trasig ({reason})", reason=stopped.why.getMessage()))
    return unreadable(at, message("teckenkodningen är okänd"))


def _wsdl(source: Source, node: Node, at: Location) -> File:
    space = texts.line(node.get("targetNamespace"), 500)
    words = _documented((node, *node.all("portType", "service")))
    said = _labelled(words)
    ports = [operation for port in node.all("portType") for operation in port.all("operation")]
    return File(
        source=source.name, sort="WSDL", space=space, at=at, namespace=taken_apart(space, wsdl=True),
        called=_called(source, node), operations=tuple(_names(ports)),
        documentation=said.get("beskrivning", "") if said else words,
        steward=texts.line(said.get("förvaltas av", ""), texts.LONGEST_NAME),
        versions=tuple(dict.fromkeys((*_in_name(source.name), *_IN_WORDS.findall(words)))),
        mentions=tuple(_mentions(node)), digest=sha256(source.data).digest(),
    )  # fmt: skip


def _xsd(source: Source, node: Node, at: Location) -> File:
    space = texts.line(node.get("targetNamespace"), 500)
    own = re.findall(rf"^{_VERSION}$", node.get("version").strip())
    return File(
        source=source.name, sort="XSD", space=space, at=at, namespace=taken_apart(space, wsdl=False),
        called=texts.line(source.name.rpartition("/")[2]),
        versions=tuple(dict.fromkeys((*own, *_in_name(source.name)))), mentions=tuple(_mentions(node)),
    )  # fmt: skip


def _what_else(node: Node) -> Message:
    if node.space == _WSDL_2:
        return message("det är WSDL 2.0; det som läses är WSDL 1.1")
    return message("det är inte WSDL utan XML som börjar med <{tag}>", tag=texts.line(node.tag, 60))


def _called(source: Source, node: Node) -> str:
    """What a WSDL calls itself: its name, that of its service or of its ports, else its file's."""
    named = (texts.line(one.get("name")) for one in (node, *node.all("service", "portType")))
    return next(filter(None, named), "") or texts.line(source.name.rpartition("/")[2].removesuffix(".wsdl"))


def _names(nodes: Iterable[Node]) -> list[str]:
    return list(dict.fromkeys(name for node in nodes if (name := texts.line(node.get("name")))))


def _documented(nodes: Iterable[Node]) -> str:
    """What stands of documentation directly in some elements, also within an annotation."""
    holders = [holder for node in nodes for holder in (node, *node.all("annotation"))]
    return "\n\n".join(words for holder in holders for one in holder.all("documentation") if (words := one.words))


def _labelled(words: str) -> Mapping[str, str]:
    """The parts of a documentation that is written as RIV-TA's templates have it, by their labels."""
    parts = _LABEL.split(words)
    return {label.casefold(): text.strip() for label, text in zip(parts[1::2], parts[2::2], strict=True)}


def _in_name(name: str) -> list[str]:
    return _IN_NAME.findall(name.rpartition("/")[2])


def _mentions(node: Node) -> Iterator[Mention]:
    for one in (one for one in node.everywhere() if one.tag in ("import", "include", "redefine")):
        place = one.get("schemaLocation") or one.get("location")
        mention = Mention(space=texts.line(one.get("namespace")), place=texts.line(place))
        if mention.space or mention.place:
            yield mention
