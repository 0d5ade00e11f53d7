"""What a model of ArchiMate says, whichever of its formats it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from modulkarta.findings import Location, Message, message

Texts = tuple[tuple[str, str], ...]
"""A text in the languages it is written in, as `(language, text)`; the language is "" where none is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A property of something, by the name its definition has."""

    name: str
    value: str
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """An element, or a relationship: what both have.

    `type` is that of ArchiMate 3, `called` what the file says where that is another word.
    """

    identifier: str
    type: str
    called: str
    names: Texts
    documentation: Texts
    rows: tuple[Row, ...]
    at: Location

    @property
    def marks(self) -> Mapping[str, str]:
        """The values of its properties by name; the last of several."""
        return {row.name: row.value for row in self.rows}


@dataclass(frozen=True, kw_only=True, slots=True)
class Link(Thing):
    """A relationship between two of the things."""

    source: str
    target: str
    access: str = ""
    influence: str = ""
    directed: str = ""


TOO_LARGE = message("den är för stor för att ligga bredvid katalogen")
"""Why something cannot be kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """Something to be kept as it is: a `view`, an `organization` (a folder), or what else is said of the model.

    `xml` is how 3.x writes it; `wrong` says why it cannot be kept. `usual` is what the program has in every model.
    """

    sort: str
    identifier: str
    name: str
    at: Location
    xml: str
    wrong: Message | None = None
    usual: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """All that one file says.

    `folders` are the paths of folders by what lies in them, `definitions` the name and type of each property.
    """

    identifier: str
    name: str
    elements: tuple[Thing, ...]
    links: tuple[Link, ...]
    views: tuple[Kept, ...]
    about: tuple[Kept, ...]
    folders: Mapping[str, str]
    definitions: Mapping[str, tuple[str, str]]
