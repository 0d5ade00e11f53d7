"""The viewer stands through everything: each fault happens again and again to a real server, while pages are read.

The last good version stays up whatever happens, nothing answers with a fault of the server, and what is mended is
shown without any hand. Each row tells how often that held, how long the longest recovery took and the worst answer.
"""

from __future__ import annotations

import argparse
import signal
import sys

from proof.faults import files, machine, network, process, programs, versions
from proof.faults.scene import SERVERS, Fault, Told, befall, scene

FAULTS = (*files.FAULTS, *versions.FAULTS, *programs.FAULTS, *machine.FAULTS, *network.FAULTS, *process.FAULTS)
_TIMES = 20


def options(parser: argparse.ArgumentParser) -> None:
    """What may be chosen of the faults."""
    parser.add_argument("--times", type=int, default=_TIMES, metavar="N", help=f"varje fel N gånger ({_TIMES})")
    parser.add_argument("--server", choices=SERVERS, action="append", help="bara den; annars båda")


def prove(asked: argparse.Namespace) -> bool:
    """Let each happen; whether all were stood through every time."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # or the server would be left
    wanted = asked.server or SERVERS
    chosen = [fault for fault in FAULTS if not asked.only or asked.only.search(fault.name)]
    print(_line("fel", "server", "gånger", "höll", "åter s", "svar s", "minne MB", "svar"), flush=True)
    held = [_proved(fault, server, asked.times) for fault in chosen for server in fault.servers if server in wanted]
    return all(held) and bool(held)


def _proved(fault: Fault, server: str, times: int) -> bool:
    if why := fault.lacks():
        print(f"{fault.words:<34} {server:<8} prövades inte: {why}")
        return True
    told = Told()
    with scene(fault.stage, production=server == "gunicorn") as where:
        for _ in range(times):
            befall(where, fault, told)
    print(_row(fault, server, told), flush=True)
    for words in dict.fromkeys(told.fell):
        print(f"    {words}", flush=True)
    return told.held == told.times


def _row(fault: Fault, server: str, told: Told) -> str:
    answers = ", ".join(f"{status}: {n}" for status, n in sorted(told.tally.statuses.items()))
    lost = f", avbrutna: {sum(told.tally.lost.values())}" if told.tally.lost else ""
    return _line(
        fault.words, server, told.times, told.held, f"{told.longest:.1f}", f"{told.tally.slowest:.2f}",
        f"{told.grown / 1e6:.1f}", answers + lost,
    )  # fmt: skip


def _line(fault: str, server: str, *figures: object) -> str:
    *numbers, answers = figures
    return f"{fault:<34} {server:<8} {' '.join(f'{one:>8}' for one in numbers)}  {answers}"
