"""What colours the module map: one question at a time, and what each box answers, in words.

Only the status depends on the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.analysis import coverage, knowledge, standardisation
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.landscape import Tile, boxes
from modulkarta.analysis.lifecycle import Phase, phase, phases
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest
from modulkarta.wording import Label

Question = Literal["status", "replacement", "owner", "standards", "knowledge"]
QUESTION_WORDS: Mapping[Question, Message] = {
    "status": message("Status"),
    "replacement": message("Ersättning"),
    "owner": message("Ansvarig"),
    "standards": message("Standarder"),
    "knowledge": message("Datakvalitet"),
}
QUESTIONS: tuple[Question, ...] = tuple(QUESTION_WORDS)

OTHERS = "others"
UNKNOWN = "unknown"
MOST_OWNERS = 6
"""Owners with a colour of their own; the rest share one."""

GROUP_WORDS: Mapping[Question, Mapping[str, Message]] = {
    "status": {
        "planned": message("Planerad: finns inte än"),
        "introducing": message("Införs: på väg in"),
        "live": message("I drift: används"),
        "retiring": message("Avvecklas: på väg ut"),
        "retired": message("Avvecklad: finns inte längre"),
        "unknown": message("Uppgift saknas"),
    },
    "replacement": {
        "gap": message("Glapp: dagar utan vare sig det gamla eller det nya"),
        "possible-gap": message("Möjligt glapp: beror på osäkra datum"),
        "not-judged": message("Glapp kan inte bedömas: slutet är okänt"),
        "covered": message("Inget glapp"),
        "apart": message("Ingen ersättning att visa"),
    },
    "owner": {OTHERS: message("Andra ansvariga"), UNKNOWN: message("Uppgift saknas")},
    "standards": {
        "all": message("Har de standarder som behövs"),
        "some": message("Saknar en del"),
        "missing": message("Saknar alla"),
        "apart": message("Inget behov att visa"),
        "system": message("Befintligt system, bedöms inte"),
    },
    "knowledge": {
        "fact": message("Fakta"),
        "assumption": message("Antagande"),
        "illustrative": message("Exempel (påhittat)"),
        UNKNOWN: message("Något är okänt"),
    },
}
"""What the boxes are counted as, in the order of the legend; owners are named by their ids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What one box says to a question."""

    group: str
    """What the legend counts it as."""
    words: Message | Label
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row of the legend: a group, and how many boxes are in it."""

    group: str
    words: Message | Label
    number: int


def answer(catalogue: Catalogue, question: Question, entity: Entity, on: date) -> Answer:
    """What the box of a module or a system answers on a day."""
    if question == "status":
        return _status(entity, phase(entity, on))
    return _lasting(catalogue)[question, entity.id]


def ever(catalogue: Catalogue, question: Question, entity: Entity) -> Iterator[Answer]:
    """All that a box answers to a question on any day."""
    if question == "status":
        yield from (_status(entity, one) for one in phases(entity))
    else:
        yield _lasting(catalogue)[question, entity.id]


def outcome(tile: Tile) -> str | None:
    """What the legend of the gaps counts a box as, whatever else is asked."""
    if tile.gap is None:
        return "not-judged" if tile.not_judged else None
    return "gap" if tile.gap.certain else "possible-gap"


def legend(catalogue: Catalogue, question: Question, answers: Iterable[Answer]) -> tuple[Entry, ...]:
    """Every group of a question with the number of boxes in it, in one order whatever the day."""
    numbers = Counter(answer.group for answer in answers)
    known = GROUP_WORDS[question]
    if question == "owner":
        own = [Entry(group=id_, words=_named(catalogue, id_), number=numbers[id_]) for id_ in owners(catalogue)]
        return (*own, *(Entry(group=g, words=known[g], number=numbers[g]) for g in known if numbers[g]))
    return tuple(Entry(group=group, words=words, number=numbers[group]) for group, words in known.items())


@remembered
def owners(catalogue: Catalogue) -> tuple[str, ...]:
    """The owners with a colour of their own: those of most boxes."""
    numbers = Counter(entity.fields["owner"] for entity in boxes(catalogue) if _owner(catalogue, entity))
    return tuple(sorted(numbers, key=lambda id_: (-numbers[id_], id_))[:MOST_OWNERS])


@remembered
def _lasting(catalogue: Catalogue) -> Mapping[tuple[Question, str], Answer]:
    """The answers that do not depend on the day."""
    ask: Mapping[Question, Callable[[Catalogue, Entity], Answer]] = {
        "replacement": _replacement, "owner": _owned, "standards": _standards, "knowledge": _known,
    }  # fmt: skip
    return {(question, e.id): one(catalogue, e) for question, one in ask.items() for e in boxes(catalogue)}


def _status(entity: Entity, now: Phase) -> Answer:
    return Answer(group=now.name, words=now.said(), truth=entity.truth("lifecycle", now.name))


