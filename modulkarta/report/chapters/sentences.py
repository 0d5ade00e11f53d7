"""What the report says in a sentence: where things stand, what is missing, what comes next, what is to be decided.

Each answers with the sentence and shorter ways to say it, the last without any words of the catalogue's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from modulkarta.analysis.coverage import Summary
from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.roadmap import Milestone, deadlines
from modulkarta.dates import day
from modulkarta.findings import Message, counted, message
from modulkarta.report.chapters import Ground, all_made_up

Ways = tuple[str, ...]
ONLY_SHOWN = message("bara det som får visas här är medräknat")
"""What all numbers are of, where there is more than the readers may see."""


def milestones(ground: Ground) -> Ways:
    """How far the plan has come."""
    done, whole = ground.number("milstolpar.klara"), ground.number("milstolpar.antal")
    done_words, all_words = ground.together(done, whole)
    values = {"day": ground.day(day(ground.on)), "done": done_words, "all": all_words}
    what = counted(
        "den {day} är {done} av {all} milstolpar klar", "den {day} är {done} av {all} milstolpar klara", done.value,
        **values,
    )  # fmt: skip
    if not whole.value:
        return (ground.none(message("den {day} finns inga milstolpar i planen", **values), "milestone"),)
    if ground.hides("milestone"):
        what = _milestones_shown(done.value, values)
    elif whole.value == 1:
        alone = message("den {day} är planens enda milstolpe ännu inte klar", **values)
        what = message("den {day} är planens enda milstolpe klar", **values) if done.value else alone
    elif done.value == whole.value:
        what = message("den {day} är alla {all} milstolpar klara", **values)
    elif not done.value:
        what = message("den {day} är ingen av de {all} milstolparna klar", **values)
    return (ground.say(what, example=whole.all_made_up),)


def _milestones_shown(number: int, values: Mapping[str, str]) -> Message:
    return counted(
        "av milstolparna som visas här är {done} av {all} klar den {day}",
        "av milstolparna som visas här är {done} av {all} klara den {day}", number, **values,
    )  # fmt: skip


def modules(ground: Ground) -> Ways:
    """How many modules are live."""
    live, whole = ground.number("moduler.i_drift"), ground.number("moduler.antal")
    live_words, all_words = ground.together(live, whole)
    values = {"live": live_words, "all": all_words}
    what = counted("{live} av {all} moduler är i drift", "{live} av {all} moduler är i drift", live.value, **values)
    if not whole.value:
        return (ground.none(message("inga moduler är inlagda ännu"), "module"),)
    if ground.hides("module"):
        what = message("av modulerna som visas här är {live} av {all} i drift", **values)
    elif whole.value == 1:
        alone = message("den enda modulen är ännu inte i drift")
        what = message("den enda modulen är i drift") if live.value else alone
    elif live.value == whole.value:
        what = message("alla {all} moduler är i drift", **values)
    elif not live.value:
        what = message("ingen av de {all} modulerna är ännu i drift", **values)
    return (ground.say(what, example=whole.all_made_up),)


def replacement(ground: Ground) -> Ways:
    """The gap that matters most, or that there is none."""
    planned = [one.summary for one in replacing.all_systems(ground.catalogue) if one.summary.plan]
    with_gap = sorted((one for one in planned if one.gap), key=lambda one: -_gaps(one))
    if with_gap:
        return _gap_said(ground, with_gap)
    if not planned:
        return (ground.none(message("inget system har ännu en plan för hur det ska ersättas"), "replacement"),)
    unjudged = ground.number("glapp.kan_inte_bedomas")
    what = message("planerna för att ersätta system har inga kända glapp")
    if unjudged.value or ground.hides("replacement"):
        what = message("planerna för att ersätta system har inga kända glapp, men allt går inte att bedöma")
    return (ground.say(what, example=all_made_up(one.truth for one in planned)),)


def _gaps(summary: Summary) -> int:
    return summary.gap.number if summary.gap else 0


def _gap_said(ground: Ground, with_gap: Sequence[Summary]) -> Ways:
    number = ground.number("glapp.antal")
    first = min((one.gap.first for one in with_gap if one.gap and one.gap.first), default=None)
    values = {"number": number.neuter, "system": ground.name(with_gap[0].system)}
    told = [counted("planen har {number} glapp", "planen har {number} glapp", number.value, **values)]
    if first and len(with_gap) == 1:
        told = [*_of_one(number.value, {**values, "day": ground.day(day(first))}), *told]
    elif first:
        told = [*_of_several(number.value, {**values, "day": ground.day(day(first))}), *told]
    return tuple(ground.say(what, example=number.all_made_up) for what in told)


def _of_one(number: int, values: Mapping[str, str]) -> Iterator[Message]:
    """How many gaps one plan has and when the first may begin, with what a gap is and without."""
    yield counted(
        "planen för att ersätta {system} har {number} glapp, dagar då varken det gamla eller det nya finns, och det "
        "kan börja {day}",
        "planen för att ersätta {system} har {number} glapp, dagar då varken det gamla eller det nya finns, och det "
        "första kan börja {day}", number, **values,
    )  # fmt: skip
    yield counted(
        "planen för att ersätta {system} har {number} glapp, och det kan börja {day}",
        "planen för att ersätta {system} har {number} glapp, och det första kan börja {day}", number, **values,
    )  # fmt: skip


def _of_several(number: int, values: Mapping[str, str]) -> Iterator[Message]:
    """The same of several plans, and which of them has most."""
    yield message(
        "planerna har {number} glapp, dagar då varken det gamla eller det nya finns, flest när {system} ersätts, och "
        "det första kan börja {day}", n=number, **values,
    )  # fmt: skip
    yield message(
        "planerna har {number} glapp, flest när {system} ersätts, och det första kan börja {day}", n=number, **values
    )


def unknown_ends(ground: Ground) -> str:
    """How many systems nobody knows the end of; "" where it is known of all."""
    number = ground.number("system.utan_kant_slut")
    what = counted(
        "för {number} befintligt system är det okänt när det slutar",
        "för {number} befintliga system är det okänt när de slutar", number.value, number=number.neuter,
    )  # fmt: skip
    return ground.say(what) if number.value else ""


def following(ground: Ground) -> Ways:
    """The milestones that come next."""
    same = nearest(ground)
    if not same:
        return (ground.none(message("inga fler milstolpar med datum ligger framför oss"), "milestone"),)
    example, day_ = all_made_up(one.truth for one in same), ground.day(same[0].when)
    names = quoted(ground, same)
    long = counted("härnäst väntar {names}, {day}", "härnäst väntar {names}, {day}", len(same), names=names, day=day_)
    first = message("härnäst väntar {name}, {day}", name=ground.quoted(same[0].entity), day=day_)
    bare = message("nästa milstolpe är planerad till {day}", day=day_)
    return tuple(ground.say(what, example=example) for what in (long, first, bare))


def nearest(ground: Ground) -> list[Milestone]:
    """The milestones ahead that come first, all of the same day."""
    ahead = ground.outlook.ahead
    return list(takewhile(lambda one: _same_day(one, ahead[0]), ahead))


def quoted(ground: Ground, several: Sequence[Milestone], most: int = 2) -> str:
    """Milestones by name; of many how many more there are."""
    return ground.listed([ground.words(ground.quoted(one.entity)) for one in several], most)


def _same_day(one: Milestone, other: Milestone) -> bool:
    return bool(one.when and other.when and one.when.written == other.when.written)


def decisions(ground: Ground) -> Ways:
    """The decisions that are needed, the most urgent by name."""
    needed, number = deadlines.needed(ground.catalogue), ground.number("beslut.behovs")
    if not needed:
        return (ground.none(message("inga beslut väntar"), "decision"),)
    values = {"number": number.neuter, "name": ground.quoted(needed[0].id), "day": ground.by(needed[0].when("latest"))}
    bare = counted("{number} beslut behövs", "{number} beslut behövs", number.value, **values)
    told = [_decision_said(number.value, values), bare]
    if values["day"] is not None:
        told.insert(1, counted(
            "{number} beslut behövs, {day}", "{number} beslut behövs, det första {day}", number.value, **values
        ))  # fmt: skip
    return tuple(ground.say(what, example=number.all_made_up) for what in told)


def _decision_said(number: int, values: dict[str, object]) -> Message:
    if values["day"] is None:
        return counted(
            "{number} beslut behövs: {name}", "{number} beslut behövs, det första om {name}", number, **values
        )  # fmt: skip
    return counted(
        "{number} beslut behövs: {name}, {day}", "{number} beslut behövs, det första om {name}, {day}", number,
        **values,
    )  # fmt: skip
