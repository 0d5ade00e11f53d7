"""What everything is measured against: reading the same files and no more, or only starting."""

from __future__ import annotations

import sys

from measure.turns import Work

_LOAD = """
import sys
from pathlib import Path
import yaml
paths = sorted(Path(sys.argv[1]).rglob("*.yaml"))
kept = [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in paths]
"""
"""The loader in C that comes with PyYAML, with Python as it is when it starts: its collector on."""
_BYTES = """
import sys
from pathlib import Path
kept = [path.read_bytes() for path in sorted(Path(sys.argv[1]).rglob("*.yaml"))]
"""
_IMPORTS = "import yaml, networkx"


def load(root: str) -> Work:
    return Work(name="läsa filerna som YAML", command=[sys.executable, "-c", _LOAD, root])


def bytes_of(root: str) -> Work:
    return Work(name="läsa byten", command=[sys.executable, "-c", _BYTES, root])


def imports() -> Work:
    return Work(name=_IMPORTS, command=[sys.executable, "-c", _IMPORTS])
