"""Which reading of the catalogue a page is made of: the current one, or one of a few earlier, each whole."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from threading import BoundedSemaphore, Lock

from modulkarta.changes.between import Changes, changes
from modulkarta.changes.history import DateHistory, year_back
from modulkarta.changes.sections import Section, sections
from modulkarta.findings import Finding, Message
from modulkarta.illustrations import without_illustrations
from modulkarta.model import Entity
from modulkarta.past import Moment, Moves, NoPast, Past, RevisionError
from modulkarta.recent import Kept, Recent
from modulkarta.report import since
from modulkarta.report.blocks import Length
from modulkarta.report.blocks import Section as Report
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language

_MOST_READ = 4
"""Earlier catalogues that are kept: each is as large as the current one."""
_MOST_COMPARED = 4
_MOST_TOLD = 64
_MOST_HISTORIES = 512
_MOST_REPORTS = 12
"""Each length in both languages, of a day and the one before."""
_MOST_WAITING = 2
"""For a file of a report: half of those whom a process answers at a time."""
_MOST_MADE = 2
"""Of reports, at a time: one takes more than a second in a large catalogue, and each day and version has its own."""
_ROOM_FOR_FILES = 64_000_000
"""Bytes of a report's files that take time to write."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Generation:
    """A catalogue and the moment of the history that it is from; None for now."""

    read: Snapshot
    moment: Moment | None = None

    @property
    def key(self) -> str:
        return self.moment.commit if self.moment else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which section of the report is asked for: of which catalogue and day, and since which report (None: none)."""

    of: Generation
    on: date
    length: Length
    language: Language
    before: Generation | None
    real: bool = False
    """Whether what is made up is left out."""

    @property
    def key(self) -> str:
        """What tells it from every other."""
        return repr((self.of.key, self.on, self.length, self.language, self.before and self.before.key, self.real))

    def told(self, of: Generation) -> Snapshot:
        """What a catalogue tells in the section."""
        return without_illustrations(of.read) if self.real else of.read


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why what is shown is not the newest: what came after it could not be gone by, as far as its readers may know."""

    since: datetime
    reason: Message
    findings: tuple[Finding, ...] = field(default=())

    @cached_property
    def mark(self) -> str:
        """What is the same only where all that is said of it is: other words may be the trouble tomorrow."""
        return sha256(repr(self).encode("utf-8", "surrogateescape")).hexdigest()


class Busy(Exception):
    """So many files are being waited for that one more has to be asked for later."""


