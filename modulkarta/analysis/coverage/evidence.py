"""The dates that coverage rests on: when a legacy system ends, and when what replaces it is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from modulkarta import dates
from modulkarta.dates import When
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity, Truth
from modulkarta.reach import ITSELF, NEAR, of_each


class Evidence(NamedTuple):
    """A date that an answer rests on, and where it is written."""

    entity: str
    path: Path
    when: When
    truth: Truth


def system_end(catalogue: Catalogue, system: Entity) -> When | None:
    """The earliest of a system's own ends, whatever its areas' plans say; None when no end is planned."""
    return dates.earliest_of(end.when for end in system_ends(catalogue, system))


def binding_end(catalogue: Catalogue, system: Entity) -> Evidence | None:
    """Of a system's own ends the one that comes first; one that is unknown before all others."""
    ends = system_ends(catalogue, system)
    return min(ends, key=lambda e: (not e.when.unknown, e.when.earliest, e.when.latest), default=None)


def contract_end(contract: Entity) -> When | None:
    """The last day of a contract: used options move it, an undecided one widens it. None: until further notice."""
    end = contract.when("ends")
    for index, option in enumerate(contract.rows("options")):
        until = contract.when("options", index, "until")
        if until is None or option.get("used") == "no":
            continue
        if option.get("used") == "yes":
            end = until
        elif end and not end.unknown:
            end = When(earliest=end.earliest, latest=max(end.latest, until.latest))
    return end


@of_each(NEAR)
def system_ends(catalogue: Catalogue, system: Entity) -> tuple[Evidence, ...]:
    """A system's own ends; one that is unknown where the end rests on something that this audience does not see."""
    return tuple(_system_ends(catalogue, system))


def _system_ends(catalogue: Catalogue, system: Entity) -> Iterator[Evidence]:
    if ("end", system.id) in catalogue.untold:
        yield Evidence(entity=system.id, path=("lifecycle",), when=dates.UNKNOWN, truth="unknown")
        return
    counted_ends = catalogue.settings.gap_ends
    if "contract" in counted_ends:
        for id_ in system.ids("contracts"):
            contract = catalogue.get(id_, "contract")
            if contract and (end := contract_end(contract)):
                yield Evidence(entity=id_, path=("ends",), when=end, truth=contract.truth("ends"))
    if "retirement" in counted_ends and (retired := system.when("lifecycle", "retired")):
        yield _evidence(system, ("lifecycle", "retired"), retired.moved(-1))
    if "support" in counted_ends and (support := system.when("lifecycle", "support_ends")):
        yield _evidence(system, ("lifecycle", "support_ends"), support)


def wave_end(plan: Entity, wave: int) -> Iterator[Evidence]:
    """What says when a wave of a plan lets go of the existing system; nothing where no date does."""
    for field in ("legacy_ends", "parallel_until"):
        if when := plan.when("waves", wave, field):
            yield _evidence(plan, ("waves", wave, field), when)
            return


def starts(catalogue: Catalogue, plan: Entity, position: int, wave: int | None) -> list[tuple[Evidence, ...]]:
    """For each module that takes over the dates that must all have come: its own, the function's in it, the area's."""
    last = tuple(cutover(plan, wave)) if wave is not None else ()
    return [(*own, *last) for own in everywhere(catalogue, plan, position)]


def everywhere(catalogue: Catalogue, plan: Entity, position: int) -> tuple[tuple[Evidence, ...], ...]:
    """For each module that takes over a function the dates that must have come in any area."""
    return taken_over(catalogue, plan)[position]


@of_each(NEAR)
def taken_over(catalogue: Catalogue, plan: Entity) -> tuple[tuple[tuple[Evidence, ...], ...], ...]:
    """For each function of a plan, and each module that takes it over: when that is there, and the function in it."""
    return tuple(
        tuple(
            tuple(_module_starts(catalogue, plan, ("functions", position, "by", index, "live"), by["module"]))
            for index, by in enumerate(row.get("by") or ())
        )
        for position, row in enumerate(plan.rows("functions"))
    )


def cutover(plan: Entity, wave: int) -> Iterator[Evidence]:
    """What says when a wave of a plan begins to use what takes over; nothing where no date does."""
    if when := plan.when("waves", wave, "cutover"):
        yield _evidence(plan, ("waves", wave, "cutover"), when)


@of_each(ITSELF)
def going_live(_: Catalogue, module: Entity) -> tuple[Evidence, ...]:
    """What says when a module is live, which many plans wait for; nothing where no date does."""
    live = module.when("lifecycle", "live")
    return (_evidence(module, ("lifecycle", "live"), live),) if live else ()


def _module_starts(catalogue: Catalogue, plan: Entity, path: Path, by: str) -> Iterator[Evidence]:
    """When a module is there, and when a function is in it, which a plan says at a path."""
    if module := catalogue.get(by, "module"):
        yield from going_live(catalogue, module)
    if when := plan.when(*path):
        yield _evidence(plan, path, when)


def _evidence(entity: Entity, path: Path, when: When) -> Evidence:
    return Evidence(entity=entity.id, path=path, when=when, truth=entity.truth(*path))
