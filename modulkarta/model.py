"""The catalogue as values: entities, the references between them, and the settings. Nothing here changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from threading import RLock
from typing import Any, Literal, NamedTuple, TypeVar

from modulkarta import dates
from modulkarta.dates import When
from modulkarta.findings import Path, Severity, dotted, undotted
from modulkarta.metamodel import Kind, Metamodel, Relation
from modulkarta.prose import Prose
from modulkarta.source.text import Document
from modulkarta.wording import Language, unfolded

Truth = Literal["fact", "assumption", "illustrative", "unknown"]
TRUTHS: tuple[Truth, ...] = ("fact", "assumption", "illustrative", "unknown")
"""From the strongest to the weakest."""
_WEAKEST_FIRST: tuple[Truth, ...] = ("illustrative", "unknown", "assumption", "fact")
"""The order in which one decides what rests on several."""

Untold = tuple[str | None, ...]
"""Which answer: the word of the question, then what it is about."""

_NAMES = ("name", "short_name")
GapEnd = Literal["contract", "retirement", "support"]
A = TypeVar("A")


class Reference(NamedTuple):
    """One entity names another: where it does so, and what it means.

    There are several of them for each entity, and a tuple with names is made in a third of a dataclass's time.
    """

    source: str
    target: str
    relation: Relation
    path: Path

    @property
    def needs(self) -> tuple[str, str] | None:
        """The one that needs and the one it needs, or None where neither does."""
        if self.relation.depends == "none":
            return None
        pair = (self.source, self.target)
        return pair if self.relation.depends == "source" else pair[::-1]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Entity:
    """One thing of the catalogue: what its file says, each value as its schema means it."""

    id: str
    kind: Kind
    fields: Mapping[str, Any]
    document: Document
    references: tuple[Reference, ...]

    @property
    def name(self) -> str:
        name = self.fields.get("name")
        return unfolded(name) if isinstance(name, str) else self.id

    @property
    def short_name(self) -> str:
        return unfolded(str(self.fields.get("short_name") or self.name))

    @property
    def file(self) -> str:
        return self.document.file

    def name_in(self, language: Language) -> str:
        """Its name in a language, as it is where it has none there."""
        return (self.english("name") if language == "en" else None) or self.name

    def short_name_in(self, language: Language) -> str:
        """Its short name in a language; in English the whole name before a short one that is Swedish."""
        if language == "sv":
            return self.short_name
        return self.english("short_name") or self.english("name") or self.short_name

    def english(self, field_: str) -> str | None:
        """A text of the file in English, None where it is not translated."""
        found = self._translated(field_)
        if not isinstance(found, str):
            return None
        return unfolded(found) if field_ in _NAMES else found

    def english_items(self, field_: str) -> list[str]:
        """A list of texts in English, empty where it is not translated."""
        found = self._translated(field_)
        return found if isinstance(found, list) else []

    def _translated(self, field_: str) -> Any:
        return ((self.fields.get("translations") or {}).get("en") or {}).get(field_)

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """A list of a file, empty where it is left out."""
        return self.fields.get(name) or []

    def ids(self, name: str) -> list[str]:
        """A list of ids of a file, empty where it is left out."""
        return self.fields.get(name) or []

    def when(self, *path: str | int) -> When | None:
        """The date at a path, None where it is left out."""
        value: Any = self.fields
        for step in path:
            value = value.get(step) if value.__class__ is dict else _item(value, step)
        return dates.parse(value, field=(self.id, path)) if value else None

    @property
    def singled_out(self) -> dict[Path, Truth]:
        """The places within the entity that rest on something else than it, by `truth_of`."""
        return {undotted(written): truth for written, truth in (self.fields.get("truth_of") or {}).items()}

    def truth(self, *path: str | int) -> Truth:
        """What a field rests on: its own truth or that of the nearest above it, else the entity's, else unknown."""
        whole: Truth = self.fields.get("truth") or "unknown"
        single: Mapping[str, Truth] | None = self.fields.get("truth_of")
        if not single:
            return whole
        own = (single[dotted(path[:end])] for end in range(len(path), 0, -1) if dotted(path[:end]) in single)
        return next(own, whole)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What holds for the whole catalogue (catalogue.yaml)."""

    title: str = "Modulkarta"
    organisation: str = ""
    language: Literal["sv", "en"] = "sv"
    about: str = ""
    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    gap_ends: frozenset[GapEnd] = frozenset({"contract", "retirement", "support"})
    severities: Mapping[str, Severity] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    """What is not to be written, and what is to stand in its place."""
    waivers: tuple[Mapping[str, str], ...] = ()
    review_after: str = "2y"
    classified: bool = False
    """Whether everything must be."""
    ceiling: Literal["public", "internal", "secret"] = "secret"
    """The highest level that may stand in the files."""
    most_public_relations: int = 50
    """How many relations round one thing everybody may see before somebody has to agree to it."""
    tell_omitted: bool = False
    """Whether those who may not see all may be told how much that is."""
    document: Document | None = None
    """catalogue.yaml itself, where it could be read."""
    forge: Mapping[str, str] = field(default_factory=dict)

    def waived(self, ids: Container[str]) -> Iterator[Path]:
        """Where catalogue.yaml names some ids in its waivers, whatever else is wrong with it."""
        rows: Any = self.document.tree.get("waivers") if self.document else None
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and row.get("entity") in ids:
                yield ("waivers", index, "entity")


class _OfKind(dict[str, tuple[Entity, ...]]):
    """What there is of each kind; asking for one that there is nothing of adds nothing."""

    def __missing__(self, kind: str) -> tuple[Entity, ...]:
        return ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Catalogue:
    """All entities that are sound, by id in order; and by name what had to be left out.

    `set_aside` could be read but breaks its schema, `repeated` has the id of another file; `known` has the kind of
    every id that has a file, whether the file could be used or not.
    """

    metamodel: Metamodel
    settings: Settings
    entities: Mapping[str, Entity]
    set_aside: Mapping[str, Entity] = field(default_factory=dict)
    repeated: tuple[Entity, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    astray: Mapping[str, str] = field(default_factory=dict)
    """Ids that a file seems to be for which lies wrong or could not be read, with that file."""
    prose: tuple[Prose, ...] = ()
    """What people have written by hand for the reports, in the order of the files."""
    omitted: tuple[Entity, ...] = ()
    """What is left out because it is made up, or cannot be without something that is."""
    untold: frozenset[Untold] = frozenset()
    """What is not answered, because the answer rests on something that this audience does not see."""
    unseen: frozenset[str] = frozenset()
    """The kinds of which there may be more than this audience sees: none, or all, since naming some would tell."""
    laid_over: frozenset[str] = frozenset()
    """The files that may not lie among the others, and that the catalogue is read with here."""
    answers: dict[object, Any] = field(init=False, default_factory=dict, repr=False)
    """What has been asked of it (`remembered`): kept here, since an answer may lead back to the catalogue."""
    asking: dict[object, Any] = field(init=False, default_factory=dict, repr=False)
    """Held while a question is being answered, one each."""

    @cached_property
    def of_kind(self) -> Mapping[str, tuple[Entity, ...]]:
        """The entities of each kind; none of a kind that the schemas do not have."""
        found: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            found[entity.kind.name].append(entity)
        return _OfKind((name, tuple(several)) for name, several in sorted(found.items()))

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Reference, ...]]:
        """The references to each entity, from sound entities."""
        by_target: dict[str, list[Reference]] = {}
        for entity in self.entities.values():
            for reference in entity.references:
                by_target.setdefault(reference.target, []).append(reference)
        return {target: tuple(several) for target, several in by_target.items()}

    @cached_property
    def unusable(self) -> frozenset[str]:
        """The ids that have a file which could not be used; of those that have two, one could not."""
        return frozenset(self.known.keys() - self.entities.keys()) | {entity.id for entity in self.repeated}

    def left_out(self, *kinds: str) -> str | None:
        """Something of some kinds whose file could not be used, or a file of no kind; None when nothing is left out."""
        of_kinds = min((id_ for id_ in self.unusable if self.known[id_] in kinds), default=None)
        return of_kinds or min(self.astray.values(), default=None)

    @property
    def described(self) -> Iterator[Entity]:
        """Everything that a file which could be read describes, sound or not."""
        yield from self.entities.values()
        yield from self.set_aside.values()
        yield from self.repeated

    @cached_property
    def former(self) -> Mapping[str, str]:
        """Today's id of each former id."""
        return {old: e.id for e in self.entities.values() for old in e.ids("former_ids") if old not in self.entities}

    def get(self, id_: str, kind: str = "") -> Entity | None:
        entity = self.entities.get(id_)
        return entity if entity and kind in ("", entity.kind.name) else None

    def taken(self, decision: str | None) -> bool:
        """Whether a decision stands behind something: one that is only needed does not yet."""
        found = self.get(decision, "decision") if decision else None
        return found is not None and found.fields["state"] == "taken"

    def told(self, question: str, answers: Iterable[A], about: Callable[[A], str]) -> tuple[A, ...]:
        """Answers about one thing each, without those by which this audience would be misled."""
        return tuple(answer for answer in answers if not self.untold or (question, about(answer)) not in self.untold)

    def veils(self, *question: str | None) -> bool:
        """Whether a question is not answered because of the audience; not because what is made up is left out."""
        return question in self.untold and not self.omitted

    def name(self, id_: str, language: Language = "sv") -> str:
        entity = self.entities.get(id_)
        return entity.name_in(language) if entity else id_


def weakest(truths: Iterable[Truth]) -> Truth:
    """The truth of what is computed: the weakest of what went in.

    What is made up weighs more than what is not known, so that what rests on an illustration always says so.
    """
    found = set(truths)
    for truth in _WEAKEST_FIRST:
        if truth in found:
            return truth
    return "unknown"


def remembered(question: Callable[[Catalogue], A]) -> Callable[[Catalogue], A]:
    """A question about a whole catalogue, answered once for as long as that catalogue lives, whoever asks at a time.

    No question may lead back to itself.
    """

    @wraps(question)
    def answer(catalogue: Catalogue) -> A:
        answers = catalogue.answers
        if question not in answers:
            with catalogue.asking.setdefault(question, RLock()):
                if question not in answers:
                    answers[question] = question(catalogue)
        found: A = answers[question]
        return found

    return answer


def _item(value: Any, index: str | int) -> Any:
    return value[index] if isinstance(value, list) and isinstance(index, int) and index < len(value) else None
