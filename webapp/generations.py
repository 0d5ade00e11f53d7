"""Which reading of the catalogue a page is made of: the current one, or one of a few earlier, each whole."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from modulkarta.changes.between import Changes, changes
from modulkarta.changes.history import DateHistory
from modulkarta.changes.sections import Section, sections
from modulkarta.model import Entity
from modulkarta.past import Moment, Moves, NoPast, Past, RevisionError
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language

T = TypeVar("T")
_MOST_READ = 4
"""Earlier catalogues that are kept: each is as large as the current one."""
_MOST_COMPARED = 4
_MOST_TOLD = 64
_MOST_HISTORIES = 512


class Recent(Generic[T]):
    """The answers that were asked for last, each worked out once, whoever asks at the same time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return self._kept[key]


@dataclass(frozen=True, kw_only=True, eq=False)
class Generation:
    """A catalogue and the moment of the history that it is from; None for now."""

    read: Snapshot
    moment: Moment | None = None

    @property
    def key(self) -> str:
        return self.moment.commit if self.moment else ""


class Generations:
    """The current catalogue, and those before it where there is a past; all but `reports` may raise RevisionError."""

    def __init__(self, current: Snapshot, past: Past | NoPast, today: Callable[[], date]) -> None:
        self.current = Generation(read=current)
        self.past = past
        self.today = today
        self._moments: Recent[Moment | None] = Recent(_MOST_TOLD)
        self._read: Recent[Snapshot | None] = Recent(_MOST_READ)
        self._compared: Recent[Changes] = Recent(_MOST_COMPARED)
        self._told: Recent[tuple[Section, ...]] = Recent(_MOST_TOLD)
        self._histories: Recent[tuple[DateHistory, ...]] = Recent(_MOST_HISTORIES)
        self._moves: Recent[Moves] = Recent(_MOST_READ)

    @property
    def reports(self) -> tuple[Moment, ...]:
        """The reports that have a tag, oldest first; none where git cannot be asked."""
        try:
            return self.past.reports if isinstance(self.past, Past) else ()
        except RevisionError:
            return ()

    def moment(self, name: str) -> Moment | None:
        """The moment that somebody names, None where there is none of that name."""
        past = self.past
        return self._moments.get(name, lambda: past.moment(name)) if isinstance(past, Past) else None

    def on_day(self, day: date) -> Moment | None:
        """The last moment of a day or before it."""
        past = self.past
        return self._moments.get(day, lambda: past.on_day(day)) if isinstance(past, Past) else None

    def at(self, moment: Moment | None) -> Generation | None:
        """The catalogue of a moment (None: now); None where there was no catalogue then."""
        if moment is None or not isinstance(self.past, Past):
            return self.current
        past, today = self.past, self.today()
        read = self._read.get((moment.commit, today), lambda: past.read(moment, today))
        return Generation(read=read, moment=moment) if read else None

    def before_removal(self, generation: Generation, id_: str) -> Generation | None:
        """The last catalogue that had a thing which one has no longer; None where there is none."""
        if not isinstance(self.past, Past):
            return None
        moment = self.past.before_removal(id_, generation.key or self.past.head)
        return self.at(moment) if moment else None

    def changes(self, before: Generation, after: Generation) -> Changes:
        key = before.key, after.key, self.today()
        return self._compared.get(key, lambda: changes(before.read, after.read))

    def told(self, before: Moment, after: Moment, language: Language) -> tuple[Section, ...]:
        """What changed between two moments, in sentences; everything is new after one without a catalogue."""
        key = before.commit, after.commit, language
        return self._told.get(key, lambda: self._tell(before, after, language))

    def _tell(self, before: Moment, after: Moment, language: Language) -> tuple[Section, ...]:
        old, new = self.at(before), self.at(after)
        return sections(changes(old.read, new.read), language) if old and new else ()

    def dates_of(self, generation: Generation, entity: Entity) -> tuple[DateHistory, ...]:
        """How the dates of a thing moved on the way to a catalogue; nothing where there is no past."""
        if not isinstance(self.past, Past):
            return ()
        past, at = self.past, generation.key or self.past.head
        return self._histories.get(
            (at, entity.id), lambda: past.dates_of(generation.read.catalogue, entity, at)
        )  # fmt: skip

    def moves(self, generation: Generation, since: date) -> Moves | None:
        """Every date that moved from a day to a catalogue; None where there is no past that may be told of."""
        if not isinstance(self.past, Past) or not self.past.tells_of_commits:
            return None
        past, at = self.past, generation.key or self.past.head
        return self._moves.get((at, since), lambda: past.moves(generation.read.catalogue, at, since))
