"""The notice: one bullet of a few whole sentences, never more than eighty words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.findings import message
from modulkarta.report import omitted
from modulkarta.report.blocks import Block, Bullets
from modulkarta.report.chapters import Ground, changes, led, sentences
from modulkarta.report.chapters.sentences import Ways

MOST_WORDS = 80
_LONGEST = 200
"""Characters of a sentence: a word without end is no shorter for being one."""


def notice(ground: Ground) -> Iterator[Block]:
    """Where things stand, what is missing, what has changed, what comes next, what is to be decided."""
    lead = ground.words(message("Målbild och färdplan."))
    told = (
        sentences.milestones(ground), sentences.replacement(ground), changes.said(ground), sentences.following(ground),
        sentences.decisions(ground), *(((ground.say(sentences.ONLY_SHOWN),),) if ground.catalogue.unseen else ()),
    )  # fmt: skip
    once = _left_out_once(ground, told)
    yield Bullets(items=(led(lead, " ".join(fitted(once, MOST_WORDS - count(lead)))),))


def _left_out_once(ground: Ground, told: Sequence[Ways]) -> list[Ways]:
    """What is told, and once for all that examples are left out instead of a sentence for each kind of them."""
    how_much = omitted.summary(ground.catalogue)
    if how_much is None:
        return list(told)
    each = {ground.say(ground.left_out(entity.kind.name)) for entity in ground.catalogue.omitted}
    whole = (ground.say(how_much), ground.say(message("exempel är utelämnade")))
    return [*(ways for ways in told if ways[0] not in each), whole]


def fitted(told: Sequence[Ways], most: int) -> list[str]:
    """One way to say each thing, in so many words together: what is said at most length is shortened first."""
    left = [[way for way in ways if len(way) <= _LONGEST] or [ways[-1]] for ways in told]
    while sum(count(ways[0]) for ways in left) > most:
        longest = max((ways for ways in left if len(ways) > 1), key=lambda ways: count(ways[0]), default=None)
        if longest is None:
            break
        del longest[0]
    return [ways[0] for ways in left]


def count(words: str) -> int:
    """How many words a text has."""
    return len(words.split())
