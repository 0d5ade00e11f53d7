"""What a model has that the export works out: whether it is as it was written, or somebody has had a hand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from modulkarta.audience import narrowed
from modulkarta.exchange.archimate.exporting.content import Element, Words
from modulkarta.exchange.archimate.exporting.elements import Definitions
from modulkarta.exchange.archimate.exporting.plateaus import plan
from modulkarta.exchange.archimate.names import MARKS, PLANNED, possible, tie_id
from modulkarta.exchange.archimate.reading.content import Link, Texts, Thing
from modulkarta.findings import Message, message
from modulkarta.levels import LEVELS
from modulkarta.snapshot import Snapshot

_NOT_AS_COMPUTED = message("den är märkt som uträknad, men är tillagd eller ändrad i modellen, och det följer inte med")
_OTHER_TEXT = message("dokumentationen är en annan än den som exporten räknar ut, och följer inte med")


class Computed:
    """What the export of a catalogue works out, for whomever it may have been written."""

    def __init__(self, read: Snapshot) -> None:
        self._read = read

    def changed(self, thing: Thing) -> Message | None:
        """What differs from what the export would write; None where nothing does, or it would write no such thing."""
        if not _is_ours(thing):
            return _NOT_AS_COMPUTED
        if isinstance(thing, Link):
            return None
        made = [one for one in (self._whole.get(thing.identifier),) if one]
        if not made or _same(thing, made[0]) or any(_same(thing, one) for one in self._others(thing)):
            return None
        if _told(thing.names) <= _words(made[0].names):
            return _OTHER_TEXT
        return message("namnet är ett annat än det som exporten räknar ut, ”{name}”, och följer inte med",
                       name=next(iter(made[0].names.values())))  # fmt: skip

    def _others(self, thing: Thing) -> Iterator[Element]:
        return (made[thing.identifier] for made in self._narrower if thing.identifier in made)

    @cached_property
    def _whole(self) -> Mapping[str, Element]:
        return _made(self._read)

    @cached_property
    def _narrower(self) -> list[Mapping[str, Element]]:
        """As those see it who are shown less; worked out only where something differs."""
        return [_made(narrowed(self._read, level)) for level in LEVELS]


def _is_ours(thing: Thing) -> bool:
    """Whether it has the identifier that the export gave it, and says nothing more than that says."""
    plain = all(row.name in MARKS for row in thing.rows)
    if isinstance(thing, Link):
        own = thing.identifier == tie_id(thing.source, thing.target)
        return plain and own and not thing.names and not thing.documentation
    return plain and thing.identifier.startswith(PLANNED) and (thing.type == "Gap" or not thing.documentation)


def _made(read: Snapshot) -> Mapping[str, Element]:
    return plan(read.catalogue, read.catalogue.entities, Definitions()).elements


def _same(thing: Thing, made: Element) -> bool:
    """Whether all its texts are those that are made; a program may keep only those in one language."""
    told = _told(thing.documentation)
    return (
        _told(thing.names) <= _words(made.names)
        and told <= _words(made.documentation)
        and bool(told) == bool(made.documentation)
    )


def _told(texts: Texts) -> set[str]:
    return {_tidy(words) for _, words in texts}


def _words(texts: Words) -> set[str]:
    return {_tidy(words) for words in texts.values()}


def _tidy(words: str) -> str:
    return " ".join(possible(words)[0].split())
