"""The viewer stands through everything: each fault once; `scripts/trust --faults` lets each happen twenty times."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import given
import pytest

sys.path.insert(0, str(given.ROOT / "scripts"))
from proof.faults import FAULTS
from proof.faults.scene import Fault, Scene, Told, befall, scene
from proof.faults.stage import Stage

TRIED = [(fault, server) for fault in FAULTS for server in fault.servers[:1]]
"""Each with the server that many read; with the other where it means nothing to that one."""


Befallen = Callable[[Fault, str], Told]


@pytest.fixture(scope="module")
def befallen() -> Iterator[Befallen]:
    """Lets a fault happen to a server that all faults of its stage share, started when the first of them happens.

    One that a fault was too much for is left: those that come after it say only what they do themselves.
    """
    started: dict[tuple[Stage, str], tuple[ExitStack, Scene]] = {}

    def befallen(fault: Fault, server: str) -> Told:
        at, told = (fault.stage, server), Told()
        if at not in started:
            its_end = ExitStack()
            started[at] = (
                its_end,
                its_end.enter_context(scene(fault.stage, production=server == "gunicorn", quick=True)),
            )
        try:
            befall(started[at][1], fault, told)
        finally:
            if not told.held:
                started.pop(at)[0].close()
        return told

    yield befallen
    for its_end, _ in started.values():
        its_end.close()


@pytest.mark.parametrize(("fault", "server"), TRIED, ids=[f"{fault.name}-{server}" for fault, server in TRIED])
def test_the_viewer_stands_through(fault: Fault, server: str, befallen: Befallen) -> None:
    if why := fault.lacks():
        pytest.skip(why)
    assert befallen(fault, server).fell == []
