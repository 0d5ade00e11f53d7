"""Milestones: in a table, and as diamonds on the roadmap, with where they stood in the report before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap import STANDING_WORDS, Lane, Milestone
from modulkarta.changes.shifts import Shift, shift
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When, phrase, written
from modulkarta.figures import Table, table
from modulkarta.figures.axis import Axis
from modulkarta.figures.fonts import width
from modulkarta.figures.svg import INK, QUIET, Drawing, fitted
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Truth
from modulkarta.wording import Language, marked, said

ROW = 24.0
_LABEL, _MOST_MOVED = 330.0, 420.0
_ARROW = 12.0
"""The shortest line from where a milestone stood that has room for a point."""

Before = Mapping[str, Milestone | None]
"""The milestones of the report before this one, by the ids they have now; None for one that could not be read."""


def milestone_table(catalogue: Catalogue, on: date, before: Before | None = None, language: Language = "sv") -> Table:
    """The milestones in words, earliest first; with what the report before said of them where there is one."""
    rows = [
        (
            marked(catalogue.name(m.entity, language), m.truth, language),
            *(said(day, language) for day in (_dates(m) if before is None else _compared(m, before, language))),
            said(STANDING_WORDS[roadmap.standing(m, on)], language),
            certainty_words(catalogue, m, language),
            marked(catalogue.name(m.goal, language), _truth(catalogue, m.goal), language) if m.goal else "–",
        )
        for m in roadmap.milestones(catalogue)
    ]
    caption, *heading = (said(words, language) for words in (message("Milstolpar"), *_heading(before)))
    return table(caption, heading, rows)


def certainty_words(catalogue: Catalogue, milestone: Milestone, language: Language = "sv") -> str:
    """How certain a milestone's date is, in words; what has happened is no plan."""
    if milestone.done:
        return said(message("har hänt"), language)
    words = catalogue.metamodel.kinds["milestone"].choices("certainty")
    known = words.get(milestone.certainty)
    return known.in_(language) if known else said(message("uppgift saknas"), language)


def slip(milestone: Milestone, before: Before | None) -> Shift | None:
    """How much later or earlier a milestone is to be than the report before said; None for what has happened."""
    earlier = (before or {}).get(milestone.entity)
    moved = shift(earlier.when, milestone.when) if earlier and milestone.done is None else None
    return moved if moved and moved.direction != "either" else None


def changed(milestone: Milestone, before: Before) -> list[Message]:
    """What became of a milestone since the report before: how far it moved, and that it is done."""
    was = before.get(milestone.entity)
    if was is None:
        return [message("kan inte jämföras") if milestone.entity in before else message("ny")]
    done = [message("nu klar")] if milestone.done and not was.done else []
    return [*_moved(was.when, milestone.when), *done]


def _heading(before: Before | None) -> tuple[Message, ...]:
    planned = (message("Datum"), message("Klar"))
    compared = (message("Planerat"), message("Prognos"), message("Ändring"))
    dated = planned if before is None else compared
    return message("Milstolpe"), *dated, message("Läge"), message("Hur säkert"), message("Delmål")


def _dates(milestone: Milestone) -> tuple[Message | str, ...]:
    return phrase(milestone.when), phrase(milestone.done) if milestone.done else "–"


def _compared(milestone: Milestone, before: Before, language: Language) -> tuple[Message | str, ...]:
    """What the report before said, what is said now or was reached, and the difference."""
    was = before.get(milestone.entity)
    change = ", ".join(said(words, language) for words in changed(milestone, before))
    return phrase(was.when) if was else "–", phrase(milestone.shown), change or "–"


def _truth(catalogue: Catalogue, id_: str) -> Truth:
    entity = catalogue.get(id_)
    return entity.truth() if entity else "unknown"


