"""The plan in sentences, as a steering group reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from modulkarta.analysis.roadmap import timeline
from modulkarta.analysis.roadmap.deadlines import decided_end
from modulkarta.analysis.roadmap.moving import Move
from modulkarta.analysis.roadmap.slips import Chain, Change, Consequences
from modulkarta.analysis.roadmap.timeline import Event
from modulkarta.changes.words import days_of, listed
from modulkarta.cli.words.naming import chained
from modulkarta.dates import phrase
from modulkarta.findings import Message, counted, message
from modulkarta.labels import place_words
from modulkarta.model import Catalogue, weakest
from modulkarta.wording import Language, said

_UNITS = {
    "d": counted("{n} dag", "{n} dagar", 0),
    "w": counted("{n} vecka", "{n} veckor", 0),
    "m": counted("{n} månad", "{n} månader", 0),
    "y": counted("{n} år", "{n} år", 0),
}
_STAGES = (("lifecycle", "introducing"), ("lifecycle", "live"), ("starts",))


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
        *_in_short(found),
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
    return message("Om {name} försenas {length}:", name=name, length=length)


def _in_short(found: Consequences) -> Iterator[Message]:
    """The answer in one line, before the lists that say the same in full."""
    counts = (
        counted("{n} nytt glapp", "{n} nya glapp", len(found.opened)),
        counted("{n} glapp blir längre", "{n} glapp blir längre", len(found.longer)),
        counted("{n} glapp blir kortare", "{n} glapp blir kortare", len(found.shorter)),
        counted("{n} glapp försvinner", "{n} glapp försvinner", len(found.closed)),
        counted("{n} avtal räcker inte", "{n} avtal räcker inte", len(found.contracts)),
        counted("{n} lag kan missas", "{n} lagar kan missas", len(found.duties)),
    )
    told = [count for count in counts if count.values["n"]]
    if told:
        yield message("Följd: {counts}.", counts=_row(told))


def _dates(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    last = {move.entity: move for move in found.moves if _is_stage(move)}
    moves = [move for move in found.moves if not _is_stage(move) or last[move.entity] is move]
    yield from _heading(message("Datum som flyttas"), len(moves))
    for move in sorted(moves, key=lambda move: (len(move.chain) > 1, move.after.latest, move.after.earliest)):
        yield _move(catalogue, move)
    if len(moves) == 1 and found.slips[0].wave is not None:
        yield message("  Inget i katalogen väntar på övergången.")


def _is_stage(move: Move) -> bool:
    """Whether a date is one of those that move together: the last of them is told for all."""
    return move.path in _STAGES


def _move(catalogue: Catalogue, move: Move) -> Message:
    values = {"name": _what(catalogue, move), "before": phrase(move.before), "after": phrase(move.after)}
    if len(move.chain) < 2:
        return message("  {name}: {before} → {after}", **values)
    waits = chained(catalogue, move.chain[:-1])
    return message(
        "  {name}: {before} → {after}, {days}, väntar på {waits}",
        **values,
        days=_days(move.least, move.most),
        waits=waits,
    )


def _what(catalogue: Catalogue, move: Move) -> Message | str:
    """What moves: a thing, or with the place where one date of several is written."""
    entity = catalogue.entities[move.entity]
    match move.path:
        case ("date",) | ("starts",) | ("lifecycle", "introducing" | "live"):
            return entity.name
        case ("functions", int(row), "by", int(one), "live"):
            plan = entity.rows("functions")[row]
            return message(
                "{function} i {module}", function=catalogue.name(plan["function"]),
                module=catalogue.name(plan["by"][one]["module"]),
            )  # fmt: skip
        case ("waves", int(wave), "cutover"):
            return message("{area} byter", area=catalogue.name(entity.rows("waves")[wave]["area"]))
    return f"{entity.name}, {place_words(catalogue, entity, move.path)}"


def _days(least: int, most: int) -> Message:
    if least == most:
        return counted("{n} dag", "{n} dagar", least)
    if least <= 0:
        return message("högst {most} dagar", most=most)
    return message("{least}–{most} dagar", least=least, most=most)


def _gaps(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    yield from _heading(message("Kommer före det som det väntar på"), len(found.broken))
    for link in found.broken:
        later, earlier = catalogue.name(link.later), catalogue.name(link.earlier)
        if link.broken == "yes":
            yield message("  {later} kommer före {earlier}", later=later, earlier=earlier)
        else:
            yield message("  {later} kan komma före {earlier}", later=later, earlier=earlier)
    yield from _changes(catalogue, message("Nya glapp"), found.opened)
    yield from _changes(catalogue, message("Glapp som blir längre"), found.longer)
    yield from _changes(catalogue, message("Glapp som blir kortare"), found.shorter)
    yield from _changes(catalogue, message("Glapp som försvinner"), found.closed)
    if not (found.opened or found.longer or found.shorter or found.closed):
        yield from ("", message("Inga glapp ändras."))


def _changes(catalogue: Catalogue, title: Message, changes: Sequence[Change]) -> Iterator[Message | str]:
    yield from _heading(title, len(changes))
    alike: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        alike.setdefault((_where(catalogue, change), said(_gap(change))), []).append(change)
    for (where, _), several in sorted(alike.items(), key=lambda item: item[0]):
        names = [catalogue.name(change.after.function or change.after.system) for change in several]
        gap = _gap(several[0])
        yield message("  {where}, {gap}: {functions}", where=where, gap=gap, functions=listed(names))


def _where(catalogue: Catalogue, change: Change) -> str:
    row = change.after
    return catalogue.name(row.area) if row.area else catalogue.name(row.system)


def _gap(change: Change) -> Message:
    return days_of(change.before.gap, change.after.gap)


def _row(parts: Sequence[Message]) -> Message:
    """Some words after one another, with commas."""
    first, *others = parts
    return message("{first}, {others}", first=first, others=_row(others)) if others else first


def _ends(catalogue: Catalogue, found: Consequences) -> Iterator[Message | str]:
    yield from _heading(message("Avtal som slutar för tidigt"), len(found.contracts))
    for contract, rows in found.contracts.items():
        end = decided_end(found.after.entities[contract])
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
    if len(after.activities) < 2 or before == after:
        return
    yield from ("", message("Längsta kedjan av arbete till {target}", target=catalogue.name(found.target)))
    yield message("  före: {chain}, {days}", chain=_named(catalogue, before), days=_days(before.least, before.most))
    yield message("  efter: {chain}, {days}", chain=_named(catalogue, after), days=_days(after.least, after.most))


def _named(catalogue: Catalogue, chain: Chain) -> str:
    return chained(catalogue, chain.activities)


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
