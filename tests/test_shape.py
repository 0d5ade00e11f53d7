"""Does a file hold what its kind may hold? Each fault at its key or value, with the word that was meant."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import given
import pytest
import yaml
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from modulkarta import entities, shape
from modulkarta.findings import Finding
from modulkarta.metamodel import Kind
from modulkarta.shape import _verdict
from modulkarta.shape import explanation as worded
from modulkarta.shape.explanation import explanation
from modulkarta.source.text import MOST_FINDINGS, Document, parse
from modulkarta.wording import said


def faults(text: str, kind: str = "module") -> list[Finding]:
    """The shape findings of one file."""
    of = given.metamodel().kinds[kind]
    read = given.document(text)
    return shape.broken(read, entities.entity("x", of, read).fields, of, "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: A\nnme: B\n", ["MK201:2:1"]),
        ("name: A\nlifecycle: {live: 2027, died: 2028}\n", ["MK201:2:25"]),
        ("name: A\nstandards:\n  - standard: a\n    vrsion: '1'\n", ["MK201:4:5"]),
        ("summary: A\n", ["MK202:1:1"]),
        ("name: A\nstandards:\n  - version: '1'\n", ["MK202:3:5"]),
        ("name: A\nsecrecy: {reason: a}\n", ["MK202:2:1"]),
        ("name: A\ntags: akut\n", ["MK203:2:7"]),
        ("name: A\ntags:\n", ["MK203:2:1"]),
        ("name: [A]\n", ["MK203:1:7"]),
        ("name: A\nlifecycle: 2027\n", ["MK203:2:12"]),
        ("name: A\ntags:\n  - a\n  -\n", ["MK203:4:4"]),
        ("name: A\ntruth: fakta\n", ["MK204:2:8"]),
        ("name: A\ntruth_of: {name: sant}\n", ["MK204:2:18"]),
        ("name: A\nowner: Region Exempel\n", ["MK205:2:8"]),
        ("name: A\ntags: [a, Å]\n", ["MK205:2:11"]),
        ("name: A\ntags:\n  - |\n    akut\n", ["MK205:3:5"]),
        ('name: A\ntags: ["akut\\n"]\n', ["MK205:2:8"]),
        ("name: A\nowner: |\n  foo\n", ["MK205:2:8"]),
        ("name: A\ntruth: |\n  fact\n", ["MK204:2:8"]),
        ("name: A\nreviewed: |\n  2027\n", ["MK207:2:11"]),
        ("name: ''\n", ["MK206:1:7"]),
        (f"name: A\nshort_name: {'a' * 25}\n", ["MK206:2:13"]),
        (f"name: A\ntags: [{'a' * 65}]\n", ["MK206:2:8"]),
        ("name: A\nlifecycle:\n  live: 2027-02-30\n", ["MK207:3:9"]),
        ("name: A\nreviewed: i fjol\n", ["MK207:2:11"]),
        (f"name: A\ntags: [{', '.join(['a'] * 51)}]\n", ["MK208:2:7"]),
        ("summary: ''\nnme: A\ntruth: x\n", ["MK201:2:1", "MK206:1:10", "MK204:3:8"]),
    ],
)
def test_a_fault_is_at_its_key_or_value(text: str, expected: list[str]) -> None:
    assert sorted(given.placed(tuple(faults(text)))) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nme: A", "name"), ("namn: A", "name"), ("Namn: A", "name"), ("name: A\nsammanfattning: B", "summary"),
        ("name: A\nförmågor: [a]", "capabilities"), ("name: A\nlivscykel: {live: 2027}", "lifecycle"),
        ("name: A\nlifecycle: {avvecklad: 2027}", "retired"), ("name: A\ntruth: fakta", "fact"),
        ("name: A\ntruth: antagande", "assumption"), ("name: A\ntruth: Okänt", "unknown"),
        ("name: A\nrole: kärnmodul", "core"), ("name: A\nrole: cor", "core"),
    ],
)  # fmt: skip
def test_the_word_that_was_meant_is_offered_and_fits_in_its_place(text: str, meant: str) -> None:
    found = next(f for f in faults(text + "\n") if f.code in ("MK201", "MK204"))
    assert found.hint and said(found.hint) == f"menade du ”{meant}”?"
    (edit,) = found.fix
    assert edit.text == meant and edit.location == found.location


def test_a_word_unlike_all_others_gets_no_suggestion() -> None:
    (key,) = faults("name: A\nzzzzzz: B\n")
    assert key.hint is None and not key.fix
    (choice,) = faults("name: A\ntruth: zzzzzz\n")
    assert said(choice.hint or "") == "välj ett av fact, assumption, illustrative, unknown" and not choice.fix


def test_a_key_that_is_there_already_is_not_offered() -> None:
    (found,) = faults("name: A\nnamn: B\n")
    assert not found.fix


def test_a_finding_names_its_entity_and_path() -> None:
    (found,) = faults("name: A\nlifecycle: {live: x}\n")
    assert (found.entity, found.path) == ("x", ("lifecycle", "live"))


def test_a_long_word_is_cut_in_the_message_only() -> None:
    (found,) = faults(f"name: A\n{'n' * 200}: b\n")
    assert len(said(found.message)) < 90
    assert found.location.end_column == 201


def test_whole_numbers_and_flags_are_what_the_schema_says() -> None:
    conversions = {"n": "integer", "yes": "boolean", "l": {"[]": "integer"}}
    said_ = {"n": "010", "yes": "true", "l": ["-5", "+5", "5.0", "٣", "1" * 17, "", "--5"], "other": "1"}
    assert entities.converted(said_, conversions) == {
        "n": 10, "yes": True, "l": [-5, "+5", "5.0", "٣", "1" * 17, "", "--5"], "other": "1",
    }  # fmt: skip
    assert entities.converted({"yes": "yes"}, conversions) == {"yes": "yes"}


def test_too_many_faults_in_a_file_are_counted() -> None:
    found = faults("name: A\n" + "".join(f"zz{n}: a\n" for n in range(100)))
    assert [f.code for f in found] == ["MK201"] * MOST_FINDINGS + ["MK115"]
    assert said(found[-1].message) == f"{100 - MOST_FINDINGS} fel till i filen visas inte än"


def test_a_sound_file_has_no_faults() -> None:
    assert not faults("name: A\ntags: [akut]\nlifecycle: {live: 2027-Q3}\ntranslations: {en: {name: A}}\n")


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ("truth: fakta", 1), ("truth: 'fakta'", 1), ('truth: "fakta"', 1), ("truth: |\n  fakta", 0),
        ("truth: |-\n  fakta", 0), ("truth: >-\n  fakta", 0), ("truth: >\n  fakta", 0), ('truth: "fak\\\n  ta"', 0),
        ('truth: "f\\x61kta"', 0), ("truth: 'fakta\n\n  '", 0), ("truth:\n  fakta", 1), ("truth: fakta # sic", 1),
    ],
)  # fmt: skip
def test_a_fix_is_offered_only_where_the_word_itself_stands(text: str, fixes: int) -> None:
    (found,) = faults(f"name: A\n{text}\n")
    assert found.code == "MK204" and len(found.fix) == fixes


@pytest.mark.parametrize("key", ["? |-\n  sumary\n", "? >-\n  sumary\n"])
def test_a_fix_of_a_key_is_offered_only_where_the_word_itself_stands(key: str) -> None:
    (found,) = faults(f"name: A\n{key}: B\n")
    assert found.code == "MK201" and not found.fix


@pytest.mark.parametrize(
    "severities", ["{MK101: error}", "{MK299: info}", "{MK9: info}", "{mk510: info}", "{MK510x: info}"]
)
def test_only_a_rule_between_files_has_a_severity_to_settle(severities: str) -> None:
    read = given.read({"catalogue.yaml": f"title: P\nseverities: {severities}\n"})
    (found,) = read.findings
    assert (found.severity, found.location.line) == ("error", 2) and found.path[0] == "severities"
    assert not read.catalogue.settings.severities


def test_a_severity_of_something_else_is_said_at_its_own_key() -> None:
    read = given.read({"catalogue.yaml": "title: P\nseverities:\n  MK510: error\n  MK101: error\n  MK9: info\n"})
    assert given.placed(read.findings) == ["MK201:4:3", "MK201:5:3"]


def test_the_settings_have_a_shape_too() -> None:
    read = given.read({"catalogue.yaml": "titel: Prov\nlanguage: svenska\n"})
    assert given.placed(read.findings) == ["MK201:1:1", "MK204:2:11"]
    assert read.catalogue.settings.title == "Modulkarta"


FILES: list[tuple[str, Any]] = [
    (e.kind.name, yaml.load(e.document.text, yaml.BaseLoader)) for e in given.good().catalogue.entities.values()
]
TEXTS = st.sampled_from(
    ["", " ", "a", "A", "a-b", "a--b", "-a", "å", "🚑" * 24, "🚑" * 25, "e\u0301" * 12, "x" * 200, "x" * 201, "no",
     "yes", "true", "1", "2027", "2027-02-30", "..", "unknown", "fact", "fakta", "6m", "6 m", "12345d", "http://å", "http://",
     "akut\n", "koncernstab\n", "fact\n", "2027\n", "6m\n", "https://a.se\n", "true\n", "1\n",
     "https://x y", "mailto:<a>", "https://a\u00a0b", "https://a\u3000b", "a\nb", "\na", "０", "ß", "İ"]
)  # fmt: skip
LEFT_OUT = "\ue000"
VALUES = st.one_of(
    TEXTS, st.just(LEFT_OUT), st.lists(TEXTS, max_size=3), st.lists(TEXTS, min_size=51, max_size=51),
    st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=2),
    st.lists(st.dictionaries(TEXTS.filter(bool), TEXTS), max_size=2),
)  # fmt: skip


def mutated(draw: st.DrawFn, tree: Any) -> Any:
    """A tree with one value, somewhere in it, changed, removed or added."""
    if isinstance(tree, dict) and tree and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(list(tree)))
        return {**tree, key: mutated(draw, tree[key])}
    if isinstance(tree, list) and tree and draw(st.integers(0, 3)):
        index = draw(st.integers(0, len(tree) - 1))
        return [*tree[:index], mutated(draw, tree[index]), *tree[index + 1 :]]
    if isinstance(tree, dict) and draw(st.booleans()):
        if tree and draw(st.booleans()):
            gone = draw(st.sampled_from(list(tree)))
            return {key: value for key, value in tree.items() if key != gone}
        return {**tree, draw(TEXTS.filter(bool)): draw(VALUES)}
    return draw(VALUES)


@st.composite
def files(draw: st.DrawFn) -> tuple[Kind, Document]:
    """A good file, mutated a few times, and its kind."""
    kind, tree = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 3))):
        tree = mutated(draw, tree)
    tree = tree if isinstance(tree, dict) and tree else {"name": "A"}
    text = yaml.safe_dump(tree, default_style='"', allow_unicode=True)
    read = parse("f.yaml", text.replace(f'"{LEFT_OUT}"', "").encode())
    assert isinstance(read, Document), read
    return given.metamodel().kinds[kind], read


@settings(max_examples=400)
@for_any(files())
def test_the_two_validators_never_disagree(file: tuple[Kind, Document]) -> None:
    kind, read = file
    value = entities.converted(read.tree, kind.conversions)
    with nothing_fits():
        assert _verdict(kind)(value) is not any(explanation(kind).iter_errors(value))


@settings(max_examples=400)
@for_any(files())
def test_what_the_quick_validator_passes_over_has_nothing_to_tell(file: tuple[Kind, Document]) -> None:
    kind, read = file
    value = entities.converted(read.tree, kind.conversions)
    found = shape.broken(read, value, kind, "x")
    with nothing_fits():
        assert found == shape.broken(read, value, kind, "x")


def test_only_what_does_not_fit_is_looked_into() -> None:
    looked_into: list[str] = []
    kind, text = given.metamodel().kinds["module"], "name: A\nsummary: S\ntags: [a]\ntruth: fakta\nowner: Å\n"
    value = entities.entity("x", kind, given.document(text)).fields
    descend = Draft202012Validator.descend

    def seen(self: Any, instance: Any, schema: Any, path: Any = None, **more: Any) -> Any:
        looked_into.extend([path] if path in value else [])
        return descend(self, instance, schema, path, **more)

    with patch.object(type(explanation(kind)), "descend", seen):
        assert len(list(explanation(kind).iter_errors(value))) == 2
    assert sorted(looked_into) == ["owner", "truth"]


def nothing_fits() -> Any:
    """As if the quick validator found something wrong everywhere, so that the other looks into everything."""
    return patch.object(worded, "fits", lambda kind, key: lambda value: False)


@settings(max_examples=200)
@for_any(files())
def test_what_is_wrong_is_said_at_a_place_in_the_file(file: tuple[Kind, Document]) -> None:
    kind, read = file
    value = entities.converted(read.tree, kind.conversions)
    found = shape.broken(read, value, kind, "x")
    assert bool(found) is not _verdict(kind)(value)
    lines = read.text.split("\n")
    for fault in found:
        assert said(fault.message)
        assert 1 <= fault.location.line <= len(lines)
        assert 1 <= fault.location.column <= len(lines[fault.location.line - 1]) + 1


@pytest.mark.parametrize(
    "text",
    [
        "nme: A\n", '"nme": A\n', "{summary: 🚑, nme: A}\n", "name: A\ntruth: fakta\n", 'name: A\ntruth: "fakta"\n',
        "name: A\ntruth: 'fakta' # sic\n", "name: A\r\ntruth: fakta\r\n", "name: A\nlifecycle: {liv: 2027}\n",
        "name: A\nstandards:\n  - standrd: a\n", "name: A\ntruth_of:\n  name: fakta\n",
    ],
)  # fmt: skip
def test_a_fix_mends_what_it_was_offered_for(text: str) -> None:
    found = next(f for f in faults(text) if f.fix)
    (edit,) = found.fix
    lines = text.splitlines(keepends=True)
    line, at = edit.location.line - 1, edit.location
    lines[line] = lines[line][: at.column - 1] + edit.text + lines[line][at.end_column - 1 :]
    assert not faults("".join(lines))


@pytest.mark.parametrize("blank", ["' '", "'\t'", "'\u00a0'", "'\u3000'"])
def test_a_name_of_nothing_but_space_is_no_name(blank: str) -> None:
    (found,) = given.read({"modules/m": f"name: {blank}\n"}).findings
    assert (found.code, found.location.line, found.location.column) == ("MK205", 1, 7)


@pytest.mark.parametrize(
    "text",
    [
        "name: B\nsummary: S\ncapabilities: [a]\nprocesses: [a]\n",
        "title: P\nlanguage: [sv]\n" + "".join(f"k{n}: a\n" for n in range(100)),
        "title: P\nkinds: {a: b}\nlayers: a\n",
    ],
)
def test_settings_full_of_faults_are_left_out(text: str) -> None:
    read = given.read({"catalogue.yaml": text})
    assert read.count("error") and not read.catalogue.settings.kinds and read.catalogue.settings.language == "sv"
