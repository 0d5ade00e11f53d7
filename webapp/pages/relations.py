"""What a thing hangs together with: as a picture whose boxes are links, and as a list with nothing left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from modulkarta.analysis.structure import Neighbourhood, beyond, neighbourhood
from modulkarta.figures import bounds
from modulkarta.figures import relations as pictures
from modulkarta.figures.laying_out import CannotDraw
from modulkarta.findings import Message, message
from modulkarta.model import Reference
from modulkarta.wording import Label, in_order
from webapp import asked
from webapp.addresses import address
from webapp.language import language, spoken, word
from webapp.pages.catalogue import moved

pages = Blueprint("relations", __name__)

Groups = list[tuple[Label, list[str]]]


@pages.get("/relationer/<id_>")
def relations(id_: str) -> Any:
    catalogue = asked.catalogue()
    found, depth = catalogue.get(id_), request.args.get("djup", "1")
    if depth not in ("1", "2"):
        abort(400, spoken(message("djup kan vara 1 eller 2.")))
    if found is None:
        return moved(id_, "relations.relations")
    near = neighbourhood(catalogue, id_)
    picture, reason = _picture(id_, int(depth))
    return render_template(
        "relations.html", entity=found, near=near, depth=int(depth), picture=picture, reason=reason,
        most=bounds.MOST_NODES // 2,
        incoming=_groups((r.relation.inverse, r.source) for r in near.incoming),
        outgoing=_groups((r.relation.label, r.target) for r in near.outgoing),
        farther=_farther(near) if depth == "2" else [],
    )  # fmt: skip


def _picture(id_: str, depth: int) -> tuple[Markup, Message | None]:
    try:
        drawn = pictures.relations_svg(asked.catalogue(), id_, address, language(), depth)
        return Markup(drawn), None
    except CannotDraw as reason:
        asked.unsure()
        return Markup(), reason.message


def _groups(relations: Iterable[tuple[Label, str]]) -> Groups:
    """The neighbours by what the relation is called, each once in a group and in order."""
    groups: dict[str, tuple[Label, dict[str, None]]] = {}
    for label, other in relations:
        groups.setdefault(word(label), (label, {}))[1][other] = None
    return [(label, _by_name(ids)) for label, ids in groups.values()]


def _farther(near: Neighbourhood) -> list[tuple[str, list[str]]]:
    """What each neighbour leads on to; not those that lead nowhere."""
    found = ((id_, _ends(near, id_, references)) for id_, references in beyond(asked.catalogue(), near))
    return [(id_, _by_name(ids)) for id_, ids in found if ids]


def _ends(near: Neighbourhood, neighbour: str, references: Iterable[Reference]) -> dict[str, None]:
    ends = (end for r in references for end in (r.source, r.target))
    return dict.fromkeys(end for end in ends if end not in (neighbour, near.entity))


def _by_name(ids: Iterable[str]) -> list[str]:
    return in_order(ids, key=lambda id_: asked.catalogue().name(id_, language()))
