"""What a model has and a catalogue has no room for, kept in files beside it: views, folders, what is said of the model.

Each view has a file of its own, and each model one for the rest, as the exchange format 3.x writes them. They are
read again when the catalogue is exported (`exporting.kept`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr, unescape
from zlib import crc32

from modulkarta.exchange.archimate.exporting.content import both
from modulkarta.exchange.archimate.importing.plan import Plan
from modulkarta.exchange.archimate.names import FOLDER, FOLDERS, MODEL, NAMESPACE, RELATIONSHIPS, possible, safe
from modulkarta.exchange.archimate.reading.content import TOO_LARGE, Kept, Model, Row
from modulkarta.exchange.inward import Item, Origin
from modulkarta.findings import Message, message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Label

OURS = "id-view."
"""How the identifiers of the export's own views begin."""
_REFERRING = re.compile(r'(?:relationshipRef|propertyDefinitionRef)=["\']([^"\']*)')
LARGEST = 4_000_000
_LONGEST = 80
_DRAWN_AGAIN = message("exporten ritar den på nytt")
_OWN_FOLDERS = message("exporten lägger allt i sina egna mappar")
_TEXT = re.compile(r"<(?:value|documentation)\b[^>]*>([^<]*)<")
_LABEL = re.compile(r"<label\b[^>]*>([^<]*)<")
_MODEL_SAYS = message(
    "det som modellen säger om sig själv hör till katalogens inställningar, som inte ändras av en import"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The files by path, and what became of each thing that they are about."""

    files: Mapping[str, bytes]
    items: tuple[Item, ...]


def kept(models: Iterable[Model], plan: Plan, homeless: Mapping[str, tuple[Row, ...]], read: Snapshot) -> Beside:
    """All that is kept of some models; what the export makes itself is left."""
    said_again = _said_again(read)
    several = list(models)
    empty = all(one.identifier == MODEL and not one.elements for one in several)
    own = empty or any(choice.own for choice in plan.choices.values())
    types = {quoteattr(link.identifier)[1:-1]: link.type for _, link in plan.spots}
    files: dict[str, bytes] = {}
    items: list[Item] = []
    for model in several:
        prefix = _name(model.identifier or model.name or "modell")
        whole = []
        for one in (*model.views, *model.about):
            item = _item(one, said_again if own else None)
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


def _said_again(read: Snapshot) -> frozenset[str]:
    """What the export says of the model, and how it calls its folders: its own, and those of models that are kept."""
    settings, metamodel = read.catalogue.settings, read.catalogue.metamodel
    texts = (settings.title, settings.organisation, settings.language, settings.about)
    kinds = (kind.plural for kind in metamodel.kinds.values())
    folders: tuple[Label | Message, ...] = (*metamodel.layers.values(), *kinds, *FOLDERS)
    called = (name for one in folders for name in both(one).values())
    files = (data.decode("utf-8", "replace") for path, data in read.kept.items() if path.startswith(f"{FOLDER}/"))
    there = (_words(unescape(label)) for text in files for label in _LABEL.findall(text))
    return frozenset((*(_words(text or "") for text in texts), *called, *RELATIONSHIPS, *there))


def _item(one: Kept, said_again: frozenset[str] | None) -> Item:
    """What becomes of it; `said_again` is None for a model that the export has not written."""
    origin = Origin(sort=one.sort, name=one.name, at=one.at)
    if one.wrong or len(one.xml) > LARGEST:
        return Item(origin=origin, outcome="skipped", reasons=(one.wrong or TOO_LARGE,))
    if said_again is None or (one.sort == "view" and not one.identifier.startswith(OURS)):
        return Item(origin=origin, outcome="aside")
    if one.sort == "view" or _known(one, said_again):
        return Item(origin=origin, outcome="again", reasons=(_DRAWN_AGAIN,))
    reason = _OWN_FOLDERS if one.sort == "organization" else _MODEL_SAYS
    return Item(origin=origin, outcome="skipped", reasons=(reason,))


def _known(one: Kept, said_again: frozenset[str]) -> bool:
    """Whether what is said of the model is what the export says of it."""
    if one.sort == "organization":
        labels = {_words(unescape(label)) for label in _LABEL.findall(one.xml)}
        return labels - ({_words(one.name)} if one.usual else set()) <= said_again
    return all(_words(unescape(text)) in said_again for text in _TEXT.findall(one.xml))


def _words(text: str) -> str:
    """A text without what other programs change in it: how its words are divided into lines."""
    return " ".join(possible(text)[0].split())


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
