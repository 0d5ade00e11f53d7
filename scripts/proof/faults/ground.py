"""The catalogue that faults befall: small, in a git repository of its own, and marked with which version it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import given
from repositories import committed, repository

_MARK = re.compile(r"\bg(\d+)x\b")


def marks(text: str) -> set[int]:
    """The versions that a text is made of: one, or it mixes them."""
    return {int(found) for found in _MARK.findall(text)}


class Ground:
    """A repository with `catalogue/` and `schemas/`; each version says its number in two files."""

    def __init__(self, place: Path) -> None:
        self.repo = repository(place / "repo")
        self.root = self.repo / "catalogue"
        self.schemas = self.repo / "schemas"
        self.number = 1
        given.written(self.repo, {**texts(1), "organisations/o": "name: Enheten\n"})
        shutil.copytree(given.SCHEMAS, self.schemas)
        committed(self.repo)

    @property
    def alfa(self) -> Path:
        return self.root / "applications/systems/alfa.yaml"

    @property
    def beta(self) -> Path:
        return self.root / "applications/systems/beta.yaml"

    def next(self) -> int:
        """The number of a version that has not been."""
        self.number += 1
        return self.number

    def write(self, number: int) -> None:
        """The files as a version has them, each whole at once."""
        for file, text in zip((self.alfa, self.beta), texts(number).values(), strict=True):
            replaced(file, text)

    def commit(self, number: int) -> str:
        """A version, written and committed: the commit's id."""
        self.write(number)
        return committed(self.repo, f"Version {number}")


def texts(number: int) -> dict[str, str]:
    """The files that say which version it is."""
    return {
        "systems/alfa": f'name: "Alfa g{number}x"\nowner: o\nsummary: Ett system i version g{number}x.\n',
        "systems/beta": f'name: "Beta g{number}x"\nowner: o\nsummary: Ett system i version g{number}x.\n',
    }


def replaced(file: Path, text: str) -> None:
    """A file written beside the old one and put in its place, as editors and git do it."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, "utf-8")
    new.replace(file)
