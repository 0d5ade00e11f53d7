"""3xx: what one file says of another must exist and be of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.findings import Edit, Finding, Related, message
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.nearest import nearest
from modulkarta.placement import is_id


def unknown_reference(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett id som inte finns.

    Filen hänvisar till något som katalogen inte innehåller. Oftast är id:t felstavat, eller har filen bytt namn.

    Fel:
        depends_on: [prehospital-jornal]
    Rätt:
        depends_on: [prehospital-journal]
    """
    for entity in _all(catalogue):
        for reference in entity.references:
            if reference.target not in catalogue.known and is_id(reference.target):
                yield _unknown(catalogue, entity, reference)


def wrong_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett id av fel sort.

    Id:t finns, men det som det betecknar är av en annan sort än fältet är till för.

    Fel:
        replaces: prehospital-journal   (en modul)
    Rätt:
        replaces: ambulink   (ett befintligt system)
    """
    for entity in _all(catalogue):
        for reference in entity.references:
            kind = catalogue.known.get(reference.target)
            if kind is not None and not reference.relation.allows(kind):
                yield _wrong_kind(catalogue, entity, reference, kind)


def reused_former_id(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett tidigare id används igen.

    Ett id som har betytt en sak får inte börja betyda en annan: gamla länkar skulle leda fel.

    Fel:
        former_ids: [ambulink]   (medan ambulink.yaml finns)
    Rätt:
        former_ids: [ambulink-gammal]
    """
    claimed: dict[str, Entity] = {}
    for entity in _all(catalogue):
        for index, old in enumerate(entity.ids("former_ids")):
            at = entity.document.place(("former_ids", index))
            if old in catalogue.known:
                what = message("”{id}” är redan id för något annat", id=old)
                yield Finding(code="MK304", severity="error", location=at, message=what, entity=entity.id)
            elif old in claimed:
                what = message("”{id}” är också tidigare id för ”{other}”", id=old, other=claimed[old].id)
                yield Finding(code="MK304", severity="error", location=at, message=what, entity=entity.id)
            claimed.setdefault(old, entity)


def repeated_id(catalogue: Catalogue) -> Iterator[Finding]:
    """Samma id i två filer.

    Ett id är entydigt i hela katalogen, också mellan sorter. Den första filen i bokstavsordning gäller tills vidare;
    den andra läses men används inte.

    Fel:
        applications/modules/ambulink.yaml och applications/systems/ambulink.yaml
    Rätt:
        applications/modules/ambulans.yaml och applications/systems/ambulink.yaml
    """
    for second in catalogue.repeated:
        first = catalogue.entities.get(second.id) or catalogue.set_aside.get(second.id)
        related = (Related(location=first.document.place(()), message=message("den första filen")),) if first else ()
        yield Finding(
            code="MK303", severity="error", location=second.document.place(()), entity=second.id, related=related,
            message=message("id ”{id}” finns redan i en annan fil", id=second.id),
            hint=message("byt namn på den ena filen"),
        )  # fmt: skip


def _all(catalogue: Catalogue) -> Iterator[Entity]:
    yield from catalogue.entities.values()
    yield from catalogue.set_aside.values()
    yield from catalogue.repeated


def _unknown(catalogue: Catalogue, entity: Entity, reference: Reference) -> Finding:
    at = entity.document.place(reference.path)
    meant = catalogue.former.get(reference.target) or _meant(catalogue, reference)
    other = message("inget id liknar det; skapa filen eller ta bort raden")
    return Finding(
        code="MK301", severity="error", location=at, entity=entity.id, path=reference.path,
        message=message("okänd referens ”{id}”", id=reference.target),
        hint=message("menade du ”{word}”?", word=meant) if meant else other,
        fix=(Edit(location=at, text=meant),) if meant and entity.document.spells(at, reference.target) else (),
        safe=_renamed(catalogue, reference), related=_place_of(catalogue, meant),
    )  # fmt: skip


def _renamed(catalogue: Catalogue, reference: Reference) -> bool:
    """Whether a reference is the former id of one thing, which the field allows: then nothing else is meant."""
    today = catalogue.get(catalogue.former.get(reference.target, ""))
    claims = sum(reference.target in entity.ids("former_ids") for entity in _all(catalogue))
    return today is not None and claims == 1 and reference.relation.allows(today.kind.name)


def _meant(catalogue: Catalogue, reference: Reference) -> str | None:
    """The most alike id of a kind the field allows; else the most alike of any."""
    right = [id_ for id_, kind in catalogue.known.items() if reference.relation.allows(kind)]
    return nearest(reference.target, right) or nearest(reference.target, catalogue.known, limit=85)


def _place_of(catalogue: Catalogue, id_: str | None) -> tuple[Related, ...]:
    entity = catalogue.entities.get(id_) if id_ else None
    if entity is None:
        return ()
    return (Related(location=entity.document.place(("name",)), message=message("{name}", name=entity.name)),)


def _wrong_kind(catalogue: Catalogue, entity: Entity, reference: Reference, kind: str) -> Finding:
    kinds = catalogue.metamodel.kinds
    expected = [kinds[name].label for name in reference.relation.kinds if name in kinds]
    return Finding(
        code="MK302", severity="error", location=entity.document.place(reference.path), entity=entity.id,
        path=reference.path,
        message=message("”{id}” är av sorten {kind}; här väntas {expected}", id=reference.target,
                        kind=kinds[kind].label, expected=expected),
        related=_place_of(catalogue, reference.target),
    )  # fmt: skip
