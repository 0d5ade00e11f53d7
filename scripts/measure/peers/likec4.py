"""LikeC4 on the same model: a catalogue in its language, a file for each entity.

Elements, kinds and references are all there; other fields are not. The only picture shows the layers, since a picture
of everything takes the more time the less there is to see. LikeC4 ends as if all were well when it finds nothing, so
the number of files that it tells is compared with how many there are.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from measure.turns import Work
from measure.works import SCHEMAS, Ground
from modulkarta import snapshot
from modulkarta.model import Catalogue, Entity

_TODAY = date(2026, 11, 30)
"""The day that made-up catalogues are from; nothing here depends on it."""
_SPECIFICATION = "specification.c4"


def works(ground: Ground, programs: Path) -> Iterator[Work]:
    model, site = ground.folder / "likec4", ground.folder / "likec4-site"
    catalogue = snapshot.load(Path(ground.root), Path(SCHEMAS), _TODAY).catalogue
    model.mkdir()
    for name, text in files(catalogue):
        (model / name).write_text(text, "utf-8")
    there, set_up = len(catalogue.entities) + 1, f"PATH={environment(programs)['PATH']}"
    asked = ["env", set_up, "NO_COLOR=1", str(programs / "likec4")]
    yield Work(
        name="likec4 validate", command=[*asked, "validate", "--json", str(model)],
        done=lambda said: (said_valid(said), said_files(said)) == (True, there),
    )  # fmt: skip
    yield Work(
        name="likec4 build", command=[*asked, "build", "--no-use-dot", "-o", str(site), str(model)],
        done=lambda said: f"found {there} source files" in said and (site / "index.html").exists(),
    )  # fmt: skip


def environment(programs: Path) -> dict[str, str]:
    """The environment where the peer's own Node comes before that of the machine, which may be too old for it."""
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The names and the texts of a model: what there may be, then a file for each entity."""
    several = catalogue.entities.values()
    yield _SPECIFICATION, "\n".join(_specification(several_kinds(catalogue))) + "\n"
    for one in several:
        yield f"{one.id}.c4", "\n".join(_entity(one, catalogue)) + "\n"


def several_kinds(catalogue: Catalogue) -> tuple[list[str], list[str], list[str]]:
    """The layers, the kinds of elements and those of relations that a catalogue has, each in order."""
    several = catalogue.entities.values()
    relations = {_relation(one.relation.field) for entity in several for one in entity.references}
    return sorted({one.kind.layer for one in several}), sorted({one.kind.name for one in several}), sorted(relations)


def said_files(said: str) -> int:
    """How many files LikeC4 tells that it read."""
    found = re.search(r'"totalFiles": (\d+)', said)
    return int(found[1]) if found else 0


def said_valid(said: str) -> bool:
    return '"valid": true' in said and '"totalErrors": 0' in said


def _specification(kinds: tuple[list[str], list[str], list[str]]) -> Iterator[str]:
    layers, elements, relations = kinds
    yield "specification {"
    yield from (f"  element {kind}" for kind in ("layer", *elements))
    yield from (f"  relationship {kind}" for kind in relations)
    yield from ("}", "model {")
    yield from (f"  {layer} = layer {_text(layer)}" for layer in layers)
    yield from ("}", "views { view index { include * } }")


def _entity(one: Entity, catalogue: Catalogue) -> Iterator[str]:
    """An element in its layer, and what it refers to."""
    yield from ("model {", f"  extend {one.kind.layer} {{")
    yield f"    {one.id} = {one.kind.name} {_text(one.name)} {{"
    yield from (f"      description {_text(str(one.fields['summary']))}" for _ in range("summary" in one.fields))
    yield from ("    }", "  }")
    for reference in one.references:
        target = catalogue.entities[reference.target]
        yield f"  {_place(one)} -[{_relation(reference.relation.field)}]-> {_place(target)}"
    yield "}"


def _place(one: Entity) -> str:
    return f"{one.kind.layer}.{one.id}"


def _relation(field: str) -> str:
    """A name for a kind of relation: words that mean something in the language are avoided."""
    return "r-" + re.sub(r"[^A-Za-z0-9]+", "-", field)


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
