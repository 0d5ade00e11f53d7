"""Which kind each element of a model becomes here: as the mapping file says, as it was last time, or as is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from modulkarta.exchange.archimate.importing.mapping import SKIP, Rule, Wanted, rules_of
from modulkarta.exchange.archimate.names import ID, KIND, MODEL_ELEMENT, MODEL_RELATIONSHIP, SYSTEM
from modulkarta.exchange.archimate.reading.content import Thing
from modulkarta.exchange.identity import known_as
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.model import Catalogue, Entity
from modulkarta.source.text import Tree

ELEMENT, RELATIONSHIP = MODEL_ELEMENT, MODEL_RELATIONSHIP
"""The kinds that take whatever fits no other."""

USUAL: Mapping[str, str] = {
    "Capability": "capability",
    "BusinessActor": "organisation",
    "BusinessRole": "user-group",
    "BusinessProcess": "process",
    "BusinessObject": "information-object",
    "Contract": "contract",
    "ApplicationComponent": "system",
    "ApplicationFunction": "function",
    "ApplicationInterface": "interface",
    "DataObject": "information-object",
    "Node": "platform",
    "Device": "platform",
    "SystemSoftware": "platform",
    "Goal": "goal",
    "Principle": "principle",
    "Meaning": "term",
    "WorkPackage": "assignment",
    "ImplementationEvent": "milestone",
    "Location": "area",
}
"""Types of ArchiMate 3 -> our kinds, where nobody says otherwise; all others become elements."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A kind, fields that the mapping file gives, and what is to be told of it. Without a kind it is left out."""

    kind: str
    fields: Mapping[str, Tree] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()
    own: bool = False
    """Whether it is of our own making: it says itself what it is."""


class Choosing:
    """What is known when kinds are chosen."""

    def __init__(self, catalogue: Catalogue, wanted: Wanted, folders: Mapping[str, str]) -> None:
        self._metamodel: Metamodel = catalogue.metamodel
        self._wanted, self._folders = wanted, folders
        self.remembered = remembered(catalogue)

    def choice(self, thing: Thing) -> Choice:
        """The kind of an element."""
        marks = thing.marks
        if marks.get(KIND) and marks.get(ID):
            if marks[KIND] in self._metamodel.kinds:
                return Choice(kind=marks[KIND], own=True)
            return self._element(message("sorten ”{kind}” finns inte här", kind=marks[KIND]))
        if rule := next((one for one in rules_of(self._wanted.elements, thing.type) if self._holds(one, thing)), None):
            kind = "" if rule.to == SKIP else rule.to
            return self._whole(Choice(kind=kind, fields=rule.fields), thing) if kind else Choice(kind="")
        if before := self.remembered.get(thing.identifier):
            return Choice(kind=before.kind.name)
        return self._whole(Choice(kind=USUAL.get(thing.type, ELEMENT)), thing)

    def _holds(self, rule: Rule, thing: Thing) -> bool:
        """Whether all that a rule asks for is so."""
        path = self._folders.get(thing.identifier, "")
        values = [row.value for row in thing.rows if row.name == rule.property]
        in_folder = not rule.folder or f"{path}/".startswith(f"{rule.folder.strip('/')}/")
        has = not rule.property or (rule.value in values if rule.value else bool(values))
        return in_folder and has

    def _whole(self, choice: Choice, thing: Thing) -> Choice:
        """A choice that can be made: a kind that needs what nobody has said is an element instead."""
        kind = self._metamodel.kinds.get(choice.kind)
        if kind is None:
            return self._element(message("sorten ”{kind}” finns inte här", kind=choice.kind))
        before = self.remembered.get(thing.identifier)
        if choice.kind in (ELEMENT, RELATIONSHIP) or (before and before.kind is kind):
            return choice
        needed = [name for name in _needed(kind) if name not in choice.fields]
        if needed:
            return self._element(message("sorten {kind} kräver fältet {field}, som modellen inte har",
                                         kind=kind.label, field=kind.properties[needed[0]].label))  # fmt: skip
        return choice

    def _element(self, reason: Message) -> Choice:
        return Choice(kind=ELEMENT, reasons=(reason,))


def remembered(catalogue: Catalogue) -> Mapping[str, Entity]:
    """What was brought in before, by what models call it."""
    return {key: entity for entity in catalogue.entities.values() for key in known_as(entity, SYSTEM)}


def _needed(kind: Kind) -> list[str]:
    return [name for name in kind.schema.get("required", ()) if name != "name"]
