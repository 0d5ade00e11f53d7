"""The roadmap as a picture of one page: what it says as its title, lanes of goals, honest ends, slips, gaps in red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap import STANDING_WORDS, Lane
from modulkarta.dates import When, plus
from modulkarta.figures import Figure, bounds, drawn, lettering
from modulkarta.figures.axis import HEAD, Axis, axis_ahead, axis_of_months, draw_axis, draw_today
from modulkarta.figures.milestones import Before, milestone_table, slip
from modulkarta.figures.roadmap import selection
from modulkarta.figures.roadmap.headline import headline
from modulkarta.figures.roadmap.key import Entry, draw_key, entries, key_height
from modulkarta.figures.roadmap.layout import GROUND, Layout, layout, with_tops
from modulkarta.figures.roadmap.marks import SIZE
from modulkarta.figures.roadmap.rows import MARGIN
from modulkarta.figures.roadmap.telling import Telling
from modulkarta.figures.svg import LINE, PAGE, QUIET, SMALL, Drawing, lines
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language

_LEFT, _RIGHT = 200.0, PAGE - MARGIN - SIZE
_SUBTITLE, _AIR = 18.0, 10.0


def roadmap_figure(
    catalogue: Catalogue, on: date, before: Before | None = None, language: Language = "sv", *,
    goal: str = "", months: int | None = None,
) -> Figure:  # fmt: skip
    """The roadmap on a day, with where the milestones stood `before`; all of it, or one goal, or so many months on.

    What there is no room for is left to the table, and counted under the picture.
    """
    telling = Telling(catalogue=catalogue, language=language, before=before)
    lanes = [lane for lane in roadmap.lanes(catalogue) if goal in ("", lane.goal)]
    title = headline(lanes, on, telling)
    drawing, top = lettering.page("fardplan", title, _alternative(title, on, lanes, telling))
    shown = _shown(lanes, on, telling, months, bounds.HIGHEST - top)
    drawing.height = top + shown.height
    _draw(drawing, shown, top, on)
    return drawn(drawing, milestone_table(catalogue, on, before, language), _only_in_the_table(lanes, shown))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """Everything under the title."""

    span: Axis
    layout: Layout
    key: tuple[Entry, ...]
    notes: tuple[str, ...]

    @property
    def telling(self) -> Telling:
        return self.layout.telling

    @property
    def height(self) -> float:
        below = key_height(self.key, self.telling) + lettering.pitch() * len(self.notes)
        return _SUBTITLE + HEAD + self.layout.height + 2 * _AIR + below


def _shown(lanes: Sequence[Lane], on: date, telling: Telling, months: int | None, highest: float) -> _Shown:
    """As much as a page has room for: empty lanes are left out first, then what weighs least."""
    far = axis_of_months(months, on, _LEFT, _RIGHT) if months else _widest(on)
    by = selection.weighing(telling.catalogue, on, telling.before)
    able = [selection.on_axis(lane, far) for lane in lanes]
    some = selection.weightiest([lane for lane in able if lane.goal or selection.size([lane])], by)
    chosen = selection.picks(some, by)
    tried = [(True, len(chosen)), *((False, number) for number in range(len(chosen), -1, -1))]
    for empty, number in tried:
        picked = selection.only(some, chosen[:number])
        kept = [(lane, own) for lane, own in zip(some, picked, strict=True) if empty or selection.size([own])]
        own = [one for _, one in kept]
        span = far if months else axis_ahead(_dates(own), on, _LEFT, _RIGHT)
        rows = layout(own, [selection.size([lane]) > 0 for lane, _ in kept], span, telling, on)
        key = tuple(entries(rows.bars, rows.marks, rows.telling))
        shown = _Shown(span=span, layout=rows, key=key, notes=tuple(_notes(lanes, own, rows, telling)))
        if shown.height <= highest:
            break
    return shown


def _widest(on: date) -> Axis:
    """All that an axis which follows the plan could hold."""
    furthest = When(earliest=on, latest=plus(on, (99, "y")))
    return axis_ahead([furthest], on, _LEFT, _RIGHT)


def _dates(lanes: Sequence[Lane]) -> Iterator[When]:
    for lane in lanes:
        yield from (mark.shown for mark in lane.milestones if mark.shown)
        for bar in lane.bars:
            yield from (when for when in (*(step.when for step in bar.steps), bar.starts, bar.ends) if when)
            if bar.gap and bar.gap.first:
                yield When(earliest=bar.gap.first, latest=bar.gap.first)


def _notes(lanes: Sequence[Lane], shown: Sequence[Lane], rows: Layout, telling: Telling) -> Iterator[str]:
    """What there is no room for, counted."""
    marks = sum(len(lane.milestones) for lane in lanes) - sum(len(lane.milestones) for lane in shown)
    bars = sum(len(lane.bars) for lane in lanes) - sum(len(lane.bars) for lane in shown)
    goals = sum(lane.goal is not None for lane in lanes) - sum(lane.goal is not None for lane in shown)
    mute = rows.untold
    left = (
        (
            marks,
            counted("{n} milstolpe till står bara i tabellen.", "{n} milstolpar till står bara i tabellen.", marks),
        ),
        (bars, counted("{n} insats eller system till visas inte.", "{n} insatser och system till visas inte.", bars)),
        (goals, counted("{n} delmål till visas inte.", "{n} delmål till visas inte.", goals)),
        (
            mute,
            counted(
                "För {n} rad får det inte plats vad den väntar på.",
                "För {n} rader får det inte plats vad de väntar på.",
                mute,
            ),
        ),
    )
    words = " ".join(telling.say(said) for number, said in left if number)
    yield from lines(words, SMALL, PAGE - 2 * MARGIN) if words else ()


def _only_in_the_table(lanes: Sequence[Lane], shown: _Shown) -> Iterator[str]:
    """The names of the milestones that are not shown."""
    drawn_ = {mark.milestone.entity for mark in shown.layout.marks}
    telling = shown.telling
    every = dict.fromkeys(mark.entity for lane in lanes for mark in lane.milestones)
    yield from (telling.catalogue.name(id_, telling.language) for id_ in every if id_ not in drawn_)


def _alternative(title: str, on: date, lanes: Sequence[Lane], telling: Telling) -> str:
    """What the picture says, then as much of how the milestones stand as there is room for."""
    own = [mark for lane in lanes for mark in lane.milestones]
    counts = dict.fromkeys(STANDING_WORDS, 0)
    for one in own:
        counts[roadmap.standing(one, on)] += 1
    passed = counts["late"] + counts["possibly-late"]
    slips = sum(slip(one, telling.before) is not None for one in own)
    told = [
        message(
            "Milstolpar {day}: {done} klara, {ahead} framåt.",
            day=on.isoformat(), done=counts["done"], ahead=counts["next"] + counts["later"],
        ),
        *([message("{n} har ett datum som kan ha passerat.", n=passed)] if passed else []),
        *([message("{n} har ett annat datum än i förra rapporten.", n=slips)] if slips else []),
        message("Samma uppgifter står i tabellen."),
    ]  # fmt: skip
    words = f"{title}."
    for sentence in told:
        longer = f"{words} {telling.say(sentence)}"
        words = longer if len(longer) <= lettering.LONGEST else words
    return words


def _draw(drawing: Drawing, shown: _Shown, top: float, on: date) -> None:
    telling = shown.telling
    drawing.text(MARGIN, top + 7, _subtitle(shown), SMALL, fill=QUIET)
    first = top + _SUBTITLE + HEAD
    bottom = first + shown.layout.height
    _draw_rows(drawing, shown, first, on)
    drawing.line(MARGIN, bottom, PAGE - MARGIN, bottom, stroke=LINE)
    draw_key(drawing, shown.key, bottom + _AIR, telling)
    after = bottom + _AIR + key_height(shown.key, telling)
    lettering.block(drawing, MARGIN, after, shown.notes, fill=QUIET)


def _draw_rows(drawing: Drawing, shown: _Shown, first: float, on: date) -> None:
    """The rows over the axis, today's line over the bars, and the words over today's line."""
    placed, language = list(with_tops(shown.layout.rows, first)), shown.telling.language
    bottom = first + shown.layout.height
    for y, row in placed:
        if row.rule:
            drawing.rect(MARGIN, y, PAGE - 2 * MARGIN, row.height, fill=GROUND)
    draw_axis(drawing, shown.span, first, bottom, on, language, on_it=False)
    for y, row in placed:
        row.draw(drawing, row.under, y)
    draw_today(drawing, shown.span, first, bottom, on, language)
    for y, row in placed:
        row.draw(drawing, row.parts, y)


def _subtitle(shown: _Shown) -> str:
    span, telling = shown.span, shown.telling
    if all(slip(mark.milestone, telling.before) is None for mark in shown.layout.marks):
        return telling.say(message("Färdplan {first}–{last}", first=span.first, last=span.last))
    return telling.say(
        message("Färdplan {first}–{last}, jämförd med förra rapporten", first=span.first, last=span.last)
    )
