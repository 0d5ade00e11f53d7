"""Document x schema -> findings: does a file hold what its kind may hold?

jsonschema-rs says whether, in a few microseconds; jsonschema says what, only where there is something to say. The
findings are worded here, at the key or value that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from modulkarta import dates
from modulkarta.findings import Finding, Location, Path, message
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.nearest import Meant, nearest_meaning
from modulkarta.shape import elsewhere, intended
from modulkarta.shape import problems as faults
from modulkarta.source.problems import too_many
from modulkarta.source.text import MOST_FINDINGS, Document
from modulkarta.wording import Label

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_SHOWN = 60


def broken(document: Document, value: Mapping[str, Any], kind: Kind, entity: str | None) -> list[Finding]:
    """What is wrong with a converted tree (`model.converted`) by its kind's schema; empty when nothing is."""
    if _verdict(kind)(value):
        return []
    place = Place(document, kind, entity)
    errors = sorted(_explanation(kind).iter_errors(value), key=lambda e: (len(e.absolute_path), str(e.absolute_path)))
    found = elsewhere.gathered(list(_once_a_place(place.finding(error) for error in errors)), value, kind)
    if not found:
        found = [_with_place(faults.other_limit(document.place(()), kind.label), entity, ())]
    if len(found) > MOST_FINDINGS:
        return [*found[:MOST_FINDINGS], too_many(Location(file=document.file), len(found) - MOST_FINDINGS)]
    return found


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


class Place:
    """Turns a validator's error into a finding at the right place of one file."""

    def __init__(self, document: Document, kind: Kind, entity: str | None) -> None:
        self.document, self.kind, self.entity = document, kind, entity

    def finding(self, error: Any) -> Iterator[Finding]:
        path = tuple(error.absolute_path)
        for part, found in self._worded(error, path):
            yield _with_place(found, self.entity, part)

    def _worded(self, error: Any, path: Path) -> Iterator[tuple[Path, Finding]]:
        value, limit = error.instance, error.validator_value
        if "propertyNames" in error.absolute_schema_path:
            path = (*path, value)
            at = self.document.place(path, key=True)
            yield path, faults.unknown_key(at, _short(value), None)
            return
        at = self.document.place(path)
        match error.validator:
            case "additionalProperties":
                yield from self._unknown_keys(error, path)
            case "required":
                yield from self._missing(error, path)
            case "type":
                yield path, self._wrong_type(value, limit, at)
            case "enum":
                yield path, self._not_a_choice(error, at)
            case "pattern":
                other = message("värdet följer inte mönstret {pattern}", pattern=limit), None
                meant = self._fitting(at, value, _MEANT.get(limit, _nothing)(value))
                what, form = _FORMS.get(limit, other)
                yield path, faults.wrong_form(at, _short(value), what, _RUN_TOGETHER if _items(value) else form, meant)
            case "minLength" | "maxLength":
                yield path, faults.wrong_length(at, len(value), limit)
            case "format":
                meant = self._fitting(at, value, intended.date_meant(value))
                yield path, faults.not_a_date(at, _short(value), intended.why_no_date(value), meant)
            case _:
                yield path, faults.other_limit(at, f"{error.validator} {limit}")

    def _unknown_keys(self, error: Any, path: Path) -> Iterator[tuple[Path, Finding]]:
        for key, meant in self._meant_keys(error).items():
            at = self.document.place((*path, key), key=True)
            others = elsewhere.kinds_with(key, self.kind) if not path else []
            fitting = self._fitting(at, key, meant and replace(meant, sure=meant.sure and not others))
            yield (*path, key), faults.unknown_key(at, _short(key), fitting, others)

    def _meant_keys(self, error: Any) -> dict[str, Meant | None]:
        """The keys of a mapping that its schema does not know, with what they are likely to mean."""
        known = {key: self._names(sub) for key, sub in error.schema.get("properties", {}).items()}
        free = {name: others for name, others in known.items() if name not in error.instance}
        return {key: nearest_meaning(key, free) for key in error.instance if key not in known}

    def _missing(self, error: Any, path: Path) -> Iterator[tuple[Path, Finding]]:
        """What must be there and is not, unless a key that is wrong seems to be it."""
        at = self.document.place(path, key=not (path and isinstance(path[-1], int)))
        misspelt = {meant.word for meant in self._meant_keys(error).values() if meant}
        for key in error.validator_value:
            if key not in error.instance and key not in misspelt:
                names = self._names(error.schema["properties"].get(key, {}))
                yield (*path, key), faults.missing(at, key, Label(sv=names[0], en=names[1]))

    def _wrong_type(self, value: Any, type_: str, at: Location) -> Finding:
        if value is None:
            return faults.wrong_type(at, message("värdet saknas"))
        meant = _TYPES_MEANT.get(type_, _nothing)(value) if isinstance(value, str) else None
        hint = _RUN_TOGETHER if type_ == "array" and isinstance(value, str) and _items(value) else None
        return faults.wrong_type(at, _TYPES[type_], self._fitting(at, value, meant), hint)

    def _not_a_choice(self, error: Any, at: Location) -> Finding:
        words: Mapping[str, Mapping[str, str]] = error.schema.get("x-values", {})
        known = {choice: tuple(words.get(choice, {}).values()) for choice in error.validator_value}
        value = str(error.instance)
        meant = self._fitting(at, value, nearest_meaning(value, known))
        return faults.not_a_choice(at, _short(value), ", ".join(known), meant)

    def _fitting(self, at: Location, written: str, meant: Meant | None) -> Meant | None:
        """What was meant, unless the word does not stand there as it is: then nothing can be put in its place."""
        return meant and replace(meant, fits=self.document.spells(at, written))

    def _names(self, schema: Mapping[str, Any]) -> tuple[str, str]:
        schema = self.kind.metamodel.resolved(schema)
        return schema.get("title", ""), schema.get("x-en", {}).get("title", "")


