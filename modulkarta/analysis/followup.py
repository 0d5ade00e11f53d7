"""What came of it: assignments, the final report's recommendations, and the principles that modules should follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from modulkarta.analysis import knowledge
from modulkarta.dates import Answer, When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

Standing = Literal[
    "late", "possibly-late", "running", "planned", "paused", "unknown", "handed-over", "done", "cancelled"
]
STANDINGS: tuple[Standing, ...] = (
    "late", "possibly-late", "running", "planned", "paused", "unknown", "handed-over", "done", "cancelled",
)  # fmt: skip
"""From what needs attention first."""
_LATE: Mapping[str, Message] = {
    "late": message("slutdagen har passerat"),
    "possibly-late": message("slutdagen kan ha passerat"),
}

Care = Literal["nobody", "not-begun", "unknown", "running", "done"]
CARES: tuple[Care, ...] = ("nobody", "not-begun", "unknown", "running", "done")
_NOBODY: Mapping[str, Message] = {"nobody": message("ingen är utpekad")}

Stance = Literal["follows", "deviates-decided", "deviates", "unsaid"]
STANCES: tuple[Stance, ...] = ("follows", "deviates-decided", "deviates", "unsaid")
_FROM_BEST: tuple[Stance, ...] = ("follows", "unsaid", "deviates-decided", "deviates")

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

    principle: str
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
    positions: tuple[Position, ...]
    """Of each module what most needs attention in the principles that answer to it; none where no one does."""

    def of(self, stance: Stance) -> tuple[Position, ...]:
        return tuple(position for position in self.positions if position.stance == stance)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How it stands in numbers: of the assignments, of the recommendations, and of the principles."""

    open: int
    late: int
    handed_over: int
    cared_for: int
    done: int
    assumed: int
    """The own principles that nobody has decided on."""
    answered: int
    """The national principles that one of the own answers to."""


def tally(catalogue: Catalogue, on: date) -> Tally:
    """How it stands on a day."""
    standings = [one.standing for one in assignments(catalogue, on)]
    cares = [one.care for one in recommendations(catalogue)]
    return Tally(
        open=sum(one.open for one in assignments(catalogue, on)),
        late=standings.count("late"),
        handed_over=standings.count("handed-over"),
        cared_for=len(cares) - cares.count("nobody"),
        done=cares.count("done"),
        assumed=sum(principle.truth() == "assumption" for principle in catalogue.of_kind["principle"]),
        answered=sum(bool(one.principles) for one in national(catalogue)),
    )


def assignments(catalogue: Catalogue, on: date) -> tuple[Assignment, ...]:
    """Every assignment on a day, what needs attention first."""
    stale = {item.entity for item in knowledge.unconfirmed(catalogue, on)}
    found = (_assignment(entity, on, entity.id in stale) for entity in catalogue.of_kind["assignment"])
    return tuple(sorted(found, key=lambda a: (STANDINGS.index(a.standing), a.assignment)))


@remembered
def recommendations(catalogue: Catalogue) -> tuple[Recommendation, ...]:
    """Every recommendation, those that nobody has taken care of first.

    Those about which this audience would be misled are left out.
    """
    found = (_recommendation(entity) for entity in catalogue.of_kind["recommendation"])
    told = catalogue.told("recommendation", found, lambda one: one.recommendation)
    return tuple(sorted(told, key=lambda r: (CARES.index(r.care), r.recommendation)))


@remembered
def principles(catalogue: Catalogue) -> tuple[Principle, ...]:
    """Every principle of the catalogue, by id."""
    return tuple(_principle(catalogue, entity) for entity in catalogue.of_kind["principle"])


@remembered
def national(catalogue: Catalogue) -> tuple[National, ...]:
    """The thirteen national principles in their order, each with the own principles that answer to it."""
    answering: dict[str, list[Principle]] = {}
    for own in principles(catalogue):
        answering.setdefault(_plain(own.framework or ""), []).append(own)
    return tuple(_national(catalogue, name, answering.get(_plain(name), [])) for name in NATIONAL_PRINCIPLES)


def standing_words(catalogue: Catalogue) -> Mapping[str, Message]:
    """Each standing of an assignment by the words of its schema."""
    return {**_LATE, **_labels(catalogue, "assignment")}


def care_words(catalogue: Catalogue) -> Mapping[str, Message]:
    """Each kind of care of a recommendation by the words of its schema."""
    labels = _labels(catalogue, "recommendation")
    return {**_NOBODY, **labels, "not-begun": labels["open"]}


def _labels(catalogue: Catalogue, kind: str) -> dict[str, Message]:
    values = catalogue.metamodel.kinds[kind].choices("status")
    return {value: message("{name}", name=label) for value, label in values.items()}


def _national(catalogue: Catalogue, name: str, own: list[Principle]) -> National:
    beside = zip(*(one.positions for one in own), strict=True)
    truths = [catalogue.entities[one.principle].truth("framework") for one in own]
    return National(
        name=name,
        principles=tuple(one.principle for one in own),
        positions=tuple(_worst(several, truths) for several in beside),
    )


def _worst(several: tuple[Position, ...], truths: list[Truth]) -> Position:
    """What most needs attention of what several principles say of one module."""
    worst = max(several, key=lambda position: _FROM_BEST.index(position.stance))
    return replace(worst, truth=weakest(iter((*truths, *(position.truth for position in several)))))


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
        positions=tuple(said.get(m.id) or _unsaid(entity, m) for m in catalogue.of_kind["module"]),
    )


def _said(catalogue: Catalogue, entity: Entity) -> Iterator[tuple[str, Position]]:
    """What a principle says of modules; a deviation, which comes last, holds before a name among those that follow."""
    for module in entity.ids("followed_by"):
        yield module, _position(entity, module, "follows", {}, "followed_by")
    for index, row in enumerate(entity.rows("deviations")):
        decided = catalogue.taken(row.get("decision"))
        stance: Stance = "deviates-decided" if decided else "deviates"
        yield row["module"], _position(entity, row["module"], stance, row, "deviations", index)


def _position(entity: Entity, module: str, stance: Stance, row: Mapping[str, str], *path: str | int) -> Position:
    return Position(
        principle=entity.id, module=module, stance=stance, decision=row.get("decision"), reason=row.get("reason"),
        truth=entity.truth(*path),
    )  # fmt: skip


def _unsaid(entity: Entity, module: Entity) -> Position:
    return Position(
        principle=entity.id, module=module.id, stance="unsaid", decision=None, reason=None, truth=module.truth()
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
