"""What came of it: assignments, the final report's recommendations, and the principles that modules should follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.analysis import knowledge
from modulkarta.dates import Answer, When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered

Standing = Literal[
    "late", "possibly-late", "running", "planned", "paused", "unknown", "handed-over", "done", "cancelled"
]
STANDING_WORDS: Mapping[Standing, Message] = {
    "late": message("Slutdagen har passerat"),
    "possibly-late": message("Slutdagen kan ha passerat"),
    "running": message("Pågår"),
    "planned": message("Planerat"),
    "paused": message("Pausat"),
    "unknown": message("Läget är okänt"),
    "handed-over": message("Överlämnat till linjen"),
    "done": message("Klart"),
    "cancelled": message("Avbrutet"),
}
STANDINGS: tuple[Standing, ...] = tuple(STANDING_WORDS)
"""From what needs attention first."""

Care = Literal["nobody", "not-begun", "unknown", "running", "done"]
CARE_WORDS: Mapping[Care, Message] = {
    "nobody": message("Ingen är utpekad"),
    "not-begun": message("Inte påbörjad"),
    "unknown": message("Läget är okänt"),
    "running": message("Pågår"),
    "done": message("Klar"),
}
CARES: tuple[Care, ...] = tuple(CARE_WORDS)

Stance = Literal["follows", "deviates-decided", "deviates", "unsaid"]
STANCES: tuple[Stance, ...] = ("follows", "deviates-decided", "deviates", "unsaid")

NATIONAL_PRINCIPLES = (
    "Samverka som förstahandsval",
    "Arbeta aktivt med juridiken",
    "Öppna upp",
    "Skapa transparens till den interna hanteringen",
    "Återanvänd från andra",
    "Se till att information och data kan överföras",
    "Sätt användaren i centrum",
    "Gör digitala tjänster tillgängliga och inkluderande",
    "Gör det säkert",
    "Hitta rätt balans för den personliga integriteten",
    "Använd ett språk som användarna förstår",
    "Gör administrationen enkel",
    "Ha helhetssyn på informationshantering",
)
"""Svenskt ramverk för digital samverkan (Digg); the names that a principle's `framework` answers to."""

_OPEN = ("planned", "running", "paused", "unknown")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """One assignment on a day."""

    assignment: str
    standing: Standing
    starts: When | None
    ends: When | None
    handed_over_to: str | None
    handed_over: When | None
    known: When | None
    """The day of the state that is written down."""
    stale: bool
    """Whether that was so long ago that nobody can say it is still so."""
    truth: Truth

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.standing not in ("handed-over", "done", "cancelled")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """One recommendation and who takes care of it."""

    recommendation: str
    care: Care
    taken_care_by: str | None
    known: When | None
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """What is said of one module and one principle."""

    module: str
    stance: Stance
    decision: str | None
    reason: str | None
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Principle:
    """One of the own principles beside every module, modules by id; and the national one it answers to."""

    principle: str
    framework: str | None
    national: bool
    """Whether the framework's name is one of the national principles."""
    positions: tuple[Position, ...]

    def of(self, stance: Stance) -> tuple[Position, ...]:
        return tuple(position for position in self.positions if position.stance == stance)


@dataclass(frozen=True, kw_only=True, slots=True)
class National:
    """A principle of the national framework, and the own principles that answer to it."""

    name: str
    principles: tuple[str, ...]


def assignments(catalogue: Catalogue, on: date) -> tuple[Assignment, ...]:
    """Every assignment on a day, what needs attention first."""
    stale = {item.entity for item in knowledge.unconfirmed(catalogue, on)}
    found = (_assignment(entity, on, entity.id in stale) for entity in catalogue.of_kind["assignment"])
    return tuple(sorted(found, key=lambda a: (STANDINGS.index(a.standing), a.assignment)))


@remembered
def recommendations(catalogue: Catalogue) -> tuple[Recommendation, ...]:
    """Every recommendation, those that nobody has taken care of first."""
    found = (_recommendation(entity) for entity in catalogue.of_kind["recommendation"])
    return tuple(sorted(found, key=lambda r: (CARES.index(r.care), r.recommendation)))


@remembered
def principles(catalogue: Catalogue) -> tuple[Principle, ...]:
    """Every principle of the catalogue, by id."""
    return tuple(_principle(catalogue, entity) for entity in catalogue.of_kind["principle"])


@remembered
def national(catalogue: Catalogue) -> tuple[National, ...]:
    """The thirteen national principles in their order, each with the own principles that answer to it."""
    answering = {p.principle: _plain(p.framework or "") for p in principles(catalogue)}
    return tuple(
        National(name=name, principles=tuple(id_ for id_, answers in answering.items() if answers == _plain(name)))
        for name in NATIONAL_PRINCIPLES
    )


def _assignment(entity: Entity, on: date, stale: bool) -> Assignment:
    ends = entity.when("ends")
    return Assignment(
        assignment=entity.id,
        standing=_standing(entity.fields.get("status", "unknown"), ends, on),
        starts=entity.when("starts"),
        ends=ends,
        handed_over_to=entity.fields.get("handed_over_to"),
        handed_over=entity.when("handed_over"),
        known=entity.when("as_of"),
        stale=stale,
        truth=entity.truth("status"),
    )


def _standing(status: Standing, ends: When | None, on: date) -> Standing:
    """Late is what should be over and is not: neither done, nor handed over, nor cancelled."""
    if status not in _OPEN or ends is None or ends.unknown:
        return status
    passed: Mapping[Answer, Standing] = {"yes": "late", "possibly": "possibly-late", "no": status}
    return passed[later(known_day(on), ends)]


def _recommendation(entity: Entity) -> Recommendation:
    status, taken = entity.fields.get("status", "unknown"), entity.fields.get("taken_care_by")
    care: Care = "not-begun" if status == "open" else status
    return Recommendation(
        recommendation=entity.id,
        care=care if taken or care in ("running", "done") else "nobody",
        taken_care_by=taken,
        known=entity.when("as_of"),
        truth=entity.truth("status"),
    )


def _principle(catalogue: Catalogue, entity: Entity) -> Principle:
    framework = entity.fields.get("framework")
    said = dict(_said(catalogue, entity))
    return Principle(
        principle=entity.id,
        framework=framework,
        national=_plain(framework or "") in map(_plain, NATIONAL_PRINCIPLES),
        positions=tuple(said.get(m.id) or _unsaid(m) for m in catalogue.of_kind["module"]),
    )


def _said(catalogue: Catalogue, entity: Entity) -> Iterator[tuple[str, Position]]:
    """What a principle says of modules; a deviation, which comes last, holds before a name among those that follow."""
    for module in entity.ids("followed_by"):
        yield module, _position(entity, module, "follows", {}, "followed_by")
    for index, row in enumerate(entity.rows("deviations")):
        decided = _taken(catalogue, row.get("decision"))
        stance: Stance = "deviates-decided" if decided else "deviates"
        yield row["module"], _position(entity, row["module"], stance, row, "deviations", index)


def _position(entity: Entity, module: str, stance: Stance, row: Mapping[str, str], *path: str | int) -> Position:
    return Position(
        module=module, stance=stance, decision=row.get("decision"), reason=row.get("reason"), truth=entity.truth(*path)
    )


def _unsaid(module: Entity) -> Position:
    return Position(module=module.id, stance="unsaid", decision=None, reason=None, truth=module.truth())


def _taken(catalogue: Catalogue, decision: str | None) -> bool:
    """Whether a decision stands behind it; one that is only needed does not yet."""
    found = catalogue.get(decision, "decision") if decision else None
    return found is not None and found.fields.get("state") == "taken"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
