"""What has changed from one time to another: as a page, and report by report as a feed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, g, render_template, request, url_for
from werkzeug.exceptions import NotFound

from modulkarta.changes.affected import Affected, affected
from modulkarta.changes.between import Changes
from modulkarta.changes.sections import Line, Section, sections
from modulkarta.figures import Figure
from modulkarta.figures.changed import changed_figure
from modulkarta.findings import message
from modulkarta.past import Moment, NoPast, Past
from modulkarta.report.atom import Entry, Feed, fragment, written
from webapp import asked
from webapp.addresses import address
from webapp.generations import Generation
from webapp.language import language, sentences, spoken

pages = Blueprint("changes", __name__)

_MOST_PAIRS = 24
_MOST_NEWS = 12
_MOST_COUNTED = 1000
"""Files of a catalogue that the first page and the feed compare: they are to be there at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two catalogues, and what changed from the one to the other."""

    before: Generation
    after: Generation
    found: Changes
    sections: tuple[Section, ...]
    affected: Affected

    @property
    def meant(self) -> int:
        """How many sentences tell of more than wording."""
        return sum(len(section.lines) for section in self.sections if not section.folded)

    @property
    def figure(self) -> Figure | None:
        """What changed and what hangs together with it, drawn before and after."""
        return changed_figure(self.found, language())

    @property
    def worded(self) -> int:
        return sum(len(section.lines) for section in self.sections if section.folded)

    def address(self, line: Line) -> str | None:
        """The page of what a line is about, in the later catalogue, else in the one that had it."""
        for side in (self.after, self.before):
            if entity := side.read.catalogue.get(line.entity):
                return address(entity, rev=side.moment.name if side.moment else None)
        return None


@pages.get("/andringar")
def andringar() -> str:
    past = asked.generations().past
    if isinstance(past, NoPast):
        return render_template("changes.html", why=sentences(past.reason), past=None)
    after = asked.some_time(_asked("till")) if _asked("till") else asked.generation()
    fran = _asked("fran") or _report_before(past, after)
    return render_template(
        "changes.html", past=past, made=comparison(asked.some_time(fran), after) if fran else None, fran=fran,
        till=_asked("till") or (after.moment.name if after.moment else "nu"), pairs=_pairs(past),
    )  # fmt: skip


@pages.get("/andringar.svg")
def picture() -> Response:
    """The picture of a change, by an address that a comment can lead to."""
    figure = comparison(asked.some_time(_asked("fran") or "nu"), asked.some_time(_asked("till") or "nu")).figure
    if figure is None:
        raise NotFound(spoken(message("Det finns ingen bild, för inget är ändrat i sak.")))
    return Response(figure.svg, mimetype="image/svg+xml")


@pages.get("/andringar.atom")
def feed() -> Response:
    past = asked.generations().past
    if isinstance(past, NoPast):
        raise asked.NoRevision(sentences(message("Det finns inga nyheter att hämta."), past.reason))
    settings = asked.generations().current.read.catalogue.settings
    title = spoken(message("{title}: ändringar", title=settings.title))
    made = Feed(
        about=past.begun.commit, title=title, author=settings.organisation or settings.title,
        page=_outside("changes.andringar"), address=_outside("changes.feed"), language=language(),
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


def comparison(before: Generation, after: Generation) -> Comparison:
    """What changed between two catalogues, and how that changes the day of the plan that is asked for, if one is."""
    found = asked.generations().changes(before, after)
    day = asked.on() if asked.on() != g.today else None
    return Comparison(
        before=before, after=after, found=found, sections=sections(found, language(), day), affected=affected(found)
    )


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()


def _report_before(past: Past, after: Generation) -> str:
    report = past.report_before(after.moment)
    return report.name if report else ""


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


def _pairs(past: Past) -> list[tuple[str, str]]:
    """Each report and the one before it, newest first."""
    names = [one.name for one in past.reports]
    return [*pairwise(names)][: -_MOST_PAIRS - 1 : -1]
