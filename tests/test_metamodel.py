"""The metamodel is data, and the data are whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import given
import pytest
from jsonschema import Draft202012Validator

from modulkarta import metamodel as metamodels
from modulkarta import snapshot
from modulkarta.source import folder

TEXTS = folder.read_schemas(given.SCHEMAS)
SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in TEXTS.items()}
KINDS = given.metamodel().kinds
COMMON = {
    "name", "short_name", "summary", "description", "owner", "truth", "truth_of", "sources", "reviewed", "former_ids",
    "translations", "tags", "secrecy",
}  # fmt: skip

each_schema = pytest.mark.parametrize("name", SCHEMAS)
each_kind = pytest.mark.parametrize("name", KINDS)


def parts(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and every schema inside it, each with where it stands."""
    yield where, schema
    for group in ("properties", "$defs"):
        for name, sub in schema.get(group, {}).items():
            yield from parts(sub, f"{where}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from parts(schema[key], f"{where}.{key}")


def properties(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema, however deep, with what it refers to merged in."""
    for where, part in parts(SCHEMAS[name]):
        for key, sub in part.get("properties", {}).items():
            yield f"{where}.{key}", dict(given.metamodel().resolved(sub))


@each_schema
def test_a_schema_is_valid(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["$id"] == name
    Draft202012Validator.check_schema(SCHEMAS[name])


@each_schema
def test_every_property_has_a_label_in_both_languages(name: str) -> None:
    bare = [where for where, p in properties(name) if not p.get("title") or not p.get("x-en", {}).get("title")]
    assert not bare


@each_schema
def test_every_description_is_in_both_languages(name: str) -> None:
    half = [w for w, p in properties(name) if ("description" in p) != ("description" in p.get("x-en", {}))]
    assert not half


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != metamodels.SETTINGS_SCHEMA])
def test_every_choice_has_words_in_both_languages(name: str) -> None:
    choices = [part for _, part in parts(SCHEMAS[name]) if "enum" in part]
    assert all(list(part["x-values"]) == part["enum"] for part in choices)
    assert all(words["sv"] and words["en"] for part in choices for words in part["x-values"].values())


@each_schema
def test_no_table_takes_a_key_it_does_not_name(name: str) -> None:
    open_ = [where for where, part in parts(SCHEMAS[name]) if part.get("type") == "object" and "properties" in part]
    assert all(dict(parts(SCHEMAS[name]))[where]["additionalProperties"] is False for where in open_)


@each_schema
def test_no_schema_offers_alternatives(name: str) -> None:
    assert not [where for where, p in parts(SCHEMAS[name]) if {"oneOf", "anyOf", "allOf", "not", "if"} & p.keys()]


@each_schema
def test_a_reference_names_kinds_that_exist_and_what_it_means_both_ways(name: str) -> None:
    for where, part in parts(SCHEMAS[name]):
        if said := part.get("x-reference"):
            assert set(said["kinds"]) <= {*KINDS, metamodels.ANY_KIND}, where
            assert said["relation"] and said["inverse"] and said["depends"] in ("source", "target", "none"), where
            assert said["x-en"]["relation"] and said["x-en"]["inverse"], where


@each_schema
def test_every_list_and_text_has_a_limit(name: str) -> None:
    endless = []
    for where, part in parts(SCHEMAS[name]):
        needed = {"array": "maxItems", "string": "maxLength"}.get(part.get("type", ""))
        if needed and needed not in part and not {"enum", "pattern"} & part.keys():
            endless.append(where)
    assert not endless


@each_kind
def test_a_kind_lists_the_common_properties(name: str) -> None:
    listed = KINDS[name].schema["properties"]
    assert listed.keys() >= COMMON
    if "$ref" not in listed["translations"]:
        shared, own = (given.metamodel().kinds[kind].properties["translations"] for kind in ("module", name))
        assert {one.name for one in shared.columns[0].columns} < {one.name for one in own.columns[0].columns}
        assert {one.name for one in own.columns[0].columns} < listed.keys()
    for key in COMMON - ({"translations"} if "$ref" not in listed["translations"] else set()):
        assert listed[key] | {"x-verbatim": True} == {"$ref": f"common.schema.json#/$defs/{key}", "x-verbatim": True}


@each_kind
def test_a_kind_says_where_it_lives_and_what_it_is_called(name: str) -> None:
    kind = KINDS[name]
    assert kind.layer in SCHEMAS["common.schema.json"]["x-layers"]
    assert kind.slug.isascii() and kind.slug == kind.slug.lower() and "/" not in kind.slug
    for label in (kind.label, kind.plural, kind.description):
        assert label.sv and label.en
    assert kind.schema["required"] == ["name", *kind.schema["required"][1:]]


def test_names_slugs_folders_and_orders_are_unique() -> None:
    for what in ("name", "slug", "folder", "order"):
        several = [getattr(kind, what) for kind in KINDS.values()]
        assert len(set(several)) == len(several), what


def test_the_kinds_of_the_design_are_there() -> None:
    designed = (
        "capability process information-object term module function interface system user-group platform vision goal "
        "principle milestone replacement decision assignment risk recommendation lesson standard regulation "
        "organisation area contract source element relationship"
    )
    assert set(KINDS) == set(designed.split())


def test_layers_stand_in_their_order_and_an_unknown_one_last() -> None:
    own = {"x-layer": "ny", "x-slug": "ny", "$id": "x.schema.json"}
    texts = {**TEXTS, "x.schema.json": changed("term", lambda schema: schema.update(own))}
    layers = metamodels.read(texts).layers
    assert list(layers) == [*SCHEMAS["common.schema.json"]["x-layers"], "ny"]
    assert layers["ny"].sv == "ny"


def changed(kind: str, change: Any) -> str:
    schema = json.loads(TEXTS[f"{kind}.schema.json"])
    change(schema)
    return json.dumps(schema)


@pytest.mark.parametrize("text", ["", "{", '{"a": }', "{'a': 1}"])
def test_a_schema_that_is_not_json_is_named_with_its_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"^module\.schema\.json:1:\d+: "):
        metamodels.read({**TEXTS, "module.schema.json": text})


@pytest.mark.parametrize("missing", ["x-layer", "x-slug", "title", "properties"])
def test_a_kind_that_lacks_something_is_named(missing: str) -> None:
    with pytest.raises(ValueError, match=rf"^module\.schema\.json: {missing}"):
        metamodels.read({**TEXTS, "module.schema.json": changed("module", lambda s: s.pop(missing))})


@pytest.mark.parametrize("missing", ["common.schema.json", "catalogue.schema.json"])
def test_a_schema_that_must_be_there_is_named(missing: str) -> None:
    with pytest.raises(ValueError, match=f"^{missing}"):
        metamodels.read({name: text for name, text in TEXTS.items() if name != missing})


UNUSABLE: dict[str, Any] = {
    "no id": lambda s: s.pop("$id"),
    "the id of another": lambda s: s.update({"$id": "term.schema.json"}),
    "properties that are a list": lambda s: s.update(properties=[]),
    "a property that is a text": lambda s: s["properties"].update(new="text"),
    "the folder of another": lambda s: s.update({"x-layer": "information", "x-folder": "terms"}),
    "a reference to no kind": lambda s: s["properties"].update(new=reference(kinds=["trem"])),
    "a reference without kinds": lambda s: s["properties"].update(new=reference()),
    "a ref to nothing": lambda s: s["properties"].update(new={"$ref": "common.schema.json#/$defs/nothing"}),
    "a ref to no file": lambda s: s["properties"].update(new={"$ref": "nothing.schema.json#/$defs/id"}),
    "a ref to itself": lambda s: s["properties"].update(new={"$ref": "module.schema.json#/properties/new"}),
    "refs in a ring": lambda s: s["properties"].update(
        new={"$ref": "module.schema.json#/properties/old"}, old={"$ref": "module.schema.json#/properties/new"}
    ),
    "a group of itself": lambda s: s["properties"].update(
        new={"type": "object", "properties": {"new": {"$ref": "module.schema.json#/properties/new"}}}
    ),
    "a list of itself": lambda s: s["properties"].update(
        new={"type": "array", "items": {"$ref": "module.schema.json#/properties/new"}}
    ),
    "a choice with a wrong label": lambda s: s["properties"].update(new={"enum": ["a"], "x-values": {"a": "A"}}),
}


def reference(**more: Any) -> dict[str, Any]:
    return {"$ref": "common.schema.json#/$defs/id", "x-reference": {"relation": "r", "inverse": "i", **more}}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_schema_that_cannot_be_used_is_named(what: str) -> None:
    with pytest.raises(ValueError, match=r"^(module|term)\.schema\.json: "):
        metamodels.read({**TEXTS, "module.schema.json": changed("module", UNUSABLE[what])})


@pytest.mark.parametrize("text", ["[]", '"text"', "1", "null", "{}", "[" * 100_000, '{"a":' * 100_000])
def test_a_schema_that_is_not_an_object_with_an_id_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"^module\.schema\.json: "):
        metamodels.read({**TEXTS, "module.schema.json": text})


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "txt"},
        {"type": 5},
        {"$ref": "#/nowhere"},
        {"pattern": "("},
        {"properties": {"name": {"maxLength": "a"}}},
    ],
)
def test_a_schema_that_no_validator_takes_is_named_when_it_is_used(wrong: dict[str, Any], tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "module.schema.json").write_text(changed("module", lambda s: s.update(wrong)), "utf-8")
    root = given.written(tmp_path, {"modules/m": "name: M\n"})
    with pytest.raises(ValueError, match=r"^module\.schema\.json: "):
        snapshot.load(root, tmp_path, given.TODAY)


def test_the_values_to_choose_among_are_those_of_a_field_of_what_it_lists_or_of_a_column() -> None:
    assert list(KINDS["milestone"].choices("certainty")) == ["decided", "forecast", "idea"]
    assert list(KINDS["function"].choices("criticality")) == ["patient-safety", "around-the-clock", "normal"]
    assert list(KINDS["module"].choices("standards", "state")) == ["planned", "followed", "deviates"]
    assert KINDS["milestone"].choices("certainty")["idea"].en == "idea"
    assert KINDS["module"].choices("summary") == {}


def test_a_property_is_described_for_pages_and_editors() -> None:
    functions = KINDS["replacement"].properties["functions"]
    columns = {column.name: column for column in functions.columns}
    assert functions.shape == "table" and functions.label.en == "functions"
    assert [columns[name].shape for name in ("function", "disposition", "by")] == ["reference", "choice", "table"]
    assert columns["disposition"].values["kept"].sv == "behålls"
    relation = columns["by"].columns[0].relation
    assert relation and relation.kinds == ("module",) and relation.depends == "source"


@pytest.mark.parametrize(
    ("kind", "name", "shape"),
    [
        ("system", "name", "text"), ("system", "description", "markdown"), ("system", "owner", "reference"),
        ("system", "functions", "list"), ("system", "lifecycle", "table"), ("system", "truth", "choice"),
        ("system", "truth_of", "map"), ("system", "reviewed", "date"), ("system", "sources", "table"),
    ],
)  # fmt: skip
def test_the_shape_of_a_property_is_known(kind: str, name: str, shape: str) -> None:
    assert KINDS[kind].properties[name].shape == shape
