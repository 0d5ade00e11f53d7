"""What a concept hangs together with, as fields of a term: other terms, counterparts elsewhere, sources and status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from modulkarta.exchange.inward import Proposed
from modulkarta.exchange.skos.codes import address
from modulkarta.exchange.skos.counterparts import Match, rows_of
from modulkarta.exchange.skos.importing.around import One
from modulkarta.exchange.skos.links import MOST, clashing
from modulkarta.exchange.skos.reading import Thing
from modulkarta.exchange.skos.statements import safe
from modulkarta.exchange.skos.vocabulary import (
    DCT,
    MATCHES,
    OTHER_STATUSES,
    OWL,
    SKOS,
    STATUS_PREDICATES,
    STATUSES,
)
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.source.text import Tree

_RELATED_MATCH = f"{SKOS}relatedMatch"
_LEADING = {"broader": "skos:broader", "related": "skos:related", "renamed_to": "dct:isReplacedBy"}
"""The fields that lead to other terms, by what the format calls them."""


def relations(one: One, above: list[Thing]) -> dict[str, Tree]:
    """The fields that lead on; `above` is what stands right above the concept, whichever of the two says so."""
    facts, thing = one.around.facts, one.concept.thing
    fields: dict[str, Tree] = {}
    related = facts.things(thing, f"{SKOS}related")
    away: set[Match] = set()
    for name, several, match in (("broader", above, "broad"), ("related", related, "")):
        here, others = _ids(one, several)
        away |= {(match, other) for other in others}
        if ids := _references(one, name, here):
            fields[name] = ids
    below = [other for other in facts.things(thing, f"{SKOS}narrower") if _id(one, other) is None]
    away |= {("narrow", other) for other in below if not other.startswith("_:")}
    if rows := _mappings(one, away):
        fields["mappings"] = rows
    if sources := _sources(one):
        fields["sources"] = sources
    return {**fields, **_heir(one), **_status(one)}


def without(one: Proposed, wordless: Mapping[str, str]) -> Proposed:
    """A term that leads to no concept that became nothing; `wordless` has their addresses by the ids they would have.

    Each is told of by its address and the relation, since its id is one that nobody has seen.
    """
    fields, reasons = dict(one.fields), list(one.reasons)
    for name, relation in _LEADING.items():
        value = fields.get(name)
        for id_ in value if isinstance(value, list) else [value]:
            if isinstance(id_, str) and id_ in wordless:
                reasons.append(message("{relation} {address} togs inte med: det begreppet har inget ord som kan bli "
                                       "ett namn", relation=relation, address=wordless[id_][:200]))  # fmt: skip
        left = [id_ for id_ in value if id_ not in wordless] if isinstance(value, list) else value
        if left in ([], None) or (isinstance(left, str) and left in wordless):
            fields.pop(name, None)
        else:
            fields[name] = left
    return replace(one, fields=fields, reasons=tuple(reasons))


def sources_of(catalogue: Catalogue) -> dict[str, str]:
    """The ids of a catalogue's sources by their address on the web, or by their name."""
    things = catalogue.of_kind["source"]
    addresses = {safe(str(thing.fields.get("url") or thing.name)).value: thing.id for thing in things}
    return {thing.name: thing.id for thing in things} | addresses


def _id(one: One, thing: Thing) -> str | None:
    """The id of a thing among the file's concepts, or among the terms that remember it or are it."""
    around = one.around
    if thing in around.ids:
        return around.ids[thing]
    own = thing.removeprefix(around.start)
    if thing.startswith(around.start) and around.catalogue.get(own, around.kind.name):
        return own
    return around.known.get(thing)


