"""What was written by somebody who saw only a part takes nothing away of the rest."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

import given
import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from levels import LEVELS, Trees, built, leaves
from random_catalogues import faultless
from sent_tables import ASKED, WISH
from test_merging import SOME_HIDDEN, catalogue, laid, one, reasons, texts

from modulkarta.audience import narrowed
from modulkarta.exchange.inward import Proposal, Source
from modulkarta.exchange.merging import merged
from modulkarta.exchange.merging.restoring import Entangled, Shown, restored
from modulkarta.exchange.tables import filled, filled_csv, separated, workbook
from modulkarta.snapshot import build

FILE = "applications/systems/s.yaml"


def test_a_changed_list_keeps_the_rows_that_the_file_could_not_show() -> None:
    more = {**SOME_HIDDEN, "contracts/t": "name: T\nsecrecy: {level: public}\n"}
    found = laid(more, one("system", "s", contracts=["t"]))
    assert "contracts: [r, t]" in texts(found)[FILE]
    assert "contracts: 1 uppgift som filen inte kunde visa står kvar" in reasons(found)
    assert "contracts: [r]" in texts(laid(more, one("system", "s", contracts=None)))[FILE]


def test_who_is_known_to_have_seen_all_may_take_all_away() -> None:
    proposed = one("system", "s", contracts=["q"])
    proposed = type(proposed)(kind="system", id="s", fields=proposed.fields, origins=proposed.origins,
                              whole=frozenset({"contracts"}))  # fmt: skip
    assert "contracts: [q]" in texts(laid(SOME_HIDDEN, proposed))[FILE]


@pytest.mark.parametrize(("whole", "seen", "new", "after"), [
    (["q", "x", "r"], ["q", "r"], ["r", "q", "n"], ["r", "q", "x", "n"]),
    (["x", "q"], ["q"], [], ["x"]),
    (["x"], None, ["n"], ["x", "n"]),
    ([{"a": "1", "b": "2"}], [{"a": "1"}], [{"a": "3"}], [{"a": "3", "b": "2"}]),
    ({"a": "1", "b": "2"}, {"a": "1"}, {"c": "3"}, {"b": "2", "c": "3"}),
])  # fmt: skip
def test_what_is_hidden_stays_where_it_was(whole: Any, seen: Any, new: Any, after: Any) -> None:
    assert restored(whole, seen, new) == (after, 1)


@pytest.mark.parametrize(("whole", "seen", "new", "raised"), [
    (["q", "x"], ["q"], ["x"], Shown),
    ({"a": "1", "b": "2"}, {"a": "1"}, {"b": "3"}, Shown),
    ("dolt", None, "nytt", Shown),
    ([{"a": "1", "b": "2"}], [{"a": "1"}], [], Entangled),
])  # fmt: skip
def test_what_cannot_be_put_back_is_told(whole: Any, seen: Any, new: Any, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        restored(whole, seen, new)


def _somewhat_else(random: Random, tree: dict[str, Any]) -> dict[str, Any]:
    """A tree with rows of its lists moved and taken away, as people do."""
    return {
        key: random.sample(value, random.randint(0, len(value))) if isinstance(value, list) else value
        for key, value in tree.items()
    }


@drawn(faultless(8), st.sampled_from(LEVELS[:-1]), st.integers(0, 2**16))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_was_hidden_is_lost_however_the_rest_is_changed(trees: Trees, audience: Any, seed: int) -> None:
    random = Random(seed)
    trees = {
        path: {**tree, "secrecy": {"level": random.choice(("public", "public", "secret")), "reason": "avtal"}}
        if "/" in path else tree for path, tree in trees.items()
    }  # fmt: skip
    read = built(trees)
    files = {path: json.dumps(tree, ensure_ascii=False) for path, tree in trees.items()}
    seen = narrowed(read, audience).catalogue.entities
    found = laid(files, *(one(e.kind.name, e.id, **_somewhat_else(random, e.document.tree)) for e in seen.values()))
    for id_, part in seen.items():
        own, after = read.catalogue.entities[id_], found.after.catalogue.entities[id_]
        hidden = Counter(leaves(own.document.tree)) - Counter(leaves(part.document.tree))
        assert hidden <= Counter(leaves(after.document.tree)), id_


def _filled_in(books: Mapping[str, bytes], old: str, new: str) -> tuple[Source, ...]:
    return tuple(
        Source(name=name, data=data if name.startswith("_") else data.replace(old.encode(), new.encode()))
        for name, data in books.items()
    )


def test_tables_for_fewer_change_what_they_show_and_keep_the_rest() -> None:
    files = {**SOME_HIDDEN, "contracts/t": "name: T\nsecrecy: {level: public}\n"}
    whole = catalogue(files)
    read = build(whole, given.metamodel(), given.TODAY)
    for audience, after in (("public", "[r, t]"), ("secret", "[t]")):
        books = separated.exported(narrowed(read, audience), ASKED).files
        shown = "Q [q]" if audience == "public" else "Q [q]\nR [r]"
        proposal = filled_csv.proposed(_filled_in(books, shown, "T [t]"), read, WISH)
        assert isinstance(proposal, Proposal)
        found = merged(whole, read, proposal, given.TODAY)
        assert f"contracts: {after}" in texts(found)[FILE], (audience, reasons(found), proposal)
        assert ("filen inte kunde visa" in reasons(found)) == (audience == "public")


def test_a_workbook_for_fewer_changes_what_it_shows_and_keeps_the_rest() -> None:
    whole = catalogue({**SOME_HIDDEN, "contracts/t": "name: T\nsecrecy: {level: public}\n"})
    read = build(whole, given.metamodel(), given.TODAY)
    (data,) = workbook.exported(narrowed(read, "public"), ASKED).files.values()
    book = openpyxl.load_workbook(io.BytesIO(data))
    (cell,) = (cell for row in book["Befintliga system"].iter_rows() for cell in row if cell.value == "Q [q]")
    cell.value = "T [t]"
    out = io.BytesIO()
    book.save(out)
    proposal = filled.proposed((Source(name="bok.xlsx", data=out.getvalue()),), read, WISH)
    assert isinstance(proposal, Proposal)
    assert "contracts: [r, t]" in texts(merged(whole, read, proposal, given.TODAY))[FILE]
