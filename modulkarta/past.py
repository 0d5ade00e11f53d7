"""The catalogue as it once was: its reports and commits by name, each as an audience of today may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path

from modulkarta import snapshot
from modulkarta.audience import as_closed_as, narrowed
from modulkarta.changes import history
from modulkarta.changes.history import DateHistory, Moved
from modulkarta.changes.removed import last_written, removed
from modulkarta.dates import month_of
from modulkarta.findings import Message, message
from modulkarta.levels import HIGHEST, Level
from modulkarta.model import Catalogue, Entity
from modulkarta.recent import Recent
from modulkarta.snapshot import Snapshot
from modulkarta.source import commits, moments, revision
from modulkarta.source.commits import Step
from modulkarta.source.git import RevisionError
from modulkarta.source.moments import Moment

__all__ = ["Moment", "NoPast", "Past", "RevisionError", "past_of"]

_ID = re.compile(r"[a-z0-9-]{1,80}")
_MOST_COMMITS = 2000
"""How far back the history of dates is read, in commits."""
_MOST_FILES = 4000
"""How many versions of files are read for the history of all dates."""
_MOST_READ = 4
_MOST_DATES = 512
"""How many readings of whole catalogues, and histories of one thing, are remembered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoPast:
    """Why there are no earlier versions to show."""

    reason: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """Every date that moved, as far back as was read: `since` is the first day, None for the whole time asked for."""

    found: tuple[Moved, ...]
    since: date | None


class Known:
    """What git has told of commits, as the kinds of a metamodel read it: it holds for every catalogue that has those.

    Nothing here has been narrowed to an audience.
    """

    def __init__(self) -> None:
        self.digests: Recent[str | None] = Recent(_MOST_READ)
        self.readings: Recent[Snapshot | None] = Recent(_MOST_READ)
        self.moves: Recent[Moves] = Recent(_MOST_READ)
        self.dates: Recent[tuple[Moved, ...]] = Recent(_MOST_DATES)
        self.removed: Recent[Mapping[str, Entity]] = Recent(_MOST_READ)


