"""What is asked of a tool: the catalogue it is about, the day, and arguments that are what they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from modulkarta import dates
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.nearest import shown
from modulkarta.past import NoPast, Past
from modulkarta.snapshot import Snapshot
from modulkarta.unknown import kind_of, none_of_kind, nothing_called
from modulkarta.wording import Language


class Refused(Exception):
    """A question that cannot be answered, with what to ask instead; for the one who asked."""

    def __init__(self, words: Message) -> None:
        super().__init__(words.text)
        self.words = words


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A catalogue as its audience sees it, and what was before it."""

    read: Snapshot
    past: Past | NoPast


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """An argument of a tool."""

    name: str
    what: Message
    type: Literal["string", "integer"] = "string"
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 100_000

    def schema(self) -> dict[str, Any]:
        """What JSON Schema says of it, but for its description."""
        bounds = {"minimum": self.least, "maximum": self.most} if self.type == "integer" else {}
        return {"type": self.type, **bounds, **({"enum": list(self.choices)} if self.choices else {})}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One question."""

    reading: Reading
    today: date
    language: Language
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        return self.reading.read.catalogue

    @property
    def day(self) -> date:
        """The day of the plan that is asked about, else today."""
        written = self.text("datum")
        if not written or written in dates.NOW:
            return self.today
        when = dates.parse(written)
        if when is None or not when.exact:
            raise Refused(message("”{written}” är inte en dag; skriv den som 2027-03-31.", written=shown(written)))
        return when.earliest

    def text(self, name: str) -> str:
        value = self.arguments.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def whole(self, name: str, default: int) -> int:
        value = self.arguments.get(name, default)
        return value if isinstance(value, int) else default

    def entity(self, id_: str, kind: str = "") -> Entity:
        """The thing of an id, one it had before too."""
        catalogue = self.catalogue
        found = catalogue.get(catalogue.former.get(id_, id_), kind)
        if found:
            return found
        of_kind = catalogue.metamodel.kinds[kind] if kind else None
        raise Refused(none_of_kind(catalogue, id_, of_kind) if of_kind else nothing_called(catalogue, id_))

    def kind(self, name: str) -> Kind:
        """A kind by its name, its address or what it is called."""
        found = kind_of(name, self.catalogue.metamodel)
        if isinstance(found, Message):
            raise Refused(found)
        return found


def wrong(arguments: Mapping[str, Any], parameters: Sequence[Parameter]) -> Message | None:
    """What is wrong with some arguments, None where nothing is."""
    known = {parameter.name: parameter for parameter in parameters}
    for name, value in arguments.items():
        if name not in known:
            there = ", ".join(known) or "–"
            return message("Argumentet ”{name}” finns inte. De som finns: {names}.", name=shown(name), names=there)
        if complaint := _wrong_value(known[name], value):
            return complaint
    missing = next((one.name for one in parameters if one.required and arguments.get(one.name) in (None, "")), None)
    return message("Argumentet ”{name}” behövs.", name=missing) if missing else None


def _wrong_value(parameter: Parameter, value: Any) -> Message | None:
    name = parameter.name
    if parameter.type == "integer":
        if not isinstance(value, int) or isinstance(value, bool) or not parameter.least <= value <= parameter.most:
            return message(
                "”{name}” ska vara ett helt tal från {least} till {most}.", name=name, least=parameter.least,
                most=parameter.most,
            )  # fmt: skip
    elif not isinstance(value, str):
        return message("”{name}” ska vara en text.", name=name)
    elif parameter.choices and value and value not in parameter.choices:
        return message("”{name}” ska vara något av: {choices}.", name=name, choices=", ".join(parameter.choices))
    return None
