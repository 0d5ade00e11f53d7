"""What others do with the same catalogue, where their programs can be had from PyPI or npm.

They are installed only when they are asked for, in a folder of their own. Each does a part of what the program does,
and has to show that it did that part of every entity.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from measure.peers import jsonschemas, likec4
from measure.runs import NotDone
from measure.turns import Work
from measure.works import ROOT, Ground

PLACE = ROOT / ".venv" / "peers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """Somebody else's program: at what version it was tried, what its licence is, and what it does here."""

    package: str
    version: str
    licence: str
    index: str
    does: str


PEERS = (
    Peer(
        package="check-jsonschema", version="0.39.0", licence="Apache-2.0", index="PyPI",
        does="prövar varje fil mot sitt schema, alla sorter i en process; inget mellan filerna",
    ),
    Peer(
        package="likec4", version="1.59.4", licence="MIT", index="npm",
        does="läser samma poster, sorter och hänvisningar, en fil för varje, och prövar att de leder någonstans; "
        "kopian har en enda bild",
    ),
    Peer(package="node", version="22.23.3", licence="MIT", index="npm", does="kör likec4"),
)  # fmt: skip


def ensure() -> None:
    """Install the peers that are not there. Raises NotDone where that does not go."""
    for peer in PEERS[::-1]:  # Node first: it runs the other
        mark = PLACE / f"{peer.package}-{peer.version}"
        if not mark.exists():
            print(f"bench: installerar {peer.package} {peer.version} i .venv/peers/ …", file=sys.stderr)
            _install(peer)
            mark.touch()


def works(ground: Ground) -> Iterator[Work]:
    """What the peers do with a catalogue; their copies of it are written first."""
    yield jsonschemas.work(ground, PLACE / "python" / "bin" / "python")
    yield from likec4.works(ground, PLACE / "node" / "node_modules" / ".bin")


def _install(peer: Peer) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    if peer.index == "npm":
        npm = ["npm", "install", "--prefix", str(PLACE / "node"), "--no-audit", "--no-fund", "--silent"]
        _done(
            [*npm, f"{peer.package}@{peer.version}"], peer, likec4.environment(PLACE / "node" / "node_modules" / ".bin")
        )
        return
    _done([sys.executable, "-m", "venv", str(PLACE / "python")], peer)
    pip = [str(PLACE / "python" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _done([*pip, f"{peer.package}=={peer.version}"], peer)


def _done(command: list[str], peer: Peer, environment: dict[str, str] | None = None) -> None:
    if not shutil.which(command[0]):
        raise NotDone(f"{peer.package} behöver {command[0]}")
    if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment).returncode:
        raise NotDone(f"{peer.package} {peer.version} gick inte att installera")
