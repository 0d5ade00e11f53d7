"""What is classified how and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from modulkarta.analysis.secrecy import above
from modulkarta.classification import Hidden, Text, Thing, Why
from modulkarta.cli.words.demands import Speaker, Table
from modulkarta.dates import phrase
from modulkarta.findings import Message, counted, message
from modulkarta.levels import LEVELS, Level

NO_DECISION = message("En markering är inget beslut: om en uppgift får lämnas ut prövas varje gång någon begär ut den.")
LEVEL_WORDS: Mapping[Level, Message] = {
    "public": message("öppen"), "internal": message("intern"), "secret": message("sekretess"),
}  # fmt: skip
_WHY: Mapping[Why, Message] = {
    "own": message("egen nivå"),
    "name": message("namnet är klassat"),
    "unclassified": message("inte klassad, räknas som intern"),
    "misplaced": message("klassar ett fält som inte finns"),
    "unusable": message("filen går inte att använda"),
    "overlay": message("ligger i tilläggsmappen"),
}
NOTHING = "–"


def totals(speak: Speaker, things: Sequence[Thing], audience: Level) -> Table:
    """How many of each kind have each level; a column only for levels that the audience sees."""
    levels = [one for one in LEVELS if not above(one, audience)]
    heading = (*speak.words(message("Sort")), *(speak.words(LEVEL_WORDS[one])[0] for one in levels))
    if levels[1:]:
        heading = (*heading, *speak.words(message("inte klassade"), message("utan bedömare")))
    rows = [heading]
    kinds = speak.catalogue.metamodel.kinds
    for name in kinds:
        of_kind = [one for one in things if one.entity.kind.name == name]
        if of_kind:
            rows.append((kinds[name].plural.in_(speak.language), *_numbers(of_kind, levels)))
    return [*rows, (*speak.words(message("Alla")), *_numbers(things, levels))]


def _numbers(things: Sequence[Thing], levels: Sequence[Level]) -> tuple[str, ...]:
    counts = [sum(one.level == level for one in things) for level in levels]
    if levels[1:]:
        counts += [sum(one.untouched for one in things), sum(map(unassessed, things))]
    return tuple(map(str, counts))


def unassessed(one: Thing) -> bool:
    """Whether it does not say who judged its level. The public is told of no judgement, so it is not asked."""
    return not one.judgement.get("assessed_by")


def rows(speak: Speaker, things: Iterable[Thing]) -> Table:
    """A row a thing: its level, why, on what ground, by whom, until when."""
    heading = speak.words(
        message("Id"), message("Sort"), message("Nivå"), message("Varför"), message("Bestämmelse"),
        message("Bedömd av"), message("Bedömd"), message("Omprövas senast"), message("Upphör med"), message("KLASSA"),
    )  # fmt: skip
    return [heading, *(_row(speak, one) for one in things)]


def told(table: Table) -> Table:
    """A table without the columns that have nothing to say."""
    kept = [any(cell != NOTHING for cell in cells[1:]) for cells in zip(*table, strict=True)]
    return [tuple(cell for cell, one in zip(row, kept, strict=True) if one) for row in table]


def _row(speak: Speaker, one: Thing) -> tuple[str, ...]:
    said, when = one.judgement, one.entity.when
    review = phrase(when("secrecy", "review_by")) if "review_by" in said else message("–")
    event = said.get("ends_with")
    return (
        one.entity.id, one.entity.kind.label.in_(speak.language), *speak.words(LEVEL_WORDS[one.level], _WHY[one.why]),
        said.get("provision", NOTHING), said.get("assessed_by", NOTHING),
        *speak.words(
            phrase(when("secrecy", "assessed")) if "assessed" in said else message("–"),
            message("{day} (har passerat)", day=review) if one.review_due else review,
        ),
        speak.words(message("{event} (har hänt)", event=speak.names([event])))[0] if event and one.over
        else speak.names([event] if event else []),
        classes(said),
    )  # fmt: skip


def classes(judgement: Mapping[str, object]) -> str:
    """The classes by KLASSA as they are written for short: K2 R3 T3."""
    said = judgement.get("classes")
    letters = {"confidentiality": "K", "integrity": "R", "availability": "T"}
    group = said if isinstance(said, dict) else {}
    return " ".join(f"{letter}{group[key]}" for key, letter in letters.items() if key in group) or NOTHING


def fields(speak: Speaker, things: Iterable[Thing]) -> Table:
    """A row each field and relation with a level of its own."""
    heading = speak.words(message("Id"), message("Fält eller relation"), message("Nivå"), message("Anmärkning"))
    found = [
        (one.entity.id, single.field, *speak.words(LEVEL_WORDS[single.level]),
         "" if single.found else speak.words(message("finns inte: hela posten får den nivån"))[0])
        for one in things for single in one.singles
    ]  # fmt: skip
    return [heading, *found] if found else []


def unseen(speak: Speaker, things: Iterable[Thing]) -> Table:
    """A row each place that the public does not see because of something else, and why; first whole things."""
    heading = speak.words(message("Id"), message("Det som inte syns"), message("Varför"))
    found = [(one, hidden) for one in things for hidden in one.hidden if hidden.cause != "level"]
    found.sort(key=lambda pair: not pair[1].whole)
    return [heading, *(_unseen(speak, one, hidden) for one, hidden in found)] if found else []


def _unseen(speak: Speaker, one: Thing, hidden: Hidden) -> tuple[str, ...]:
    place = speak.words(message("hela posten"))[0] if hidden.whole else hidden.field
    return one.entity.id, place, *speak.words(_because(hidden))


def _because(hidden: Hidden) -> Message:
    """Why the public does not see a place: the way to what somebody has classified."""
    through = " → ".join(hidden.chain)
    if hidden.cause == "together":
        return message("flera skäl tillsammans")
    if hidden.cause == "words":
        return message("{field} nämner {through}", field=hidden.field, through=through)
    return message("{field} leder till {through}", field=hidden.field, through=through)


def texts(speak: Speaker, several: Iterable[Text]) -> Table:
    """A row each file that is no thing."""
    heading = speak.words(message("Fil"), message("Nivå"), message("Varför"))
    found = [(one.file, *speak.words(LEVEL_WORDS[one.level], _WHY[one.why])) for one in several]
    return [heading, *found] if found else []


def in_short(things: Sequence[Thing], audience: Level) -> Iterator[Message]:
    """What stands out, a sentence each."""
    if audience == LEVELS[0]:
        return
    if unclassified := sum(one.why == "unclassified" for one in things):
        yield counted("{n} post är inte klassad och räknas som intern; --unclassified visar den.",
                      "{n} poster är inte klassade och räknas som interna; --unclassified visar dem.",
                      unclassified)  # fmt: skip
    if nobody := sum(map(unassessed, things)):
        yield counted("För {n} post står det inte vem som har bedömt nivån.",
                      "För {n} poster står det inte vem som har bedömt nivån.", nobody)  # fmt: skip
    if due := sum(one.due for one in things):
        yield counted("{n} post ska omprövas nu.", "{n} poster ska omprövas nu.", due)
