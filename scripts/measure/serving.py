"""What the viewer takes to show its first page, and to show a change in one file, as a line of JSON.

    python -m measure.serving first|again FILE CATALOGUE

`first` is from the start of the process to the last byte of the page; `again` from when the file is saved, with the
pauses in which the viewer waits to see whether more is on its way, to when its page says what the file says.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from measure import processes
from measure.pages import Server, served, settle, viewer_of
from measure.telling import tell
from measure.works import rename

_READ_AGAIN = "läst på nytt"
"""What the viewer says when it shows what the files say now."""


def first(command: list[str], file: Path) -> None:
    began = time.perf_counter()
    with served(command) as viewer:
        _page(viewer, "/")
        tell(time.perf_counter() - began, processes.worked(viewer.process), viewer.process)


def again(command: list[str], file: Path) -> None:
    with served([*command, "--watch"]) as viewer:
        page = f"/moduler/{file.stem}"
        _page(viewer, page)
        settle(viewer)
        name, before, began = f"Prov {time.time_ns()}", processes.worked(viewer.process), time.perf_counter()
        rename(file, name)
        next(line for line in viewer.said if _READ_AGAIN in line)
        shown = _page(viewer, page)
        tell(time.perf_counter() - began, processes.worked(viewer.process) - before, viewer.process)
        assert name in shown, "sidan visar inte ändringen"


def _page(viewer: Server, address: str) -> str:
    viewer.way.request("GET", address)
    answer = viewer.way.getresponse()
    assert answer.status == 200, f"{address} svarade {answer.status}"
    return answer.read().decode()


PARTS: dict[str, Callable[[list[str], Path], None]] = {"first": first, "again": again}

if __name__ == "__main__":
    part, file, root = sys.argv[1:]
    PARTS[part](viewer_of(Path(root)), Path(file))
