"""What is wrong with a file's shape, worded at the key or value that is wrong, with what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from modulkarta.findings import Finding, Location, Path, message
from modulkarta.metamodel import Kind
from modulkarta.nearest import Meant, nearest_meaning
from modulkarta.shape import elsewhere, fits, intended, is_date
from modulkarta.shape import problems as faults
from modulkarta.source.problems import too_many
from modulkarta.source.text import MOST_FINDINGS, Document
from modulkarta.wording import Label

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_SHOWN = 60


def explained(document: Document, value: Mapping[str, Any], kind: Kind, entity: str | None) -> list[Finding]:
    """The findings of a tree that breaks its kind's schema, at least one; of very many only the first are listed."""
    place = Place(document, kind, entity)
    errors = sorted(explanation(kind).iter_errors(value), key=lambda e: (len(e.absolute_path), str(e.absolute_path)))
    problems = _once_a_place(place.problems(error) for error in errors)
    first = [replace(made(), entity=entity, path=path) for path, made in islice(problems, MOST_FINDINGS)]
    left_out = sum(1 for _ in problems)
    found = elsewhere.gathered(first, value, kind)
    if not found:
        found = [replace(faults.other_limit(document.place(()), kind.label), entity=entity)]
    return [*found, too_many(Location(file=document.file), left_out)] if left_out else found


_TYPES = {
    "array": message("här ska stå en lista, med ett streck framför varje rad"),
    "object": message("här ska stå nycklar med värden"),
    "string": message("här ska stå en text"),
    "boolean": message("här ska stå true eller false"),
    "integer": message("här ska stå ett heltal"),
}
_FORMS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": (
        message("inte ett id"), message("ett id består av små bokstäver a–z, siffror och enkla bindestreck")
    ),
    "^[0-9]{1,4}[dwmy]$": (message("inte en längd"), message("en längd skrivs 30d, 8w, 6m eller 2y")),
    '^(https?://|mailto:)[^\\s<>"]+$': (
        message("inte en webbadress"), message("en webbadress börjar med https://, http:// eller mailto:")
    ),
    "\\S": (message("texten är tom"), None),
}  # fmt: skip
_MEANT = {"^[0-9]{1,4}[dwmy]$": intended.length_meant, '^(https?://|mailto:)[^\\s<>"]+$': intended.address_meant}
_RUN_TOGETHER = message("flera rader lästes som en text: kontrollera streck, blanksteg och indrag")
_TYPES_MEANT = {"boolean": intended.flag_meant, "array": intended.list_meant}


Problem = tuple[Path, Callable[[], Finding]]
"""Where something is wrong, and what makes the finding: of very many only the first are worded."""


class Place:
    """Turns a validator's errors into findings at the right places of one file."""

    def __init__(self, document: Document, kind: Kind, entity: str | None) -> None:
        self.document, self.kind, self.entity = document, kind, entity

    def problems(self, error: Any) -> Iterator[Problem]:
        path = tuple(error.absolute_path)
        if "propertyNames" in error.absolute_schema_path:
            yield (*path, error.instance), partial(self._odd_key, (*path, error.instance))
        elif error.validator == "additionalProperties":
            for key in _unknown_keys(error):
                yield (*path, key), partial(self._unknown_key, error, path, key)
        elif error.validator == "required":
            yield from self._missing(error, path)
        else:
            yield path, partial(self._wrong_value, error, path)

    def _odd_key(self, path: Path) -> Finding:
        return faults.unknown_key(self.document.place(path, key=True), _short(str(path[-1])))

    def _unknown_key(self, error: Any, path: Path, key: str) -> Finding:
        at = self.document.place((*path, key), key=True)
        others = elsewhere.kinds_with(key, self.kind) if not path else []
        meant = self._meant_key(error, key)
        fitting = self._fitting(at, key, meant and replace(meant, sure=meant.sure and not others))
        free = [name for name in error.schema.get("properties", {}) if name not in error.instance]
        return faults.unknown_key(at, _short(key), fitting, others, free)

    def _meant_key(self, error: Any, key: str) -> Meant | None:
        """What a key that a mapping's schema does not know is likely to mean."""
        known = error.schema.get("properties", {}).items()
        return nearest_meaning(key, {name: self._names(sub) for name, sub in known if name not in error.instance})

    def _missing(self, error: Any, path: Path) -> Iterator[Problem]:
        """What must be there and is not, unless a key that is wrong seems to be it."""
        at = self.document.place(path, key=not (path and isinstance(path[-1], int)))
        missing = [key for key in error.validator_value if key not in error.instance]
        misspelt = (
            [self._meant_key(error, key) for key in islice(_unknown_keys(error), MOST_FINDINGS)] if missing else []
        )
        for key in missing:
            if all(meant is None or meant.word != key for meant in misspelt):
                names = self._names(error.schema["properties"].get(key, {}))
                yield (*path, key), partial(faults.missing, at, key, Label(sv=names[0], en=names[1]))

    def _wrong_value(self, error: Any, path: Path) -> Finding:
        value, limit, at = error.instance, error.validator_value, self.document.place(path)
        match error.validator:
            case "type":
                return self._wrong_type(value, error.schema, at)
            case "enum":
                return self._not_a_choice(error, at)
            case "pattern":
                return self._wrong_form(value, limit, at)
            case "minLength" | "maxLength":
                return faults.wrong_length(at, len(value), limit)
            case "format":
                meant = self._fitting(at, value, intended.date_meant(value))
                return faults.not_a_date(at, _short(value), intended.why_no_date(value), meant)
        return faults.other_limit(at, f"{error.validator} {limit}")

    def _wrong_form(self, value: str, pattern: str, at: Location) -> Finding:
        other = message("värdet följer inte mönstret {pattern}", pattern=pattern), None
        what, form = _FORMS.get(pattern, other)
        meant = self._fitting(at, value, _MEANT.get(pattern, _nothing)(value))
        return faults.wrong_form(at, _short(value), what, _RUN_TOGETHER if _items(value) else form, meant)

    def _wrong_type(self, value: Any, schema: Mapping[str, Any], at: Location) -> Finding:
        type_ = schema["type"]
        if value is None:
            return faults.wrong_type(at, message("värdet saknas"))
        meant = _TYPES_MEANT.get(type_, _nothing)(value) if isinstance(value, str) else None
        run_together = type_ == "array" and isinstance(value, str) and _items(value)
        hint = _RUN_TOGETHER if run_together else faults.possible(list(schema.get("properties", {})))
        return faults.wrong_type(at, _TYPES[type_], self._fitting(at, value, meant), hint)

    def _not_a_choice(self, error: Any, at: Location) -> Finding:
        words: Mapping[str, Mapping[str, str]] = error.schema.get("x-values", {})
        known = {choice: tuple(words.get(choice, {}).values()) for choice in error.validator_value}
        value = str(error.instance)
        if refused := error.schema.get("x-refused", {}).get(value):
            return faults.refused(at, value, Label(**refused))
        meant = self._fitting(at, value, nearest_meaning(value, known))
        return faults.not_a_choice(at, _short(value), ", ".join(known), meant)

    def _fitting(self, at: Location, written: str, meant: Meant | None) -> Meant | None:
        """What was meant, unless the word does not stand there as it is: then nothing can be put in its place."""
        return meant and replace(meant, fits=self.document.spells(at, written))

    def _names(self, schema: Mapping[str, Any]) -> tuple[str, str]:
        schema = self.kind.metamodel.resolved(schema)
        return schema.get("title", ""), schema.get("x-en", {}).get("title", "")


