"""SARIF: valid against its own schema, in its own units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import given
import jsonschema
import pytest
import telling
from commands import Run
from hypothesis import given as over
from hypothesis import strategies as st
from telling import MIXED, valid
from test_wording import FAULTY

from modulkarta.cli.formats.places import utf16_column


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return telling.in_mixed(tmp_path, monkeypatch)


@pytest.fixture
def since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return telling.on_branch(tmp_path, monkeypatch)


def results(run_: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All places in a run: the file they are in, and the region."""
    for result in run_["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            physical = location["physicalLocation"]
            yield unquote(physical["artifactLocation"]["uri"]), physical["region"]


def cut(text: str, region: Mapping[str, int]) -> str:
    """The part of a text that a region of UTF-16 code units means."""
    start, end = (
        offset(text, region[f"{which}Line"], region[f"{which}Column"]) for which in ("start", "end")
    )  # fmt: skip
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def offset(text: str, line: int, column: int) -> int:
    lines = text.splitlines(keepends=True)
    return len("".join(lines[: line - 1]).encode("utf-16-le")) // 2 + column - 1


@pytest.mark.parametrize("files", [MIXED, FAULTY, {}], ids=["mixed", "faulty", "empty"])
def test_a_log_is_valid_and_its_rules_are_those_of_its_results(
    run: Run, tmp_path: Path, files: Mapping[str, str]
) -> None:
    said = valid(run("check", "--format", "sarif", given.written(tmp_path, files)).data)
    rules = said["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in said["results"]})
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in said["results"])
    assert all("```yaml\n" in rule["help"]["markdown"] for rule in rules)


def test_the_schema_is_one_that_refuses(run: Run, mixed: Path) -> None:
    said = run("check", "--format", "sarif").data
    said["runs"][0]["results"][0]["level"] = "info"
    with pytest.raises(jsonschema.ValidationError):
        valid(said)


def test_a_region_counts_as_utf_16_does(run: Run, mixed: Path) -> None:
    said = valid(run("check", "--format", "sarif").data)
    assert said["columnKind"] == "utf16CodeUnits"
    cuts = {cut((mixed.parent / file).read_text("utf-8"), region) for file, region in results(said) if len(region) > 1}
    assert cuts >= {'"🚑"', '{"🚑": x}', "larmpannelen", "Larmpanelen"}


@over(
    line=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])),
    before=st.lists(st.text("a🚑\u00e5\u0301"), max_size=3), column=st.integers(1, 30),
)  # fmt: skip
def test_a_column_of_utf_16_cuts_where_the_character_begins(line: str, before: list[str], column: int) -> None:
    column = min(column, len(line) + 1)
    text = "\r\n".join([*before, line])
    units = utf16_column({"f": text}, "f", len(before) + 1, column)
    assert line.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le") == line[: column - 1]


def test_a_place_that_is_not_in_the_text_keeps_its_column() -> None:
    assert utf16_column({}, "f", 3, 7) == 7 and utf16_column({"f": "🚑"}, "f", 3, 7) == 7


def test_a_fix_puts_its_text_where_the_finding_is(run: Run, mixed: Path) -> None:
    said = valid(run("check", "--format", "sarif").data)
    (fix,) = (fix for result in said["results"] for fix in result.get("fixes", []))
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    text = (mixed.parent / unquote(change["artifactLocation"]["uri"])).read_text("utf-8")
    assert cut(text, replacement["deletedRegion"]) == "larmpannelen"
    assert replacement["insertedContent"]["text"] == "larmpanelen"


def test_what_has_a_waiver_is_suppressed_with_its_reason(run: Run, mixed: Path) -> None:
    said = valid(run("check", "--format", "sarif").data)
    suppressed = [result for result in said["results"] if "suppressions" in result]
    assert [(r["ruleId"], r["suppressions"][0]["justification"]) for r in suppressed] == [
        ("MK301", 'Modulen "b" byggs om')
    ]


def test_what_a_file_says_is_not_a_link(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": 'name: A\n"[x](http://y)": d\n'})
    (result,) = valid(run("check", "--format", "sarif", root).data)["results"]
    assert result["message"]["text"] == "okänd nyckel ”\\[x](http://y)”"


def test_a_log_says_what_is_new(run: Run, since: Path) -> None:
    said = valid(run("check", "--since", "main", "--format", "sarif").data)
    states = {(r["ruleId"], r["level"], r["baselineState"]) for r in said["results"]}
    assert ("MK301", "error", "new") in states and ("MK301", "note", "unchanged") in states


def test_a_log_says_that_nothing_was_compared(run: Run, since: Path) -> None:
    said = valid(run("check", "--since", "mian", "--format", "sarif").data)
    (told,) = said["invocations"][0]["toolExecutionNotifications"]
    assert "menade du ”main”?" in told["message"]["text"] and "baselineState" not in said["results"][0]
