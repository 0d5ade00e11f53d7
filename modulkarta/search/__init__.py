"""Swedish search over everything in a catalogue that an audience may see.

It finds words as people write them: inflected, as a part of a compound, without å ä ö, another word for the same
thing, misspelt; and ids and English names.

A copy of the viewer that no server answers for has the same in JavaScript, with the lists and weights from here
(`carried`): a rule that changes here changes in webapp/static/search-*.js, and tests/browser/test_same_search.py tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.search import letters
from modulkarta.search.asking import Question, question
from modulkarta.search.index import index
from modulkarta.search.ranking import Hit, ranked

__all__ = ["Group", "Hit", "Results", "names", "results"]

_FIRST = ("module", "system", "term", "process", "standard", "replacement", "assignment", "milestone")
_LAST = ("organisation", "source")
MOST_NEAR = 3
SHORTEST_END = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The hits of one kind, the best first."""

    kind: Kind
    hits: tuple[Hit, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What was found, the best first.

    `missing` are the words asked for that nothing has; `full` is how many of the hits, the first, have all the others.
    `meant` is what was probably meant where something is misspelt; `near` are the most alike where nothing was found;
    `kinds` those that the words name; `shortened` says that the question was too long to be heeded to its end.
    """

    query: str
    hits: tuple[Hit, ...]
    full: int = 0
    missing: tuple[str, ...] = ()
    meant: str = ""
    near: tuple[Entity, ...] = ()
    kinds: tuple[Kind, ...] = ()
    shortened: bool = False

    @property
    def closest(self) -> tuple[Hit, ...]:
        """The hits with all the words; where there are none, all hits."""
        return self.hits[: self.full] or self.hits

    @property
    def groups(self) -> tuple[Group, ...]:
        """The hits by kind, what most people look for first; sources and organisations last."""
        by_kind: dict[Kind, list[Hit]] = {}
        for hit in self.hits:
            by_kind.setdefault(hit.entity.kind, []).append(hit)
        return tuple(Group(kind=kind, hits=tuple(by_kind[kind])) for kind in sorted(by_kind, key=place))


def results(catalogue: Catalogue, query: str) -> Results:
    """What a catalogue has for a question of any text; nothing where the question is empty."""
    asked = question(query)
    if not asked.text:
        return Results(query=asked.text, hits=(), shortened=asked.shortened)
    found = ranked(index(catalogue), asked, place)
    return Results(
        query=asked.text,
        hits=found.hits,
        full=found.full,
        missing=found.missing,
        meant=found.meant,
        near=() if found.hits else _near(catalogue, asked),
        kinds=_kinds(catalogue, asked),
        shortened=asked.shortened,
    )


def names(query: str, title: str) -> bool:
    """Whether a question names what has a title: each word that matters is one of the title's, or the end of one."""
    asked = question(query)
    wanted = [letters.folded(word) for word in asked.words if asked.needs(word)]
    own = [letters.folded(word) for word in letters.words(title)]
    return bool(wanted) and all(any(_is_of(word, one) for one in own) for word in wanted)


def place(kind: Kind) -> tuple[int, int, str]:
    """Where a kind stands among the others."""
    named = kind.name in _FIRST or kind.name in _LAST
    at = (*_FIRST, "", *_LAST).index(kind.name if named else "")
    return at, kind.order, kind.name


def _is_of(word: str, own: str) -> bool:
    return letters.same_word(word, own) or (len(word) >= SHORTEST_END and own.endswith(word))


def _kinds(catalogue: Catalogue, asked: Question) -> tuple[Kind, ...]:
    """The kinds that have something and are called what was asked for, or one of the words that matter."""
    wholes = {letters.whole(asked.text), *(letters.folded(word) for word in asked.words if asked.needs(word))}
    labels = {kind: (kind.label.sv, kind.plural.sv, kind.label.en, kind.plural.en) for kind in _with_any(catalogue)}
    return tuple(
        kind
        for kind, names in labels.items()
        if any(letters.same_word(whole, letters.whole(name)) for name in names for whole in wholes)
    )


def _with_any(catalogue: Catalogue) -> list[Kind]:
    return [kind for kind in catalogue.metamodel.kinds.values() if catalogue.of_kind[kind.name]]


def _near(catalogue: Catalogue, asked: Question) -> tuple[Entity, ...]:
    """The entities whose names are most like what was asked for, when nothing is found."""
    from rapidfuzz import fuzz, process

    known = index(catalogue)
    likest = process.extract(letters.whole(asked.text), known.wholes.keys(), scorer=fuzz.ratio, limit=2 * MOST_NEAR)
    numbers = dict.fromkeys(number for name, _, _ in likest for number in known.wholes[name])
    return tuple(known.entities[number] for number in [*numbers][:MOST_NEAR])
