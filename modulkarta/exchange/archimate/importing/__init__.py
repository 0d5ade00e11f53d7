"""Models of ArchiMate as things of the catalogue: every element and every relationship is one, or is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from modulkarta.exchange.archimate.importing import beside, foreign, own
from modulkarta.exchange.archimate.importing.kinds import ELEMENT, Choosing
from modulkarta.exchange.archimate.importing.mapping import wanted
from modulkarta.exchange.archimate.importing.plan import Plan, origin, plan
from modulkarta.exchange.archimate.importing.references import Spot
from modulkarta.exchange.archimate.names import ELEMENTS, FIELD, ID, JUNCTIONS, SYSTEM
from modulkarta.exchange.archimate.reading import model
from modulkarta.exchange.archimate.reading.content import Link, Model, Row, Thing
from modulkarta.exchange.archimate.reading.opening import Opened, opened
from modulkarta.exchange.identity import EXTERNAL_IDS, Named, identified, remembering
from modulkarta.exchange.inward import Item, Origin, Proposal, Proposed, Source, Wish, repetitions
from modulkarta.exchange.texts import LONGEST_NAME
from modulkarta.findings import Finding, Location, Message, counted, message
from modulkarta.model import Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree
from modulkarta.wording import Language, said


def proposed(sources: tuple[Source, ...], read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """What models come to, or all that is wrong with the files; nothing of a file that is broken is taken.

    Texts without a language are in that of the wish. Things are known again by their identifiers, which
    `external_ids` remembers; what the export wrote itself, by the ids that it says.
    """
    files = [opened(source) for source in sources]
    read_ = [file if isinstance(file, Finding) else model(file) for file in files]
    models = [one for one in read_ if isinstance(one, Model)]
    used = {thing.type for one in models for thing in (*one.elements, *one.links)}
    rules = wanted(wish.mapping, read.catalogue.metamodel, used)
    wrong = [*(rules if isinstance(rules, tuple) else ()), *_wrong(read_), *_repeated(models)]
    if wrong or isinstance(rules, tuple):
        return tuple(wrong)
    elements, links = chain(*(one.elements for one in models)), chain(*(one.links for one in models))
    folders = {id_: path for one in models for id_, path in one.folders.items()}
    made = plan(elements, links, read, Choosing(read.catalogue, rules, folders), rules)
    return _Taking(read, made, wish.language).proposal(models, files)


def _wrong(read: Iterable[Model | Finding | tuple[Finding, ...]]) -> Iterator[Finding]:
    for one in read:
        if isinstance(one, Finding):
            yield one
        elif isinstance(one, tuple):
            yield from one


def _repeated(models: list[Model]) -> Iterator[Finding]:
    """What two files call the same; within one file the reading has found it."""
    things = (thing for one in models for thing in (*one.elements, *one.links) if thing.identifier)
    return repetitions((thing.identifier, thing.at) for thing in things)


class _Taking:
    """A plan on its way into a catalogue."""

    def __init__(self, read: Snapshot, made: Plan, language: Language) -> None:
        catalogue = read.catalogue
        self._read, self._catalogue, self._plan, self._language = read, catalogue, made, language
        self._names = {key: self._name(thing) for key, thing in made.things.items() if not isinstance(thing, Link)}
        self._names |= {key: self._title(thing) for key, thing in made.things.items() if isinstance(thing, Link)}
        self._ids = identified(catalogue, SYSTEM, [self._named(key) for key in made.things])
        self._homeless: dict[str, tuple[Row, ...]] = {}

    def proposal(self, models: list[Model], files: list[Opened | Finding]) -> Proposal:
        fields, reasons = {}, {}
        for key in self._plan.things:
            reasons[key] = list(self._plan.choices[key].reasons)
            fields[key] = self._fields(key, reasons[key])
        origins = {key: [origin(thing)] for key, thing in self._plan.things.items()}
        self._bind(fields, origins)
        self._tell(fields, origins, reasons)
        things = tuple(
            Proposed(kind=self._plan.choices[key].kind, id=self._ids[key], fields=fields[key],
                     origins=tuple(origins[key]), reasons=_once(reasons[key]))
            for key in self._plan.things
        )  # fmt: skip
        kept = beside.kept(models, self._plan, self._homeless, self._read)
        return Proposal(proposed=things, items=(*self._plan.items, *kept.items, *_pictures(files)), beside=kept.files)

    def _named(self, key: str) -> Named:
        choice, thing = self._plan.choices[key], self._plan.things[key]
        return Named(key=key, kind=choice.kind, name=self._names[key], id=thing.marks[ID] if choice.own else "")

    def _name(self, thing: Thing) -> str:
        """What it is called; what the language has no name for, by what it is."""
        if thing.names:
            return foreign.one_line(thing.names[0][1])
        junction = JUNCTIONS.get(thing.type)
        return said(junction, self._language) if junction else thing.identifier

    def _title(self, link: Link) -> str:
        """What a relationship is called: by its own name, else by its ends."""
        if link.names:
            return self._name(link)
        source, target = (self._names.get(end, end)[:45] for end in (link.source, link.target))
        return f"{source} → {target} ({link.type[:24]})"

    def _before(self, key: str) -> Entity | None:
        return self._catalogue.get(self._ids[key], self._plan.choices[key].kind)

    def _fields(self, key: str, reasons: list[Message]) -> dict[str, Tree]:
        """What a thing says of itself, but for what it has to do with others."""
        thing, choice = self._plan.things[key], self._plan.choices[key]
        if choice.own:
            fields, rows = own.fields(thing, reasons)
            fields.setdefault("name", foreign.one_line(self._names[key])[:LONGEST_NAME] or key)
            self._as_secret(key, fields, reasons)
        else:
            fields, rows = self._foreign(key, reasons), thing.rows
        return fields | self._properties(key, fields, rows, reasons)

    def _as_secret(self, key: str, fields: dict[str, Tree], reasons: list[Message]) -> None:
        """What is classified here stays so: who exported the model may have seen less of it."""
        before = self._before(key)
        known = before.document.tree.get("secrecy") if before else None
        if known is not None and fields.get("secrecy", known) != known:
            reasons.append(message("sekretessen står kvar som den är: den ändras i katalogen"))
        if known is not None:
            fields.pop("secrecy", None)

    def _foreign(self, key: str, reasons: list[Message]) -> dict[str, Tree]:
        thing, choice, before = self._plan.things[key], self._plan.choices[key], self._before(key)
        named = not thing.names and (isinstance(thing, Link) or thing.type in JUNCTIONS)
        fields, told = foreign.texts(thing, before, self._language, self._names[key])
        reasons += told if not named else told[1:]
        reasons += foreign.renamed_type(thing)
        if isinstance(thing, Link):
            fields |= foreign.details(thing, reasons)
            fields |= {"source": self._ids[thing.source], "target": self._ids[thing.target]}
        elif choice.kind == ELEMENT:
            fields["type"] = foreign.one_line(thing.type)[:LONGEST_NAME] or "?"
        elif ELEMENTS.get(choice.kind, thing.type) != thing.type:
            reasons.append(message("typen {type} blir {other} om katalogen exporteras igen",
                                   type=thing.type, other=ELEMENTS[choice.kind]))  # fmt: skip
        return fields | dict(choice.fields) | {EXTERNAL_IDS: remembering(before, SYSTEM, key)}

    def _properties(
        self, key: str, fields: Mapping[str, Tree], rows: tuple[Row, ...], reasons: list[Message]
    ) -> dict[str, Tree]:
        """The model's own properties, in the table for them; a kind that has none leaves them beside the catalogue."""
        if not rows:
            return {}
        kind = self._catalogue.metamodel.kinds[self._plan.choices[key].kind]
        if foreign.room_for_rows(kind):
            before = fields.get("properties")
            return {"properties": [*(before if isinstance(before, list) else []), *foreign.rows(rows, reasons)]}
        self._homeless[key] = rows
        reasons.append(counted("{n} egenskap ligger kvar i filen bredvid katalogen",
                               "{n} egenskaper ligger kvar i filen bredvid katalogen", len(rows)))  # fmt: skip
        return {}

    def _bind(self, fields: dict[str, dict[str, Tree]], origins: dict[str, list[Origin]]) -> None:
        """Relationships that are fields of one of their ends."""
        for spot, link in self._plan.spots:
            origins[spot.holder.id].append(origin(link))
            fields[spot.holder.id][spot.field] = self._value(spot, fields[spot.holder.id])

    def _tell(
        self, fields: dict[str, dict[str, Tree]], origins: dict[str, list[Origin]], reasons: dict[str, list[Message]]
    ) -> None:
        """Relationships that only repeat what a thing of our own says; one that no longer does is told."""
        holders = {thing.marks.get(ID): key for key, thing in self._plan.things.items() if self._plan.choices[key].own}
        for holder, link in self._plan.told:
            key = holders[holder]
            origins[key].append(origin(link))
            name = link.marks.get(FIELD, "").partition(".")[0]
            other = link.target if link.source == key else link.source
            known = before.document.tree.get(name) if (before := self._before(key)) else None
            shown = json.dumps(fields[key].get(name, known), ensure_ascii=False)
            if key not in (link.source, link.target) or f'"{self._ids.get(other, "")}"' not in shown:
                reasons[key].append(
                    message("en relation är flyttad i modellen, men fältet {field} står kvar", field=name)
                )

    def _value(self, spot: Spot, fields: Mapping[str, Tree]) -> Tree:
        """A field with one more in it: what the file has said, else what the catalogue has, comes before."""
        other = self._ids[spot.other.id]
        if not spot.several:
            return other
        before = self._before(spot.holder.id)
        found = fields.get(spot.field) or (before.document.tree.get(spot.field) if before else None)
        known = list(found) if isinstance(found, list) else []
        return known if other in known else [*known, other]


def _once(reasons: Iterable[Message]) -> tuple[Message, ...]:
    """Reasons, each once; they are compared by their words, since values need not be hashable."""
    return tuple({repr(one): one for one in reasons}.values())


def _pictures(files: Iterable[Opened | Finding]) -> Iterator[Item]:
    """What lies in an archive beside its model."""
    for file in (one for one in files if isinstance(one, Opened)):
        for name in file.others:
            at = Location(file=f"{file.name.partition('!')[0]}!{name}")
            reasons = (message("bilder i Archis arkiv tas inte med"),)
            yield Item(origin=Origin(sort="file", name=name, at=at), outcome="skipped", reasons=reasons)
