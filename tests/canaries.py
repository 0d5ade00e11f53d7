"""A catalogue where every field of every kind holds something that some may not see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import repositories
from given import SCHEMAS, metamodel
from repositories import git, repository

from modulkarta.findings import dotted, undotted
from modulkarta.metamodel import Kind

CANARY = re.compile(r"kanarie|2917", re.IGNORECASE)
"""What no narrower audience may ever read: a word in every text, address and id, and the year of every date."""

FIRST = "rapport-2026-01"
"""The tag of the first of two commits."""

_MARKS = ("secrecy", "truth", "truth_of")
_JUDGEMENT = {
    "reason": "Kanarie", "provision": "Kanarie", "ends_with": "kanarie-decision", "classes": {"availability": "3"},
}  # fmt: skip
"""Why something is hidden, which is hidden with it."""
_MOST_LEVELS = 40


def trees(level: str | None, *, mentions: bool = True) -> dict[str, Any]:
    """The files of the catalogue: what is open, and what has the level (none: nobody has classified it).

    `mentions` puts a name of what has the level into the texts of what is open.
    """
    files: dict[str, Any] = {"catalogue.yaml": _settings(mentions)}
    for kind in metamodel().kinds.values():
        for id_, tree in _entities(kind, level, mentions):
            files[f"{kind.layer}/{kind.folder}/{id_}.yaml"] = tree
    return files


def written(place: Path, level: str | None, *, comments: bool) -> Path:
    """The catalogue on disk, with files that are broken, each of them secret: its folder."""
    root = place / "catalogue"
    for path, tree in trees(level, mentions=level is not None).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        comment = "# kanarie i en kommentar\n" if comments else ""
        (root / path).write_text(comment + json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")
    for path, text in (*_BROKEN.items(), *_reports(level)):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (place / "schemas").symlink_to(SCHEMAS)
    return root


def laid_over(place: Path, root: Path) -> Path:
    """A folder to lay over the catalogue, which then has something to lay more over: of each kind a thing that is
    only there, and all that a thing in the catalogue leaves out; broken files too. Nothing says for whom it is."""
    for kind in metamodel().kinds.values():
        clear, hidden = _filled(kind, hidden=False), _filled(kind, hidden=True)
        needed = {key: clear[key] for key in kind.schema["required"]} | {"secrecy": {"level": "public"}}
        more = {key: value for key, value in hidden.items() if key not in needed}
        own = {**hidden, "name": f"Kanarie tillagd {kind.name}", "former_ids": [f"kanarie-forr-{kind.name}"]}
        where = f"{kind.layer}/{kind.folder}"
        for folder, id_, tree in ((root, "tunn", needed), (place, "tunn", more), (place, "kanarie-tillagd", own)):
            file = folder / where / f"{id_}-{kind.name}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")
    broken = {path.replace("kanarie-", "kanarie-tillagd-"): text for path, text in _BROKEN.items()}
    for path, text in (*broken.items(), ("catalogue.yaml", "title: Kanarie\n"), *_reports("secret")):
        file = place / path.replace("2026-1", "2025-1")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    place.chmod(0o700)
    return place


def committed(root: Path) -> None:
    """Two commits in git: the files with other dates, a report, and as they are."""
    before = {file: file.read_text("utf-8") for file in root.rglob("*.yaml")}
    repository(root.parent)
    for file, text in before.items():
        file.write_text(text.replace("-03", "-01"), "utf-8")
    repositories.committed(root.parent, "Ändrat")
    git(root.parent, "tag", FIRST)
    for file, text in before.items():
        file.write_text(text, "utf-8")
    repositories.committed(root.parent, "Ändrat")


def _reports(level: str | None) -> Iterator[tuple[str, str]]:
    """What is written by hand for two months: one text has the level, the other is open but names what has it."""
    hidden = f"---\nsecrecy: {level}\n---\n" if level else ""
    yield "reports/2026-10.md", f"{hidden}<!-- kanarie -->\n## risker\nKanarie.\n## kanarie\nKanarie {{{{kanarie}}}}.\n"
    mention = "Jfr Kanarie module." if level else "Jfr."
    yield "reports/2026-11.md", f"---\nsecrecy: public\n---\n<!-- kanarie -->\n## risker\n{mention}\n## beslut\nInga.\n"


_BROKEN = {
    "applications/modules/kanarie-oavslutad.yaml": 'name: "Kanarie\nsecrecy: {level: secret}\n',
    "applications/modules/kanarie-felformad.yaml": "name: Kanarie\nrole: kanarieroll\nsecrecy: {level: secret}\n",
    "applications/modules/kanarie-felskriven.yaml": "name: Kanarie\nsecrecy: {level: hemlig}\n",
    "applications/kanarie-pa-villovagar.yaml": "name: Kanarie\n",
    "applications/systems/kanarie-module.yaml": "name: Kanarie\nsecrecy: {level: secret}\n",
}


def _settings(mentions: bool) -> Mapping[str, Any]:
    hidden = {"rule": "MK403", "entity": "kanarie-module", "reason": "Kanarie finns", "until": "2099-01-01"}
    return {"title": "Prov", "about": "Om kanarie-module." if mentions else "Om.", "waivers": [hidden]}


def _entities(kind: Kind, level: str | None, mentions: bool) -> Iterator[tuple[str, Any]]:
    secrecy = {"secrecy": {"level": level, **_JUDGEMENT}} if level else {}
    yield f"kanarie-{kind.name}", {**_filled(kind, hidden=True), **secrecy}
    clear = _filled(kind, hidden=False)
    telling = {"description": f"Jfr Kanarie {kind.name}."} if mentions else {}
    single = {"fields": _single(clear, level)} if level else {}
    yield f"oppen-{kind.name}", {**clear, **telling, "secrecy": {"level": "public", **single}}
    if level:
        hidden = _filled(kind, hidden=True)
        whole = [field for field in hidden if field not in kind.schema["required"]]
        yield f"delvis-{kind.name}", _with(clear, hidden, whole, level)
        within = sorted(path for field in hidden for path in _leaves(hidden[field], field) if field in whole)
        for start in range(0, len(within), _MOST_LEVELS):
            yield f"djup-{kind.name}-{start}", _with(clear, hidden, within[start : start + _MOST_LEVELS], level)


def _with(clear: Any, hidden: Any, fields: list[str], level: str) -> Any:
    """What is open, with some fields as they are where they are hidden, and so marked."""
    tree = json.loads(json.dumps(clear))
    for field in fields:
        *way, last = undotted(field)
        to, of = tree, hidden
        for step in way:
            to, of = to[step], of[step]
        to[last] = of[last]
    secrecy = {"level": "public", **_JUDGEMENT, "fields": dict.fromkeys(fields, level)}
    return {**tree, "truth_of": dict.fromkeys(fields, "assumption"), "secrecy": secrecy}


def _single(clear: Any, level: str) -> dict[str, str]:
    """The level of each single relation to something hidden, by its id."""
    lists = {field: rows for field, rows in clear.items() if isinstance(rows, list)}
    return {f"{field}.{row}": level for field, rows in lists.items() for row in rows if str(row).startswith("kanarie-")}


def _leaves(value: Any, field: str) -> Iterator[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield field
    else:
        for step, one in inner:
            yield from _leaves(one, dotted((*undotted(field), step)))


@lru_cache(maxsize=100)
def _filled(kind: Kind, *, hidden: bool) -> dict[str, Any]:
    """An entity with something in each field; what is open names what is hidden, beside what is open."""
    fields = {name: sub for name, sub in kind.schema["properties"].items() if name not in _MARKS}
    tree = {name: _value(sub, name, kind, hidden) for name, sub in fields.items()}
    tree["truth"] = "assumption"
    return {name: value for name, value in tree.items() if value not in (None, [], {})}


def _value(schema: Any, name: str, kind: Kind, hidden: bool) -> Any:
    schema = metamodel().resolved(schema)
    if "x-reference" in schema:
        allowed = [k for k in schema["x-reference"]["kinds"] if k in metamodel().kinds]
        return f"oppen-{(allowed or ['module'])[0]}"
    if schema.get("type") == "array":
        return _items(schema, name, kind, hidden)
    if schema.get("type") == "object":
        return {key: _value(sub, key, kind, hidden) for key, sub in schema.get("properties", {}).items()}
    return _scalar(schema, name, kind, hidden)


def _items(schema: Any, name: str, kind: Kind, hidden: bool) -> list[Any]:
    one = _value(schema["items"], name, kind, hidden)
    if hidden or "x-reference" not in metamodel().resolved(schema["items"]):
        return [one]
    return [one.replace("oppen-", "kanarie-"), one]


def _scalar(schema: Any, name: str, kind: Kind, hidden: bool) -> str:
    pattern = schema.get("pattern", "")
    if "enum" in schema:
        return str(schema["enum"][0])
    if schema.get("format") == "date-interval":
        return "2917-03" if hidden else "2028-03"
    if schema.get("type") in ("integer", "boolean"):
        return "1" if schema["type"] == "integer" else "true"
    if "https?" in pattern:
        return "https://kanarie.example/" if hidden else "https://example.org/"
    if "[dwmy]" in pattern:
        return "6m"
    word = "Kanarie" if hidden else "Öppen"
    if pattern.startswith("^[a-z0-9]"):
        return f"{'kanarie' if hidden else 'oppen'}-{name.replace('_', '-')}-{kind.name}"
    return f"{word} {kind.name}" if name in ("name", "short_name") else f"{word} {name}"
