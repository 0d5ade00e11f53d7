"""Everything that changed from one snapshot to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from modulkarta.changes.broken import as_named_today, told_apart
from modulkarta.changes.fields import WORDING, Difference, differences
from modulkarta.changes.pairs import Pairs, pairs
from modulkarta.changes.plans import GapChange, Handover, gap_changes, handovers
from modulkarta.findings import Finding
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed between two catalogues; empty where they mean the same."""

    before: Catalogue
    after: Catalogue
    pairs: Pairs
    differences: tuple[Difference, ...]
    gaps: tuple[GapChange, ...]
    handovers: tuple[Handover, ...]
    found: tuple[Finding, ...]
    """The findings that the second has and the first had not."""
    mended: tuple[Finding, ...]
    """Those that the first had and the second has not; their places are in the first."""

    @cached_property
    def meant(self) -> tuple[Difference, ...]:
        """The differences that are more than wording."""
        return tuple(one for one in self.differences if one.sort not in WORDING)

    @cached_property
    def worded(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.sort in WORDING)

    def side_of(self, id_: str) -> Catalogue:
        """The later catalogue, of what only the earlier knows that one."""
        return self.after if id_ in self.after.entities else self.before

    def is_handover(self, one: Difference) -> bool:
        """Whether a difference says no more than that somebody else takes a function over."""
        side, id_ = (self.before, one.before_id) if one.side == "before" else (self.after, one.entity)
        plan = side.entities[id_]
        if plan.kind.name != "replacement" or one.path[0] != "functions" or one.sort not in ("state", "row"):
            return False
        function = plan.rows("functions")[int(one.path[1])]["function"]
        return (one.entity, self.pairs.today.get(function, function)) in self._handed_over

    @cached_property
    def _handed_over(self) -> frozenset[tuple[str | None, str]]:
        return frozenset((one.plan, one.function) for one in self.handovers)

    @property
    def nothing(self) -> bool:
        """Whether the two mean the same, however they are worded."""
        pairs = self.pairs
        return not (pairs.created or pairs.removed or pairs.renamed or self.meant or self.gaps or self.handovers)


def changes(before: Snapshot, after: Snapshot) -> Changes:
    """What changed from one snapshot to another; what only one of them could read is in `pairs.unread`."""
    old, new = before.catalogue, after.catalogue
    found = pairs(old, new)
    was, is_ = as_named_today(before.listed, found.today), after.listed
    return Changes(
        before=old,
        after=new,
        pairs=found,
        differences=tuple(_differences(old, new, found)),
        gaps=gap_changes(old, new, found),
        handovers=handovers(old, new, found),
        found=told_apart(is_, was, {})[0],
        mended=told_apart(was, is_, {})[0],
    )


def _differences(before: Catalogue, after: Catalogue, pairs: Pairs) -> Iterator[Difference]:
    for old_id, new_id in pairs.both():
        old, new = before.entities[old_id], after.entities[new_id]
        if old is not new:
            yield from differences(old, new, pairs.today)
