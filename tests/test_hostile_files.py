# ruff: noqa: E501
"""Entries of a folder that are no ordinary files: each is named, with what is the matter, and nothing hangs."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import given
import pytest
from commands import Run

from modulkarta.findings import Finding
from modulkarta.source import folder
from modulkarta.wording import said

SYSTEMS = "catalogue/applications/systems"
NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = given.written(tmp_path, {"systems/s": "name: S\nlifecycle: {retired: 2040}\n", "systems/t": "name: T\n"})
    monkeypatch.chdir(tmp_path)
    return made


def device(place: Path) -> None:
    try:
        os.mknod(place, 0o020666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root may make a device")


def plug(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(place.name)
    os.chdir(here)


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (lambda place: place.mkdir(), "det är en mapp, ingen fil"),
    "a pipe": (lambda place: os.mkfifo(place), "det är ett rör, ingen fil"),
    "a socket": (plug, "det är ett uttag, ingen fil"),
    "a device": (device, "det är en enhet, ingen fil"),
    "a link to a device": (
        lambda p: p.symlink_to("/dev/zero"),
        "länken leder ut ur katalogen, till /dev/zero, och följs inte",
    ),
    "a link out": (
        lambda p: p.symlink_to("/etc/passwd"),
        "länken leder ut ur katalogen, till /etc/passwd, och följs inte",
    ),
    "a link up": (
        lambda p: p.symlink_to("../../../x"),
        "länken leder ut ur katalogen, till ../../../x, och följs inte",
    ),
    "a link to nothing": (lambda place: place.symlink_to("borta.yaml"), "länken leder till borta.yaml, som inte finns"),
    "a link to itself": (lambda place: place.symlink_to("x.yaml"), "länken leder tillbaka till sig själv"),
    "a link to a folder": (
        lambda p: p.symlink_to("../modules"),
        "länken leder till en mapp; länka filerna var för sig",
    ),
    "a link to the folder above": (
        lambda p: p.symlink_to(".."),
        "länken leder till en mapp; länka filerna var för sig",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_file_is_named_with_what_it_is(run: Run, root: Path, name: str) -> None:
    make, why = UNREADABLE[name]
    (root / "applications/modules").mkdir()
    make(root / "applications/systems/x.yaml")
    ended = run("check", "--format", "concise")
    assert ended.code == 1
    assert f"{SYSTEMS}/x.yaml:1:1: fel[MK101] filen går inte att läsa: {why}" in ended.out.splitlines()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.yml", "x.yml:1:1: fel[MK114] filen läses inte (döp om den så att namnet slutar på .yaml)"),
        ("X.YAML", "X.YAML:1:1: fel[MK114] filen läses inte (döp om den så att namnet slutar på .yaml)"),
        ("x.yaml.txt", "x.yaml.txt:1:1: fel[MK114] filen läses inte (döp om den så att namnet slutar på .yaml)"),
        ("x.txt", "x.txt:1:1: varning[MK114] filen läses inte (bara filer som slutar på .yaml läses)"),
        ("två ord.yaml", "två ord.yaml:1:1: fel[MK209] filnamnet ”två ord.yaml” är inte ett id (döp om filen till tva-ord.yaml)"),
        ("S.yaml", "S.yaml:1:1: fel[MK209] filnamnet ”S.yaml” är inte ett id (id ”s” har redan en fil; ska den här bort?)"),
        ("a\nb.yaml", "a\\nb.yaml:1:1: fel[MK209] filnamnet ”a\\nb.yaml” är inte ett id (små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken)"),
        ("a\x1b[2J.yaml", "a\\x1b[2J.yaml:1:1: fel[MK209] filnamnet ”a\\x1b[2J.yaml” är inte ett id (små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken)"),
        (os.fsdecode(b"\xe5.yaml"), "\\xe5.yaml:1:1: fel[MK209] filnamnet ”\\xe5.yaml” är inte ett id (små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken)"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_read_is_told_on_one_line(run: Run, root: Path, name: str, expected: str) -> None:
    (root / "applications/systems" / name).write_text("name: X\n")
    assert f"{SYSTEMS}/{expected}" in run("check", "--format", "concise").out.splitlines()


def test_an_empty_file_is_told(run: Run, root: Path) -> None:
    (root / "applications/systems/x.yaml").touch()
    assert f"{SYSTEMS}/x.yaml:1:1: fel[MK112] filen är tom" in run("check", "--format", "concise").out


def test_a_folder_that_differs_in_case_is_told(run: Run, root: Path) -> None:
    (root / "applications/Systems").mkdir()
    (root / "applications/Systems/x.yaml").write_text("name: X\n")
    assert "fel[MK210] mappen hör inte till någon sort (menade du ”applications/systems”?)" in run(
        "check", "--format", "concise"
    ).out  # fmt: skip


@pytest.mark.parametrize("style", ["text", "concise", "json", "github", "gitlab", "sarif", "junit"])
def test_no_name_breaks_a_format(run: Run, root: Path, style: str) -> None:
    for name in (
        "a\nb.yaml",
        "a\x1b[2J.yaml",
        "]]>.yaml",
        "%0A::error::x.yaml",
        '"quoted".yaml',
        os.fsdecode(b"\xff.yaml"),
    ):
        (root / "applications/systems" / name).write_text("nme: X\n")
    ended = run("check", "--format", style)
    ended.out.encode()
    assert ended.code == 1 and "\x1b" not in ended.out and "Traceback" not in ended.err
    if style in ("json", "gitlab", "sarif"):
        assert json.loads(ended.out)


def test_a_file_removed_while_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def gone(path: str, flags: int) -> int:
        Path(path).unlink()
        return opened(path, flags)

    monkeypatch.setattr(os, "open", gone)
    assert {said(f.message) for f in folder.read(root, "c").findings} == {
        "filen går inte att läsa: den finns inte längre"
    }


def test_a_file_that_the_disk_does_not_give_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int, size: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", broken)
    words = {said(f.message) for f in folder.read(root, "c").findings}
    assert words == {"filen går inte att läsa: disken går inte att läsa"}


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that everybody may enter, which pytest's own are not."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="takes another user's rights in a child of this process")
def test_what_may_not_be_read_is_named(open_place: Path) -> None:
    root = given.written(open_place, {"systems/s": "name: S\n", "systems/t": "name: T\n", "modules/m": "name: M\n"})
    (root / "applications/systems/s.yaml").chmod(0)
    (root / "applications/modules").chmod(0)
    try:
        assert sorted(as_nobody(root)) == [
            "MK101 c/applications/modules: filen går inte att läsa: du har inte rätt att läsa den",
            "MK101 c/applications/systems/s.yaml: filen går inte att läsa: du har inte rätt att läsa den",
        ]
    finally:
        (root / "applications/modules").chmod(0o755)


def test_what_a_closed_file_is_for_stays_known(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """References to a file that could not be read wait for it."""
    (root / "applications/modules").mkdir()
    (root / "applications/modules/m.yaml").symlink_to("/etc/passwd")
    (root / "applications/systems/t.yaml").write_text("name: T\nsources: [{source: m}]\n")
    ended = run("check", "--format", "json")
    assert [f["code"] for f in ended.data["findings"] if f["severity"] == "error"] == ["MK101"]
    assert ended.data["knock_on"] == 1


def as_nobody(root: Path) -> list[str]:
    """The findings of a reading by a user without rights, from a child of this process."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(into, json.dumps([words(f) for f in folder.read(root, "c").findings]).encode())
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out) as answer:
        told: list[str] = json.load(answer)
    os.waitpid(child, 0)
    return told


def words(finding: Finding) -> str:
    return f"{finding.code} {finding.location.file}: {said(finding.message)}"
