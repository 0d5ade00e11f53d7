"""Laws of the catalogues that other laws are tried on: they are sound, and hold something of everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import given
from hypothesis import given as of
from hypothesis import settings
from levels import Trees, built
from random_catalogues import equal, made, trees


def fields(kind: Any) -> Iterator[tuple[str, ...]]:
    def within(properties: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for one in properties:
            yield (*path, one.name)
            if one.shape == "table":
                yield from within(one.columns, (*path, one.name))

    return within(kind.properties.values(), (kind.name,))


def said(tree: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for value in tree if isinstance(tree, list) else [tree]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield (*path, key)
                yield from said(inner, (*path, key))


def test_what_it_makes_is_sound_and_together_uses_everything() -> None:
    seen: set[tuple[str, ...]] = set()
    kinds: set[str] = set()
    for seed in range(80):
        read = built(made(seed, 15))
        broken = [finding for finding in read.findings if finding.severity == "error" and finding.code < "MK4"]
        assert not broken, broken
        assert len(read.catalogue.entities) == read.files - 1
        kinds.update(entity.kind.name for entity in read.catalogue.entities.values())
        for entity in read.catalogue.entities.values():
            seen.update(said(entity.document.tree, (entity.kind.name,)))
    every = {path for kind in given.metamodel().kinds.values() for path in fields(kind)}
    assert kinds == set(given.metamodel().kinds)
    left = {path for path in every - seen if len(path) == 2}
    assert len(left) < len(seen) / 20, sorted(left)
    unused = {path[1:] for path in every} - {path[1:] for path in seen}
    assert len(unused) < 10, sorted(unused)


@settings(max_examples=15)
@of(trees(rings=False))
def test_without_rings_nothing_names_what_names_it(several: Trees) -> None:
    read = built(several)
    order = {entity: number for number, entity in enumerate(path.rpartition("/")[2][:-5] for path in several)}
    for entity in read.catalogue.entities.values():
        assert all(order[reference.target] < order[entity.id] for reference in entity.references)


@settings(max_examples=15)
@of(trees())
def test_a_catalogue_equals_itself_and_nothing_that_says_something_else(several: Trees) -> None:
    read = built(several)
    assert equal(read.catalogue, read.catalogue) == []
    some = next(iter(read.catalogue.entities.values()))
    rest = {id_: entity for id_, entity in read.catalogue.entities.items() if id_ != some.id}
    assert equal(read.catalogue, replace(read.catalogue, entities=rest)) == [f"{some.id}: only in the first"]
    document = replace(some.document, tree={**some.document.tree, "name": "Något annat"})
    told = equal(read.catalogue, replace(read.catalogue, entities={**rest, some.id: replace(some, document=document)}))
    assert len(told) == 1 and told[0].startswith(f"{some.id}: name: ")
