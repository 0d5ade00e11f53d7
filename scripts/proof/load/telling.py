"""What the run measured, in words, and whether it is what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from statistics import median

from proof.load.run import Seen, Size
from proof.load.serving import Taken

_MB = 1_000_000
MOST_GROWTH = 0.10
"""Of what a process had in memory when a fifth of the run was done."""
SHORT = 300
"""Reloads until what is kept for the next reader has filled its room before a fifth of the run is done."""
_MORE_FILES = 8
"""Open files and threads that a process may have more at the end than then: who reads at the moment differs."""


def told(seen: Seen, size: Size) -> bool:
    """Print it all; whether all promises held."""
    print(_read(seen))
    print(_times(seen))
    flat = [_flat(pid, samples, judged=size.reloads >= SHORT) for pid, samples in seen.samples.of.items()]
    if size.reloads < SHORT:
        print(f"färre än {SHORT} omläsningar: det som sparas åt nästa läsare växer ännu, och minnet döms inte")
    return _whole(seen, size) and all(flat)


def _read(seen: Seen) -> str:
    statuses = ", ".join(f"{n} med {status}" for status, n in sorted(seen.statuses.items()))
    waits = sorted(chain.from_iterable(seen.waits.values()))
    quarter = f"median {_ms(waits, 0.5)}, 99 % inom {_ms(waits, 0.99)}, längst {_ms(waits, 1)}"
    slow = max(seen.waits, key=lambda page: max(seen.waits[page], default=0))
    return (
        f"{seen.reloads} omläsningar, {seen.readings} läsningar ({statuses}) på {seen.took:.0f} s över {seen.opened} "
        f"anslutningar; {len(seen.marks)} generationer sedda av läsarna\n"
        f"svarstid: {quarter} (på {slow})\n"
        f"processortid: visaren {seen.worked:.0f} s, läsarna {seen.reading:.0f} s "
        f"({seen.reading / max(seen.readings, 1) * 1e6:.0f} µs per läsning)"
    )


def _times(seen: Seen) -> str:
    rows = [("med SIGHUP", seen.asked), ("utan", seen.found)]
    each = [f"{name} median {median(t):.2f} s, längst {max(t):.2f} s ({len(t)})" for name, t in rows if t]
    return f"från sparad fil till sida: {'; '.join(each)}"


def _whole(seen: Seen, size: Size) -> bool:
    wanted = size.readings // size.readers * size.readers
    done = seen.reloads == size.reloads and seen.readings + seen.broken >= wanted
    for fault in seen.faults[:20]:
        print(f"FEL {fault}")
    print(f"fel: {seen.broken} svar av {seen.readings}{'' if done else '; körningen blev inte klar'}")
    if seen.slow:
        print(f"{len(seen.slow)} ändringar tog så lång tid att skriva att de kan ha lästs halva")
    return done and not seen.broken


def _flat(pid: int, samples: Sequence[Taken], *, judged: bool) -> bool:
    """Whether a process has as much of everything at the end as when a fifth of the run was done."""
    early, late = _around(samples, 0.2), _around(samples, 1.0)
    growth = late.memory - early.memory
    held = growth <= max(MOST_GROWTH * early.memory, 8 * _MB)
    held = held and late.files <= early.files + _MORE_FILES and late.threads <= early.threads + _MORE_FILES
    held = held or not judged
    print(
        f"{'' if held else 'FEL '}process {pid}: {early.memory / _MB:.0f} MB efter en femtedel, "
        f"{late.memory / _MB:.0f} MB i slutet ({growth / _MB:+.1f}); trådar {early.threads} och {late.threads}, "
        f"öppna filer {early.files} och {late.files}"
    )
    return held


def _around(samples: Sequence[Taken], part: float) -> Taken:
    """The median of what was taken about a moment of the run."""
    at = int(part * (len(samples) - 1))
    near = samples[max(0, at - 4) : at + 5]
    middle = {name: median(getattr(one, name) for one in near) for name in ("memory", "threads", "files", "worked")}
    return Taken(memory=int(middle["memory"]), threads=int(middle["threads"]), files=int(middle["files"]),
                 worked=middle["worked"])  # fmt: skip


def _ms(waits: Sequence[float], part: float) -> str:
    return f"{waits[min(int(part * len(waits)), len(waits) - 1)] * 1000:.1f} ms" if waits else "-"
