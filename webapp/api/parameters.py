"""What may be asked for in an address of the API: each parameter said once, for the answers and for the description."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request

from modulkarta import dates
from modulkarta.findings import Message, message
from modulkarta.nearest import meaning, nearest, shown
from webapp.api.problems import refuse


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A parameter: what it is for, and what it may be (a JSON schema of a text or a whole number)."""

    name: str
    about: Message
    schema: dict[str, Any]
    example: str

    def allows(self, value: str) -> bool:
        """Whether a value is what the schema says."""
        if self.schema["type"] == "integer":
            whole = value.isascii() and value.isdigit() and len(value) <= 9
            return whole and self.schema["minimum"] <= int(value) <= self.schema["maximum"]
        if choices := self.schema.get("enum"):
            return value in choices
        if self.schema.get("format") == "date":
            when = dates.parse(value)
            return when is not None and when.exact and when.earliest.isoformat() == value
        return re.search(self.schema["pattern"].replace("$", r"\Z"), value) is not None


DATUM = Parameter(
    name="datum",
    about=message("Planen som den är den dagen. Utan: i dag."),
    schema={"type": "string", "format": "date", "pattern": "^(19|2[0-9])"},
    example="2028-01-01",
)
REV = Parameter(
    name="rev",
    about=message("Katalogen som den var i en rapport eller ett commit. Utan: som den är nu."),
    schema={"type": "string", "minLength": 1, "pattern": r"^\S+$"},
    example="rapport-2026-10",
)
LANG = Parameter(
    name="lang",
    about=message("Språket i ord för människor. Utan: webbläsarens, annars katalogens."),
    schema={"type": "string", "enum": ["sv", "en"]},
    example="en",
)
TIME = (DATUM, REV, LANG)
"""What every address of the API may be asked."""

PAGE = Parameter(
    name="page",
    about=message("Vilken sida av listan."),
    schema={"type": "integer", "minimum": 1, "maximum": 100_000, "default": 1},
    example="1",
)
PER_PAGE = Parameter(
    name="per_page",
    about=message("Hur många på varje sida."),
    schema={"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
    example="100",
)
PAGES = (PAGE, PER_PAGE)
MOST = Parameter(
    name="antal",
    about=message("Högst så många träffar."),
    schema={"type": "integer", "minimum": 1, "maximum": 500, "default": 20},
    example="20",
)


def checked(known: Iterable[Parameter]) -> None:
    """Refuse the request if it asks for anything else than it may."""
    by_name = {one.name: one for one in (*known, *TIME)}
    for name, values in request.args.lists():
        if name not in by_name:
            refuse(400, _unknown(name, by_name))
        if len(values) > 1:
            refuse(400, message("”{name}” står flera gånger i adressen.", name=name))
        if not by_name[name].allows(values[0]):
            refuse(400, message("”{value}” kan inte vara ”{name}”. Skriv till exempel {name}={example}.",
                                value=values[0][:60], name=name, example=by_name[name].example))  # fmt: skip


def whole(parameter: Parameter) -> int:
    """A whole number that is asked for, else the one the schema gives."""
    return int(request.args.get(parameter.name, parameter.schema["default"]))


def _unknown(name: str, known: Iterable[str]) -> Message:
    if meant := nearest(name, known):
        return meaning(message("det finns ingen parameter ”{name}”", name=shown(name)), meant)
    return message(
        "Det finns ingen parameter ”{name}” här. De som finns: {known}.", name=shown(name), known=", ".join(known)
    )
