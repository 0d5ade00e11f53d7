"""Two files about one thing as one document: each value is found in the file that says it."""

from __future__ import annotations

from dataclasses import dataclass

from modulkarta.findings import Location, Path
from modulkarta.source.text import Document, Tree


@dataclass(frozen=True, slots=True)
class Joined(Document):
    """What two files say together: named as the first, with its text; the tree is that of both."""

    first: Document
    more: Document

    @property
    def written(self) -> str:
        return f"{self.first.text}\n{self.more.text}"

    @property
    def files(self) -> tuple[str, ...]:
        return (self.first.file, self.more.file)

    def holder(self, path: Path) -> tuple[Document, Path]:
        own = _in_more(path, self.first.tree, self.more.tree)
        if own is None and path[:1] == ("truth_of",) and _value(self.first.tree, path) is None:
            own = ("truth",)  # what is said once for the whole of the second file
        return (self.first, path) if own is None else (self.more, own)

    def place(self, path: Path, *, key: bool = False) -> Location:
        file, own = self.holder(path)
        return file.place(own, key=key)

    def spells(self, at: Location, word: str) -> bool:
        return (self.more if at.file == self.more.file else self.first).spells(at, word)


def laid_over_row(document: Document, path: Path) -> Tree:
    """The row at a path that only the second of two files has; None for anything else."""
    if not isinstance(document, Joined) or not path or not isinstance(path[-1], int):
        return None
    own = _in_more(path, document.first.tree, document.more.tree)
    return _value(document.more.tree, own) if own else None


def _value(tree: Tree, path: Path) -> Tree:
    for step in path:
        if isinstance(tree, list) and isinstance(step, int):
            tree = tree[step]
        else:
            tree = tree.get(str(step)) if isinstance(tree, dict) else None
    return tree


def _in_more(path: Path, first: Tree, more: Tree) -> Path | None:
    """The path within the second file of what only that says; None for everything else.

    The rows of a list in the second come after those in the first.
    """
    for at, step in enumerate(path):
        if isinstance(first, list) and isinstance(more, list) and isinstance(step, int):
            return (*path[:at], step - len(first), *path[at + 1 :]) if step >= len(first) else None
        if not isinstance(more, dict) or not isinstance(step, str) or step not in more:
            return None
        if not isinstance(first, dict) or step not in first:
            return path
        first, more = first[step], more[step]
    return None
