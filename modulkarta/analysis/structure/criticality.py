"""What is at stake if a thing is missing: what it says itself, else the most critical of what it supports."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from modulkarta.analysis.holders import writing
from modulkarta.analysis.structure.needs import needed_by, needs_of, pairs, truths_along
from modulkarta.model import Catalogue, Truth, remembered
from modulkarta.reach import resting_on
from modulkarta.wording import Label

Criticality = Literal["patient-safety", "around-the-clock", "normal"]
CRITICALITIES: tuple[Criticality, ...] = ("patient-safety", "around-the-clock", "normal")
"""From the most critical."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stake:
    """What is at stake, and who says so: the thing itself, or what it supports."""

    level: Criticality
    chain: tuple[str, ...]
    """From the entity that says so to the thing itself, each link something the one before needs."""


@remembered
def _own(catalogue: Catalogue) -> Mapping[str, Criticality]:
    """What each entity that says so itself says of it."""
    said = {entity.id: entity.ids("criticality") for entity in writing(catalogue, "criticality")}
    most = ((id_, next((one for one in CRITICALITIES if one in several), None)) for id_, several in said.items())
    return {id_: one for id_, one in most if one}


def _grounds(catalogue: Catalogue) -> object:
    return _own(catalogue), pairs(catalogue)


@resting_on(_grounds)
def stakes(catalogue: Catalogue) -> Mapping[str, Stake]:
    """What is at stake with each entity that says it, or that something needs which does.

    A thing that says its own is not asked what it supports, and hands on its own to what it needs.
    """
    return _handed_on(catalogue, CRITICALITIES)


@resting_on(_grounds)
def most_at_stake(catalogue: Catalogue) -> frozenset[str]:
    """The entities with the most critical at stake: quicker to tell than what is at stake with each."""
    found = _handed_on(catalogue, CRITICALITIES[:1])
    return frozenset(id_ for id_, stake in found.items() if stake.level == CRITICALITIES[0])


def criticality(catalogue: Catalogue, id_: str) -> Criticality | None:
    """The most critical that an entity is needed for; None where nothing says."""
    stake = stakes(catalogue).get(id_)
    return stake.level if stake else None


def truths(catalogue: Catalogue, id_: str) -> Iterator[Truth]:
    """What it rests on that an entity is critical: who says so, and the links from there; nothing where nobody does."""
    stake = stakes(catalogue).get(id_)
    if stake:
        yield catalogue.entities[stake.chain[0]].truth("criticality")
        yield from truths_along(catalogue, stake.chain)


def critical_functions(catalogue: Catalogue, supporter: str) -> tuple[str, ...]:
    """The functions with patient safety at stake that a module or a system provides."""
    functions = (id_ for id_ in needed_by(catalogue)[supporter] if catalogue.get(id_, "function"))
    return tuple(id_ for id_ in functions if criticality(catalogue, id_) == "patient-safety")


def rank(level: Criticality | None) -> int:
    """For sorting: the most critical first, what nothing is said of last."""
    return CRITICALITIES.index(level) if level else len(CRITICALITIES)


def words(catalogue: Catalogue, level: Criticality) -> Label:
    """A level in words, as the schemas say it."""
    values = catalogue.metamodel.kinds["function"].choices("criticality")
    return values[level]


def _handed_on(catalogue: Catalogue, levels: tuple[Criticality, ...]) -> dict[str, Stake]:
    """What each entity says itself, and what some levels of that, the most critical first, mean for what is needed."""
    own = _own(catalogue)
    found = {id_: Stake(level=level, chain=(id_,)) for id_, level in own.items()}
    for level in levels:
        waiting = deque(id_ for id_, said in own.items() if said == level)
        while waiting:
            here = waiting.popleft()
            for id_ in needs_of(catalogue, catalogue.entities[here]):
                if id_ not in found:
                    found[id_] = Stake(level=level, chain=(*found[here].chain, id_))
                    waiting.append(id_)
    return found
