"""Who needs whom, as plain mappings: a question that follows the needs one step at a time wants no graph library."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from modulkarta.model import Catalogue, Entity, Reference, Truth, remembered
from modulkarta.reach import NEAR, each, of_each

ARCHITECTURE = ("processes", "information", "applications", "infrastructure")
"""The four architecture layers, from above. The others hold plans and references, which nothing runs on."""

PROVIDED = ("function", "interface")
"""The kinds that any one of their providers is enough for."""

PROVIDERS = ("module", "system", "platform")

Steps = Mapping[str, Mapping[str, tuple[Reference, ...]]]
"""From each entity to those one step away, with the references that say so; ids in order."""

Pair = tuple[str, str, Reference]


@remembered
def needs(catalogue: Catalogue) -> Steps:
    """Of each entity those it needs."""
    steps: dict[str, dict[str, tuple[Reference, ...]]] = {id_: {} for id_ in catalogue.entities}
    for needy, needed, reference in pairs(catalogue):
        several = steps[needy]
        several[needed] = (*several[needed], reference) if needed in several else (reference,)
    return {id_: dict(sorted(several.items())) if len(several) > 1 else several for id_, several in steps.items()}


@of_each(NEAR)
def needs_of(catalogue: Catalogue, entity: Entity) -> Mapping[str, tuple[Reference, ...]]:
    """Those that one entity needs: for a question that follows the needs from a few, where `needs` is of all."""
    own = [one for one in entity.references if one.relation.depends == "source" and one.target in catalogue.entities]
    others = [one for one in catalogue.incoming.get(entity.id, ()) if one.relation.depends == "target"]
    steps: dict[str, tuple[Reference, ...]] = {}
    for one in sorted((*own, *others), key=lambda one: one.source) if others else own:
        needed = one.target if one.relation.depends == "source" else one.source
        steps[needed] = (*steps[needed], one) if needed in steps else (one,)
    return dict(sorted(steps.items())) if len(steps) > 1 else steps


@remembered
def pairs(catalogue: Catalogue) -> list[Pair]:
    """Each reference that says of one entity that it needs another: the one that needs, the one it needs."""
    return list(_said(catalogue))


def said_by(entity: Entity) -> Iterator[Pair]:
    """What one file says of who needs whom, whether they are there or not."""
    id_ = entity.id
    for reference in entity.references:
        depends = reference.relation.depends
        if depends == "source":
            yield id_, reference.target, reference
        elif depends == "target":
            yield reference.target, id_, reference


@each(reach=NEAR)
def _said(catalogue: Catalogue, entity: Entity) -> Iterator[Pair]:
    there = catalogue.entities
    return (pair for pair in said_by(entity) if pair[0] in there and pair[1] in there)


@remembered
def needed_by(catalogue: Catalogue) -> Steps:
    """Of each entity those that need it."""
    steps: dict[str, dict[str, tuple[Reference, ...]]] = {id_: {} for id_ in catalogue.entities}
    for needy, several in needs(catalogue).items():
        for needed, references in several.items():
            steps[needed][needy] = references
    return steps


def reached(
    steps: Callable[[str], Iterable[str]], start: str, onward: Callable[[str], bool] = lambda _: True
) -> dict[str, str]:
    """All that is reached from a start by steps, nearest first, each with the one a step before on a shortest way.

    `onward` says which of them the way may go on from. The first id decides between equally short ways.
    """
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for id_ in steps(here):
            if id_ != start and id_ not in before:
                before[id_] = here
                if onward(id_):
                    waiting.append(id_)
    return before


def way(before: Mapping[str, str], end: str) -> tuple[str, ...]:
    """The way that `reached` took to an entity, from the start on."""
    back = [end]
    while back[-1] in before:
        back.append(before[back[-1]])
    return tuple(reversed(back))


def references_along(catalogue: Catalogue, chain: Sequence[str]) -> tuple[Reference, ...]:
    """What says so, one for each link of a chain in which each one needs the next."""
    return tuple(needs_of(catalogue, catalogue.entities[needy])[needed][0] for needy, needed in pairwise(chain))


def truths_along(catalogue: Catalogue, chain: Sequence[str]) -> Iterator[Truth]:
    """What the links of such a chain rest on."""
    for reference in references_along(catalogue, chain):
        yield catalogue.entities[reference.source].truth(*reference.path)
