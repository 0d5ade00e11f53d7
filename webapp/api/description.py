"""The API described in OpenAPI 3.1, made from the schemas of the catalogue and the table of addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from modulkarta import __version__
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind, Metamodel, label_of
from modulkarta.wording import Label, capital
from webapp import asked
from webapp.api import shapes
from webapp.api.answers import sent
from webapp.api.parameters import TIME, Parameter
from webapp.api.routes import ID, ROUTES, Route
from webapp.language import spoken, word

_COMMON = "common.schema.json"
_HERE = "#/components/schemas/"
_KEPT = ("x-reference", "x-values")
_PROBLEMS: Mapping[str, Message] = {
    "400": message("Frågan går inte att förstå."),
    "404": message("Det finns inte, eller den versionen av katalogen finns inte."),
    "410": message("Det finns inte längre; last_version säger var det senast fanns."),
    "503": message("Historiken går inte att läsa just nu."),
}
_ABOUT = message(
    "Allt i katalogen, bara för läsning. datum är en dag i planen, rev är en version av katalogen; de är två olika "
    "saker. Varje uppgift har ett sanningsvärde: fact är belagt, assumption är bedömt, illustrative är påhittat som "
    "exempel, unknown säger ingen något om. Frågor som inte går att besvara får application/problem+json."
)


def openapi() -> Response:
    """The description, of the catalogue and in the language that are asked for."""
    return sent(described(asked.catalogue().metamodel))


def described(metamodel: Metamodel) -> Mapping[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": asked.catalogue().settings.title,
            "version": __version__,
            "description": spoken(_ABOUT),
        },
        "servers": [{"url": f"{request.script_root}/"}],
        "paths": dict(_paths(metamodel)),
        "components": {
            "schemas": dict(_schemas(metamodel)),
            "parameters": {one.name: _parameter(one) for one in TIME},
            "responses": {code: _problem(words) for code, words in _PROBLEMS.items()},
        },
    }


def _paths(metamodel: Metamodel) -> Iterator[tuple[str, Any]]:
    """Each address; one for each kind where it is for kinds."""
    for route in ROUTES:
        if not route.of_kinds:
            yield _address(route), {"get": _operation(route, route.name, spoken(route.about), route.answer)}
    for kind in metamodel.kinds.values():
        for route in (route for route in ROUTES if route.of_kinds):
            about = f"{capital(word(kind.plural))}. {spoken(route.about)}"
            name, answer = f"{route.name}_{kind.name}", f"{kind.name}.{route.answer}"
            yield _address(route).replace("{slug}", kind.slug), {"get": _operation(route, name, about, answer)}


def _address(route: Route) -> str:
    return f"/api/v1{route.path}".replace("<id_>", "{id}").replace("<slug>", "{slug}")


def _operation(route: Route, name: str, about: str, answer: str) -> Mapping[str, Any]:
    in_path = [{"name": "id", "in": "path", "required": True, "schema": ID}] if "<id_>" in route.path else []
    in_query = [*map(_parameter, route.parameters), *({"$ref": f"#/components/parameters/{p.name}"} for p in TIME)]
    codes = [code for code in _PROBLEMS if code != "410" or route.name == "one"]
    return {
        "operationId": name,
        "summary": about,
        "parameters": [*in_path, *in_query],
        "responses": {
            "200": _answered(answer),
            "301": {"description": spoken(message("Det heter något annat nu; Location säger vad."))},
            "304": {"description": spoken(message("Inget är ändrat sedan sist."))},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in codes},
        },
    }


def _answered(answer: str) -> Mapping[str, Any]:
    headers = {"ETag": {"schema": shapes.TEXT}, "Cache-Control": {"schema": shapes.TEXT}}
    return {
        "description": spoken(message("Svaret.")),
        "headers": headers,
        "content": {"application/json": {"schema": {"$ref": f"{_HERE}{answer}.answer"}}},
    }


def _problem(words: Message) -> Mapping[str, Any]:
    return {
        "description": spoken(words),
        "content": {"application/problem+json": {"schema": {"$ref": f"{_HERE}problem"}}},
    }


def _parameter(one: Parameter) -> Mapping[str, Any]:
    return {
        "name": one.name,
        "in": "query",
        "description": spoken(one.about),
        "schema": {**one.schema, "examples": [int(one.example) if one.schema["type"] == "integer" else one.example]},
    }


def _schemas(metamodel: Metamodel) -> Iterator[tuple[str, Any]]:
    """The parts and answers of the API, and for each kind what its files may hold."""
    yield from shapes.PARTS.items()
    yield from ((f"{name}.answer", shape) for name, shape in shapes.ANSWERS.items())
    for name, schema in metamodel.schemas[_COMMON]["$defs"].items():
        yield f"common.{name}", _plain(schema, metamodel)
    for kind in metamodel.kinds.values():
        yield kind.name, _fields(kind, metamodel)
        yield f"{kind.name}.thing", shapes.of(**shapes.thing({"$ref": _HERE + kind.name}, {"const": kind.name}))
        yield f"{kind.name}.list.answer", shapes.listed(kind.name)
        yield f"{kind.name}.thing.answer", shapes.single(kind.name)


def _fields(kind: Kind, metamodel: Metamodel) -> Any:
    """The schema of a kind's files, without its place among the files."""
    own = {key: value for key, value in kind.schema.items() if not key.startswith(("$", "x-"))}
    return _plain({**own, "x-en": kind.schema.get("x-en", {})}, metamodel)


def _plain(schema: Any, metamodel: Metamodel) -> Any:
    """A schema in one language, whose references lead within the description."""
    if isinstance(schema, list):
        return [_plain(one, metamodel) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if _elsewhere(schema):
        return _plain(metamodel.resolved(schema), metamodel)
    made = {key: _value(key, value, metamodel) for key, value in schema.items() if key in _KEPT or key[:2] != "x-"}
    worded = {key: word(label_of(schema, key)) for key in ("title", "description") if isinstance(schema.get(key), str)}
    return made | worded


def _value(key: str, value: Any, metamodel: Metamodel) -> Any:
    match key:
        case "$ref":
            return f"{_HERE}common.{value.rpartition('/')[2]}"
        case "properties":
            return {name: _plain(one, metamodel) for name, one in value.items()}
        case "x-values":
            return {name: word(Label(**label)) for name, label in value.items()}
        case "x-reference":
            return {"kinds": value["kinds"], "relation": word(label_of(value, "relation"))}
        case _:
            return _plain(value, metamodel)


def _elsewhere(schema: Mapping[str, Any]) -> bool:
    """Whether a schema refers to something that has no name of its own in the description."""
    name, _, path = schema.get("$ref", "").partition("#")
    return bool(schema.get("$ref")) and (name not in ("", _COMMON) or path.count("/") != 2)
