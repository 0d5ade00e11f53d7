"""The words of a roadmap: names in a language, with what is made up marked, and the numbers of what is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from modulkarta.analysis.roadmap import Lane
from modulkarta.analysis.roadmap.waits import Waits
from modulkarta.dates import When, phrase
from modulkarta.figures.milestones import Before
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Truth
from modulkarta.wording import Language, marked, said

_MOST_NUMBERS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What is said of what is shown, and in which language."""

    catalogue: Catalogue
    language: Language = "sv"
    before: Before | None = None
    waits: Waits = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number of each thing that something shown waits for."""

    def say(self, words: Message | str) -> str:
        return said(words, self.language)

    def mark(self, truth: Truth) -> str:
        """What an illustration is marked with, nothing for what is none."""
        return marked("", truth, self.language)

    def names(self, id_: str, truth: Truth) -> tuple[str, str]:
        """A thing's whole name and its short one, each saying so if it is an illustration."""
        entity, language = self.catalogue.entities[id_], self.language
        names = entity.name_in(language), entity.short_name_in(language)
        long, short = (marked(name, truth, language) for name in names)
        return long, short

    def waits_for(self, id_: str) -> str:
        """`väntar på 3`, by the numbers of what it waits for; nothing where it waits for nothing shown."""
        numbers = sorted(self.numbers[one] for one in self.waits.get(id_, ()))
        if not numbers:
            return ""
        told, more = ", ".join(map(str, numbers[:_MOST_NUMBERS])), len(numbers) - _MOST_NUMBERS
        if more > 0:
            return self.say(message("väntar på {numbers} och {n} till", numbers=told, n=more))
        return self.say(message("väntar på {numbers}", numbers=told))


def about(when: When) -> Message:
    """A date that is not certain: `omkring kv 3 2027`, or as it is where its own words say so already."""
    closed = bool(when.written) and ".." not in when.written
    return message("omkring {day}", day=phrase(when)) if closed else phrase(when)


def all_made_up(lane: Lane, goal: Truth) -> bool:
    """Whether everything in a lane is an illustration, so that it is enough to say so once."""
    truths = [goal, *(bar.truth for bar in lane.bars), *(mark.truth for mark in lane.milestones)]
    return len(truths) > 1 and all(truth == "illustrative" for truth in truths)
