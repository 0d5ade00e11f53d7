"""What is classified how and why, as programs read it."""

from __future__ import annotations

from modulkarta.classification import Hidden, Text, Thing
from modulkarta.records.values import Record, written

_SAID = ("provision", "reason", "assessed_by")


def thing(one: Thing) -> Record:
    """How a thing is classified; null is what nobody has said."""
    place = one.entity.document.place(("secrecy", "level") if "secrecy" in one.entity.fields else ("name",))
    return {
        "id": one.entity.id,
        "kind": one.entity.kind.name,
        "name": one.entity.name,
        "level": one.level,
        "why": one.why,
        **{key: one.judgement.get(key) for key in _SAID},
        "assessed": written(one.entity.when("secrecy", "assessed")),
        "review_by": written(one.entity.when("secrecy", "review_by")),
        "review_due": one.review_due,
        "ends_with": one.judgement.get("ends_with"),
        "ended": one.over,
        "classes": dict(one.judgement.get("classes") or {}),
        "fields": [{"field": single.field, "level": single.level, "found": single.found} for single in one.singles],
        "hidden_from_public": [_hidden(hidden) for hidden in one.hidden],
        "file": place.file,
        "line": place.line,
    }


def text(one: Text) -> Record:
    """How a file is classified that is no thing."""
    return {"file": one.file, "level": one.level, "why": one.why}


def _hidden(one: Hidden) -> Record:
    return {"whole": one.whole, "field": one.field or None, "because": one.cause, "chain": list(one.chain)}
