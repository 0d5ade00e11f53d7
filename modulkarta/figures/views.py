"""The pictures there are: what each is called, what it is of, and what draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.structure.needs import ARCHITECTURE
from modulkarta.figures import Figure, graphs
from modulkarta.figures.capabilities import capabilities_figure
from modulkarta.figures.coverage import coverage_figure, strip_figure
from modulkarta.figures.diagrams import Diagram
from modulkarta.figures.gaps import gaps_figure
from modulkarta.figures.landscape import map_figure
from modulkarta.figures.layers import layers_figure
from modulkarta.figures.milestones import Before
from modulkarta.figures.neighbours import relations_figure
from modulkarta.figures.strips import strips_figure
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Label, Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a picture is asked to show, and in which language."""

    catalogue: Catalogue
    on: date
    subject: Entity | None = None
    before: Before | None = None
    """Where the milestones stood in the report before this one, if the picture is to say how they have moved."""
    language: Language = "sv"

    @property
    def id(self) -> str:
        return self.subject.id if self.subject else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A picture that can be asked for: by its name on the command line, by its slug in addresses."""

    name: str
    slug: str
    label: Message
    about: Message
    """What it shows, in a line."""
    draw: Callable[[Asked], Figure]
    of: Callable[[Kind], bool] | None = None
    """Which kinds it may be a picture of; None for a picture of the whole catalogue."""
    also_whole: bool = False
    """Whether it is a picture of the whole catalogue where nothing is said."""
    planned: bool = False
    """Whether it needs a plan for what replaces a system."""
    diagram: Callable[[Asked], Diagram] | None = None
    """The same as boxes and lines, where that says the same."""


def _is_system(kind: Kind) -> bool:
    return kind.name == "system"


def _is_in_layers(kind: Kind) -> bool:
    return kind.layer in ARCHITECTURE


def _is_any(kind: Kind) -> bool:
    return True


def _map(asked: Asked) -> Figure:
    return map_figure(asked.catalogue, asked.on, asked.language)


def _layers(asked: Asked) -> Figure:
    return layers_figure(asked.catalogue, asked.language, focus=asked.subject)


def _gaps(asked: Asked) -> Figure:
    return gaps_figure(asked.catalogue, asked.on, asked.language)


def _capabilities(asked: Asked) -> Figure:
    return capabilities_figure(asked.catalogue, asked.on, asked.language)


def _roadmap(asked: Asked) -> Figure:
    return roadmap_figure(asked.catalogue, asked.on, asked.before, asked.language)


def _replacements(asked: Asked) -> Figure:
    return strips_figure(asked.catalogue, replacing.all_systems(asked.catalogue), asked.on, asked.language)


def _coverage(asked: Asked) -> Figure:
    return coverage_figure(asked.catalogue, asked.id, asked.language)


def _strip(asked: Asked) -> Figure:
    return strip_figure(asked.catalogue, asked.id, asked.on, asked.language)


def _relations(asked: Asked) -> Figure:
    return relations_figure(asked.catalogue, asked.id, asked.language)


def _map_diagram(asked: Asked) -> Diagram:
    return graphs.modules_by_capability(asked.catalogue, asked.language)


def _layers_diagram(asked: Asked) -> Diagram:
    return graphs.layers_round(asked.catalogue, asked.subject, asked.language)


def _relations_diagram(asked: Asked) -> Diagram:
    assert asked.subject
    return graphs.relations(asked.catalogue, asked.subject, asked.language)


_EVERY = (
    View(
        name="map", slug="karta", label=message("modulkarta"), draw=_map, diagram=_map_diagram,
        about=message("moduler och befintliga system efter förmåga, som de står en viss dag"),
    ),
    View(
        name="layers", slug="lager", label=message("fyra lager"), draw=_layers, diagram=_layers_diagram,
        of=_is_in_layers, also_whole=True,
        about=message("arbete, information, system och teknik, för allt eller runt en post"),
    ),
    View(
        name="roadmap", slug="fardplan", label=message("färdplan"), draw=_roadmap,
        about=message("insatser, milstolpar, avtalsslut och glapp längs en kalender"),
    ),
    View(
        name="replacements", slug="ersattningar", label=message("ersättningar"), draw=_replacements,
        about=message("när varje befintligt system slutar och det nya börjar"),
    ),
    View(
        name="coverage", slug="tackning", label=message("täckning"), draw=_coverage, of=_is_system, planned=True,
        about=message("vad som ersätter ett systems funktioner, område för område"),
    ),
    View(
        name="strip", slug="tid", label=message("tidslinje"), draw=_strip, of=_is_system, planned=True,
        about=message("det gamla och det nya i varje område längs en kalender"),
    ),
    View(
        name="relations", slug="relationer", label=message("relationer"), draw=_relations, of=_is_any,
        diagram=_relations_diagram, about=message("det som pekar på en post, och det som den pekar på"),
    ),
    View(
        name="gaps", slug="glapp", label=message("glapp"), draw=_gaps,
        about=message("dagar utan både det gamla och det nya, det värsta först"),
    ),
    View(
        name="capabilities", slug="formagor", label=message("förmågor över tid"), draw=_capabilities,
        about=message("hur många moduler som bär varje förmåga, från dag till dag"),
    ),
)  # fmt: skip
VIEWS: Mapping[str, View] = {view.name: view for view in _EVERY}
"""Every picture, by its name."""
BY_SLUG: Mapping[str, View] = {view.slug: view for view in _EVERY}
"""Every picture, by its part of an address."""


def figure(
    catalogue: Catalogue, view: View, *, on: date, subject: Entity | None = None, before: Before | None = None,
    language: Language = "sv",
) -> Figure:  # fmt: skip
    """A picture of the catalogue on a day; of one thing where the view asks for one, which `unfit` has nothing against.

    `before` is where the milestones stood in the report before.
    """
    return view.draw(Asked(catalogue=catalogue, on=on, subject=subject, before=before, language=language))


def diagram(
    catalogue: Catalogue, view: View, *, on: date, subject: Entity | None = None, language: Language = "sv"
) -> Diagram | None:
    """The same as boxes and lines; None where these would not say what the picture says."""
    asked = Asked(catalogue=catalogue, on=on, subject=subject, language=language)
    return view.diagram(asked) if view.diagram else None


def unfit(catalogue: Catalogue, view: View, subject: Entity | None, called: str = "") -> Message | None:
    """Why a view, as whoever asks calls it, is no picture of something, or of nothing; None where it is one."""
    name = called or view.label
    if view.of is None:
        whole = message("Bilden ”{view}” visar hela katalogen och tar inget id", view=name)
        return whole if subject else None
    if subject is None:
        one = message("Bilden ”{view}” visar en sak i taget; säg vilken med dess id", view=name)
        return None if view.also_whole else one
    if not view.of(subject.kind):
        return message(
            "Bilden ”{view}” finns inte för ”{id}”, som hör till {kind}. Den finns för {kinds}",
            view=name, id=subject.id, kind=subject.kind.plural, kinds=_listed(_kinds(catalogue, view)),
        )  # fmt: skip
    if view.planned and not coverage.plan_of(catalogue, subject.id):
        return message(
            "Bilden ”{view}” finns inte för ”{id}”, för här finns ingen plan att visa för vad som ska ersätta det",
            view=name, id=subject.id,
        )  # fmt: skip
    return None


def subjects(catalogue: Catalogue, view: View) -> tuple[Entity, ...]:
    """Everything that a view is a picture of; nothing for one of the whole catalogue."""
    if view.of is None:
        return ()
    several = (entity for kind in _kinds(catalogue, view) for entity in catalogue.of_kind[kind.name])
    return tuple(entity for entity in several if unfit(catalogue, view, entity) is None)


def views_of(catalogue: Catalogue, subject: Entity) -> tuple[View, ...]:
    """The pictures there are of one thing."""
    return tuple(view for view in _EVERY if view.of is not None and unfit(catalogue, view, subject) is None)


def _kinds(catalogue: Catalogue, view: View) -> list[Kind]:
    return [kind for kind in catalogue.metamodel.kinds.values() if view.of and view.of(kind)]


def _listed(kinds: Sequence[Kind]) -> Label:
    return Label(sv=", ".join(kind.plural.sv for kind in kinds), en=", ".join(kind.plural.en for kind in kinds))
