"""Bars on rows of their own: what a thing is called, how long it goes on, and the days that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis.coverage.evidence import contract_end
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.lifecycle import PhaseName, Step
from modulkarta.analysis.roadmap import Bar
from modulkarta.analysis.roadmap.certainty import Certainty, certainty
from modulkarta.analysis.roadmap.deadlines import decided_end
from modulkarta.dates import When, later, phrase
from modulkarta.dates import day as known_day
from modulkarta.figures.axis import Axis
from modulkarta.figures.fonts import width
from modulkarta.figures.palette import GAP, POSSIBLE_GAP
from modulkarta.figures.roadmap.rows import BADGE, MARGIN, Part, Row, badge, written
from modulkarta.figures.roadmap.stretches import HIGH, Stretch, draw_stretch, stretches
from modulkarta.figures.roadmap.telling import Telling, about
from modulkarta.figures.svg import INK, PAPER, SMALL, Drawing, fitted, lines
from modulkarta.findings import Message, message
from modulkarta.model import Truth

_BESIDE = 8.0
_NAMES = MARGIN + BADGE
"""Where the names of bars begin, after the numbers some of them have."""
_MORE = 14.0
"""What a second line of a name takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """The end of a contract: on the last day it may mean, a whole line only where that is decided and certain."""

    x: float
    words: Message
    firm: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A bar as it stands on the axis."""

    bar: Bar
    parts: tuple[Stretch, ...]
    certainty: Certainty
    endings: tuple[Ending, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """From the first to the last of its parts."""
        return (self.parts[0].first, self.parts[-1].last) if self.parts else (0.0, 0.0)

    @property
    def idea(self) -> bool:
        return self.certainty == "idea"


def shown(bar: Bar, span: Axis, telling: Telling) -> Shown:
    """A bar with its parts and the ends of its contracts."""
    kind = telling.catalogue.entities[bar.entity].kind.name
    sure = certainty(telling.catalogue, bar)
    parts = stretches(bar, span, sure, assignment=kind == "assignment")
    endings = tuple(_endings(bar, span, telling)) if kind == "system" else ()
    return Shown(bar=bar, parts=parts, certainty=sure, endings=endings)


def bar_rows(one: Shown, span: Axis, telling: Telling, new: Row, on: date, *, example: bool) -> tuple[list[Row], bool]:
    """The row of a bar, and one for its gap if it has any; and whether what it waits for is told on it."""
    row = Row(ground=new.ground, avoided=new.avoided)
    _name(row, one.bar, telling, span, example)
    row.under.append(_drawn(one))
    for ending in one.endings:
        row.take(ending.x - 2, ending.x + 2)
    untold = _tell_endings(row, one, telling)
    told = _tell_waits(row, one, telling)
    _tell_next(row, one, telling, on)
    rows = [row]
    if untold:
        rows.append(_ending_row(untold[0], telling, new))
    if one.bar.gap:
        rows.append(_gap_row(one.bar.gap, span, telling, new))
    return rows, told


def _name(row: Row, bar: Bar, telling: Telling, span: Axis, example: bool) -> None:
    truth: Truth = bar.truth if example else "fact"
    room = span.left - _BESIDE - _NAMES - 2
    broken = _lines(bar, telling, truth, room)
    row.height += _MORE * (len(broken) - 1)
    row.take(MARGIN, span.left - _BESIDE)
    for line, words in enumerate(broken):
        row.parts.append(written(words, _NAMES, down=_MORE * (line - (len(broken) - 1) / 2)))
    if number := telling.numbers.get(bar.entity):
        row.parts.append(badge(number, MARGIN))


def _lines(bar: Bar, telling: Telling, truth: Truth, room: float) -> list[str]:
    """The whole name on a line, else the short one, else on two lines."""
    long, short = telling.names(bar.entity, truth)
    name = next((name for name in (long, short) if width(name, SMALL) <= room), None)
    if name:
        return [name]
    if width(short, SMALL) <= 2 * room and len(whole := lines(short, SMALL, room)) == 2:
        return whole
    mark = telling.mark(truth)
    bare = lines(fitted(telling.names(bar.entity, "fact")[1], SMALL, 2 * room), SMALL, room, 2)
    last = fitted(bare[-1], SMALL, room - width(mark, SMALL)) + mark
    return [*bare[:-1], last]


def _drawn(one: Shown) -> Part:
    def draw(drawing: Drawing, y: float) -> None:
        for part in one.parts:
            draw_stretch(drawing, part, y, idea=one.idea)
        for ending in one.endings:
            draw_ending(drawing, ending.x, y, firm=ending.firm)

    return draw


def draw_ending(drawing: Drawing, x: float, y: float, *, firm: bool = True) -> None:
    """The end of a contract."""
    reach = HIGH / 2 + 3
    drawing.line(x, y - reach, x, y + reach, stroke=INK, stroke_width=3.0, stroke_dasharray=None if firm else "3 2")


def draw_gap(drawing: Drawing, first: float, last: float, y: float, *, certain: bool = True, ends: bool = True) -> None:
    """Days with a gap: red, hatched, whole where it is certain; open to the right unless it `ends` there."""
    look = GAP if certain else POSSIBLE_GAP
    wide, top, high = max(3.0, last - first), y - HIGH / 2 + 1, HIGH - 2
    drawing.rect(first, top, wide, high, fill=PAPER)
    drawing.hatch(first, top, wide, high, GAP.fill, step=5, stroke=2.0 if certain else 1.0)
    sides = f"M{first + wide:.1f} {top:.1f}H{first:.1f}V{top + high:.1f}H{first + wide:.1f}"
    drawing.path(
        f"{sides}Z" if ends else sides, stroke=look.border, stroke_width=1.4, fill="none", stroke_dasharray=look.dash
    )


def _tell_endings(row: Row, one: Shown, telling: Telling) -> list[Ending]:
    """Tell the ends of contracts beside their lines, where the ground is of one colour; which there is no room for."""
    return [ending for ending in one.endings if not _told_there(ending, row, one, telling)]


def _told_there(ending: Ending, row: Row, one: Shown, telling: Telling) -> bool:
    words = telling.say(ending.words)
    starts = _sides(ending, words)
    return row.say(words, [x for x in starts if _on_one_colour(x, x + width(words, SMALL), one)], over=one.ends)


def _sides(ending: Ending, words: str) -> tuple[float, float]:
    return ending.x + _BESIDE, ending.x - _BESIDE - width(words, SMALL)


def _on_one_colour(first: float, last: float, one: Shown) -> bool:
    """Whether words are beside a bar, or within a part of it that does not fade."""
    if not one.parts or last <= one.ends[0] or first >= one.ends[1]:
        return True
    return any(part.firm and part.first <= first and last <= part.last for part in one.parts)


def _ending_row(ending: Ending, telling: Telling, new: Row) -> Row:
    """A row under a bar for the end of its contract, where the line goes on."""
    row, words = Row(height=18.0, ground=new.ground, avoided=new.avoided), telling.say(ending.words)
    row.take(ending.x - 2, ending.x + 2)
    row.under.append(lambda drawing, y: draw_ending(drawing, ending.x, y, firm=ending.firm))
    row.say(words, _sides(ending, words))
    return row


def _tell_next(row: Row, one: Shown, telling: Telling, on: date) -> None:
    """The day that matters next: in the bar after it, or beside the bar."""
    step = _next_step(one.bar, on)
    gone = step is None or step.name == "retired"
    for said in _wordings(one, step, on):
        words = telling.say(said)
        within = [] if gone else _in_bar(one, words)
        if row.say(words, [*within, *_beside(row, one, words)], over=one.ends):
            return


def _tell_waits(row: Row, one: Shown, telling: Telling) -> bool:
    words = telling.waits_for(one.bar.entity)
    return not words or row.say(words, _beside(row, one, words), over=one.ends)


def _beside(row: Row, one: Shown, words: str) -> list[float]:
    """To the left of a bar, or of what already stands there, and to the right of it."""
    if not one.parts:
        return []
    first, last = one.ends
    edge = min([start for start, end in row.taken if start > _NAMES and end < first], default=first)
    return [first - _BESIDE - width(words, SMALL), edge - 2 * _BESIDE - width(words, SMALL), last + _BESIDE]


def _in_bar(one: Shown, words: str) -> list[float]:
    """Where the last phase of a bar certainly goes on, if the words end before it does."""
    firm = [part.first + _BESIDE for part in one.parts[1:] if part.firm]
    return [x for x in firm[-1:] if x + width(words, SMALL) <= one.ends[1] - 3]


def _next_step(bar: Bar, on: date) -> Step | None:
    return next((step for step in bar.steps if step.name != "introducing" and _ahead(step.when, on)), None)


def _wordings(one: Shown, step: Step | None, on: date) -> Iterator[Message]:
    """What is said of the next day of a bar, in several lengths."""
    when = step.when if step else one.bar.ends if not one.bar.steps else None
    if when is None or not _ahead(when, on):
        return
    day = about(when) if not when.exact or one.certainty != "decided" else phrase(when)
    yield _happens(step.name if step else "unknown", day)
    yield _happens(step.name if step else "unknown", phrase(when))
    if step is None or step.name == "live":
        yield day
        yield phrase(when)


def _happens(name: PhaseName, day: Message) -> Message:
    said: Mapping[PhaseName, Message] = {
        "live": message("i drift {day}", day=day),
        "retiring": message("börjar avvecklas {day}", day=day),
        "retired": message("avvecklad {day}", day=day),
    }
    return said.get(name, message("slutar {day}", day=day))


def _ahead(when: When, on: date) -> bool:
    return not when.unknown and not when.never and later(when, known_day(on)) != "no"


def _endings(bar: Bar, span: Axis, telling: Telling) -> Iterator[Ending]:
    for id_ in telling.catalogue.entities[bar.entity].ids("contracts"):
        contract = telling.catalogue.get(id_, "contract")
        end, moved = (decided_end(contract), contract_end(contract)) if contract else (None, None)
        if end and not end.unknown and span.holds(end):
            words = message("avtal t.o.m. {day}", day=phrase(end))
            yield Ending(x=span.after(end.latest), words=words, firm=end.exact)
        if end and moved and moved.latest > end.latest and span.start <= moved.latest <= span.end:
            words = message("kan förlängas t.o.m. {day}", day=moved.latest.isoformat())
            yield Ending(x=span.after(moved.latest), words=words, firm=moved.exact)


def _gap_row(gap: Hull, span: Axis, telling: Telling, new: Row) -> Row:
    """The days with a gap under its bar: as a rule most of the functions are still there."""
    row = Row(height=18.0, ground=new.ground, avoided=new.avoided)
    first = span.x(gap.first) if gap.first else span.left
    last = max(first + 3, span.after(gap.last) if gap.last else span.right)
    row.take(first, min(last, span.right))
    row.under.append(_gap_drawn(gap, first, min(last, span.right), span))
    for words in _gap_words(gap, telling):
        if row.say(words, [last + _BESIDE, first - _BESIDE - width(words, SMALL)]):
            break
    return row


def _gap_drawn(gap: Hull, first: float, last: float, span: Axis) -> Part:
    ends = gap.last is not None and gap.last <= span.end

    def draw(drawing: Drawing, y: float) -> None:
        draw_gap(drawing, first, last, y, certain=gap.certain, ends=ends)

    return draw


def _gap_words(gap: Hull, telling: Telling) -> Iterator[str]:
    one = message("glapp {days}", days=gap.said()) if gap.certain else message("möjligt glapp {days}", days=gap.said())
    yield telling.say(gap.said() if gap.number > 1 else one)
    yield telling.say(message("glapp") if gap.certain else message("möjligt glapp"))
