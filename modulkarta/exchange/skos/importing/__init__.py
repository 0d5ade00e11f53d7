"""Concepts out of any SKOS file as terms: Turtle, JSON-LD, RDF/XML and N-Triples; everything else in it told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from modulkarta.exchange.identity import Named, identified, known_as
from modulkarta.exchange.inward import Item, Origin, Proposal, Proposed, Source, Wish, other_version, unreadable
from modulkarta.exchange.skos.importing.around import Around, One
from modulkarta.exchange.skos.importing.concepts import Concept, collections, concepts, schemes, title
from modulkarta.exchange.skos.importing.defects import above_of, defects
from modulkarta.exchange.skos.importing.own import kept
from modulkarta.exchange.skos.importing.relations import relations, sources_of, without
from modulkarta.exchange.skos.importing.texts import texts
from modulkarta.exchange.skos.importing.words import words
from modulkarta.exchange.skos.reading import Statements, Thing, statements
from modulkarta.exchange.skos.reading.facts import Facts
from modulkarta.exchange.skos.reading.places import places
from modulkarta.exchange.skos.vocabulary import KIND, PREFIXES, SKOS, SKOS_DRAFT, SYSTEM, scheme_of, start_of
from modulkarta.findings import Finding, Location, Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.placement import is_id
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree

_MOST_REASONS = 30


def proposed(sources: tuple[Source, ...], read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """The concepts of some files as terms, all files together; or why they cannot be read."""
    if KIND not in read.catalogue.metamodel.kinds:
        why = message("katalogens schema har ingen sort för begrepp (term)")
        return tuple(unreadable(Location(file=source.name), why) for source in sources)
    several = [statements(source, number) for number, source in enumerate(sources)]
    if faults := tuple(one for one in several if isinstance(one, Finding)):
        return faults
    found = [one for one in several if isinstance(one, Statements)]
    facts = Facts.of(dict.fromkeys(chain.from_iterable(one.said for one in found)))
    there = concepts(facts)
    if not there:
        return tuple(_nothing(one) for one in found)
    return _proposal(found, facts, there, read.catalogue, wish)


def _nothing(found: Statements) -> Finding:
    at = Location(file=found.source.name)
    if any(predicate.startswith(SKOS_DRAFT) for _, predicate, _ in found.said):
        return other_version(at, "SKOS", "2008/05 (utkast)", "2004/02/skos/core (standarden)")
    return unreadable(at, message("den har inga begrepp (skos:Concept)"))


def _proposal(
    found: list[Statements], facts: Facts, there: list[Concept], catalogue: Catalogue, wish: Wish
) -> Proposal:
    above = above_of(facts, there)
    around = _around(facts, there, above, catalogue, wish)
    faults = defects(facts, there, above)
    origins = _Origins(found)
    things: list[Proposed] = []
    items: list[Item] = []
    wordless: dict[str, str] = {}
    for concept in there:
        one = _one(concept, around)
        one.reasons.extend(faults.get(concept.thing, ()))
        at = origins.of("skos:Concept", concept.thing, concept.title)
        fields = _fields(one, above)
        if fields is None:
            facts.pass_over(concept.thing)
            wordless[one.id] = concept.key
            why = message("begreppet har inget ord som kan bli ett namn")
            items.extend(Item(origin=origin, outcome="skipped", reasons=(why, *_once(one.reasons))) for origin in at)
        else:
            reasons = tuple(_once(one.reasons))
            things.append(Proposed(kind=KIND, id=one.id, fields=fields, origins=at, reasons=reasons))
    items.extend(_of_groups(facts, there, origins, catalogue))
    items.extend(_of_the_rest(facts, found))
    bound = (without(one, wordless) for one in things) if wordless else things
    return Proposal(proposed=tuple(sorted(bound, key=lambda one: one.id)), items=tuple(items))


def _around(
    facts: Facts, there: list[Concept], above: Mapping[Thing, tuple[Thing, ...]], catalogue: Catalogue, wish: Wish
) -> Around:
    start = start_of(catalogue.settings)
    named = [Named(key=one.key, kind=KIND, name=one.title, id=_own_id(one.thing, start, catalogue)) for one in there]
    ids = identified(catalogue, SYSTEM, named)
    known = {key: term.id for term in catalogue.of_kind[KIND] for key in known_as(term, SYSTEM)}
    return Around(
        facts=facts, catalogue=catalogue, kind=catalogue.metamodel.kinds[KIND], untagged=wish.language, start=start,
        ids={one.thing: ids[one.key] for one in there}, above=above,
        given=frozenset(ids.values()), known=known, sources=sources_of(catalogue),
    )  # fmt: skip


def _own_id(thing: Thing, start: str, catalogue: Catalogue) -> str:
    """The id that an address of our own says, today's where it has been renamed; "" for the addresses of others."""
    id_ = thing.removeprefix(start) if thing.startswith(start) else ""
    return catalogue.former.get(id_, id_) if is_id(id_) else ""


