"""The timeline as an iCalendar file (RFC 5545), for anybody's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from modulkarta import __version__, dates
from modulkarta.analysis.roadmap import timeline
from modulkarta.analysis.roadmap.timeline import Event
from modulkarta.dates import When, phrase
from modulkarta.findings import dotted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, said


def written(catalogue: Catalogue, events: Sequence[Event], on: date, language: Language) -> str:
    """Each event as a whole day, or as all the days it may mean; `on` is the day the file was made.

    The same events on the same day give the same bytes.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//modulkarta//{__version__}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", catalogue.settings.title)
    for event in events:
        calendar.add_component(_event(catalogue, event, on, language))
    return str(calendar.to_ical().decode("utf-8"))


def _event(catalogue: Catalogue, event: Event, on: date, language: Language) -> icalendar.Event:
    first, last = _days(event.when)
    what = said(timeline.OCCASION_WORDS[event.occasion], language)
    entry = icalendar.Event()
    entry.add("uid", f"{event.entity}.{event.occasion}.{dotted(event.path)}@modulkarta")
    entry.add("dtstamp", datetime.combine(on, time(), UTC))
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))
    example = said(message(" (exempel)"), language) if event.truth == "illustrative" else ""
    entry.add("summary", f"{catalogue.name(event.entity, language)}: {what}{example}")
    entry.add("description", said(phrase(event.when), language) + example)
    if example:
        entry.add("status", "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    return entry


def _days(when: When) -> tuple[date, date]:
    """The days an event may mean; of one without bound the day that is known."""
    first = when.latest if when.earliest == dates.DISTANT_PAST else when.earliest
    return first, first if when.latest == dates.DISTANT_FUTURE else max(first, when.latest)
