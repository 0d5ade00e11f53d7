"""6xx: who may see what, and what would tell those who may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from modulkarta.analysis.secrecy import (
    MARKS,
    Named,
    above,
    classified,
    hidden,
    hidden_names,
    level,
    level_at,
    marked,
    own_level,
    weighed,
)
from modulkarta.analysis.secrecy.crowds import Crowd, crowd_round, crowds, much_related
from modulkarta.analysis.secrecy.masking import Veil, fields_above, masked
from modulkarta.analysis.secrecy.places import places
from modulkarta.findings import Finding, Message, Path, Related, counted, message, undotted
from modulkarta.levels import LEVELS, Level
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.reach import ITSELF, NEAR, each
from modulkarta.rules.settings import passing
from modulkarta.rules.time import found
from modulkarta.source.text import Tree


def _to_be_classified(catalogue: Catalogue) -> Iterable[Entity]:
    return catalogue.entities.values() if catalogue.settings.classified else ()


def _naming_hidden(catalogue: Catalogue) -> list[Entity]:
    """What names something that is hidden as a whole."""
    several = (reference for one in hidden(catalogue) for reference in catalogue.incoming.get(one.id, ()))
    return [catalogue.entities[id_] for id_ in {reference.source for reference in several}]


def _below_hidden(catalogue: Catalogue) -> Iterable[Entity]:
    """What more may see than something else."""
    return catalogue.entities.values() if hidden_names(catalogue) else ()


def _much_related(catalogue: Catalogue) -> list[Entity]:
    return much_related(catalogue, catalogue.settings.most_public_relations)


@each(reach=ITSELF, among=_to_be_classified)
def unclassified(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Posten är inte klassad.

    Katalogen kräver att allt är klassat (classified: true i catalogue.yaml), men posten säger inte vem som får se den.
    Det som inte är klassat räknas som internt och är inte med i det som publiceras.

    Fel:
        name: Ambulink
    Rätt:
        name: Ambulink
        secrecy: {level: public}
    """
    if catalogue.settings.classified and own_level(entity) is None:
        what = message("{name} är inte klassad och räknas som intern", name=entity.name)
        hint = message("skriv secrecy: {{level: public}} om alla får se posten, annars internal eller secret")
        yield replace(found("MK608", "warning", entity, ("name",), what), hint=hint)


