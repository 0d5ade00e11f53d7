"""6xx: what is said of a judgement of secrecy: on what ground, by whom, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from modulkarta.analysis.secrecy import field_levels, own_level, weighed
from modulkarta.analysis.secrecy.ending import ended
from modulkarta.analysis.secrecy.judging import judgements
from modulkarta.findings import Finding, Related, message
from modulkarta.levels import HIGHEST
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, NEAR, each
from modulkarta.rules.time import found


@each(reach=ITSELF, among=weighed)
def no_provision(catalogue: Catalogue, whole: Entity) -> Iterator[Finding]:
    """Sekretess utan bestämmelse.

    Det som är klassat som sekretess (secret) ska säga vilken bestämmelse det antas bygga på, så att den som prövar en
    begäran vet var prövningen börjar. En markering är inget beslut: sekretess prövas varje gång någon begär ut
    uppgiften.

    Fel:
        secrecy: {level: secret}
    Rätt:
        secrecy: {level: secret, provision: OSL 19 kap. 3 §}
    """
    for entity in judgements(whole):
        path = next(_highest(entity), None)
        if path and not entity.fields["secrecy"].get("provision"):
            what = message("{name} är klassad som sekretess, men det står inte enligt vad", name=entity.name)
            finding = found("MK612", "warning", entity, path, what)
            yield replace(finding, hint=message("skriv bestämmelsen, till exempel provision: OSL 19 kap. 3 §"))


@each(reach=ITSELF, among=weighed)
def half_assessed(catalogue: Catalogue, whole: Entity) -> Iterator[Finding]:
    """Bedömningen säger inte vem, eller inte när.

    En bedömning är gjord av någon, en viss dag. Skriv båda: rollen (assessed_by, aldrig en persons namn) och dagen
    (assessed). Vet man inte vem som har bedömt är det ärligare att ta bort dagen.

    Fel:
        secrecy: {level: internal, assessed: 2026-09-14}
    Rätt:
        secrecy: {level: internal, assessed: 2026-09-14, assessed_by: registrator}
    """
    for entity in judgements(whole):
        said = entity.fields["secrecy"].keys() & {"assessed", "assessed_by"}
        if said == {"assessed"}:
            what = message("bedömningen av {name} säger inte vilken roll som har gjort den", name=entity.name)
            yield found("MK614", "warning", entity, ("secrecy", "assessed"), what)
        elif said == {"assessed_by"}:
            what = message("bedömningen av {name} säger inte vilken dag den gjordes", name=entity.name)
            yield found("MK614", "warning", entity, ("secrecy", "assessed_by"), what)


@each(reach=NEAR, among=lambda catalogue, today: weighed(catalogue))
def event_over(catalogue: Catalogue, whole: Entity, today: date) -> Iterator[Finding]:
    """Det som sekretessen skulle upphöra med har hänt.

    Uppgiften skyddas till en viss händelse (ends_with), och den har inträffat: milstolpen är nådd, beslutet är fattat,
    uppdraget är klart eller avtalet har slutat. Pröva om uppgiften fortfarande behöver skyddas. Sänk annars nivån, och
    ta bort ends_with.

    Fel:
        avtal-ambulink.yaml:   secrecy: {level: secret, ends_with: tilldelningsbeslut}
        tilldelningsbeslut.yaml: state: taken
    Rätt:
        avtal-ambulink.yaml:   secrecy: {level: public}
    """
    for entity in judgements(whole):
        event = catalogue.get(entity.fields["secrecy"].get("ends_with") or "")
        hidden = {own_level(entity), *field_levels(entity).values()} - {"public"}
        if event and hidden and ended(event, today):
            what = message("sekretessen för {name} skulle upphöra med {event}, som har hänt",
                           name=entity.name, event=event.name)  # fmt: skip
            related = (Related(location=event.document.place(("name",)), message=message("{name}", name=event.name)),)
            yield replace(found("MK613", "warning", entity, ("secrecy", "ends_with"), what), related=related)


def _highest(entity: Entity) -> Iterator[tuple[str, ...]]:
    """Where the highest level is written."""
    secrecy = entity.fields["secrecy"]
    if secrecy["level"] == HIGHEST:
        yield ("secrecy", "level")
    yield from (("secrecy", "fields", field) for field, at in (secrecy.get("fields") or {}).items() if at == HIGHEST)
