"""Keys of another sort of file: where a key is at home, and whether a whole file lies in the wrong folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from modulkarta.findings import Finding
from modulkarta.metamodel import Kind
from modulkarta.shape import problems as faults
from modulkarta.wording import Label

_FEW = 2
"""So many keys of another kind may be slips; more say that the file is of that kind."""
_MOST_NAMED = 3


def kinds_with(key: str, kind: Kind) -> list[Label]:
    """The kinds that have a key at the top of their files; none when they are too many to tell anything."""
    having = [other.plural for other in kind.metamodel.kinds.values() if key in other.schema["properties"]]
    return having if len(having) <= _MOST_NAMED else []


def likely_kind(value: Mapping[str, Any], kind: Kind) -> Kind | None:
    """The one other kind that has all of a file's keys, when several of them are not known to its own."""
    if len(value.keys() - kind.schema["properties"].keys()) <= _FEW:
        return None
    having = [other for other in kind.metamodel.kinds.values() if value.keys() <= other.schema["properties"].keys()]
    return having[0] if len(having) == 1 else None


def gathered(found: list[Finding], value: Mapping[str, Any], kind: Kind) -> list[Finding]:
    """The findings; those of unknown keys at the top as one, if together they say that the file is of another kind."""
    likely = likely_kind(value, kind)
    if likely is None:
        return found
    strange = [finding for finding in found if finding.code == "MK201" and len(finding.path) == 1]
    strange.sort(key=lambda finding: finding.location)
    one = faults.strange_keys(strange[0].location, [str(f.path[0]) for f in strange], kind, likely)
    others = [finding for finding in found if finding not in strange]
    return [replace(one, entity=strange[0].entity, path=strange[0].path), *others]
