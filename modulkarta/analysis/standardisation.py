"""How far what shall be made common early has come: terms, concepts, processes, data and technical interfaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from modulkarta.analysis.holders import holders
from modulkarta.analysis.standards import USERS, Use, modules_using, past_before, past_in_use, retirement, uses, uses_by
from modulkarta.dates import Answer
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest
from modulkarta.reach import NEAR, of_each

Standing = Literal["covered", "missing", "no-reason"]
STANDING_WORDS: Mapping[Standing, Message] = {
    "covered": message("har standard"),
    "missing": message("saknar standard"),
    "no-reason": message("inte aktuellt"),
}
Concern = Literal["draft", "retiring", "retired", "retired-in-use", "possibly-retired"]
CONCERN_WORDS: Mapping[Concern, Message] = {
    "draft": message("är ett utkast"),
    "retiring": message("fasas ut"),
    "retired": message("gäller inte längre när modulen tas i drift"),
    "retired-in-use": message("slutar gälla medan modulen används"),
    "possibly-retired": message("slutar kanske gälla medan modulen används"),
}

_BY_STATUS: Mapping[str, Concern] = {"draft": "draft", "retiring": "retiring"}
_REASONS: Mapping[str, str] = {
    "terms": "information-object",
    "concepts": "information-object",
    "processes": "process",
    "data": "information-object",
    "interfaces": "interface",
}
"""What gives a module a reason to follow a standard of a subject."""
_HANDLES = ("reads", "writes", "masters")
_LINKS = ("provides", "requires", *_HANDLES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One module and one subject: why it needs a standard, and those it has."""

    module: str
    subject: str
    because: tuple[str, ...]
    """The interfaces, information objects or processes that give it a reason."""
    uses: tuple[Use, ...]
    """Standards of the subject that the module, its interfaces or its information follow; deviations too."""
    standing: Standing
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """One of the things to make common, in the whole catalogue: what has a standard and what lacks one."""

    subject: str
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    no_reason: tuple[str, ...]
    """The modules; every module is in one of the three."""
    things: str | None
    """The kind of thing that can follow such a standard itself."""
    things_covered: tuple[str, ...]
    things_missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A standard in use that is not settled, or not for long; the modules that it concerns."""

    use: Use
    concern: Concern
    modules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """How far the terms have come, and which information objects have one."""

    by_status: Mapping[str | None, int]
    with_term: tuple[str, ...]
    without_term: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.by_status.values())


def subjects(catalogue: Catalogue) -> tuple[str, ...]:
    """The subjects in the order of the schema."""
    (one,) = catalogue.metamodel.kinds["standard"].properties["subject"].columns
    return tuple(one.values)


@remembered
def cells(catalogue: Catalogue) -> tuple[Cell, ...]:
    """Every module beside every subject, modules by id."""
    return tuple(cell for module in catalogue.of_kind["module"] for cell in _cells(catalogue, module))


@remembered
def in_all(catalogue: Catalogue) -> tuple[Subject, ...]:
    """Every subject in the whole catalogue."""
    return tuple(_subject(catalogue, name) for name in subjects(catalogue))


@remembered
def doubts(catalogue: Catalogue) -> tuple[Doubt, ...]:
    """Drafts, standards that are on their way out, and standards that end before or while a module uses them."""
    users = (user for kind in USERS for user in catalogue.of_kind[kind])
    return tuple(doubt for user in users for doubt in doubts_about(catalogue, user))


def in_doubt(catalogue: Catalogue) -> list[Entity]:
    """What follows a standard that there may be a doubt about: told by the standards, of which there are fewer."""
    doubtful = (one for one in catalogue.of_kind["standard"] if _unsettled(one) or one.when("lifecycle", "retired"))
    following = {reference.source for one in doubtful for reference in catalogue.incoming.get(one.id, ())}
    return [entity for id_ in following if (entity := catalogue.entities[id_]).kind.name in USERS]


@of_each(NEAR)
def doubts_about(catalogue: Catalogue, user: Entity) -> tuple[Doubt, ...]:
    """The doubts about the standards that one thing follows."""
    own = (use for use in uses_by(catalogue, user) if use.state != "deviates")
    return tuple(doubt for use in own for doubt in _doubts(catalogue, use))


@remembered
def terms(catalogue: Catalogue) -> Terms:
    """The terms by status, in the order of the schema and None last; and what has a term."""
    known = catalogue.metamodel.kinds["term"].choices("status")
    counted = Counter(term.fields.get("status") for term in catalogue.of_kind["term"])
    named = [(entity.id, bool(entity.ids("terms"))) for entity in catalogue.of_kind["information-object"]]
    return Terms(
        by_status={status: counted[status] for status in (*known, None)},
        with_term=tuple(id_ for id_, has in named if has),
        without_term=tuple(id_ for id_, has in named if not has),
    )


def _cells(catalogue: Catalogue, module: Entity) -> Iterator[Cell]:
    reasons = _reasons(catalogue, module)
    around = [module, *(e for id_ in _around(module) if (e := catalogue.entities.get(id_)))]
    found = [use for entity in around for use in uses_by(catalogue, entity)]
    for subject in subjects(catalogue):
        own = tuple(use for use in found if subject in use.subjects)
        because = reasons[subject]
        yield Cell(
            module=module.id, subject=subject, because=because, uses=own, standing=_standing(because, own),
            truth=weakest(_truths(catalogue, module, because, own)),
        )  # fmt: skip


def _truths(catalogue: Catalogue, module: Entity, because: Iterable[str], own: Iterable[Use]) -> Iterator[Truth]:
    """What a cell rests on: the module, what it names that gives it a reason or a standard, and the standards."""
    yield module.truth()
    yield from (use.truth for use in own)
    named = {*because, *(use.user for use in own)}
    yield from (module.truth(*one.path) for one in module.references if one.target in named and one.path[0] in _LINKS)
    yield from (catalogue.entities[id_].truth() for id_ in because if id_ in catalogue.entities)


def _standing(because: tuple[str, ...], own: Iterable[Use]) -> Standing:
    if any(use.state != "deviates" for use in own):
        return "covered"
    return "missing" if because else "no-reason"


def _reasons(catalogue: Catalogue, module: Entity) -> Mapping[str, tuple[str, ...]]:
    """What gives a module a reason to follow a standard of each subject."""
    handled = tuple(sorted({id_ for field in _HANDLES for id_ in module.ids(field)}))
    joined = tuple(sorted({*module.ids("provides"), *module.ids("requires")}))
    by_kind = {"information-object": handled, "interface": joined, "process": _processes(catalogue, module)}
    return {subject: by_kind.get(_REASONS.get(subject, ""), ()) for subject in subjects(catalogue)}


def _processes(catalogue: Catalogue, module: Entity) -> tuple[str, ...]:
    """The processes that the module's functions support or are used in."""
    functions = [f for id_ in module.ids("functions") if (f := catalogue.get(id_, "function"))]
    supported = {id_ for function in functions for id_ in function.ids("processes")}
    used = {process.id for function in functions for process in holders(catalogue, function.id, "steps", {"process"})}
    return tuple(sorted(supported | used))


