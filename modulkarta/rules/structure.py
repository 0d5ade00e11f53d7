"""4xx: how the catalogue hangs together."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis import structure
from modulkarta.findings import Finding, Location, Message, Related, message
from modulkarta.model import Catalogue, Reference


def cycle(catalogue: Catalogue) -> Iterator[Finding]:
    """Saker som behöver varandra i ring.

    A behöver B som behöver A: ingen av dem kan komma först. Ringen visas med den rad där varje led står skrivet; ta
    bort eller vänd ett av leden.

    Fel:
        journal.yaml:     depends_on: [patientbild]
        patientbild.yaml: depends_on: [journal]
    Rätt:
        journal.yaml:     depends_on: [patientbild]
        patientbild.yaml: (inget)
    """
    for ring in structure.cycles(catalogue):
        first, *others = ring.references
        more = len(ring.group) - len(ring.members)
        yield Finding(
            code="MK401", severity="error", location=_place(catalogue, first), entity=first.source, path=first.path,
            message=message("ring av beroenden: {ring}", ring=" → ".join((*ring.members, ring.members[0]))),
            hint=message("{n} till hänger ihop med ringen", n=more) if more else None,
            related=tuple(Related(location=_place(catalogue, r), message=_link(r)) for r in others),
        )  # fmt: skip


def _place(catalogue: Catalogue, reference: Reference) -> Location:
    return catalogue.entities[reference.source].document.place(reference.path)


def _link(reference: Reference) -> Message:
    return message("{source} {relation} {target}", source=reference.source,
                   relation=reference.relation.label, target=reference.target)  # fmt: skip