def _one(concept: Concept, around: Around) -> One:
    id_ = around.ids[concept.thing]
    facts = around.facts
    own = {name: tuple(facts.values(concept.thing, predicate)) for name, predicate in facts.own(concept.thing)}
    return One(
        concept=concept, id=id_, existing=around.catalogue.get(id_, KIND), around=around,
        is_ours=concept.thing.startswith(around.start), own=own,
    )  # fmt: skip


def _fields(one: One, above: Mapping[Thing, tuple[Thing, ...]]) -> dict[str, Tree] | None:
    """Every field that a concept speaks of; None where it cannot be a term."""
    called = words(one)
    if called is None:
        return None
    facts, thing = one.around.facts, one.concept.thing
    for predicate in ("inScheme", "topConceptOf"):
        facts.values(thing, f"{SKOS}{predicate}")
    fields = {**called, **texts(one), **relations(one, list(above[thing]))}
    return {**fields, **kept(one, fields)}


def _once(reasons: list[Message]) -> Iterator[Message]:
    """The reasons, each once, and of very many the number."""
    several = list({repr(reason): reason for reason in reasons}.values())
    yield from several[:_MOST_REASONS]
    if more := len(several[_MOST_REASONS:]):
        yield counted("{n} sak till är att säga om begreppet", "{n} saker till är att säga om begreppet", more)


class _Origins:
    """Where each thing of some files stands."""

    def __init__(self, found: list[Statements]) -> None:
        self._files = [
            (one, {thing for thing, _, _ in one.said}, places(one)) for one in found
        ]  # fmt: skip

    def of(self, sort: str, thing: Thing, name: str) -> tuple[Origin, ...]:
        """The thing in each file that says anything of it."""
        return tuple(
            Origin(sort=sort, name=name, at=Location(file=one.source.name, line=lines.get(thing, 1)))
            for one, things, lines in self._files if thing in things
        )  # fmt: skip


def _of_groups(facts: Facts, there: list[Concept], origins: _Origins, catalogue: Catalogue) -> Iterator[Item]:
    """Schemes and collections: the concepts in them are taken, they themselves are nothing in a catalogue.

    Our own scheme is the catalogue itself, whose settings no file of terms changes.
    """
    members = Counter(
        scheme
        for one in there
        for scheme in {*facts.things(one.thing, f"{SKOS}inScheme"), *facts.things(one.thing, f"{SKOS}topConceptOf")}
    )  # fmt: skip
    own = scheme_of(catalogue.settings)
    for scheme in schemes(facts, there):
        why = counted("schemat blir ingenting i katalogen; {n} begrepp hör till det",
                      "schemat blir ingenting i katalogen; {n} begrepp hör till det", members[scheme])  # fmt: skip
        for origin in origins.of("skos:ConceptScheme", scheme, title(facts, scheme)):
            yield (
                Item(origin=origin, outcome="same")
                if scheme == own
                else Item(origin=origin, outcome="skipped", reasons=(why,))
            )
        facts.pass_over(scheme)
    for group in collections(facts, there):
        size = len(facts.things(group, f"{SKOS}member"))
        why = counted("samlingen blir ingenting i katalogen; {n} begrepp hör till den",
                      "samlingen blir ingenting i katalogen; {n} begrepp hör till den", size)  # fmt: skip
        for origin in origins.of("skos:Collection", group, title(facts, group)):
            yield Item(origin=origin, outcome="skipped", reasons=(why,))
        facts.pass_over(group)


def _of_the_rest(facts: Facts, found: list[Statements]) -> Iterator[Item]:
    """Each property that nothing of a term was made of, with how often it is said."""
    files = [(one.source.name, {predicate for _, predicate, _ in one.said}) for one in found]
    prefixes = {start: prefix for one in reversed(found) for prefix, start in one.prefixes.items()}
    prefixes |= {start: prefix for prefix, start in PREFIXES.items()}
    for predicate, n in sorted(facts.unasked.items()):
        first = next(name for name, predicates in files if predicate in predicates)
        start = max((s for s in prefixes if s and predicate.startswith(s)), key=len, default="")
        name = f"{prefixes[start]}:{predicate.removeprefix(start)}" if start else predicate
        why = counted("{n} påstående har ingen plats i ett begrepp och förs inte in",
                      "{n} påståenden har ingen plats i ett begrepp och förs inte in", n)  # fmt: skip
        origin = Origin(sort="rdf:Property", name=name, at=Location(file=first))
        yield Item(origin=origin, outcome="skipped", reasons=(why,))
