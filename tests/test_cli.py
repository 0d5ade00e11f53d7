"""The command line: what is printed where, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import given
import pytest
from commands import Ended, Run
from replacing import BASE

from modulkarta import snapshot
from modulkarta.cli import COMMANDS, opening
from modulkarta.rules.manual import CODES

pytestmark = pytest.mark.usefixtures("built_once")


@pytest.fixture
def in_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.GOOD.parent)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue with a mistyped reference, and the working directory there."""
    files = {
        "modules/a": "name: Ä 🚑\ndepends_on: [larmpannelen]\n",
        "modules/larmpanelen": "name: Larmpanelen\n",
        "modules/c": "name: C\nnamn: D\n",
    }
    monkeypatch.chdir(given.written(tmp_path, files).parent)
    return tmp_path


def process(*arguments: str, cwd: Path, **environment: str) -> Ended:
    """Runs the real program."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from modulkarta.cli import program; program()", *arguments],
        cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def keys(record: Mapping[str, Any]) -> set[str]:
    return set(record)


# check


def test_check_of_a_good_catalogue_ends_well(run: Run, in_good: None) -> None:
    ended = run("check", "--format", "concise")
    assert ended.code == 0
    assert ended.err.startswith("91 filer, 0 fel, ")
    assert not [line for line in ended.out.splitlines() if ": fel[" in line]


def test_check_finds_a_mistyped_reference_and_says_what_was_meant(run: Run, broken: Path) -> None:
    ended = run("check", "--format", "concise")
    assert ended.code == 1
    assert "catalogue/applications/modules/a.yaml:2:14: fel[MK301]" in ended.out
    assert "menade du ”larmpanelen”?" in ended.out


def test_check_as_text_looks_as_before(run: Run, broken: Path) -> None:
    ended = run("check")
    assert ended.code == 1
    given.as_before("check.txt", ended.out)


def test_check_of_the_good_catalogue_as_text_looks_as_before(
    run: Run, in_good: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a certain day: what is told of days that have passed is another one day."""
    monkeypatch.setattr(opening, "today", lambda: given.TODAY)
    given.as_before("check-good.txt", run("check").out)


def test_check_in_one_line_each_looks_as_before(run: Run, broken: Path) -> None:
    given.as_before("check-concise.txt", run("check", "--format", "concise").out)


