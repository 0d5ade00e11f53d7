"""Did you mean …, for what tables refer to and nobody knows: of thousands, the first only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from modulkarta.metamodel import ANY_KIND
from modulkarta.nearest import nearest

MOST = 200
"""Guesses in one import. Each is compared with all there is; and who has more unknown has another catalogue in mind."""


@dataclass(kw_only=True, slots=True, eq=False)
class Guesses:
    """What was probably meant by an id: one of those that have a kind, known by themselves and perhaps by a name."""

    kinds: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    made: int = 0
    _fitting: dict[Sequence[str], tuple[list[str], dict[str, str]]] = field(default_factory=dict)

    def guess(self, word: str, kinds: tuple[str, ...]) -> str | None:
        """The id of some kinds that is most like a word or whose name is; None where none is, or it is one too many."""
        if not word or self.made >= MOST:
            return None
        self.made += 1
        if kinds not in self._fitting:
            ids = sorted(id_ for id_, kind in self.kinds.items() if ANY_KIND in kinds or kind in kinds)
            self._fitting[kinds] = ids, {self.names.get(id_, id_).casefold(): id_ for id_ in ids}
        ids, names = self._fitting[kinds]
        return nearest(word, ids) or names.get(nearest(word.casefold(), names) or "")
