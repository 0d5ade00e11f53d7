"""How concepts hang together: what is above what, and which relations SKOS does not let stand together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Above = Mapping[str, Iterable[str]]
"""What each thing says is right above it."""


MOST = 1_000
"""How much that stands above a thing is looked at in a file of somebody else's, which may be made to take all day."""


def ancestors(above: Above, one: str, most: int | None = None) -> set[str]:
    """Everything above a thing, or so much of it; the thing itself too where it is above itself."""
    found: set[str] = set()
    left = list(above.get(one, ()))
    while left and (most is None or len(found) < most):
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(above.get(name, ()))
    return found


def in_rings(above: Above) -> list[str]:
    """What is above itself, in order."""
    from networkx import DiGraph, strongly_connected_components

    graph: DiGraph[str] = DiGraph((one, other) for one, over in above.items() for other in over)
    rings = {one for ring in strongly_connected_components(graph) if len(ring) > 1 for one in ring}
    return sorted(rings | {one for one, over in above.items() if one in over})


def clashing(above: Above, one: str, related: Iterable[str], most: int | None = None) -> set[str]:
    """Which of what a thing is related to stand above or below it, or are the thing itself (SKOS S27)."""
    several = list(related)
    over = ancestors(above, one, most) if several else set()
    return {other for other in several if other == one or other in over or one in ancestors(above, other, most)}
