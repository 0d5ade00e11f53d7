"""What some files say, thing by thing; and what of it nobody has asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from modulkarta.exchange.skos.reading import Statement, Thing
from modulkarta.exchange.skos.statements import Iri, Words, own_field
from modulkarta.exchange.skos.vocabulary import FIRST, NIL, RDF, REST, SKOS, TYPE
from modulkarta.exchange.texts import plain
from modulkarta.source.text import INVISIBLE, Tree

_DEEPEST, _LARGEST = 20, 10_000
_CONCEPT = Iri(value=f"{SKOS}Concept")
_PREFERRED = f"{SKOS}prefLabel"
"""Of several only one is taken, which is to be the first in the file. What else is said comes in an order of our own:
programs write a file in another order every time, and that is to change nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is said, and which properties of which things have been asked for."""

    said: dict[Thing, dict[str, list[Iri | Words]]]
    cleaned: frozenset[Thing]
    """Things of which some text had signs that cannot be seen; they are taken out."""
    asked: set[tuple[Thing, str]] = field(default_factory=set)

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> Facts:
        said: dict[Thing, dict[str, list[Iri | Words]]] = {}
        cleaned = set()
        for thing, predicate, object_ in statements:
            said.setdefault(thing, {}).setdefault(predicate, []).append(_clean(object_))
            if isinstance(object_, Words) and INVISIBLE.search(object_.value):
                cleaned.add(thing)
        for properties in said.values():
            for predicate, values in properties.items():
                if predicate != _PREFERRED:
                    values.sort(key=_order)
        return cls(said, frozenset(cleaned))

    def values(self, thing: Thing, predicate: str) -> list[Iri | Words]:
        """What is said of a thing by a property, in order; after this it has been asked for."""
        self.asked.add((thing, predicate))
        return self.said.get(thing, {}).get(predicate, [])

    def things(self, thing: Thing, predicate: str) -> list[Thing]:
        return [one.value for one in self.values(thing, predicate) if isinstance(one, Iri)]

    def words(self, thing: Thing, predicate: str) -> list[Words]:
        """The texts of a property; of a note that is a thing of its own, its text."""
        found = []
        for one in self.values(thing, predicate):
            if isinstance(one, Words):
                found.append(one)
            else:
                found.extend(self.words_of_note(one.value))
        return found

    def words_of_note(self, thing: Thing) -> list[Words]:
        return [one for one in self.values(thing, f"{RDF}value") if isinstance(one, Words)]

    def pass_over(self, thing: Thing) -> None:
        """A thing is told of as a whole, with the nameless things it is said to have."""
        left, seen = [thing], set()
        while left:
            one = left.pop()
            seen.add(one)
            for predicate, values in self.said.get(one, {}).items():
                self.asked.add((one, predicate))
                nameless = (v.value for v in values if isinstance(v, Iri) and v.value.startswith("_:"))
                left.extend(other for other in nameless if other not in seen)

    def own(self, thing: Thing) -> Iterator[tuple[str, str]]:
        """The fields of ours that are told of a thing, and the properties that tell them."""
        for predicate in sorted(self.said.get(thing, {})):
            if (name := own_field(predicate)) is not None:
                yield name, predicate

    def tree(self, object_: Iri | Words) -> Tree:
        """A value of a field of ours, nested as it was; None where it is something else, or more than a field holds."""
        return self._tree(object_, 0, iter(range(_LARGEST)))

    def _tree(self, object_: Iri | Words, depth: int, left: Iterator[int]) -> Tree:
        """What `left` has left is how many more values may be read: nameless things may lead to each other in rings."""
        if isinstance(object_, Words):
            return object_.value
        thing = object_.value
        if thing == NIL:
            return []
        if depth > _DEEPEST or next(left, None) is None or not thing.startswith("_:"):
            return None
        if FIRST in self.said.get(thing, {}):
            return [self._tree(one, depth + 1, left) for one in self._row(thing)]
        return {name: self._tree(self.values(thing, said)[0], depth + 1, left) for name, said in self.own(thing)}

    def _row(self, thing: Thing) -> Iterator[Iri | Words]:
        seen: set[Thing] = set()
        while thing in self.said and thing not in seen:
            seen.add(thing)
            yield from self.values(thing, FIRST)[:1]
            thing = next(iter(self.things(thing, REST)), NIL)

    @property
    def unasked(self) -> Counter[str]:
        """How many statements nobody has asked for, by property."""
        found: Counter[str] = Counter()
        for thing, properties in self.said.items():
            for predicate, values in properties.items():
                if (thing, predicate) not in self.asked:
                    found[predicate] += sum(predicate != TYPE or value != _CONCEPT for value in values)
        return +found


def _order(one: Iri | Words) -> tuple[bool, str, str]:
    return (isinstance(one, Iri), one.language, one.value) if isinstance(one, Words) else (True, "", one.value)


def _clean(one: Iri | Words) -> Iri | Words:
    return one if isinstance(one, Iri) else Words(value=plain(one.value), language=one.language)
