"""What the program does with a catalogue, as it is measured: each with the state that its runs begin in."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from measure.turns import Work

ROOT = Path(__file__).resolve().parents[2]
MODULKARTA = str(ROOT / ".venv" / "bin" / "modulkarta")
SCHEMAS = str(ROOT / "schemas")
CHANGED = 50
"""The files that differ from what they are compared with."""
COLD, WARM, OTHER_TIMES = "kall", "varm", "varm, filerna har andra tider"
ONE_CHANGED, ALL_BROKEN = "varm, en fil ändrad", "kall, alla filer trasiga"
FIRST, AGAIN, KEY = "till första sidan", "en fil läses om", "en tangent"
KEPT = "MODULKARTA_CACHE"
"""The variable that says where the program keeps what it may find again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A folder with a made-up catalogue, `catalogue/`, of so many entities, and room for what is written of it."""

    folder: Path
    entities: int

    @property
    def root(self) -> str:
        return str(self.folder / "catalogue")

    @property
    def kept(self) -> Path:
        """The folder for what the program keeps between runs, which nobody else uses."""
        return self.folder / "kept"

    def module(self) -> Path:
        """A file of a module, the first by name."""
        return min((self.folder / "catalogue").glob("*/modules/*.yaml"))

    def forget(self) -> None:
        """Let the next run find nothing that an earlier one has kept."""
        shutil.rmtree(self.kept, ignore_errors=True)


def rename(file: Path, name: str) -> None:
    """Let a file give its thing another name, as one who writes in it does."""
    before, key, rest = file.read_text("utf-8").partition("name: ")
    file.write_text(f"{before}{key}{name}\n{rest.partition(chr(10))[2]}", "utf-8", newline="\n")


def works(ground: Ground) -> Iterator[Work]:
    """Each piece of work on a catalogue. Comparing with a commit comes last, since many files are changed for it."""
    root, out, module = ground.root, ground.folder / "out", ground.module()
    yield from _checks(ground)
    cold = partial(Work, state=COLD, before=ground.forget)
    yield cold(name="gaps", command=_asked(root, "gaps", "--format", "json"))
    yield cold(name="graph", command=_asked(root, "graph", "--format", "json"))
    yield cold(name="whatif", command=_asked(root, "whatif", f"{module.stem}=+6m", "--format", "json"))
    yield cold(name="search", command=_asked(root, "search", "ambulans", "--format", "json"))
    yield cold(name="render roadmap", command=_asked(root, "render", "roadmap", "-o", f"{out}.svg"))
    yield cold(name="render relations", command=_asked(root, "render", "relations", module.stem, "-o", f"{out}.svg"))
    month = ("--month", "2026-11", "--since", "none", "-o", f"{out}-report")
    yield cold(name="report", command=_asked(root, "report", *month))
    yield _fresh(ground, cold(name="build", command=_asked(root, "build", "-o", f"{out}-copy")), f"{out}-copy")
    yield Work(name="serve", state=FIRST, command=_driven("serving", ground, "first"), tells=True)
    yield Work(name="serve", state=AGAIN, command=_driven("serving", ground, "again"), tells=True)
    yield Work(name="lsp", state=KEY, command=_driven("keystrokes", ground), tells=True)
    _commit_and_change(ground.folder)
    yield cold(name="diff", command=_asked(root, "diff", "HEAD", "--format", "json"))


def start(ground: Ground) -> Iterator[Work]:
    """What is done in a moment, where starting is most of it."""
    cold = partial(Work, state=COLD, before=ground.forget)
    yield Work(name="--version", command=[MODULKARTA, "--version"])
    yield Work(name="--help", command=[MODULKARTA, "--help"])
    yield Work(name="explain MK301", command=[MODULKARTA, "explain", "MK301"])
    yield _check(f"check, {ground.entities} filer", ground.root, ground.entities, state=COLD, before=ground.forget)
    yield cold(name="check, den riktiga katalogen", command=_asked(str(ROOT / "catalogue"), "check"), fine=(0, 1))


def _checks(ground: Ground) -> Iterator[Work]:
    """A check that finds nothing from before, one that finds all as it was, and one where one file is another."""
    made = partial(_check, "check", ground.root, ground.entities)
    turn = itertools.count()  # what it said the time before the last is known too
    yield made(state=COLD, before=ground.forget)
    yield made(state=WARM, once_before=True)
    yield made(state=OTHER_TIMES, once_before=True, before=partial(_touch, ground.folder / "catalogue"))
    yield made(state=ONE_CHANGED, once_before=True, before=lambda: rename(ground.module(), f"Prov {next(turn)}"))
    yield _check("check", str(_broken(ground)), ground.entities, state=ALL_BROKEN, before=ground.forget, fine=(1,))


def _check(name: str, root: str, entities: int, **more: Any) -> Work:
    """A check, which has to tell that it has read every file: those of the entities and `catalogue.yaml`."""
    all_read = f"{entities + 1} filer"
    command = _asked(root, "check", "--format", "concise")
    return Work(name=name, command=command, done=lambda said: all_read in said, **more)


def _asked(root: str, *command: str) -> list[str]:
    return [MODULKARTA, *command, "--catalogue", root, "--schemas", SCHEMAS]


def _driven(driver: str, ground: Ground, *part: str) -> list[str]:
    """A driver of this room, which asks the program something as its readers and editors do."""
    return [sys.executable, "-m", f"measure.{driver}", *part, str(ground.module()), ground.root]


def _fresh(ground: Ground, work: Work, written: str) -> Work:
    """A work whose runs each write a folder that was not there."""

    def clear() -> None:
        ground.forget()
        shutil.rmtree(written, ignore_errors=True)

    return replace(work, before=clear)


def _touch(root: Path) -> None:
    """Give files the time of now, as git does with all that it checks out."""
    for file in root.rglob("*.yaml"):
        file.touch()


def _broken(ground: Ground) -> Path:
    """The same catalogue beside it, with a word in each file that its schema does not know."""
    target = ground.folder / "broken" / "catalogue"
    shutil.copytree(ground.root, target)
    for file in target.glob("*/*/*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"level: public", b"level: publik"))
    return target


def _commit_and_change(folder: Path) -> None:
    """Put the catalogue in a new git repository, then let the first files that name 2028 say 2029."""
    git = ["git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    for asked in (["init", "-q"], ["add", "catalogue"], ["commit", "-q", "-m", "Made up"]):
        subprocess.run([*git, *asked], check=True)
    dated = (path for path in sorted((folder / "catalogue").rglob("*.yaml")) if b"2028" in path.read_bytes())
    for path in itertools.islice(dated, CHANGED):
        path.write_bytes(path.read_bytes().replace(b"2028", b"2029"))
