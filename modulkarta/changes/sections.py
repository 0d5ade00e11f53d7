"""What changed, in sentences under headings: what follows for the plan first, how things are worded last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.changes.between import Changes
from modulkarta.changes.fields import Difference
from modulkarta.changes.plans import TURNS, GapChange, Handover, Turn
from modulkarta.changes.shifts import shift
from modulkarta.changes.standing import Standing, is_on, standing
from modulkarta.changes.words import Words, told_together
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Language, in_order, marked, said

TURN_WORDS: dict[Turn, Message] = {
    "opened": message("Nya glapp"),
    "longer": message("Glapp som blir längre"),
    "no-longer-accepted": message("Glapp som inte längre är godtagna"),
    "unjudged": message("Kan inte bedömas"),
    "moved": message("Glapp som flyttas"),
    "shorter": message("Glapp som blir kortare"),
    "accepted": message("Glapp som godtas"),
    "judged": message("Kan nu bedömas, inget glapp"),
    "closed": message("Glapp som försvinner"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One sentence, and the thing it is about as the later catalogue knows it (the earlier one what is removed)."""

    entity: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Some sentences of one sort. `folded` are those that most readers do not need."""

    title: str
    lines: tuple[Line, ...]
    folded: bool = False


def sections(found: Changes, language: Language, day: date | None = None) -> tuple[Section, ...]:
    """All that changed, each sort under its heading, that of a day of the plan first; none of what did not change."""
    telling = _Telling(found, Words(found, language))
    of_day = [telling.on(standing(found, day))] if day else []
    return tuple(section for section in (*of_day, *telling.sections()) if section.lines)


@dataclass(frozen=True, slots=True)
class _Telling:
    found: Changes
    words: Words

    def sections(self) -> Iterator[Section]:
        for turn in TURNS:
            yield self._section(TURN_WORDS[turn], self._gaps(turn))
        yield self._section(message("Funktioner som blir utan ersättare"), self._handovers("lost"))
        yield self._section(message("Funktioner som får en annan ersättare"), self._handovers("other"))
        yield self._section(message("Funktioner som får en ersättare"), self._handovers("gained"))
        yield self._section(message("Milstolpar som flyttas"), self._dates(milestones=True))
        yield from self._whole(message("Nya {kinds}"), self.found.pairs.created, self.found.after)
        yield from self._whole(message("Borttagna {kinds}"), self.found.pairs.removed, self.found.before)
        yield self._section(message("Har fått ett annat id"), self._renamed())
        yield self._section(message("Datum som flyttas"), self._dates(milestones=False))
        yield self._section(message("Ändrad status"), self._differences("state"))
        yield self._section(message("Standarder"), self._differences("standard"))
        yield self._section(message("Samband"), self._differences("relation"))
        yield self._section(message("Övriga uppgifter"), self._differences("row", "value", "name"))
        yield self._section(message("Vad uppgifterna vilar på"), self._differences("truth"))
        yield self._section(message("Går inte att jämföra, för filen har fel"), self._unread())
        yield self._section(message("Språkliga ändringar"), self._differences("text"), folded=True)
        keeping = message("Källor, granskning och översättning")
        yield self._section(keeping, self._differences("keeping"), folded=True)

    def on(self, changed: Standing) -> Section:
        """How a day of the plan changed: phases and gaps."""
        phases = (
            self._line(
                one.entity,
                message("{name}: {before} → {after}", name=self.words.name(one.entity), before=one.before.said(),
                        after=one.after.said()),
                self.found.after.entities[one.entity].truth("lifecycle"),
            )
            for one in changed.phases
        )  # fmt: skip
        gaps = (
            self._on_day(several, now=now)
            for now in (True, False)
            for several in told_together(one for one in changed.gaps if is_on(one.after, changed.day) == now)
        )
        return self._section(message("Läget den {day}", day=changed.day.isoformat()), [*phases, *gaps])

    def _on_day(self, several: Sequence[GapChange], *, now: bool) -> Line:
        row, gap = several[0].row, self.words.gaps(several)
        what = message("{gap} (glapp den dagen)", gap=gap)
        if not now:
            what = message("{gap} (inte längre glapp den dagen)", gap=gap)
        return self._line(row.replacement or row.system, what, row.truth)

    def _section(self, title: Message, lines: Iterable[Line], *, folded: bool = False) -> Section:
        return Section(title=said(title, self.words.language), lines=tuple(lines), folded=folded)

    def _gaps(self, turn: Turn) -> Iterator[Line]:
        for several in told_together(change for change in self.found.gaps if change.turn == turn):
            row = several[0].row
            yield self._line(row.replacement or row.system, self.words.gaps(several), row.truth)

    def _handovers(self, turn: str) -> Iterator[Line]:
        for one in self.found.handovers:
            if one.turn == turn:
                yield self._handover(one)

    def _handover(self, one: Handover) -> Line:
        words = message(
            "{function}, i dag i {system}: {before} → {after}", function=self.words.name(one.function),
            system=self.words.name(one.system), before=self.words.successor(one.before),
            after=self.words.successor(one.after),
        )  # fmt: skip
        side = self.found.side_of(one.function)
        truth = side.entities[one.function].truth() if one.function in side.entities else "unknown"
        return self._line(one.function, words, truth)

    def _whole(self, title: Message, ids: Iterable[str], side: Catalogue) -> Iterator[Section]:
        by_kind: dict[str, list[Entity]] = {}
        for id_ in ids:
            by_kind.setdefault(side.entities[id_].kind.name, []).append(side.entities[id_])
        for name, several in sorted(by_kind.items(), key=lambda item: side.metamodel.kinds[item[0]].order):
            plural = side.metamodel.kinds[name].plural.in_(self.words.language)
            kinds = plural[:1].lower() + plural[1:]
            named = [(e.name_in(self.words.language), e) for e in several]
            lines = (self._line(e.id, called, e.truth()) for called, e in in_order(named, key=lambda one: one[0]))
            yield self._section(Message(text=title.text, values={"kinds": kinds}), lines)

    def _renamed(self) -> Iterator[Line]:
        for one in self.found.pairs.renamed:
            values = {"name": self.words.name(one.after), "before": one.before, "after": one.after}
            words = message("{name}: {before} → {after}", **values)
            if one.guessed:
                words = message("{name}: {before} → {after} (troligen samma sak; former_ids säger det inte)", **values)
            yield self._line(one.after, words, "")

    def _dates(self, *, milestones: bool) -> Iterator[Line]:
        """What is most delayed first, what is sooner last."""
        dates = (one for one in self.found.meant if one.sort == "date")
        asked = (one for one in dates if (self.words.subject(one).kind.name == "milestone") == milestones)
        yield from map(self._told, sorted(asked, key=_days_sooner))

    def _differences(self, *sorts: str) -> Iterator[Line]:
        for one in self.found.differences:
            if one.sort in sorts and not self.found.is_handover(one):
                yield self._told(one)

    def _told(self, one: Difference) -> Line:
        return self._line(self.words.subject(one).id, self.words.sentence(one), self.words.truth(one))

    def _unread(self) -> Iterator[Line]:
        for id_ in self.found.pairs.unread:
            before, after = id_ in self.found.before.unusable, id_ in self.found.after.unusable
            words = message("{id}: på båda sidor", id=id_)
            if not after:
                words = message("{id}: i det som jämförs med", id=id_)
            elif not before:
                words = message("{id}: i det nya", id=id_)
            yield self._line(id_, words, "")

    def _line(self, entity: str, words: Message | str, truth: str) -> Line:
        return Line(entity=entity, words=marked(said(words, self.words.language), truth, self.words.language))


def _days_sooner(one: Difference) -> int:
    moved = shift(*one.dates)
    return -moved.most if moved else 0
