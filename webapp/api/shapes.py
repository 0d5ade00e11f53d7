"""The shapes of the answers, as JSON schemas; what a file may hold is said by the schemas of the catalogue only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]

TEXT: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer"}
FLAG: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date"}
TRUTH: Shape = {"type": "string", "enum": ["fact", "assumption", "illustrative", "unknown"]}
PHASES = ["planned", "introducing", "live", "retiring", "retired", "unknown"]


def thing(fields: Shape, kind: Shape) -> dict[str, Shape]:
    """What is said of one thing whose file may hold `fields`."""
    return {
        "id": TEXT,
        "kind": kind,
        "name": TEXT,
        "status": _or_null(_named("status")),
        "truth": TRUTH,
        "truths": {"type": "object", "additionalProperties": TRUTH},
        "fields": fields,
        "file": TEXT,
        "line": WHOLE,
        "url": TEXT,
    }


def body(**fields: Shape) -> Shape:
    """What is answered: what every answer begins with, and what else it says."""
    return of(schema=TEXT, version=TEXT, commit=_or_null(TEXT), datum=DAY, **fields)


def of(optional: Mapping[str, Shape] | None = None, **fields: Shape) -> Shape:
    """An object with just these fields."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(fields),
        "properties": {**fields, **(optional or {})},
    }


def several(one: Shape) -> Shape:
    return {"type": "array", "items": one}


def _named(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(one: Shape) -> Shape:
    return {"anyOf": [one, {"type": "null"}]}


_DATE = _or_null(TEXT)
_SPAN = {"from": _or_null(DAY), "to": _or_null(DAY)}
_PAGING = {"total": WHOLE, "page": WHOLE, "per_page": WHOLE}
_GAPS = {"gaps": several(_named("row")), "cannot_be_judged": several(_named("row"))}

PARTS: Mapping[str, Shape] = {
    "problem": {
        **of(
            {
                "detail": TEXT, "last_version": {"type": "string", "format": "uri-reference"},
                "successors": several(of(id=TEXT, kind=TEXT, name=TEXT, url=TEXT)),
            },
            type=TEXT, title=TEXT, status=WHOLE, instance={"type": "string", "format": "uri-reference"},
        ),
        "additionalProperties": True,
    },
    "status": of(
        phase={"type": "string", "enum": PHASES}, perhaps=_or_null({"type": "string", "enum": PHASES}), undated=FLAG,
        words=TEXT,
    ),
    "row": of(
        system=TEXT, function=_or_null(TEXT), area=_or_null(TEXT), **_SPAN, days=_or_null(WHOLE), certain=FLAG,
        days_min=_or_null(WHOLE), days_max=_or_null(WHOLE), legacy_end=_DATE, replacement_live=_DATE,
        by=several(TEXT), truth=TRUTH, accepted=_or_null(TEXT), outcome=TEXT, disposition=TEXT,
    ),
    "hull": of(**_SPAN, certain=FLAG, endless=FLAG, number=WHOLE, truth=TRUTH),
    "relation": of(
        source=TEXT, field=TEXT, target=TEXT, relation=TEXT, inverse=TEXT,
        depends={"type": "string", "enum": ["source", "target", "none"]}, truth=TRUTH, file=TEXT,
    ),
    "kind": of(
        kind=TEXT, slug=TEXT, layer=TEXT, label=TEXT, plural=TEXT, description=TEXT, number=WHOLE,
    ),
    "tile": of(entity=TEXT, status=_named("status"), gap=_or_null(_named("hull")), not_judged=FLAG, truth=TRUTH),
    "group": of(
        id=TEXT, label=TEXT, capability=_or_null(TEXT), tiles=several(_named("tile")), also=several(TEXT)
    ),
    "milestone_on_the_way": of(
        milestone=TEXT, date=_DATE, done=_DATE, standing=TEXT, certainty=_or_null(TEXT), goal=_or_null(TEXT),
        truth=TRUTH,
    ),
    "bar": of(
        entity=TEXT, starts=_DATE, ends=_DATE, steps=several(of(phase=TEXT, date=_DATE)),
        gap=_or_null(_named("hull")), truth=TRUTH,
    ),
    "event": of(entity=TEXT, occasion=TEXT, date=_DATE, **_SPAN, about=several(TEXT), truth=TRUTH),
    "difference": of(
        entity=TEXT, field=TEXT, side=TEXT, sort=TEXT, to={},
        shift=_or_null(of(days_min=_or_null(WHOLE), days_max=_or_null(WHOLE), months=_or_null(WHOLE))),
        **{"from": {}},
    ),
    "finding": of(
        code=TEXT, severity=TEXT, message=TEXT, file=TEXT, line=WHOLE, column=WHOLE, entity=_or_null(TEXT)
    ),
    "hit": of(
        entity=TEXT, kind=TEXT, name=TEXT, summary=_or_null(TEXT), score={"type": "number"}, exact=FLAG,
        why=several(TEXT), truth=TRUTH, file=TEXT,
    ),
    "named": of(entity=TEXT, kind=TEXT, name=TEXT, truth=TRUTH),
    "gap_change": of(change=TEXT, to=_or_null(_named("row")), **{"from": _or_null(_named("row"))}),
}  # fmt: skip
"""What several answers have in them, by name."""

ANSWERS: Mapping[str, Shape] = {
    "api": body(
        title=TEXT,
        description=TEXT,
        kinds=several({**PARTS["kind"], "properties": {**PARTS["kind"]["properties"], "url": TEXT}}),
        addresses={"type": "object", "additionalProperties": TEXT},
    ),
    "relations": body(id=_or_null(TEXT), **_PAGING, items=several(_named("relation"))),
    "gaps": body(**_GAPS),
    "coverage": body(system=TEXT, rows=several(_named("row"))),
    "roadmap": body(
        milestones=several(_named("milestone_on_the_way")),
        lanes=several(of(goal=_or_null(TEXT), milestones=several(TEXT), bars=several(_named("bar")))),
        events=several(_named("event")),
        undated=several(TEXT),
    ),
    "map": body(bands=several(of(id=TEXT, label=TEXT, groups=several(_named("group"))))),
    "changes": body(
        **{"from": _or_null(TEXT), "to": _or_null(TEXT)},
        nothing=FLAG,
        created=several(_named("named")),
        removed=several(_named("named")),
        renamed=several(of(**{"from": TEXT, "to": TEXT, "guessed": FLAG})),
        unread=several(TEXT),
        changed=several(_named("difference")),
        gaps=several(_named("gap_change")),
        handovers=several({"type": "object"}),
        findings=of(new=several(_named("finding")), gone=several(_named("finding"))),
        optional={"day": {"type": "object"}},
    ),
    "search": body(
        query=TEXT,
        total=WHOLE,
        with_all_words=WHOLE,
        missing=several(TEXT),
        meant=_or_null(TEXT),
        kinds=several(TEXT),
        near=several(TEXT),
        hits=several(_named("hit")),
    ),
    "export": body(
        title=TEXT,
        organisation=TEXT,
        about=TEXT,
        kinds=several(_named("kind")),
        things=several(of(**thing({"type": "object"}, TEXT))),
        relations=several(_named("relation")),
        **_GAPS,
    ),
}


def listed(kind: str) -> Shape:
    """A page of the things of a kind."""
    return body(kind={"const": kind}, **_PAGING, items=several(_named(f"{kind}.thing")))


def single(kind: str) -> Shape:
    """One thing of a kind, whole."""
    own = thing(_named(kind), {"const": kind})
    return body(**own, lines={"type": "object", "additionalProperties": WHOLE})
