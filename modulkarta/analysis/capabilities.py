"""Which modules carry a capability, day by day: none, one or several; and which existing systems do so today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from modulkarta.analysis.holders import gone, holders
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

State = Literal["none", "one", "several"]
_STATES: tuple[State, ...] = ("none", "one", "several")

_SURE: dict[State, Message] = {
    "none": message("ingen modul"),
    "one": message("en modul"),
    "several": message("flera moduler"),
}
_PERHAPS: dict[State, Message] = {
    "none": message("ingen modul"),
    "one": message("kanske en modul"),
    "several": message("kanske flera moduler"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Supporter:
    """A module that names the capability: the first day it is live, and the first day it is not any more."""

    module: str
    live: When | None
    retired: When | None

    def live_on(self, day: date) -> Literal["yes", "no", "possibly"]:
        """Is it live on a day? A module without a first day never is."""
        ended = self.retired.latest if self.retired else DISTANT_FUTURE
        if self.live is None or day < self.live.earliest or day >= ended:
            return "no"
        may_have_ended = self.retired is not None and day >= self.retired.earliest
        return "possibly" if day < self.live.latest or may_have_ended else "yes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Days on which the same modules are live. Without `first` it has always been so, without `last` it stays so."""

    first: date | None
    last: date | None
    modules: tuple[str, ...]
    """Those that are certainly live, then those that may be."""
    possible: tuple[str, ...]
    """Those that only may be live, for their dates are not precise."""

    @property
    def state(self) -> State:
        """How many modules there are, if those that may be live are."""
        return _STATES[min(len(self.modules), 2)]

    @property
    def certain(self) -> bool:
        """Whether the state is the same if those that only may be live are not."""
        return min(len(self.modules) - len(self.possible), 2) == min(len(self.modules), 2)

    def said(self) -> Message:
        return (_SURE if self.certain else _PERHAPS)[self.state]

    def span(self) -> Message:
        """Its days in words."""
        if self.first is None:
            return message("till {last}", last=self.last.isoformat()) if self.last else message("hela tiden")
        if self.last is None:
            return message("från {first}", first=self.first.isoformat())
        return message("{first}–{last}", first=self.first.isoformat(), last=self.last.isoformat())


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """One capability: the modules that are to carry it, and the periods of the whole time line in order."""

    capability: str
    band: str
    systems: tuple[str, ...]
    """The existing systems that have a function of the capability."""
    modules: tuple[Supporter, ...]
    periods: tuple[Period, ...]
    truth: Truth

    def on(self, day: date) -> Period:
        """How it is on a day."""
        return next(period for period in self.periods if period.last is None or day <= period.last)

    @property
    def planned(self) -> Period:
        """How it is when all that is planned has happened."""
        return self.periods[-1]


@remembered
def supports(catalogue: Catalogue) -> tuple[Support, ...]:
    """Every capability, by band and order as on the map."""
    bands = list(catalogue.metamodel.kinds["capability"].properties["band"].values)
    ordered = sorted(
        catalogue.of_kind["capability"],
        key=lambda c: (bands.index(c.fields["band"]), c.fields.get("order", 10_000), c.id),
    )
    return tuple(_support(catalogue, capability) for capability in ordered)


def systems_on(catalogue: Catalogue, support: Support, on: date) -> tuple[str, ...]:
    """The existing systems that carry a capability on a day: those that have not certainly ended."""
    return tuple(id_ for id_ in support.systems if not gone(catalogue, catalogue.entities[id_], on))


def periods(supporters: Sequence[Supporter]) -> tuple[Period, ...]:
    """The whole time line: each period as long as the same modules certainly are live and the same ones may be."""
    days = sorted({DISTANT_PAST, *(day for supporter in supporters for day in _turns(supporter))})
    stretches = [(day, _live_on(supporters, day)) for day in days]
    first_of_each = [next(group) for _, group in groupby(stretches, key=lambda stretch: stretch[1])]
    ends = [first - timedelta(days=1) for first, _ in first_of_each[1:]]
    return tuple(
        Period(first=None if first == DISTANT_PAST else first, last=last, modules=(*sure, *maybe), possible=maybe)
        for (first, (sure, maybe)), last in zip(first_of_each, [*ends, None], strict=True)
    )


def _turns(supporter: Supporter) -> Iterator[date]:
    """The days on which it may begin or cease to be live."""
    for when in (supporter.live, supporter.retired):
        if when:
            yield from (day for day in (when.earliest, when.latest) if DISTANT_PAST < day < DISTANT_FUTURE)


def _live_on(supporters: Sequence[Supporter], day: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The modules certainly live on a day, and those that may be."""
    answers = [(supporter.module, supporter.live_on(day)) for supporter in supporters]
    sure, maybe = ([module for module, answer in answers if answer == wanted] for wanted in ("yes", "possibly"))
    return tuple(sure), tuple(maybe)


def _support(catalogue: Catalogue, capability: Entity) -> Support:
    modules = holders(catalogue, capability.id, "capabilities", {"module"})
    supporters = tuple(
        Supporter(module=m.id, live=m.when("lifecycle", "live"), retired=m.when("lifecycle", "retired"))
        for m in modules
    )
    functions = holders(catalogue, capability.id, "capabilities", {"function"})
    systems = {s.id for function in functions for s in holders(catalogue, function.id, "functions", {"system"})}
    return Support(
        capability=capability.id,
        band=capability.fields["band"],
        systems=tuple(sorted(systems)),
        modules=supporters,
        periods=periods(supporters),
        truth=weakest(_truths(capability, modules)),
    )


def _truths(capability: Entity, modules: Sequence[Entity]) -> Iterator[Truth]:
    if not modules:
        yield capability.truth()
    for module in modules:
        yield module.truth("capabilities")
        yield from (module.truth("lifecycle", name) for name in ("live", "retired") if module.when("lifecycle", name))
