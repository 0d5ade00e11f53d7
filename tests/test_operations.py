"""The examples of docs/operations/ say only what the program and the system understand."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path

import given
import pytest

from modulkarta.cli import cli

EXAMPLES = given.ROOT / "docs/operations"
UNITS = sorted([*EXAMPLES.glob("*.service"), *EXAMPLES.glob("*.timer")])
DRAINING = 10
"""Seconds that the viewer takes at most to end."""


def parsed(command: list[str]) -> dict[str, object]:
    """The options of a command line as the program reads them; what it does not know is an error."""
    program, name, *options = command
    assert program == "/opt/modulkarta/bin/modulkarta"
    found = cli.get_command(cli.make_context("modulkarta", [name, "--help"], resilient_parsing=True), name)
    assert found
    found.params = [one for one in found.params if one.name != "config" and "--config" not in one.opts]
    return found.make_context(name, options).params


def unit(name: str) -> ConfigParser:
    read = ConfigParser(interpolation=None, strict=False, comment_prefixes=("#",), delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(EXAMPLES / name, "utf-8")
    return read


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not there")
def test_systemd_understands_the_units_and_finds_little_to_fear(tmp_path: Path) -> None:
    for file in UNITS:
        text = file.read_text("utf-8").replace("/opt/modulkarta/bin/modulkarta", "/bin/true")
        (tmp_path / file.name).write_text(text, "utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", *(f"./{one.name}" for one in UNITS)], cwd=tmp_path,
                              capture_output=True, text=True)  # fmt: skip
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")
    for name in ("modulkarta.service", "modulkarta-follow.service"):
        command = ["systemd-analyze", "security", "--offline=yes", "--threshold=15", f"./{name}"]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0, name


def test_the_units_start_what_there_is_and_wait_until_it_has_ended() -> None:
    service, follow = unit("modulkarta.service")["Service"], unit("modulkarta-follow.service")["Service"]
    command = shlex.split(service["ExecStart"])
    at = command.index("--config")
    started = parsed([*command[:at], *command[at + 2 :]])
    assert started["production"] is True and started["state"] == Path("${STATE_DIRECTORY}")
    assert service["ExecReload"].split()[:2] == ["/bin/kill", "-HUP"]
    assert int(service["TimeoutStopSec"]) > DRAINING
    assert parsed(shlex.split(follow["ExecStart"]))["folder"] == Path("/srv/katalog")
    assert "ReadWritePaths" not in service and follow["ReadWritePaths"] == "/srv/katalog"


def test_nothing_is_denied_that_the_program_sets_bounds_with() -> None:
    """Graphviz and git are held within bounds by setrlimit, which is one of the calls called @resources."""
    for name in ("modulkarta.service", "modulkarta-follow.service"):
        denied = re.findall(r"^SystemCallFilter=~(.*)$", (EXAMPLES / name).read_text("utf-8"), re.MULTILINE)
        assert denied == ["@privileged"]


def steps() -> list[tuple[str, str]]:
    text = (EXAMPLES / "Containerfile").read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ")
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines.splitlines() if line]


def test_the_container_copies_what_there_is_and_is_nobody() -> None:
    made = steps()
    copied = [words.split()[:-1] for step, words in made if step == "COPY" and not words.startswith("--from")]
    assert all((given.ROOT / path).exists() for paths in copied for path in paths) and len(copied) == 4
    last = made[len(made) - [step for step, _ in made][::-1].index("FROM") :]
    assert [words for step, words in made if step == "FROM"][1].endswith("-slim-bookworm")
    assert dict(last)["USER"] == "65532:65532" and [step for step, _ in last].index("USER") > 0
    assert not re.search(r"build-essential|gcc|pip install", " ".join(words for _, words in last))


def test_the_container_starts_and_asks_what_there_is() -> None:
    last = dict(steps())
    started = parsed([*json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])])
    assert started["production"] is True and str(started["bind"]) == "0.0.0.0:8000"
    assert started["folder"] == Path("/katalog")
    program, option, code = json.loads(last["HEALTHCHECK"].partition("CMD ")[2])
    compile(code, "healthcheck", "exec")
    assert (program, option) == ("/opt/modulkarta/bin/python", "-c") and ":8000/readyz" in code


def test_extras_that_are_installed_are_there() -> None:
    offered = tomllib.loads((given.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for file in (EXAMPLES / "Containerfile", given.ROOT / "docs/operations.md"):
        for extras in re.findall(r"'(?:/src|modulkarta|\.)\[([a-z,]+)\]'", file.read_text("utf-8")):
            assert set(extras.split(",")) <= set(offered)
