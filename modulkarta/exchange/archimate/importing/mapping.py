"""The mapping file: what the types of a model are to become here, said by who knows the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from modulkarta.exchange.archimate.names import LAYERS, RELATIONSHIPS
from modulkarta.exchange.inward import Source
from modulkarta.exchange.inward import mapping as wrong
from modulkarta.findings import Finding, Message, Path, message
from modulkarta.metamodel import Metamodel, Property
from modulkarta.nearest import meaning, nearest, shown
from modulkarta.source.text import Document, Tree, parse

SKIP = "skip"
KEEP = "relationship"
ANY = "*"
"""A type of whatever name."""
_PARTS = ("elements", "relationships")
_OF_ELEMENTS = ("kind", "folder", "property", "value", "fields")
_OF_RELATIONSHIPS = ("field", "from", "to")
_TYPES = frozenset(type_ for types in LAYERS.values() for type_ in types)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What an element or a relationship becomes: a kind, or a field; where all that is said of it holds."""

    to: str
    folder: str = ""
    property: str = ""
    value: str = ""
    source: str = ""
    target: str = ""
    fields: Mapping[str, Tree] = field(default_factory=dict)


Rules = Mapping[str, tuple[Rule, ...]]
"""By type; the first that holds counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What the file says; nothing where there is none."""

    elements: Rules = field(default_factory=dict)
    relationships: Rules = field(default_factory=dict)


def wanted(source: Source | None, metamodel: Metamodel, used: Iterable[str]) -> Wanted | tuple[Finding, ...]:
    """What a mapping file says, or all that is wrong with it, each at its place.

    `used` are the types that the models have; they may have some that ArchiMate does not.
    """
    if source is None:
        return Wanted()
    document = parse(source.name, source.data)
    if not isinstance(document, Document):
        return document
    findings = tuple(
        wrong(document.place(path, key=key), reason)
        for path, key, reason in _wrong(document.tree, metamodel, frozenset(used))
    )
    return findings or Wanted(
        elements=_rules(document.tree.get("elements"), _element_rule),
        relationships=_rules(document.tree.get("relationships"), _relationship_rule),
    )


def rules_of(rules: Rules, type_: str) -> tuple[Rule, ...]:
    """The rules for a type, its own before those for any."""
    return (*rules.get(type_, ()), *rules.get(ANY, ()))


def _rules(tree: Tree, made: Callable[[Tree], Rule]) -> Rules:
    several = tree if isinstance(tree, dict) else {}
    return {type_: tuple(map(made, _listed(said))) for type_, said in several.items()}


def _listed(said: Tree) -> list[Tree]:
    return said if isinstance(said, list) else [said]


def _element_rule(row: Tree) -> Rule:
    if not isinstance(row, dict):
        return Rule(to=str(row))
    fields = row.get("fields")
    texts = {key: str(row[key]) for key in ("folder", "property", "value") if key in row}
    return Rule(to=str(row["kind"]), fields=fields if isinstance(fields, dict) else {}, **texts)


def _relationship_rule(row: Tree) -> Rule:
    if not isinstance(row, dict):
        return Rule(to=str(row))
    return Rule(to=str(row["field"]), source=str(row.get("from", "")), target=str(row.get("to", "")))


Wrong = tuple[Path, bool, Message]
"""Where something is wrong, whether it is the key there, and what it is."""


def _wrong(tree: Mapping[str, Tree], metamodel: Metamodel, used: frozenset[str]) -> Iterator[Wrong]:
    kinds = {*metamodel.kinds, SKIP}
    fields = {name for kind in metamodel.kinds.values() for name, one in kind.properties.items() if _refers(one)}
    for part, said in tree.items():
        if part not in _PARTS:
            yield (
                (part,),
                True,
                _unknown(message("”{word}” är ingen del av en mappningsfil", word=shown(part)), part, _PARTS),
            )
        elif not isinstance(said, dict):
            yield (part,), False, message("här ska stå en rad för varje typ, som ApplicationComponent: system")
        else:
            names = _TYPES if part == "elements" else frozenset(RELATIONSHIPS)
            for type_, rules in said.items():
                if type_ not in names and type_ not in used and type_ != ANY:
                    what = message("ArchiMate har ingen typ ”{word}”", word=shown(type_))
                    yield (part, type_), True, _unknown(what, type_, names)
                yield from _wrong_rules((part, type_), rules, part, kinds, {*fields, SKIP, KEEP})


def _refers(one: Property) -> bool:
    return one.relation is not None or any(map(_refers, one.columns))


def _wrong_rules(path: Path, rules: Tree, part: str, kinds: set[str], fields: set[str]) -> Iterator[Wrong]:
    main, keys = ("kind", _OF_ELEMENTS) if part == "elements" else ("field", _OF_RELATIONSHIPS)
    for index, row in enumerate(_listed(rules)):
        at = (*path, index) if isinstance(rules, list) else path
        if not isinstance(row, dict):
            yield from _wrong_word(at, row, kinds if main == "kind" else fields, main)
            continue
        for key in row:
            if key not in keys:
                yield (*at, key), True, _unknown(message("”{word}” är inget villkor", word=shown(key)), key, keys)
        if main not in row:
            yield at, False, message("”{word}” saknas: vad ska det bli?", word=main)
        yield from (
            found
            for key, known in ((main, kinds if main == "kind" else fields), ("from", kinds), ("to", kinds))
            if key in row and key in keys
            for found in _wrong_word((*at, key), row[key], known, main if key == main else "kind")
        )


def _wrong_word(path: Path, word: Tree, known: set[str], main: str) -> Iterator[Wrong]:
    if not isinstance(word, str) or word not in known:
        written = word if isinstance(word, str) else ""
        what = (
            message("det finns ingen sort ”{word}”", word=shown(written))
            if main == "kind"
            else message("det finns inget fält ”{word}” som hänvisar till något", word=shown(written))
        )
        yield path, False, _unknown(what, written, known)


def _unknown(what: Message, word: str, known: Iterable[str]) -> Message:
    found = nearest(word, known)
    return meaning(what, found) if found else what
