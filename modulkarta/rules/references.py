"""3xx: what one file says of another must exist and be of the right kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps

from modulkarta.analysis.holders import writing
from modulkarta.findings import Edit, Finding, Location, Message, Related, message
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.nearest import Meant
from modulkarta.placement import is_id
from modulkarta.reach import NEAR, each
from modulkarta.rules.meant import meant_id
from modulkarta.shape.elsewhere import likely_kind
from modulkarta.shape.problems import LEAVE_OUT, NOTHING
from modulkarta.source.problems import too_many
from modulkarta.source.text import MOST_FINDINGS

_MOST_COMPARED = 3_000_000
"""Words held against each other in search of those that were meant: a second, where a whole catalogue is missing."""

_GONE = 3
"""So many files do not misspell the same id: something others name already is not what they meant."""


def few_a_file(rule: Callable[[Catalogue], Iterator[Finding]]) -> Callable[[Catalogue], Iterator[Finding]]:
    """The same rule, with so many findings of a file as its text and shape may have; the others are counted."""

    @wraps(rule)
    def first_ones(catalogue: Catalogue) -> Iterator[Finding]:
        told: Counter[str] = Counter()
        for finding in rule(catalogue):
            told[finding.location.file] += 1
            if told[finding.location.file] <= MOST_FINDINGS:
                yield finding
        for file, number in told.items():
            if number > MOST_FINDINGS:
                yield too_many(Location(file=file), number - MOST_FINDINGS)

    return first_ones


@few_a_file
def unknown_reference(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett id som inte finns.

    Filen hänvisar till något som katalogen inte innehåller. Oftast är id:t felstavat, eller har filen bytt namn.

    Fel:
        depends_on: [prehospital-jornal]
    Rätt:
        depends_on: [prehospital-journal]
    """
    unknown = list(_unknown_references(catalogue))
    named = Counter(target for target, _ in {(reference.target, entity.id) for entity, reference in unknown})
    looked_for = set(list(named)[: _MOST_COMPARED // (len(catalogue.known) + 1)])
    for entity, reference in unknown:
        if file := catalogue.astray.get(reference.target):
            yield replace(_unknown(catalogue, entity, reference, None, message("dess fil går inte att använda")),
                          waits_for=file)  # fmt: skip
        elif reference.target not in looked_for:
            yield _unknown(
                catalogue, entity, reference, None, message("så många id saknas att inget liknande letades fram")
            )
        else:
            files = named[reference.target]
            likely = meant_id(catalogue, reference)
            if likely and files >= _GONE and catalogue.incoming.get(likely.word):
                likely = None
            yield _unknown(catalogue, entity, reference, likely, _otherwise(reference.target, files))


@few_a_file
def wrong_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett id av fel sort.

    Id:t finns, men det som det betecknar är av en annan sort än fältet är till för.

    Fel:
        replaces: prehospital-journal   (en modul)
    Rätt:
        replaces: ambulink   (ett befintligt system)
    """
    doubtful = (one.source for id_ in catalogue.unusable for one in catalogue.incoming.get(id_, ()))
    sound = (catalogue.entities[id_] for id_ in sorted({*_naming_another_kind(catalogue), *doubtful}))
    for entity in (*sound, *catalogue.set_aside.values(), *catalogue.repeated):
        yield from _wrong_kinds(catalogue, entity)


@few_a_file
def reused_former_id(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett tidigare id används igen.

    Ett id som har betytt en sak får inte börja betyda en annan: gamla länkar skulle leda fel.

    Fel:
        former_ids: [ambulink]   (medan ambulink.yaml finns)
    Rätt:
        former_ids: [ambulink-gammal]
    """
    claimed: dict[str, Entity] = {}
    for entity in (*writing(catalogue, "former_ids"), *catalogue.set_aside.values(), *catalogue.repeated):
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
        related = (
            (Related(location=first.document.place(()), message=message("den här filen gäller tills vidare")),)
            if first
            else ()
        )
        yield Finding(
            code="MK303", severity="error", location=second.document.place(()), entity=second.id, related=related,
            message=message("id ”{id}” finns redan i en annan fil", id=second.id),
            hint=message("byt namn på den ena filen"),
        )  # fmt: skip


@few_a_file
def repeated_external_id(catalogue: Catalogue) -> Iterator[Finding]:
    """Två saker heter likadant i ett annat system.

    `external_ids` säger vad något heter där det har hämtats. Står samma id i två filer av samma sort går det inte att
    veta vilken av dem som menas nästa gång, och då kan fel fil ändras.

    Fel:
        ambulink.yaml:    external_ids: [{system: archimate, value: id-17}]
        ambulink-2.yaml:  external_ids: [{system: archimate, value: id-17}]
    Rätt:
        ambulink.yaml:    external_ids: [{system: archimate, value: id-17}]
        ambulink-2.yaml:  (inget)
    """
    first: dict[tuple[str, str, str], Entity] = {}
    for entity in writing(catalogue, "external_ids"):
        for index, row in enumerate(entity.rows("external_ids")):
            key = (entity.kind.name, row["system"], row["value"])
            other = first.setdefault(key, entity)
            if other is not entity:
                yield _repeated_external_id(entity, index, other)


def _unknown_references(catalogue: Catalogue) -> Iterator[tuple[Entity, Reference]]:
    """Those to ids of no file, in the order in which things are described."""
    known = catalogue.known
    sources = {one.source for id_ in catalogue.incoming.keys() - known.keys() for one in catalogue.incoming[id_]}
    sound = (catalogue.entities[id_] for id_ in sorted(sources))
    for entity in (*sound, *catalogue.set_aside.values(), *catalogue.repeated):
        for reference in entity.references:
            if reference.target not in known and is_id(reference.target):
                yield entity, reference


def _repeated_external_id(entity: Entity, index: int, other: Entity) -> Finding:
    rows = other.rows("external_ids")
    row = entity.rows("external_ids")[index]
    there = other.document.place(("external_ids", rows.index(row)))
    related = Related(location=there, message=message("här står det redan"))
    return Finding(
        code="MK305", severity="error", location=entity.document.place(("external_ids", index)), entity=entity.id,
        path=("external_ids", index), related=(related,),
        message=message("”{other}” heter också ”{value}” där", other=other.id, value=row["value"]),
        hint=message("ta bort raden i den fil som det andra systemet inte menar"),
    )  # fmt: skip


def _unknown(
    catalogue: Catalogue, entity: Entity, reference: Reference, likely: Meant | None, otherwise: Message
) -> Finding:
    at = entity.document.place(reference.path)
    fits = likely is not None and entity.document.spells(at, reference.target)
    return Finding(
        code="MK301", severity="error", location=at, entity=entity.id, path=reference.path,
        message=message("okänd referens ”{id}”", id=reference.target),
        hint=message("menade du ”{word}”?", word=likely.word) if likely else otherwise,
        fix=(Edit(location=at, text=likely.word),) if likely and fits else (),
        safe=likely is not None and likely.sure and fits, related=_place_of(catalogue, likely.word) if likely else (),
    )  # fmt: skip


def _otherwise(id_: str, files: int) -> Message:
    """What to do about an id that is like no other: one that several files name was there once."""
    if id_ in NOTHING:
        return LEAVE_OUT
    if files > 1:
        return message("{n} filer nämner det: har filen tagits bort eller bytt namn?", n=files)
    return message("inget id liknar det; skapa filen eller ta bort raden")


def _place_of(catalogue: Catalogue, id_: str | None) -> tuple[Related, ...]:
    entity = catalogue.entities.get(id_) if id_ else None
    if entity is None:
        return ()
    return (Related(location=entity.document.place(("name",)), message=message("{name}", name=entity.name)),)


def _likely(catalogue: Catalogue) -> list[Entity]:
    """What may name something of another kind: told by what is named, of which there is less than of names."""
    kinds, found = catalogue.known, set[str]()
    for target, several in catalogue.incoming.items():
        kind = kinds.get(target)
        for one in several:
            if kind not in one.relation.kinds:
                found.add(one.source)
    return [catalogue.entities[id_] for id_ in found]


@each(reach=NEAR, among=_likely)
def _naming_another_kind(catalogue: Catalogue, entity: Entity) -> Iterator[str]:
    """What names something sound of a kind that the field is not for."""
    for reference in entity.references:
        target = catalogue.entities.get(reference.target)
        if target and not reference.relation.allows(target.kind.name):
            yield entity.id
            return


def _wrong_kinds(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    for reference in entity.references:
        kind = catalogue.known.get(reference.target)
        if kind is not None and not reference.relation.allows(kind):
            yield _wrong_kind(catalogue, entity, reference, kind)


def _wrong_kind(catalogue: Catalogue, entity: Entity, reference: Reference, kind: str) -> Finding:
    kinds = catalogue.metamodel.kinds
    expected = [kinds[name].plural for name in reference.relation.kinds if name in kinds]
    return Finding(
        code="MK302", severity="error", location=entity.document.place(reference.path), entity=entity.id,
        path=reference.path,
        message=message("”{id}” finns bland {kinds}, inte bland {expected}", id=reference.target,
                        kinds=kinds[kind].plural, expected=expected),
        hint=message("här ska ett id ur {expected} stå", expected=expected),
        related=_place_of(catalogue, reference.target), waits_for=_perhaps_another(catalogue, reference),
    )  # fmt: skip


def _perhaps_another(catalogue: Catalogue, reference: Reference) -> str | None:
    """The target, where its kind is in doubt: two files have the id, or its file seems to lie in the wrong folder."""
    second = any(e.id == reference.target and reference.relation.allows(e.kind.name) for e in catalogue.repeated)
    aside = catalogue.set_aside.get(reference.target)
    astray = aside is not None and likely_kind(aside.fields, aside.kind) is not None
    return reference.target if second or astray else None
