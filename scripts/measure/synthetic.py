"""A made-up catalogue of any size, for measuring: the same size and seed give the same bytes."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from measure.synthetic_entities import Fields, Making

FOLDERS: Mapping[str, tuple[str, int]] = {
    "capability": ("processes/capabilities", 25),
    "process": ("processes/processes", 40),
    "information-object": ("information/information-objects", 105),
    "term": ("information/terms", 135),
    "module": ("applications/modules", 60),
    "function": ("applications/functions", 190),
    "interface": ("applications/interfaces", 110),
    "system": ("applications/systems", 36),
    "user-group": ("applications/user-groups", 15),
    "platform": ("infrastructure/platforms", 20),
    "vision": ("roadmap/visions", 2),
    "goal": ("roadmap/goals", 8),
    "principle": ("roadmap/principles", 4),
    "milestone": ("roadmap/milestones", 55),
    "replacement": ("roadmap/replacements", 24),
    "decision": ("roadmap/decisions", 20),
    "assignment": ("roadmap/assignments", 15),
    "risk": ("roadmap/risks", 15),
    "recommendation": ("roadmap/recommendations", 5),
    "lesson": ("roadmap/lessons", 5),
    "standard": ("reference/standards", 15),
    "regulation": ("reference/regulations", 4),
    "organisation": ("reference/organisations", 25),
    "area": ("reference/areas", 15),
    "contract": ("reference/contracts", 40),
    "source": ("reference/sources", 30),
}
"""Each kind with its folder and how many there are of about a thousand."""

SMALLEST = 2 * len(FOLDERS)
SETTINGS: Fields = {
    "title": "Påhittad katalog",
    "organisation": "Region Exempel",
    "language": "sv",
    "gap_ends": ["contract", "retirement", "support"],
}
_NONE: Mapping[str, int] = {}
_WIDTH = 98
_PLAIN = re.compile(r"[\wåäöÅÄÖ](?:[\w ,.%()/-]|:(?! |$))*")


def files(entities: int, seed: int = 1, fixed: Mapping[str, int] = _NONE) -> Iterator[tuple[str, str]]:
    """The paths under `catalogue/` and the texts of so many entities, `catalogue.yaml` first.

    `fixed` says how many there are of some kinds, instead of what is usual. Raises ValueError for fewer than
    `SMALLEST`: then there is not enough of every kind to refer to.
    """
    if entities < SMALLEST:
        raise ValueError(f"minst {SMALLEST} poster behövs")
    yield "catalogue.yaml", written(SETTINGS)
    making = Making(shares(entities, fixed), seed)
    for kind, (folder, _) in FOLDERS.items():
        for index, id_ in enumerate(making.ids[kind]):
            yield f"{folder}/{id_}.yaml", written(making.entity(kind, index))


def write(folder: Path, entities: int, seed: int = 1, fixed: Mapping[str, int] = _NONE) -> Path:
    """Write a catalogue into `folder/catalogue`, in place of an earlier made-up one; answers with that path.

    Raises FileExistsError when something else is there, ValueError as `files`.
    """
    root = folder / "catalogue"
    _clear(root)
    for path, text in files(entities, seed, fixed):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
    return root


def shares(entities: int, fixed: Mapping[str, int] = _NONE) -> Mapping[str, int]:
    """How many there are of each kind: one at least, more by weight, what is left over functions; exactly so many."""
    rest, whole = entities - len(FOLDERS), sum(weight for _, weight in FOLDERS.values())
    counts = {**{kind: 1 + rest * weight // whole for kind, (_, weight) in FOLDERS.items()}, **fixed}
    return counts | {"function": counts["function"] + entities - sum(counts.values())}


def written(fields: Fields) -> str:
    """Fields as the catalogue writes them: keys in order, lists with dashes, long texts folded."""
    return "".join(f"{line}\n" for line in _lines(fields, ""))


def _clear(root: Path) -> None:
    if not root.exists():
        return
    settings = root / "catalogue.yaml"
    if not settings.is_file() or settings.read_text("utf-8") != written(SETTINGS):
        raise FileExistsError(f"{root} finns redan och är något annat; välj en annan mapp")
    shutil.rmtree(root)


def _lines(fields: Fields, indent: str) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                yield from _item(item, indent + "  ")
        elif len(value) > _WIDTH - len(indent) - len(key):
            yield f"{indent}{key}: >-"
            yield from textwrap.wrap(value, _WIDTH, initial_indent=indent + "  ", subsequent_indent=indent + "  ")
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _item(item: Fields | str, indent: str) -> Iterator[str]:
    if isinstance(item, str):
        yield f"{indent}- {_scalar(item)}"
        return
    first, *others = _lines(item, indent + "  ")
    yield f"{indent}- {first.lstrip()}"
    yield from others


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
