"""Who needs whom, as plain mappings: a question that follows the needs one step at a time wants no graph library."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from modulkarta.model import Catalogue, Reference, remembered

ARCHITECTURE = ("processes", "information", "applications", "infrastructure")
"""The four architecture layers, from above. The others hold plans and references, which nothing runs on."""

Steps = Mapping[str, Mapping[str, tuple[Reference, ...]]]
"""From each entity to those one step away, with the references that say so; ids in order."""


@remembered
def needs(catalogue: Catalogue) -> Steps:
    """Of each entity those it needs."""
    steps: dict[str, dict[str, tuple[Reference, ...]]] = {id_: {} for id_ in catalogue.entities}
    for entity in catalogue.entities.values():
        for reference in entity.references:
            ends = reference.needs
            if ends and reference.target in catalogue.entities:
                needy, needed = ends
                steps[needy][needed] = (*steps[needy].get(needed, ()), reference)
    return {id_: dict(sorted(several.items())) for id_, several in steps.items()}


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


def closure(steps: Steps, starts: Iterable[str], within: Callable[[str], bool]) -> frozenset[str]:
    """The starts and all that is reached from them without leaving what `within` allows."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for id_ in steps[waiting.pop()]:
            if id_ not in found and within(id_):
                found.add(id_)
                waiting.append(id_)
    return frozenset(found)
