"""What our things are called in ArchiMate, and how a whole catalogue lies in a model: shared by export and import.

How a catalogue is said
-----------------------
- An entity is an `element` with the identifier `element_id(kind, id)`. `KIND` and `ID` among its properties say which
  entity it is, whatever identifiers another program has given since.
- `name`: the entity's name with `xml:lang` of the catalogue's language, and the English one of `translations` beside.
  `documentation`, with the same languages: `summary`, a blank line, `description`; or the one of them there is.
- Every field at the top of the entity's file is a property called `field_name(...)`, for example
  `lifecycle`: `livscykel (modulkarta.lifecycle)`. `field_of` reads the field out of such a name, in any language.
  Its value is `written(tree)`, and `heard(value)` is that tree again. `name` and `description` are properties only
  where `name` and `documentation` do not say them exactly, to the last sign; then the property is what counts as
  long as it is the same words.
- A reference is a `relationship`; several of one field to one thing are one. `HOLDER` says the id of the entity whose
  file has it, `FIELD` the field without the numbers of rows (`functions.by.module`), `PATHS` all its places, with the
  numbers, a blank between. Which end the holder is depends on the kind of relationship, so ask `HOLDER`.
- An entity of the kind `MODEL_ELEMENT` is an element of the type that its field `type` says, and one of the kind
  `MODEL_RELATIONSHIP` is a relationship between its `source` and `target`, with `KIND`, `ID` and all its fields as
  properties, as elements have them; where its type is unknown, or an end is not in the export, an element.
- What is worked out, or only there to be looked at, has the property `COMPUTED` with a word that says what it is
  (`gap`, `plateau`): elements and relationships. It is to be left out of an import, since it is worked out again.
- The settings of the catalogue are properties of the model, with their fields as names; the model's name is `title`
  and its documentation is `about`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from modulkarta.findings import Message, message
from modulkarta.source.text import Tree

NAMESPACE = "http://www.opengroup.org/xsd/archimate/3.0/"
OLD_NAMESPACE = "http://www.opengroup.org/xsd/archimate"
"""Of the exchange format 2.1."""

SYSTEM = "archimate"
"""Where the things come from that remember what a model called them (`external_ids`)."""
MODEL = "id-model"
"""The identifier of the model that an export is."""
FOLDER = "exchange/archimate"
"""Where what there is no room for is kept, beside the catalogue."""

KIND, ID = "modulkarta/kind", "modulkarta/id"
HOLDER, FIELD, PATHS = "modulkarta/holder", "modulkarta/field", "modulkarta/paths"
COMPUTED = "modulkarta/computed"
PLANNED = "id-plan."
"""How the identifiers of what is worked out of the plan begin."""
MARKS = (KIND, ID, HOLDER, FIELD, PATHS, COMPUTED)
"""What the export says of its own accord: names of properties, as they are."""

ELEMENTS: Mapping[str, str] = {
    "capability": "Capability",
    "process": "BusinessProcess",
    "information-object": "DataObject",
    "term": "Meaning",
    "module": "ApplicationComponent",
    "system": "ApplicationComponent",
    "function": "ApplicationFunction",
    "interface": "ApplicationInterface",
    "user-group": "BusinessRole",
    "platform": "Node",
    "vision": "Outcome",
    "goal": "Goal",
    "principle": "Principle",
    "milestone": "ImplementationEvent",
    "decision": "ImplementationEvent",
    "replacement": "WorkPackage",
    "assignment": "WorkPackage",
    "risk": "Assessment",
    "lesson": "Assessment",
    "recommendation": "Requirement",
    "standard": "Requirement",
    "regulation": "Constraint",
    "organisation": "BusinessActor",
    "area": "Location",
    "contract": "Contract",
    "source": "Representation",
}
"""Our kinds -> types of element in ArchiMate 3.1."""
FOLDERS = PLAN_FOLDER, RELATIONSHIP_FOLDER, VIEW_FOLDER = (
    message("Uträknat ur planen"), message("Relationer"), message("Vyer"),
)  # fmt: skip
"""The folders at the top of a model beside those of our layers."""
MODEL_ELEMENT, MODEL_RELATIONSHIP = "element", "relationship"
"""The kinds of what an ArchiMate model has and no other kind says."""
ANY_ELEMENT = "Grouping"
"""What a kind is that has no type of its own: the one that may have any relationship to anything."""

JUNCTIONS: Mapping[str, Message] = {"AndJunction": message("Och-knut"), "OrJunction": message("Eller-knut")}
"""What joins relationships is drawn as a dot, and seldom has a name of its own."""

LAYERS: Mapping[str, tuple[str, ...]] = {
    "Strategy": ("Resource", "Capability", "CourseOfAction", "ValueStream"),
    "Business": (
        "BusinessActor", "BusinessRole", "BusinessCollaboration", "BusinessInterface", "BusinessProcess",
        "BusinessFunction", "BusinessInteraction", "BusinessEvent", "BusinessService", "BusinessObject", "Contract",
        "Representation", "Product",
    ),
    "Application": (
        "ApplicationComponent", "ApplicationCollaboration", "ApplicationInterface", "ApplicationFunction",
        "ApplicationInteraction", "ApplicationProcess", "ApplicationEvent", "ApplicationService", "DataObject",
    ),
    "Technology": (
        "Node", "Device", "SystemSoftware", "TechnologyCollaboration", "TechnologyInterface", "Path",
        "CommunicationNetwork", "TechnologyFunction", "TechnologyProcess", "TechnologyInteraction", "TechnologyEvent",
        "TechnologyService", "Artifact", "Equipment", "Facility", "DistributionNetwork", "Material",
    ),
    "Motivation": (
        "Stakeholder", "Driver", "Assessment", "Goal", "Outcome", "Principle", "Requirement", "Constraint", "Meaning",
        "Value",
    ),
    "Implementation": ("WorkPackage", "Deliverable", "ImplementationEvent", "Plateau", "Gap"),
    "Composite": ("Grouping", "Location"),
    "Connector": ("AndJunction", "OrJunction"),
}  # fmt: skip
"""All types of element in ArchiMate 3.1, by the layer that has them."""
RELATIONSHIPS = (
    "Composition", "Aggregation", "Assignment", "Realization", "Serving", "Access", "Influence", "Triggering", "Flow",
    "Specialization", "Association",
)  # fmt: skip

OLD_ELEMENTS: Mapping[str, str] = {
    "InfrastructureInterface": "TechnologyInterface",
    "InfrastructureFunction": "TechnologyFunction",
    "InfrastructureService": "TechnologyService",
    "CommunicationPath": "Path",
    "Network": "CommunicationNetwork",
    "Junction": "OrJunction",
}
"""Types of element that 2.1 calls something else, and Archi's own files with them."""
OLD_RELATIONSHIPS: Mapping[str, str] = {
    "CompositionRelationship": "Composition",
    "AggregationRelationship": "Aggregation",
    "AssignmentRelationship": "Assignment",
    "RealisationRelationship": "Realization",
    "RealizationRelationship": "Realization",
    "UsedByRelationship": "Serving",
    "ServingRelationship": "Serving",
    "AccessRelationship": "Access",
    "InfluenceRelationship": "Influence",
    "TriggeringRelationship": "Triggering",
    "FlowRelationship": "Flow",
    "SpecialisationRelationship": "Specialization",
    "SpecializationRelationship": "Specialization",
    "AssociationRelationship": "Association",
}
"""Relationships as 2.1 and Archi's own files call them. `UsedBy` of 2.1 points the same way as `Serving` of 3.x."""

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")
_FIELD = re.compile(r"\(modulkarta\.([^()]+)\)\s*$")
_NOT_PLAIN = re.compile(r'^(?:["\[{\s]|null$|$)|[\t\n\r]|  |\s$')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 cannot have."""


def element_id(kind: str, id_: str) -> str:
    """The identifier of an entity's element: a NCName, and no other entity's."""
    return f"id-{safe(kind)}.{safe(id_)}"


def tie_id(source: str, target: str) -> str:
    """The identifier of what the plan ties together."""
    return f"{source}_to_{target.removeprefix('id-')}"


@lru_cache(100_000)
def safe(words: str) -> str:
    """Words as a part of an identifier, different for different words: what is not a letter or digit by its number."""
    return _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", words)


def field_name(field: str, label: str) -> str:
    """What the property of a field is called: its label in words, and the field itself."""
    return f"{label or field} (modulkarta.{field})"


def field_of(name: str) -> str | None:
    """The field that a property is about, by its name; None where it is none of ours."""
    found = _FIELD.search(name)
    return found[1] if found else None


def written(tree: Tree) -> str:
    """A value of a file as the text of a property.

    Plain text stands as it is. A list, a group, nothing at all, and text that could be taken for one of them or that
    other programs would mend (line breaks, blanks at its ends, signs that XML cannot have) is JSON on one line.
    """
    if isinstance(tree, str) and not _NOT_PLAIN.search(tree) and not _NOT_XML.search(tree):
        return tree
    said = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return _NOT_XML.sub(lambda found: json.dumps(found[0])[1:-1], said)


def heard(text: str) -> Tree:
    """The value of a file that a property says.

    Raises ValueError where it begins as JSON and is none, RecursionError where it is deeper than any file.
    """
    if text == "null" or text[:1] in ('"', "[", "{"):
        return _as_text(json.loads(text, parse_int=str, parse_float=str, parse_constant=str))
    return text


def _as_text(value: Any) -> Tree:
    """Files have texts only: so numbers are as they were written, and true and false are words."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else value


def possible(words: str) -> tuple[str, int]:
    """Words as XML 1.0 can have them, with � for each sign that it cannot have; and how many these are."""
    return _NOT_XML.subn("\ufffd", words)


def documentation(summary: Tree, description: Tree) -> str:
    """What the documentation of an element says, from the two fields it is made of; "" where there is neither."""
    return "\n\n".join(part for part in (summary, description) if isinstance(part, str) and part)
