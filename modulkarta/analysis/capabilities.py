"""Which modules carry a capability, day by day: none, one or several; and which existing systems do so today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis.holders import holders
from modulkarta.analysis.lifecycle.lifetime import Lifetime, lifetime
from modulkarta.analysis.lifecycle.periods import Period, State, periods
from modulkarta.dates import Answer
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

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
class Support:
    """One capability: the modules that are to carry it, and the periods of the whole time line in order."""

    capability: str
    band: str
    systems: tuple[Lifetime, ...]
    """The existing systems that have a function of the capability."""
    modules: tuple[Lifetime, ...]
    periods: tuple[Period, ...]
    """By the modules that are live."""
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
    """Every capability, by band and order as on the map; those about which this audience would be misled left out."""
    bands = list(catalogue.metamodel.kinds["capability"].choices("band"))
    ordered = sorted(
        catalogue.of_kind["capability"],
        key=lambda c: (bands.index(c.fields["band"]), c.fields.get("order", 10_000), c.id),
    )
    return catalogue.told("capability", (support(catalogue, one) for one in ordered), lambda one: one.capability)


def systems_on(support: Support, on: date, answer: Answer) -> tuple[str, ...]:
    """The existing systems that carry a capability on a day, surely or possibly as `answer` says."""
    return tuple(system.entity for system in support.systems if system.on(on) == answer)


def said(period: Period) -> Message:
    """How many modules there are, in words."""
    return (_SURE if period.certain else _PERHAPS)[period.state]


def modules_of(catalogue: Catalogue, capability: str) -> tuple[Entity, ...]:
    """The modules meant for a capability, by id."""
    return holders(catalogue, capability, "capabilities", {"module"})


def periods_of(catalogue: Catalogue, modules: Sequence[Entity]) -> tuple[Period, ...]:
    """The time line of a capability by the modules meant for it."""
    return periods([lifetime(catalogue, module) for module in modules])


def support(catalogue: Catalogue, capability: Entity) -> Support:
    """What carries one capability over time."""
    modules = modules_of(catalogue, capability.id)
    lifetimes = tuple(lifetime(catalogue, module) for module in modules)
    functions = holders(catalogue, capability.id, "capabilities", {"function"})
    systems = {s.id for function in functions for s in holders(catalogue, function.id, "functions", {"system"})}
    return Support(
        capability=capability.id,
        band=capability.fields["band"],
        systems=tuple(lifetime(catalogue, catalogue.entities[id_]) for id_ in sorted(systems)),
        modules=lifetimes,
        periods=periods(lifetimes),
        truth=weakest(_truths(capability, modules, lifetimes)),
    )


def _truths(capability: Entity, modules: Sequence[Entity], lifetimes: Sequence[Lifetime]) -> Iterator[Truth]:
    if not modules:
        yield capability.truth()
    yield from (module.truth("capabilities") for module in modules)
    yield from (one.truth for one in lifetimes)