def _ids(one: One, several: list[Thing]) -> tuple[list[str], list[Thing]]:
    """The ids of those that are known, and those that are not; the concept itself is neither, and told of."""
    here: list[str] = []
    away: list[Thing] = []
    for thing in dict.fromkeys(several):
        id_ = _id(one, thing)
        if id_ == one.id:
            one.reasons.append(message("begreppet pekar på sig självt; det förs inte in"))
        elif id_:
            here.append(id_)
        elif thing.startswith("_:"):
            one.reasons.append(message("en hänvisning leder till något utan adress och utan ord; den förs inte in"))
        else:
            away.append(thing)
            one.reasons.append(message("{address} finns inte i filen, och blir en motsvarighet", address=thing[:200]))
    return here, away


def _references(one: One, name: str, here: list[str]) -> list[Tree]:
    """The ids of a field: those of the file, and those of the catalogue that the file cannot know of."""
    around = one.around
    there = [str(id_) for id_ in one.there(name) or ()]
    kept = {id_ for id_ in there if id_ not in around.given or _is_singled_out(one, name, id_)}
    hint = [str(id_) for id_ in one.several(name)]
    left = {around.ids.get(around.start + id_, id_) for id_ in hint} - set(here) - kept
    apart = _apart(one, [id_ for id_ in left if name == "related"])
    wanted = {*here, *kept, *apart}
    order = next((order for order in (there, hint) if set(order) == wanted), None)
    known = order or [*(id_ for id_ in there if id_ in wanted), *sorted(wanted - set(there))]
    most = around.most(name, what="maxItems")
    if len(known) > most:
        one.reasons.append(counted("{n} hänvisning ryms inte och förs inte in",
                                   "{n} hänvisningar ryms inte och förs inte in", len(known) - most))  # fmt: skip
    return list(known[:most])


def _apart(one: One, ids: list[str]) -> set[str]:
    """What our own file says a term is related to beside SKOS, since SKOS does not let it stand there."""
    around = one.around
    things = {around.start + id_: id_ for id_ in ids if around.start + id_ in around.ids}
    return {things[thing] for thing in clashing(around.above, one.concept.thing, list(things)[:MOST], MOST)}


def _is_singled_out(one: One, name: str, id_: str) -> bool:
    """Whether fewer may see a single reference than the rest: a file that lacks it says nothing of it."""
    secrecy: Any = one.there("secrecy") or {}
    return f"{name}.{id_}" in (secrecy.get("fields") or {})


def _mappings(one: One, away: set[Match]) -> list[Tree]:
    facts, thing = one.around.facts, one.concept.thing
    said = {(match, iri) for match, predicate in MATCHES.items() for iri in facts.things(thing, predicate)}
    alike = {("", iri) for iri in facts.things(thing, _RELATED_MATCH)}
    if alike:
        one.reasons.append(counted("{n} motsvarighet är bara besläktad (relatedMatch); den står utan likhet",
                                   "{n} motsvarigheter är bara besläktade (relatedMatch); de står utan likhet",
                                   len(alike)))  # fmt: skip
    said = {one_ for one_ in said | alike | away if not one_[1].startswith("_:")}
    hint: list[Any] = [row for row in one.several("mappings") if _is_row(row)]
    rows = [row for row in hint if not (iri := address(row["scheme"], row["code"])) or _is_said(row, iri, said)]
    covered = {(row.get("match") or "", address(row["scheme"], row["code"])) for row in rows}
    rows += rows_of(said - covered)
    return _fitting(one, rows) if rows else []


def _fitting(one: One, rows: list[Any]) -> list[Tree]:
    """Rows as they stand beside those there are; what is too long, or too many, is told of."""
    most, longest = one.around.most("mappings", what="maxItems"), one.around.most("mappings", "[]", "code")
    fitting = [row for row in rows if len(str(row["code"])) <= longest]
    if over := len(rows) - len(fitting):
        one.reasons.append(counted("{n} motsvarighet har en för lång kod och förs inte in",
                                   "{n} motsvarigheter har för långa koder och förs inte in", over))  # fmt: skip
    joined = _joined(one.there("mappings") or [], fitting[:most])
    if over := len(fitting[most:]) + len(joined[most:]):
        one.reasons.append(counted("{n} motsvarighet ryms inte och förs inte in",
                                   "{n} motsvarigheter ryms inte och förs inte in", over))  # fmt: skip
    return joined[:most]


