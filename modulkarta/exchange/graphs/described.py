"""What the JSON file is, as a JSON Schema: made of the schemas of the catalogue, so that both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modulkarta.metamodel import Metamodel
from modulkarta.model import TRUTHS

FORMAT = "modulkarta/export"
VERSION = "1"
_COMMON = "common.schema.json"
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_TRUTH = {"type": "string", "enum": list(TRUTHS)}
_PHASE = {"type": "string", "enum": ["planned", "introducing", "live", "retiring", "retired", "unknown"]}


def schema(metamodel: Metamodel) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an export of a catalogue with this metamodel."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:modulkarta:export:{VERSION}",
        "title": "modulkartans katalog som JSON",
        "description": "Det som modulkarta export --to json skriver, och som /api/v1/export.json svarar.",
        **_body(),
        "$defs": dict(_parts(metamodel)),
    }


def _body() -> dict[str, Any]:
    more = {"commit": _told(_or_null(_TEXT), "Versionen i git, i svar från visaren.")}
    return _of(
        more,
        schema=_told({"const": f"{FORMAT}/{VERSION}"}, "Formatet och dess version."),
        version=_told(_TEXT, "Ett kort namn på just den här katalogen."),
        datum=_told({"type": "string", "format": "date"}, "Dagen som status gäller."),
        title=_told(_TEXT, "Katalogens titel."),
        organisation=_told(_TEXT, "Vems miljö katalogen beskriver."),
        about=_told(_TEXT, "Om katalogen, i Markdown."),
        kinds=_told(_several("kind"), "Sorterna, i ordning."),
        things=_told(_several("thing"), "Posterna, en för varje fil i katalogen."),
        relations=_told(_several("relation"), "Vad som hänvisar till vad. Följer av posterna."),
        gaps=_told(_several("row"), "Glappen, det värsta först. Följer av posterna."),
        cannot_be_judged=_told(_several("row"), "Det som inte går att bedöma. Följer av posterna."),
    )


def _parts(metamodel: Metamodel) -> Iterator[tuple[str, Any]]:
    yield "kind", _of(kind=_kinds(metamodel), **dict.fromkeys(_OF_A_KIND, _TEXT), number=_WHOLE)
    yield "thing", _thing(metamodel)
    yield "status", _of(phase=_PHASE, perhaps=_or_null(_PHASE), undated={"type": "boolean"}, words=_TEXT)
    yield "relation", _relation()
    yield "row", _row()
    yield "common", {"$defs": _local(metamodel.schemas[_COMMON]["$defs"], "common")}
    for kind in metamodel.kinds.values():
        yield f"kind-{kind.name}", _local(kind.schema, f"kind-{kind.name}")


def _thing(metamodel: Metamodel) -> dict[str, Any]:
    said = _of(
        {"url": _told(_TEXT, "Sidan i visaren, i svar från den.")},
        id=_told({"$ref": "#/$defs/common/$defs/id"}, "Filens namn i katalogen."),
        kind=_told(_kinds(metamodel), "Sorten."),
        name=_told(_TEXT, "Namnet."),
        status=_told(_or_null({"$ref": "#/$defs/status"}), "Fasen den dagen; null för det som inte har någon."),
        truth=_told(_TRUTH, "Vad posten vilar på."),
        truths=_told({"type": "object", "additionalProperties": _TRUTH}, "Vad varje fält vilar på."),
        fields=_told({"type": "object"}, "Allt som står i filen. Fälten beror på sorten."),
        file=_told(_TEXT, "Var filen ligger."),
        line=_told({"type": "integer", "minimum": 1}, "Raden."),
    )
    return {**said, "allOf": [_if_kind(name) for name in metamodel.kinds]}


def _if_kind(name: str) -> dict[str, Any]:
    return {
        "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
        "then": {"properties": {"fields": {"$ref": f"#/$defs/kind-{name}"}}},
    }


def _relation() -> dict[str, Any]:
    depends = {"type": "string", "enum": ["source", "target", "none"]}
    words = dict.fromkeys(("source", "field", "target", "relation", "inverse"), _TEXT)
    return _of(**words, depends=depends, truth=_TRUTH, file=_TEXT)


def _row() -> dict[str, Any]:
    day = _or_null({"type": "string", "format": "date"})
    days, text = _or_null(_WHOLE), _or_null(_TEXT)
    return _of(
        system=_TEXT, function=text, area=text, to=day, days=days, certain={"type": "boolean"}, days_min=days,
        days_max=days, legacy_end=text, replacement_live=text, by={"type": "array", "items": _TEXT}, truth=_TRUTH,
        accepted=text, outcome=_TEXT, disposition=_TEXT, **{"from": day},
    )  # fmt: skip


_OF_A_KIND = ("slug", "layer", "label", "plural", "description")


def _kinds(metamodel: Metamodel) -> dict[str, Any]:
    return {"type": "string", "enum": list(metamodel.kinds)}


def _of(more: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """An object with just these fields; `more` may be left out."""
    properties = {**fields, **(more or {})}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(fields),
        "properties": properties,
    }


def _told(shape: dict[str, Any], words: str) -> dict[str, Any]:
    return {"description": words, **shape}


def _several(part: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{part}"}}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}


def _local(schema: Any, here: str) -> Any:
    """A schema of the catalogue that stands `here`: its references lead within the whole, and it keeps no marks that
    only the program reads."""
    if isinstance(schema, list):
        return [_local(one, here) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not key.startswith("x-") and key not in ("$id", "$schema")}
    return {key: _led(value, here) if key == "$ref" else _local(value, here) for key, value in kept.items()}


def _led(reference: str, here: str) -> str:
    name, _, path = reference.partition("#")
    return f"#/$defs/{'common' if name == _COMMON else here}{path}"
