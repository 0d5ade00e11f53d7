"""6xx: what time has run past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from modulkarta import dates
from modulkarta.analysis.secrecy.judging import judged
from modulkarta.dates import When, phrase, plus
from modulkarta.findings import Finding, message
from modulkarta.model import Catalogue
from modulkarta.rules.time import found


def stale_review(catalogue: Catalogue, today: date) -> Iterator[Finding]:
    """Uppgifterna är inte granskade på länge.

    Någon har läst igenom uppgifterna, men det är längre sedan än katalogen tillåter (review_after i catalogue.yaml,
    annars två år). Läs igenom dem och skriv dagens datum.

    Fel:
        reviewed: 2019-05-02
    Rätt:
        reviewed: 2026-09-14
    """
    lasts = dates.duration(catalogue.settings.review_after)
    days: dict[str | None, When | None] = {None: None}
    """The days that lie too far back, as they are written: many things are reviewed on the same."""
    if lasts is None:
        return
    for entity in catalogue.entities.values():
        written = entity.fields.get("reviewed")
        if written not in days:
            days[written] = _run_out(written, lasts, today)
        if reviewed := days[written]:
            what = message("{name} granskades senast {day}", name=entity.name, day=phrase(reviewed))
            yield found("MK603", "info", entity, ("reviewed",), what)


def secrecy_due(catalogue: Catalogue, today: date) -> Iterator[Finding]:
    """Bedömningen av sekretess ska omprövas.

    Dagen då bedömningen senast skulle omprövas har passerat. Pröva om nivån fortfarande är rätt, och skriv en ny dag.

    Fel:
        secrecy: {level: internal, review_by: 2020-06-30}
    Rätt:
        secrecy: {level: internal, review_by: 2030-06-30}
    """
    for entity in judged(catalogue):
        due = entity.when("secrecy", "review_by")
        if due and not due.unknown and due.latest < today:
            what = message("sekretessen för {name} skulle omprövas senast {day}", name=entity.name, day=phrase(due))
            yield found("MK604", "warning", entity, ("secrecy", "review_by"), what)


def _run_out(written: str | None, lasts: tuple[int, str], today: date) -> When | None:
    """A written day, if so long a time has certainly passed since."""
    when = dates.parse(written) if written else None
    return when if when and not when.unknown and plus(when.latest, lasts) < today else None
