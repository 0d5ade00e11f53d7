"""doctor tells what a machine lacks, and ends with 1 only for what cannot work."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import given
import pytest
from commands import Run

from modulkarta.cli import machine

STATES = {"ok", "warning", "error"}


def states(run: Run, *arguments: object) -> dict[str, str]:
    return {check["name"]: check["state"] for check in run("doctor", "--format", "json", *arguments).data["checks"]}


def test_each_line_says_how_it_is(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/m": "name: M\n"})
    ended = run("doctor", "--catalogue", root)
    lines = [line for line in ended.out.splitlines() if not line.startswith(" ")]
    assert ended.code == 0
    assert {line.split()[0] for line in lines} <= {"ok", "varning"}
    assert any(line.endswith("2 filer") for line in lines)


def test_the_record_has_what_to_do_about_everything_that_is_not_well(run: Run, tmp_path: Path) -> None:
    data = run("doctor", "--format", "json", "--catalogue", given.written(tmp_path, {})).data
    assert data["schema"] == "modulkarta/doctor/1"
    assert {check["state"] for check in data["checks"]} <= STATES
    assert all(check["advice"] for check in data["checks"] if check["state"] != "ok")
    assert data["warnings"] == sum(check["state"] == "warning" for check in data["checks"])


def test_without_other_programs_there_are_warnings_but_no_errors(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ended = run("doctor", "--catalogue", given.GOOD)
    assert ended.code == 0
    assert "varning  git: finns inte" in ended.out and "apt-get install graphviz" in ended.out


def test_a_catalogue_that_is_not_there_is_an_error_only_when_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert states(run)["Katalogen"] == "warning"
    assert states(run, "--catalogue", "finns-inte")["Katalogen"] == "error"
    assert run("doctor", "--catalogue", "finns-inte").code == 1


def test_schemas_that_cannot_be_used_are_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "common.schema.json").write_text("{")
    ended = run("doctor", "--catalogue", given.GOOD, "--schemas", tmp_path)
    assert ended.code == 1 and "Schemana går inte att använda" in ended.out


def test_a_package_that_is_missing_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.metadata, "requires", lambda name: ["finns-inte-alls>=1", "pytest; extra == 'dev'"])
    ended = run("doctor", "--catalogue", given.GOOD)
    assert ended.code == 1 and "fel      Pythonpaket: saknas: finns-inte-alls" in ended.out


def test_a_clone_with_only_the_latest_is_told(run: Run, tmp_path: Path) -> None:
    given.written(tmp_path / "all", {"modules/m": "name: M\n"})
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.se"]
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["commit", "-qm", "ett"],
        ["commit", "-qm", "två", "--allow-empty"],
    ):
        subprocess.run([*git, *arguments], cwd=tmp_path / "all", check=True)
    url = (tmp_path / "all").as_uri()
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, tmp_path / "part"], check=True)
    assert states(run, "--catalogue", tmp_path / "all" / "catalogue")["Katalogens historia"] == "ok"
    assert states(run, "--catalogue", tmp_path / "part" / "catalogue")["Katalogens historia"] == "warning"
    assert states(run, "--catalogue", given.written(tmp_path / "none", {}))["Katalogens historia"] == "warning"


@pytest.mark.skipif(os.geteuid() == 0, reason="root får skriva överallt")
def test_a_folder_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {})
    root.chmod(0o555)
    assert states(run, "--catalogue", root)["Skriva i katalogen"] == "warning"


def test_a_screen_without_swedish_letters_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin:
        encoding = "ascii"

    monkeypatch.setattr(machine.sys, "stdout", Latin())
    assert machine.screen().state == "warning"
