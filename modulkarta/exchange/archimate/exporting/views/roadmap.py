"""The roadmap as a view: a lane for each goal, a column for each year, and what is to come when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST
from modulkarta.exchange.archimate.exporting.content import Connection, Node, View, both
from modulkarta.exchange.archimate.exporting.plateaus import Plan
from modulkarta.exchange.archimate.exporting.views.boxes import (
    BAND,
    BETWEEN,
    PAD,
    WIDTH,
    Box,
    around,
    bottom,
    by_element,
    entity_box,
    named,
    words_at,
)
from modulkarta.exchange.archimate.names import element_id, safe
from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity

_DATES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "milestone": (("done",), ("date",)),
    "assignment": (("handed_over",), ("ends",)),
    "module": (("lifecycle", "live"), ("lifecycle", "introducing")),
    "vision": (("horizon",),),
}
"""Where the day stands that decides in which column something is, the surest first."""
_GUTTER = 48
"""Between the columns, where the lines go."""
_COLUMN = WIDTH + _GUTTER
_HEAD = 24
_LATER = 10_000
"""The column of what has no year."""
_TRACKS, _APART = 6, 5
"""How many lines lie beside each other in a gutter before they share, and how far from each other."""


def roadmap_view(catalogue: Catalogue, there: Mapping[str, Entity], plan: Plan) -> View | None:
    """The plan year by year; None where there is nothing of it."""
    lanes = list(_lanes(catalogue, there, plan))
    years = sorted({year for lane in lanes for year, _ in lane[2]})
    if not years:
        return None
    columns = {year: PAD + PAD + _COLUMN + at * _COLUMN for at, year in enumerate(years)}
    nodes: list[Node] = []
    y = PAD
    for year, x in columns.items():
        words = {"sv": str(year), "en": str(year)} if year != _LATER else both(message("Inget år är sagt"))
        nodes.append(words_at(f"id-node.roadmap.year.{year}", words, x, y, WIDTH, _HEAD))
    y += _HEAD + 2 * BETWEEN
    w = len(years) * _COLUMN + _COLUMN - _GUTTER + 2 * PAD
    for box, first, dated in lanes:
        nodes.append(_lane(box, first, dated, columns, y, w))
        y = bottom(nodes[-1]) + 2 * BETWEEN
    return _view(tuple(nodes), tuple(_connections(there, nodes)))


def _view(nodes: tuple[Node, ...], connections: tuple[Connection, ...]) -> View:
    told = message("Milstolpar, uppdrag och moduler under det delmål de hör till, år för år.")
    return View(
        id="id-view.roadmap",
        names=both(message("Färdplanen")),
        documentation=both(told),
        viewpoint="Layered",
        nodes=nodes,
        connections=connections,
    )


_Dated = list[tuple[int, Entity]]


def _lanes(
    catalogue: Catalogue, there: Mapping[str, Entity], plan: Plan
) -> Iterator[tuple[Box, Entity | None, _Dated]]:  # fmt: skip
    """The goals in their order with what belongs to them, then what belongs to none."""
    own: dict[str | None, list[Entity]] = {}
    for kind in ("milestone", "assignment"):
        for one in catalogue.of_kind[kind]:
            if one.id in there:
                goal = one.fields.get("goal")
                own.setdefault(goal if goal in there else None, []).append(one)
    goals = [one for one in catalogue.of_kind["goal"] if one.id in there]
    for goal in sorted(goals, key=lambda one: (one.fields.get("order", _LATER), one.id)):
        modules = [there[id_] for id_ in dict.fromkeys(goal.ids("modules")) if id_ in there]
        yield _goal_box(goal, plan), goal, _dated([*own.get(goal.id, ()), *modules])
    if rest := own.get(None):
        words = both(message("Utan delmål"))
        yield Box(id="id-node.roadmap.rest", words=words, look=BAND), None, _dated(rest)


def _goal_box(goal: Entity, plan: Plan) -> Box:
    """The lane of a goal: the state when it is reached, where modules lead to that."""
    plateau = plan.elements.get(plan.reached.get(goal.id, ""))
    names = named(goal)
    return Box(
        id=f"id-node.roadmap.lane.{safe(goal.id)}",
        words=plateau.names if plateau else names,
        look=BAND,
        element=plateau.id if plateau else "",
    )


def _dated(several: Sequence[Entity]) -> _Dated:
    return sorted(((_year(one), one) for one in several), key=lambda pair: (pair[0], _day(pair[1]), pair[1].id))


def _year(entity: Entity) -> int:
    for path in _DATES[entity.kind.name]:
        when = entity.when(*path)
        if when and not when.unknown:
            return (when.latest if when.latest != DISTANT_FUTURE else when.earliest).year
    return _LATER


def _day(entity: Entity) -> int:
    whens = (entity.when(*path) for path in _DATES[entity.kind.name])
    return next((when.latest.toordinal() for when in whens if when), DISTANT_PAST.toordinal())


def _lane(
    box: Box, first: Entity | None, dated: _Dated, columns: Mapping[int, int], y: int, w: int
) -> Node:  # fmt: skip
    top = y + box.height(w, head=True)
    nodes: list[Node] = []
    if first:
        nodes.append(entity_box(f"{box.id}.goal", first).at(2 * PAD, top))
    ends = dict.fromkeys(columns, top)
    for year, entity in dated:
        node = entity_box(f"{box.id}.at.{safe(entity.id)}", entity).at(columns[year], ends[year])
        nodes.append(node)
        ends[year] = bottom(node) + BETWEEN
    return around(box, PAD, y, w, tuple(nodes))


def _connections(there: Mapping[str, Entity], lanes: Sequence[Node]) -> Iterator[Connection]:
    """What waits for what among milestones and assignments, along the gutters and between the lanes."""
    boxes, lane_of = by_element(lanes), {id(n): lane for lane in lanes for n in by_element(lane.nodes).values()}
    number = 0
    for milestone in (one for one in there.values() if one.kind.name == "milestone"):
        target = boxes.get(element_id("milestone", milestone.id))
        for other in dict.fromkeys(milestone.ids("depends_on")):
            source = boxes.get(element_id(there[other].kind.name, other)) if other in there else None
            if source and target and source is not target and there[other].kind.name in ("milestone", "assignment"):
                yield Connection(
                    id=f"id-line.roadmap.{safe(other)}.{safe(milestone.id)}",
                    relationship=f"id-rel.{safe(milestone.id)}.{safe(other)}.{safe('depends_on')}",
                    source=source.id,
                    target=target.id,
                    bends=_bends(source, target, lane_of[id(target)], number % _TRACKS * _APART),
                )
                number += 1


def _bends(source: Node, target: Node, lane: Node, aside: int) -> tuple[tuple[int, int], ...]:
    """By the gutter on the right of a box, and where the other is far away over its lane to the gutter on its left."""
    out, into = source.x + source.w + 8 + aside, target.x - _GUTTER + 8 + aside
    from_y, to_y = source.y + source.h // 2, target.y + target.h // 2
    if out == into or source.x == target.x:
        return () if from_y == to_y else ((out, from_y), (out, to_y))
    over = lane.y - 2 * BETWEEN + 4 + aside // 2
    return (out, from_y), (out, over), (into, over), (into, to_y)
