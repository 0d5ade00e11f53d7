"""The viewer stands through everything: each fault once; `scripts/trust --faults` lets each happen twenty times."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import given
import pytest

sys.path.insert(0, str(given.ROOT / "scripts"))
from proof.faults import FAULTS
from proof.faults.scene import Fault, Scene, Stage, Told, befall, scene

TRIED = [(fault, server) for fault in FAULTS for server in fault.servers[:1]]
"""Each with the server that many read; with the other where it means nothing to that one."""


@pytest.fixture(scope="module")
def stages() -> Iterator[Callable[[Stage, str], Scene]]:
    """A server for all the faults that happen to a server run like that, started when the first of them does."""
    started: dict[tuple[Stage, str], Scene] = {}
    with ExitStack() as until_the_end:

        def stage(wanted: Stage, server: str) -> Scene:
            if (wanted, server) not in started:
                made = scene(wanted, production=server == "gunicorn", quick=True)
                started[wanted, server] = until_the_end.enter_context(made)
            return started[wanted, server]

        yield stage


@pytest.mark.parametrize(("fault", "server"), TRIED, ids=[f"{fault.name}-{server}" for fault, server in TRIED])
def test_the_viewer_stands_through(fault: Fault, server: str, stages: Callable[[Stage, str], Scene]) -> None:
    if why := fault.lacks():
        pytest.skip(why)
    told = Told()
    befall(stages(fault.stage, server), fault, told)
    assert told.fell == []
