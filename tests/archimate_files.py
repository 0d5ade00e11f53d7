"""Whether a file is an ArchiMate model in the exchange format: by the schemas where they are, and by our own rules."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import given
import pytest
from lxml import etree

from modulkarta.exchange.archimate.names import LAYERS, NAMESPACE, RELATIONSHIPS

A = f"{{{NAMESPACE}}}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_ORDER = ("name", "documentation", "properties", "elements", "relationships", "organizations", "propertyDefinitions")
_ELEMENTS = frozenset(one for several in LAYERS.values() for one in several)
_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_REFERRING = ("source", "target", "elementRef", "relationshipRef", "identifierRef", "propertyDefinitionRef")


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    """The Open Group's schemas, which may not come with the program; skips and says so where there are none."""
    places = (os.environ.get("ARCHIMATE_XSD"), given.ROOT.parent / "shared" / "archimate-xsd")
    found = next((Path(one) / "all.xsd" for one in places if one and (Path(one) / "all.xsd").is_file()), None)
    if found is None:
        pytest.skip("ArchiMates scheman finns inte här: ange mappen i ARCHIMATE_XSD")
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside(found.parent))
    return etree.XMLSchema(etree.parse(found, parser))


class _Beside(etree.Resolver):
    """Takes what the schemas say lies on the net from their own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, url: str, _public_id: str, context: object) -> object:
        return self.resolve_filename(str(self.folder / url.rpartition("/")[2]), context)


def read(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))


def faults_by_schema(data: bytes) -> list[str]:
    """What the schemas say is wrong."""
    checked = schema()
    checked.validate(read(data))
    return [str(one) for one in checked.error_log][:5]


def faults(data: bytes) -> list[str]:
    """What is wrong as far as rules of our own can tell: order, identifiers, what refers to nothing, unknown types."""
    root = read(data)
    return [*_order(root), *_identifiers(root), *_types(root)]


def _order(root: etree._Element) -> list[str]:
    there = [str(child.tag).removeprefix(A) for child in root]
    known = [*_ORDER, "views"]
    wrong = [f"{tag}: unknown" for tag in there if tag not in known]
    return wrong or ([] if there == sorted(there, key=known.index) else ["parts in another order"])


def _identifiers(root: etree._Element) -> list[str]:
    ids = [one.get("identifier") for one in root.iter() if one.get("identifier")]
    known = {*ids}
    twice = [f"{id_}: twice" for id_ in known if ids.count(id_) > 1] if len(known) < len(ids) else []
    badly = [f"{id_}: no name" for id_ in known if not _NCNAME.fullmatch(id_) or not id_.startswith("id-")]
    nowhere = [
        f"{one.tag} {name}={one.get(name)}: leads nowhere"
        for one in root.iter()
        for name in _REFERRING
        if one.get(name) is not None and one.get(name) not in known
    ]
    return [*twice, *badly, *nowhere]


def _types(root: etree._Element) -> list[str]:
    odd = [one.get(TYPE) for one in root.iter(f"{A}element") if one.get(TYPE) not in _ELEMENTS]
    odd += [one.get(TYPE) for one in root.iter(f"{A}relationship") if one.get(TYPE) not in RELATIONSHIPS]
    nameless = [str(one.get("identifier")) for one in root.iter(f"{A}element") if not one.findtext(f"{A}name")]
    return [*(f"{one}: unknown type" for one in odd), *(f"{one}: no name" for one in nameless)]


def crossings(root: etree._Element) -> list[str]:
    """Which boxes of the views lie over another, or out of the one they are in."""
    found = []
    for holder in (*root.iter(f"{A}view"), *root.iter(f"{A}node")):
        boxes = [
            (one.get("identifier"), *(int(one.get(side)) for side in "xywh")) for one in holder.findall(f"{A}node")
        ]
        for number, (id_, x, y, w, h) in enumerate(boxes):
            over = [o for o, a, b, c, d in boxes[number + 1 :] if x < a + c and a < x + w and y < b + d and b < y + h]
            found += [f"{id_} lies over {other}" for other in over]
            if holder.tag == f"{A}node":
                left, top, wide, high = (int(holder.get(side)) for side in "xywh")
                if not (left <= x and top <= y and x + w <= left + wide and y + h <= top + high):
                    found.append(f"{id_} lies out of {holder.get('identifier')}")
    return found
