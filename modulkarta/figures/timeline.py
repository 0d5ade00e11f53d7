"""The roadmap as a picture: lanes of goals, bars with honest ends, milestones with their dates, gaps in red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import roadmap
from modulkarta.analysis.evidence import contract_end
from modulkarta.analysis.lifecycle import Step
from modulkarta.analysis.roadmap import STANDING_WORDS, Bar, Lane, Milestone
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When, phrase
from modulkarta.figures import Figure, Table, drawn, table
from modulkarta.figures.axis import Axis, axis, draw_axis
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP, Look
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, fitted, width
from modulkarta.model import Catalogue, Truth
from modulkarta.wording import marked, said

WIDE = 1120
_LEFT, _RIGHT = 250.0, WIDE - 20.0
_TOP, _ROW, _BAR, _LANE = 100.0, 24.0, 14.0, 26.0
_LABEL = 330.0
MOST_BARS, MOST_MILESTONES = 24, 18


@dataclass(frozen=True, kw_only=True, slots=True)
class _Label:
    """A milestone with its words and the row of its lane that has room for them."""

    milestone: Milestone
    x: float
    words: str
    row: int


def roadmap_figure(catalogue: Catalogue, on: date) -> Figure:
    """The roadmap on a day. What there is no room for is left to the table, and counted under the picture."""
    lanes = [lane for lane in roadmap.lanes(catalogue) if lane.bars or lane.milestones]
    span = axis(_dates(lanes), on, _LEFT, _RIGHT)
    shown, left_out = _shown(lanes, span)
    height = _TOP + sum(_lane_height(catalogue, lane, span) for lane in shown) + 70
    title = f"Färdplan {span.first}–{span.last}"
    alternative = _alternative(catalogue, on)
    drawing = Drawing("fardplan", title, alternative, WIDE, height)
    drawing.text(20, 30, title, 18, bold=True)
    y = _TOP
    draw_axis(drawing, span, _TOP, height - 66, on)
    for lane in shown:
        _draw_lane(drawing, catalogue, lane, span, y)
        y += _lane_height(catalogue, lane, span)
    _draw_legend(drawing, height - 40)
    if left_out:
        drawing.text(20, height - 12, f"{left_out} till står i tabellen.", 11, fill=QUIET)
    return drawn(drawing, milestone_table(catalogue, on))


def milestone_table(catalogue: Catalogue, on: date) -> Table:
    """The milestones in words, earliest first."""
    rows = [
        (
            _named(catalogue, m.entity, m.truth),
            said(phrase(m.when)),
            said(phrase(m.done)) if m.done else "–",
            said(STANDING_WORDS[roadmap.standing(m, on)]),
            certainty_words(catalogue, m),
            marked(catalogue.name(m.goal), _truth(catalogue, m.goal)) if m.goal else "–",
        )
        for m in roadmap.milestones(catalogue)
    ]
    return table("Milstolpar", ("Milstolpe", "Datum", "Klar", "Läge", "Hur säkert", "Delmål"), rows)


def certainty_words(catalogue: Catalogue, milestone: Milestone) -> str:
    """How certain a milestone's date is, in words; what has happened is no plan."""
    if milestone.done:
        return "har hänt"
    words = catalogue.metamodel.kinds["milestone"].properties["certainty"].values
    return words[milestone.certainty].sv if milestone.certainty in words else "uppgift saknas"


def _named(catalogue: Catalogue, id_: str, truth: Truth) -> str:
    return marked(catalogue.name(id_), truth)


def _truth(catalogue: Catalogue, id_: str | None) -> Truth:
    entity = catalogue.get(id_ or "")
    return entity.truth() if entity else "unknown"