class Generations:
    """The current catalogue, and those before it where there is a past; all but `reports` may raise RevisionError.

    `read_at` is when that was. Where each page is asked for `once`, files of a report are not kept,
    and who asks for them waits.
    Nothing here changes but what is remembered: another catalogue has other generations.
    """

    def __init__(
        self, current: Snapshot, past: Past | NoPast, today: Callable[[], date], read_at: datetime | None = None, *,
        once: bool = False,
    ) -> None:  # fmt: skip
        self.current = Generation(read=current)
        self.past = past
        self.today = today
        self.read_at = read_at
        self.trouble: Trouble | None = None
        self._mark = ""
        self._moments: Recent[Moment | None] = Recent(_MOST_TOLD)
        self._read: Recent[Snapshot | None] = Recent(_MOST_READ)
        self._compared: Recent[Changes] = Recent(_MOST_COMPARED)
        self._told: Recent[tuple[Section, ...]] = Recent(_MOST_TOLD)
        self._histories: Recent[tuple[DateHistory, ...]] = Recent(_MOST_HISTORIES)
        self._moves: Recent[Moves] = Recent(_MOST_READ)
        self._reports: Recent[Report] = Recent(_MOST_REPORTS)
        self._waits = once
        self._files: Kept[bytes] = Kept(0 if once else _ROOM_FOR_FILES)
        self._making = BoundedSemaphore(_MOST_MADE)
        self._writing = Lock()
        self._waiting = BoundedSemaphore(_MOST_WAITING)

    @property
    def mark(self) -> str:
        """What is the same only where every page is: of what the files, the schemas and git say."""
        if not self._mark:
            try:
                self._mark = self._of(self.reports)
            except RevisionError:
                return f"{self._of(())} without git"
        return self.known_mark

    def _of(self, reports: tuple[Moment, ...]) -> str:
        read = self.current.read
        head = self.past.head if isinstance(self.past, Past) else ""
        schemas = sorted(read.catalogue.metamodel.schemas.items())
        said = (read.digest, read.audience, schemas, head, [(one.name, one.commit) for one in reports])
        return sha256(repr(said).encode()).hexdigest()

    @property
    def known_mark(self) -> str:
        """The same without asking git; what is no mark until somebody has asked for it."""
        return f"{self._mark} {self.trouble.mark if self.trouble else ''}"

    def kept(self, trouble: Trouble | None) -> Generations:
        """The same, still shown although there is something newer."""
        same = copy.copy(self)
        same.trouble = trouble
        return same

    @property
    def reports(self) -> tuple[Moment, ...]:
        """The reports that have a tag, oldest first."""
        return self.past.reports if isinstance(self.past, Past) else ()

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
        return self._compared.get(key, lambda: changes(before.read.comparable, after.read.comparable))

    def told(self, before: Moment, after: Moment, language: Language) -> tuple[Section, ...]:
        """What changed between two moments, in sentences; everything is new after one without a catalogue."""
        key = before.commit, after.commit, language
        return self._told.get(key, lambda: self._tell(before, after, language))

    def _tell(self, before: Moment, after: Moment, language: Language) -> tuple[Section, ...]:
        old, new = self.at(before), self.at(after)
        return sections(changes(old.read.comparable, new.read.comparable), language) if old and new else ()

    def report(self, wanted: Wanted) -> Report:
        """The report's section as the command would write it.

        Raises Busy where others are being made of other days and versions, for there is no end to those.
        """
        return self._reports.get(wanted.key, lambda: self._made(wanted))

    def _made(self, wanted: Wanted) -> Report:
        if not self._making.acquire(blocking=self._waits):
            raise Busy
        try:
            return self._section(wanted)
        finally:
            self._making.release()

    def _section(self, wanted: Wanted) -> Report:
        read = wanted.told(wanted.of)
        return section(
            read.catalogue, on=wanted.on, version=read.version, since=self._since(wanted, read), length=wanted.length,
            language=wanted.language, findings=read.findings,
        )  # fmt: skip

    def _since(self, wanted: Wanted, after: Snapshot) -> since.Since | None:
        if wanted.before is None or wanted.before.moment is None:
            return None
        report, before, after = wanted.before.moment, wanted.told(wanted.before), after.comparable
        found = changes(before, after) if wanted.real else self.changes(wanted.before, wanted.of)
        moves = self.moves(wanted.of, year_back(wanted.on))
        return since.compared(report.name, report.commit, before, after, found, moves.found if moves else ())

    def file(self, wanted: Wanted, name: str, write: Callable[[], bytes]) -> bytes:
        """A file of a report that takes time to write: one at a time, or they would take all processors.

        Raises Busy where so many wait for theirs that nobody else could read a page.
        """
        key = f"{wanted.key} {name}"
        if (data := self._files.get(key)) is not None:
            return data
        if not self._waiting.acquire(blocking=self._waits):
            raise Busy
        try:
            with self._writing:
                return self._write(key, write)
        finally:
            self._waiting.release()

    def _write(self, key: str, write: Callable[[], bytes]) -> bytes:
        """The file, unless whoever was before has written it."""
        data = self._files.get(key)
        if data is None:
            data = write()
            self._files.put(key, data, len(data))
        return data

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


class Shown:
    """What the viewer shows now. A request takes the generations once, when it begins, and never looks here again."""

    def __init__(self, generations: Generations) -> None:
        self.generations = generations
        self.taken = self.refused = 0
        """How many times what was read anew could be shown, and how many times it could not."""

    def take(self, generations: Generations) -> None:
        """Show others from the next request on."""
        self.generations = generations
        self.taken += 1

    def refuse(self, good: Generations, trouble: Trouble | None) -> None:
        """Go on with the last that was good, and say why; nothing is said of what its readers may not know."""
        self.generations = good.kept(trouble)
        self.refused += 1
