"""The four architecture layers on one page, round a module, a process or a system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from modulkarta.analysis.structure import layers
from modulkarta.analysis.structure.layers import Link, Slice
from modulkarta.figures import bounds
from modulkarta.findings import message
from modulkarta.model import Entity
from modulkarta.wording import Label, in_order
from webapp import asked, language
from webapp.language import sentences
from webapp.parts import part
from webapp.rendering.terms import name_of

pages = Blueprint("layers", __name__)

_ON_A_PAGE = 200
"""Rows of the table that stands for a picture with too many boxes, and things that a word may mean."""
_MOST_CHOICES = 300
"""Of what the layers can be shown round: more cannot be found in a list, so a word is written instead."""


@pages.get("/lager")
def lager() -> Any:
    catalogue = asked.catalogue()
    wanted = request.args.get("fokus", "").strip()
    if wanted in catalogue.former:
        return redirect(url_for("layers.lager", fokus=catalogue.former[wanted]), 301)
    several = _named(wanted) if wanted and wanted not in catalogue.entities else []
    if len(several) > 1:
        return render_template("layers_of.html", sought=wanted, part=part(several, _ON_A_PAGE))
    if several:
        return redirect(url_for("layers.lager", fokus=several[0].id))
    focus = _asked_for(wanted) if wanted else layers.usual_focus(catalogue)
    if focus is None:
        return render_template("layers.html", focus=None)
    slice_ = layers.slice_of(catalogue, focus)
    choices = _choices()
    box = request.args.get("ruta", "")
    chosen = catalogue.entities[box] if box in slice_.related else None
    crowded = len(slice_.related) > bounds.MOST_SLABS
    return render_template(
        "layers.html", focus=focus, slice=slice_, chosen=chosen, choices=choices, ordered=_by_short_name,
        in_words=sum(len(several) for _, several in choices) > _MOST_CHOICES,
        most=bounds.MOST_SLABS, part=part(_rows(slice_), _ON_A_PAGE) if crowded else None,
        links=_by_relation(layers.links(catalogue, slice_, chosen.id)) if chosen else {},
        examples=any(catalogue.entities[id_].truth() == "illustrative" for id_ in slice_.related),
    )  # fmt: skip


def _rows(slice_: Slice) -> list[tuple[str, Entity]]:
    """The boxes as rows: the layer of each, and what it is."""
    shelves = ((layer.name, shelf) for layer in slice_.layers for shelf in layer.shelves)
    return [(name, entity) for name, shelf in shelves for entity in _by_short_name(shelf.entities)]


def _asked_for(id_: str) -> Entity:
    """What the page is to be about; a page that says so where there is no such thing in the layers."""
    found = asked.catalogue().get(id_)
    if found is None or not layers.in_layers(found):
        wrong = message(
            "”{id}” finns inte i något av de fyra lagren. Välj en modul, en process eller ett system.", id=id_[:40]
        )
        abort(404, sentences(wrong))
    return found


def _named(words: str) -> list[Entity]:
    """What the layers can be shown round with a name that is, or else that has, some words."""
    every = [(entity, name_of(entity).casefold()) for _, entities in _choices() for entity in entities]
    sought = words.casefold()
    same = [entity for entity, name in every if name == sought]
    return same or [entity for entity, name in every if all(word in name for word in sought.split())]


def _choices() -> list[tuple[Any, list[Entity]]]:
    """What may be chosen, kind by kind, by name."""
    catalogue, spoken_in = asked.catalogue(), language.language()
    kinds = (catalogue.metamodel.kinds[name] for name in layers.CHOSEN_FROM if catalogue.of_kind[name])
    return [(kind, in_order(catalogue.of_kind[kind.name], key=lambda e: e.name_in(spoken_in))) for kind in kinds]


def _by_relation(links: Iterable[Link]) -> dict[Label, list[Entity]]:
    """What a box has to do with, relation by relation, told from the box."""
    found: dict[Label, list[Entity]] = {}
    for link in links:
        relation = link.reference.relation
        others = found.setdefault(relation.label if link.outgoing else relation.inverse, [])
        others.append(asked.catalogue().entities[link.entity])
    return {words: _by_short_name(others) for words, others in found.items()}


def _by_short_name(entities: Iterable[Entity]) -> list[Entity]:
    return in_order(entities, key=lambda entity: entity.short_name_in(language.language()))
