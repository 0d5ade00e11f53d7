"""Every number of the report, worked out once: text and tables take it from here, so that they cannot disagree.

A number has a name (a token), which hand-written text uses too, `{{glapp.antal}}`. The names are the keys of `NAMES`:

- `moduler.antal`, `moduler.i_drift`, `moduler.infors`, `moduler.planerade`, `moduler.avvecklas`, `moduler.avvecklade`,
  `moduler.utan_datum`
- `system.antal`, `system.med_plan`, `system.utan_plan`, `system.utan_kant_slut`, `system.med_glapp`
- `funktioner.antal`, `funktioner.med_ersattare`, `funktioner.utan_ersattare`, `funktioner.med_glapp`,
  `funktioner.avvecklas`: of the systems that have a plan
- `glapp.antal`, `glapp.sakra`, `glapp.mojliga`, `glapp.utan_slut`, `glapp.godtagna`, `glapp.kan_inte_bedomas`: a
  function in an area each; the last of the systems that have a plan
- `milstolpar.antal`, `milstolpar.klara`, `milstolpar.passerade`, `milstolpar.framfor`, `milstolpar.utan_datum`,
  `milstolpar.utan_ansvarig`
- `delmal.antal`, `principer.antal`, `beslut.behovs`, `beslut.for_sent`, `risker.antal`, `risker.allvarliga`,
  `standarder.antal`, `standarder.avvikelser`, `uppdrag.pagar`
- `uppgifter.antal`, `uppgifter.fakta`, `uppgifter.antaganden`, `uppgifter.exempel`, `uppgifter.okanda`
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import coverage, knowledge, lifecycle, roadmap, standards
from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.risks import risks
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.roadmap.outlook import outlook
from modulkarta.dates import UNKNOWN, later
from modulkarta.dates import day as known_day
from modulkarta.figures import tallied
from modulkarta.model import TRUTHS, Catalogue, Entity, Truth
from modulkarta.prose.numbers import NAMES
from modulkarta.report import omitted
from modulkarta.report.since import Since
from modulkarta.report.spelling import number_word
from modulkarta.wording import Language, said

Counted = Mapping[str, tuple[Truth, ...]]
"""What each number counts, by what each of the things counted rests on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """How many there are of something, and how many there were in the report before (None where there is none).

    `words` is how the number stands in running text; `neuter` how it does before a word that takes `ett`.
    """

    token: str
    label: str
    value: int
    before: int | None
    words: str
    neuter: str
    made_up: int
    """How many of them are illustrations."""

    @property
    def all_made_up(self) -> bool:
        return 0 < self.made_up == self.value

    @property
    def change(self) -> int | None:
        """How many more they are than in the report before."""
        return None if self.before is None else self.value - self.before


Numbers = Mapping[str, Number]


def numbers(catalogue: Catalogue, on: date, since: Since | None = None, language: Language = "sv") -> Numbers:
    """Every number on a day by its token, in the order of `NAMES`."""
    now, before = _counted(catalogue, on), _before(since, on)
    return {token: _number(token, now[token], before[token] if before else None, language) for token in NAMES}


def _number(token: str, things: tuple[Truth, ...], before: tuple[Truth, ...] | None, language: Language) -> Number:
    value = len(things)
    return Number(
        token=token, label=tallied(said(NAMES[token], language), things, language), value=value,
        before=None if before is None else len(before), words=number_word(value, language),
        neuter=number_word(value, language, neuter=True), made_up=things.count("illustrative"),
    )  # fmt: skip


def _before(since: Since | None, on: date) -> Counted | None:
    """What the report before counted, on its own day where that is known."""
    return _counted(since.changes.before, since.on or on) if since else None


def _counted(catalogue: Catalogue, on: date) -> Counted:
    parts = (_modules(catalogue, on), _systems(catalogue), _functions(catalogue), _gaps(catalogue))
    rest = (_milestones(catalogue, on), _plans(catalogue, on), _statements(catalogue))
    return {token: things for part in (*parts, *rest) for token, things in part.items()}


def _modules(catalogue: Catalogue, on: date) -> Counted:
    modules = catalogue.of_kind["module"]
    phases = [
        (module.truth("lifecycle", now), now) for module in modules for now in (lifecycle.phase(module, on).name,)
    ]

    def those(name: str) -> tuple[Truth, ...]:
        return tuple(truth for truth, now in phases if now == name)

    return {"moduler.antal": _own(modules), **{f"moduler.{word}": those(name) for name, word in _PHASES.items()}}


_PHASES = {
    "live": "i_drift",
    "introducing": "infors",
    "planned": "planerade",
    "retiring": "avvecklas",
    "retired": "avvecklade",
    "unknown": "utan_datum",
}


