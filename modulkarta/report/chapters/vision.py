"""Where the plan leads: the vision, its goals, the principles on the way, and the map on the day when all is live."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.figures.landscape import map_figure
from modulkarta.findings import message
from modulkarta.model import Entity
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, Words, bullets, holding, paragraph, plain
from modulkarta.report.chapters import Ground, all_made_up, led, pictured
from modulkarta.wording import capital

_BENEFIT = message(
    "varje delmål säger vad som blir bättre för patienter och medarbetare, och hur vi vet att vi är framme"
)


def chapter(ground: Ground) -> Iterator[Block]:
    yield _heading(ground)
    yield from _visions(ground)
    yield from _map(ground)
    yield from _goals(ground)
    yield from _principles(ground)


def short(ground: Ground) -> Iterator[Block]:
    """The vision alone."""
    yield _heading(ground)
    yield from _visions(ground, led_in=False)


def goals_in_order(ground: Ground) -> list[Entity]:
    """The goals as the catalogue orders them; last those that it gives no place."""
    return sorted(ground.catalogue.of_kind["goal"], key=lambda goal: (goal.fields.get("order", 10_000), goal.id))


def _heading(ground: Ground) -> Heading:
    return Heading(text=capital(ground.catalogue.metamodel.kinds["vision"].label.in_(ground.language)), level=2)


def _visions(ground: Ground, *, led_in: bool = True) -> Iterator[Block]:
    visions = ground.catalogue.of_kind["vision"]
    if not visions:
        yield paragraph(ground.none(message("ingen målbild är inlagd"), "vision"))
    for vision in visions:
        name = ground.name(vision.id, vision.truth())
        summary = ground.text(vision, "summary")
        yield Paragraph(words=holding(f"{name}. {summary}".strip(), summary))
        if statements := ground.items(vision, "statements"):
            if led_in:
                yield paragraph(ground.words(message("Det här ska vara sant när vi är framme:")))
            yield bullets(statements)


def _map(ground: Ground) -> Iterator[Block]:
    """The map on the day when the last planned thing is live."""
    if ground.target is None:
        if ground.catalogue.of_kind["module"]:
            yield paragraph(ground.say(message("målbilden kan inte ritas som karta, för planen har inget datum framåt "
                                               "när en modul ska vara i drift")))  # fmt: skip
        return
    figure = map_figure(ground.catalogue, ground.target, ground.language, target=True)
    yield from pictured(ground, figure)


def _goals(ground: Ground) -> Iterator[Block]:
    goals = goals_in_order(ground)
    if not goals:
        return
    yield Heading(text=ground.words(message("Delmål och nytta")), level=3)
    example = all_made_up(goal.truth() for goal in goals)
    told = [ground.say(_BENEFIT), *([ground.say(message("alla delmål är exempel"))] if example else [])]
    yield paragraph(" ".join(told))
    yield Bullets(items=tuple(led(_goal_name(ground, goal, example), _benefit(ground, goal)) for goal in goals))


def _goal_name(ground: Ground, goal: Entity, example: bool) -> str:
    name = ground.name(goal.id, "fact" if example else goal.truth())
    when = goal.when("date")
    return f"{name}." if when is None else ground.words(message("{name}, {day}.", name=name, day=ground.day(when)))


def _benefit(ground: Ground, goal: Entity) -> Words:
    summary, measure = ground.text(goal, "summary"), ground.text(goal, "measure")
    told = plain(summary) if summary else ()
    if measure:
        met = ground.say(message("vi är framme när detta är uppfyllt: {measure}", measure=measure))
        told = (*told, *holding(f" {met}" if told else met, measure))
    return told


def _principles(ground: Ground) -> Iterator[Block]:
    principles = ground.catalogue.of_kind["principle"]
    if not principles:
        return
    yield Heading(text=ground.words(message("Vägledande principer")), level=3)
    assumed = [one for one in principles if one.truth("statement") == "assumption"]
    if len(assumed) == len(principles):
        yield paragraph(ground.say(message("principerna är vår tolkning och är inte beslutade")))
    elif assumed:
        yield paragraph(ground.say(message("det som är märkt (antagande) är vår tolkning och är inte beslutat")))
    several = len(assumed) < len(principles)
    yield Bullets(items=tuple(led(_principle_name(ground, one, mark=several), ground.text(one, "statement"))
                              for one in principles))  # fmt: skip


def _principle_name(ground: Ground, principle: Entity, *, mark: bool) -> str:
    truth = principle.truth("statement")
    if truth == "assumption" and mark:
        return ground.words(message("{name} (antagande).", name=ground.name(principle.id)))
    return f"{ground.name(principle.id, truth)}."