def _alternative(catalogue: Catalogue, on: date) -> str:
    counts = dict.fromkeys(STANDING_WORDS, 0)
    for milestone in roadmap.milestones(catalogue):
        counts[roadmap.standing(milestone, on)] += 1
    ahead = counts["next"] + counts["later"]
    passed = counts["late"] + counts["possibly-late"]
    return (
        f"Färdplan med läge {on.isoformat()}: {counts['done']} milstolpar är klara, {passed} har ett datum som har "
        f"eller kan ha passerat, {ahead} ligger framåt. Samma uppgifter står i tabellen."
    )


def _dates(lanes: Sequence[Lane]) -> Iterator[When]:
    for lane in lanes:
        yield from (m.shown for m in lane.milestones if m.shown and not m.shown.unknown)
        for bar in lane.bars:
            yield from (end for end in (bar.starts, bar.ends) if end)


def _shown(lanes: Sequence[Lane], span: Axis) -> tuple[list[Lane], int]:
    """The lanes with what fits on one page: what lies on the axis, in order, as many as can be read."""
    bars, marks, left_out = MOST_BARS, MOST_MILESTONES, 0
    shown = []
    for lane in lanes:
        own_bars = [bar for bar in lane.bars if _on_axis(bar, span)][:bars]
        own_marks = [m for m in lane.milestones if m.shown and not m.shown.unknown and span.holds(m.shown)][:marks]
        left_out += len(lane.bars) - len(own_bars) + len(lane.milestones) - len(own_marks)
        bars, marks = bars - len(own_bars), marks - len(own_marks)
        if own_bars or own_marks:
            shown.append(Lane(goal=lane.goal, label=lane.label, milestones=tuple(own_marks), bars=tuple(own_bars)))
    return shown, left_out


def _on_axis(bar: Bar, span: Axis) -> bool:
    known = [when for when in (bar.starts, bar.ends) if when and not when.unknown]
    return any(span.holds(when) for when in known) or (bar.starts is not None and bar.starts in known)


def _lane_height(catalogue: Catalogue, lane: Lane, span: Axis) -> float:
    labels = _labels(catalogue, lane, span)
    rows = max((label.row for label in labels), default=-1) + 1
    return _LANE + _ROW * (rows + len(lane.bars)) + 8