def _systems(catalogue: Catalogue) -> Counted:
    several, left_out = replacing.all_systems(catalogue), omitted.plans(catalogue)

    def those(which: Callable[[replacing.Replacing], bool]) -> tuple[Truth, ...]:
        return tuple(one.summary.truth for one in several if which(one))

    return {
        "system.antal": _own(catalogue.of_kind["system"]),
        "system.med_plan": those(lambda one: one.summary.plan is not None),
        "system.utan_plan": those(lambda one: one.summary.plan is None and one.summary.system not in left_out),
        "system.utan_kant_slut": those(lambda one: one.end_unknown and not catalogue.veils("end", one.summary.system)),
        "system.med_glapp": those(lambda one: one.summary.gap is not None),
    }


def _functions(catalogue: Catalogue) -> Counted:
    planned = [one for one in replacing.all_systems(catalogue) if one.summary.plan]

    def those(number: Callable[[replacing.Functions], int]) -> tuple[Truth, ...]:
        return tuple(one.summary.truth for one in planned for _ in range(number(one.functions)))

    return {
        "funktioner.antal": those(lambda functions: functions.all),
        "funktioner.med_ersattare": those(lambda functions: functions.replaced),
        "funktioner.utan_ersattare": those(lambda functions: functions.without),
        "funktioner.med_glapp": those(lambda functions: functions.with_gap),
        "funktioner.avvecklas": those(lambda functions: functions.closed),
    }


def _gaps(catalogue: Catalogue) -> Counted:
    rows = [(row, row.gap) for row in coverage.gaps(catalogue)]
    unjudged = [row for row in coverage.not_judged(catalogue) if row.replacement]
    return {
        "glapp.antal": tuple(row.truth for row, _ in rows),
        "glapp.sakra": tuple(row.truth for row, gap in rows if gap and gap.certain),
        "glapp.mojliga": tuple(row.truth for row, gap in rows if gap and not gap.certain),
        "glapp.utan_slut": tuple(row.truth for row, gap in rows if gap and gap.certain and gap.last is None),
        "glapp.godtagna": tuple(row.truth for row, gap in rows if gap and gap.accepted),
        "glapp.kan_inte_bedomas": tuple(row.truth for row in unjudged),
    }


def _milestones(catalogue: Catalogue, on: date) -> Counted:
    stands, milestones = outlook(catalogue, on), roadmap.milestones(catalogue)
    ahead = (*stands.ahead, *stands.passed, *stands.undated)
    without = (m for m in ahead if not catalogue.entities[m.entity].fields.get("owner"))
    return {
        "milstolpar.antal": _truths(milestones),
        "milstolpar.klara": _truths(stands.done),
        "milstolpar.passerade": _truths(stands.passed),
        "milstolpar.framfor": _truths(stands.ahead),
        "milstolpar.utan_datum": _truths(stands.undated),
        "milstolpar.utan_ansvarig": _truths(without),
    }


def _plans(catalogue: Catalogue, on: date) -> Counted:
    needed, found, uses = deadlines.needed(catalogue), risks(catalogue), standards.uses(catalogue)
    late = [one for one in needed if later(known_day(on), one.when("latest") or UNKNOWN) == "yes"]
    under_way = [one for id_ in outlook(catalogue, on).under_way if (one := catalogue.get(id_, "assignment"))]
    return {
        "delmal.antal": _own(catalogue.of_kind["goal"]),
        "principer.antal": _own(catalogue.of_kind["principle"]),
        "beslut.behovs": _own(needed),
        "beslut.for_sent": _own(late),
        "risker.antal": _own(catalogue.of_kind["risk"]),
        "risker.allvarliga": tuple(one.truth for one in found if one.gravity == "grave"),
        "standarder.antal": _own(catalogue.entities[id_] for id_ in dict.fromkeys(use.standard for use in uses)),
        "standarder.avvikelser": tuple(use.truth for use in uses if use.state == "deviates"),
        "uppdrag.pagar": _own(under_way),
    }


def _statements(catalogue: Catalogue) -> Counted:
    counts = knowledge.in_all(catalogue).statements

    def of(*truths: Truth) -> tuple[Truth, ...]:
        """That so many statements rest on something is itself a fact."""
        fact: Truth = "fact"
        return (fact,) * sum(counts[truth] for truth in truths)

    return {
        "uppgifter.antal": of(*TRUTHS),
        "uppgifter.fakta": of("fact"),
        "uppgifter.antaganden": of("assumption"),
        "uppgifter.exempel": of("illustrative"),
        "uppgifter.okanda": of("unknown"),
    }


def _own(entities: Iterable[Entity]) -> tuple[Truth, ...]:
    return tuple(entity.truth() for entity in entities)


def _truths(milestones: Iterable[roadmap.Milestone]) -> tuple[Truth, ...]:
    return tuple(milestone.truth for milestone in milestones)