def test_check_in_one_line_each_takes_one_line_each(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": "name: A\ntruth: |\n  fakta\n  ::error::x\n"})
    (root / "applications/modules/b\n::error::x.yaml").write_text("name: B\n")
    lines = run("check", "--format", "concise", "--catalogue", root).out.splitlines()
    assert len(lines) == 2 and not [line for line in lines if line.startswith("::")]


def test_check_of_a_path_that_is_not_utf_8_shows_what_is_wrong_there(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": "name: A\n"})
    file = Path(os.fsdecode(os.fsencode(root) + b"/applications/modules/\xe5.yaml"))
    file.write_text("name: B\n")
    assert run("check", file).code == 1


def test_check_marks_the_place_by_its_width_on_the_screen(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": 'name: "漢字 e\u0301", x\n'})
    lines = run("check", "--catalogue", root).out.splitlines()
    (marked,) = (n for n, line in enumerate(lines) if "^" in line)
    assert lines[marked - 1] == '1 | name: "漢字 e\u0301", x' and lines[marked].index("^") == 4 + 6 + 7


FINDING = {
    "code", "severity", "file", "line", "column", "end_line", "end_column", "message", "hint", "entity", "path",
    "related", "fix", "older",
}  # fmt: skip
PLACE = {"file", "line", "column", "end_line", "end_column"}


def test_check_as_json_has_the_shape_of_the_contract(run: Run, broken: Path) -> None:
    ended = run("check", "--format", "json")
    said = ended.data
    assert ended.code == 1 and said["schema"] == "modulkarta/check/1"
    assert (said["files"], said["errors"], said["warnings"]) == (4, 2, 0)
    assert all(keys(found) == FINDING for found in said["findings"])
    unknown = said["findings"][1]
    assert unknown | {"message": "", "related": [], "fix": []} == {
        "code": "MK301", "severity": "error", "file": "catalogue/applications/modules/a.yaml", "line": 2, "column": 14,
        "end_line": 2, "end_column": 26, "message": "", "hint": "menade du ”larmpanelen”?", "entity": "a",
        "path": "depends_on.0", "related": [], "fix": [], "older": False,
    }  # fmt: skip
    assert [keys(r) for r in unknown["related"]] == [{*PLACE, "message"}]
    assert [keys(edit) for edit in unknown["fix"]] == [{*PLACE, "text", "safe"}]
    assert unknown["fix"][0]["text"] == "larmpanelen"


def test_check_for_github_annotates_lines(run: Run, broken: Path) -> None:
    lines = run("check", "--format", "github").out.splitlines()
    assert lines[1] == (
        "::error file=catalogue/applications/modules/a.yaml,line=2,col=14,endLine=2,endColumn=26,title=MK301::"
        "okänd referens ”larmpannelen”%0Amenade du ”larmpanelen”?"
    )


def test_what_a_file_says_cannot_break_an_annotation(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": 'name: A\n"a\\n::error::b%,:c": d\n'})
    (line,) = run("check", "--format", "github", "--catalogue", root).out.splitlines()
    assert line.endswith("::okänd nyckel ”a%0A::error::b%25,:c”")


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("catalogue", ["MK201", "MK301"]), (".", ["MK201", "MK301"]), ("catalogue/applications", ["MK201", "MK301"]),
        ("catalogue/applications/modules/a.yaml", ["MK301"]), ("catalogue/catalogue.yaml", []),
        ("catalogue/applications/modules/larmpanelen.yaml", ["MK301"]),
    ],
)  # fmt: skip
def test_check_of_a_path_shows_what_is_wrong_there(run: Run, broken: Path, path: str, codes: list[str]) -> None:
    if path == ".":
        os.chdir("catalogue")
    ended = run("check", "--format", "json", path)
    assert [found["code"] for found in ended.data["findings"]] == codes
    assert ended.code == (1 if codes else 0)


def test_check_of_paths_in_two_catalogues_is_wrong_use(run: Run, tmp_path: Path) -> None:
    one, other = (given.written(tmp_path / name, {"modules/m": "name: M\n"}) for name in ("one", "other"))
    for paths in ((one, other), (one / "catalogue.yaml", other / "applications")):
        ended = run("check", *paths)
        assert ended.code == 2 and not ended.out and "en och samma katalog" in ended.err
    assert run("check", one, one / "applications/modules/m.yaml").code == 0


def test_check_counts_what_may_go_away_by_itself(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {**BASE, "contracts/c": "nme: C\n"})
    ended = run("check", "--format", "json", "--catalogue", root)
    assert ended.data["knock_on"] == 1
    assert {found["code"] for found in ended.data["findings"]} == {"MK201"}
    assert "1 sak kan inte kontrolleras förrän felen är rättade" in ended.err


def test_check_finds_the_catalogue_from_inside_it(run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken / "catalogue" / "applications" / "modules")
    assert "a.yaml:2:14: fel[MK301]" in run("check", "--format", "concise").out


# explain, rules


@pytest.mark.parametrize("code", ["MK301", "mk301"])
def test_explain_prints_the_page_of_a_rule(run: Run, code: str) -> None:
    ended = run("explain", code)
    assert ended.code == 0 and ended.out.startswith("MK301 Ett id som inte finns\n\n")
    assert "Fel:\n    depends_on: [prehospital-jornal]\nRätt:\n    depends_on: [prehospital-journal]\n" in ended.out


def test_explain_of_an_unknown_rule_is_wrong_use(run: Run) -> None:
    ended = run("explain", "MK3O1")
    assert ended.code == 2 and not ended.out and "Menade du ”MK301”?" in ended.err


def test_rules_lists_every_code(run: Run) -> None:
    assert [line.split()[0] for line in run("rules").out.splitlines()] == list(CODES)


# gaps, coverage


GAP = {
    "system", "function", "area", "from", "to", "days", "certain", "days_min", "days_max", "legacy_end",
    "replacement_live", "by", "truth", "accepted",
}  # fmt: skip


def test_gaps_as_json_have_the_shape_of_the_contract(run: Run, in_good: None) -> None:
    ended = run("gaps", "--format", "json")
    assert ended.code == 0 and keys(ended.data) == {"schema", "gaps", "cannot_be_judged"}
    assert ended.data["schema"] == "modulkarta/gaps/1"
    assert all(keys(row) >= GAP for row in (*ended.data["gaps"], *ended.data["cannot_be_judged"]))
    assert (len(ended.data["gaps"]), len(ended.data["cannot_be_judged"])) == (13, 7)


def test_a_gap_as_json_says_its_days(run: Run, in_good: None) -> None:
    gaps = {(g["function"], g["area"]): g for g in run("gaps", "--format", "json").data["gaps"]}
    assert {key: gaps["dokumentera-insats", "nord"][key] for key in GAP} == {
        "system": "faltjournal", "function": "dokumentera-insats", "area": "nord", "from": "2027-04-01",
        "to": "2027-08-31", "days": 153, "certain": True, "days_min": 153, "days_max": 153, "legacy_end": "2027-03-31",
        "replacement_live": "2027-09-01", "by": ["prehospital-journal"], "truth": "fact", "accepted": None,
    }  # fmt: skip
    endless, possible = gaps["lasa-aldre-insatser", "ost"], gaps["skicka-kallelse", None]
    assert [endless[key] for key in ("from", "to", "days", "certain", "days_max")] == [
        "2027-04-01",
        None,
        None,
        True,
        None,
    ]
    assert [possible[key] for key in ("days", "certain", "days_min", "days_max")] == [None, False, 0, 182]
    assert gaps["ta-emot-larm", "nord"]["accepted"] == "beslut-godta-larmglapp-nord"


@pytest.mark.parametrize(
    ("within", "date", "number"),
    [("24m", "2027-03-31", 13), ("1d", "2027-03-31", 11), ("0d", "2027-03-31", 0), ("2y", "2025-01-01", 0)],
)
def test_gaps_within_a_time_are_counted_from_the_date(
    run: Run, in_good: None, within: str, date: str, number: int
) -> None:
    ended = run("gaps", "--within", within, "--date", date, "--format", "json")
    assert len(ended.data["gaps"]) == number and len(ended.data["cannot_be_judged"]) == 7


@pytest.mark.parametrize("wrong", [("--within", "snart"), ("--date", "2027"), ("--date", "i dag"), ("--format", "xml")])
def test_gaps_with_a_wrong_option_is_wrong_use(run: Run, in_good: None, wrong: tuple[str, str]) -> None:
    ended = run("gaps", *wrong)
    assert ended.code == 2 and not ended.out and wrong[1] in ended.err


def test_gaps_as_a_table_puts_what_cannot_be_judged_first(run: Run, in_good: None) -> None:
    ended = run("gaps", "--audience", "secret")
    rows = ended.out.splitlines()[1:]
    assert [n for n, row in enumerate(rows) if "kan inte bedömas" in row] == [0, 1] and len(rows) == 15
    assert "6 funktioner" in rows[0] and ended.err.endswith("13 glapp, 7 kan inte bedömas\n")
    assert "153 dagar" in ended.out and ended.err == "13 glapp, 7 kan inte bedömas\n"


def test_an_answer_from_a_catalogue_with_errors_says_so(run: Run, broken: Path) -> None:
    ended = run("gaps")
    assert ended.code == 0 and "Katalogen har 2 fel" in ended.err


def test_coverage_shows_function_by_function(run: Run, in_good: None) -> None:
    rows = run("coverage", "bokbladet", "--format", "json").data["rows"]
    assert [row["function"] for row in rows] == ["boka-besok", "skicka-kallelse", "hantera-vantelista"]
    assert "Hantera väntelista" in run("coverage", "bokbladet").out


def test_coverage_of_an_unknown_system_is_wrong_use(run: Run, in_good: None) -> None:
    ended = run("coverage", "bokblad")
    assert ended.code == 2 and not ended.out and "Menade du ”bokbladet”?" in ended.err


# Wrong use, and what cannot run


def test_without_a_catalogue_nothing_runs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run("check")
    assert ended.code == 2 and not ended.out and "Ingen mapp catalogue/" in ended.err
    assert run("check", "--catalogue", "nowhere").code == 2


def module_schema(**changes: Any) -> str:
    schema = json.loads((given.SCHEMAS / "module.schema.json").read_text("utf-8"))
    return json.dumps({**schema, **changes})


UNUSABLE = {
    "empty": "",
    "cut short": "{",
    "no id": '{"x-folder": "modules"}',
    "a list": "[]",
    "a text": '"text"',
    "a bomb": "[" * 100_000,
    "properties that are a list": module_schema(properties=[]),
    "the folder of another": module_schema(**{"x-layer": "information", "x-folder": "terms"}),
    "a reference to no kind": module_schema(
        properties={"a": {"type": "string", "x-reference": {"kinds": ["trem"], "relation": "r", "inverse": "i"}}}
    ),
    "a type that is none": module_schema(type="txt"),
    "a ref to nothing": module_schema(properties={"name": {"$ref": "common.schema.json#/$defs/nothing"}}),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_with_a_schema_that_cannot_be_used_nothing_runs(run: Run, broken: Path, what: str) -> None:
    schemas = shutil.copytree(given.SCHEMAS, broken / "other")
    (schemas / "module.schema.json").write_text(UNUSABLE[what])
    ended = run("check", "--schemas", "other")
    assert ended.code == 2 and not ended.out
    assert re.search("(module|term).schema.json", ended.err)


@pytest.mark.parametrize(
    ("name", "changes"),
    [("catalogue", {"properties": []}), ("catalogue", {"properties": {"title": ""}}), ("module", {"x-order": "a"})],
)
def test_what_is_wrong_in_a_schema_is_not_an_error_of_ours(
    run: Run, broken: Path, name: str, changes: Mapping[str, Any]
) -> None:
    file = shutil.copytree(given.SCHEMAS, broken / "other") / f"{name}.schema.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **changes}), "utf-8")
    ended = run("check", "--schemas", "other")
    assert ended.code == 2 and file.name in ended.err


def test_a_schema_that_is_not_utf_8_is_named(run: Run, broken: Path) -> None:
    file = shutil.copytree(given.SCHEMAS, broken / "other") / "module.schema.json"
    file.write_bytes(file.read_text("utf-8").encode("latin-1"))
    ended = run("check", "--schemas", "other")
    assert ended.code == 2 and file.name in ended.err


@pytest.mark.parametrize("name", ["common.schema.json", "catalogue.schema.json"])
@pytest.mark.parametrize("text", ["", "[]", '{"properties": []}'])
def test_with_a_broken_schema_that_all_need_nothing_runs(run: Run, broken: Path, name: str, text: str) -> None:
    schemas = shutil.copytree(given.SCHEMAS, broken / "other")
    (schemas / name).write_text(text)
    ended = run("check", "--schemas", "other")
    assert ended.code == 2 and not ended.out and name in ended.err


def test_without_schemas_nothing_runs(run: Run, broken: Path) -> None:
    ended = run("check", "--schemas", "nowhere")
    assert ended.code == 2 and "common.schema.json" in ended.err


@pytest.mark.parametrize(("typed", "meant"), [("chek", "check"), ("gap", "gaps"), ("coverge", "coverage")])
def test_an_unknown_command_is_answered_with_the_one_that_was_meant(run: Run, typed: str, meant: str) -> None:
    ended = run(typed)
    assert ended.code == 2 and f"Menade du ”{meant}”?" in ended.err


def test_an_error_of_ours_is_written_to_a_file(
    run: Run, in_good: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("wrong")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(snapshot, "build", fails)
    ended = run("check")
    (written,) = tmp_path.glob("modulkarta-*.txt")
    assert ended.code == 3 and str(written) in ended.err and "RuntimeError: wrong" in written.read_text()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *[[name, "--help"] for name in COMMANDS]])
def test_help_is_always_there(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.code == 0 and ended.out and not ended.err


# The real program


def test_the_program_checks_the_good_catalogue() -> None:
    ended = process("check", cwd=given.GOOD.parent)
    assert ended.code == 0 and "\x1b" not in ended.out + ended.err


def test_the_program_ends_with_one_where_there_are_errors(broken: Path) -> None:
    ended = process("check", cwd=broken)
    assert ended.code == 1 and "fel[MK301]" in ended.out and "\x1b" not in ended.out + ended.err


def test_the_program_says_the_same_in_another_time_zone_and_locale(broken: Path) -> None:
    here = process("check", cwd=broken)
    there = process("check", cwd=broken, TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="7")
    assert here == there


@pytest.mark.parametrize(
    ("asked", "coloured"),
    [
        ({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False),
    ],
)  # fmt: skip
def test_the_program_has_colours_on_a_terminal_unless_told_not_to(
    broken: Path, asked: Mapping[str, str], coloured: bool
) -> None:
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "FORCE_COLOR")}
    subprocess.run(
        [sys.executable, "-c", "from modulkarta.cli import program; program()", "check", "--format", "text"],
        cwd=broken, env={**kept, **asked}, stdout=theirs, stderr=theirs, timeout=60,
    )  # fmt: skip
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    colours = re.search(r"\x1b\[[\d;]*m", said)  # how far a slow machine has come is told there too, without any
    assert "MK301" in said and bool(colours) is coloured


EACH = """
import sys
from modulkarta.cli import main
for format_ in sys.argv[1:]:
    try:
        main(["check", "--format", format_])
    except SystemExit as ended:
        print(f"{format_} {ended.code}")
"""


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "cp437"])
def test_the_program_does_not_need_an_output_that_can_say_everything(tmp_path: Path, encoding: str) -> None:
    root = given.written(tmp_path, {"modules/a": "name: Ä 🚑\nowner: 漢字\nnåmn: ’\n"})
    formats = ("text", "concise", "json", "github")
    ended = subprocess.run(
        [sys.executable, "-c", EACH, *formats],
        cwd=root.parent, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, timeout=60,
    )  # fmt: skip
    said = ended.stdout.decode(encoding).splitlines()
    assert ended.returncode == 0 and ended.stderr.decode(encoding)
    assert [line for line in said if line.split()[0:1] and line.split()[0] in formats] == [
        f"{one} 1" for one in formats
    ]


