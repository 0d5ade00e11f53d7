"""What editors get: schemas that say what `check` says, and settings that keep what was there."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import given
import jsonschema_rs
import plain_yaml
import pytest
from commands import Run
from hypothesis import given as having
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from test_rules import bad_catalogue

from modulkarta import shape, snapshot
from modulkarta.editing import editor, workspace
from modulkarta.entities import converted
from modulkarta.snapshot import Snapshot

pytestmark = pytest.mark.usefixtures("built_once")

REAL = given.ROOT / "catalogue"
REFUSED = ("MK201", "MK202", "MK203", "MK204", "MK205", "MK206", "MK208", "MK301", "MK302")
"""What a schema alone can refuse."""


@lru_cache(maxsize=8)
def read(root: Path) -> Snapshot:
    return snapshot.load(root, given.SCHEMAS, given.TODAY)


@lru_cache(maxsize=8)
def validators(root: Path) -> Mapping[str, Any]:
    texts = editor.schemas(read(root).catalogue, "sv")
    return {name: jsonschema_rs.Draft7Validator(json.loads(text)) for name, text in texts.items()}


def refused(root: Path) -> list[Path]:
    """The files of a catalogue that the written schemas do not accept."""
    kinds = given.metamodel().by_folder
    made = validators(root)
    found = []
    for file in sorted(root.rglob("*.yaml")):
        kind = kinds.get(file.relative_to(root).parent.as_posix())
        name = editor.file_name(kind) if kind else "catalogue.schema.json"
        if not made[name].is_valid(plain_yaml.read(file.read_text("utf-8-sig"))):
            found.append(file)
    return found


@pytest.mark.parametrize("root", [REAL, given.GOOD], ids=["real", "good"])
def test_every_file_is_valid_by_the_written_schemas(root: Path) -> None:
    assert refused(root) == []


@pytest.mark.parametrize("code", REFUSED)
def test_what_a_schema_can_refuse_is_refused_in_the_editor_too(code: str, tmp_path: Path) -> None:
    assert refused(bad_catalogue(code, tmp_path))


def test_the_schemas_are_draft_07_and_stand_alone() -> None:
    for text in editor.schemas(given.good().catalogue, "sv").values():
        Draft7Validator.check_schema(json.loads(text))
        assert all(one["$ref"].startswith("#/definitions/") for one in inner(json.loads(text)) if "$ref" in one)


def inner(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inner(part)


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    again = snapshot.load(given.GOOD, given.SCHEMAS, given.TODAY)
    assert editor.schemas(again.catalogue, "sv") == editor.schemas(given.good().catalogue, "sv")


def test_a_reference_lists_the_ids_of_its_kinds_with_their_names() -> None:
    schema = json.loads(editor.schemas(given.good().catalogue, "sv")["replacement.schema.json"])
    listed = schema["definitions"]["system"]
    systems = given.good().catalogue.of_kind["system"]
    assert listed["enum"] == [system.id for system in systems]
    assert [words.removesuffix(" (exempel)") for words in listed["enumDescriptions"]] == [s.name for s in systems]
    assert schema["properties"]["replaces"]["$ref"] == "#/definitions/system"


def test_every_field_has_words_for_whoever_points_at_it() -> None:
    for language, word in (("sv", "Sanningsvärde"), ("en", "Truth")):
        schema = json.loads(editor.schemas(given.good().catalogue, language)["module.schema.json"])
        assert all(field["title"] for field in schema["properties"].values())
        assert schema["properties"]["truth"]["title"] == word


@pytest.mark.parametrize("id_", ["1177", "0123", "1e3", "0x1f", "true"])
def test_an_id_that_others_read_as_something_else_may_be_named(id_: str) -> None:
    made = given.read({f"organisations/{id_}": "name: O\n", "modules/m": f"name: M\nowner: {id_}\n"})
    assert not made.count("error")
    schema = json.loads(editor.schemas(made.catalogue, "sv")["module.schema.json"])
    assert jsonschema_rs.Draft7Validator(schema).is_valid(plain_yaml.read(f"name: M\nowner: {id_}\n"))


VALUES = st.sampled_from(
    ["", "x", "2027", "2027-13", "unknown", "Ett Ord", "a" * 300, "fact", "30d", "https://x.se", "-5", "1.5"]
)
OTHERS = (
    VALUES | st.lists(VALUES, max_size=2) | st.dictionaries(st.sampled_from(["name", "x", "level"]), VALUES, max_size=2)
)
WRITTEN = [
    e
    for e in read(REAL).catalogue.entities.values()
    if e.kind.name in ("module", "replacement", "contract", "decision")
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


@having(st.sampled_from(WRITTEN), st.data())
def test_the_editor_says_what_check_says_of_a_changed_file(entity: Any, data: Any) -> None:
    """Both refuse it, or none does; but the editor knows the ids too, and not which days there are."""
    tree = copy.deepcopy(entity.document.tree)
    path = data.draw(st.sampled_from([p for p in places(tree) if p]))
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    if data.draw(st.booleans()):
        del holder[path[-1]]
    else:
        holder[path[-1]] = data.draw(OTHERS)
    kind = entity.kind
    value = converted(tree, kind.conversions)
    accepted = not shape.broken(given.document(json.dumps(tree)), value, kind, entity.id)
    complaints = list(validators(REAL)[editor.file_name(kind)].iter_errors(value))
    about_ids = [one for one in complaints if one.kind.name == "enum"]
    assert complaints == about_ids if accepted else complaints


# The command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(given.GOOD, tmp_path / "catalogue")
    shutil.copytree(given.SCHEMAS, tmp_path / "schemas")
    return tmp_path


def files(place: Path) -> dict[str, bytes]:
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}


def test_the_command_writes_once_and_then_nothing(project: Path, run: Run) -> None:
    catalogue = project / "catalogue"
    assert run("schema", "--check", "--catalogue", catalogue).code == 1
    first = run("schema", "--catalogue", catalogue)
    assert first.code == 0 and ".modulkarta/schemas/module.schema.json" in first.out
    before = files(project)
    second = run("schema", "--catalogue", catalogue)
    assert (second.code, second.out, files(project)) == (0, "", before)
    assert "Allt är redan som det ska vara" in second.err
    assert run("schema", "--check", "--catalogue", catalogue).code == 0


def test_a_dry_run_shows_the_difference_and_writes_nothing(project: Path, run: Run) -> None:
    before = files(project)
    shown = run("schema", "--dry-run", "--catalogue", project / "catalogue")
    assert shown.code == 0 and "+++ " in shown.out and "yaml.schemas" in shown.out
    assert files(project) == before


def test_everything_lands_in_the_folder_asked_for(project: Path, run: Run) -> None:
    before = files(project / "catalogue")
    assert run("schema", "-o", project / "out" / "here", "--catalogue", project / "catalogue").code == 0
    assert files(project / "catalogue") == before
    settings = json.loads((project / "out/here/.vscode/settings.json").read_text())
    assert "**/catalogue/catalogue.yaml" in settings["yaml.schemas"].values()


@pytest.mark.parametrize(("home", "pattern"), [("catalogue", "catalogue.yaml"), (".", "catalogue/catalogue.yaml")])
def test_the_patterns_are_from_the_folder_that_is_opened(home: str, pattern: str, project: Path, run: Run) -> None:
    assert run("schema", "-o", project / home, "--catalogue", project / "catalogue").code == 0
    settings = json.loads((project / home / ".vscode/settings.json").read_text())
    assert settings["yaml.schemas"]["./.modulkarta/schemas/catalogue.schema.json"] == pattern
    assert run("check", "--catalogue", project / "catalogue").code == 0


def test_a_new_id_is_there_after_the_next_run(project: Path, run: Run) -> None:
    run("schema", "--catalogue", project / "catalogue")
    (project / "catalogue/reference/organisations/ny-namnd.yaml").write_text("name: Nya nämnden\n")
    again = run("schema", "--catalogue", project / "catalogue")
    assert again.code == 0 and ".vscode" not in again.out
    assert "Nya nämnden" in (project / ".modulkarta/schemas/module.schema.json").read_text()


def test_a_schema_of_a_kind_that_is_gone_goes_too_and_others_stay(project: Path, run: Run) -> None:
    run("schema", "--catalogue", project / "catalogue")
    place = project / ".modulkarta/schemas"
    shutil.copy(place / "term.schema.json", place / "gone.schema.json")
    (place / "mine.schema.json").write_text("{}")
    run("schema", "--catalogue", project / "catalogue")
    assert not (place / "gone.schema.json").exists() and (place / "mine.schema.json").exists()


@pytest.mark.parametrize("text", ['// mina\n{"a": 1}\n', "[1]", '{"yaml.schemas": 1}', "{,}"])
def test_settings_that_cannot_be_kept_whole_are_left_and_told(text: str, project: Path, run: Run) -> None:
    settings = project / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text(text)
    ended = run("schema", "--catalogue", project / "catalogue")
    assert ended.code == 1
    assert settings.read_text() == text
    assert "settings.json går inte att läsa" in ended.err and "yaml.schemas" in ended.err


FILES = {"module.schema.json": "catalogue/applications/modules/*.yaml", "å.schema.json": "catalogue/å/*.yaml"}


@having(st.dictionaries(st.text(max_size=5), st.integers() | st.lists(st.text(max_size=4), max_size=3), max_size=4),
        st.sampled_from([None, 1, 4, "\t"]), st.booleans())  # fmt: skip
def test_settings_keep_what_they_had(before: dict[str, Any], indent: Any, crlf: bool) -> None:
    text = json.dumps(before, indent=indent, ensure_ascii=False) + "\n"
    text = text.replace("\n", "\r\n") if crlf else text
    after = workspace.vscode(text, FILES)
    schemas = json.loads(after).pop("yaml.schemas")
    assert {key: value for key, value in json.loads(after).items() if key != "yaml.schemas"} == before
    assert list(schemas.values()) == list(FILES.values())
    assert workspace.vscode(after, FILES) == after
    assert after.replace("\r\n", "").count("\n") == (0 if crlf else after.count("\n"))


def test_others_schemas_stay_and_old_ones_of_ours_go() -> None:
    text = '{\n\t"yaml.schemas": {"x.json": "*.yml", "./.modulkarta/schemas/gone.schema.json": "y"}, "b":  [1,2]\n}'
    after = workspace.vscode(text, FILES)
    assert after.endswith('}, "b":  [1,2]\n}')
    assert list(json.loads(after)["yaml.schemas"]) == [
        "x.json", "./.modulkarta/schemas/module.schema.json", "./.modulkarta/schemas/å.schema.json"
    ]  # fmt: skip


def test_jetbrains_keeps_others_entries() -> None:
    alone = workspace.jetbrains("", FILES)
    other = '        <entry key="min egen"><value><SchemaInfo /></value></entry>\n'
    text = alone.replace("      <map>\n", f"      <map>\n{other}")
    assert workspace.jetbrains(text, FILES) == text
    fewer = workspace.jetbrains(text, {"module.schema.json": "x/*.yaml"})
    assert other in fewer
    keys = [entry.get("key") for entry in ElementTree.fromstring(fewer).iter("entry")]
    assert keys == ["min egen", "modulkarta: module"]
    for strange in ("<x/>", "<project", "hej"):
        with pytest.raises(ValueError):
            workspace.jetbrains(strange, FILES)
