"""What the figures are from: the machine without its name, and the versions of what was measured."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

_PACKAGES = ("PyYAML", "jsonschema", "jsonschema-rs", "networkx", "Flask", "waitress", "click", "pygls", "typst")


def described() -> dict[str, str]:
    """Each thing that the figures depend on by its name in Swedish."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": f"{_processor()}, {cores} kärnor",
        "minne": _memory(),
        "system": f"{_system()}, {platform.machine()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Modulkarta": importlib.metadata.version("modulkarta"),
        "bibliotek": ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES),
    }


def busy() -> float:
    """How many processes have wanted a core on average in the last minute."""
    return os.getloadavg()[0]


def cores() -> int:
    return os.cpu_count() or 1


def _processor() -> str:
    return _told(Path("/proc/cpuinfo"), "model name") or platform.processor() or "okänd"


def _memory() -> str:
    told = _told(Path("/proc/meminfo"), "MemTotal")
    return f"{int(told.split()[0]) / 1024**2:.0f} GB" if told else "okänt"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _told(file: Path, name: str) -> str:
    """The first value by a name in what Linux tells of itself."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
