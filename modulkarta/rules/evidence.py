"""6xx: what the statements rest on."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis.holders import former_ids, writing
from modulkarta.analysis.secrecy import marked, weighed
from modulkarta.analysis.secrecy.places import has_place, ids_of
from modulkarta.findings import Edit, Finding, Related, message, undotted
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.nearest import Meant, nearest_meaning
from modulkarta.reach import ITSELF, NEAR, each


def _bare(catalogue: Catalogue) -> list[Entity]:
    """What may call something a fact, and has no sources."""
    return [entity for entity in _stating(catalogue) if not entity.fields.get("sources")]


def _marking(catalogue: Catalogue) -> list[Entity]:
    """What says something of some of its fields."""
    return [*writing(catalogue, "truth_of"), *(one for one in weighed(catalogue) if "truth_of" not in one.fields)]


def _stating(catalogue: Catalogue) -> list[Entity]:
    """What may call something a fact."""
    several = {one.id: one for field in ("truth", "truth_of") for one in writing(catalogue, field)}
    return list(several.values())


@each(reach=ITSELF, among=_bare)
def fact_without_source(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Fakta utan källa.

    Det som kallas fakta ska gå att slå upp. Ange källan, eller ändra sanningsvärdet till assumption eller unknown.

    Fel:
        truth: fact
    Rätt:
        truth: fact
        sources:
          - source: regional-rapport-2026-02-26
    """
    if entity.fields.get("sources"):
        return
    if entity.fields.get("truth") == "fact":
        yield _finding(catalogue, entity.id, ("truth",))
    for field, truth in (entity.fields.get("truth_of") or {}).items():
        if truth == "fact":
            yield _finding(catalogue, entity.id, ("truth_of", field))


@each(reach=ITSELF, among=_marking, ground=former_ids)
def unknown_field(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Sanningsvärde eller sekretess för ett fält som inte finns.

    Ett felstavat fält under truth_of eller secrecy.fields märker och skyddar ingenting. En rad i en lista skrivs med
    sitt nummer, från 0. Under secrecy.fields skrivs den hellre med det id som raden leder till (contracts.avtal-elvis),
    för numret är en annan rads när någon har skrivit in en ny.

    Fel:
        truth_of:
          lifecykle: illustrative
    Rätt:
        truth_of:
          lifecycle: illustrative
    """
    for field in entity.fields.get("truth_of") or ():
        if not has_place(undotted(field), entity.kind.properties, entity.fields):
            yield _unknown_field(catalogue, entity, ("truth_of", field))
    for field, (_, several) in marked(entity).items():
        if not all(has_place(path, entity.kind.properties, entity.fields) for path in several):
            yield _unknown_field(catalogue, entity, ("secrecy", "fields", field))


@each(reach=NEAR, among=_stating)
def fact_about_made_up(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Fakta som nämner något påhittat.

    Ett påstående kan inte vara fakta när det som det handlar om är ett exempel. Märk fältet som exempel, eller ta reda
    på hur det egentligen är.

    Fel:
        ambulink.yaml:    truth: fact, platforms: [exempelplattformen]
        exempelplattformen.yaml: truth: illustrative
    Rätt:
        ambulink.yaml:    truth: fact, truth_of: {platforms: illustrative}
    """
    for reference in entity.references:
        target = catalogue.entities.get(reference.target)
        if target and target.fields.get("truth") == "illustrative" and entity.truth(*reference.path) == "fact":
            yield _about_made_up(entity, reference, target)


def _about_made_up(entity: Entity, reference: Reference, target: Entity) -> Finding:
    return Finding(
        code="MK605", severity="warning", location=entity.document.place(reference.path), entity=entity.id,
        path=reference.path,
        message=message("fakta som nämner {name}, som är ett exempel", name=target.name),
        hint=message("märk fältet som exempel under truth_of"),
        related=(Related(location=target.document.place(("truth",)), message=message("{name}", name=target.name)),),
    )  # fmt: skip


def _unknown_field(catalogue: Catalogue, entity: Entity, path: tuple[str, ...]) -> Finding:
    field = path[-1]
    at = entity.document.place(path, key=True)
    likely = _field_meant(catalogue, entity, path)
    fits = likely is not None and entity.document.spells(at, field)
    return Finding(
        code="MK602", severity="error", location=at, entity=entity.id, path=path,
        message=message("fältet ”{field}” finns inte", field=field),
        hint=message("menade du ”{word}”?", word=likely.word) if likely else None,
        fix=(Edit(location=at, text=likely.word),) if likely and fits else (),
        safe=likely is not None and likely.sure and fits,
    )  # fmt: skip


def _field_meant(catalogue: Catalogue, entity: Entity, path: tuple[str, ...]) -> Meant | None:
    """The field that has what a dotted path names, step by step as long as they are known."""
    properties, steps, sure = entity.kind.properties, list[str](), True
    value: object = entity.fields
    for step in path[-1].split("."):
        if step.isdecimal() and steps:
            steps.append(step)
            value = None
            continue
        rows = {id_: row for row in value for id_ in ids_of(row, properties)} if isinstance(value, list) else {}
        words = {**{name: (one.label.sv,) for name, one in properties.items()}, **dict.fromkeys(rows, ())}
        likely = nearest_meaning(former_ids(catalogue).get(step, step), words)
        if likely is None:
            return None
        steps.append(likely.word)
        sure = sure and likely.sure
        if likely.word in rows:
            value = rows[likely.word]
        else:
            value = value.get(likely.word) if isinstance(value, dict) else None
            properties = {column.name: column for column in properties[likely.word].columns}
    whole = ".".join(steps)
    taken = entity.fields.get("truth_of") or {} if path[0] == "truth_of" else marked(entity)
    return None if whole in taken else Meant(word=whole, sure=sure)


def _finding(catalogue: Catalogue, id_: str, path: tuple[str, ...]) -> Finding:
    return Finding(
        code="MK601", severity="error", location=catalogue.entities[id_].document.place(path), entity=id_, path=path,
        message=message("fakta utan källa"),
        hint=message("lägg till sources, eller ändra till assumption eller unknown"),
    )  # fmt: skip
