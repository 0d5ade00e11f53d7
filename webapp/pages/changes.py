"""What has changed from one time to another: as a page, and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, g, render_template, request
from werkzeug.exceptions import NotFound

from modulkarta.changes.affected import Affected, affected
from modulkarta.changes.between import Changes
from modulkarta.changes.sections import Line, Section, sections
from modulkarta.figures import Figure
from modulkarta.figures.changed import changed_figure
from modulkarta.findings import message
from modulkarta.past import NoPast, Past
from webapp import asked
from webapp.addresses import address
from webapp.generations import Generation
from webapp.language import language, sentences, spoken

pages = Blueprint("changes", __name__)

_MOST_PAIRS = 24


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


def _pairs(past: Past) -> list[tuple[str, str]]:
    """Each report and the one before it, newest first."""
    names = [one.name for one in past.reports]
    return [*pairwise(names)][: -_MOST_PAIRS - 1 : -1]
