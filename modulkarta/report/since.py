"""What has changed since the report before this one: its chapter, its first words and how often dates have moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from modulkarta.analysis import roadmap
from modulkarta.changes.between import Changes
from modulkarta.changes.history import DateHistory, Moved, of_entity
from modulkarta.changes.sections import Section, sections
from modulkarta.dates import phrase
from modulkarta.figures import Table, table
from modulkarta.figures.milestones import Before
from modulkarta.labels import place_words
from modulkarta.report.blocks import Block, Heading, bullets, paragraph
from modulkarta.snapshot import Snapshot
from modulkarta.source.moments import day_of_report
from modulkarta.wording import in_order, marked, said

_FOLLOWED = ("milestone", "module")
"""The kinds whose dates are followed through the year."""
_HEADLINES = 3
_MOST_LINES = 20
"""Of one sort; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Since:
    """The report before this one, and what has happened since."""

    name: str
    """What it is called, and its commit: `rapport-2026-10, 3f2a1c9`."""
    changes: Changes
    moved: tuple[DateHistory, ...] = ()
    """The way of the plan's dates that have moved during a year; none where that may not be told."""
    partly: bool = False
    """Whether there is more in one of the two than what is shown here."""
    on: date | None = None
    """The day it told of; None where nobody knows, and its numbers are then counted on the day of this one."""

    @cached_property
    def told(self) -> tuple[Section, ...]:
        """Everything that changed, the weightiest first."""
        return sections(self.changes, "sv")

    @cached_property
    def milestones(self) -> Before:
        """The milestones that it had, by their ids of today."""
        pairs = self.changes.pairs
        before = {pairs.today.get(m.entity, m.entity): m for m in roadmap.milestones(self.changes.before)}
        return {**before, **dict.fromkeys(pairs.unread)}

    @property
    def nothing(self) -> str:
        shown = " i det som visas här" if self.partly else ""
        return f"Inga sakliga ändringar{shown} sedan förra rapporten ({self.name})."


def compared(
    name: str, commit: str, before: Snapshot, after: Snapshot, found: Changes, moves: Iterable[Moved]
) -> Since:  # fmt: skip
    """What the section says of the report before, by what it is called and the full id of its commit.

    `found` changed between the two, `moves` are all dates of a year. Whoever asks for the section, by command or by
    page, has it from here, so that both say the same.
    """
    moves = tuple(moves)
    known = (after.catalogue.get(id_) for id_ in dict.fromkeys(one.entity for one in moves))
    told = [entity.id for entity in known if entity and entity.kind.name in _FOLLOWED]
    moved = tuple(one for id_ in told for one in of_entity(moves, id_) if one.moves)
    return Since(
        name=_called(name, commit), changes=found, moved=moved, partly=before.partly or after.partly,
        on=day_of_report(name),
    )  # fmt: skip


def _called(name: str, commit: str) -> str:
    """What the report before is called where it is printed; `name` may itself be the id of its commit, or a part."""
    return commit[:7] if commit.startswith(name) else f"{name}, {commit[:7]}"


def headlines(since: Since) -> tuple[str, ...]:
    """The weightiest changes, one a sort: what the summary begins with."""
    weighty = [one for one in since.told if not one.folded]
    return tuple(_headline(one) for one in weighty[:_HEADLINES]) or (since.nothing,)


def _headline(one: Section) -> str:
    more = f" Och {len(one.lines) - 1} till." if len(one.lines) > 1 else ""
    return f"{one.title} sedan förra rapporten: {one.lines[0].words}.{more}"


def chapter(since: Since) -> Iterator[Block]:
    """Everything that changed, each sort under its heading; what is only worded otherwise is counted."""
    yield Heading(text="Förändringar sedan förra rapporten", level=2)
    weighty = [one for one in since.told if not one.folded]
    if not weighty:
        yield paragraph(since.nothing)
    for one in weighty:
        yield Heading(text=one.title, level=3)
        yield bullets(_lines(one))
    if folded := [one for one in since.told if one.folded]:
        counts = (f"{one.title[:1].lower()}{one.title[1:]} ({len(one.lines)})" for one in folded)
        yield paragraph(f"Dessutom, utan betydelse i sak: {', '.join(counts)}.")


def _lines(one: Section) -> Iterator[str]:
    yield from (line.words for line in one.lines[:_MOST_LINES])
    if len(one.lines) > _MOST_LINES:
        yield f"… och {len(one.lines) - _MOST_LINES} till"


def moved_table(since: Since) -> Table:
    """Each date that has moved: what it was at first, what it is now, how many times and how far."""
    rows = in_order((_row(since, one) for one in since.moved), key=lambda row: row[0])
    return table("Datum som har flyttats det senaste året", ("Vad", "Uppgift", "Först", "Nu", "Historik"), rows)


def _row(since: Since, one: DateHistory) -> tuple[str, ...]:
    catalogue, first, last = since.changes.after, one.moves[0], one.changes[-1]
    entity = catalogue.entities[last.entity]
    return (
        marked(entity.name, entity.truth(*last.path)),
        place_words(catalogue, last.version, last.path, "sv"),
        said(phrase(first.before)),
        said(phrase(last.after)),
        _words(one),
    )


def _words(one: DateHistory) -> str:
    words = said(one.said())
    return f"{words}, {said(one.total.said())}" if len(one.moves) == 1 and one.total else words
