"""The commands that README names: what they accept, and that a second run installs nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHELL_SCRIPTS = ("scripts/run", "scripts/test", "scripts/setup.sh", ".ci/run")

PYTHON = """#!/usr/bin/env bash
# Stands in for Python: makes an environment of stand-ins, and writes down what pip is asked for.
case "$*" in
  *version_info\\ \\<*) exit ${TOO_OLD:-0} ;;
  *sha256*) echo "$(cksum <pyproject.toml) $PWD" ;;
  --version) echo Python 3.9.2 ;;
  "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip"*)
    echo "${@: -1}" >>pip.log
    printf '#!/bin/sh\\necho modulkarta "$@"; [ "$1" != check ] || exit ${CHECK:-0}\\n' >.venv/bin/modulkarta
    chmod +x .venv/bin/modulkarta
    ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The scripts beside a small pyproject.toml, with stand-ins for Python, Graphviz and the list of fonts."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "bin").mkdir()
    for name, text in {"python3": PYTHON, "dot": "#!/bin/sh\n", "fc-list": "#!/bin/sh\necho Liberation Sans\n"}.items():
        stand_in(tmp_path / "bin" / name, text)
    return tmp_path


def stand_in(program: Path, text: str = "#!/bin/sh\n") -> None:
    program.write_text(text)
    program.chmod(0o755)


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{checkout / 'bin'}:/usr/bin:/bin", **environment}
    command = ["bash", str(checkout / "scripts" / "run"), *arguments]
    return subprocess.run(command, env=env, cwd="/", capture_output=True, text=True, timeout=60)


def installs(checkout: Path) -> list[str]:
    log = checkout / "pip.log"
    return log.read_text().splitlines() if log.exists() else []


@pytest.mark.parametrize("script", SHELL_SCRIPTS)
def test_a_script_is_valid_bash(script: str) -> None:
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True)


@pytest.mark.parametrize("script", ["scripts/run", "scripts/test", "scripts/bench", "scripts/trust", ".ci/run"])
def test_a_command_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_ci_calls_the_test_command_and_nothing_else() -> None:
    _, *lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set "))]
    assert len(commands) == 1
    assert commands[0].endswith('scripts/test"')


def test_help_says_what_there_is_and_installs_nothing(checkout: Path) -> None:
    done = run(checkout, "--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--port", "--check-only", "--help"))
    assert installs(checkout) == []


@pytest.mark.parametrize("arguments", [["--ports"], ["extra"], ["--port"], ["--port", "x"], ["--port", "65536"]])
def test_wrong_use_ends_with_2(checkout: Path, arguments: list[str]) -> None:
    done = run(checkout, *arguments)
    assert done.returncode == 2
    assert "Användning" in done.stderr
    assert installs(checkout) == []


def test_the_first_run_installs_and_the_second_does_not(checkout: Path) -> None:
    assert run(checkout, "--check-only").returncode == 0
    assert installs(checkout) == [".[report]"]
    second = run(checkout, "--check-only")
    assert (second.returncode, second.stdout, second.stderr) == (0, "modulkarta check\n", "")
    assert installs(checkout) == [".[report]"]


def test_a_changed_project_file_is_installed_again(checkout: Path) -> None:
    run(checkout, "--check-only")
    (checkout / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    run(checkout, "--check-only")
    assert installs(checkout) == [".[report]", ".[report]"]


def test_errors_are_told_and_the_map_is_served_all_the_same(checkout: Path) -> None:
    done = run(checkout, "--port=8123", CHECK="1")
    assert done.stdout.splitlines() == ["modulkarta check", "modulkarta serve --watch --port 8123"]
    assert "Katalogen har fel" in done.stderr


def test_check_only_ends_as_the_check_does(checkout: Path) -> None:
    done = run(checkout, "--check-only", CHECK="1")
    assert (done.returncode, done.stdout) == (1, "modulkarta check\n")


def test_a_check_that_could_not_run_stops(checkout: Path) -> None:
    assert run(checkout, CHECK="3").returncode == 3


def test_a_python_that_is_too_old_is_named(checkout: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11"):
        shutil.copy(checkout / "bin" / "python3", checkout / "bin" / name)
    done = run(checkout, TOO_OLD="1")
    assert done.returncode == 2
    assert "3.11 eller nyare" in done.stderr
    assert "Python 3.9.2" in done.stderr


@pytest.mark.parametrize(
    ("there", "to_be_had", "installed"),
    [
        (["chromium-headless-shell"], [], []),
        (["chromium"], ["chromium-headless-shell"], ["chromium-headless-shell"]),
        ([], ["chromium-headless-shell"], ["chromium-headless-shell"]),
        (["chromium-browser"], [], ["chromium-headless-shell"]),
        ([], ["chromium"], ["chromium-headless-shell", "chromium"]),
    ],
)
def test_the_quick_browser_is_tried_first_and_once(
    tmp_path: Path, there: list[str], to_be_had: list[str], installed: list[str]
) -> None:
    (tmp_path / ".venv").mkdir()
    for name in ("grep", "chmod"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    for name in there:
        stand_in(tmp_path / name)
    had = "".join(f'[[ $1 == {name} ]] && printf "" >{name} && chmod +x {name} && return; ' for name in to_be_had)
    install = f'install_package() {{ echo "$1"; {had} return 1; }}'
    command = f"source {ROOT / 'scripts/setup.sh'}; {install}; ensure_browser; echo again; ensure_browser"
    env = {"PATH": str(tmp_path)}
    done = subprocess.run(["/bin/bash", "-ec", command], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split()) == (0, [*installed, "again"])
    slower = "Utan chromium-headless-shell prövas sidorna i chromium, vilket tar längre tid.\n"
    assert done.stderr == ("" if (tmp_path / "chromium-headless-shell").exists() else slower)


def test_trust_says_what_to_run_first_where_the_packages_of_the_tests_are_not_there(tmp_path: Path) -> None:
    for folder in ("scripts", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "golden"))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"home = {Path(sys._base_executable).parent}\n", "utf-8")
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys._base_executable)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys._base_executable, tmp_path / "scripts/trust", "--faults"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (2, "trust: kör scripts/test först; den installerar det som behövs\n")
