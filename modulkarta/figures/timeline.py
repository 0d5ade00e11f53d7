"""The roadmap as a picture: lanes of goals, bars with honest ends, milestones with their dates, gaps in red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from modulkarta.analysis import roadmap
from modulkarta.analysis.coverage.evidence import contract_end
from modulkarta.analysis.lifecycle import Step
from modulkarta.analysis.roadmap import STANDING_WORDS, Bar, Lane
from modulkarta.dates import When
from modulkarta.figures import Figure, bounds, drawn, undrawn
from modulkarta.figures.axis import Axis, axis, axis_of_months, draw_axis
from modulkarta.figures.fonts import width
from modulkarta.figures.milestones import ROW, Before, Marks, draw_slip, milestone_table, slip
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP, Look
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, fitted
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Truth
from modulkarta.wording import Language, marked, said

WIDE = 1120
_LEFT, _RIGHT = 250.0, WIDE - 20.0
_TOP, _BAR, _LANE = 100.0, 14.0, 26.0
MOST_BARS, MOST_MILESTONES = 24, 18
_LEGEND: tuple[tuple[Message, Look, bool], ...] = (
    (message("införs"), PHASES["introducing"], True),
    (message("i drift"), PHASES["live"], True),
    (message("avvecklas"), PHASES["retiring"], True),
    (message("datumet är ett intervall"), PHASES["live"], False),
)


def roadmap_figure(
    catalogue: Catalogue, on: date, before: Before | None = None, language: Language = "sv", *,
    goal: str = "", months: int | None = None,
) -> Figure:  # fmt: skip
    """The roadmap on a day, with where the milestones stood `before`; all of it, or one goal, or so many months on.

    What there is no room for is left to the table, and counted under the picture.
    """
    lanes = [lane for lane in roadmap.lanes(catalogue) if (lane.bars or lane.milestones) and goal in ("", lane.goal)]
    span = _span(lanes, on, months)
    marks = Marks(catalogue, span, before, language)
    on_axis = [_on_axis(lane, span) for lane in lanes]
    shown = _first(on_axis)
    height = _TOP + sum(_lane_height(lane, marks) for lane in shown) + 70
    title = said(message("Färdplan {first}–{last}", first=span.first, last=span.last), language)
    drawing = Drawing("fardplan", title, _alternative(catalogue, on, before, language), WIDE, height)
    twin = milestone_table(catalogue, on, before, language)
    if _size(on_axis) > bounds.MOST_PLANNED:
        planned = counted("{n} insats eller milstolpe", "{n} insatser och milstolpar", _size(on_axis))
        return undrawn(drawing, twin, bounds.too_many(planned, bounds.MOST_PLANNED))
    drawing.text(20, 30, title, 18, bold=True)
    y = _TOP
    draw_axis(drawing, span, _TOP, height - 66, on, language)
    for lane in shown:
        _draw_lane(drawing, catalogue, lane, marks, y)
        y += _lane_height(lane, marks)
    _draw_legend(drawing, height - 40, language, slips=any(marks.slips(lane) for lane in shown))
    if left_out := _size(lanes) - _size(shown):
        more = counted("{n} till står bara i tabellen.", "{n} till står bara i tabellen.", left_out)
        drawing.text(20, height - 12, said(more, language), 11, fill=QUIET)
    return drawn(drawing, twin)


def _span(lanes: Sequence[Lane], on: date, months: int | None) -> Axis:
    if months is None:
        return axis(_dates(lanes), on, _LEFT, _RIGHT)
    return axis_of_months(months, on, _LEFT, _RIGHT)


def _truth(catalogue: Catalogue, id_: str | None) -> Truth:
    entity = catalogue.get(id_ or "")
    return entity.truth() if entity else "unknown"


def _alternative(catalogue: Catalogue, on: date, before: Before | None, language: Language) -> str:
    counts = dict.fromkeys(STANDING_WORDS, 0)
    for milestone in roadmap.milestones(catalogue):
        counts[roadmap.standing(milestone, on)] += 1
    ahead = counts["next"] + counts["later"]
    passed = counts["late"] + counts["possibly-late"]
    slips = sum(slip(milestone, before) is not None for milestone in roadmap.milestones(catalogue))
    told = [
        message(
            "Färdplan med läge {day}: {done} milstolpar är klara, {passed} har ett datum som har eller kan ha "
            "passerat, {ahead} ligger framåt.", day=on.isoformat(), done=counts["done"], passed=passed, ahead=ahead,
        ),
        *([message("{n} har ett annat datum än i förra rapporten.", n=slips)] if slips else []),
        message("Samma uppgifter står i tabellen."),
    ]  # fmt: skip
    return " ".join(said(sentence, language) for sentence in told)


def _dates(lanes: Sequence[Lane]) -> Iterator[When]:
    for lane in lanes:
        yield from (m.shown for m in lane.milestones if m.shown and not m.shown.unknown)
        for bar in lane.bars:
            yield from (end for end in (bar.starts, bar.ends) if end)


def _on_axis(lane: Lane, span: Axis) -> Lane:
    """What of a lane lies on the axis."""
    marks = tuple(m for m in lane.milestones if m.shown and not m.shown.unknown and span.holds(m.shown))
    return replace(lane, milestones=marks, bars=tuple(bar for bar in lane.bars if _lies_on(bar, span)))


def _first(lanes: Sequence[Lane]) -> list[Lane]:
    """What fits on one page, in order, as much as can be read."""
    bars, marks = MOST_BARS, MOST_MILESTONES
    shown = []
    for lane in lanes:
        own = replace(lane, milestones=lane.milestones[:marks], bars=lane.bars[:bars])
        bars, marks = bars - len(own.bars), marks - len(own.milestones)
        if own.bars or own.milestones:
            shown.append(own)
    return shown


def _size(lanes: Sequence[Lane]) -> int:
    return sum(len(lane.bars) + len(lane.milestones) for lane in lanes)


def _lies_on(bar: Bar, span: Axis) -> bool:
    known = [when for when in (bar.starts, bar.ends) if when and not when.unknown]
    return any(span.holds(when) for when in known) or (bar.starts is not None and bar.starts in known)


def _lane_height(lane: Lane, marks: Marks) -> float:
    return _LANE + marks.height(lane) + ROW * len(lane.bars) + 8


def _draw_lane(drawing: Drawing, catalogue: Catalogue, lane: Lane, marks: Marks, y: float) -> None:
    drawing.line(20, y, _RIGHT, y, stroke=LINE)
    words = _lane_words(catalogue, lane, marks.language)
    if width(words, 12, bold=True) > _LEFT - 30:  # nothing else stands on its row: it may go on over the lines there
        drawing.rect(20, y + 4, width(words, 12, bold=True) + 4, 18, fill="#FFFFFF")
    drawing.text(20, y + 17, words, 12, bold=True)
    y += _LANE
    marks.draw(drawing, lane, y)
    y += marks.height(lane)
    for bar in lane.bars:
        name = marked(catalogue.entities[bar.entity].short_name_in(marks.language), bar.truth, marks.language)
        drawing.text(32, y + 16, fitted(name, 11, _LEFT - 44), 11, fill=INK)
        _draw_bar(drawing, catalogue, bar, marks.span, y + (ROW - _BAR) / 2)
        y += ROW


def _lane_words(catalogue: Catalogue, lane: Lane, language: Language) -> str:
    """The lane's name, the short one where the whole does not fit beside its mark."""
    mark, label = marked("", _truth(catalogue, lane.goal), language), lane.label.in_(language)
    room = _LEFT - 30 - width(mark, 12, bold=True)
    goal = catalogue.get(lane.goal or "")
    short = goal.short_name_in(language) if goal and width(label, 12, bold=True) > room else label
    return fitted(short, 12, 2 * room, bold=True) + mark