def _labels(catalogue: Catalogue, lane: Lane, span: Axis) -> list[_Label]:
    """Each milestone's words to the right of its mark, or to the left at the edge, on the first row with room."""
    taken: list[list[tuple[float, float]]] = []
    labels = []
    for milestone in lane.milestones:
        when = milestone.shown
        assert when is not None
        x = _middle(when, span)
        words = _words(catalogue, milestone, when)
        room = (x - 10, x + 14 + width(words, 11))
        if room[1] > _RIGHT:
            room = (x - 14 - width(words, 11), x + 10)
        row = next((i for i, others in enumerate(taken) if all(_apart(room, o) for o in others)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(room)
        labels.append(_Label(milestone=milestone, x=x, words=words, row=row))
    return labels


def _words(catalogue: Catalogue, milestone: Milestone, when: When) -> str:
    """The name and the date, the name shortened where both are too long for the picture."""
    entity, day = catalogue.entities[milestone.entity], said(phrase(when))
    long, short = (f"{marked(name, milestone.truth)}, {day}" for name in (entity.name, entity.short_name))
    return long if width(long, 11) <= _LABEL else fitted(short, 11, _LABEL)


def _middle(when: When, span: Axis) -> float:
    """Where a date's mark stands: amid its days, at the known end of one that is open."""
    if when.earliest == DISTANT_PAST:
        return span.after(when.latest)
    if when.latest == DISTANT_FUTURE:
        return span.x(when.earliest)
    return (span.x(when.earliest) + span.after(when.latest)) / 2


def _apart(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[1] + 8 < b[0] or b[1] + 8 < a[0]


def _draw_lane(drawing: Drawing, catalogue: Catalogue, lane: Lane, span: Axis, y: float) -> None:
    drawing.line(20, y, _RIGHT, y, stroke=LINE)
    drawing.text(20, y + 17, _lane_words(catalogue, lane), 12, bold=True)
    y += _LANE
    labels = _labels(catalogue, lane, span)
    for label in labels:
        _draw_milestone(drawing, label, y + label.row * _ROW + _ROW / 2)
    y += _ROW * (max((label.row for label in labels), default=-1) + 1)
    for bar in lane.bars:
        name = marked(catalogue.entities[bar.entity].short_name, bar.truth)
        drawing.text(32, y + 16, fitted(name, 11, _LEFT - 44), 11, fill=INK)
        _draw_bar(drawing, catalogue, bar, span, y + (_ROW - _BAR) / 2)
        y += _ROW


def _lane_words(catalogue: Catalogue, lane: Lane) -> str:
    """The lane's name, the short one where the whole does not fit beside its mark."""
    mark = marked("", _truth(catalogue, lane.goal))
    room = _LEFT - 30 - width(mark, 12, bold=True)
    goal = catalogue.get(lane.goal or "")
    short = goal.short_name if goal and width(lane.label, 12, bold=True) > room else lane.label
    return fitted(short, 12, room, bold=True) + mark


def _draw_milestone(drawing: Drawing, label: _Label, y: float) -> None:
    done = label.milestone.done is not None
    idea = label.milestone.certainty == "idea"
    drawing.diamond(
        label.x,
        y,
        7,
        fill=INK if done else "#FFFFFF",
        stroke=INK,
        stroke_width=1.6,
        stroke_dasharray="2 1.5" if idea else None,
    )
    room = width(label.words, 11)
    left = label.x + 14 + room > _RIGHT
    x = label.x - 12 - room if left else label.x + 12
    drawing.rect(x - 2, y - 8, room + 4, 16, fill="#FFFFFF")
    drawing.text(x, y + 4, label.words, 11)


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
    assert bar.gap is not None
    gap = bar.gap
    x1 = span.x(gap.first) if gap.first else span.left
    x2 = span.after(gap.last) if gap.last else span.right
    look = GAP if gap.certain else POSSIBLE_GAP
    drawing.rect(
        x1, y, max(2.0, x2 - x1), _BAR, fill="#FFFFFF", stroke=look.border, stroke_width=1.6, stroke_dasharray=look.dash
    )
    drawing.hatch(x1, y, max(2.0, x2 - x1), _BAR, GAP.fill)


def _draw_legend(drawing: Drawing, y: float) -> None:
    x = 20.0
    for words, look, firm in (
        ("införs", PHASES["introducing"], True),
        ("i drift", PHASES["live"], True),
        ("avvecklas", PHASES["retiring"], True),
        ("datumet är ett intervall", PHASES["live"], False),
    ):
        drawing.rect(
            x, y - 11, 24, 13, fill=look.fill if firm else "#FFFFFF", stroke=look.border, stroke_width=1.2,
            stroke_dasharray=None if firm else "3 2",
        )  # fmt: skip
        drawing.text(x + 30, y, words, 11)
        x += 48 + width(words, 11)
    drawing.rect(x, y - 11, 24, 13, fill="#FFFFFF", stroke=GAP.border, stroke_width=1.6)
    drawing.hatch(x, y - 11, 24, 13, GAP.fill)
    drawing.text(x + 30, y, "glapp", 11)
    x += 48 + width("glapp", 11)
    drawing.line(x + 4, y - 14, x + 4, y + 4, stroke=INK, stroke_width=2.5)
    drawing.text(x + 12, y, "avtalet slutar", 11)
    x += 34 + width("avtalet slutar", 11)
    for words, fill in (("milstolpe", "#FFFFFF"), ("klar milstolpe", INK)):
        drawing.diamond(x + 8, y - 4, 7, fill=fill, stroke=INK, stroke_width=1.6)
        drawing.text(x + 20, y, words, 11)
        x += 40 + width(words, 11)
