"""A catalogue that is like another has the same answers as one that is read for the first time, for less work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any
from unittest.mock import patch

import given
import pytest
from edits import Contents, edited, read, written
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from levels import example
from random_catalogues import made

from modulkarta import reach, rules
from modulkarta.analysis import coverage, standardisation, structure
from modulkarta.analysis.capabilities import supports
from modulkarta.analysis.information import information
from modulkarta.analysis.integrations import interfaces
from modulkarta.analysis.language.vocabulary import discouraged, recommended
from modulkarta.analysis.lifecycle.lifetime import lifetime
from modulkarta.analysis.replacement.arrival import of_system
from modulkarta.analysis.roadmap.activities import activities, links
from modulkarta.analysis.roadmap.deadlines import deadlines
from modulkarta.analysis.roadmap.timeline import events
from modulkarta.analysis.roadmap.turns import turns
from modulkarta.analysis.secrecy import hidden
from modulkarta.analysis.structure.criticality import stakes
from modulkarta.analysis.structure.needs import needs, needs_of, pairs
from modulkarta.analysis.structure.platforms import platforms_of
from modulkarta.analysis.structure.single_points import single_points
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder

BAD = sorted(path for path in (given.CATALOGUES / "bad").iterdir() if path.name >= "MK3")


def answers(catalogue: Catalogue) -> dict[str, Any]:
    """What is answered with help of what may be taken over, by question."""
    things = catalogue.entities.values()
    running = [one for one in things if one.kind.name in ("module", "system")]
    words = {language: [one.word for one in several] for language, several in discouraged(catalogue).items()}
    return {
        "events": events(catalogue), "turns": turns(catalogue), "deadlines": deadlines(catalogue),
        "arrivals": [of_system(catalogue, one.id) for one in catalogue.of_kind["system"]],
        "recommended": [[one.word for one in several] for several in recommended(catalogue).values()],
        "rows": coverage.rows(catalogue), "supports": supports(catalogue), "information": information(catalogue),
        "interfaces": interfaces(catalogue), "lifetimes": [lifetime(catalogue, one) for one in things],
        "activities": [*activities(catalogue).items()], "links": links(catalogue), "points": single_points(catalogue),
        "hidden": [one.id for one in hidden(catalogue)], "stakes": stakes(catalogue), "pairs": [*pairs(catalogue)],
        "needs": {one.id: needs_of(catalogue, one) for one in things}, "cycles": structure.cycles(catalogue),
        "breaks": structure.layer_breaks(catalogue), "doubts": standardisation.doubts(catalogue), "words": words,
        "platforms": [platforms_of(catalogue, one) for one in running], "orphans": structure.orphans(catalogue),
        "incoming": [*sorted(catalogue.incoming.items())],
        "kinds": {kind: [one.id for one in several] for kind, several in catalogue.of_kind.items()},
    }  # fmt: skip


def assert_same(warm: Snapshot, cold: Snapshot) -> None:
    """That nothing is said of one that is not of the other, in the same order."""
    assert [*map(repr, warm.findings)] == [*map(repr, cold.findings)]
    assert [*map(repr, warm.waived)] == [*map(repr, cold.waived)]
    for code, rule in rules.RULES.items():
        assert repr([*rule(warm.catalogue)]) == repr([*rule(cold.catalogue)]), code
    there, then = answers(warm.catalogue), answers(cold.catalogue)
    assert {question for question in there if repr(there[question]) != repr(then[question])} == set()
    assert needs(cold.catalogue) == then["needs"]


@settings(max_examples=120, deadline=None)
@for_any(st.integers(0, 2**16), st.integers(1, 40), st.integers(1, 6))
def test_what_is_taken_over_is_what_would_be_answered_anew(seed: int, number: int, edits: int) -> None:
    random = Random(seed)
    contents: Contents = written(made(seed, number))
    donor = written(made(seed + 1, number))
    warm = read(contents)
    for _ in range(edits):
        contents = edited(random, contents, donor)
        warm = read(contents, like=warm)
        assert_same(warm, read(contents))


@settings(max_examples=40, deadline=None)
@for_any(st.integers(0, 2**16))
def test_so_it_is_in_a_catalogue_that_hangs_together(seed: int) -> None:
    random, contents = Random(seed), written(example())
    warm = read(contents)
    for _ in range(4):
        contents = edited(random, contents, written(example()))
        warm = read(contents, like=warm)
        assert_same(warm, read(contents))


@pytest.mark.parametrize("place", BAD, ids=lambda place: place.name)
def test_each_rule_is_broken_and_mended_one_file_at_a_time(place: Any) -> None:
    bad, mended = (dict(folder.read(place / name, "catalogue").contents) for name in ("catalogue", "mended"))
    warm, contents = read(bad), bad
    for after in (mended, bad):
        for path in sorted({*bad, *mended}):
            contents = {**{one: data for one, data in contents.items() if one != path},
                        **({path: after[path]} if path in after else {})}  # fmt: skip
            warm = read(contents, like=warm)
            assert_same(warm, read(contents))
        assert contents == after


def test_on_another_day_what_depends_on_the_day_is_asked_anew() -> None:
    contents = {"catalogue.yaml": b"title: T\n", "reference/areas/t.yaml": b"name: T\nreviewed: 2025-01-01\n"}
    before = read(contents)
    after = read(contents, like=before, today=date(2027, 6, 1))
    assert [one.code for one in before.findings] == []
    assert [one.code for one in after.findings] == ["MK603"]


def test_what_is_asked_anew_does_not_grow_with_what_lies_beside() -> None:
    """Region Exempel once, four and twelve times over, and one module of the first that changes."""
    module = next(path for path, tree in example().items() if "/modules/" in path and "lifecycle" in tree)
    changed = {**example()[module], "lifecycle": {"live": "2035"}, "name": "Nytt namn"}
    counts = []
    for number in (1, 4, 12):
        contents = {path: data for n in range(number) for path, data in beside(n).items()}
        cold, whole = asked(contents, None)
        _, few = asked({**contents, **written({module: changed})}, cold)
        counts.append(few)
        assert few < whole / number / 4
    assert len(set(counts)) == 1


def beside(number: int) -> Contents:
    """Region Exempel with other ids, all its own; the first time with its own."""
    ids = {path.rpartition("/")[2].removesuffix(".yaml") for path in example()} - {"catalogue"}

    def own(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: own(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [own(inner) for inner in value]
        return f"{value}-{number}" if value in ids else value

    trees = {path: tree if path == "catalogue.yaml" else own(tree) for path, tree in example().items()}
    return written({
        path if path == "catalogue.yaml" else path.replace(".yaml", f"-{number}.yaml"): tree
        for path, tree in trees.items()
    } if number else dict(example()))  # fmt: skip


def asked(contents: Contents, like: Snapshot | None) -> tuple[Snapshot, int]:
    """A snapshot, and how often a thing was looked at for a rule."""
    number = 0

    def counting(things: Iterable[Entity]) -> Iterable[Entity]:
        nonlocal number
        several = list(things)
        number += len(several)
        return several

    with patch.object(reach, "asked", counting):
        return read(contents, like), number