def _replacement(catalogue: Catalogue, entity: Entity) -> Answer:
    rows = coverage.rows_about(catalogue).get(entity.id, ())
    if entity.kind.name == "system":
        words = _replaced_by(catalogue, entity, rows)
    else:
        words = _replaces(catalogue, list(dict.fromkeys(row.system for row in rows)))
    outcome = _outcome(rows)
    planned = coverage.plan_of(catalogue, entity.id) if entity.kind.name == "system" else rows
    truth = weakest(row.truth for row in rows) if rows else entity.truth()
    if not planned and outcome != "not-judged":
        return Answer(group="apart", words=words, truth=truth)
    told = message("{words}, inget glapp", words=words) if outcome == "covered" else words
    return Answer(group=outcome, words=told, truth=truth)


def _outcome(rows: Sequence[Row]) -> str:
    """The outcome that needs attention first."""
    found = {row.outcome for row in rows}
    return next((one for one in ("gap", "possible-gap", "not-judged") if one in found), "covered")


def _replaced_by(catalogue: Catalogue, system: Entity, rows: Sequence[Row]) -> Message:
    if coverage.plan_of(catalogue, system.id) is None:
        return message("Ingen plan visas här") if catalogue.unseen else message("Ingen plan inlagd")
    modules = list(dict.fromkeys(id_ for row in rows for id_ in row.by))
    if not modules:
        return message("Ingen ersättare inlagd")
    if len(modules) == 1:
        return message("Ersätts av {name}", name=_named(catalogue, modules[0]))
    return message("Ersätts av {n} moduler", n=len(modules))


def _replaces(catalogue: Catalogue, systems: Sequence[str]) -> Message:
    if not systems:
        shown = message("Inget befintligt system som visas här ersätts")
        return shown if catalogue.unseen else message("Ersätter inget befintligt system")
    first = _named(catalogue, systems[0])
    if len(systems) == 1:
        return message("Ersätter {name}", name=first)
    return message("Ersätter {name} och {n} till", name=first, n=len(systems) - 1)


def _owned(catalogue: Catalogue, entity: Entity) -> Answer:
    owner = _owner(catalogue, entity)
    if owner is None:
        return Answer(group=UNKNOWN, words=message("Uppgift saknas"), truth="unknown")
    group = owner.id if owner.id in owners(catalogue) else OTHERS
    return Answer(group=group, words=_named(catalogue, owner.id), truth=entity.truth("owner"))


def _owner(catalogue: Catalogue, entity: Entity) -> Entity | None:
    id_ = entity.fields.get("owner")
    return catalogue.get(id_) if id_ else None


def _standards(catalogue: Catalogue, entity: Entity) -> Answer:
    if entity.kind.name == "system":
        return Answer(group="system", words=message("Bedöms inte"), truth=entity.truth())
    cells = _cells_by_module(catalogue).get(entity.id, [])
    asked = [cell for cell in cells if cell.standing != "no-reason"]
    have = sum(cell.standing == "covered" for cell in asked)
    if not asked:
        return Answer(group="apart", words=message("Inget behov att visa"), truth=entity.truth())
    group = "all" if have == len(asked) else "some" if have else "missing"
    return Answer(
        group=group, words=message("Har {have} av {n} som behövs", have=have, n=len(asked)),
        truth=weakest(cell.truth for cell in asked),
    )  # fmt: skip


@remembered
def _cells_by_module(catalogue: Catalogue) -> Mapping[str, list[standardisation.Cell]]:
    found: dict[str, list[standardisation.Cell]] = {}
    for cell in standardisation.cells(catalogue):
        found.setdefault(cell.module, []).append(cell)
    return found


def _known(_: Catalogue, entity: Entity) -> Answer:
    """How well the box is known; the answer itself is a fact about the catalogue."""
    numbers = knowledge.truths_of(entity)
    whole, unknown = entity.truth(), numbers["unknown"]
    total = sum(numbers.values())
    if unknown:
        words = message("{unknown} av {n} uppgifter okända", unknown=unknown, n=total)
        return Answer(group="illustrative" if whole == "illustrative" else UNKNOWN, words=words, truth="fact")
    group = weakest(truth for truth, number in numbers.items() if number)
    if group in ("illustrative", "assumption"):
        return Answer(group=group, words=_of_all(group, numbers[group], total), truth="fact")
    return Answer(group="fact", words=counted("{n} uppgift, fakta", "{n} uppgifter, alla fakta", total), truth="fact")


def _of_all(truth: Truth, number: int, total: int) -> Message:
    if truth == "illustrative":
        return message("{number} av {n} uppgifter påhittade", number=number, n=total)
    return message("{number} av {n} uppgifter antagna", number=number, n=total)


def _named(catalogue: Catalogue, id_: str) -> Label:
    entity = catalogue.get(id_)
    return Label(sv=entity.short_name, en=entity.short_name_in("en")) if entity else Label(sv=id_, en=id_)