def _is_row(row: Tree) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(key), str) for key in ("scheme", "code"))


def _is_said(row: Mapping[str, Any], iri: str, said: set[Match]) -> bool:
    """Whether SKOS says a row too, or cannot, since it says that the two are exactly the same."""
    match = row.get("match") or ""
    return (match, iri) in said or (match in ("broad", "narrow") and ("exact", iri) in said)


def _joined(there: list[Any], rows: list[Any]) -> list[Any]:
    """Rows beside those there are; one of the same code that is said in another way takes the place of the old."""
    if not there:
        return rows
    found = list(there)
    for row in rows:
        if row in found:
            continue
        old = next(
            (o for o in found if (o["scheme"], o["code"]) == (row["scheme"], row["code"]) and o not in rows), None
        )
        if old:
            found[found.index(old)] = {**old, **row}
        else:
            found.append(row)
    return found


def _sources(one: One) -> list[Tree]:
    """The rows of our own file; and things of the catalogue that have the address or name of what is told."""
    if one.own.get("sources") and not one.is_ours:
        return []
    catalogue = one.around.catalogue
    if not one.own.get("sources") and not one.around.facts.values(one.concept.thing, f"{DCT}source"):
        return []
    told = one.several("sources")[: one.around.most("sources", what="maxItems")] if one.is_ours else []
    hint = [row for row in told if isinstance(row, dict)]
    there = [row for row in one.there("sources") or () if isinstance(row, dict)]
    rows = [*there, *(row for row in hint if row not in there)]
    named = {row.get("source") for row in rows}
    unknown = [row for row in hint if catalogue.get(str(row.get("source"))) is None]
    lost = 0
    for said in one.around.facts.values(one.concept.thing, f"{DCT}source"):
        id_ = one.around.sources.get(said.value)
        if id_ and id_ not in named:
            rows.append({"source": id_})
            named.add(id_)
        lost += id_ is None and not unknown
    if lost:
        one.reasons.append(counted("{n} källa finns inte i katalogen och förs inte in",
                                   "{n} källor finns inte i katalogen och förs inte in", lost))  # fmt: skip
    return list(rows) if hint or rows != there else []


def _heir(one: One) -> dict[str, Tree]:
    """What has taken a concept's place."""
    several = one.around.facts.things(one.concept.thing, f"{DCT}isReplacedBy")
    ids = [id_ for thing in several if (id_ := _id(one, thing)) and id_ != one.id]
    if len(several) > len(ids[:1]):
        one.reasons.append(counted("{n} ersättare finns inte i filen, eller är fler än en, och förs inte in",
                                   "{n} ersättare finns inte i filen, eller är fler än en, och förs inte in",
                                   len(several) - len(ids[:1])))  # fmt: skip
    return {"renamed_to": ids[0]} if ids else {}


def _status(one: One) -> dict[str, Tree]:
    facts, thing = one.around.facts, one.concept.thing
    said = [value for predicate in STATUS_PREDICATES for value in facts.values(thing, predicate)]
    known = {address_: status for status, address_ in STATUSES.items()} | dict(OTHER_STATUSES)
    found = [known[value.value] for value in said if value.value in known]
    if lost := [value.value for value in said if value.value not in known]:
        one.reasons.append(message("statusen {status} är inte känd och förs inte in", status=lost[0][:200]))
    if any(value.value in ("true", "1") for value in facts.values(thing, f"{OWL}deprecated")):
        found = ["retired", *found]
    if len(set(found)) > 1:
        one.reasons.append(message("begreppet har flera status; det tas som {status}", status=found[0]))
    return {"status": found[0]} if found else {}
