"""Styles by the names of Word, whatever its language: those of a template, and ours where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

Ids = Mapping[str, str]
"""The id of a style in the document by the id of ours."""

_SWEDISH = {
    "heading 1": "rubrik 1", "heading 2": "rubrik 2", "heading 3": "rubrik 3", "list bullet": "punktlista",
    "caption": "beskrivning", "hyperlink": "hyperlänk",
}  # fmt: skip
"""What programs other than Word may call what Word calls the same in every language."""
_OF_A_PAGE_OF_ITS_OWN = ("Title", "Header", "Footer")
"""Styles that a section in a template does not use."""


def settled(document: Document, ours: Document) -> Ids:
    """The styles that a section uses; those that the document lacks are added to it."""
    ids: dict[str, str] = {}
    there = document.styles.element
    for style in ours.styles.element.findall(_w("style")):
        id_ = style.get(_w("styleId"))
        found = _like(style, there)
        if found is None and id_ == "ModulkartaTabell":
            found = _table_style(document)
        if found is None and id_ not in _OF_A_PAGE_OF_ITS_OWN:
            found = _added(style, there, ids)
            _with_bullets(found, document, ours)
        if found is not None:
            ids[id_] = found.get(_w("styleId"))
    return ids


def in_language(document: Document, code: str) -> None:
    """Everything is in one language, so that it is spelled and hyphenated as it should."""
    styles = document.styles.element
    defaults = _child(_child(_child(styles, "docDefaults", 0), "rPrDefault", 0), "rPr", 0)
    _child(defaults, "lang")
    for lang in styles.iter(_w("lang")):
        lang.set(_w("val"), code)
    for lang in document.settings.element.iter(_w("themeFontLang")):
        lang.set(_w("val"), code)


def _like(style: Any, there: Any) -> Any:
    """The style of a document that stands for one of ours; None without one."""
    kind, wanted = style.get(_w("type")), _name(style)
    same = [one for one in there.findall(_w("style")) if one.get(_w("type")) == kind and one.get(_w("styleId"))]
    if style.get(_w("default")):
        return next((one for one in same if one.get(_w("default")) in ("1", "true", "on")), None)
    names = (wanted, _SWEDISH.get(wanted, wanted))
    return next((one for name in names for one in same if _name(one) == name), None)


def _added(style: Any, there: Any, ids: Ids) -> Any:
    added = deepcopy(style)
    taken = {one.get(_w("styleId")) for one in there.findall(_w("style"))}
    id_ = style.get(_w("styleId"))
    while id_ in taken:
        id_ += "M"
    added.set(_w("styleId"), id_)
    for name in ("basedOn", "next"):
        for other in added.findall(_w(name)):
            other.set(_w("val"), ids[other.get(_w("val"))])
    there.append(added)
    return added


def _with_bullets(style: Any, document: Document, ours: Document) -> None:
    """Gives an added list style its bullets, among the lists that the document has."""
    if (asked := style.find(f"{_w('pPr')}/{_w('numPr')}/{_w('numId')}")) is None:
        return
    lists = _numbering(document)
    kind, number = (deepcopy(ours.part.numbering_part.element.find(_w(name))) for name in ("abstractNum", "num"))
    kinds, numbers = lists.findall(_w("abstractNum")), lists.findall(_w("num"))
    kind_id, number_id = _after(kinds, "abstractNumId"), _after(numbers, "numId")
    kind.set(_w("abstractNumId"), kind_id)
    kind.find(f".//{_w('pStyle')}").set(_w("val"), style.get(_w("styleId")))
    number.set(_w("numId"), number_id)
    number.find(_w("abstractNumId")).set(_w("val"), kind_id)
    asked.set(_w("val"), number_id)
    before = len(lists.findall(_w("numPicBullet")))
    lists.insert(before + len(kinds), kind)
    lists.insert(before + len(kinds) + 1 + len(numbers), number)


def _after(elements: list[Any], name: str) -> str:
    return str(1 + max((int(one.get(_w(name))) for one in elements), default=0))


def _numbering(document: Document) -> Any:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    part = document.part
    if not any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in part.rels.values()):
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        uri = PackURI("/word/numbering.xml")
        part.relate_to(
            NumberingPart.load(uri, CONTENT_TYPE.WML_NUMBERING, empty, part.package), RELATIONSHIP_TYPE.NUMBERING
        )
    return part.numbering_part.element


def _table_style(document: Document) -> Any:
    """The style that a template gives every new table; None if it says nothing."""
    chosen = document.settings.element.find(_w("defaultTableStyle"))
    id_ = chosen.get(_w("val")) if chosen is not None else None
    tables = (one for one in document.styles.element.findall(_w("style")) if one.get(_w("type")) == "table")
    return next((one for one in tables if id_ and one.get(_w("styleId")) == id_), None)


def _child(parent: Any, name: str, place: int | None = None) -> Any:
    """A child that is made where there is none: first, or last."""
    if (found := parent.find(_w(name))) is None:
        found = parent.makeelement(_w(name), {})
        parent.insert(len(parent) if place is None else place, found)
    return found


def _name(style: Any) -> str:
    found = style.find(_w("name"))
    return str(found.get(_w("val")) or "").split(",")[0].strip().casefold() if found is not None else ""


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