@lru_cache(maxsize=256)
def _verdict(kind: Kind) -> Callable[[Any], bool]:
    import jsonschema_rs

    try:
        registry = _fast_registry(kind.metamodel)
        formats = {"date-interval": _is_date}
        made = jsonschema_rs.validator_for(dict(kind.schema), registry=registry, formats=formats, validate_formats=True)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise ValueError(f"{kind.name}.schema.json: {error}") from None
    return made.is_valid


@lru_cache(maxsize=16)
def _fast_registry(metamodel: Metamodel) -> Any:
    import jsonschema_rs

    resources = [(name, dict(schema)) for name, schema in metamodel.schemas.items()]
    return jsonschema_rs.Registry(resources, retriever=_no_network)


@lru_cache(maxsize=256)
def _explanation(kind: Kind) -> Draft202012Validator:
    from jsonschema import Draft202012Validator, FormatChecker, validators
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    resources = [(name, DRAFT202012.create_resource(schema)) for name, schema in kind.metamodel.schemas.items()]
    registry = Registry().with_resources(resources)
    formats = FormatChecker(formats=())
    formats.checks("date-interval")(_is_date)
    validator = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    made: Draft202012Validator = validator(kind.schema, registry=registry, format_checker=formats)
    return made


def _pattern(validator: object, pattern: str, value: object, schema: object) -> Iterator[object]:
    """`pattern` as JSON Schema means it: `$` is the very end, never before a last line break as in Python."""
    from jsonschema.exceptions import ValidationError

    exact = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    with suppress(re.error):  # a pattern that only the other validator understands
        if not isinstance(value, str) or re.search(exact, value):
            return
    yield ValidationError(pattern)


def _no_network(uri: str) -> Any:
    raise LookupError(uri)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or _is_date_text(value)


@lru_cache(maxsize=8192)
def _is_date_text(value: str) -> bool:
    return dates.parse(value) is not None


def _once_a_place(several: Iterator[Iterator[Finding]]) -> Iterator[Finding]:
    """The first finding at each path: a missing value is not also a wrong choice."""
    seen: set[Path] = set()
    for findings in several:
        for finding in findings:
            if finding.path not in seen:
                seen.add(finding.path)
                yield finding


def _with_place(found: Finding, entity: str | None, path: Path) -> Finding:
    return replace(found, entity=entity, path=path)


def _items(text: str) -> bool:
    """Whether a text seems to be rows of a list that were read as one."""
    return re.search(r"(^| )[-–—]", text) is not None


def _nothing(written: str) -> None:
    return None


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
