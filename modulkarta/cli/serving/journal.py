"""What a server that is kept up tells those who keep it: a line for each thing, for programs or for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import click

Form = Literal["json", "text"]
Tell = Callable[..., None]
"""Takes a level (`info`, `warning`, `error`), what happened, and what there is to know of it by name."""


def told_to_people(level: str, what: str, **known: object) -> None:
    """For the one who has started the viewer and sits at the screen."""
    faults = known.get("faults")
    more = [*faults] if isinstance(faults, list) else str(known.get("traceback", "")).splitlines()
    click.echo("\n  ".join((what, *more)), err=True)


def journal(form: Form) -> Tell:
    """What writes lines of a form on stderr. Nothing that is told can begin a line of its own."""
    written = _as_json if form == "json" else _as_text

    def tell(level: str, what: str, **known: object) -> None:
        line = written(datetime.now().astimezone().isoformat(timespec="milliseconds"), level, what, known)
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    return tell


def _as_json(time: str, level: str, what: str, known: dict[str, object]) -> str:
    return json.dumps({"time": time, "level": level, "what": what, **known}, ensure_ascii=False, default=str)


def _as_text(time: str, level: str, what: str, known: dict[str, object]) -> str:
    """One line, but for what is many of its own accord: where it went wrong."""
    traceback = str(known.pop("traceback", ""))
    line = " ".join((time, level, what, *(f"{name}={value}" for name, value in known.items())))
    return "\n  ".join("".join(c if c.isprintable() else "?" for c in part) for part in (line, *traceback.splitlines()))
