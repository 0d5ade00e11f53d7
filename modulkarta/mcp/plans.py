"""glapp, tackning, andringar, fardplan: how the old becomes the new, and what has changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from modulkarta import dates
from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import OUTCOME_WORDS, Row
from modulkarta.changes.between import changes
from modulkarta.changes.sections import sections
from modulkarta.findings import message
from modulkarta.mcp import sized
from modulkarta.mcp.asking import Asked, Refused
from modulkarta.nearest import shown
from modulkarta.past import Moment, Past, RevisionError
from modulkarta.records import roadmap, rows
from modulkarta.records.values import Record
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

NOT_JUDGED = "kan-inte-bedomas"
PARTS = {"milstolpar": "milestones", "insatser": "lanes", "dagar": "events"}


def glapp(asked: Asked) -> Record:
    """The days without the old or the new, worst first, and what cannot be judged because something is not known."""
    system = asked.entity(asked.text("system"), "system").id if asked.text("system") else None
    gaps = [row for row in coverage.gaps(asked.catalogue, _between(asked)) if system in (None, row.system)]
    unknown = [row for row in coverage.not_judged(asked.catalogue) if system in (None, row.system)]
    chosen = unknown if asked.text("vad") == NOT_JUDGED else gaps
    part = sized.part("rows", [_row(asked, row) for row in chosen], asked.whole(sized.SKIP, 0))
    return {
        "schema": "modulkarta/gaps/1", "what": asked.text("vad") or "glapp", "gaps": len(gaps),
        "cannot_be_judged": len(unknown), **part, **sized.cited(asked.catalogue, part["rows"]),
    }  # fmt: skip


def tackning(asked: Asked) -> Record:
    """Function by function how an existing system is replaced."""
    system = asked.entity(asked.text("system"), "system")
    found = [_row(asked, row) for row in coverage.of_system(asked.catalogue, system.id)]
    part = sized.part("rows", found, asked.whole(sized.SKIP, 0))
    return {
        "schema": "modulkarta/coverage/1", "system": system.id, **part,
        **sized.cited(asked.catalogue, system.id, part["rows"]),
    }  # fmt: skip


def fardplan(asked: Asked) -> Record:
    """The milestones, the work under way or the days of the plan, as they stand on a day."""
    record: dict[str, Any] = dict(roadmap.roadmap(asked.catalogue, asked.day))
    chosen = PARTS[asked.text("del") or "milstolpar"]
    part = sized.part(chosen, record[chosen], asked.whole(sized.SKIP, 0))
    counts = {name: len(record[key]) for name, key in PARTS.items()}
    return {
        "schema": record["schema"], "parts": counts, **part, "undated": len(record["undated"]),
        **sized.cited(asked.catalogue, part[chosen]),
    }  # fmt: skip


def andringar(asked: Asked) -> Record:
    """What has changed between two times, in sentences; what is worded differently comes last."""
    past = asked.reading.past
    if not isinstance(past, Past):
        raise Refused(message("Det finns inget att jämföra med: {reason}.", reason=past.reason))
    try:
        before, name = _before(asked, past)
        after = _at(asked, past, asked.text("till"))
        found = changes(before, after)
    except RevisionError as error:
        raise Refused(error.message) from None
    lines = [
        {"section": section.title, "entity": line.entity, "words": line.words}
        for section in sections(found, asked.language)
        for line in section.lines
    ]
    part = sized.part("changes", lines, asked.whole(sized.SKIP, 0))
    return {
        "schema": "modulkarta/changes-in-words/1", "from": name, "to": asked.text("till") or "nu",
        "nothing": found.nothing, **part, **sized.cited(after.catalogue, part["changes"]),
    }  # fmt: skip


def _row(asked: Asked, row: Row) -> Record:
    """A row, and what it says in words."""
    words = row.gap.said() if row.gap else OUTCOME_WORDS[row.outcome]
    return {**rows.record(row), "words": said(words, asked.language)}


def _between(asked: Asked) -> tuple[date, date] | None:
    """The days that a gap must have one of; None where nothing is asked."""
    written = asked.text("inom")
    if not written:
        return (asked.day, date.max) if asked.text("datum") else None
    length = dates.duration(written)
    if length is None:
        raise Refused(
            message("”{written}” är inte en tid; skriv till exempel 24m, 2y, 8w eller 90d.", written=shown(written))
        )
    return asked.day, dates.plus(asked.day, length)


def _before(asked: Asked, past: Past) -> tuple[Snapshot, str]:
    """The time to compare with: the one asked for, else the last report."""
    name = asked.text("fran")
    if name:
        return _at(asked, past, name), name
    report = past.report_before(None)
    if report is None:
        raise Refused(message("Det finns ingen rapport att jämföra med. Säg från när med fran."))
    return _read(asked, past, report), report.name


def _at(asked: Asked, past: Past, name: str) -> Snapshot:
    """The catalogue of now, of a day, of a report or a commit."""
    if name in ("", *dates.NOW):
        return asked.reading.read
    when = dates.parse(name)
    moment = past.on_day(when.earliest) if when and when.exact else past.moment(name)
    if moment is None:
        raise Refused(
            message(
                "Det finns ingen version ”{name}”. Skriv en dag, en rapport som rapport-2026-10, eller ett id i git.",
                name=shown(name),
            )
        )
    return _read(asked, past, moment)


def _read(asked: Asked, past: Past, moment: Moment) -> Snapshot:
    read = past.read(moment, asked.today)
    if read is None:
        raise Refused(message("Katalogen fanns inte i {name}.", name=moment.name))
    return read
