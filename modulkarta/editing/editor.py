"""Schemas for editors: what the metamodel says and which ids the catalogue has, as a YAML plugin wants it.

One draft-07 schema a kind, whole in itself. They help who writes; what holds is said by `check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modulkarta.dates.periods import FIRST_YEAR, LAST_YEAR
from modulkarta.findings import Message, message
from modulkarta.metamodel import ANY_KIND, SETTINGS_SCHEMA, Kind, Schema, label_of
from modulkarta.model import Catalogue
from modulkarta.rules import manual
from modulkarta.wording import Language, capital, marked, said, translated

_DRAFT = "http://json-schema.org/draft-07/schema#"
_KEPT = (
    "additionalProperties", "required", "minLength", "maxLength", "maxItems", "maxProperties", "minimum", "maximum",
    "pattern", "propertyNames", "enum",
)  # fmt: skip
MADE = "Skriven av modulkarta schema. Ändra i schemas/ eller i katalogen, och kör kommandot igen."
"""How a schema of ours is known again."""

_BY_FIELD = ("truth_of", "fields")
"""Maps whose keys are fields of the file itself."""

_DAY = r"(19|2[0-9])[0-9]{2}(-(H[12]|Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?"
DATE_PATTERN = rf"^(unknown|{_DAY}|{_DAY}\.\.|\.\.{_DAY}|{_DAY}\.\.{_DAY})$"
"""How a date is written. That the day exists and the span is no span backwards, `check` says."""

_DATES: tuple[tuple[str, Message], ...] = (
    ("${1:2027}", message("år")),
    ("${1:2027}-H${2:1}", message("halvår")),
    ("${1:2027}-Q${2:1}", message("kvartal")),
    ("${1:2027}-${2:06}", message("månad")),
    ("${1:2027}-${2:06}-${3:30}", message("dag")),
    ("${1:2027-06}..${2:2027-09}", message("mellan två datum")),
    ("..${1:2027-06}", message("senast")),
    ("${1:2027-06}..", message("tidigast")),
    ("unknown", message("okänt")),
)


def schemas(catalogue: Catalogue, language: Language) -> Mapping[str, str]:
    """The schemas by file name, one a kind and one for catalogue.yaml; the same catalogue gives the same bytes."""
    kinds = (*catalogue.metamodel.kinds.values(), catalogue.metamodel.settings)
    return {file_name(kind): _text(_Writer(catalogue, kind, language).schema()) for kind in kinds}


def file_name(kind: Kind) -> str:
    """What a kind's schema is called."""
    return f"{kind.name}.schema.json"


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Choice:
    """A value that may be written, and what it means."""

    value: str
    words: str