def _draw_bar(drawing: Drawing, catalogue: Catalogue, bar: Bar, span: Axis, y: float) -> None:
    stretches = _stretches(bar, catalogue, span)
    for x1, x2, look, firm in stretches:
        if x2 > x1:
            drawing.rect(
                x1, y, x2 - x1, _BAR, fill=look.fill if firm else "#FFFFFF", stroke=look.border, stroke_width=1.2,
                stroke_dasharray=None if firm else "3 2",
            )  # fmt: skip
    if catalogue.entities[bar.entity].kind.name == "system":
        _draw_contracts(drawing, catalogue, bar, span, y)
    if bar.gap:
        _draw_gap(drawing, bar, span, y)


def _stretches(bar: Bar, catalogue: Catalogue, span: Axis) -> Iterator[tuple[float, float, Look, bool]]:
    """The parts of a bar: between certain days firm, where a date may be any of several dashed."""
    begins = list(bar.steps) or [Step(name="introducing", when=bar.starts)] if bar.starts else list(bar.steps)
    if not begins and bar.ends and not bar.ends.unknown:
        yield span.left, span.after(bar.ends.latest), PHASES["introducing"], False
    begins = [step for step in begins if step.name != "retired" and not step.when.unknown]
    for index, step in enumerate(begins):
        look = PHASES[step.name]
        following = begins[index + 1].when if index + 1 < len(begins) else bar.ends
        start, firm = span.x(step.when.earliest), span.x(step.when.latest)
        end = span.right if following is None or following.unknown else span.x(following.earliest)
        if index == 0:
            yield start, min(firm, end), look, False
        yield firm if firm < end else end, end, look, True
        if following is not None and not following.unknown:
            yield end, span.after(following.latest), look, False


