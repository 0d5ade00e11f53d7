"""Moments of the history that have a name: commits by their ids, by the day, and by the reports' tags."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from modulkarta.dates.periods import FIRST_YEAR, LAST_YEAR
from modulkarta.source.git import answered, git, resolved, understood

_BREAK = "\x02"
_FIELDS = ("H", "cI", "s")
_TAGS = "refs/tags/rapport-*"
_TAG_FIELDS = ("objectname", "committerdate:iso-strict", "contents:subject")
_ID = re.compile(r"[0-9a-f]{7,64}")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_REPORT = re.compile(rf"rapport-{_MONTH.pattern}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A commit, and what people call it: the tag of a report, else the beginning of its id."""

    name: str
    commit: str
    at: datetime
    subject: str

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def short(self) -> str:
        return self.commit[:7]

    @property
    def told_of(self) -> date:
        """The day that a report told of, else that of the commit."""
        return day_of_report(self.name) or self.day


def reports(place: Path) -> tuple[Moment, ...]:
    """The commits that a tag calls a report (`rapport-2026-10`), oldest first."""
    fields = [f"%({sign}{field})" for sign in ("", "*") for field in _TAG_FIELDS]
    format_ = "%00".join(("%(refname:lstrip=2)", "%(objecttype)", "%(*objecttype)", *fields))
    told = _asked(place, "for-each-ref", f"--format={format_}", _TAGS)
    with understood():
        return tuple(sorted(_reports(told.split("\n")[:-1]), key=lambda one: (one.day, one.name)))


def report_of(month: str) -> str:
    """What the tag of a month's report (`2026-11`) is called."""
    return f"rapport-{month}"


def report_before(known: Iterable[Moment], month: str) -> Moment | None:
    """Of the reports that there are, the newest of a month before another (`2026-11`); None where there is none."""
    earlier = (one for one in known if _REPORT.fullmatch(one.name) and one.name < report_of(month))
    return max(earlier, key=lambda one: one.name, default=None)


def day_of_report(name: str) -> date | None:
    """The day that a report told of, by its tag (`rapport-2026-11`); None for what is called something else."""
    return last_day(name.removeprefix(report_of(""))) if name.startswith(report_of("")) else None


def last_day(month: str) -> date | None:
    """The last day of a month written `2026-11`; None for what is no month."""
    parts = _MONTH.fullmatch(month)
    if parts is None:
        return None
    year, number = int(parts[1]), int(parts[2])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, number, calendar.monthrange(year, number)[1])


def state(place: Path) -> bytes:
    """What tells whether the history went on since: what is checked out, if it can be read, and what the tags name.

    Nothing where git has nothing to tell; RevisionError where it cannot be asked.
    """
    return git(place, "rev-parse", "HEAD", "HEAD^{commit}", "--tags=rapport-*").stdout


def by_id(place: Path, head: str, written: str) -> Moment | None:
    """The commit whose id is, or begins with, what somebody wrote, if it is on the way to `head`."""
    if not _ID.fullmatch(written):
        return None
    commit = resolved(place, f"{written}^{{commit}}")
    if not commit.startswith(written):
        return None
    if git(place, "merge-base", "--is-ancestor", commit, head).returncode:
        return None
    return next(iter(_moments(_asked(place, "log", "-1", _format(), commit))), None)


def on_day(place: Path, head: str, day: date) -> Moment | None:
    """The last commit made on a day or before it, of those that led straight to `head`."""
    wanted = ("--first-parent", f"--until={day.isoformat()}T23:59:59")
    return next(iter(_moments(_asked(place, "log", "-1", *wanted, _format(), head))), None)


def last(place: Path, head: str, most: int) -> tuple[Moment, ...]:
    """The last commits that changed something below a folder, oldest first."""
    told = _asked(place, "log", f"-{most}", "--first-parent", _format(), head, "--", ".")
    return tuple(reversed(_moments(told)))


def first(place: Path, head: str) -> Moment:
    """The first commit of those that led straight to another."""
    told = _asked(place, "log", "--first-parent", "--max-parents=0", _format(), head)
    with understood():
        return _moments(told)[-1]


def before_removal(place: Path, head: str, name: str, beyond: str = "") -> Moment | None:
    """The last moment that had a file of a name (`ambulink.yaml`) below a folder, of one that a commit took away.

    `head` is where to look back from, and `beyond` a commit behind which nothing is looked at.
    """
    wanted = ("--first-parent", "--diff-merges=first-parent", "--no-renames", "--diff-filter=D", "--raw")
    behind = [f"^{beyond}"] if beyond else []
    told = _asked(place, "log", "-1", *wanted, "--format=%H", head, *behind, "--", f":(glob)**/{name}")
    gone = told.partition("\n")[0]
    return next(iter(_moments(_asked(place, "log", "-1", _format(), f"{gone}^"))), None) if gone else None


def far_back(place: Path, head: str, steps: int) -> str:
    """The id of the commit so many steps before another, "" where the history is not that long."""
    return _asked(place, "rev-list", "--first-parent", f"--skip={steps}", "-1", head).strip()


def _format() -> str:
    return f"--format={_BREAK.join(f'%{field}' for field in _FIELDS)}"


def _moments(told: str) -> list[Moment]:
    with understood():
        return [_moment(line) for line in told.split("\n")[:-1]]


def _moment(line: str) -> Moment:
    commit, at, subject = line.split(_BREAK, 2)
    return Moment(name=commit[:12], commit=commit, at=datetime.fromisoformat(at), subject=subject.strip())


def _reports(lines: Iterable[str]) -> Iterator[Moment]:
    for line in lines:
        name, own, target, *fields = line.split("\0")
        commit, at, subject = fields[:3] if own == "commit" else fields[3:]
        if "commit" in (own, target):
            yield Moment(name=name, commit=commit, at=datetime.fromisoformat(at), subject=subject.strip())


def _asked(place: Path, *arguments: str) -> str:
    return answered(place, *arguments).decode("utf-8", "backslashreplace")
