"""Changed files onto disk: whole or not at all, never over what somebody else has written meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from modulkarta.findings import Message, message

_BOM = "\ufeff".encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A file of the catalogue as it is, and as it is to be.

    `path` is relative to the catalogue with `/`, `to` the new one if the file moves; `before` is None for a new file,
    `after` None for one that goes.
    """

    path: str
    before: bytes | None
    after: bytes | None
    to: str = ""

    @property
    def goal(self) -> str:
        """Where the file lies afterwards."""
        return self.to or self.path

    @property
    def undone(self) -> Change:
        return Change(path=self.goal, before=self.after, after=self.before, to=self.path if self.to else "")


def retold(before: bytes, text: str) -> bytes:
    """The bytes of a text that takes the place of others: with a byte order mark if they have one."""
    return _BOM + text.encode() if before.startswith(_BOM) else text.encode()


def write(root: Path, change: Change) -> Message | None:
    """Make one change in the catalogue's folder; why not, if it cannot be made. Nothing is left half written."""
    try:
        reason = _refused(root, change)
        if reason is None:
            _make(root, change)
        return reason
    except OSError as error:
        return _reason(error)


def write_all(root: Path, changes: Iterable[Change]) -> tuple[str, Message] | None:
    """Make all changes or none; the file that could not be changed, and why."""
    several = tuple(changes)
    for change in several:
        if reason := _attempt(root, change):
            return change.path, reason
    done: list[Change] = []
    for change in several:
        if reason := write(root, change):
            for earlier in reversed(done):
                write(root, earlier.undone)
            return change.path, reason
        done.append(change)
    return None


def put(place: Path, data: bytes, mode: int | None = None) -> None:
    """Write beside, then move there: a reader sees the old file or the new one, never a part. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
        if mode is not None:
            beside.chmod(mode)
        beside.replace(place)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def difference(change: Change, shown: str) -> Iterator[str]:
    """A change as a unified diff, line by line; `shown` is what the catalogue's folder is called."""
    before, after = (_lines(data) for data in (change.before, change.after))
    old = f"{shown}/{change.path}" if change.before is not None else "/dev/null"
    new = f"{shown}/{change.goal}" if change.after is not None else "/dev/null"
    if change.to:
        yield f"rename from {old}"
        yield f"rename to {new}"
    for line in unified_diff(before, after, old, new, lineterm=""):
        yield line.removesuffix("\n")
        if line[:1] in ("+", "-", " ") and not line.endswith("\n") and not line.startswith(("+++ ", "--- ")):
            yield "\\ No newline at end of file"


def _attempt(root: Path, change: Change) -> Message | None:
    """What stands in the way of a change, as far as that shows before it is made."""
    try:
        return _refused(root, change)
    except OSError as error:
        return _reason(error)


def _refused(root: Path, change: Change) -> Message | None:
    place, goal = root / change.path, root / change.goal
    if (change.before is None or change.to) and os.path.lexists(goal):
        return message("det finns redan en fil där")
    if not _inside(root, goal) or not _inside(root, place):
        return message("länken leder ut ur katalogen eller ingenstans")
    if change.before is None:
        return None
    state = place.stat()
    if not state.st_mode & 0o222 or not os.access(place, os.W_OK):
        return message("filen är skrivskyddad")
    if place.read_bytes() != change.before:
        return message("filen ändrades under tiden; kör kommandot igen")
    return None


def _make(root: Path, change: Change) -> None:
    place, goal = root / change.path, root / change.goal
    if change.after is None:
        place.unlink()
        return
    mode = stat.S_IMODE(place.stat().st_mode) if change.before is not None else None
    put(goal if change.to else goal.resolve(), change.after, mode)
    if change.to:
        try:
            place.unlink()
        except OSError:
            goal.unlink()
            raise


def _inside(root: Path, place: Path) -> bool:
    try:
        return place.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", errors="replace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [last for last in text.split("\n")[-1:] if last]


def _reason(error: OSError) -> Message:
    if isinstance(error, PermissionError):
        return message("du har inte rätt att skriva där")
    return message("{reason}", reason=error.strerror or str(error))
