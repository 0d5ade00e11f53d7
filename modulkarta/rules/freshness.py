"""6xx: what time has run past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from modulkarta import dates
from modulkarta.analysis.secrecy import weighed
from modulkarta.analysis.secrecy.judging import judgements
from modulkarta.dates import When, phrase, plus
from modulkarta.findings import Finding, message
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, each
from modulkarta.rules.time import found


def _stale(catalogue: Catalogue, today: date) -> list[Entity]:
    """What was reviewed too long ago: many things are reviewed on the same day, and each day is looked at once."""
    several = catalogue.entities.values()
    days = {written for one in several if (written := one.fields.get("reviewed"))}
    past = {written for written in days if _run_out(catalogue, written, today)}
    return [one for one in several if one.fields.get("reviewed") in past] if past else []


def _run_out(catalogue: Catalogue, written: str, today: date) -> When | None:
    """A written day, if so long has certainly passed since that things must be reviewed again."""
    lasts, when = dates.duration(catalogue.settings.review_after), dates.parse(written)
    return when if lasts and when and not when.unknown and plus(when.latest, lasts) < today else None


@each(reach=ITSELF, among=_stale)
def stale_review(catalogue: Catalogue, entity: Entity, today: date) -> Iterator[Finding]:
    """Uppgifterna är inte granskade på länge.

    Någon har läst igenom uppgifterna, men det är längre sedan än katalogen tillåter (review_after i catalogue.yaml,
    annars två år). Läs igenom dem och skriv dagens datum.

    Fel:
        reviewed: 2019-05-02
    Rätt:
        reviewed: 2026-09-14
    """
    written = entity.fields.get("reviewed")
    if written and (reviewed := _run_out(catalogue, written, today)):
        what = message("{name} granskades senast {day}", name=entity.name, day=phrase(reviewed))
        yield found("MK603", "info", entity, ("reviewed",), what)


@each(reach=ITSELF, among=lambda catalogue, today: weighed(catalogue))
def secrecy_due(catalogue: Catalogue, whole: Entity, today: date) -> Iterator[Finding]:
    """Bedömningen av sekretess ska omprövas.

    Dagen då bedömningen senast skulle omprövas har passerat. Pröva om nivån fortfarande är rätt, och skriv en ny dag.

    Fel:
        secrecy: {level: internal, review_by: 2020-06-30}
    Rätt:
        secrecy: {level: internal, review_by: 2030-06-30}
    """
    for entity in judgements(whole):
        due = entity.when("secrecy", "review_by")
        if due and not due.unknown and due.latest < today:
            what = message("sekretessen för {name} skulle omprövas senast {day}", name=entity.name, day=phrase(due))
            yield found("MK604", "warning", entity, ("secrecy", "review_by"), what)
