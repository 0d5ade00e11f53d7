"""What follows from the plan, as ArchiMate says it: the states on the way (plateaus), and the gaps between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row
from modulkarta.exchange.archimate.exporting.content import Element, Relationship, Words, both
from modulkarta.exchange.archimate.exporting.elements import Definitions
from modulkarta.exchange.archimate.names import COMPUTED, PLANNED, element_id, safe, tie_id
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import LANGUAGES, Language, marked, said

NOW = f"{PLANNED}now"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Plateaus and gaps, and what they have to do with the rest.

    `after` has the plateau of each replacement and `reached` that of each goal and vision; `gaps` the rows of each gap.
    """

    elements: Mapping[str, Element]
    relationships: tuple[Relationship, ...]
    after: Mapping[str, str] = field(default_factory=dict)
    reached: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, Row] = field(default_factory=dict)


def plan(catalogue: Catalogue, there: Mapping[str, Entity], definitions: Definitions) -> Plan:
    """What is worked out from those entities that are in the export, and only from what this audience sees."""
    making = _Making(catalogue=catalogue, there=there, mark=definitions.mark(COMPUTED))
    after, reached = making.after(), making.reached()
    making.now()
    gaps = making.gaps(after)
    return Plan(
        elements=making.elements, relationships=tuple(making.ties.values()), after=after, reached=reached, gaps=gaps
    )


def gap_words(catalogue: Catalogue, row: Row, language: Language) -> str:
    """What a gap is called: of what, in what, where."""
    names = {what: catalogue.name(id_, language) for what, id_ in _about(row) if id_}
    return marked(said(_gap_message(row, names), language), row.truth, language)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Making:
    """A plan while it is worked out."""

    catalogue: Catalogue
    there: Mapping[str, Entity]
    mark: str
    elements: dict[str, Element] = field(default_factory=dict)
    ties: dict[str, Relationship] = field(default_factory=dict)

    def now(self) -> None:
        systems = self._of("system")
        if systems:
            self._plateau(NOW, both(message("Nuläge")))
            self._whole(NOW, systems)

    def after(self) -> Mapping[str, str]:
        """The state after each replacement, with the modules that take something over."""
        found = {}
        for replacement in self._of("replacement"):
            words = self._named(replacement, lambda name: message("När det är klart: {name}", name=name))
            id_ = found[replacement.id] = self._plateau(f"{PLANNED}after.{safe(replacement.id)}", words)
            by = (row["module"] for listed in replacement.rows("functions") for row in listed.get("by") or ())
            self._whole(id_, self._known(by))
            self._tie("Realization", _id(replacement), id_)
            self._taken_over(replacement)
            if self._of("system"):
                self._tie("Triggering", NOW, id_)
        return found

    def reached(self) -> Mapping[str, str]:
        """The state when each goal that modules lead to is reached, and that of the whole vision."""
        found = {}
        for goal in (one for one in self._of("goal") if self._known(one.ids("modules"))):
            words = self._named(goal, lambda name: message("När delmålet är nått: {name}", name=name))
            id_ = found[goal.id] = self._plateau(f"{PLANNED}goal.{safe(goal.id)}", words)
            self._whole(id_, self._known(goal.ids("modules")))
            self._tie("Realization", id_, _id(goal))
        for milestone in self._of("milestone"):
            if (goal_id := milestone.fields.get("goal")) in found:
                self._tie("Triggering", _id(milestone), found[goal_id])
        for vision in self._of("vision"):
            words = self._named(vision, lambda name: message("Målläge: {name}", name=name))
            id_ = self._plateau(f"{PLANNED}vision.{safe(vision.id)}", words)
            self._tie("Realization", id_, _id(vision))
            for goal in self._of("goal"):
                if goal.fields.get("vision") == vision.id and goal.id in found:
                    self._tie("Aggregation", id_, found[goal.id])
            found[vision.id] = id_
        return found

    def gaps(self, after: Mapping[str, str]) -> Mapping[str, Row]:
        """Every gap of what is there, in the order of the systems and the plan."""
        found = {}
        for row in coverage.rows(self.catalogue):
            if row.gap and row.system in self.there:
                place = ".".join(safe(part or "-") for part in (row.system, row.function, row.area))
                id_ = f"{PLANNED}gap.{place}"
                found[id_] = row
                names = {str(language): gap_words(self.catalogue, row, language) for language in LANGUAGES}
                documentation = {str(language): self._told(row, language) for language in LANGUAGES}
                self._add(id_, "Gap", names, documentation)
                others = [_id(one) for one in self._known(part or "" for _, part in _about(row))]
                for other in (NOW, *(after[one] for one in (row.replacement or "",) if one in after), *others):
                    self._tie("Association", id_, other)
        return found

    def _taken_over(self, replacement: Entity) -> None:
        """What the plan says that a module takes over, where the module itself does not say that it does that."""
        for listed in replacement.rows("functions"):
            for module in self._known(row["module"] for row in listed.get("by") or ()):
                for function in self._known([listed["function"]]):
                    if function.id not in module.ids("functions"):
                        self._tie("Association", _id(module), _id(function))

    def _told(self, row: Row, language: Language) -> str:
        assert row.gap is not None
        lines = [said(row.gap.said(), language)]
        if row.gap.accepted:
            name = self.catalogue.name(row.gap.accepted, language)
            lines.append(said(message("Godtaget enligt {decision}", decision=name), language))
        return "\n".join(lines)

    def _of(self, kind: str) -> list[Entity]:
        return [one for one in self.catalogue.of_kind[kind] if one.id in self.there]

    def _known(self, ids: Iterable[str]) -> list[Entity]:
        return [self.there[id_] for id_ in dict.fromkeys(ids) if id_ in self.there]

    def _named(self, entity: Entity, words: Callable[[str], Message]) -> Words:
        return {str(language): said(words(entity.name_in(language)), language) for language in LANGUAGES}

    def _plateau(self, id_: str, names: Words) -> str:
        self._add(id_, "Plateau", names, {})
        return id_

    def _add(self, id_: str, type_: str, names: Words, documentation: Words) -> None:
        self.elements[id_] = Element(
            id=id_, type=type_, names=names, documentation=documentation, properties=((self.mark, type_.lower()),)
        )

    def _whole(self, plateau: str, parts: Iterable[Entity]) -> None:
        for part in parts:
            self._tie("Aggregation", plateau, _id(part))

    def _tie(self, type_: str, source: str, target: str) -> None:
        id_ = tie_id(source, target)
        self.ties[id_] = Relationship(
            id=id_, type=type_, source=source, target=target, names={}, properties=((self.mark, "plan"),)
        )


def _id(entity: Entity) -> str:
    return element_id(entity.kind.name, entity.id)


def _about(row: Row) -> Iterator[tuple[str, str | None]]:
    yield "system", row.system
    yield "function", row.function
    yield "area", row.area


def _gap_message(row: Row, names: Mapping[str, str]) -> Message:
    if not row.function:
        return message("Glapp: hela {system}", **names)
    if not row.area:
        return message("Glapp: {function} i {system}", **names)
    return message("Glapp: {function} i {system}, {area}", **names)
