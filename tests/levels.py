"""Catalogues whose entities and fields are given levels, for the laws of what an audience sees."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from given import GOOD, TODAY, metamodel
from hypothesis import strategies as st

from modulkarta import snapshot
from modulkarta.findings import Path, dotted
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder
from modulkarta.source.folder import Files

LEVELS = ("public", "internal", "secret")
Trees = Mapping[str, Any]
"""What files say, by their path inside the catalogue."""


def built(trees: Trees) -> Snapshot:
    """The snapshot of a catalogue whose files say this (JSON is YAML too)."""
    contents = {path: json.dumps(tree, ensure_ascii=False).encode() for path, tree in sorted(trees.items())}
    return snapshot.build(Files(root="catalogue", contents=contents), metamodel(), TODAY)


def said(read: Snapshot) -> dict[str, Any]:
    """What the files of a snapshot say, by their path."""
    trees = {entity.file.split("/", 1)[1]: entity.document.tree for entity in read.catalogue.entities.values()}
    return {"catalogue.yaml": {"title": read.catalogue.settings.title}, **trees}


@lru_cache(maxsize=1)
def example() -> dict[str, Any]:
    """Region Exempel, without its own levels."""
    read = snapshot.build(folder.read(GOOD, "catalogue"), metamodel(), TODAY)
    return {path: {key: value for key, value in tree.items() if key != "secrecy"} for path, tree in said(read).items()}


@st.composite
def levelled(draw: st.DrawFn) -> Snapshot:
    """Region Exempel where somebody has classified some of it."""
    trees = dict(example())
    paths = [path for path in trees if path != "catalogue.yaml"]
    most = draw(st.sampled_from(["public", None]))
    chosen = draw(st.lists(st.sampled_from(paths), max_size=12, unique=True))
    for path in paths:
        secrecy: dict[str, Any] | None = {"level": most} if most else None
        if path in chosen:
            secrecy = {"level": draw(st.sampled_from(LEVELS)), "reason": "motiverat"}
            fields = draw(st.lists(st.sampled_from(sorted(places(trees[path]))), max_size=3, unique=True))
            if fields:
                secrecy["fields"] = {field: draw(st.sampled_from(LEVELS)) for field in fields}
        if secrecy:
            trees[path] = {**trees[path], "secrecy": secrecy}
    return built(trees)


def places(value: Any, path: Path = ()) -> Iterator[str]:
    """Every place of a tree but the whole, dotted; the marks on fields are no fields of their own."""
    if path and path[0] in ("truth_of", "translations"):
        return
    if path:
        yield dotted(path)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from places(one, (*path, step))


def leaves(value: Any) -> Iterator[str]:
    """All text of a tree."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif value is not None:
        yield value
