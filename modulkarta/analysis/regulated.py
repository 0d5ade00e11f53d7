"""Which modules a law hits, and why: the one answer that deadlines, rules and tenders give."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.analysis.holders import holders
from modulkarta.model import Catalogue, Entity

_NEAR = ("capabilities", "functions", "provides", "requires", "masters", "writes", "reads")
"""What a module has to do with, that a law may concern."""


def regulated(catalogue: Catalogue, regulation: Entity, index: int | None = None) -> Mapping[str, tuple[str, ...]]:
    """The modules that one of a law's days hits, or the law as a whole, by id; each with what it is hit through.

    A day that says whom it concerns hits nobody else. A module that follows the law is hit through itself.
    """
    own = regulation.rows("applies")[index].get("concerns") if index is not None else None
    if own:
        return _hit(catalogue, own)
    following = {module.id: (module.id,) for module in holders(catalogue, regulation.id, "standards", {"module"})}
    found = {**following, **_hit(catalogue, regulation.ids("concerns"))}
    return {module: found[module] for module in sorted(found)}


def _hit(catalogue: Catalogue, concerned: list[str]) -> dict[str, tuple[str, ...]]:
    """The modules that are, or have to do with, what a law concerns."""
    found: dict[str, dict[str, None]] = {}
    for id_ in concerned:
        for module in _modules(catalogue, id_):
            found.setdefault(module, {})[id_] = None
    return {module: tuple(found[module]) for module in sorted(found)}


def _modules(catalogue: Catalogue, id_: str) -> tuple[str, ...]:
    if catalogue.get(id_, "module"):
        return (id_,)
    return tuple(module.id for field in _NEAR for module in holders(catalogue, id_, field, {"module"}))
