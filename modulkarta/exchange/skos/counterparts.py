"""Counterparts of a term elsewhere: rows of code system and code, and matches to addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from modulkarta.exchange.skos.codes import address, coded
from modulkarta.source.text import Tree

Match = tuple[str, str]
"""How alike, and the address of the other; how alike is "" where it is not said."""


def matches(rows: Sequence[Mapping[str, Any]]) -> set[Match]:
    """What SKOS can say of some rows; nothing is both exactly the same and wider or narrower (S46)."""
    found = {(str(row.get("match") or ""), iri) for row in rows if (iri := address(row["scheme"], row["code"]))}
    exact = {iri for match, iri in found if match == "exact"}
    return {(match, iri) for match, iri in found if match not in ("broad", "narrow") or iri not in exact}


def without_address(rows: Sequence[Mapping[str, Any]]) -> int:
    """How many rows have a code that no address is known for."""
    return sum(address(row["scheme"], row["code"]) is None for row in rows)


def told_apart(rows: Sequence[Mapping[str, Any]]) -> int:
    """How many rows say wider or narrower of what another says is exactly the same."""
    found = {(str(row.get("match") or ""), iri) for row in rows if (iri := address(row["scheme"], row["code"]))}
    return len(found) - len(matches(rows))


def rows_of(several: Iterable[Match]) -> list[dict[str, Tree]]:
    """Rows that say what some matches do."""
    found: list[dict[str, Tree]] = []
    for match, iri in sorted(several, key=lambda one: (one[1], one[0])):
        scheme, code = coded(iri)
        row: dict[str, Tree] = {"scheme": scheme, "code": code}
        found.append(row | {"match": match} if match else row)
    return found
