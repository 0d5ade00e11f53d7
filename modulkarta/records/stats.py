"""How large a catalogue is and in what state, as programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from modulkarta.analysis import coverage, knowledge
from modulkarta.model import TRUTHS
from modulkarta.records.values import Record
from modulkarta.snapshot import Snapshot

_BROKEN_REFERENCE, _STALE_REVIEW = "MK301", "MK603"


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The numbers of a catalogue: how many there are of each kind that has any, what its statements rest on in shares
    of a hundred, and what is wrong with it.
    """

    kinds: Mapping[str, int]
    statements: Mapping[str, int]
    shares: Mapping[str, int]
    gaps: int
    not_judged: int
    broken_references: int
    stale_reviews: int


def state(read: Snapshot) -> State:
    """The numbers of a snapshot, as its audience sees it."""
    catalogue = read.catalogue
    count = knowledge.in_all(catalogue)
    return State(
        kinds={name: len(catalogue.of_kind[name]) for name in catalogue.metamodel.kinds if catalogue.of_kind[name]},
        statements={truth: count.statements[truth] for truth in TRUTHS},
        shares=dict(count.shares.items()),
        gaps=len(coverage.gaps(catalogue)),
        not_judged=len(coverage.not_judged(catalogue)),
        broken_references=read.number_of(_BROKEN_REFERENCE),
        stale_reviews=read.number_of(_STALE_REVIEW),
    )


def stats(read: Snapshot) -> Record:
    """How large a catalogue is and in what state."""
    found = state(read)
    return {
        "schema": "modulkarta/stats/1",
        "title": read.catalogue.settings.title,
        "version": read.version,
        "entities": len(read.catalogue.entities),
        "kinds": dict(found.kinds),
        "statements": dict(found.statements),
        "gaps": found.gaps,
        "cannot_be_judged": found.not_judged,
        "broken_references": found.broken_references,
        "stale_reviews": found.stale_reviews,
        "files": read.files,
        "left_out": read.left_out,
        "errors": read.count("error"),
        "warnings": read.count("warning"),
        "info": read.count("info"),
    }