def _moved(was: When | None, is_: When | None) -> Iterator[Message]:
    moved = shift(was, is_)
    if moved:
        yield moved.said()
    elif (was and written(was)) != (is_ and written(is_)):
        yield message("ändrat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A milestone with its words, where they start, and the row of its lane that has room for them."""

    milestone: Milestone
    x: float
    was: float | None
    """Where it stood before."""
    words: str
    start: float
    row: int = 0

    @property
    def room(self) -> tuple[float, float]:
        """What the words, the mark and the one before take of a row."""
        ends = _ends(self.x, self.was)
        return min(ends[0] - 10, self.start - 2), max(ends[1] + 10, self.start + width(self.words, 11) + 2)


@dataclass(frozen=True, slots=True)
class Marks:
    """The milestones of a roadmap, placed on its axis."""

    catalogue: Catalogue
    span: Axis
    before: Before | None = None
    language: Language = "sv"

    def height(self, lane: Lane) -> float:
        """How much room the milestones of a lane need."""
        return ROW * (max((label.row for label in self.labels(lane)), default=-1) + 1)

    def labels(self, lane: Lane) -> list[Label]:
        """Each milestone's words to the right of its mark, or to the left at the edge, on the first row with room."""
        taken: list[list[tuple[float, float]]] = []
        labels = []
        for milestone in lane.milestones:
            label = self._label(milestone)
            free = (i for i, others in enumerate(taken) if all(_apart(label.room, other) for other in others))
            row = next(free, len(taken))
            if row == len(taken):
                taken.append([])
            taken[row].append(label.room)
            labels.append(replace(label, row=row))
        return labels

    def slips(self, lane: Lane) -> bool:
        """Whether something in a lane is shown to have moved."""
        return any(label.was is not None for label in self.labels(lane))

    def draw(self, drawing: Drawing, lane: Lane, y: float) -> None:
        for label in self.labels(lane):
            _draw(drawing, label, y + label.row * ROW + ROW / 2)

    def _label(self, milestone: Milestone) -> Label:
        when = milestone.shown
        assert when is not None
        x, was, words = _middle(when, self.span), self._was(milestone), self._words(milestone, when)
        first, last = _ends(x, was)
        fits = last + 14 + width(words, 11) <= self.span.right
        start = last + 12 if fits else first - 12 - width(words, 11)
        return Label(milestone=milestone, x=x, was=was, words=words, start=start)

    def _was(self, milestone: Milestone) -> float | None:
        """Where on the axis a milestone that moved stood."""
        earlier = (self.before or {}).get(milestone.entity) if slip(milestone, self.before) else None
        held = earlier and earlier.when and self.span.holds(earlier.when)
        return _middle(earlier.when, self.span) if earlier and earlier.when and held else None

    def _words(self, milestone: Milestone, when: When) -> str:
        """The name, the date and how far it moved; the name shortened where they are too long for the picture."""
        entity, language = self.catalogue.entities[milestone.entity], self.language
        names = (entity.name_in(language), entity.short_name_in(language))
        day = said(phrase(when), language)
        long, short = (f"{marked(name, milestone.truth, language)}, {day}" for name in names)
        words = long if width(long, 11) <= _LABEL else fitted(short, 11, _LABEL)
        moved = slip(milestone, self.before)
        return fitted(f"{words} ({said(moved.said(), language)})", 11, _MOST_MOVED) if moved else words


def _draw(drawing: Drawing, label: Label, y: float) -> None:
    done = label.milestone.done is not None
    idea = label.milestone.certainty == "idea"
    if label.was is not None:
        draw_slip(drawing, label.was, label.x, y)
    drawing.diamond(
        label.x, y, 7, fill=INK if done else "#FFFFFF", stroke=INK, stroke_width=1.6,
        stroke_dasharray="2 1.5" if idea else None,
    )  # fmt: skip
    drawing.rect(label.start - 2, y - 8, width(label.words, 11) + 4, 16, fill="#FFFFFF")
    drawing.text(label.start, y + 4, label.words, 11)


def draw_slip(drawing: Drawing, was: float, x: float, y: float) -> None:
    """Where a milestone stood, small and hollow, and a line with a point from there to where it stands."""
    towards = 1 if x > was else -1
    drawing.diamond(was, y, 4.5, fill="#FFFFFF", stroke=QUIET, stroke_width=1.2)
    if abs(x - was) > _ARROW:
        start, end = was + towards * 5, x - towards * 8
        drawing.line(start, y, end, y, stroke=QUIET, stroke_width=1.4)
        drawing.path(f"M{end - towards * 4:.1f} {y - 3:.1f}L{end:.1f} {y:.1f}L{end - towards * 4:.1f} {y + 3:.1f}",
                     stroke=QUIET, stroke_width=1.4, fill="none")  # fmt: skip


def _middle(when: When, span: Axis) -> float:
    """Where a date's mark stands: amid its days, at the known end of one that is open."""
    if when.earliest == DISTANT_PAST:
        return span.after(when.latest)
    if when.latest == DISTANT_FUTURE:
        return span.x(when.earliest)
    return (span.x(when.earliest) + span.after(when.latest)) / 2


def _ends(x: float, was: float | None) -> tuple[float, float]:
    return (x, x) if was is None else (min(x, was), max(x, was))


def _apart(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[1] + 8 < b[0] or b[1] + 8 < a[0]
