"""What is new: report by report as a feed, and on the first page since the last of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, request, url_for

from modulkarta.findings import message
from modulkarta.past import Moment, NoPast, Past
from modulkarta.report.atom import Entry, Feed, fragment, written
from webapp import asked
from webapp.language import language, sentences, spoken
from webapp.pages.changes import comparison

pages = Blueprint("news", __name__)

_MOST_NEWS = 12
_MOST_COUNTED = 1000
"""Files of a catalogue that the first page and the feed compare: they are to be there at once."""


@pages.get("/andringar.atom")
def feed() -> Response:
    past = asked.generations().past
    if isinstance(past, NoPast):
        raise asked.NoRevision(sentences(message("Det finns inga nyheter att hämta."), past.reason))
    settings = asked.generations().current.read.catalogue.settings
    title = spoken(message("{title}: ändringar", title=settings.title))
    made = Feed(
        about=past.begun.commit, title=title, author=settings.organisation or settings.title,
        page=_outside("changes.andringar"), address=_outside("news.feed"), language=language(),
        entries=tuple(_entry(before, after) for before, after in _news(past)),
    )  # fmt: skip
    answer = Response(written(made, past.begun.at), mimetype="application/atom+xml")
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """That there is something to read since a report; how many changes, where the catalogue is soon compared."""

    report: Moment
    changes: int | None


def since_last_report() -> News | None:
    """What the first page says of changes; nothing where there is no report before what is shown."""
    report = asked.last_report()
    if report is None:
        return None
    before = asked.from_git(lambda: asked.generations().at(report), None) if _small() else None
    return News(report=report, changes=comparison(before, asked.generation()).meant if before else None)


def _news(past: Past) -> list[tuple[Moment, Moment]]:
    """Each report with the one before it, newest first; where there are none yet, each of the last changes."""
    reports = past.reports[-_MOST_NEWS - 1 :]
    several = reports if len(reports) > 1 or not past.tells_of_commits else past.steps(_MOST_NEWS + 1)
    return [*pairwise(several)][::-1]


def _entry(before: Moment, after: Moment) -> Entry:
    """A report's news; of a commit, what it said itself. What changed in a large catalogue is read on the page."""
    is_report = after.name.startswith("rapport-")
    title = spoken(message("Ändringar till {name}", name=after.name)) if is_report else after.subject
    return Entry(
        about=f"{before.commit} {after.name}", title=title,
        address=_outside("changes.andringar", fran=before.name, till=after.name), at=after.at,
        html=fragment(asked.generations().told(before, after, language()), language()) if _small() else "",
    )  # fmt: skip


def _small() -> bool:
    """Whether the catalogue is compared at once."""
    return asked.generation().read.files <= _MOST_COUNTED


def _outside(endpoint: str, **asked_for: str) -> str:
    """The whole address of a page, without the day and version that this request happened to ask for."""
    return url_for(endpoint, datum=None, rev=None, _external=True, **asked_for)
