"""What of this machine the program stands on: each a check with what was found and what to do about it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from modulkarta import __version__
from modulkarta.findings import Message, message

State = Literal["ok", "warning", "error"]
_OLDEST = (3, 11)
_FORKS = sys.platform != "win32"
_SECONDS = 10
"""How long a program may take to say its version."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRAS = (
    ("resvg-py", "report", message("PNG-bilder i rapporten")),
    ("pygls", "lsp", message("språkservern för editorer (modulkarta lsp)")),
    *((("gunicorn", "production", message("visaren för många läsare (modulkarta serve --production)")),) * _FORKS),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing looked at: `error` where something cannot work, `warning` where something is left out."""

    name: Message | str
    state: State = "ok"
    found: Message | str
    advice: Message | None = None


def program() -> Iterator[Check]:
    """Python, the program itself and the packages it is made of."""
    running = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < _OLDEST
    yield Check(
        name="Python",
        state="error" if old else "ok",
        found=f"{running}, {sys.executable}",
        advice=message("Modulkarta behöver Python 3.11 eller nyare.") if old else None,
    )
    yield Check(name="Modulkarta", found=f"{__version__}, {Path(__file__).parents[1]}")
    yield _packages()
    for package, extra, what in _EXTRAS:
        yield _optional(package, extra, what)


def programs() -> Iterator[Check]:
    """Other programs that are used where they are there."""
    yield _git()
    yield _dot()
    nothing = message("finns inte; behövs inte för att använda Modulkarta")
    yield Check(name=message("LibreOffice (valfritt)"), found=_which("soffice", "libreoffice") or nothing)
    yield Check(name=message("Chromium (valfritt)"), found=_which("chromium", "chromium-browser", "chrome") or nothing)


def screen() -> Check:
    """Whether what is printed can have å, ä and ö."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    good = encoding.replace("-", "") in ("utf8", "cp65001")
    return Check(
        name=message("Skärmens tecken"),
        state="ok" if good else "warning",
        found=encoding,
        advice=None if good else message("å, ä och ö kan visas fel. Sätt PYTHONUTF8=1, eller LANG=C.UTF-8."),
    )


def writable(folder: Path) -> bool:
    """Whether files may be made in a folder."""
    return os.access(folder, os.W_OK | os.X_OK)


def has_git() -> bool:
    """Whether the program that knows the history is here."""
    return _which("git") is not None


def _packages() -> Check:
    missing = sorted(set(_missing()))
    return Check(
        name=message("Pythonpaket"),
        state="error" if missing else "ok",
        found=message("saknas: {packages}", packages=", ".join(missing)) if missing else message("alla som behövs"),
        advice=message("Installera om: pip install modulkarta") if missing else None,
    )


def _missing() -> Iterator[str]:
    """The packages that the program needs and that are not there."""
    try:
        needed = metadata.requires("modulkarta") or []
    except metadata.PackageNotFoundError:
        return
    for line in needed:
        name = _NAME.match(line)
        if name and "extra ==" not in line and not _version(name[0]):
            yield name[0]


def _optional(package: str, extra: str, what: Message) -> Check:
    version = _version(package)
    return Check(
        name=package,
        state="ok" if version else "warning",
        found=version if version else message("finns inte"),
        advice=None
        if version
        else message("Behövs för {what}: pip install 'modulkarta[{extra}]'", what=what, extra=extra),
    )


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _git() -> Check:
    path = _which("git")
    return Check(
        name="git",
        state="ok" if path else "warning",
        found=_said_by(path, "--version") if path else message("finns inte"),
        advice=None if path else message("Behövs för check --since och för äldre versioner: apt-get install git"),
    )


def _dot() -> Check:
    path = _which("dot")
    other = None if path else _which("graphviz-pure")
    said = _said_by(path, "-V") if path else message("finns inte")
    return Check(
        name="Graphviz (dot)",
        state="ok" if path or other else "warning",
        found=other if other else said,
        advice=None if path or other else message("Relationer visas som tabell utan bild: apt-get install graphviz"),
    )


def _which(*names: str) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _said_by(path: str, option: str) -> str:
    """The first line that a program says of itself, else where it is."""
    try:
        ended = subprocess.run([path, option], capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return path
    lines: Sequence[str] = (ended.stdout or ended.stderr).decode(errors="replace").splitlines()
    return f"{lines[0]}, {path}" if lines and ended.returncode == 0 else path
