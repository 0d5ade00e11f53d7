"""How far questions look, and so which of their answers still hold when some files have changed.

A question about one thing says what it looks at beside settings and schemas: the thing itself, what is one reference
away, or what lies on from there through things of some kinds. Its answers are kept by thing. A catalogue that is like
another takes over those about things of which nothing within that reach has changed; the others are asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from itertools import chain
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from modulkarta.model import Catalogue, Entity, Reference

A = TypeVar("A")
P = ParamSpec("P")
Question = Callable[Concatenate[Catalogue, Entity, P], Iterator[A]]
Answers = Callable[Concatenate[Catalogue, P], Iterator[A]]
Selection = Callable[..., Iterable[Entity]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How far a question looks; `through` are the kinds of the things that it looks on from, however often."""

    near: bool
    through: frozenset[str] = frozenset()


ITSELF = Reach(near=False)
"""At nothing but the thing."""
NEAR = Reach(near=True)
"""At what it names too, and at what names it."""


def through(*kinds: str) -> Reach:
    """At what is near, and at what is near those of some kinds that are."""
    return Reach(near=True, through=frozenset(kinds))


_UNKNOWN: Final = object()


class Kept(dict[str, Any]):
    """Answers by the id of what they are about; `ground` is what else they rest on, `left` whom to ask anew."""

    def __init__(self, reach: Reach, ground: object = None, left: Iterable[str] = ()) -> None:
        self.reach, self.ground, self.left = reach, ground, frozenset(left)

    def without(self, ids: set[str]) -> Kept:
        """The same but for some ids, which are to be asked anew."""
        new = Kept(self.reach, self.ground, self.left | ids)
        new.update(self)
        new.update(dict.fromkeys(ids & self.keys(), _UNKNOWN))
        return new

    def with_answers(self, told: Mapping[str, Any], order: Callable[[str], Any] | None) -> Kept:
        """These answers and those of whom was left to ask, by id or in another order."""
        new = Kept(self.reach, self.ground)
        both = {id_: answer for id_, answer in {**self, **told}.items() if answer is not _UNKNOWN}
        in_place = order is None and told.keys() <= self.keys()
        new.update(both if in_place else {id_: both[id_] for id_ in sorted(both, key=order)})
        return new


@dataclass(frozen=True, slots=True)
class Held:
    """An answer, what it rests on, and whether that is known to be as it was."""

    ground: object
    answer: Any
    holds: bool = False


def of_each(reach: Reach) -> Callable[[Callable[[Catalogue, Entity], A]], Callable[[Catalogue, Entity], A]]:
    """A question about one thing of a catalogue, answered once; it looks no farther than its reach."""

    def kept(question: Callable[[Catalogue, Entity], A]) -> Callable[[Catalogue, Entity], A]:
        @wraps(question)
        def answer(catalogue: Catalogue, entity: Entity) -> A:
            if catalogue.entities.get(entity.id) is not entity:
                return question(catalogue, entity)  # another version of the thing
            answers = catalogue.answers.get(question)
            if answers is None:
                answers = catalogue.answers.setdefault(question, Kept(reach))
            found = answers.get(entity.id, _UNKNOWN)
            if found is _UNKNOWN:
                found = answers[entity.id] = question(catalogue, entity)
            return found  # type: ignore[no-any-return]

        return answer

    return kept


def each(
    *kinds: str, reach: Reach, among: Selection | None = None, ground: Callable[[Catalogue], object] | None = None
) -> Callable[[Question[P, A]], Answers[P, A]]:
    """A question, as most rules are, that is asked of each thing of some kinds, or of all things; answers in order.

    `among` finds, quickly, those that it may say something of. `ground` is what it looks at of the catalogue as a
    whole: when that is another, all are asked anew.
    """

    def kept_by_thing(question: Question[P, A]) -> Answers[P, A]:
        @wraps(question)
        def answers(catalogue: Catalogue, /, *args: P.args, **kwargs: P.kwargs) -> Iterator[A]:
            rests_on = (ground(catalogue) if ground else None, args)
            kept = catalogue.answers.get(question)
            things: Iterable[Entity] = ()
            if kept is None or kept.ground != rests_on:
                kept = Kept(reach, rests_on)
                things = asked(among(catalogue, *args) if among else _all(catalogue, kinds))
            elif kept.left:
                things = asked(_some(catalogue, kinds, kept.left))
            told = {one.id: found for one in things if (found := tuple(question(catalogue, one, *args, **kwargs)))}
            if told or kept.left:
                kept = kept.with_answers(told, _order(catalogue, kinds))
            catalogue.answers[question] = kept
            yield from chain.from_iterable(kept.values())

        return answers

    return kept_by_thing


