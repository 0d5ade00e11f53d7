"""What is hit if a thing goes, and what a thing needs: how far away, along which chain, and with what at stake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.analysis.lifecycle import Phase, phase
from modulkarta.analysis.lifecycle.lifetime import in_use, lifetime
from modulkarta.analysis.structure import criticality as weighing
from modulkarta.analysis.structure.criticality import Criticality, criticality, rank
from modulkarta.analysis.structure.needs import (
    ARCHITECTURE,
    Steps,
    needed_by,
    needs,
    reached,
    references_along,
    truths_along,
    way,
)
from modulkarta.analysis.structure.stopping import Stops, stops
from modulkarta.dates import Answer
from modulkarta.model import Catalogue, Reference, Truth, weakest

Direction = Literal["downstream", "upstream"]
Likelihood = Literal["direct", "likely", "possible"]
LIKELIHOODS: tuple[Likelihood, ...] = ("direct", "likely", "possible")
"""One step away, two, and more: the farther away, the more there may be in between that helps."""

Reason = Literal["not_in_use", "plan", "behind"]
REASONS: tuple[Reason, ...] = ("not_in_use", "plan", "behind")
"""Why something is left out on a day: it is not in use, it is a plan or a reference and cannot stop, or it lies behind
what is left out or stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One thing that is hit, or needed."""

    entity: str
    chain: tuple[str, ...]
    """A shortest way from the thing asked about, both included."""
    references: tuple[Reference, ...]
    """What says so, one for each link of the chain."""
    criticality: Criticality | None
    phase: Phase | None
    """On the asked day, of what has a lifecycle."""
    stops: Answer | None
    """Whether it stops on the asked day; None without a day, and upstream."""
    saved_by: tuple[str, ...]
    """Other providers that it keeps that day, or may keep."""
    truth: Truth
    """Of the links of the chain and of what is at stake; on a day also of the dates of all in the chain, and of what
    says that others are kept and are there."""

    @property
    def distance(self) -> int:
        return len(self.chain) - 1

    @property
    def likelihood(self) -> Likelihood:
        return LIKELIHOODS[min(self.distance, 3) - 1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Impact:
    """All that is hit if a thing goes, or all that it needs: the most critical and nearest first."""

    entity: str
    direction: Direction
    on: date | None
    in_use: Answer | None
    """Whether the thing itself is in use on the asked day: what is not cannot be missed."""
    hits: tuple[Hit, ...]
    left_out: Mapping[Reason, tuple[str, ...]]
    """What hangs together with the thing, and is not hit on the asked day."""


def impact(catalogue: Catalogue, id_: str, *, upstream: bool = False, on: date | None = None) -> Impact:
    """What needs an entity, near or far; with `upstream` what it needs. With a day only what is in use that day."""
    steps = needs(catalogue) if upstream else needed_by(catalogue)
    used = in_use(catalogue, catalogue.entities[id_], on) if on else None
    stopping = stops(catalogue, id_, on) if on and used != "no" and not upstream else None
    before = _reached(catalogue, steps, id_, on, stopping) if upstream or used != "no" else {}
    grounds = _grounds(catalogue, id_, before, upstream, on)
    hits = (_hit(catalogue, way(before, hit), upstream, on, stopping, grounds[hit]) for hit in before)
    return Impact(
        entity=id_,
        direction="upstream" if upstream else "downstream",
        on=on,
        in_use=used,
        hits=tuple(sorted(hits, key=lambda hit: (rank(hit.criticality), hit.distance, hit.entity))),
        left_out=_left_out(catalogue, sorted(reached(steps.__getitem__, id_).keys() - before.keys()), upstream, on),
    )


def _reached(
    catalogue: Catalogue, steps: Steps, start: str, on: date | None, stopping: Stops | None
) -> Mapping[str, str]:
    """What is reached; on a day only through what is in use, and downstream only through what stops, or may."""
    if on is None:
        return reached(steps.__getitem__, start)
    if stopping is None:
        used = {
            id_ for id_ in reached(steps.__getitem__, start) if in_use(catalogue, catalogue.entities[id_], on) != "no"
        }
        found = reached(steps.__getitem__, start, used.__contains__)
        return {id_: one for id_, one in found.items() if id_ in used}
    found = reached(steps.__getitem__, start, stopping.possible.__contains__)
    return {id_: one for id_, one in found.items() if id_ in stopping.possible or id_ in stopping.spared}


def _left_out(
    catalogue: Catalogue, ids: list[str], upstream: bool, on: date | None
) -> Mapping[Reason, tuple[str, ...]]:
    reasons: dict[Reason, list[str]] = {reason: [] for reason in REASONS}
    for entity in (catalogue.entities[id_] for id_ in ids):
        plan = not upstream and entity.kind.layer not in ARCHITECTURE
        unused = on is not None and in_use(catalogue, entity, on) == "no"
        reasons["plan" if plan else "not_in_use" if unused else "behind"].append(entity.id)
    return {reason: tuple(several) for reason, several in reasons.items()}


def _grounds(
    catalogue: Catalogue, start: str, before: Mapping[str, str], upstream: bool, on: date | None
) -> Mapping[str, Truth]:
    """What the way to each hit rests on: that of the one before it, the link, and on a day its own dates."""
    grounds: dict[str, Truth] = {start: weakest(("fact", *_dated_truth(catalogue, start, on)))}
    for hit, one in before.items():
        link = truths_along(catalogue, (one, hit) if upstream else (hit, one))
        grounds[hit] = weakest((grounds[one], *link, *_dated_truth(catalogue, hit, on)))
    return grounds


def _dated_truth(catalogue: Catalogue, id_: str, on: date | None) -> tuple[Truth, ...]:
    entity = catalogue.entities[id_]
    return (lifetime(catalogue, entity).truth,) if on and "lifecycle" in entity.kind.properties else ()


def _hit(
    catalogue: Catalogue,
    chain: tuple[str, ...],
    upstream: bool,
    on: date | None,
    stopping: Stops | None,
    ground: Truth,
) -> Hit:
    entity = catalogue.entities[chain[-1]]
    references = references_along(catalogue, chain if upstream else chain[::-1])
    saved_by = stopping.spared.get(entity.id, ()) if stopping else ()
    now = phase(entity, on) if on and "lifecycle" in entity.kind.properties else None
    return Hit(
        entity=entity.id,
        chain=chain,
        references=references if upstream else references[::-1],
        criticality=criticality(catalogue, entity.id),
        phase=now,
        stops=stopping.of(entity.id, in_use(catalogue, entity, on)) if stopping and on else None,
        saved_by=saved_by,
        truth=weakest((ground, *_truths(catalogue, entity.id, on, saved_by))),
    )


def _truths(catalogue: Catalogue, hit: str, on: date | None, saved_by: tuple[str, ...]) -> Iterator[Truth]:
    """What else a hit rests on: how critical it is, and who takes over."""
    yield from weighing.truths(catalogue, hit)
    for other in saved_by:
        yield from truths_along(catalogue, (hit, other))
        yield from _dated_truth(catalogue, other, on)