class _Writer:
    """Turns one kind's schema into one that stands alone."""

    def __init__(self, catalogue: Catalogue, kind: Kind, language: Language) -> None:
        self.catalogue, self.kind, self.language = catalogue, kind, language
        self.definitions: dict[str, Any] = {}

    def schema(self) -> Mapping[str, Any]:
        own = self._part(self.kind.schema, "")
        return {
            "$schema": _DRAFT,
            "$comment": MADE,
            **own,
            **({"defaultSnippets": [self._whole()]} if self.kind.folder else {}),
            "definitions": dict(sorted(self.definitions.items())),
        }

    def _part(self, schema: Schema, name: str) -> dict[str, Any]:
        schema = self.kind.metamodel.resolved(schema)
        about = self._about(schema)
        if self.kind.name == SETTINGS_SCHEMA.removesuffix(".schema.json") and (listed := self._listed(name)):
            return {**about, **listed}
        if "x-reference" in schema:
            return {**about, "$ref": self._ids(schema["x-reference"]["kinds"])}
        if schema.get("format") == "date-interval":
            return {**about, **self._date(about)}
        made = {**_type(schema), **{key: schema[key] for key in _KEPT if key in schema}, **self._inner(schema, name)}
        if isinstance(schema.get("additionalProperties"), dict):
            made |= self._map(schema, name)
        return {**about, **made, **self._values(schema)}

    def _about(self, schema: Schema) -> dict[str, Any]:
        """The heading and the words that show when somebody points at the field."""
        title, description = (self._word(schema, key) for key in ("title", "description"))
        return {key: text for key, text in (("title", title), ("description", description)) if text}

    def _word(self, schema: Schema, key: str) -> str:
        words = label_of(schema, key).in_(self.language)
        return capital(words) if key == "title" else words

    def _inner(self, schema: Schema, name: str) -> dict[str, Any]:
        inner: dict[str, Any] = {}
        if "properties" in schema:
            inner["properties"] = {key: self._part(sub, key) for key, sub in schema["properties"].items()}
        if "items" in schema:
            inner["items"] = self._part(schema["items"], f"{name}[]")
            if snippet := self._row(schema["items"]):
                inner["defaultSnippets"] = [snippet]
        return inner

    def _map(self, schema: Schema, name: str) -> dict[str, Any]:
        each = self._part(schema["additionalProperties"], "")
        fields = self.kind.properties if name in _BY_FIELD else ()
        named = {
            field: {**each, "description": self.kind.properties[field].label.in_(self.language)} for field in fields
        }
        if name == "severities":
            named = {choice.value: {**each, "description": choice.words} for choice in self._rules()}
        return {"properties": named, "additionalProperties": each} if named else {"additionalProperties": each}

    def _values(self, schema: Schema) -> dict[str, Any]:
        words, offered = schema.get("x-values"), schema.get("x-suggestions", {})
        if not words:
            return {"examples": list(offered)} if offered else {}
        told = [words[value][self.language] for value in schema["enum"]]
        numbers = [int(value) for value in schema["enum"] if value.isdecimal()]  # an editor reads 3 as a number
        if len(numbers) == len(told):
            return {"type": ["string", "integer"], "enum": [*schema["enum"], *numbers], "enumDescriptions": told * 2}
        return {"enumDescriptions": told}

    def _date(self, about: Mapping[str, str]) -> dict[str, Any]:
        how = self._said(
            message("Skrivs så noga som det är känt: 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, 2027-06..2027-09, "
                    "..2027-06, 2027-06.. eller unknown.")
        )  # fmt: skip
        return {
            "description": " ".join(part for part in (about.get("description"), how) if part),
            "type": ["string", "integer"],
            "pattern": DATE_PATTERN,
            "patternErrorMessage": how,
            "minimum": FIRST_YEAR,
            "maximum": LAST_YEAR,
            "defaultSnippets": [
                {"label": _bare(body), "description": self._said(words), "body": body} for body, words in _DATES
            ],
        }

    # What there is to choose among

    def _ids(self, kinds: Sequence[str]) -> str:
        """The definition that lists the ids of some kinds, each with its name."""
        name = "any" if ANY_KIND in kinds else "-".join(sorted(kinds))
        if name not in self.definitions:
            self.definitions[name] = self._id_schema(kinds)
        return f"#/definitions/{name}"

    def _id_schema(self, kinds: Sequence[str]) -> Mapping[str, Any]:
        known = self.catalogue.known
        ids = sorted(id_ for id_ in known if ANY_KIND in kinds or known[id_] in kinds)
        form = self.kind.metamodel.resolved({"$ref": "common.schema.json#/$defs/id"})
        if not ids:
            return {"type": "string", "pattern": form["pattern"]}
        wanted = [self.kind.metamodel.kinds[kind].plural.in_(self.language) for kind in kinds if kind != ANY_KIND]
        return {
            **_choices([_Choice(id_, self._name(id_)) for id_ in ids]),
            "errorMessage": self._unknown_id(", ".join(wanted)),
        }

    def _name(self, id_: str) -> str:
        entity = self.catalogue.entities.get(id_)
        return marked(entity.name, entity.truth("name"), self.language) if entity else id_

    def _unknown_id(self, kinds: str) -> str:
        if not kinds:
            return self._said(
                message("Id:t fanns inte i katalogen när listan skrevs. Är det nytt? Kör modulkarta schema.")
            )
        return self._said(
            message("Id:t fanns inte bland {kinds} när listan skrevs. Är det nytt? Kör modulkarta schema.", kinds=kinds)
        )

    def _listed(self, name: str) -> Mapping[str, Any] | None:
        """What catalogue.yaml may name: rules, kinds, layers, entities."""
        model, language = self.kind.metamodel, self.language
        match name:
            case "rule":
                return _choices(list(self._rules()))
            case "entity":
                return {"$ref": self._ids([ANY_KIND])}
            case "kinds[]":
                return _choices([_Choice(kind.name, kind.plural.in_(language)) for kind in model.kinds.values()])
            case "layers[]":
                return _choices([_Choice(layer, label.in_(language)) for layer, label in model.layers.items()])
        return None

    def _rules(self) -> Iterator[_Choice]:
        for code in manual.CODES:
            page = manual.page(code)
            if page and "3" <= code[2] <= "7":
                yield _Choice(code, translated(page.title, self.language))

    # What may be put in at once

    def _whole(self) -> Mapping[str, Any]:
        """A new file: what is required, and what every file should say."""
        required = self.kind.schema.get("required", ())
        body = self._body(dict.fromkeys((*required, "summary", "truth")), self.kind.schema)
        label = self.kind.label.in_(self.language)
        return {"label": self._said(message("ny fil: {kind}", kind=label)), "body": body}

    def _row(self, items: Schema) -> Mapping[str, Any] | None:
        items = self.kind.metamodel.resolved(items)
        if not (required := items.get("required")):
            return None
        return {"label": self._said(message("ny rad")), "body": self._body(required, items)}

    def _body(self, keys: Iterator[str] | Mapping[str, None] | Sequence[str], schema: Schema) -> Mapping[str, str]:
        return {key: f"${number}" for number, key in enumerate(keys, start=1) if key in schema["properties"]}

    def _said(self, words: Message) -> str:
        return said(words, self.language)