def _around(module: Entity) -> tuple[str, ...]:
    """The interfaces and the information of a module, each once."""
    return tuple(dict.fromkeys(id_ for field in _LINKS for id_ in module.ids(field)))


def _subject(catalogue: Catalogue, subject: str) -> Subject:
    of_subject = [cell for cell in cells(catalogue) if cell.subject == subject]
    modules = {s: tuple(c.module for c in of_subject if c.standing == s) for s in STANDING_WORDS}
    kind = _with_standards(catalogue, _REASONS.get(subject, ""))
    things = catalogue.of_kind[kind] if kind else ()
    having = {use.user for use in uses(catalogue) if subject in use.subjects}
    return Subject(
        subject=subject, covered=modules["covered"], missing=modules["missing"], no_reason=modules["no-reason"],
        things=kind,
        things_covered=tuple(thing.id for thing in things if thing.id in having),
        things_missing=tuple(thing.id for thing in things if thing.id not in having),
    )  # fmt: skip


def _with_standards(catalogue: Catalogue, kind: str) -> str | None:
    """A kind, if its entities can follow standards themselves."""
    known = catalogue.metamodel.kinds.get(kind)
    return kind if known and "standards" in known.properties else None


def _doubts(catalogue: Catalogue, use: Use) -> Iterator[Doubt]:
    """One for each way in which the standard's end concerns modules; else one for its status, if that is unsettled."""
    unsettled = _unsettled(catalogue.entities[use.standard])
    if unsettled is None and retirement(catalogue, use) is None:
        return
    modules = modules_using(catalogue, use)
    by_end: dict[Concern, list[str]] = {}
    for module in modules:
        if ends := _ends(catalogue, use, module):
            by_end.setdefault(ends, []).append(module.id)
    if unsettled and not by_end:
        by_end[unsettled] = [module.id for module in modules]
    yield from (Doubt(use=use, concern=concern, modules=tuple(ids)) for concern, ids in by_end.items())


def _unsettled(standard: Entity) -> Concern | None:
    """The doubt that a standard's status raises."""
    return _BY_STATUS.get(standard.fields.get("status") or "")


def _ends(catalogue: Catalogue, use: Use, module: Entity) -> Concern | None:
    """How the day when a standard is retired concerns a module that uses it."""
    if past_before(catalogue, use, module) == "yes":
        return "retired"
    in_use: Mapping[Answer, Concern | None] = {"yes": "retired-in-use", "possibly": "possibly-retired", "no": None}
    return in_use[past_in_use(catalogue, use, module)]
