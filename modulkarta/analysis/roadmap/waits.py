"""What waits for what among some things of the roadmap, said once: what follows from the rest is left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from modulkarta.analysis.roadmap.activities import activities, holding_links, over
from modulkarta.model import Catalogue

Waits = Mapping[str, tuple[str, ...]]


def waits(catalogue: Catalogue, among: Collection[str], on: date) -> Waits:
    """For each of some ids those of them that it waits for, without what has happened or is waited for anyway."""
    known = activities(catalogue)
    direct: dict[str, list[str]] = {}
    for link in holding_links(catalogue):
        both = link.earlier in among and link.later in among and link.earlier != link.later
        if both and not over(known[link.earlier], on) and not over(known[link.later], on):
            direct.setdefault(link.later, []).append(link.earlier)
    before = {id_: _before(direct, id_) for id_ in direct}
    return {id_: tuple(one for one in several if not _implied(one, several, before)) for id_, several in direct.items()}


def _before(direct: Mapping[str, list[str]], id_: str) -> frozenset[str]:
    """All that something waits for, directly or through others."""
    found: set[str] = set()
    ahead = [*direct[id_]]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead.extend(direct.get(here, ()))
    return frozenset(found)


def _implied(one: str, several: list[str], before: Mapping[str, frozenset[str]]) -> bool:
    """Whether another of them waits for it in turn, and it does not for that one."""
    return any(one in before.get(other, ()) and other not in before.get(one, ()) for other in several if other != one)
