"""What a model has and a catalogue has no room for, kept in files beside it: views, folders, what is said of the model.

Each view has a file of its own, and each model one for the rest, as the exchange format 3.x writes them. They are
read again when the catalogue is exported (`exporting.kept`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from modulkarta.exchange.archimate.importing.plan import Plan
from modulkarta.exchange.archimate.names import FOLDER, NAMESPACE, possible, safe
from modulkarta.exchange.archimate.reading.content import TOO_LARGE, Kept, Model, Row
from modulkarta.exchange.inward import Item, Origin
from modulkarta.findings import message

OURS = "id-view."
"""How the identifiers of the export's own views begin."""
_REFERRING = re.compile(r'(?:relationshipRef|propertyDefinitionRef)=["\']([^"\']*)')
LARGEST = 4_000_000
_LONGEST = 80
_DRAWN_AGAIN = message("exporten ritar den på nytt")
_DRAWN = ("view", "organization")
_MODEL_SAYS = message(
    "det som modellen säger om sig själv hör till katalogens inställningar, som inte ändras av en import"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The files by path, and what became of each thing that they are about."""

    files: Mapping[str, bytes]
    items: tuple[Item, ...]


def kept(models: Iterable[Model], plan: Plan, homeless: Mapping[str, tuple[Row, ...]]) -> Beside:
    """All that is kept of some models; what the export makes itself is left."""
    own = any(choice.own for choice in plan.choices.values())
    types = {quoteattr(link.identifier)[1:-1]: link.type for _, link in plan.spots}
    files: dict[str, bytes] = {}
    items: list[Item] = []
    for model in models:
        prefix = _name(model.identifier or model.name or "modell")
        whole = []
        for one in (*model.views, *model.about):
            item = _item(one, own)
            items.append(item)
            if item.outcome == "aside" and one.sort == "view":
                files[f"{FOLDER}/{_name(one.identifier or one.name)}.xml"] = _file(model, types, views=(one,))
            elif item.outcome == "aside":
                whole.append(one)
        there = {one.identifier for one in model.elements} | {one.identifier for one in model.links}
        rows = {key: several for key, several in homeless.items() if key in there}
        if whole or rows:
            files[f"{FOLDER}/{prefix}.xml"] = _file(model, types, about=tuple(whole), rows=rows)
    return Beside(files=files, items=tuple(items))


def _item(one: Kept, own: bool) -> Item:
    origin = Origin(sort=one.sort, name=one.name, at=one.at)
    if one.wrong or len(one.xml) > LARGEST:
        return Item(origin=origin, outcome="skipped", reasons=(one.wrong or TOO_LARGE,))
    if own and (one.sort != "view" or one.identifier.startswith(OURS)):
        reason = _DRAWN_AGAIN if one.sort in _DRAWN else _MODEL_SAYS
        return Item(origin=origin, outcome="skipped", reasons=(reason,))
    return Item(origin=origin, outcome="aside")


def _name(identifier: str) -> str:
    """An identifier as the name of a file: another one for another, also where case makes no difference."""
    plain = safe(identifier)
    same = plain == plain.lower() and len(plain) <= _LONGEST
    return plain if same else f"{plain.lower()[:_LONGEST]}-{crc32(identifier.encode('utf-8', 'surrogatepass')):08x}"


def _file(
    model: Model, types: Mapping[str, str], *, views: tuple[Kept, ...] = (), about: tuple[Kept, ...] = (),
    rows: Mapping[str, tuple[Row, ...]] = {},
) -> bytes:  # fmt: skip
    """A model with nothing but what is kept."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<model xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" identifier={quoteattr(possible(model.identifier)[0])}>\n',
        f"<name>{escape(possible(model.name)[0])}</name>\n",
        *(one.xml for one in about if one.sort != "organization" and one.sort != "viewpoints"),
        *_within("elements", "".join(_element(key, several) for key, several in rows.items())),
        *_within("relationships", "".join(_relationships(types, "".join(one.xml for one in views)))),
        *_within("organizations", "".join(one.xml for one in about if one.sort == "organization")),
        *_within("propertyDefinitions", "".join(_definitions(model, "".join(one.xml for one in (*views, *about))))),
        *_views(views, about),
        "</model>\n",
    ]
    return "".join(lines).encode()


def _views(views: Iterable[Kept], about: Iterable[Kept]) -> Iterator[str]:
    points = "".join(one.xml for one in about if one.sort == "viewpoints")
    diagrams = "".join(_within("diagrams", "".join(one.xml for one in views)))
    yield from _within("views", points + diagrams)


def _within(tag: str, xml: str) -> Iterator[str]:
    if xml:
        yield f"<{tag}>\n{xml}</{tag}>\n"


def _element(identifier: str, rows: Iterable[Row]) -> str:
    """An element with the properties that have no room elsewhere, each by its own name."""
    said = "".join(
        f"    <property><name>{escape(possible(row.name)[0])}</name>"
        f"<value{f' xml:lang={quoteattr(row.language)}' if row.language else ''}>"
        f"{escape(possible(row.value)[0])}</value></property>\n"
        for row in rows
    )
    return f"  <element identifier={quoteattr(identifier)}>\n{said}  </element>\n"


def _relationships(types: Mapping[str, str], xml: str) -> Iterator[str]:
    """The types of relationships that a view shows and that are fields in the catalogue."""
    for written in sorted(_named(xml) & types.keys()):
        yield f'  <relationship identifier="{written}" xsi:type={quoteattr(types[written])}/>\n'


def _definitions(model: Model, xml: str) -> Iterator[str]:
    """The properties that something kept has."""
    named = _named(xml)
    for identifier, (name, type_) in sorted(model.definitions.items()) if named else ():
        if quoteattr(identifier)[1:-1] in named:
            attributes = f"identifier={quoteattr(identifier)} type={quoteattr(type_)}"
            yield f"  <propertyDefinition {attributes}><name>{escape(possible(name)[0])}</name></propertyDefinition>\n"


def _named(xml: str) -> frozenset[str]:
    """The relationships and properties that XML refers to, as they are written there."""
    return frozenset(_REFERRING.findall(xml))