def _draw_contracts(drawing: Drawing, catalogue: Catalogue, bar: Bar, span: Axis, y: float) -> None:
    for id_ in catalogue.entities[bar.entity].ids("contracts"):
        contract = catalogue.get(id_, "contract")
        end = contract.when("ends") if contract else None
        moved = contract_end(contract) if contract else None
        for when in dict.fromkeys(w for w in (end, moved) if w and not w.unknown and span.holds(w)):
            x = span.after(when.latest)
            drawing.line(x, y - 4, x, y + _BAR + 4, stroke=INK, stroke_width=2.5)


def _draw_gap(drawing: Drawing, bar: Bar, span: Axis, y: float) -> None:
    """The days with a gap, as a thin line under the bar: as a rule most of the functions are still there."""
    assert bar.gap is not None
    gap = bar.gap
    x1 = span.x(gap.first) if gap.first else span.left
    x2 = span.after(gap.last) if gap.last else span.right
    look = GAP if gap.certain else POSSIBLE_GAP
    top, long = y + _BAR - 2, max(2.0, x2 - x1)
    drawing.rect(x1, top, long, 6, fill="#FFFFFF", stroke=look.border, stroke_width=1.4, stroke_dasharray=look.dash)
    drawing.hatch(x1, top, long, 6, GAP.fill, step=4)


def _draw_legend(drawing: Drawing, y: float, language: Language, *, slips: bool) -> None:
    x = 20.0
    for meaning, look, firm in _LEGEND:
        words = said(meaning, language)
        drawing.rect(
            x, y - 11, 24, 13, fill=look.fill if firm else "#FFFFFF", stroke=look.border, stroke_width=1.2,
            stroke_dasharray=None if firm else "3 2",
        )  # fmt: skip
        drawing.text(x + 30, y, words, 11)
        x += 48 + width(words, 11)
    drawing.rect(x, y - 7, 24, 6, fill="#FFFFFF", stroke=GAP.border, stroke_width=1.4)
    drawing.hatch(x, y - 7, 24, 6, GAP.fill, step=4)
    gap, contract = (said(words, language) for words in (message("glapp"), message("avtalet slutar")))
    drawing.text(x + 30, y, gap, 11)
    x += 48 + width(gap, 11)
    drawing.line(x + 4, y - 14, x + 4, y + 4, stroke=INK, stroke_width=2.5)
    drawing.text(x + 12, y, contract, 11)
    x += 34 + width(contract, 11)
    for meaning, fill in ((message("milstolpe"), "#FFFFFF"), (message("klar milstolpe"), INK)):
        words = said(meaning, language)
        drawing.diamond(x + 8, y - 4, 7, fill=fill, stroke=INK, stroke_width=1.6)
        drawing.text(x + 20, y, words, 11)
        x += 40 + width(words, 11)
    if slips:
        draw_slip(drawing, x + 5, x + 31, y - 4)
        drawing.text(x + 30, y, said(message("flyttad sedan förra rapporten"), language), 11)
