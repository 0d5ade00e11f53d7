"""The lines of a replacement's view: each bends where it must, so that it crosses no box and hides no other line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from modulkarta.exchange.archimate.exporting.content import Connection, Node, Relationship
from modulkarta.exchange.archimate.exporting.views.boxes import by_element

TRACK = 10
"""From one track to the next."""
_ASIDE, _UNDER = 8, 20
_Bends = tuple[tuple[int, int], ...]
_Ties = Mapping[tuple[str, str], Relationship]


def lines(ties: _Ties, boxes: Sequence[Node], first: int) -> Iterator[Connection]:
    """The work to what it replaces and leads to, gaps to functions, modules to functions on tracks from x = `first`.

    `boxes` are the work, the gaps, the state of now with the system in it, and the state after where there is one.
    """
    work, *rest = boxes
    gaps = [one for one in rest if not one.nodes and one.element.startswith("id-plan.gap.")]
    old, *others = [one for one in rest if one not in gaps]
    system = old.nodes[0]
    yield from _line(ties, work, system, ((old.x + old.w - _ASIDE, _middle(work)[1] + _ASIDE),))
    for gap in gaps:
        yield from _gap(ties, gap, system)
    for new in others:
        over, under = _middle(work)[1] - _ASIDE, max(old.y + old.h, new.y + new.h) + _UNDER
        yield from _line(ties, work, new, ((_middle(new)[0], over),))
        yield from _line(ties, old, new, ((_middle(old)[0], under), (_middle(new)[0], under)))
        for number, module in enumerate(new.nodes):
            for function in system.nodes:
                bends = _tracked(module, function, number, len(new.nodes), first + number * TRACK)
                yield from _line(ties, module, function, bends)


def _gap(ties: _Ties, gap: Node, system: Node) -> Iterator[Connection]:
    """To its function, else to the system."""
    of = next((ties[gap.element, one] for one in by_element(system.nodes) if (gap.element, one) in ties), None)
    to = by_element(system.nodes)[of.target] if of else system
    level = _middle(gap)[1] == _middle(to)[1]
    yield from _line(ties, gap, to, () if level else ((gap.x + gap.w + _ASIDE, _middle(gap)[1]),))


def _tracked(module: Node, function: Node, number: int, several: int, x: int) -> _Bends:
    """By the module's own track, and to a height of its own at the function."""
    apart = min(_ASIDE, (function.h - 2 * _ASIDE) // max(1, several))
    y = _middle(function)[1] + (2 * number - several + 1) * apart // 2
    return (x, _middle(module)[1]), (x, y)


def _line(ties: _Ties, source: Node, target: Node, bends: _Bends) -> Iterator[Connection]:
    """A line where something is said between two boxes, whichever way it points."""
    for one, other, bent in ((source, target, bends), (target, source, bends[::-1])):
        if tie := ties.get((one.element, other.element)):
            yield Connection(
                id=f"id-line.{one.id.removeprefix('id-node.')}_to_{other.id.removeprefix('id-node.')}",
                relationship=tie.id,
                source=one.id,
                target=other.id,
                bends=bent,
            )
            return


def _middle(node: Node) -> tuple[int, int]:
    return node.x + node.w // 2, node.y + node.h // 2
