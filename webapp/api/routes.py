"""The addresses of the API: each with what it answers, in one place for the program and its description."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from modulkarta.findings import Message, message
from webapp.api import views
from webapp.api.parameters import MOST, PAGES, Parameter

ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64}
_MOMENT = {"type": "string", "minLength": 1, "pattern": r"^\S+$"}

_OF = Parameter(
    name="id", about=message("Bara det som nämner detta, eller nämns av det."), schema=ID, example="prehospital-journal"
)  # fmt: skip
_FROM = Parameter(
    name="fran",
    about=message("Från när: en rapport, ett commit eller en dag. Utan: rapporten före."),
    schema=_MOMENT,
    example="rapport-2026-10",
)
_TO = Parameter(
    name="till", about=message("Till när: en rapport, ett commit, en dag eller nu."), schema=_MOMENT, example="nu"
)

_FOR = Parameter(
    name="q",
    about=message("Orden att söka efter, som människor skriver dem."),
    schema={"type": "string", "minLength": 1, "pattern": r"\S"},
    example="journaler",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """An address below /api/v1; `answer` names the shape of what it answers."""

    path: str
    view: Callable[..., Any]
    about: Message
    answer: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def of_kinds(self) -> bool:
        """Whether there is one such address for each kind."""
        return "<slug>" in self.path


ROUTES = (
    Route(path="/", view=views.start, about=message("Vad som finns att fråga efter."), answer="api"),
    Route(
        path="/relationer", view=views.relations, about=message("Vad som hör ihop med vad."), answer="relations",
        parameters=(_OF, *PAGES),
    ),
    Route(
        path="/glapp", view=views.gaps, answer="gaps",
        about=message("Dagar då det gamla har upphört och ersättaren inte är i drift; med datum bara de som är kvar."),
    ),
    Route(
        path="/tackning/<id_>", view=views.coverage, answer="coverage",
        about=message("Funktion för funktion hur ett befintligt system ersätts."),
    ),
    Route(path="/fardplan", view=views.plan, about=message("Färdplanen som den är en dag."), answer="roadmap"),
    Route(path="/karta", view=views.module_map, about=message("Modulkartan som den är en dag."), answer="map"),
    Route(
        path="/andringar", view=views.changes, about=message("Vad som är ändrat mellan två tillfällen."),
        answer="changes", parameters=(_FROM, _TO),
    ),
    Route(
        path="/sok", view=views.search, about=message("Det som orden hittar, det bästa först."), answer="search",
        parameters=(_FOR, MOST),
    ),
    Route(path="/export.json", view=views.export, about=message("Allt på en gång."), answer="export"),
    Route(
        path="/<slug>", view=views.listed, about=message("Alla av en sort, i ordning efter id."), answer="list",
        parameters=PAGES,
    ),
    Route(path="/<slug>/<id_>", view=views.one, about=message("En sak, hel."), answer="thing"),
)  # fmt: skip
