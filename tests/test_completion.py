"""Tab fills in commands, options and ids, and says nothing when it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import given
import pytest
from commands import Run


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder to put first in PATH, with modulkarta in it."""
    place = tmp_path / "bin"
    place.mkdir()
    file = place / "modulkarta"
    file.write_text(f"#!{sys.executable}\nfrom modulkarta.cli import main\nmain()\n")
    file.chmod(0o755)
    return place


def environment(program: Path, **more: str) -> dict[str, str]:
    path = f"{program}:/usr/bin:/bin"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(given.ROOT), "PYTHONUTF8": "1", **more}


def offered(program: Path, line: str, place: Path = given.GOOD.parent, shell: str = "zsh") -> list[str]:
    """What the shell is told for a line whose last word is to be filled in."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_MODULKARTA_COMPLETE": f"{shell}_complete"}
    env = environment(program, **asked)
    ended = subprocess.run([program / "modulkarta"], env=env, cwd=place, capture_output=True, text=True, timeout=60)
    assert ended.stderr == ""
    return ended.stdout.strip().splitlines()


def test_ids_are_filled_in_with_their_names(program: Path) -> None:
    lines = offered(program, "modulkarta impact a")
    told = dict(zip(lines[1::3], lines[2::3], strict=True))
    entities = given.good().catalogue.entities.values()
    assert told == {e.id: e.name for e in entities if e.id.startswith("a")}
    assert told


def test_only_ids_of_the_right_kind_are_filled_in(program: Path) -> None:
    systems = [entity.id for entity in given.good().catalogue.of_kind["system"]]
    assert offered(program, "modulkarta coverage ")[1::3] == systems


def test_the_catalogue_asked_for_is_the_one_looked_in(program: Path, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"systems/ensamt": "name: Ensamt\n"})
    assert offered(program, f"modulkarta coverage --catalogue {root} ", tmp_path)[1::3] == ["ensamt"]


@pytest.mark.parametrize(
    ("line", "word"),
    [("modulkarta che", "check"), ("modulkarta check --form", "--format"), ("modulkarta check --format js", "json"),
     ("modulkarta explain MK51", "MK510"), ("modulkarta explain mk51", "MK510"), ("modulkarta completion z", "zsh")],
)  # fmt: skip
def test_commands_options_choices_and_codes_are_filled_in(program: Path, line: str, word: str) -> None:
    assert word in offered(program, line)[1::3]


def test_branches_are_filled_in(program: Path, tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.se"]
    for arguments in (["init", "-qb", "huvud"], ["commit", "-qm", "ett", "--allow-empty"], ["tag", "hel"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    assert offered(program, "modulkarta check --since h", tmp_path)[1::3] == ["huvud", "hel"]


@pytest.mark.parametrize("line", ["modulkarta impact a", "modulkarta coverage a", "modulkarta check --since a"])
def test_where_there_is_nothing_to_look_in_nothing_is_said(program: Path, line: str, tmp_path: Path) -> None:
    assert offered(program, line, tmp_path) == []


@pytest.mark.skipif(not shutil.which("bash"), reason="bash finns inte här")
def test_bash_itself_fills_in_an_id(program: Path) -> None:
    script = """
    source <(modulkarta completion bash)
    COMP_WORDS=(modulkarta coverage amb) COMP_CWORD=2
    _modulkarta_completion modulkarta
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    command = ["bash", "-c", script]
    ended = subprocess.run(
        command, env=environment(program), cwd=given.ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ended.stdout.split(), ended.stderr) == (["ambulink"], "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str, run: Run) -> None:
    ended = run("completion", shell)
    assert (ended.code, ended.err) == (0, "")
    assert f"_MODULKARTA_COMPLETE={shell}_complete" in ended.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=ended.out, text=True, check=True)


def test_another_shell_is_refused(run: Run) -> None:
    assert run("completion", "cmd").err.endswith("Fel: SKAL: ”cmd” går inte att välja. Välj bland bash, zsh, fish.\n")
