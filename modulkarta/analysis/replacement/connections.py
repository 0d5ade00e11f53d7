"""What an existing system is connected to, and what takes each connection over when it is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modulkarta.analysis import coverage
from modulkarta.analysis.integrations import Interface, interfaces
from modulkarta.model import Catalogue, Entity


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """An interface of a system: whether it provides it, who is at the other end, and what comes instead."""

    interface: Interface
    provided: bool
    others: tuple[str, ...]
    instead: tuple[str, ...]
    """The modules of the plan that are on the same side of it, else their interfaces for the same information."""


def connections(catalogue: Catalogue, system: Entity) -> tuple[Connection, ...]:
    """The interfaces of a system that must be moved or closed, those it provides first."""
    found = {one.interface: one for one in interfaces(catalogue)}
    provided = [id_ for id_ in system.ids("provides") if id_ in found]
    required = [id_ for id_ in system.ids("requires") if id_ in found]
    return (
        *(_connection(catalogue, system, found[id_], provided=True) for id_ in provided),
        *(_connection(catalogue, system, found[id_], provided=False) for id_ in required),
    )


def _connection(catalogue: Catalogue, system: Entity, interface: Interface, *, provided: bool) -> Connection:
    same, other = (interface.providers, interface.requirers)[:: 1 if provided else -1]
    modules = _modules(catalogue, system)
    taken = tuple(id_ for id_ in modules if id_ in same)
    return Connection(
        interface=interface,
        provided=provided,
        others=tuple(id_ for id_ in other if id_ != system.id),
        instead=taken or tuple(dict.fromkeys(_alike(catalogue, interface.interface, modules))),
    )


def _modules(catalogue: Catalogue, system: Entity) -> tuple[str, ...]:
    """The modules that take over something of a system, those of which this audience is told."""
    rows = coverage.of_system(catalogue, system.id)
    return tuple(dict.fromkeys(module for row in rows for module in row.by if module in catalogue.entities))


def _alike(catalogue: Catalogue, interface: str, modules: tuple[str, ...]) -> Iterator[str]:
    """The other interfaces of some modules that carry some of the same information."""
    carried = set(catalogue.entities[interface].ids("information"))
    for module in modules:
        entity = catalogue.entities[module]
        for id_ in (*entity.ids("provides"), *entity.ids("requires")):
            other = catalogue.get(id_, "interface")
            if other and id_ != interface and carried & set(other.ids("information")):
                yield id_
