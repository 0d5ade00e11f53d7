"""Which relationship of ArchiMate a reference of ours is, and which way it points.

The fields say what is meant, whatever kinds have them, so that a new kind with the same fields needs nothing here.
What the language does not allow between two types of element (chapter 5 and appendix B of the ArchiMate 3.1
specification, derived relationships included, roughly) is an association, which may be between any two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from modulkarta.exchange.archimate.names import LAYERS
from modulkarta.metamodel import Relation


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A relationship, and whether it points from what is referred to to what refers to it."""

    type: str
    turned: bool = False
    access: str = ""


ASSOCIATION = Way(type="Association")
_SERVED_BY, _SERVES = Way(type="Serving", turned=True), Way(type="Serving")
_REALIZES, _REALIZED_BY = Way(type="Realization"), Way(type="Realization", turned=True)
_PART_OF, _IN = Way(type="Composition", turned=True), Way(type="Aggregation", turned=True)
_TRIGGERED_BY, _TRIGGERS = Way(type="Triggering", turned=True), Way(type="Triggering")
_INFLUENCES = Way(type="Influence")

WAYS: Mapping[str, tuple[Way, ...]] = {
    "parent": (_PART_OF,),
    "capabilities": (_REALIZES,),
    "processes": (_SERVES,),
    "functions": (Way(type="Assignment"),),
    "provides": (Way(type="Aggregation"), _SERVES),
    "requires": (_SERVED_BY,),
    "platforms": (_SERVED_BY,),
    "depends_on": (_SERVED_BY, _TRIGGERED_BY),
    "used_by": (_SERVES,),
    "information": (Way(type="Access", access="Access"),),
    "reads": (Way(type="Access", access="Read"),),
    "writes": (Way(type="Access", access="Write"),),
    "masters": (Way(type="Access", access="ReadWrite"),),
    "standards": (_REALIZES,),
    "standards.standard": (_REALIZES,),
    "areas": (_IN,),
    "steps.who": (Way(type="Assignment", turned=True),),
    "steps.functions": (_SERVED_BY,),
    "steps.information": (Way(type="Access", access="Access"),),
    "vision": (_INFLUENCES,),
    "goal": (_REALIZES,),
    "modules": (_REALIZED_BY,),
    "followed_by": (_REALIZED_BY,),
    "delivers": (_REALIZES, _TRIGGERS),
    "waiting": (_TRIGGERS,),
    "decision": (_TRIGGERED_BY,),
    "functions.by.module": (_REALIZES,),
    "taken_care_by": (_REALIZED_BY,),
    "affects": (_INFLUENCES,),
    "informs": (_INFLUENCES,),
    "broader": (Way(type="Specialization"),),
}
"""By field, without the numbers of rows: what is tried, in that order, before an association.

Several may provide one interface, so that is an aggregation, which several wholes may share, and no composition.
"""
_BY_NEED: Mapping[str, tuple[Way, ...]] = {"source": (_SERVED_BY,), "target": (_SERVES,), "none": ()}
"""For a field that is not among them: by which end the schema says that needs the other."""

_LAYER_OF = {type_: layer for layer, types in LAYERS.items() for type_ in types}
_HEIGHT = {"Technology": 0, "Application": 1, "Business": 2, "Strategy": 3}
_PASSIVE = frozenset({"BusinessObject", "Contract", "Representation", "DataObject", "Artifact", "Material"})
_BEHAVIOUR_ENDINGS = ("Process", "Function", "Interaction", "Event", "Service")
_STRATEGIC = frozenset({"Capability", "CourseOfAction", "ValueStream"})
_WORK = frozenset({"WorkPackage", "ImplementationEvent", "Plateau"})
_WHOLES = frozenset({"Grouping", "Location", "Plateau"})
_ENDS = frozenset({"Goal", "Outcome", "Principle", "Requirement", "Constraint"})
_INTERFACES = {
    "ApplicationComponent": "ApplicationInterface", "BusinessActor": "BusinessInterface",
    "BusinessRole": "BusinessInterface", "Node": "TechnologyInterface",
}  # fmt: skip


@lru_cache(5000)
def way(relation: Relation, field: str, source: str, target: str) -> Way:
    """What a reference in a field is, from an element of one type to one of another."""
    tried = WAYS.get(field, () if "." in field else _BY_NEED[relation.depends])
    for one in tried:
        if allowed(one.type, *((target, source) if one.turned else (source, target))):
            return one
    return ASSOCIATION


def allowed(type_: str, source: str, target: str) -> bool:
    """Whether ArchiMate has a relationship from one type of element to another."""
    if type_ == "Association":
        return True
    if "Grouping" in (source, target):
        return type_ != "Specialization" or source == target
    return _RULES[type_](source, target)


def _whole(source: str, target: str) -> bool:
    return source == target or source in _WHOLES or _INTERFACES.get(source) == target


def _assigned(source: str, target: str) -> bool:
    if _layer(source) == "Business" and target in ("WorkPackage", "ImplementationEvent"):
        return _active(source)
    return _active(source) and _behaviour(target) and _layer(source) == _layer(target)


def _realized(source: str, target: str) -> bool:
    if target in _ENDS:
        return (
            _core(source)
            or source in ("WorkPackage", "Deliverable", "Plateau")
            or (source in _ENDS and source != target)
        )
    if source in ("WorkPackage", "Deliverable"):
        return _core(target) or target in ("Deliverable", "Plateau")
    if target in _STRATEGIC:
        return (_active(source) or _behaviour(source)) and source not in _STRATEGIC
    return _core(source) and _core(target) and _like(source, target) and _height(source) < _height(target)


def _served(source: str, target: str) -> bool:
    both = all(_active(one) or _behaviour(one) for one in (source, target))
    return both and _height(source) <= _height(target)


def _accessed(source: str, target: str) -> bool:
    if target == "Deliverable":
        return source in ("WorkPackage", "ImplementationEvent")
    return (_active(source) or _behaviour(source)) and target in _PASSIVE and _height(source) >= _height(target)


def _influenced(source: str, target: str) -> bool:
    return _layer(target) == "Motivation" and (_layer(source) == "Motivation" or _core(source))


def _followed(source: str, target: str) -> bool:
    same_layer = _layer(source) == _layer(target)
    return {source, target} <= _WORK or (_behaviour(source) and _behaviour(target) and same_layer)


def _same(source: str, target: str) -> bool:
    return source == target


_RULES: Mapping[str, Callable[[str, str], bool]] = {
    "Composition": _whole, "Aggregation": _whole, "Assignment": _assigned, "Realization": _realized,
    "Serving": _served, "Access": _accessed, "Influence": _influenced, "Triggering": _followed, "Flow": _followed,
    "Specialization": _same,
}  # fmt: skip


def _layer(type_: str) -> str:
    return _LAYER_OF[type_]


def _height(type_: str) -> int:
    return _HEIGHT.get(_layer(type_), 9)


def _core(type_: str) -> bool:
    return _layer(type_) in _HEIGHT or type_ == "Location"


def _behaviour(type_: str) -> bool:
    return _core(type_) and (type_.endswith(_BEHAVIOUR_ENDINGS) or type_ in _STRATEGIC)


def _active(type_: str) -> bool:
    return _layer(type_) in _HEIGHT and not _behaviour(type_) and type_ not in _PASSIVE and type_ != "Product"


def _like(source: str, target: str) -> bool:
    """Whether both are of the same aspect: what acts, what happens, or what it happens to."""
    return (_active(source), source in _PASSIVE) == (_active(target), target in _PASSIVE)