def test_the_program_can_say_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": "name: A\n"})
    Path(os.fsdecode(os.fsencode(root) + b"/applications/modules/\xe5.yaml")).write_text("name: B\n")
    for format_ in ("text", "json", "github"):
        ended = process("check", "--format", format_, cwd=root.parent)
        assert ended.code == 1 and "MK209" in ended.out and "xe5.yaml" in ended.out


LOADED = """
import sys
from modulkarta.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert ended.code == 0, ended.code
print(sorted({"yaml", "flask", "waitress", "networkx", "jsonschema", "jsonschema_rs", "graphviz"} & sys.modules.keys()))
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["check", "--format", "concise"], {"flask", "waitress", "graphviz", "jsonschema"}),
        (["gaps", "--format", "json"], {"flask", "waitress", "graphviz", "jsonschema"}),
        (["graph", "--format", "json"], {"flask", "waitress", "graphviz", "jsonschema", "networkx"}),
        (["explain", "MK301"], {"flask", "waitress", "graphviz", "jsonschema", "jsonschema_rs", "networkx"}),
        (["--help"], {"yaml", "flask", "waitress", "graphviz", "jsonschema", "jsonschema_rs", "networkx"}),
        (["--version"], {"yaml", "flask", "waitress", "graphviz", "jsonschema", "jsonschema_rs", "networkx"}),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], loaded: set[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], cwd=given.GOOD.parent, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    there = set(re.findall(r"\w+", ended.stdout.splitlines()[-1]))
    assert not there & loaded


@pytest.mark.parametrize("arguments", [["check"], ["gaps", "--format", "json"], ["rules"], ["--help"]])
def test_a_reader_that_has_seen_enough_is_no_fault(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from modulkarta.cli import program; program()", *arguments]
    ended = subprocess.run(command, cwd=given.GOOD.parent, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60)
    os.close(writer)
    assert (ended.returncode, ended.stderr.count("Traceback")) == (0, 0), ended.stderr
    assert "Internt fel" not in ended.stderr and "BrokenPipe" not in ended.stderr
