"""Region Exempel with one kind more: a ward, which uses a module. One schema and one file; no code knows of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import given

_OF_COMMON = (
    "name", "short_name", "summary", "description", "owner", "truth", "truth_of", "sources", "reviewed", "former_ids",
    "translations", "tags", "secrecy", "lifecycle",
)  # fmt: skip
_ID = {"$ref": "common.schema.json#/$defs/id"}
_USES = {
    "kinds": ["module"],
    "relation": "använder",
    "inverse": "används på",
    "x-en": {"relation": "uses", "inverse": "used on"},
    "depends": "source",
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "ward.schema.json",
    "title": "vårdavdelning",
    "description": "En avdelning där patienter vårdas.",
    "x-plural": "vårdavdelningar",
    "x-en": {"title": "ward", "plural": "wards", "description": "A ward where patients are cared for."},
    "x-layer": "processes",
    "x-folder": "wards",
    "x-slug": "vardavdelningar",
    "x-order": 25,
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        **{name: {"$ref": f"common.schema.json#/$defs/{name}"} for name in _OF_COMMON},
        "beds": {"title": "platser", "x-en": {"title": "beds"}, "type": "integer", "minimum": 0, "maximum": 999},
        "modules": {
            "title": "moduler",
            "x-en": {"title": "modules"},
            "type": "array",
            "maxItems": 50,
            "items": {**_ID, "x-reference": _USES},
        },
    },
}
FILE = """\
name: Vårdavdelning 7
summary: Tar emot patienter som ambulansen lämnar.
beds: 12
modules:
  - prehospital-journal
"""


def with_new_kind(place: Path, file: str = FILE) -> Path:
    """A copy of the good catalogue with its schemas beside it, and the new kind: the copy's folder."""
    catalogue = shutil.copytree(given.GOOD, place / "catalogue")
    schemas = shutil.copytree(given.SCHEMAS, place / "schemas")
    (schemas / "ward.schema.json").write_text(json.dumps(SCHEMA, ensure_ascii=False), "utf-8")
    (catalogue / "processes" / "wards").mkdir()
    (catalogue / "processes" / "wards" / "avdelning-7.yaml").write_text(file, "utf-8")
    return catalogue
