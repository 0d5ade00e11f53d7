"""The overlay: what may not lie in the repository, laid over what does. New things, and more of things that are there.

What it says is for the fewest unless it says otherwise, and never for more than the thing it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from modulkarta import shape
from modulkarta.analysis.secrecy import MARKS, UNCLASSIFIED, level
from modulkarta.analysis.secrecy.places import places
from modulkarta.entities import entity
from modulkarta.findings import Finding, Location, Path, Related, dotted, message, undotted
from modulkarta.levels import HIGHEST, LEVELS, Level
from modulkarta.model import Entity
from modulkarta.prose import Prose
from modulkarta.shape import problems
from modulkarta.source.joined import Joined
from modulkarta.source.text import Document, Tree


def classified(document: Document) -> Document:
    """A file about a new thing, for the fewest where it does not say for whom it is."""
    if "secrecy" in document.tree:
        return document
    return replace(document, tree={**document.tree, "secrecy": {"level": HIGHEST}})


def level_of(document: Document) -> Level:
    """For whom a file of the overlay is; the fewest where that is in doubt."""
    written = _group(document.tree.get("secrecy")).get("level")
    return next((one for one in LEVELS if one == written), HIGHEST)


def joined(first: Entity, more: Document) -> Entity | tuple[Finding, ...]:
    """A thing with what another file says of it too; or what is wrong with that file.

    Groups of fields are put together, and the rows of a list come after those that are there. What both say is wrong,
    also where they say the same: nobody could see which of them to change.
    """
    sum_ = _Sum(first.document.tree, {key: one for key, one in more.tree.items() if key not in MARKS})
    clashes = tuple(_clash(first, more, path) for path in sum_.both)
    if clashes:
        return clashes
    marks = {key: one for key, one in more.tree.items() if key in MARKS}
    unmarked = {key: one for key, one in first.document.tree.items() if key not in marks}
    tried = Joined(
        first.file, first.document.text, {**sum_.tree, **marks}, replace(first.document, tree=unmarked), more
    )
    made = entity(first.id, first.kind, tried)
    wrong = shape.broken(tried, made.fields, first.kind, first.id)
    if wrong:
        return tuple(wrong)
    tree = {**sum_.tree, **_marks(first, more, sum_)}
    return entity(first.id, first.kind, Joined(first.file, first.document.text, tree, first.document, more))


def second_text(file: str, there: Prose) -> Finding:
    """That a report's text lies here although the catalogue has one of the same month and language."""
    found = problems.said_twice(Location(file=file), message("katalogen har redan en text för den månaden"))
    return replace(found, related=(Related(location=Location(file=there.file), message=message("här")),))


@dataclass
class _Sum:
    """The trees of two files as one."""

    first: Mapping[str, Tree]
    more: Mapping[str, Tree]
    tree: dict[str, Tree] = field(init=False)
    added: dict[Path, Path] = field(default_factory=dict)
    """Where in the whole stands what the second file adds, with where it stands there."""
    both: list[Path] = field(default_factory=list)
    """What both say."""

    def __post_init__(self) -> None:
        self.tree = self._group(self.first, self.more, ())

    def _group(self, first: Mapping[str, Tree], more: Mapping[str, Tree], path: Path) -> dict[str, Tree]:
        sum_ = dict(first)
        for key, value in more.items():
            if key in first:
                sum_[key] = self._value(first[key], value, (*path, key))
            else:
                sum_[key] = value
                self.added[(*path, key)] = (*path, key)
        return sum_

    def _value(self, first: Tree, more: Tree, path: Path) -> Tree:
        if isinstance(first, dict) and isinstance(more, dict):
            return self._group(first, more, path)
        if isinstance(first, list) and isinstance(more, list):
            self.added |= {(*path, len(first) + row): (*path, row) for row in range(len(more))}
            return [*first, *more]
        self.both.append(path)
        return first


def _clash(first: Entity, more: Document, path: Path) -> Finding:
    there = Related(location=first.document.place(path, key=True), message=message("här"))
    found = problems.said_twice(
        more.place(path, key=True), message("”{field}” står redan i katalogens fil", field=dotted(path))
    )
    return replace(found, entity=first.id, path=path, related=(there,))


def _marks(first: Entity, more: Document, sum_: _Sum) -> dict[str, Tree]:
    """For whom, and on what ground, the whole is: the second file's words hold for what it adds."""
    secrecy = dict(_group(first.document.tree.get("secrecy"))) or {"level": UNCLASSIFIED}
    marks: dict[str, Tree] = {
        "secrecy": {**secrecy, "fields": {**_group(secrecy.get("fields")), **dict(_levels(first, more, sum_))}}
    }
    truths = {**_group(first.document.tree.get("truth_of")), **dict(_truths(more, sum_))}
    return {**marks, "truth_of": truths} if truths else marks


def _levels(first: Entity, more: Document, sum_: _Sum) -> Iterator[tuple[str, Level]]:
    """The level of each place where something was added, and of those within it that fewer may see."""
    least = max(level(first), level_of(more), key=LEVELS.index)
    single = _single(first, more)
    placeless = [one for path, one in single.items() if not _is_added(path, sum_)]
    least = max((least, *placeless), key=LEVELS.index)
    for path, own in sum_.added.items():
        over = [one for field_, one in single.items() if own[: len(field_)] == field_]
        here = max((least, *over), key=LEVELS.index)
        yield dotted(path), here
        for field_, one in single.items():
            if field_[: len(own)] == own and field_ != own:
                yield dotted((*path, *field_[len(own) :])), max(here, one, key=LEVELS.index)


def _is_added(path: Path, sum_: _Sum) -> bool:
    """Whether something of what stands at a path of the second file, or around it, was added."""
    return any(own[: len(path)] == path[: len(own)] for own in sum_.added.values())


def _single(first: Entity, more: Document) -> dict[Path, Level]:
    """The places of the second file that have a level of their own, rows by number."""
    levels: dict[Path, Level] = {}
    for key, value in _group(_group(more.tree.get("secrecy")).get("fields")).items():
        here = next((one for one in LEVELS if one == value), HIGHEST)
        for path in places(undotted(key), first.kind.properties, more.tree):
            levels[path] = max(levels.get(path, here), here, key=LEVELS.index)
    return levels


def _truths(more: Document, sum_: _Sum) -> Iterator[tuple[str, Tree]]:
    single = {undotted(key): truth for key, truth in _group(more.tree.get("truth_of")).items()}
    for path, own in sum_.added.items():
        over = max((field_ for field_ in single if own[: len(field_)] == field_), key=len, default=None)
        if over is not None or "truth" in more.tree:
            yield dotted(path), more.tree["truth"] if over is None else single[over]
        for field_, truth in single.items():
            if field_[: len(own)] == own and field_ != own:
                yield dotted((*path, *field_[len(own) :])), truth


def _group(value: Tree) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
