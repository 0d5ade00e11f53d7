"""What the server stands on: the disk, the programs and the user that it is run with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """How the server is run: what it needs of the machine is asked for by `lacks`."""

    name: str = "plain"
    owner: str = ""
    """Who the server runs as, if not the one who starts it."""
    disk: int = 0
    """Bytes of the disk that all lies on; 0: what there is."""


PLAIN = Stage()


@contextmanager
def disk(place: Path, size: int) -> Iterator[Path]:
    """A disk of its own at a place, of so many bytes; 0: the disk that is there."""
    if not size:
        yield place
        return
    run("mount", "-t", "tmpfs", "-o", f"size={size}", "modulkarta-fel", str(place))
    try:
        yield place
    finally:
        run("umount", "--lazy", str(place))


def programs(place: Path) -> Path:
    """A folder with the programs that the server may run, to be put out of order."""
    folder(place)
    for name in ("git", "dot"):
        if found := shutil.which(name):
            (place / name).symlink_to(found)
    return place


def program(place: Path, text: str | None) -> None:
    """Put a script in the place of a program; None: none is there."""
    new = place.with_name(f".{place.name}")
    if text is None:
        place.unlink(missing_ok=True)
        return
    new.write_text(text, "ascii")
    new.chmod(0o755)
    new.replace(place)


def folder(place: Path) -> Path:
    """A folder that is there from now on."""
    place.mkdir(parents=True, exist_ok=True)
    return place


def run(*command: str) -> None:
    """Run a program of the machine, which must end well."""
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def as_user(name: str) -> list[str]:
    """The words before a command that make it another user's, and the Python that this user may run."""
    setpriv = shutil.which("setpriv") or "setpriv"
    words = [setpriv, f"--reuid={name}", "--regid=nogroup", "--clear-groups", "/usr/bin/env"]
    system = f"/usr/bin/python3.{sys.version_info.minor}"
    may = subprocess.run([*words, sys.executable, "-c", ""], cwd="/", capture_output=True, check=False).returncode == 0
    return [*words, sys.executable if may else system]
