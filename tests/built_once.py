"""Catalogues that a file of tests reads again and again, built once: what is built does not change, only files do."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import pytest

from modulkarta import audience, snapshot
from modulkarta import metamodel as metamodels
from modulkarta.levels import Level
from modulkarta.metamodel import Metamodel
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files

T = TypeVar("T")
_MOST = 12


@contextmanager
def built_once() -> Iterator[None]:
    """Whatever is built anew of the same bytes, schemas and day is what was built before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metamodels, "read", _remembered(metamodels.read, _schemas))
        patch.setattr(snapshot, "build", _remembered(snapshot.build, _files))
        patch.setattr(audience, "narrowed", _narrowed_once(audience.narrowed))
        yield


def _remembered(make: Callable[..., T], key: Callable[..., Hashable]) -> Callable[..., T]:
    made: dict[Hashable, T] = {}

    @wraps(make)
    def remembered(*asked: Any, like: Snapshot | None = None, **more: Any) -> T:
        if like is not None:
            return make(*asked, like=like, **more)
        of = key(*asked, **more)
        if of not in made:
            if len(made) == _MOST:
                del made[next(iter(made))]
            made[of] = make(*asked, **more)
        return made[of]

    return remembered


def _narrowed_once(narrow: Callable[[Snapshot, Level], Snapshot]) -> Callable[[Snapshot, Level], Snapshot]:
    """Of the same snapshot, not only of one that says the same."""
    made: dict[tuple[int, Level], tuple[Snapshot, Snapshot]] = {}

    def narrowed(read: Snapshot, level: Level) -> Snapshot:
        if (id(read), level) not in made:
            if len(made) == _MOST:
                del made[next(iter(made))]
            made[id(read), level] = read, narrow(read, level)
        return made[id(read), level][1]

    return narrowed


def _schemas(schemas: Mapping[str, str]) -> Hashable:
    return tuple(schemas.items())


def _files(files: Files, metamodel: Metamodel, today: date, laid_over: Files | None = None) -> Hashable:
    both = [files] if laid_over is None else [files, laid_over]
    said = [(one.root, *one.contents.items(), *one.reports.items(), repr(one.findings)) for one in both]
    return tuple(said), id(metamodel), today
