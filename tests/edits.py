"""What people do to a catalogue, at random: series of edits for laws about what is taken over from one to the next."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

from given import TODAY, metamodel

from modulkarta import snapshot
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files

Contents = dict[str, bytes]

_SETTINGS: dict[str, list[Any]] = {
    "language": ["sv", "en"],
    "review_after": ["0d", "1y"],
    "classified": ["true"],
    "most_public_relations": ["0", "1"],
    "gap_ends": [["contract"], ["retirement", "support"]],
    "severities": [{"MK403": "error", "MK510": "info"}],
    "spellings": [{"ambulans": "Ambulans"}],
}
_FIELDS: dict[str, list[Any]] = {
    "truth": ["fact", "illustrative", "assumption"],
    "name": ["Ambulans", "journal", "Nytt namn"],
    "summary": ["Ambulans och journal", "Nytt namn, x1"],
    "reviewed": ["2019-01-01", "2026-01-01"],
    "secrecy": [{"level": "public"}, {"level": "internal"}, {"level": "secret", "fields": {"name": "public"}}],
    "lifecycle": [{"live": "2027"}, {"live": "2029-03", "retired": "2028"}, {"retired": "unknown"}],
    "criticality": [["patient-safety"], ["normal"]],
    "ends": ["2027", "2031-06-30", "unknown"],
    "former_ids": [["x1"], ["forr-nytt"]],
    "discouraged": [{"sv": ["journal"]}, {"sv": ["Ambulans", "sant"]}],
}


def read(contents: Contents, like: Snapshot | None = None, today: date = TODAY) -> Snapshot:
    """The snapshot of a catalogue, with what is as in another taken over."""
    ordered = dict(sorted(contents.items()))
    return snapshot.build(Files(root="catalogue", contents=ordered), metamodel(), today, like=like)


def written(trees: dict[str, Any]) -> Contents:
    return {path: json.dumps(tree, ensure_ascii=False).encode() for path, tree in trees.items()}


def edited(random: Random, contents: Contents, donor: Contents) -> Contents:
    """The same after an edit or a few."""
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        edit = random.choice((_field, _field, _field, _value, _value, _value, _add, _remove, _rename, _break, _settle))
        contents = edit(random, contents, donor)
    return contents


def _field(random: Random, contents: Contents, donor: Contents) -> Contents:
    """A field comes or goes, or says what it says somewhere else."""
    path, tree = _some(random, contents)
    if not tree or random.random() < 0.25:
        gone = random.choice([*tree, ""])
        return {**contents, path: _bytes(random, {key: value for key, value in tree.items() if key != gone})}
    alike = [other for other in (*donor, *contents) if _folder(other) == _folder(path)] or [path]
    other = _tree({**donor, **contents}[random.choice(alike)])
    field, value = random.choice([*other.items(), *((f, random.choice(said)) for f, said in _FIELDS.items())])
    known = metamodel().by_folder[_folder(path)].properties
    return {**contents, path: _bytes(random, {**tree, **({field: value} if field in known else {})})}


def _value(random: Random, contents: Contents, donor: Contents) -> Contents:
    """One thing is named in place of another."""
    path, tree = _some(random, contents)
    ids = [_id(one) for one in contents] + ["finns-inte"]
    text = json.dumps(tree, ensure_ascii=False)
    named = [id_ for id_ in ids if f'"{id_}"' in text]
    if named:
        text = text.replace(f'"{random.choice(named)}"', f'"{random.choice(ids)}"', random.choice((1, -1)))
    return {**contents, path: text.encode()}


def _add(random: Random, contents: Contents, donor: Contents) -> Contents:
    new = [path for path in donor if path not in contents]
    return {**contents, **({path: donor[path]} if new and (path := random.choice(new)) else {})}


def _remove(random: Random, contents: Contents, donor: Contents) -> Contents:
    path, _ = _some(random, contents)
    return {one: data for one, data in contents.items() if one != path}


def _rename(random: Random, contents: Contents, donor: Contents) -> Contents:
    """A file has another id, or lies among those of another kind."""
    path, _ = _some(random, contents)
    folder = _folder(random.choice([*contents, path])) or _folder(path)
    new = f"{_folder(path)}/{_id(path)}-ny.yaml" if random.random() < 0.6 else f"{folder}/{_id(path)}.yaml"
    return {(new if one == path else one): data for one, data in contents.items()}


def _break(random: Random, contents: Contents, donor: Contents) -> Contents:
    """Something is half written, or says what may not be said; or is whole again."""
    path, tree = _some(random, contents)
    unknown = _bytes(random, {**tree, "finns_inte": "x"})
    return {**contents, path: random.choice((b"name: [", b"", b"name: x\n}", unknown, donor.get(path, b"a: b")))}


def _settle(random: Random, contents: Contents, donor: Contents) -> Contents:
    field, said = random.choice([*_SETTINGS.items()])
    row = {"rule": "MK403", "entity": _id(_some(random, contents)[0]), "reason": "Så är det", "until": "2099"}
    settings = {"title": "T", field: random.choice(said), **({"waivers": [row]} if random.random() < 0.5 else {})}
    return {**contents, "catalogue.yaml": json.dumps(settings).encode()}


def _some(random: Random, contents: Contents) -> tuple[str, dict[str, Any]]:
    path = random.choice(
        [path for path in sorted(contents) if path != "catalogue.yaml"] or ["information/terms/t.yaml"]
    )
    return path, _tree(contents.get(path, b"{}"))


def _tree(data: bytes) -> dict[str, Any]:
    try:
        tree = json.loads(data)
    except ValueError:
        return {"name": "Halvskriven"}
    return tree if isinstance(tree, dict) else {}


def _bytes(random: Random, tree: dict[str, Any]) -> bytes:
    """A tree in few lines or many, so that what it says stands somewhere else."""
    return json.dumps(tree, ensure_ascii=False, indent=random.choice((None, 1))).encode()


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
