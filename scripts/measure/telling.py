"""How a driver tells what a part of its work took."""

from __future__ import annotations

import json

from measure import processes


def tell(wall: float, cpu: float, process: int) -> None:
    """Write seconds on the clock and of the processor, and the most megabytes that a process has held until now."""
    print(json.dumps({"wall": wall, "cpu": cpu, "memory": processes.peak(process)}), flush=True)
