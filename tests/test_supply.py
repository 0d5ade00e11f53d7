"""What the program is made of is listed, and whether anybody knows of faults in it is asked; here without a network."""

from __future__ import annotations

import json
import re
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import given
import pytest

from modulkarta import __version__
from scripts.supply import audit, sbom

PROJECT = tomllib.loads((given.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = ("report", "exchange", "lsp", "dot", "production")


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    return json.loads(sbom.written(sbom.bill()))  # type: ignore[no-any-return]


def named(line: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", line)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_every_package_that_may_run_is_listed_with_its_licence(listed: dict[str, Any]) -> None:
    purls = {one["purl"].rpartition("@")[0] for one in listed["components"] if "purl" in one}
    asked = [*PROJECT["dependencies"], *(line for name in RUNTIME for line in PROJECT["optional-dependencies"][name])]
    assert {f"pkg:pypi/{named(line)}" for line in asked} <= purls
    assert listed["metadata"]["component"]["version"] == __version__
    for one in listed["components"]:
        licence = one["licenses"][0]
        assert licence.get("expression") or licence["license"].get("id"), (one["name"], licence)


def test_no_extra_is_forgotten() -> None:
    assert {*PROJECT["optional-dependencies"]} == {*RUNTIME, "audit", "all", "dev"}


def test_what_lies_among_our_own_files_is_listed_too(listed: dict[str, Any]) -> None:
    arimo = next(one for one in listed["components"] if one["name"] == "Arimo")
    sums = {one["name"]: one["hashes"][0]["content"] for one in arimo["components"]}
    files = sorted((given.ROOT / "modulkarta/figures/fonts").glob("*.ttf"))
    assert sums == {file.name: sha256(file.read_bytes()).hexdigest() for file in files}
    assert re.fullmatch(r"\d+\.\d+", arimo["version"])
    own = {"frame.js", "map.js"}
    assert own <= {file.name for file in (given.ROOT / "webapp/static").glob("*.js")}
    for script in (given.ROOT / "webapp/static").glob("*.js"):
        assert not re.search(r"@license|Copyright|sourceMappingURL", script.read_text("utf-8")), "only ours"


def test_the_list_is_of_the_form_it_says_and_the_same_each_time(listed: dict[str, Any]) -> None:
    text = sbom.written(sbom.bill())
    assert json.loads(text) == listed and not sbom.invalid(text)
    assert sbom.invalid('{"bomFormat": "Cyclone"}')
    refs = {one["bom-ref"] for one in (*listed["components"], listed["metadata"]["component"])}
    leads = {ref for one in listed["dependencies"] for ref in (one["ref"], *one["dependsOn"])}
    assert leads <= refs
    assert "timestamp" not in text


def test_a_list_that_would_not_be_whole_is_not_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sbom, "_own", lambda: ["finns-inte-alls>=1"])
    assert sbom.main(["-o", str(tmp_path / "sbom.json")]) == 2
    assert "finns-inte-alls är inte installerat" in capsys.readouterr().err and not [*tmp_path.iterdir()]


SOUND = {"name": "flask", "version": "3.1.0", "vulns": []}
FAULTY = {
    "name": "jinja2", "version": "3.1.4",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2025-27516", "GHSA-x"], "fix_versions": ["3.1.6"]}],
}  # fmt: skip
UNASKED = {"name": "lokalt", "skip_reason": "Dependency not found on PyPI and could not be audited: lokalt (1)"}
OURS = {"name": "modulkarta", "skip_reason": "not on PyPI"}
ANSWERS = {
    "sound": ([SOUND, OURS], 0, "1 paket frågades efter, 0 kända"),
    "faulty": ([SOUND, FAULTY, UNASKED], 1, "jinja2 3.1.4: PYSEC-1, CVE-2025-27516; rättat i 3.1.6"),
    "unmended": ([{**FAULTY, "vulns": [{"id": "A", "fix_versions": []}]}], 1, "ingen rättad version än"),
    "not asked": ([SOUND, UNASKED], 2, "1 paket gick inte att fråga PyPI om: lokalt. Om dem är inget känt."),
    "nothing asked": ([], 2, "0 paket frågades efter"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_only_what_was_asked_about_counts_as_sound(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packages, code, said = ANSWERS[name]
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"dependencies": packages, "fixes": []}))
    assert audit.main(["--answer", str(answer)]) == code and said in capsys.readouterr().out
    assert audit.main(["--answer", str(answer), "--format", "json"]) == code
    assert json.loads(capsys.readouterr().out)["schema"] == "modulkarta/audit/1"


@pytest.mark.parametrize("text", ["", "[]", '{"dependencies": 1}', "nonsense"])
def test_an_answer_that_is_none_is_no_success(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text(text)
    assert audit.main(["--answer", str(answer)]) == 2 and "gav inget svar" in capsys.readouterr().err


def test_both_are_commands_that_install_what_they_need() -> None:
    for name in ("audit", "sbom"):
        script = given.ROOT / "scripts" / name
        assert script.stat().st_mode & 0o111
        assert f"scripts.supply.{name}" in script.read_text("utf-8")
        assert "ensure_environment report,lsp,dot,production,audit" in script.read_text("utf-8")
