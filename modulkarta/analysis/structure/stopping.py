"""What stops on a day if a thing is gone: surely, perhaps, or not since another provider takes over.

Something stops when anything it needs stops. A function or an interface stops when all who provide it do. Areas are
left aside: a provider that is in use somewhere counts. Dates that are not precise give two readings, one where what
may be in use is not there to help, and one where it is not there to fall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from modulkarta.analysis.lifecycle.lifetime import in_use
from modulkarta.analysis.structure.needs import ARCHITECTURE, PROVIDED, PROVIDERS, needed_by, needs
from modulkarta.dates import Answer
from modulkarta.model import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class Stops:
    """What stops, what may stop, and by whom something is spared that would have stopped or may stop."""

    sure: frozenset[str]
    """In every reading of the dates, if they are in use at all."""
    possible: frozenset[str]
    """In some reading; all that surely stop among them."""
    spared: Mapping[str, tuple[str, ...]]

    def of(self, id_: str, used: Answer) -> Answer:
        """Whether a thing stops that is in use that day, or may be."""
        if id_ in self.sure and used == "yes":
            return "yes"
        return "possibly" if id_ in self.possible and used != "no" else "no"


def stops(catalogue: Catalogue, gone: str, on: date) -> Stops:
    """What stops on a day if `gone` is gone, which is taken to have been in use."""
    day = _Day(catalogue=catalogue, gone=gone, used=_used(catalogue, gone, on))
    sure = _fallen(day, day.falls_surely)
    possible = _fallen(day, day.may_fall)
    return Stops(sure=sure, possible=possible, spared=dict(_spared(day, possible)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Day:
    """The catalogue on a day when one thing is gone."""

    catalogue: Catalogue
    gone: str
    used: Callable[[str], Answer]
    """Is a thing in use that day?"""

    def providers(self, id_: str) -> list[str]:
        """Who provides a function or an interface; nobody provides anything else."""
        if self.catalogue.entities[id_].kind.name not in PROVIDED:
            return []
        return [n for n in needs(self.catalogue)[id_] if self.catalogue.entities[n].kind.name in PROVIDERS]

    def falls_surely(self, id_: str, fallen: set[str]) -> bool:
        providers = self.providers(id_)
        others = (n for n in needs(self.catalogue)[id_] if n not in providers)
        if any(n in fallen and self.used(n) == "yes" for n in others):
            return True
        there = [p for p in providers if self.used(p) != "no"]
        return all(p in fallen for p in there) and any(self.used(p) == "yes" for p in there)

    def may_fall(self, id_: str, fallen: set[str]) -> bool:
        providers = self.providers(id_)
        if any(n in fallen for n in needs(self.catalogue)[id_] if n not in providers):
            return True
        left = any(self.used(p) == "yes" and p not in fallen for p in providers)
        return any(p in fallen for p in providers) and not left


def _used(catalogue: Catalogue, gone: str, on: date) -> Callable[[str], Answer]:
    @cache
    def used(id_: str) -> Answer:
        """Plans and references are not in use: they do not run, so they cannot stop."""
        entity = catalogue.entities[id_]
        runs = entity.kind.layer in ARCHITECTURE
        return "yes" if id_ == gone else in_use(catalogue, entity, on) if runs else "no"

    return used


def _fallen(day: _Day, falls: Callable[[str, set[str]], bool]) -> frozenset[str]:
    """All that fall one after another, each asked again whenever something it needs has fallen."""
    fallen, waiting = {day.gone}, [day.gone]
    while waiting:
        for id_ in needed_by(day.catalogue)[waiting.pop()]:
            if id_ not in fallen and day.used(id_) != "no" and falls(id_, fallen):
                fallen.add(id_)
                waiting.append(id_)
    return frozenset(fallen - {day.gone})


def _spared(day: _Day, possible: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What loses a provider and keeps another, or may do so, with those it keeps."""
    down = {day.gone, *possible}
    touched = {id_ for lost in down for id_ in needed_by(day.catalogue)[lost] if lost in day.providers(id_)}
    for id_ in touched:
        kept = tuple(p for p in day.providers(id_) if day.used(p) != "no" and p not in down)
        if kept and day.used(id_) != "no":
            yield id_, kept
