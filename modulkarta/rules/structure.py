"""4xx: how the catalogue hangs together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from modulkarta.analysis import structure
from modulkarta.analysis.structure.single_points import SinglePoint, single_points
from modulkarta.findings import Finding, Location, Message, Related, message
from modulkarta.model import Catalogue, Reference
from modulkarta.rules.time import found

_JUST_BEGUN = 10
"""With fewer entities than this it is no news that one stands alone."""


def cycle(catalogue: Catalogue) -> Iterator[Finding]:
    """Saker som behöver varandra i ring.

    A behöver B som behöver A: ingen av dem kan komma först. Ringen visas med den rad där varje led står skrivet; ta
    bort eller vänd ett av leden. Befintliga system som behöver varandra är bara en varning: de finns redan.

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
        kinds = {catalogue.entities[member].kind.name for member in ring.group}
        there = kinds <= {"system", "interface"}
        yield Finding(
            code="MK401", severity="warning" if there else "error",
            location=_place(catalogue, first), entity=first.source, path=first.path,
            message=message("ring av beroenden: {ring}", ring=" → ".join((*ring.members, ring.members[0]))),
            hint=message("{n} till hänger ihop med ringen", n=more) if more else None,
            related=tuple(Related(location=_place(catalogue, r), message=_link(r)) for r in others),
        )  # fmt: skip


def broken_layer(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett lager behöver något i ett lager ovanför.

    Lagren är, uppifrån: verksamhet, information, applikationer och infrastruktur. Det som ligger högre upp vilar på
    det som ligger längre ner. När en plattform behöver en modul går det inte att byta modulen utan att röra
    plattformen och allt som vilar på den.

    Vänd beroendet, eller låt båda vila på något i det lägre lagret.

    Fel:
        driftplatsen.yaml (plattform): depends_on: [larmpanelen]
    Rätt:
        larmpanelen.yaml (modul): platforms: [driftplatsen]
    """
    layers = catalogue.metamodel.layers
    for broken in structure.layer_breaks(catalogue):
        reference = broken.references[0]
        needy, needed = catalogue.entities[broken.needy], catalogue.entities[broken.needed]
        what = message(
            "{needy} ({lower}) behöver {needed} i ett lager ovanför ({upper})",
            needy=needy.name, lower=layers[needy.kind.layer], needed=needed.name, upper=layers[needed.kind.layer],
        )  # fmt: skip
        yield found("MK402", "warning", catalogue.entities[reference.source], reference.path, what)


def orphan(catalogue: Catalogue) -> Iterator[Finding]:
    """En post som inget nämner och som inte nämner något.

    Ingen annan fil nämner posten, och själv nämner den bara sin ägare och sina källor. Då syns den inte i någon
    karta, bild eller plan. Antingen saknas en hänvisning, eller så behövs inte posten. Begrepp, standarder,
    regelverk, lärdomar, organisationer, områden och källor får stå för sig själva. I en katalog som just har börjat
    står det mesta ensamt; därför sägs det först när den har minst tio poster.

    Fel:
        name: Larmpanelen   (och inget mer)
    Rätt:
        name: Larmpanelen
        capabilities: [leda-larm]
    """
    begun = structure.expected_together(catalogue) >= _JUST_BEGUN
    for id_ in structure.orphans(catalogue) if begun else ():
        entity = catalogue.entities[id_]
        what = message("{name} hänger inte ihop med något annat", name=entity.name)
        unreadable = catalogue.unusable - catalogue.set_aside.keys()
        yield replace(found("MK403", "info", entity, ("name",), what), waits_for=min(unreadable, default=None))


def single_point(catalogue: Catalogue) -> Iterator[Finding]:
    """En funktion som påverkar patientsäkerheten hänger på en enda sak.

    Vissa dagar är det bara ett system eller en modul som har funktionen, eller så vilar alla som har den på samma
    plattform. Faller det så faller funktionen. Det kan vara rätt ändå, men då behövs en reservrutin. Dagarna räknas
    ur livscyklerna. Områden räknas inte var för sig. modulkarta graph visar också de dagar då det kanske är så.

    Fel:
        larmpanelen.yaml:  functions: [ta-emot-larm]   (ensam om den)
    Rätt:
        larmpanelen.yaml:  functions: [ta-emot-larm]
        reservlarmet.yaml: functions: [ta-emot-larm]   (på en annan plattform)
    """
    for function, several in groupby(single_points(catalogue), key=lambda point: point.function):
        certain = [point for point in several if point.certain]
        if certain:
            entity = catalogue.entities[function]
            path = ("criticality",) if "criticality" in entity.fields else ("name",)
            first, *others = sorted(certain, key=lambda point: point.why)
            finding = found("MK409", "info", entity, path, _alone(catalogue, first))
            hint = _also(catalogue, [p for p in others if p.point != first.point])
            yield replace(finding, hint=hint, waits_for=catalogue.left_out("system", "module", "platform"))


def _also(catalogue: Catalogue, points: list[SinglePoint]) -> Message | None:
    names = dict.fromkeys(catalogue.name(point.point) for point in points)
    return message("hänger också på {points}", points=", ".join(names)) if names else None


def _alone(catalogue: Catalogue, point: SinglePoint) -> Message:
    days = next(days.said() for days in point.days if days.certain)
    values = {"function": catalogue.name(point.function), "point": catalogue.name(point.point), "days": days}
    if point.why == "only-provider":
        return message("{function} finns bara i {point} ({days})", **values)
    return message("allt som har {function} vilar på {point} ({days})", **values)


def _place(catalogue: Catalogue, reference: Reference) -> Location:
    return catalogue.entities[reference.source].document.place(reference.path)


def _link(reference: Reference) -> Message:
    return message("{source} {relation} {target}", source=reference.source,
                   relation=reference.relation.label, target=reference.target)  # fmt: skip
