"""How check tells other programs: GitLab, JUnit, GitHub and SARIF, each held to its rules."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import given
import pytest
import telling
from commands import Run
from hypothesis import given as over
from hypothesis import strategies as st
from repositories import repository
from telling import valid
from test_wording import FAULTY

from modulkarta.cli.formats import FORMATS
from modulkarta.cli.formats.places import fingerprints
from modulkarta.findings import Finding, Location, message


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return telling.in_mixed(tmp_path, monkeypatch)


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue with thirty different mistakes."""
    root = given.written(tmp_path, FAULTY)
    monkeypatch.chdir(root.parent)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return root


@pytest.mark.parametrize("style", ["sarif", "gitlab", "junit", "github"])
def test_a_catalogue_without_findings_is_told_too(run: Run, tmp_path: Path, style: str) -> None:
    root = given.written(tmp_path, {})
    ended = run("check", "--format", style, root)
    assert ended.code == 0
    if style == "sarif":
        assert valid(ended.data)["results"] == []
    elif style == "junit":
        assert ElementTree.fromstring(ended.out).get("tests") == "1"
    else:
        assert ended.out == ("[]\n" if style == "gitlab" else "")


# Fingerprints


def found(line: int, rule: str, entity: str | None, file: str) -> Finding:
    return Finding(
        code=rule, severity="error", location=Location(file=file, line=line), message=message("Fel"), entity=entity
    )


FOUND = st.builds(
    found, st.integers(1, 9), st.sampled_from(["MK301", "MK302"]), st.sampled_from(["a", "b", None]),
    st.sampled_from(["f", "g\udce5"]),
)  # fmt: skip


@over(several=st.lists(FOUND, max_size=12), moved=st.integers(1, 99))
def test_fingerprints_differ_and_stay_when_lines_move(several: list[Finding], moved: int) -> None:
    prints = list(fingerprints(several))
    assert len({*prints}) == len(several)
    elsewhere = [found(f.location.line + moved, f.code, f.entity, f.location.file) for f in several]
    assert list(fingerprints(elsewhere)) == prints


def test_a_fingerprint_is_the_same_in_both_languages_and_formats(run: Run, mixed: Path) -> None:
    swedish, english = (run("check", "--format", "gitlab", "--lang", lang).data for lang in ("sv", "en"))
    prints = [record["fingerprint"] for record in swedish]
    assert prints == [record["fingerprint"] for record in english] and len({*prints}) == len(prints) == 6
    log = run("check", "--format", "sarif").data["runs"][0]["results"]
    assert [result["partialFingerprints"]["modulkarta/v1"] for result in log[:6]] == prints


# From the top of the repository


@pytest.mark.parametrize("style", ["sarif", "gitlab", "junit", "github"])
def test_a_path_is_told_from_the_top_of_the_repository(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    top = repository(tmp_path / "repo")
    root = given.written(top / "docs och annat", {"modules/a": "name: A\nnamn: B\n"})
    monkeypatch.chdir(root / "applications")
    out = run("check", "--format", style).out
    path = "docs och annat/catalogue/applications/modules/a.yaml"
    assert (path.replace(" ", "%20") if style == "sarif" else path) in out and "../" not in out


# Since a revision


@pytest.fixture
def since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return telling.on_branch(tmp_path, monkeypatch)


@pytest.mark.parametrize("style", ["gitlab", "junit"])
def test_what_is_older_is_told_as_a_note(run: Run, since: Path, style: str) -> None:
    out = run("check", "--since", "main", "--format", style).out
    if style == "gitlab":
        old = {r["severity"] for r in json.loads(out) if "nowhere" in r["description"]}
        assert old == {"info"}
    else:
        suite = ElementTree.fromstring(out)[0]
        assert "nowhere" in (suite.findtext("system-out") or "")
        assert suite.get("failures") == str(len(suite.findall("testcase/failure"))) == "1"


# GitHub


def annotations(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("::")]


def test_at_most_ten_annotations_and_all_in_the_summary(run: Run, faulty: Path) -> None:
    ended = run("check", "--format", "github")
    total = len(run("check", "--format", "json").data["findings"])
    assert total > 12 and len(annotations(ended.out)) == 10
    assert ended.out.splitlines()[-1] == f"{total - 10} till visas inte vid sina rader; jobbets sammanfattning har alla"
    summary = (faulty.parent / "summary.md").read_text("utf-8")
    assert len(re.findall(r"^\| (?:fel|varning|upplysning) \| MK\d{3} \|", summary, re.MULTILINE)) == total


def test_the_summary_is_added_to_what_other_steps_said(run: Run, faulty: Path) -> None:
    (faulty.parent / "summary.md").write_text("before\n")
    run("check", "--format", "github")
    assert (faulty.parent / "summary.md").read_text("utf-8").startswith("before\n### modulkarta check\n")


def test_a_summary_that_cannot_be_written_is_told(run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(faulty))
    ended = run("check", "--format", "github")
    assert ended.code == 1 and "sammanfattningen gick inte att skriva" in ended.err


def test_a_summary_keeps_within_what_github_takes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulkarta.cli.formats.markdown._LARGEST", 300)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    run("check", "--format", "github", given.written(tmp_path, FAULTY))
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert len(summary) < 1000 and re.search(r"^\d+ rader till ryms inte här.$", summary, re.MULTILINE)


def test_the_lines_of_the_change_come_first(run: Run, since: Path) -> None:
    everything = run("check", "--format", "json").data["findings"]
    assert len([f for f in everything if f["code"] == "MK403"]) > 10, "more than are shown, and before MK301 in order"
    first = annotations(run("check", "--since", "main", "--format", "github").out)[0]
    assert "modules/old.yaml,line=4," in first and "nowhere" not in first


def test_what_is_older_is_folded_away_in_the_summary(run: Run, since: Path) -> None:
    out = run("check", "--since", "main", "--format", "github").out
    above, below = (since.parent / "summary.md").read_text("utf-8").split("<details>")
    assert "nowhere" not in out + above and "nowhere" in below


def test_a_place_is_a_link_where_the_build_says_what_it_runs_on(
    run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"SERVER_URL": "https://github.com", "REPOSITORY": "o/r", "SHA": "abc"}.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)
    run("check", "--format", "github")
    link = "(https://github.com/o/r/blob/abc/catalogue/applications/modules/Bad%20Name.yaml#L1)"
    assert link in (faulty.parent / "summary.md").read_text("utf-8")