@each(reach=NEAR, among=_naming_hidden)
def names_hidden(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Det öppna nämner något som färre får se.

    Hänvisningen visas bara för dem som får se det som den leder till. Oftast är det så det ska vara: klassa då fältet
    likadant, så syns det att någon har tänkt på det. Är hänvisningen något som posten måste ha visas posten inte alls
    för de andra; då är det en varning.

    Fel:
        ambulink.yaml:        secrecy: {level: public}, contracts: [avtal-ambulink]
        avtal-ambulink.yaml:  secrecy: {level: internal}
    Rätt:
        ambulink.yaml:        secrecy: {level: public, fields: {contracts: internal}}, contracts: [avtal-ambulink]
    """
    told: set[str] = set()
    for reference in entity.references:
        target = catalogue.entities.get(reference.target)
        if target is None or target.id in told or reference.path[0] == "secrecy" or not classified(target, LEVELS[0]):
            continue
        if above(level(target), level_at(entity, reference.path)):
            told.add(target.id)
            yield _names(entity, reference, target)


def mentions_hidden(catalogue: Catalogue) -> Iterator[Finding]:
    """En öppen text nämner något som färre får se.

    Texten innehåller namnet på, eller id för, något som är klassat högre. Den som inte får se det får inte heller se
    texten, så hela fältet utelämnas för dem. Skriv om texten, eller klassa fältet likadant. Hela ord jämförs, inte
    delar av sammansättningar.

    Fel:
        summary: Ersätts inom ramen för Projekt Safir.   (Projekt Safir är secret)
    Rätt:
        summary: Ersätts inom ramen för ett pågående projekt.
    """
    yield from _telling_things(catalogue)
    for names in hidden_names(catalogue).values():
        yield from _mentions_in_settings(catalogue, names)


@each(reach=ITSELF, among=weighed)
def no_effect(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Nivån för ett fält är lägre än postens.

    Den som inte får se posten får inte heller se något fält i den, så nivån gör ingenting. Sänk postens nivå och höj
    de fält som ska skyddas, eller ta bort raden.

    Fel:
        secrecy: {level: internal, fields: {summary: public}}
    Rätt:
        secrecy: {level: public, fields: {contracts: internal}}
    """
    own = own_level(entity)
    for field, (level_, _) in marked(entity).items():
        if own and above(own, level_):
            what = message("{field} är klassat lägre än hela posten, så det gör ingenting", field=field)
            yield found("MK611", "warning", entity, ("secrecy", "fields", field), what)


@each(reach=NEAR, among=_much_related)
def crowded(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """Så mycket är öppet runt samma sak att det kan bli känsligt tillsammans.

    Var uppgift för sig kan vara öppen, men alla relationer runt en och samma sak kan visa vad ett angrepp skulle slå
    ut. Gränsen är satt i catalogue.yaml (most_public_relations, annars 50); organisationer och källor räknas inte.
    Klassa några av relationerna högre, eller låt någon bedöma helheten och skriv det som ett undantag.

    Fel:
        catalogue.yaml:  most_public_relations: 2
        ambulink.yaml:   secrecy: {level: public}, contracts: [a, b, c]
    Rätt:
        ambulink.yaml:   secrecy: {level: public, fields: {contracts.c: internal}}, contracts: [a, b, c]
    """
    limit = catalogue.settings.most_public_relations
    if crowd := crowd_round(catalogue, entity, limit):
        what = _crowd(catalogue, crowd, limit)
        hint = message("klassa några av dem högre, eller bedöm helheten och skriv ett undantag i catalogue.yaml")
        yield replace(found("MK615", "warning", entity, ("name",), what), hint=hint)


def too_much_together(whole: Catalogue, part: Catalogue, today: date) -> tuple[Message, ...]:
    """A warning each thing round which a part of a catalogue, about to be public, shows more than the whole allows.

    What has a waiver today (MK615) has been judged by somebody, and is not told of.
    """
    limit, judged = whole.settings.most_public_relations, passing(whole.settings, "MK615", today)
    return tuple(_crowd(part, crowd, limit) for crowd in crowds(part, limit) if crowd.entity not in judged)


@each(reach=ITSELF, among=_below_hidden, ground=lambda catalogue: hidden_names(catalogue))
def _telling_things(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    own = level(entity)
    for hidden_level, names in hidden_names(catalogue).items():
        if above(hidden_level, own):
            yield from _mentions(entity, names, hidden_level)


def _crowd(catalogue: Catalogue, crowd: Crowd, limit: int) -> Message:
    name = catalogue.entities[crowd.entity].name
    return counted("{n} relation till {name} är öppen; gränsen är {limit}",
                   "{n} relationer runt {name} är öppna; gränsen är {limit}",
                   crowd.relations, name=name, limit=limit)  # fmt: skip


def _names(entity: Entity, reference: Reference, target: Entity) -> Finding:
    veil = Veil(audience=level_at(entity, reference.path), gone=frozenset({target.id}), named=None)
    lost = masked(entity, veil, fields_above(entity, veil.audience)) is None
    hint = message("posten kan inte visas utan den; klassa hela posten likadant")
    if not lost:
        hint = message("klassa {field} likadant under secrecy.fields", field=_field_of(entity, reference))
    what = message("{name} får färre se än det här", name=target.name)
    finding = found("MK609", "warning" if lost else "info", entity, reference.path, what)
    return replace(finding, hint=hint, related=(_level_of(target),))


def _field_of(entity: Entity, reference: Reference) -> str:
    """The least that can be classified to hide a reference: the row that leads there, else the whole field."""
    field = str(reference.path[0])
    row = f"{field}.{reference.target}"
    several = places(undotted(row), entity.kind.properties, entity.fields)
    return row if reference.path[:2] in several else field


def _mentions(entity: Entity, hidden: Named, hidden_level: Level) -> Iterator[Finding]:
    """The texts of an entity that tell of something hidden, and its id if that does."""
    references = {reference.path for reference in entity.references}
    texts = ((path, text) for path, text in _texts(entity.document.tree, ()) if path[0] not in MARKS)
    told = ((path, text) for path, text in texts if path not in references)
    for path, text in ((("name",), entity.id), *told):
        other = hidden.in_text(text)
        if other and above(hidden_level, level_at(entity, path)):
            what = message("här nämns {name}, som färre får se", name=other.name)
            hint = message("skriv om texten, eller klassa fältet likadant under secrecy.fields")
            yield replace(found("MK610", "warning", entity, path, what), hint=hint, related=(_level_of(other),))


def _mentions_in_settings(catalogue: Catalogue, hidden: Named) -> Iterator[Finding]:
    """The texts that every page has."""
    settings = catalogue.settings
    for field in ("title", "organisation", "about"):
        other = hidden.in_text(getattr(settings, field))
        if other and settings.document:
            what = message("här nämns {name}, som färre får se", name=other.name)
            at = settings.document.place((field,))
            yield Finding(code="MK610", severity="warning", location=at, path=(field,), message=what)


def _texts(value: Tree, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif value is not None:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, step))


def _level_of(entity: Entity) -> Related:
    at = entity.document.place(("secrecy", "level"))
    return Related(location=at, message=message("{name}", name=entity.name))
