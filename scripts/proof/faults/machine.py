"""What happens to the machine: its disks, its rights, its clock and its memory."""

from __future__ import annotations

import os
import re
import resource
import shutil
import site
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import given

from proof.faults.ground import texts
from proof.faults.scene import Fault, Fell, Scene
from proof.faults.stage import Stage, as_user, run

_MACHINE = Stage(name="machine", disk=24_000_000, owner="nobody")
_HEAVY = ("/bild/karta.png", "/bild/karta.pdf", "/rapport", "/karta", "/")
_ROOM = 80_000_000
"""Bytes that each process may take more than it has, when memory is short."""
_TOO_MUCH = 1500
"""Files, each almost as large as one may be, that do not fit into that."""


def full_disk(scene: Scene) -> None:
    """The disk fills up while a file is saved: it becomes empty. Then there is room again."""
    ground, filler = scene.ground, scene.place / "filler"
    old = ground.number
    _fill(filler)
    with suppress(OSError):
        ground.alfa.write_text(texts(ground.next())["systems/alfa"] * 4000, "utf-8")
    scene.stands(old)
    for page in _HEAVY:
        if (answer := scene.ask(page)).status != 200:
            raise Fell(f"{page}: {answer.status or answer.why}")
    filler.unlink()
    ground.write(new := ground.next())
    scene.shows(new)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as full, suppress(OSError):
        for size in (1_000_000, 4096, 1):
            with suppress(OSError):
                while True:
                    full.write(bytes(size))


def read_only(scene: Scene) -> None:
    """The disk can only be read for a while."""
    ground = scene.ground
    with _read_only(scene.place):
        for page in _HEAVY:
            if (answer := scene.ask(page)).status != 200:
                raise Fell(f"{page}: {answer.status or answer.why}")
        scene.shows(ground.number)
    ground.write(new := ground.next())
    scene.shows(new)


@contextmanager
def _read_only(place: Path) -> Iterator[None]:
    run("mount", "-o", "remount,ro", str(place))
    try:
        yield
    finally:
        run("mount", "-o", "remount,rw", str(place))


def no_rights(scene: Scene) -> None:
    """A file, the folder and the schemas may not be read by the server, and then again."""
    ground = scene.ground
    old, new = ground.number, ground.next()
    ground.alfa.chmod(0)
    ground.beta.write_text(texts(new)["systems/beta"], "utf-8")
    scene.stands(old)
    ground.alfa.chmod(0o644)
    ground.beta.write_text(texts(old)["systems/beta"], "utf-8")
    scene.shows(old)
    for place in (ground.root, ground.alfa.parent, ground.schemas):
        place.chmod(0)
        scene.stands(old)
        place.chmod(0o755)
        scene.shows(old)
    ground.write(new)
    scene.shows(new)


def rights_again(scene: Scene) -> None:
    """What may not be read is given back its rights, and nothing else changes."""
    ground = scene.ground
    old, new = ground.number, ground.next()
    ground.write(new)
    ground.beta.chmod(0)
    ground.alfa.chmod(0)
    scene.stands(old)
    ground.alfa.chmod(0o644)
    ground.beta.chmod(0o644)
    scene.shows(new)


def clock(scene: Scene) -> None:
    """The clock passes midnight, and jumps years ahead and back."""
    for jump in (_to_midnight(), timedelta(days=800), timedelta(days=-800), timedelta()):
        _set(scene, jump)
        scene.until(lambda jump=jump: _says(scene, (datetime.now() + jump).date()), f"dagen är inte rätt efter {jump}")
        scene.ground.write(scene.ground.next())
        scene.shows(scene.ground.number)


def _to_midnight() -> timedelta:
    """What makes it midnight in three seconds."""
    now = datetime.now()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
    return midnight - now - timedelta(seconds=3)


def _set(scene: Scene, jump: timedelta) -> None:
    new = scene.clock.with_name(".clock")
    new.write_text(f"{jump.total_seconds():.0f}", "ascii")
    new.replace(scene.clock)


def _says(scene: Scene, day: date) -> bool:
    return re.search(rf"\b{day.isoformat()}\b", scene.ask("/").text) is not None


def short_memory(scene: Scene) -> None:
    """A version comes that does not fit into memory: the old one stays, also if a process dies of it."""
    ground, many = scene.ground, scene.ground.root / "applications/systems/many"
    old, heard, processes = ground.number, len(scene.server.said), scene.server.workers
    with _short(scene), _much(scene, many):
        scene.until(lambda: _was_short(scene, heard, processes), "allt fick plats")
        for page in ("/", "/system", "/karta"):
            scene.still(old, page)
        shutil.rmtree(many)
        scene.shows(old)
        ground.write(new := ground.next())
        scene.shows(new)


@contextmanager
def _short(scene: Scene) -> Iterator[None]:
    for pid in scene.server.pids:
        size = int(re.findall(r"VmSize:\s*(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))[0]) * 1024
        _limit(pid, size + _ROOM)
    try:
        yield
    finally:
        for pid in scene.server.pids:
            _limit(pid, resource.RLIM_INFINITY)


def _limit(pid: int, most: int) -> None:
    with suppress(
        ProcessLookupError, PermissionError
    ):  # it is no more; another has taken its place, limited as its parent
        resource.prlimit(pid, resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


@contextmanager
def _much(scene: Scene, place: Path) -> Iterator[None]:
    """More than there is memory for, in the catalogue at once."""
    made = scene.place / "many"
    made.mkdir()
    for number in range(_TOO_MUCH):
        (made / f"system-{number}.yaml").write_text(f"name: System {number}\nsummary: {'ord ' * 48_000}\n", "utf-8")
    made.rename(place)
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _was_short(scene: Scene, heard: int, processes: list[int]) -> bool:
    """Whether the server has said so, or a process has died of it."""
    said = any("minnet räcker inte" in line or "MemoryError" in line for line in scene.server.said[heard:])
    return said or scene.server.workers != processes


def lacks_machine() -> str:
    """Why there is no disk and no user to try on."""
    return lacks_root() or lacks_disk() or lacks_nobody()


def lacks_root() -> str:
    return "" if os.geteuid() == 0 and sys.platform == "linux" else "kräver root på Linux"


@cache
def lacks_disk() -> str:
    found = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return "" if found.returncode == 0 else "tmpfs går inte att montera här"


@cache
def lacks_nobody() -> str:
    if shutil.which("setpriv") is None:
        return "setpriv saknas"
    places = os.pathsep.join([str(given.ROOT), *site.getsitepackages()])
    words = [*as_user("nobody"), "-c", "import flask, jsonschema_rs, modulkarta"]
    found = subprocess.run(words, capture_output=True, check=False, cwd="/", env={"PYTHONPATH": places})
    return "" if found.returncode == 0 else "användaren nobody kan inte köra programmet"


FAULTS = (
    Fault(name="full-disk", words="disken full", happens=full_disk, stage=_MACHINE, lacks=lacks_machine),
    Fault(name="read-only", words="disken går bara att läsa", happens=read_only, stage=_MACHINE, lacks=lacks_machine),
    Fault(name="no-rights", words="rätten att läsa borta", happens=no_rights, stage=_MACHINE, lacks=lacks_machine),
    Fault(name="rights-again", words="bara rätten tillbaka", happens=rights_again, stage=_MACHINE, lacks=lacks_machine),
    Fault(name="clock", words="klockan hoppar", happens=clock),
    Fault(
        name="short-memory",
        words="minnet räcker inte",
        happens=short_memory,
        servers=("gunicorn",),
        lost=8,
        lacks=lacks_root,
    ),
)
