"""Which standards are used where: by a module itself, by an interface, by an information object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modulkarta.analysis.holders import holders
from modulkarta.dates import Answer, When, earliest_of, later, opposite
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

USERS = ("module", "interface", "information-object")
"""The kinds that may follow a standard."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """One thing that says it follows a standard, and what is known of that standard."""

    user: str
    path: Path
    standard: str
    identifier: str | None
    subjects: tuple[str, ...]
    version: str | None
    """The version the user names, else the standard's own."""
    status: str | None
    """Of the standard: draft, current, retiring; None when nobody has written it down."""
    state: str | None
    """Of a module: planned, followed, deviates."""
    decision: str | None
    truth: Truth


@remembered
def uses(catalogue: Catalogue) -> tuple[Use, ...]:
    """Every use of every standard, users by id within their kind."""
    users = (entity for kind in USERS for entity in catalogue.of_kind[kind])
    return tuple(use for entity in users for use in uses_by(catalogue, entity))


def uses_by(catalogue: Catalogue, user: Entity) -> Iterator[Use]:
    """The standards that one thing follows, in its own order; a regulation in the list is none."""
    for index, listed in enumerate(user.fields.get("standards") or []):
        row: Mapping[str, Any] = listed if isinstance(listed, Mapping) else {"standard": listed}
        standard = catalogue.get(row["standard"], "standard")
        path: Path = ("standards", index, "standard") if row is listed else ("standards", index)
        if standard:
            yield _use(user, path, row, standard)


def modules_using(catalogue: Catalogue, use: Use) -> tuple[Entity, ...]:
    """The modules that a use concerns: the module itself, or those that provide, require, read or write the user."""
    own = catalogue.get(use.user, "module")
    if own:
        return (own,)
    fields = ("provides", "requires", "reads", "writes", "masters")
    found = {m.id: m for field in fields for m in holders(catalogue, use.user, field, {"module"})}
    return tuple(found[id_] for id_ in sorted(found))


def past_before(catalogue: Catalogue, use: Use, module: Entity) -> Answer:
    """Is the standard retired on the first day that a module which uses it is live?"""
    retired, live = retirement(catalogue, use), module.when("lifecycle", "live")
    return opposite(later(retired, live)) if retired and live else "no"


def past_in_use(catalogue: Catalogue, use: Use, module: Entity) -> Answer:
    """Is the standard retired while a module, and what it uses it through, are still there?"""
    retired = retirement(catalogue, use)
    if retired is None:
        return "no"
    users = (module, catalogue.entities[use.user])
    gone = earliest_of(day for user in users if (day := user.when("lifecycle", "retired")))
    if gone is None:
        return "possibly" if retired.unknown else "yes"
    return later(gone, retired)


def retirement(catalogue: Catalogue, use: Use) -> When | None:
    """The first day on which a standard is no longer valid."""
    return catalogue.entities[use.standard].when("lifecycle", "retired")


def _use(user: Entity, path: Path, row: Mapping[str, Any], standard: Entity) -> Use:
    return Use(
        user=user.id,
        path=path,
        standard=standard.id,
        identifier=standard.fields.get("identifier"),
        subjects=tuple(standard.ids("subject")),
        version=row.get("version") or standard.fields.get("version"),
        status=standard.fields.get("status"),
        state=row.get("state"),
        decision=row.get("decision"),
        truth=weakest(iter((user.truth(*path), standard.truth("status")))),
    )