@dataclass(frozen=True, kw_only=True)
class Past:
    """The history of a catalogue in git, up to a commit; whatever asks git may raise RevisionError."""

    root: Path
    shown: str
    schemas: Path
    beside: bool
    """Whether the schemas that lay beside the catalogue then are used."""
    whole: Snapshot
    """The catalogue of now, with all that anybody may see: what is as in it is taken over."""
    audience: Level
    head: str
    known: Known = field(default_factory=Known, repr=False, compare=False)

    @cached_property
    def reports(self) -> tuple[Moment, ...]:
        """The reports that have a tag, oldest first."""
        return moments.reports(self.root)

    @cached_property
    def begun(self) -> Moment:
        """The first commit of all."""
        return moments.first(self.root, self.head)

    @cached_property
    def partial(self) -> bool:
        """Whether only a part of the history is here."""
        return revision.shallow(self.root)

    @cached_property
    def committed(self) -> bool:
        """Whether the catalogue of now is that of the last commit, file by file."""
        digest = self.known.digests.get(self.head, lambda: snapshot.digest_at(self.root, self.head, self.shown))
        return digest == self.whole.under(self.audience).digest

    @property
    def tells_of_commits(self) -> bool:
        """Whether this audience may read what commits say: nobody has classified that, so it is internal."""
        return self.audience != "public"

    def moment(self, name: str) -> Moment | None:
        """What a report's tag, or the beginning of a commit's id, means; None for anything else."""
        named = next((one for one in self.reports if one.name == name), None)
        return named or moments.by_id(self.root, self.head, name)

    def on_day(self, day: date) -> Moment | None:
        """The last commit of a day or before it, None where there was none yet."""
        return moments.on_day(self.root, self.head, day)

    def report_before(self, moment: Moment | None) -> Moment | None:
        """The last report before a moment (None: before now)."""
        if moment is None:
            return self.reports[-1] if self.reports else None
        earlier = [one for one in self.reports if (one.day, one.name) < (moment.day, moment.name)]
        if moment not in self.reports:
            earlier = [one for one in self.reports if one.at <= moment.at and one.commit != moment.commit]
        return earlier[-1] if earlier else None

    def report_of_month_before(self, day: date) -> Moment | None:
        """The newest report of a month before a day's own: what the report of that day is compared with."""
        return moments.report_before(self.reports, month_of(day))

    def steps(self, most: int) -> tuple[Moment, ...]:
        """The last commits that changed the catalogue, oldest first."""
        return moments.last(self.root, self.head, most)

    def before_removal(self, id_: str, at: str) -> Moment | None:
        """The last moment before a commit took a thing away, on the way to a commit; None for what never was."""
        if not _ID.fullmatch(id_):
            return None
        return moments.before_removal(self.root, at, f"{id_}.yaml", self._far_back(at))

    def read(self, moment: Moment, today: date) -> Snapshot | None:
        """The catalogue as it was, without what this audience may not see now or might not then; None if none was."""
        try:
            found = self.known.readings.get((moment.commit, today), lambda: self._as_it_was(moment.commit, today))
        except (OSError, ValueError):
            raise RevisionError(message("schemana i {name} går inte att använda", name=moment.name)) from None
        if found is None or self.audience == HIGHEST:
            return found
        return narrowed(as_closed_as(found, self.whole, self._removed_since(moment.commit, found)), self.audience)

    def _removed_since(self, commit: str, read: Snapshot) -> Mapping[str, Entity]:
        ids = removed(read.catalogue, self.whole.catalogue)
        kinds = self.whole.catalogue.metamodel
        return self.known.removed.get(
            (commit, self.head, ids), lambda: last_written(self.root, kinds, ids, since=commit, until=self.head)
        )

    def dates_of(self, catalogue: Catalogue, entity: Entity, at: str) -> tuple[DateHistory, ...]:
        """How the dates of a thing moved on the way to a commit, of those that moved at all."""
        if not self.tells_of_commits:
            return ()
        key = at, entity.id, *entity.ids("former_ids"), *catalogue.former.items()
        found = self.known.dates.get(key, lambda: self._moved_of(catalogue, entity, at))
        return tuple(one for one in history.of_entity(self._seen(catalogue, found), entity.id) if one.moves)

    def moves(self, catalogue: Catalogue, at: str, since: date) -> Moves:
        """Every date that moved from a day to a commit; fewer commits where they changed very many files."""
        key = at, since, *catalogue.former.items()
        moves = self.known.moves.get(key, lambda: self._moves(catalogue, at, since))
        return Moves(found=self._seen(catalogue, moves.found), since=moves.since)

    def _moves(self, catalogue: Catalogue, at: str, since: date) -> Moves:
        steps = commits.steps(self.root, at, since=since, beyond=self._far_back(at))
        kept = _newest(steps)
        cut = kept[0].commit.day if kept and len(kept) < len(steps) else None
        return Moves(found=self._moved(catalogue, kept), since=cut)

    def _moved_of(self, catalogue: Catalogue, entity: Entity, at: str) -> tuple[Moved, ...]:
        names = [f"{id_}.yaml" for id_ in (entity.id, *entity.ids("former_ids"))]
        return self._moved(catalogue, commits.steps(self.root, at, names, beyond=self._far_back(at)))

    def _moved(self, catalogue: Catalogue, steps: tuple[Step, ...]) -> tuple[Moved, ...]:
        return history.moved(catalogue, steps, commits.texts(self.root, steps))

    def _seen(self, catalogue: Catalogue, found: tuple[Moved, ...]) -> tuple[Moved, ...]:
        return history.seen_by(self.audience, catalogue, found)

    def _far_back(self, at: str) -> str:
        return moments.far_back(self.root, at, _MOST_COMMITS)

    def _as_it_was(self, commit: str, today: date) -> Snapshot | None:
        return self._read(commit, None, today) or self._elsewhere(commit, today)

    def _read(self, commit: str, place: str | None, today: date) -> Snapshot | None:
        return snapshot.load_at(
            self.root, commit, self.schemas, today, self.shown, place=place, beside=self.beside, like=self.whole
        )

    def _elsewhere(self, commit: str, today: date) -> Snapshot | None:
        """The catalogue of a commit that had it in another folder, if that is the only one."""
        places = revision.catalogues(self.root, commit)
        return self._read(commit, places[0], today) if len(places) == 1 else None


def past_of(
    root: Path, schemas: Path, whole: Snapshot, audience: Level, *, shown: str, beside: bool,
    like: Past | NoPast | None = None,
) -> Past | NoPast:  # fmt: skip
    """The history of the catalogue in a folder up to what is checked out, or why there is none.

    What is known of commits is taken over from `like`, a past of the same folder, where the kinds are the same.
    """
    try:
        head = revision.commit(root, "HEAD")
    except RevisionError as error:
        return NoPast(reason=error.message)
    same = isinstance(like, Past) and like.whole.catalogue.metamodel is whole.catalogue.metamodel
    known = like.known if same and isinstance(like, Past) else Known()
    return Past(
        root=root, shown=shown, schemas=schemas, beside=beside, whole=whole, audience=audience, head=head, known=known
    )


def _newest(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The newest of some steps, as many as together changed no more files than are read."""

    def kept() -> Iterator[Step]:
        left = _MOST_FILES
        for step in reversed(steps):
            left -= len(step.versions)
            if left < 0:
                return
            yield step

    return tuple(islice(kept(), len(steps)))[::-1]
