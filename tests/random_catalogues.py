"""Small sound catalogues with something of all that the schemas allow, for laws that hold for every catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from given import metamodel
from hypothesis import strategies as st
from levels import Trees, built, places

from modulkarta import dates
from modulkarta.findings import Finding, dotted
from modulkarta.metamodel import ANY_KIND, Kind, Relation
from modulkarta.model import Catalogue

_LATE = ("truth_of", "secrecy")
"""What speaks of the other fields, and so comes after them."""
_LISTED, _ROWS = 3, 2
_LONG_TEXT = 0.01
_MOST_SHOWN = 25_000
_SHARES = (0.0, 0.2, 0.6, 1.0)
"""How many of the fields that may be left out a thing has."""

_WORDS = (
    "Ambulans", "öppenvård", "ÅÄÖ åäö é ü", "journal", "<b>fet</b>", "R&D &amp; drift", "sant 'så'", 'kallad "X"',
    "”citat”", "=SUMMA(A1)", "#1", "# inte rubrik", "a: b", "- rad", "100 %", "null", "true", "007", "1e5", "2027-06",
    "~", "@alla", "+46 31", "🚑", "👩🏽", "日本語", "a;b,c", "{}", "[x](y)", "|rör|", "\\n", "C:\\temp", "]]>", "<!--",
    "{{namn}}", "'", '"', "*", "!ja", "&a", "x" * 30, "i\u00a0dag", "e\u0301", "NO", "-", "?",
)  # fmt: skip
_MARKDOWN = ("\n", "\n\n- ", "\n\n## Rubrik\n\n", "\n    kod\n", "\t", "  \n", " ")
_DAYS = (date(2019, 1, 1), 6000)


def trees(most: int = 15, rings: bool = True) -> st.SearchStrategy[Trees]:
    """What the files of a sound catalogue say, by their path; at most so many things, and those that they must name.

    Without `rings` no thing names, by however many steps, what names it. `levels.built` reads them.
    """
    return st.builds(made, st.integers(0, 2**16), st.integers(1, most), st.just(rings))


def made(seed: int, number: int, rings: bool = True) -> Trees:
    """The catalogue of a seed, with a number of things."""
    random = Random(seed)
    several = _several(random, number)
    kinds = [metamodel().kinds[name] for kind in several for name in (*_needed(metamodel().kinds[kind]), kind)]
    ids = _ids(random, kinds)
    found = _Shown({"catalogue.yaml": _settings(random)})
    for place, (id_, kind) in enumerate(ids.items()):
        others = {key: one for key, one in (ids.items() if rings else list(ids.items())[:place]) if key != id_}
        found[f"{kind.layer}/{kind.folder}/{id_}.yaml"] = _entity(Random(f"{seed} {place}"), kind, others, id_)
    return found


def faultless(most: int = 15, rings: bool = True) -> st.SearchStrategy[Trees]:
    """The same without what `check` would call an error, so that an import takes all of it."""
    return trees(most, rings).map(without_faults)


def without_faults(several: Trees) -> Trees:
    """A catalogue without the fields that an error is said of, or without what they are said to be of."""
    while wrong := [finding for finding in built(several).findings if finding.severity == "error"]:
        several = _Shown(several)
        for finding in wrong:
            _take_away(several, finding)
    return several


def _take_away(several: dict[str, Any], finding: Finding) -> None:
    path = finding.location.file.partition("/")[2]
    tree = dict(several.get(path, {}))
    field = next((step for step in (*finding.path[:1], "truth", "truth_of", "lifecycle") if step in tree), None)
    if field in (None, "name", *metamodel().by_folder[path.rpartition("/")[0]].schema["required"]):
        several.pop(path, None)
    else:
        several[path] = {key: value for key, value in tree.items() if key != field}


def equal(one: Catalogue, other: Catalogue) -> list[str]:
    """How the things of two catalogues differ: in what there is, in kind, or in what a file says. Empty if they do not.

    How the files are written, in which order their fields stand, and the settings, do not matter.
    """
    return list(_differences(one, other))


def _differences(one: Catalogue, other: Catalogue) -> Iterator[str]:
    for id_ in sorted({*one.entities, *other.entities}):
        a, b = one.entities.get(id_), other.entities.get(id_)
        if a is None or b is None:
            yield f"{id_}: only in the {'second' if a is None else 'first'}"
        elif a.kind.name != b.kind.name:
            yield f"{id_}: {a.kind.name}, {b.kind.name}"
        else:
            yield from (f"{id_}: {told}" for told in _told(a.document.tree, b.document.tree, ()))


def _told(a: Any, b: Any, path: tuple[str | int, ...]) -> Iterator[str]:
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted({*a, *b}):
            yield from _told(a.get(key, ...), b.get(key, ...), (*path, key))
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for index, pair in enumerate(zip(a, b, strict=True)):
            yield from _told(*pair, (*path, index))
    elif a != b:
        yield f"{dotted(path)}: {a!r}, {b!r}"


def _several(random: Random, number: int) -> list[str]:
    """Kinds at random, every other one that the one before may name."""
    several = [random.choice(sorted(metamodel().kinds))]
    while len(several) < number:
        near = _named(metamodel().kinds[several[-1]].relations) if random.random() < 0.5 else ()
        several.append(random.choice(sorted(near or metamodel().kinds)))
    return several


def _named(relations: Any) -> set[str]:
    if isinstance(relations, Relation):
        return set(relations.kinds) - {ANY_KIND}
    return {kind for inner in relations.values() for kind in _named(inner)}


def _needed(kind: Kind) -> Iterator[str]:
    """The kinds of which one must be there before one of this kind can be."""
    for name in kind.schema["required"]:
        if reference := metamodel().resolved(kind.schema["properties"][name]).get("x-reference"):
            yield reference["kinds"][0] if reference["kinds"][0] != ANY_KIND else "system"


def _ids(random: Random, kinds: list[Kind]) -> dict[str, Kind]:
    """A name in the catalogue for each thing: long ones, short ones, ones that are numbers."""
    forms = ("{kind}-{n}", "{n}", "x{n}", "{kind}-med-ett-mycket-langt-namn-som-nastan-fyller-allt-{n}")
    several: dict[str, Kind] = {}
    for number, kind in enumerate(kinds, start=1):
        several[random.choice(forms).format(kind=kind.name, n=number)[-64:].strip("-")] = kind
    return several


def _entity(random: Random, kind: Kind, others: dict[str, Kind], id_: str) -> dict[str, Any]:
    share = random.choice(_SHARES)
    optional = [name for name in kind.schema["properties"] if name not in kind.schema["required"]]
    chosen = {name for name in optional if random.random() < share}
    return _Filled(random, others, id_).entity(kind, {*kind.schema["required"], *chosen})


def _settings(random: Random) -> dict[str, str]:
    return {"title": f"Region {random.choice(_WORDS)}", "language": random.choice(("sv", "en"))}


class _Shown(dict[str, Any]):
    """Trees, of which a test that fails shows no more than the tool for such tests takes."""

    def __repr__(self) -> str:
        return super().__repr__()[:_MOST_SHOWN]


class _Filled:
    """Values of fields, as their schema means them."""

    def __init__(self, random: Random, others: dict[str, Kind], id_: str) -> None:
        self.random, self.others, self.id = random, others, id_

    def entity(self, kind: Kind, names: set[str]) -> dict[str, Any]:
        tree = self.object(kind.schema, {name for name in names if name not in _LATE})
        for name in (name for name in _LATE if name in names):
            schema = metamodel().resolved(kind.schema["properties"][name])
            within = [place for place in places(tree) if place not in kind.schema["required"]]
            if name == "secrecy":
                tree[name] = self.object(schema, {*self.names(schema), "level"} - {"fields"})
                schema = metamodel().resolved(schema["properties"]["fields"])
            marks = {key: self.value(schema["additionalProperties"]) for key in self.some(within, _LISTED)}
            if marks and name == "secrecy":
                tree[name]["fields"] = marks
            elif marks:
                tree[name] = marks
        return tree

    def object(self, schema: Any, names: set[str]) -> dict[str, Any]:
        own = {name: sub for name, sub in schema["properties"].items() if name in names}
        tree = {name: self.value(sub, name) for name, sub in own.items()}
        return {name: value for name, value in tree.items() if value not in (None, [], {})}

    def names(self, schema: Any) -> set[str]:
        optional = [name for name in schema["properties"] if name not in schema.get("required", ())]
        return {*schema.get("required", ()), *(name for name in optional if self.random.random() < 0.5)}

    def value(self, schema: Any, name: str = "") -> Any:
        """A value, None where there is none to have: nothing that may be named is there."""
        schema = metamodel().resolved(schema)
        if "x-reference" in schema:
            return next(iter(self.some(self.named(schema), 1)), None)
        if schema.get("type") == "array":
            return self.items(schema, name)
        if schema.get("type") == "object":
            tree = self.object(schema, self.names(schema))
            return tree if set(schema.get("required", ())) <= set(tree) else None
        return self.scalar(schema)

    def items(self, schema: Any, name: str) -> list[Any]:
        item = metamodel().resolved(schema["items"])
        if name == "former_ids":
            own = self.id[-40:].strip("-")
            return [f"forr-{number}-{own}" for number in range(self.random.randint(1, _LISTED))]
        if "x-reference" in item:
            return self.some(self.named(item), _LISTED)
        rows = [self.value(item) for _ in range(self.random.randint(1, _ROWS))]
        once = {repr(row): row for row in rows if row}
        return list(once.values())

    def named(self, schema: Any) -> list[str]:
        kinds = schema["x-reference"]["kinds"]
        return [id_ for id_, kind in self.others.items() if kind.name in kinds or ANY_KIND in kinds]

    def some(self, several: list[str], most: int) -> list[str]:
        return self.random.sample(several, min(len(several), self.random.randint(1, most)))

    def scalar(self, schema: Any) -> str:
        pattern = schema.get("pattern", "")
        if "enum" in schema:
            return str(self.random.choice(schema["enum"]))
        if schema.get("format") == "date-interval":
            return self.when()
        if schema["type"] == "boolean":
            return self.random.choice(("true", "false"))
        if schema["type"] == "integer":
            return str(self.random.randint(schema["minimum"], schema["maximum"]))
        if "https?" in pattern:
            return self.random.choice(("https://example.org/å?a=1&b=%20#x", "mailto:a@example.org", "http://[::1]/"))
        if "[dwmy]" in pattern:
            return self.random.choice(("6m", "0d", "52w", "9999y"))
        if pattern.startswith("^[a-z0-9]"):
            return self.random.choice(("a", "2", "vard-och-omsorg", "archimate", "test"))
        assert pattern in ("", r"\S"), pattern
        return self.text(schema)

    def when(self) -> str:
        """A date in any of the forms that may be written."""
        first, last = sorted(self.day() for _ in range(2))
        if self.random.random() < 0.1:
            return "unknown"
        forms = (first, first, first, f"{first}..{last}", f"..{last}", f"{first}..")
        return self.random.choice([form for form in forms if dates.parse(form)])

    def day(self) -> str:
        day = _DAYS[0] + timedelta(days=self.random.randrange(_DAYS[1]))
        quarter, half = (day.month + 2) // 3, 1 + day.month // 7
        forms = (f"{day:%Y}", f"{day:%Y}-H{half}", f"{day:%Y}-Q{quarter}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}")
        return self.random.choice(forms)

    def text(self, schema: Any) -> str:
        longest = schema["maxLength"]
        words = self.random.choices(
            _WORDS, k=longest if self.random.random() < _LONG_TEXT else self.random.randint(1, 5)
        )
        between = _MARKDOWN if schema.get("x-markdown") else (" ",)
        text = "".join(f"{word}{self.random.choice(between)}" for word in words)[:longest]
        return text.strip() if between == (" ",) or self.random.random() < 0.5 else text
