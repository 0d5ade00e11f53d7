"""The viewer that follows its files: what they say now is shown as soon as they are whole."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Event

from modulkarta.audience import as_closed_as, narrowed
from modulkarta.changes.unusable import unusable
from modulkarta.cli.options import today
from modulkarta.cli.serving.journal import Tell, told_to_people
from modulkarta.cli.serving.last_good import LastGood
from modulkarta.cli.serving.place import Known, Place, Seen, Taken
from modulkarta.findings import Finding, Message, counted, message
from modulkarta.levels import HIGHEST
from modulkarta.past import Past
from modulkarta.snapshot import Snapshot
from modulkarta.source import refused
from modulkarta.source.folder import state_of
from modulkarta.wording import said
from webapp.generations import Generations, Shown, Trouble

_PAUSE = 1.0
"""Seconds between two looks at the files, if a look is quick."""
_SHARE = 20
"""A look may take this part of the time between two."""
_STILL = 0.25
"""Seconds that nothing may change before the files are read: a file is often written in several goes."""
_MOST_LOOKS = 20
"""How many times it is waited for that, before the files are read all the same."""

_AGAIN = 60.0
"""Seconds after which what could not be shown is tried again, though nothing has changed that tells."""
_MOST_TOLD = 5


def generations(
    place: Place, whole: Snapshot, read: Snapshot, at: datetime | None = None, like: Generations | None = None
) -> Generations:
    """What is shown of a reading (of now, if nothing else is said), and of what was before it.

    What git has told the generations that were shown before is taken over.
    """
    return Generations(read, place.past(whole, like.past if like else None), today, at or now())


def now() -> datetime:
    return datetime.now().astimezone()


class Follower:
    """Looks at the files of a catalogue, and lets the viewer show what they say; `then` follows when it does."""

    def __init__(
        self, place: Place, whole: Snapshot, seen: Seen | None, shown: Shown, then: Callable[[], None] = lambda: None,
        tell: Tell = told_to_people, kept: LastGood | None = None, known: Known | None = None,
    ) -> None:  # fmt: skip
        self.place, self.whole, self.seen, self.shown, self.then, self.tell = place, whole, seen, shown, then, tell
        self.kept = kept or LastGood(None, place, tell)
        self.looked = time.monotonic()
        self.known = known
        """What the files said when they were last read: most of them need not be opened again."""
        self.told: tuple[Message, tuple[Finding, ...]] | None = None
        """What was said last of why something is not shown: it is not said each time it is tried again."""
        self.asked = Event()
        """Set by who wants the files to be read at once, changed or not."""
        self.beat: Callable[[], None] = lambda: None
        """Done each second."""

    def follow(self, ended: Event) -> None:
        """Until it is ended: the folders each second, all files as seldom as many of them take long to look at."""
        pause, due = _PAUSE, 0.0
        before: object = None
        while not ended.is_set():
            asked = self.asked.wait(pause)
            self.asked.clear()
            pause = _PAUSE
            with self._going_on():
                self.beat()
                began = time.thread_time()  # what readers cost meanwhile is not the cost of looking
                outline = self.place.outline()
                pause = _rest(began)
                if asked or outline != before or time.monotonic() >= due:
                    rest, before = self._step(asked, ended.wait), outline
                    due = time.monotonic() + rest

    def _step(self, asked: bool, wait: Callable[[float], object]) -> float:
        """Look at all files, and tell how long it may be until next time."""
        began, pause = time.thread_time(), _PAUSE
        with self._going_on():
            seen = self.place.state()
            pause = _rest(began)
            if asked:
                self.told = None
            changed = seen != self.seen
            if changed or asked or self._tries_again():
                self.look(wait, seen if changed and not asked else None)
        return pause

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """The viewer follows its files further, whatever happens here."""
        try:
            yield
        except Exception:
            self.tell("error", "Katalogen gick inte att läsa på nytt.", traceback=traceback.format_exc())

    def _tries_again(self) -> bool:
        """What is wrong may be something else than the files: a disk, the memory, what a link leads to."""
        return self.shown.generations.trouble is not None and time.monotonic() - self.looked > _AGAIN

    def catch_up(self) -> None:
        """Begin with what others have taken since this was read, and look at the files if they are others."""
        if good := self.kept.newer(self.whole):
            self.whole = good.whole
            self.shown.take(generations(self.place, good.whole, self._seen(good.whole), good.read_at))
        self._step(False, lambda seconds: None)

    def look(self, wait: Callable[[float], object], seen: Seen | None = None) -> None:
        """Read what is there, once it is still; what changes under the reading is read again.

        `seen` is what was seen just now, if somebody has looked; where it is not given, all files are opened.
        """
        if seen is None:
            self.known = None
        for _ in range(_MOST_LOOKS):
            before = self._still(wait, seen or self.place.state())
            found = self._found(before)
            seen = self.place.state()
            if seen == before:
                break
        self.seen, self.looked = before, time.monotonic()
        self._show(found)

    def _seen(self, whole: Snapshot) -> Snapshot:
        return narrowed(whole, self.place.audience)

    def _still(self, wait: Callable[[float], object], last: Seen) -> Seen:
        """What was seen last, once nothing more happens to what is another by then, and to the folders.

        That the rest is as it was is seen after the reading.
        """
        for _ in range(_MOST_LOOKS):
            watched = _watched(last, self.seen)
            glance = state_of(watched)
            wait(_STILL)
            if state_of(watched) == glance:
                break
            last = self.place.state()
        return last

    def _found(self, seen: Seen) -> tuple[Taken, Snapshot] | Message:
        try:
            taken, self.known = self.place.taken_again(self.known, seen)
            return taken, self.place.built(taken, like=self.whole)
        except ValueError as error:
            return message("schemana går inte att använda: {error}", error=str(error))
        except OSError as error:
            return message("katalogen går inte att läsa: {reason}", reason=refused.reason(error))
        except MemoryError:
            return message("minnet räcker inte för att läsa katalogen")

    def _show(self, found: tuple[Taken, Snapshot] | Message) -> None:
        if isinstance(found, Message):
            self._refuse(found, ())
            return
        taken, whole = found
        if faults := unusable(self.whole, whole):
            self._refuse(_of_files(faults), faults, whole)
            return
        self.whole, self.told = whole, None
        self.shown.take(generations(self.place, whole, self._seen(whole), like=self.shown.generations))
        self.tell("info", f"Katalogen är läst på nytt: version {self.shown.generations.current.read.version} visas.")
        self.kept.keep(taken)
        self.then()

    def _refuse(self, reason: Message, faults: tuple[Finding, ...], found: Snapshot | None = None) -> None:
        """Go on with the last good one, without what is classified since."""
        known = self.shown.generations.trouble
        since = known.since if known else self.kept.troubled_since(now())
        if found and self.place.audience != HIGHEST:
            self.shown.refuse(self._closed(found), self._trouble(since, found))
        else:
            self.shown.refuse(self.shown.generations, Trouble(since=since, reason=reason, findings=faults))
        if (reason, faults) != self.told:
            self._say_refused(reason, faults)

    def _say_refused(self, reason: Message, faults: tuple[Finding, ...]) -> None:
        self.told = reason, faults
        words = f"Ändringen visas inte: {said(reason)}."
        version = self.shown.generations.current.read.version
        self.tell("warning", f"{words} Version {version} visas tills det är rättat.", faults=_places(faults))

    def _closed(self, found: Snapshot) -> Generations:
        """What is shown, without what is classified since."""
        good, closed = self.shown.generations, as_closed_as(self.whole, found)
        if closed is self.whole:
            return good
        past = replace(good.past, whole=closed) if isinstance(good.past, Past) else good.past
        return Generations(self._seen(closed), past, today, good.read_at)

    def _trouble(self, since: datetime, found: Snapshot) -> Trouble | None:
        """What those may know who may not see all; nothing where only what is laid over for others is wrong.

        How many files are wrong would tell of those that they may not see.
        """
        audience = self.place.audience
        faults = unusable(self.whole.under(audience), found.under(audience))
        told = tuple(one for one in self._seen(found).findings if one in faults)
        reason = message("minst en fil går inte att använda")
        return Trouble(since=since, reason=reason, findings=told) if faults else None


def _watched(now: Seen, then: Seen | None) -> set[str]:
    """The files that are others than they were, and the folders of all: there it shows if somebody is still writing."""
    files, before = now[0][0], then[0][0] if then else frozenset()
    return {path for path, *_ in files ^ before} | {path.rpartition("/")[0] for path, *_ in files}


def _rest(began: float) -> float:
    """How long it may be until next time after a look that began then, in seconds of this thread's own time."""
    return max(_PAUSE, _SHARE * (time.thread_time() - began))


def _of_files(faults: tuple[Finding, ...]) -> Message:
    files = len({one.location.file for one in faults})
    return counted("{n} fil går inte att använda", "{n} filer går inte att använda", files)


def _places(faults: tuple[Finding, ...]) -> list[str]:
    """For the one who started the viewer, who has the files."""
    return [f"{one.location.file}:{one.location.line}: {said(one.message)}" for one in faults[:_MOST_TOLD]]