def resting_on(ground: Callable[[Catalogue], object]) -> Callable[[Callable[[Catalogue], A]], Callable[[Catalogue], A]]:
    """A question about a whole catalogue, whose answer holds for as long as what it rests on is the same."""

    def held(question: Callable[[Catalogue], A]) -> Callable[[Catalogue], A]:
        @wraps(question)
        def answer(catalogue: Catalogue) -> A:
            found = catalogue.answers.get(question)
            if found is None or not found.holds:
                rests_on = ground(catalogue)
                if found is None or found.ground != rests_on:
                    found = Held(rests_on, question(catalogue))
                catalogue.answers[question] = Held(rests_on, found.answer, holds=True)
            told: A = catalogue.answers[question].answer
            return told

        return answer

    return held


def asked(things: Iterable[Entity]) -> Iterable[Entity]:
    """The things that a rule is asked of, one rule at a time: here they can be counted."""
    return things


def take_over(new: Catalogue, old: Catalogue) -> None:
    """Give a catalogue, of which nothing has been asked yet, the answers of another that still hold.

    None where the two differ in more than their files, or where an audience is not told the same of them.
    """
    if new.metamodel is not old.metamodel or new.settings != old.settings or new.laid_over != old.laid_over:
        return
    if (new.untold, new.omitted, new.unseen) != (old.untold, old.omitted, old.unseen):
        return
    change = Change(new, old)
    vars(new)["incoming"] = change.incoming
    for question, kept in list(old.answers.items()):
        if isinstance(kept, Kept):
            new.answers[question] = kept.without(change.within(kept.reach))
        elif isinstance(kept, Held):
            new.answers[question] = replace(kept, holds=False)


class Change:
    """What differs between two catalogues that share the things whose files are the same."""

    def __init__(self, new: Catalogue, old: Catalogue) -> None:
        self.new, self.old = new, old
        self._within: dict[Reach, set[str]] = {}

    @cached_property
    def ids(self) -> set[str]:
        """The things that came, went or say something else."""
        then, now = self.old.entities, self.new.entities
        return {id_ for id_, entity in now.items() if then.get(id_) is not entity} | (then.keys() - now.keys())

    @cached_property
    def incoming(self) -> dict[str, tuple[Reference, ...]]:
        """The references to each thing now."""
        named = {reference.target for id_ in self.ids for reference in self._references(id_)}
        kept = {id_: [one for one in self.old.incoming.get(id_, ()) if one.source not in self.ids] for id_ in named}
        for entity in (self.new.entities[id_] for id_ in self.ids if id_ in self.new.entities):
            for reference in entity.references:
                kept[reference.target].append(reference)
        by_source = {id_: tuple(sorted(several, key=lambda one: one.source)) for id_, several in kept.items()}
        return {id_: several for id_, several in {**self.old.incoming, **by_source}.items() if several}

    def within(self, reach: Reach) -> set[str]:
        """The things within whose reach something differs."""
        if reach not in self._within:
            self._within[reach] = self._reached(reach) if reach.near else self.ids
        return self._within[reach]

    def _reached(self, reach: Reach) -> set[str]:
        reached = set(self.ids)
        waiting = list(self.ids)
        for here in waiting:
            for id_ in self._neighbours(here):
                if id_ not in reached:
                    reached.add(id_)
                    if reach.through and self._may_be(id_, reach.through):
                        waiting.append(id_)
        return reached

    def _neighbours(self, id_: str) -> Iterator[str]:
        """What names a thing, or what it names, now or then."""
        yield from (reference.target for reference in self._references(id_))
        for incoming in (self.old.incoming, self.incoming):
            yield from (reference.source for reference in incoming.get(id_, ()))

    def _references(self, id_: str) -> Iterator[Reference]:
        for entity in self._versions(id_):
            yield from entity.references

    def _may_be(self, id_: str, kinds: frozenset[str]) -> bool:
        """Whether a thing is of some kinds, now or then; what is named but not there may be of any."""
        versions = list(self._versions(id_))
        return not versions or any(entity.kind.name in kinds for entity in versions)

    def _versions(self, id_: str) -> Iterator[Entity]:
        for catalogue in (self.old, self.new):
            if entity := catalogue.entities.get(id_):
                yield entity


def _all(catalogue: Catalogue, kinds: tuple[str, ...]) -> Iterable[Entity]:
    return chain.from_iterable(catalogue.of_kind[kind] for kind in kinds) if kinds else catalogue.entities.values()


def _some(catalogue: Catalogue, kinds: tuple[str, ...], ids: Iterable[str]) -> Iterator[Entity]:
    for id_ in ids:
        entity = catalogue.entities.get(id_)
        if entity and (not kinds or entity.kind.name in kinds):
            yield entity


def _order(catalogue: Catalogue, kinds: tuple[str, ...]) -> Callable[[str], tuple[int, str]] | None:
    """In which order things of several kinds are told of: kind by kind, by id."""
    if len(kinds) < 2:
        return None
    return lambda id_: (kinds.index(catalogue.entities[id_].kind.name), id_)
