"""Who writes a field, and who names a thing there: who provides an interface, masters information, has a capability."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.reach import ITSELF, each
from modulkarta.source.joined import Joined

ENDS = ("module", "system", "platform")
"""The kinds that may be an end of an interface."""
OPEN = {"level": "public"}
"""What nearly all say of their secrecy, and nothing more."""
_OF_FEW = frozenset({"criticality", "external_ids", "former_ids", "lifecycle", "truth_of"})
"""Fields that few write and several rules are about."""


def holders(catalogue: Catalogue, id_: str, field: str, kinds: Collection[str] = ()) -> tuple[Entity, ...]:
    """The entities that name `id_` in a list of theirs, by id; only of some kinds if any are given."""
    found = {r.source for r in catalogue.incoming.get(id_, ()) if r.path[0] == field}
    if not found:
        return ()
    entities = [catalogue.entities[source] for source in sorted(found)]
    return tuple([entity for entity in entities if not kinds or entity.kind.name in kinds])


def writing(catalogue: Catalogue, field: str) -> list[Entity]:
    """The entities that write a field which few do (`_OF_FEW`), by id.

    `truth` and `secrecy` have nearly all: of them those that are a fact as a whole, and those that say more than that
    everybody may see them.
    """
    return _by_field(catalogue).get(field, [])


@remembered
def _by_field(catalogue: Catalogue) -> Mapping[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for field, entity in _written(catalogue):
        found.setdefault(field, []).append(entity)
    return found


def _standing_out(catalogue: Catalogue) -> list[Entity]:
    """What says any of that: looked for once for all, since to look at every thing takes longer than most rules do."""
    several = catalogue.entities.values()
    return [one for one in several if _is_fact(one) or _is_guarded(one) or not _OF_FEW.isdisjoint(one.fields)]


@each(reach=ITSELF, among=_standing_out)
def _written(_: Catalogue, entity: Entity) -> Iterator[tuple[str, Entity]]:
    yield from ((field, entity) for field in _OF_FEW & entity.fields.keys())
    if _is_fact(entity):
        yield "truth", entity
    if _is_guarded(entity):
        yield "secrecy", entity


def _is_fact(entity: Entity) -> bool:
    return entity.fields.get("truth") == "fact"


def _is_guarded(entity: Entity) -> bool:
    return entity.fields.get("secrecy", OPEN) != OPEN or isinstance(entity.document, Joined)


def former_ids(catalogue: Catalogue) -> Mapping[str, str]:
    """Today's id of each former id that no other thing has now."""
    there = catalogue.entities
    return {
        old: entity.id
        for entity in writing(catalogue, "former_ids")
        for old in entity.ids("former_ids")
        if old not in there
    }
