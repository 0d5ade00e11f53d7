"""What is wrong with the concepts of a file among each other, by SKOS' own laws; each told of the concept it is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from modulkarta.exchange.skos.importing.concepts import Concept, is_also_a_group
from modulkarta.exchange.skos.links import MOST, clashing, in_rings
from modulkarta.exchange.skos.reading import Thing
from modulkarta.exchange.skos.reading.facts import Facts
from modulkarta.exchange.skos.vocabulary import MATCHES, SKOS
from modulkarta.exchange.texts import damaged
from modulkarta.findings import Message, message

Above = Mapping[Thing, tuple[Thing, ...]]


def above_of(facts: Facts, several: Sequence[Concept]) -> dict[Thing, tuple[Thing, ...]]:
    """What stands right above each concept, said from below or from above."""
    found: dict[Thing, list[Thing]] = {one.thing: facts.things(one.thing, f"{SKOS}broader")[:] for one in several}
    for one in several:
        for below in facts.things(one.thing, f"{SKOS}narrower"):
            if below in found:
                found[below].append(one.thing)
    return {thing: tuple(dict.fromkeys(over)) for thing, over in found.items()}


def defects(facts: Facts, several: Sequence[Concept], above: Above) -> dict[Thing, list[Message]]:
    """The faults of each concept that has any."""
    titles = {one.thing: one.title for one in several}
    twins = _twins(facts, several)
    rings = set(in_rings(above))
    found: dict[Thing, list[Message]] = {}
    for one in several:
        faults = [*_of_links(facts, one, above, titles, one.thing in rings)]
        faults += [*_of_matches(facts, one), *_of_text(facts, one)]
        faults += [
            message("{address} har samma rekommenderade term, ”{word}”, i samma schema",
                    address=_address(other), word=word)
            for word, others in twins.get(one.thing, ()) for other in others[:3]
        ]  # fmt: skip
        if faults:
            found[one.thing] = faults
    return found


def _of_links(
    facts: Facts, one: Concept, above: Above, titles: Mapping[Thing, str], is_in_ring: bool
) -> Iterator[Message]:
    if is_in_ring and one.thing not in above.get(one.thing, ()):
        yield message("begreppet är överordnat sig självt genom en ring")
    related = [other for other in facts.things(one.thing, f"{SKOS}related") if other != one.thing]
    for other in sorted(clashing(above, one.thing, related[:MOST], MOST)):
        yield message("{other} står både som jämförelse och över eller under begreppet",
                      other=titles.get(other, other)[:200])  # fmt: skip


def _of_matches(facts: Facts, one: Concept) -> Iterator[Message]:
    exact = set(facts.things(one.thing, MATCHES["exact"]))
    for match in ("broadMatch", "narrowMatch", "relatedMatch"):
        for other in sorted(exact & set(facts.things(one.thing, f"{SKOS}{match}"))):
            yield message("{address} är både exactMatch och {match}", address=other[:200], match=match)


def _of_text(facts: Facts, one: Concept) -> Iterator[Message]:
    if is_also_a_group(facts, one):
        yield message("begreppet är också ett schema eller en samling; det förs in som begrepp")
    if one.thing.startswith("_:"):
        yield message("begreppet har ingen adress; det känns igen på sitt ord")
    if one.thing in facts.cleaned:
        yield message("texterna hade osynliga tecken; de är borttagna")
    if any(damaged(value.value) for values in facts.said.get(one.thing, {}).values() for value in values):
        yield message("å, ä eller ö ser ut att vara fel i texterna; rätta källan och läs in den igen")


def _address(thing: Thing) -> str:
    return "ett begrepp utan adress" if thing.startswith("_:") else thing[:200]


def _twins(facts: Facts, several: Sequence[Concept]) -> dict[Thing, list[tuple[str, list[Thing]]]]:
    """For each concept the preferred words that others of its scheme have too, and those others."""
    by_word: defaultdict[tuple[str, str, str], list[Thing]] = defaultdict(list)
    for one in several:
        in_schemes = facts.things(one.thing, f"{SKOS}inScheme") + facts.things(one.thing, f"{SKOS}topConceptOf")
        for scheme in dict.fromkeys(in_schemes or [""]):
            for word in one.words["preferred"]:
                by_word[scheme, word.language, word.value].append(one.thing)
    found: defaultdict[Thing, list[tuple[str, list[Thing]]]] = defaultdict(list)
    for (_, _, shared), things in sorted(by_word.items()):
        for thing in things if len(things) > 1 else ():
            found[thing].append((shared, [other for other in things[:4] if other != thing]))
    return found
