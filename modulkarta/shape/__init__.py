"""Document x schema -> findings: does a file hold what its kind may hold?

jsonschema-rs says whether, in a few microseconds; jsonschema says what, only where there is something to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from modulkarta import dates
from modulkarta.findings import Finding
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.source.text import Document


def broken(document: Document, value: Mapping[str, Any], kind: Kind, entity: str | None) -> list[Finding]:
    """What is wrong with a converted tree (`entities.converted`) by its kind's schema; empty when nothing is."""
    if _verdict(kind)(value):
        return []
    from modulkarta.shape.explanation import explained

    return explained(document, value, kind, entity)


def is_date(value: object) -> bool:
    """Whether a value may stand where a date is asked for: what is not text is for other rules."""
    return not isinstance(value, str) or _is_date_text(value)


@lru_cache(maxsize=4096)
def fits(kind: Kind, key: str) -> Callable[[Any], bool]:
    """Whether a value may stand at a key of a kind's files, one that its schema describes."""
    pointer = key.replace("~", "~0").replace("/", "~1")
    return _judge({"$ref": f"{kind.schema['$id']}#/properties/{pointer}"}, kind)


@lru_cache(maxsize=256)
def _verdict(kind: Kind) -> Callable[[Any], bool]:
    return _judge(kind.schema, kind)


def _judge(schema: Mapping[str, Any], kind: Kind) -> Callable[[Any], bool]:
    import jsonschema_rs

    try:
        registry = _fast_registry(kind.metamodel)
        formats = {"date-interval": is_date}
        made = jsonschema_rs.validator_for(dict(schema), registry=registry, formats=formats, validate_formats=True)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise ValueError(f"{kind.name}.schema.json: {error}") from None
    return made.is_valid


@lru_cache(maxsize=16)
def _fast_registry(metamodel: Metamodel) -> Any:
    import jsonschema_rs

    resources = [(name, dict(schema)) for name, schema in metamodel.schemas.items()]
    return jsonschema_rs.Registry(resources, retriever=_no_network)


def _no_network(uri: str) -> Any:
    raise LookupError(uri)


@lru_cache(maxsize=8192)
def _is_date_text(value: str) -> bool:
    return dates.parse(value) is not None