def _type(schema: Schema) -> dict[str, Any]:
    """What a value may be. Text that looks like a number or a flag is one to the plugin, but text to us."""
    type_ = schema.get("type", "object")
    if type_ != "string" or "enum" in schema:
        return {"type": type_}
    fits = re.compile(schema.get("pattern", "")).search
    types = [other for other, example in (("number", "1.5"), ("integer", "2027"), ("boolean", "true")) if fits(example)]
    if "number" in types:
        types.remove("integer")
    return {"type": ["string", *types], **({"minimum": 0} if "integer" in types and not fits("-1") else {})}


def _choices(choices: Sequence[_Choice]) -> Mapping[str, Any]:
    """A list of values with what they mean."""
    read_otherwise = [other for choice in choices if (other := _as_others_read(choice.value)) is not None]
    return {
        "enum": [choice.value for choice in choices] + read_otherwise,
        "enumDescriptions": [choice.words for choice in choices],
        "x-intellij-enum-metadata": {choice.value: choice.words for choice in choices},
    }


def _as_others_read(id_: str) -> float | bool | None:
    """What an id is to a reader of YAML 1.2 to whom it is not text: 1177 is a number there, and so is 1e3."""
    if id_ in ("true", "false"):
        return id_ == "true"
    if re.fullmatch(r"0x[0-9a-f]+|0o[0-7]+", id_):
        return int(id_, 0)
    if re.fullmatch(r"[0-9]+", id_):
        return int(id_)
    return float(id_) if re.fullmatch(r"[0-9]+e[0-9]{1,2}", id_) else None


def _bare(body: str) -> str:
    """A snippet as it looks before anybody has filled it in."""
    for mark in ("${1:", "${2:", "${3:", "}"):
        body = body.replace(mark, "")
    return body
