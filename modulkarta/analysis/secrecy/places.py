"""Where in a file a dotted path leads, when its rows may be named by the ids that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from modulkarta.findings import Path
from modulkarta.metamodel import Property

Properties = Mapping[str, Property]
_ID = re.compile(r"(?![0-9]+$)[a-z0-9]+(-[a-z0-9]+)*")
"""An id that is no row's number."""


def places(path: Path, properties: Properties, value: object) -> tuple[Path, ...]:
    """The places that a path leads to, its rows by number: itself where it leads nowhere.

    At a list a step may be a row's number, an id that the row leads to, or a column: then it is that of every row. An
    id that several rows lead to names them all, for too much is hidden rather than too little.
    """
    return tuple(dict.fromkeys(_places(path, properties, value))) or (path,)


def renamed(written: Path, properties: Properties, value: object, old: str, new: str) -> Path:
    """A path where the rows that it names by an id are named by another."""
    so_far = (written[: end + 1] for end in range(len(written)))
    rows = [isinstance(places(path, properties, value)[0][-1], int) for path in so_far]
    return tuple(new if step == old and row else step for step, row in zip(written, rows, strict=True))


def has_place(path: Path, properties: Properties, value: object) -> bool:
    """Whether a path leads to a field that a kind has; a number must be a row that the file has."""
    for step in path:
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return False
            value = value[step]
        elif step in properties and not isinstance(value, list):
            properties = _within(properties[step])
            value = value.get(step) if isinstance(value, Mapping) else None
        else:
            return False
    return True


def spelt(path: Path, properties: Properties, value: Any) -> str:
    """A path as people write it, each row by the id that it leads to where it has one."""
    steps: list[str] = []
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
            steps.append(next(filter(_ID.fullmatch, ids_of(value, properties)), str(step)))
        else:
            properties = _within(properties[step]) if step in properties else {}
            value = value.get(step) if isinstance(value, Mapping) else None
            steps.append(step)
    return ".".join(steps)


def ids_of(row: object, properties: Properties) -> Iterator[str]:
    """What a row of a list can be named by: itself, or the ids in its columns."""
    if isinstance(row, str):
        yield row
    elif isinstance(row, Mapping):
        named = (row.get(name) for name, column in properties.items() if column.relation)
        yield from (id_ for id_ in named if isinstance(id_, str))


def _places(path: Path, properties: Properties, value: Any) -> Iterator[Path]:
    if not path:
        yield ()
        return
    step, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(step, str):
        for index, row in enumerate(value):
            for left in _left_in(row, path, properties):
                yield from ((index, *way) for way in _places(left, properties, row))
        return
    inner = None
    if isinstance(value, list):
        inner = value[step] if isinstance(step, int) and step < len(value) else None
    elif isinstance(step, str):
        inner = value.get(step) if isinstance(value, Mapping) else None
        properties = _within(properties[step]) if step in properties else {}
    yield from ((step, *way) for way in _places(rest, properties, inner))


def _left_in(row: object, path: Path, properties: Properties) -> Iterator[Path]:
    """What is left of a path within a row, if it leads there: by the row's id, or by its column."""
    if any(id_ == path[0] for id_ in ids_of(row, properties)):
        yield path[1:]
    if path[0] in properties and isinstance(row, Mapping):
        yield path


def _within(property_: Property) -> Properties:
    return {column.name: column for column in property_.columns}