@lru_cache(maxsize=256)
def explanation(kind: Kind) -> Draft202012Validator:
    """The validator that tells what is wrong with an entity of a kind; it never fetches a schema."""
    from jsonschema import Draft202012Validator, FormatChecker, validators
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    resources = [(name, DRAFT202012.create_resource(schema)) for name, schema in kind.metamodel.schemas.items()]
    registry = Registry().with_resources(resources)
    formats = FormatChecker(formats=())
    formats.checks("date-interval")(is_date)
    own = {"pattern": _pattern, "items": _few_items, "properties": partial(_only_wrong, kind)}
    validator = validators.extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]
    made: Draft202012Validator = validator(kind.schema, registry=registry, format_checker=formats)
    return made


def _only_wrong(
    kind: Kind, validator: Any, properties: Mapping[str, Any], value: Any, schema: Mapping[str, Any]
) -> Iterator[object]:
    """`properties`, of a whole file only those that are not as they may be: the quick validator knows which."""
    from jsonschema import Draft202012Validator

    if schema is kind.schema and isinstance(value, dict):
        value = {key: item for key, item in value.items() if key in properties and not fits(kind, key)(item)}
    yield from Draft202012Validator.VALIDATORS["properties"](validator, properties, value, schema)


def _few_items(validator: Any, items: object, value: Any, schema: Mapping[str, Any]) -> Iterator[object]:
    """`items`, of no more than the list may have: that it has too many is told, and it may have very many."""
    from jsonschema import Draft202012Validator

    if isinstance(value, list):
        yield from Draft202012Validator.VALIDATORS["items"](validator, items, value[: schema.get("maxItems")], schema)


def _pattern(validator: object, pattern: str, value: object, schema: object) -> Iterator[object]:
    """`pattern` as JSON Schema means it: `$` is the very end, never before a last line break as in Python."""
    from jsonschema.exceptions import ValidationError

    exact = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    with suppress(re.error):  # a pattern that only the other validator understands
        if not isinstance(value, str) or re.search(exact, value):
            return
    yield ValidationError(pattern)


def _once_a_place(several: Iterator[Iterator[Problem]]) -> Iterator[Problem]:
    """The first problem at each path: a missing value is not also a wrong choice."""
    seen: set[Path] = set()
    for path, made in chain.from_iterable(several):
        if path not in seen:
            seen.add(path)
            yield path, made


def _unknown_keys(error: Any) -> Iterator[str]:
    return (key for key in error.instance if key not in error.schema.get("properties", {}))


def _items(text: str) -> bool:
    """Whether a text seems to be rows of a list that were read as one."""
    return re.search(r"(^| )[-–—]", text) is not None


def _nothing(written: str) -> None:
    return None


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
