"""What an audience sees of a catalogue that is like another is what it would see of one that is read anew.

What is hidden most of all: an edit may hide a thing that others name, or show it again, or give it another name.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from edits import Contents, edited, read, written
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from levels import example
from random_catalogues import made
from test_reach import assert_same, beside

from modulkarta import audience
from modulkarta.analysis.coverage.evidence import system_end
from modulkarta.analysis.secrecy import masking
from modulkarta.audience import as_closed_as, narrowed
from modulkarta.levels import LEVELS, Level
from modulkarta.search import fields
from modulkarta.search.index import index
from modulkarta.snapshot import Snapshot

_SECRECY = (
    {"level": "public"}, {"level": "internal"}, {"level": "secret"}, None,
    {"level": "public", "fields": {"summary": "secret"}}, {"level": "public", "fields": {"name": "internal"}},
)  # fmt: skip


def assert_seen_the_same(warm: Snapshot, cold: Snapshot) -> None:
    """That nothing is in one that is not in the other."""
    assert_same(warm, cold)
    assert (warm.digest, warm.texts, warm.kept, warm.files) == (cold.digest, cold.texts, cold.kept, cold.files)
    assert (warm.partly, warm.audience) == (cold.partly, cold.audience)
    one, other = warm.catalogue, cold.catalogue
    assert [*map(_said, one.entities.values())] == [*map(_said, other.entities.values())]
    for name in ("settings", "known", "astray", "prose", "untold", "unseen", "laid_over", "set_aside", "repeated"):
        assert repr(_sorted(getattr(one, name))) == repr(_sorted(getattr(other, name))), name
    assert [entity.id for entity in warm.since] == [entity.id for entity in cold.since]
    assert _searched(warm) == _searched(cold)


def _said(entity: Any) -> tuple[object, ...]:
    document = entity.document
    return entity.id, entity.fields, document.tree, document.text, entity.references, document.files


def _sorted(value: Any) -> Any:
    return sorted(map(repr, value)) if isinstance(value, frozenset) else value


def _searched(read_: Snapshot) -> object:
    found = index(read_.catalogue)
    return (
        repr(found.texts), {**found.places}, {**found.spellings}, found.vocabulary, [*map(list, found.names)],
        {**found.wholes}, [entity.id for entity in found.entities],
        {word: [(one.words, one.instead) for one in several] for word, several in found.aliases.items()},
    )  # fmt: skip


def classified(random: Random, contents: Contents) -> Contents:
    """The same with another level somewhere, and maybe with a text that names what has it."""
    paths = [path for path in contents if path != "catalogue.yaml" and _tree(contents[path])]
    if not paths:
        return contents
    path, other = random.choice(paths), random.choice(paths)
    tree, secrecy = _tree(contents[path]), random.choice(_SECRECY)
    changed = {**tree, "secrecy": secrecy} if secrecy else {k: v for k, v in tree.items() if k != "secrecy"}
    contents = {**contents, **written({path: changed})}
    if random.random() < 0.5:
        names = [str(tree.get("name")), path.rpartition("/")[2].removesuffix(".yaml")]
        contents |= written({other: {**_tree(contents[other]), "summary": f"Se även {random.choice(names)}."}})
    return contents


def _tree(data: bytes) -> dict[str, Any]:
    try:
        tree = json.loads(data)
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}


def follow(random: Random, contents: Contents, donor: Contents, edits: int) -> None:
    """Edit again and again, and look each time as each audience, as a viewer that follows its files does."""
    warm = read(contents)
    for _ in range(edits):
        before = warm
        contents = classified(random, contents) if random.random() < 0.6 else edited(random, contents, donor)
        warm, cold = read(contents, like=warm), read(contents)
        level = random.choice(LEVELS)
        assert_seen_the_same(narrowed(warm, level), narrowed(cold, level))
        assert_seen_the_same(narrowed(warm, "public"), narrowed(cold, "public"))
        assert_seen_the_same(narrowed(as_closed_as(before, warm), "public"), narrowed(closed(before, cold), "public"))


def closed(before: Snapshot, after: Snapshot) -> Snapshot:
    """The one before, read for the first time, with the levels of the one after."""
    contents = {file.removeprefix("catalogue/"): text.encode() for file, text in before.texts.items()}
    return as_closed_as(read(contents), after)


@settings(max_examples=40, deadline=None)
@for_any(st.integers(0, 2**16), st.integers(2, 30))
def test_each_audience_sees_what_it_would_see_at_first(seed: int, number: int) -> None:
    follow(Random(seed), written(made(seed, number)), written(made(seed + 1, number)), 4)


@pytest.mark.parametrize("seed", range(6))
def test_so_it_is_in_a_catalogue_that_hangs_together(seed: int) -> None:
    follow(Random(seed), written(example()), written(example()), 4)


@pytest.mark.parametrize("level", ["internal", "secret"])
def test_what_is_classified_is_gone_from_texts_that_nobody_has_touched(level: Level) -> None:
    term = "information/terms"
    contents = written({
        f"{term}/a.yaml": {"name": "Canary-ZX", "secrecy": {"level": "public"}},
        f"{term}/b.yaml": {"name": "B", "summary": "Det som kallas Canary-ZX.", "secrecy": {"level": "public"}},
        f"{term}/c.yaml": {"name": "C", "summary": "Något annat.", "secrecy": {"level": "public"}},
    })  # fmt: skip
    open_ = read(contents)
    assert "Canary-ZX" in shown(narrowed(open_, "public"))
    shut = read({**contents, **written({f"{term}/a.yaml": {"name": "Canary-ZX", "secrecy": {"level": level}}})}, open_)
    for audience_ in LEVELS[: LEVELS.index(level)]:
        assert "Canary-ZX" not in shown(narrowed(shut, audience_))
    assert "Canary-ZX" in shown(narrowed(read(contents, like=shut), "public"))


@pytest.mark.parametrize("days", [("2030", "2026"), ("2026", "2030")])
def test_an_end_is_not_told_while_what_is_hidden_brings_another(days: tuple[str, str]) -> None:
    """Nothing that the public sees has changed but what it may be told of it."""

    def ending(day: str) -> Contents:
        return written({
            "applications/systems/s.yaml": {"name": "S", "contracts": ["a", "b"], "secrecy": {"level": "public"}},
            "reference/contracts/a.yaml": {"name": "A", "ends": "2027", "secrecy": {"level": "public"}},
            "reference/contracts/b.yaml": {"name": "B", "ends": day},
        })  # fmt: skip

    def end(seen: Snapshot) -> str:
        return repr(system_end(seen.catalogue, seen.catalogue.entities["s"]))

    warm, ends = None, []
    for day in days:
        warm = read(ending(day), like=warm)
        seen, cold = narrowed(warm, "public"), narrowed(read(ending(day)), "public")
        assert end(seen) == end(cold)
        assert_seen_the_same(seen, cold)
        ends.append(end(seen))
    assert ends[0] != ends[1]


def shown(seen: Snapshot) -> str:
    """All that is in what an audience sees, with what it is searched by and what has been answered of it."""
    things = [_said(entity) for entity in seen.catalogue.entities.values()]
    return repr((things, seen.findings, seen.texts, seen.catalogue.known, _searched(seen)))


def test_how_much_is_cut_does_not_grow_with_what_lies_beside() -> None:
    """Region Exempel once, four and twelve times over, some of it hidden, and one thing of the first that changes."""
    module = next(path for path, tree in example().items() if "/modules/" in path and "lifecycle" in tree)
    hidden = next(path for path in example() if "/modules/" in path and path != module)
    counts = []
    for number in (1, 4, 12):
        contents = {path: data for n in range(number) for path, data in beside(n).items()}
        contents |= written({hidden: {**example()[hidden], "secrecy": {"level": "secret"}}})
        cold = read(contents)
        whole = cuts(cold)
        changed = written({module: {**example()[module], "summary": "En annan mening."}})
        few = cuts(read({**contents, **changed}, like=cold))
        assert few < whole / number / 4
        counts.append(few)
    assert len(set(counts)) == 1


def cuts(read_: Snapshot) -> int:
    """How many things are cut for the public."""
    with patch.object(audience, "masked", wraps=masking.masked) as cut:
        narrowed(read_, "public")
    return cut.call_count


def test_how_many_texts_are_taken_apart_to_be_searched_does_not_grow_with_what_lies_beside() -> None:
    module = next(path for path in example() if "/modules/" in path)
    counts = []
    for number in (1, 4, 12):
        contents = {path: data for n in range(number) for path, data in beside(n).items()}
        cold = read(contents)
        index(cold.catalogue)
        changed = written({module: {**example()[module], "summary": "En annan mening."}})
        with patch.object(fields, "texts", wraps=fields.texts) as asked:
            index(read({**contents, **changed}, like=cold).catalogue)
        counts.append(asked.call_count)
    assert counts == [1, 1, 1]
