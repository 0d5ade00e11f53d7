"""What becomes of each element and relationship of a model, before anything has an id here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from modulkarta.exchange.archimate.importing.computed import Computed
from modulkarta.exchange.archimate.importing.kinds import RELATIONSHIP, Choice, Choosing
from modulkarta.exchange.archimate.importing.mapping import Wanted
from modulkarta.exchange.archimate.importing.references import End, Spot, bond
from modulkarta.exchange.archimate.names import COMPUTED, HOLDER, ID, KIND, field_of
from modulkarta.exchange.archimate.reading.content import Link, Thing
from modulkarta.exchange.inward import Item, Origin
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot

_COMPUTED = message("den räknas ut på nytt ur det andra")
_UNWANTED = message("mappningsfilen säger att den ska lämnas")
_NO_ID = message("den har ingen identifier, så den går inte att känna igen")


@dataclass(slots=True, eq=False)
class Plan:
    """Elements and relationships by identifier: what becomes things, what becomes fields, and what nothing.

    `spots` are the fields that relationships become; `told` are relationships that only repeat what a thing of our
    own, by its id, says itself.
    """

    things: dict[str, Thing] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    spots: list[tuple[Spot, Link]] = field(default_factory=list)
    told: list[tuple[str, Link]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    filled: set[tuple[str, str]] = field(default_factory=set)
    """The fields with room for one thing that have it."""


def plan(elements: Iterable[Thing], links: Iterable[Link], read: Snapshot, choosing: Choosing, wanted: Wanted) -> Plan:
    """Everything of a model, each once."""
    made, computed = Plan(), Computed(read)
    for thing in elements:
        _element(made, thing, choosing, computed)
    left = _own(made, links, computed)
    living = _living(made, left)
    bound = {end for link in living for end in (link.source, link.target)}
    for link in living:
        _link(made, link, read.catalogue, wanted, bound)
    return made


def origin(thing: Thing) -> Origin:
    """An item as its format calls it."""
    sort = "relationship" if isinstance(thing, Link) else "element"
    name = " ".join(thing.names[0][1].split())[:120] if thing.names else thing.identifier
    return Origin(sort=f"{sort} {thing.called}".strip(), name=name, at=thing.at)


def _skip(made: Plan, thing: Thing, *reasons: Message) -> None:
    made.items.append(Item(origin=origin(thing), outcome="skipped", reasons=reasons))


def _leave(made: Plan, thing: Thing, computed: Computed) -> None:
    """What the export works out again, unless somebody has had a hand in it."""
    if changed := computed.changed(thing):
        _skip(made, thing, changed)
    else:
        made.items.append(Item(origin=origin(thing), outcome="again", reasons=(_COMPUTED,)))


def _element(made: Plan, thing: Thing, choosing: Choosing, computed: Computed) -> None:
    if thing.marks.get(COMPUTED):
        _leave(made, thing, computed)
    elif not thing.identifier:
        _skip(made, thing, _NO_ID)
    elif (choice := choosing.choice(thing)).kind:
        made.things[thing.identifier] = thing
        made.choices[thing.identifier] = choice
    else:
        _skip(made, thing, _UNWANTED)


def _own(made: Plan, links: Iterable[Link], computed: Computed) -> list[Link]:
    """The relationships that are not only what the export says of something that is here."""
    own = {made.things[key].marks[ID] for key, choice in made.choices.items() if choice.own}
    left = []
    for link in links:
        marks = link.marks
        if marks.get(COMPUTED):
            _leave(made, link, computed)
        elif not link.identifier:
            _skip(made, link, _NO_ID)
        elif marks.get(HOLDER) in own:
            made.told.append((marks[HOLDER], link))
        else:
            left.append(link)
            if marks.get(KIND) == RELATIONSHIP and marks.get(ID):
                own.add(marks[ID])
    return _of_relationships(made, left, own)


def _of_relationships(made: Plan, links: list[Link], own: set[str]) -> list[Link]:
    """The same without those whose holder is a relationship that comes later in the file."""
    late = [link for link in links if link.marks.get(HOLDER) in own]
    made.told += [(link.marks[HOLDER], link) for link in late]
    told = {link.identifier for link in late}
    return [link for link in links if link.identifier not in told]


def _living(made: Plan, links: list[Link]) -> list[Link]:
    """Relationships whose ends are there, in the end: a relationship may be the end of another."""
    living = {link.identifier: link for link in links}
    waiting = list(living)
    ending: dict[str, list[str]] = {}
    for link in links:
        for end in (link.source, link.target):
            ending.setdefault(end, []).append(link.identifier)
    while waiting:
        one = living.get(waiting.pop())
        ends = (one.source, one.target) if one else ()
        gone = next((end for end in ends if end not in made.things and end not in living), None)
        if one and gone is not None:
            del living[one.identifier]
            _skip(made, one, _gone(gone))
            waiting += ending.get(one.identifier, [])
    return list(living.values())


def _gone(end: str) -> Message:
    if not end:
        return message("den saknar en ände")
    return message("änden ”{id}” finns inte i modellen, eller togs inte med", id=end[:120])


def _link(made: Plan, link: Link, catalogue: Catalogue, wanted: Wanted, bound: set[str]) -> None:
    kinds = catalogue.metamodel.kinds
    if link.marks.get(KIND) == RELATIONSHIP and link.marks.get(ID):
        made.things[link.identifier], made.choices[link.identifier] = link, Choice(kind=RELATIONSHIP, own=True)
        return
    source, target = (
        End(kind=kinds[made.choices[end].kind if end in made.choices else RELATIONSHIP], id=end)
        for end in (link.source, link.target)
    )
    found = bond(link, source, target, wanted, link.identifier in bound)
    if isinstance(found, Spot) and not _full(made, found):
        made.spots.append((found, link))
    elif found == "skip":
        _skip(made, link, _UNWANTED)
    else:
        made.things[link.identifier], made.choices[link.identifier] = link, Choice(kind=RELATIONSHIP)


def _full(made: Plan, spot: Spot) -> bool:
    """Whether a field that has room for one thing has one already."""
    if spot.several:
        return False
    place = spot.holder.id, spot.field
    full = place in made.filled or (place[0] in made.things and _says(made.things[place[0]], spot.field))
    made.filled.add(place)
    return full


def _says(thing: Thing, name: str) -> bool:
    return any(field_of(row.name) == name for row in thing.rows)
