"""Who needs whom, as plain mappings: a question that follows the needs one step at a time wants no graph library."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from modulkarta.model import Catalogue, Reference, Truth, remembered

ARCHITECTURE = ("processes", "information", "applications", "infrastructure")
"""The four architecture layers, from above. The others hold plans and references, which nothing runs on."""

PROVIDED = ("function", "interface")
"""The kinds that any one of their providers is enough for."""

PROVIDERS = ("module", "system", "platform")

Steps = Mapping[str, Mapping[str, tuple[Reference, ...]]]
"""From each entity to those one step away, with the references that say so; ids in order."""


@remembered
def needs(catalogue: Catalogue) -> Steps:
    """Of each entity those it needs."""
    steps: dict[str, dict[str, tuple[Reference, ...]]] = {id_: {} for id_ in catalogue.entities}
    for needy, needed, reference in pairs(catalogue):
        several = steps[needy]
        several[needed] = (*several[needed], reference) if needed in several else (reference,)
    return {id_: dict(sorted(several.items())) if len(several) > 1 else several for id_, several in steps.items()}


def pairs(catalogue: Catalogue) -> Iterator[tuple[str, str, Reference]]:
    """Each reference that says of one entity that it needs another: the one that needs, the one it needs."""
    entities = catalogue.entities
    for entity in entities.values():
        for reference in entity.references:
            depends = reference.relation.depends
            if depends != "none" and reference.target in entities:
                if depends == "source":
                    yield entity.id, reference.target, reference
                else:
                    yield reference.target, entity.id, reference


@remembered
def needed_by(catalogue: Catalogue) -> Steps:
    """Of each entity those that need it."""
    steps: dict[str, dict[str, tuple[Reference, ...]]] = {id_: {} for id_ in catalogue.entities}
    for needy, several in needs(catalogue).items():
        for needed, references in several.items():
            steps[needed][needy] = references
    return steps


def reached(steps: Steps, start: str, onward: Callable[[str], bool] = lambda _: True) -> dict[str, str]:
    """All that is reached from a start, nearest first, each with the one a step before on a shortest way.

    `onward` says which of them the way may go on from. The first id decides between equally short ways.
    """
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for id_ in steps[here]:
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
    return tuple(needs(catalogue)[needy][needed][0] for needy, needed in pairwise(chain))


def truths_along(catalogue: Catalogue, chain: Sequence[str]) -> Iterator[Truth]:
    """What the links of such a chain rest on."""
    for reference in references_along(catalogue, chain):
        yield catalogue.entities[reference.source].truth(*reference.path)
