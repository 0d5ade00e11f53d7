"""6xx: what the statements rest on."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.findings import Finding, message
from modulkarta.model import Catalogue


def fact_without_source(catalogue: Catalogue) -> Iterator[Finding]:
    """Fakta utan källa.

    Det som kallas fakta ska gå att slå upp. Ange källan, eller ändra sanningsvärdet till assumption eller unknown.

    Fel:
        truth: fact
    Rätt:
        truth: fact
        sources:
          - source: regional-rapport-2026-02-26
    """
    for entity in catalogue.entities.values():
        if entity.fields.get("truth") == "fact" and not entity.rows("sources"):
            yield _finding(catalogue, entity.id, ("truth",))
        for field, truth in (entity.fields.get("truth_of") or {}).items():
            if truth == "fact" and not entity.rows("sources"):
                yield _finding(catalogue, entity.id, ("truth_of", field))


def _finding(catalogue: Catalogue, id_: str, path: tuple[str, ...]) -> Finding:
    return Finding(
        code="MK601", severity="error", location=catalogue.entities[id_].document.place(path), entity=id_, path=path,
        message=message("fakta utan källa"),
        hint=message("lägg till sources, eller ändra till assumption eller unknown"),
    )  # fmt: skip
