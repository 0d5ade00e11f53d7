"""What has changed since the report before this one: what it is called, what happened since and which dates moved."""

from __future__ import annotations

from collections.abc import Iterable
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
from modulkarta.findings import Message, message
from modulkarta.labels import place_words
from modulkarta.snapshot import Snapshot
from modulkarta.source.moments import day_of_report
from modulkarta.wording import Language, in_order, marked, said

_FOLLOWED = ("milestone", "module")
"""The kinds whose dates are followed through the year."""


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
    def milestones(self) -> Before:
        """The milestones that it had, by their ids of today."""
        pairs = self.changes.pairs
        before = {pairs.today.get(m.entity, m.entity): m for m in roadmap.milestones(self.changes.before)}
        return {**before, **dict.fromkeys(pairs.unread)}

    @property
    def nothing(self) -> Message:
        """That nothing has changed in substance."""
        if self.partly:
            return message("inga sakliga ändringar i det som visas här sedan förra rapporten ({name})", name=self.name)
        return message("inga sakliga ändringar sedan förra rapporten ({name})", name=self.name)

    def told(self, language: Language) -> tuple[Section, ...]:
        """Everything that changed in substance, the weightiest first; not what is only worded otherwise."""
        return tuple(one for one in sections(self.changes, language) if not one.folded)

    def folded(self, language: Language) -> tuple[Section, ...]:
        """What is only worded otherwise."""
        return tuple(one for one in sections(self.changes, language) if one.folded)


def compared(
    name: str, commit: str, before: Snapshot, after: Snapshot, found: Changes, moves: Iterable[Moved]
) -> Since:  # fmt: skip
    """What the section says of the report before, by what it is called and the full id of its commit.

    `found` changed between the two, `moves` are all dates of a year. Whoever asks for the section, by command or by
    page, has it from here, so that both say the same.
    """
    moves = tuple(one for one in moves if not after.catalogue.omitted or _is_told(after, one))
    known = (after.catalogue.get(id_) for id_ in dict.fromkeys(one.entity for one in moves))
    told = [entity.id for entity in known if entity and entity.kind.name in _FOLLOWED]
    moved = tuple(one for id_ in told for one in of_entity(moves, id_) if one.moves)
    return Since(
        name=_called(name, commit), changes=found, moved=moved, partly=before.partly or after.partly,
        on=day_of_report(name),
    )  # fmt: skip


def _is_told(read: Snapshot, moved: Moved) -> bool:
    """Whether what a date belongs to is told of, and the date itself."""
    entity = read.catalogue.get(moved.entity)
    return entity is not None and entity.when(*moved.path) is not None


def _called(name: str, commit: str) -> str:
    """What the report before is called where it is printed; `name` may itself be the id of its commit, or a part."""
    return commit[:7] if commit.startswith(name) else f"{name}, {commit[:7]}"


def moved_table(since: Since, language: Language = "sv") -> Table:
    """Each date that has moved: what it was at first, what it is now, how many times and how far."""
    rows = in_order((_row(since, one, language) for one in since.moved), key=lambda row: row[0])
    heading = (message("Vad"), message("Uppgift"), message("Först"), message("Nu"), message("Historik"))
    caption = message("Datum som har flyttats det senaste året")
    return table(said(caption, language), [said(one, language) for one in heading], rows)


def _row(since: Since, one: DateHistory, language: Language) -> tuple[str, ...]:
    catalogue, first, last = since.changes.after, one.moves[0], one.changes[-1]
    entity = catalogue.entities[last.entity]
    return (
        marked(entity.name_in(language), entity.truth(*last.path), language),
        place_words(catalogue, last.version, last.path, language),
        said(phrase(first.before), language),
        said(phrase(last.after), language),
        _words(one, language),
    )


def _words(one: DateHistory, language: Language) -> str:
    words = said(one.said(), language)
    return f"{words}, {said(one.total.said(), language)}" if len(one.moves) == 1 and one.total else words
