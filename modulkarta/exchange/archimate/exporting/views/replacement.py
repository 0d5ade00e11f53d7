"""A view for each replacement: the old system with its functions and their gaps, the new modules, and the two states.

From the left: gaps, the state of now with the system and its functions, the state after with the modules. The work
itself stands over them. Each module has a track of its own for the lines to its functions, so that none hides another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from modulkarta.exchange.archimate.exporting.content import Connection, Node, Relationship, View, both
from modulkarta.exchange.archimate.exporting.plateaus import NOW, Plan
from modulkarta.exchange.archimate.exporting.views.boxes import (
    BAND,
    BETWEEN,
    GAP,
    PAD,
    POSSIBLE_GAP,
    WIDTH,
    Box,
    around,
    bottom,
    entity_box,
    named,
    stacked,
    wide,
)
from modulkarta.exchange.archimate.exporting.views.lines import TRACK, lines
from modulkarta.exchange.archimate.names import safe
from modulkarta.findings import message
from modulkarta.model import Entity

_GUTTER, _OVER = 40, 40
_WIDE = 320
"""The box of a function, which has room for a line from each module."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a replacement's view shows, and what is said between it."""

    there: Mapping[str, Entity]
    plan: Plan
    relationships: Mapping[tuple[str, str], Relationship]
    """By what they lead from and to; the first of several."""


def replacement_view(shown: Shown, replacement: Entity) -> View | None:
    """The view of one replacement; None where the system it replaces is not in the export."""
    system = shown.there.get(str(replacement.fields.get("replaces")))
    if system is None:
        return None
    key = safe(replacement.id)
    modules, functions = _modules(shown, replacement), _functions(shown, replacement, system)
    work = entity_box(f"id-node.{key}.work", replacement)
    top = PAD + work.height(_WIDE) + _OVER
    gaps = _gaps(shown, key, system, functions)
    left = PAD + (WIDTH + _GUTTER if gaps else 0)
    rows = list(_rows(key, functions, gaps, left, top))
    old = _old(shown, key, system, [row for row, _ in rows], left, top)
    first = old.x + old.w + 2 * PAD
    new = _new(shown, key, replacement, modules, first + TRACK * len(modules) + PAD, top, bottom(old))
    stacks = [*(several for _, several in rows), stacked(gaps.get("", ()), PAD, top + 2 * _OVER)]
    over = work.at(left + (old.w - _WIDE) // 2, PAD, _WIDE)
    boxes = (over, *(gap for several in stacks for gap in several), old, *([new] if new else []))
    return _view(replacement, boxes, tuple(lines(shown.relationships, boxes, first)))


def _view(replacement: Entity, nodes: tuple[Node, ...], lines: tuple[Connection, ...]) -> View:
    told = message("Det gamla systemet med sina funktioner, de nya modulerna och de glapp som planen ger.")
    return View(
        id=f"id-view.{safe(replacement.id)}",
        names=named(replacement),
        documentation=both(told),
        viewpoint="Layered",
        nodes=nodes,
        connections=lines,
    )


def _modules(shown: Shown, replacement: Entity) -> list[Entity]:
    """What takes something over, in the order of what it takes over."""
    by = (row["module"] for listed in replacement.rows("functions") for row in listed.get("by") or ())
    return [shown.there[id_] for id_ in dict.fromkeys(by) if id_ in shown.there]


def _functions(shown: Shown, replacement: Entity, system: Entity) -> list[Entity]:
    """Those of the plan in its order, then those of the system that the plan does not speak of."""
    listed = (row["function"] for row in replacement.rows("functions"))
    ids = dict.fromkeys((*listed, *system.ids("functions")))
    return [shown.there[id_] for id_ in ids if id_ in shown.there]


def _gaps(shown: Shown, key: str, system: Entity, functions: Sequence[Entity]) -> Mapping[str, list[Box]]:
    """The gaps of the system by function; those of none that is shown under ""."""
    found: dict[str, list[Box]] = {}
    known = {one.id for one in functions}
    for id_, row in shown.plan.gaps.items():
        if row.system == system.id:
            look = GAP if row.gap and row.gap.certain else POSSIBLE_GAP
            function = row.function if row.function in known else ""
            box = Box(
                id=f"id-node.{key}.{id_.removeprefix('id-plan.')}",
                words=shown.plan.elements[id_].names,
                look=look,
                element=id_,
            )
            found.setdefault(function or "", []).append(box)
    return found


def _rows(
    key: str, functions: Sequence[Entity], gaps: Mapping[str, list[Box]], left: int, top: int
) -> Iterator[tuple[Node, tuple[Node, ...]]]:  # fmt: skip
    """Each function, as high as its gaps beside it, and these."""
    y = top + 2 * _OVER
    for function in functions:
        several = stacked(gaps.get(function.id, ()), PAD, y)
        box = entity_box(f"id-node.{key}.function.{safe(function.id)}", function)
        high = max(box.height(_WIDE), *(bottom(one) - y for one in several), 0)
        yield box.at(left + 2 * PAD, y, _WIDE, high), several
        y += high + BETWEEN


def _old(shown: Shown, key: str, system: Entity, rows: Sequence[Node], left: int, top: int) -> Node:
    """The state of now, with the system in it, with its functions in that."""
    words = shown.plan.elements[NOW].names
    now = Box(id=f"id-node.{key}.now", words=words, look=BAND, element=NOW)
    inner = _WIDE + 2 * PAD
    own = around(entity_box(f"id-node.{key}.system", system), left + PAD, top + _OVER, inner, tuple(rows))
    return around(now, left, top, inner + 2 * PAD, (own,))


def _new(
    shown: Shown, key: str, replacement: Entity, modules: Sequence[Entity], x: int, top: int, end: int
) -> Node | None:  # fmt: skip
    """The state after, with the modules spread out along what they take over."""
    plateau = shown.plan.elements.get(shown.plan.after.get(replacement.id, ""))
    if plateau is None:
        return None
    box = Box(id=f"id-node.{key}.after", words=plateau.names, look=BAND, element=plateau.id)
    several = [entity_box(f"id-node.{key}.module.{safe(one.id)}", one) for one in modules]
    free = end - top - _OVER - PAD - sum(one.height() for one in several)
    apart = max(BETWEEN, free // max(1, len(several)))
    y, nodes = top + max(_OVER, box.height(wide(1), head=True)), []
    for one in several:
        nodes.append(one.at(x + PAD, y))
        y = bottom(nodes[-1]) + apart
    frame = around(box, x, top, wide(1), tuple(nodes))
    return replace(frame, h=max(frame.h, end - top))
