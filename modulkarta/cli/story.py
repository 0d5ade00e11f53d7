"""The plan in sentences, as a steering group reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from modulkarta.analysis import timeline
from modulkarta.analysis.deadlines import decided_end
from modulkarta.analysis.moving import Move
from modulkarta.analysis.slips import Chain, Change, Consequences
from modulkarta.analysis.timeline import Event
from modulkarta.dates import phrase
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, weakest
from modulkarta.wording import Language, said

_UNITS = {
    "d": counted("{n} dag", "{n} dagar", 0),
    "w": counted("{n} vecka", "{n} veckor", 0),
    "m": counted("{n} månad", "{n} månader", 0),
    "y": counted("{n} år", "{n} år", 0),
}
_MOST_CHANGES = 12


def event(catalogue: Catalogue, event: Event, language: Language) -> tuple[str, ...]:
    """One row of the timeline: when, what, who it is, what waits."""
    example = said(message(" (exempel)"), language) if event.truth == "illustrative" else ""
    return (
        said(phrase(event.when), language),
        said(timeline.OCCASION_WORDS[event.occasion], language),
        catalogue.name(event.entity) + example,
        ", ".join(catalogue.name(id_) for id_ in event.about[:3]) + (" …" if len(event.about) > 3 else "") or "–",
    )


def told(catalogue: Catalogue, found: Consequences, language: Language) -> Iterator[str]:
    """What a slip leads to: the dates, the gaps, the contracts and laws, the chain, and what holds."""
    sentences = (
        *_beginning(catalogue, found),
        *_dates(catalogue, found),
        *_gaps(catalogue, found),
        *_ends(catalogue, found),
        *_chain(catalogue, found),
        *_held(catalogue, found),
        *_examples(found),
    )
    yield from (said(sentence, language) for sentence in sentences)


def _beginning(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    for slip in found.slips:
        name = catalogue.name(slip.entity)
        if slip.wave is not None:
            area = catalogue.entities[slip.entity].rows("waves")[slip.wave]["area"]
            name = f"{name}, {catalogue.name(area)}"
        number, unit = slip.length
        ends = catalogue.entities[slip.entity].kind.name in ("contract", "system")
        yield _slipped(
            ends=ends, earlier=number < 0, name=name, length=replace(_UNITS[unit], values={"n": abs(number)})
        )


def _slipped(*, ends: bool, earlier: bool, name: str, length: Message) -> Message:
    if ends and earlier:
        return message("Om {name} slutar {length} tidigare:", name=name, length=length)
    if ends:
        return message("Om {name} slutar {length} senare:", name=name, length=length)
    if earlier:
        return message("Om {name} kommer {length} tidigare:", name=name, length=length)
    return message("Om {name} blir {length} sen:", name=name, length=length)


def _dates(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    moves = {(move.entity, move.path[0]): move for move in found.moves}
    yield from _heading(message("Datum som flyttas"), len(moves))
    for move in sorted(moves.values(), key=lambda move: (len(move.chain) > 1, move.after.latest, move.after.earliest)):
        yield _move(catalogue, move)


def _move(catalogue: Catalogue, move: Move) -> Message:
    values = {"name": catalogue.name(move.entity), "before": phrase(move.before), "after": phrase(move.after)}
    if len(move.chain) < 2:
        return message("  {name}: {before} → {after}", **values)
    waits = " ← ".join(catalogue.entities[id_].short_name for id_ in reversed(move.chain[:-1]))
    return message(
        "  {name}: {before} → {after}, {days}, väntar på {waits}",
        **values,
        days=_days(move.least, move.most),
        waits=waits,
    )


def _days(least: int, most: int) -> Message:
    if least == most:
        return counted("{n} dag", "{n} dagar", least)
    if least <= 0:
        return message("högst {most} dagar", most=most)
    return message("{least}–{most} dagar", least=least, most=most)


def _gaps(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    yield from _changes(catalogue, message("Nya glapp"), found.opened)
    yield from _changes(catalogue, message("Glapp som blir längre"), found.longer)
    yield from _changes(catalogue, message("Glapp som blir kortare"), found.shorter)
    yield from _changes(catalogue, message("Glapp som försvinner"), found.closed)
    if not (found.opened or found.longer or found.shorter or found.closed):
        yield from ("", message("Inga glapp ändras."))


def _changes(catalogue: Catalogue, title: Message, changes: Sequence[Change]) -> Iterator[Message | str]:
    yield from _heading(title, len(changes))
    ordered = sorted(changes, key=lambda c: (_where(catalogue, c), _interval(c)))
    for (where, _), several_ in groupby(ordered, key=lambda c: (_where(catalogue, c), _interval(c))):
        several = list(several_)
        gap = several[0].after.gap or several[0].before.gap
        names = [catalogue.name(c.after.function) if c.after.function else c.after.system for c in several]
        yield message(
            "  {where}, {gap}: {functions}", where=where, gap=gap.said() if gap else "", functions=_listed(names)
        )


def _where(catalogue: Catalogue, change: Change) -> str:
    row = change.after
    return catalogue.name(row.area) if row.area else catalogue.name(row.system)


def _interval(change: Change) -> str:
    gap = change.after.gap or change.before.gap
    return said(gap.said()) if gap else ""


def _listed(names: Sequence[str]) -> Message:
    more = len(names) - _MOST_CHANGES
    shown = ", ".join(names[:_MOST_CHANGES])
    return message("{names} och {n} till", names=shown, n=more) if more > 0 else message("{names}", names=shown)


def _ends(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    yield from _heading(message("Avtal som slutar för tidigt"), len(found.contracts))
    for contract, rows in found.contracts.items():
        end = decided_end(catalogue.entities[contract])
        many = counted("{n} funktion i ett område", "{n} funktioner, räknat per område", rows)
        name = catalogue.name(contract)
        yield message("  {name} slutar {day}, före det nya för {many}", name=name, day=phrase(end), many=many)
    yield from _heading(message("Lagar som en modul kan komma för sent till"), len(found.duties))
    for _, duty in found.duties:
        yield message(
            "  {law}, {day}: {module} i drift {live}", law=catalogue.name(duty.regulation), day=phrase(duty.when),
            module=catalogue.name(duty.module), live=phrase(duty.live),
        )  # fmt: skip


def _chain(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    before, after = found.chain
    if len(after.activities) < 2:
        return
    yield from ("", message("Längsta kedjan av arbete till {target}", target=catalogue.name(found.target)))
    yield message("  före: {chain}, {days}", chain=_named(catalogue, before), days=_days(before.least, before.most))
    yield message("  efter: {chain}, {days}", chain=_named(catalogue, after), days=_days(after.least, after.most))


def _named(catalogue: Catalogue, chain: Chain) -> str:
    return " → ".join(catalogue.entities[id_].short_name for id_ in chain.activities)


def _held(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    yield from _heading(message("Väntar också, men har marginal"), len(found.held))
    for held in found.held:
        days = counted("minst {n} dag kvar", "minst {n} dagar kvar", held.margin)
        yield message("  {name}: {days}", name=catalogue.name(held.entity), days=days)


def _examples(found: Consequences) -> Iterator[Message | str]:
    truths = [found.after.entities[move.entity].truth(*move.path) for move in found.moves]
    if weakest(iter(truths)) == "illustrative":
        yield from ("", message("Svaret vilar på exempel. Det är inte en prognos."))


def _heading(title: Message, number: int) -> Iterator[Message | str]:
    if number:
        yield ""
        yield message("{title} ({n})", title=title, n=number)