def test_what_a_file_says_cannot_break_the_table(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    key = '"a|b`c<img src=x>\\n| d *e* [f](g) @h"'
    run("check", "--format", "github", given.written(tmp_path, {"modules/a": f"name: A\n{key}: d\n"}))
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).enable("table").render((tmp_path / "summary.md").read_text("utf-8"))
    assert html.count("<tr>") == 2 and "<img" not in html and "<em>" not in html and "<a " not in html
    assert "a|b`c&lt;img src=x&gt;\\n| d *e* [f](g) @h" in html


# JUnit


def test_a_file_without_errors_passes_and_an_error_fails(run: Run, mixed: Path) -> None:
    suite = ElementTree.fromstring(run("check", "--format", "junit").out)[0]
    failed = [case for case in suite.findall("testcase") if case.find("failure") is not None]
    passed = {case.get("file") for case in suite.findall("testcase") if case.find("failure") is None}
    assert suite.get("tests") == str(len(failed) + len(passed)) and suite.get("failures") == str(len(failed)) == "6"
    assert not passed & {case.get("file") for case in failed}
    assert "catalogue/applications/modules/b.yaml" in passed, "a waiver lets it pass"


def test_only_the_files_asked_for_are_tests(run: Run, mixed: Path) -> None:
    suite = ElementTree.fromstring(run("check", "--format", "junit", mixed / "catalogue.yaml").out)[0]
    assert [case.get("file") for case in suite.findall("testcase")] == ["catalogue/catalogue.yaml"]


def test_what_a_file_says_cannot_break_the_xml(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": 'name: A\n"]]><x/>&\\t\U0001f691": d\n'})
    (root / "applications/modules/b\x01\n.yaml").write_text("name: B\n")
    suite = ElementTree.fromstring(run("check", "--format", "junit", root).out)[0]
    assert len(suite.findall("testcase/failure")) == 2 and suite.find(".//x") is None


# Whatever a file is called


@pytest.mark.parametrize("style", [*FORMATS])
def test_no_name_of_a_file_breaks_a_format(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    root = given.written(tmp_path, {"modules/a": "name: A\n"})
    for name in (b"\xe5.yaml", b"n\nl.yaml", b"%s{x}:,.yaml", b"a\x1b[31m|`<b>.yaml", b" .yaml", b"#?&.yaml"):
        Path(os.fsdecode(os.fsencode(root) + b"/applications/modules/" + name)).write_text("name: B\nnamn: \x07\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    ended = run("check", "--format", style, root)
    assert ended.code == 1 and ended.out.count("MK209") >= 6
    if style == "sarif":
        assert len(valid(ended.data)["results"]) >= 6
    if style == "github":
        assert all(line.startswith("::error ") for line in ended.out.splitlines()[:6])
        assert "\x1b" not in (tmp_path / "summary.md").read_text("utf-8")
    if style in ("text", "concise", "junit", "github"):
        assert "\x1b" not in ended.out and "\x07" not in ended.out


# Many at once


def _in_text(run: Run, root: Path) -> tuple[str, int]:
    ended = run("check", "--no-cache", root)
    return ended.out, len(re.findall(r"^varning\[", ended.out, re.MULTILINE))


def test_many_warnings_do_not_hide_an_error_and_are_counted(run: Run, tmp_path: Path) -> None:
    """Of so many that nobody reads them the first of each rule are told, and none while there is an error to mend."""
    warned = {"functions/f": "name: F\n", "modules/m": "name: M\nlifecycle: {live: 2029-01-01}\n"}
    for n in range(51):
        warned[f"systems/s{n}"] = f"name: S{n}\nfunctions: [f]\nlifecycle: {{retired: 2027-01-01}}\n"
        by = "functions: [{function: f, disposition: replaced, by: [{module: m}]}]"
        warned[f"replacements/r{n}"] = f"name: R{n}\nreplaces: s{n}\n{by}\n"
    root = given.written(tmp_path, warned)
    everything = [*re.finditer(r"varning\[(MK\d+)\]", run("check", "--format", "concise", root).out)]
    rules = {one[1] for one in everything}
    assert len(everything) > 50
    text, told = _in_text(run, root)
    counted = text.partition("Varningar som inte")[2].partition("\n\n")[0]
    left = sum(map(int, re.findall(r"^  MK\d+ +(\d+)  ", counted, re.MULTILINE)))
    assert told <= 3 * len(rules) and told + left == len(everything)
    given.written(tmp_path, {**warned, "modules/x": "nmae: X\n"})
    text, told = _in_text(run, root)
    assert text.startswith("fel[") and told == 0 and "check --format concise visar dem" in text
