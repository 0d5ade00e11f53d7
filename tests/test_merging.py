"""What is proposed becomes changes of files: nothing with an error gets in, and every item is accounted for."""

from __future__ import annotations

import json

import given
import pytest
from given import Given
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from levels import LEVELS, example

from modulkarta.audience import narrowed
from modulkarta.exchange.inward import Item, Origin, Outcome, Proposal, Proposed
from modulkarta.exchange.merging import Merged, merged
from modulkarta.findings import Location
from modulkarta.levels import Level
from modulkarta.snapshot import build
from modulkarta.source.folder import Files
from modulkarta.source.text import Tree
from modulkarta.wording import said

FILES = {
    "modules/a": "name: A\n# varför\ndepends_on:\n  - b  # sedan länge\nowner: x\n",
    "modules/b": "name: B\n",
    "modules/m": "name: M\n",
    "systems/s": "name: S\n",
}


def catalogue(files: Given) -> Files:
    contents = {path: text.encode() for path, text in given.whole_paths(files).items()}
    return Files(root="catalogue", contents=contents)


def origin(name: str) -> Origin:
    return Origin(sort="rad", name=name, at=Location(file="bok.xlsx"))


def one(kind: str, id_: str, **fields: Tree) -> Proposed:
    return Proposed(kind=kind, id=id_, fields=fields, origins=(origin(id_),))


def laid(files: Given, *several: Proposed, items: tuple[Item, ...] = (), beside: Given | None = None) -> Merged:
    whole = catalogue(files)
    read = build(whole, given.metamodel(), given.TODAY)
    kept = {path: text.encode() for path, text in (beside or {}).items()}
    return merged(whole, read, Proposal(proposed=several, items=items, beside=kept), given.TODAY)


def outcomes(found: Merged) -> dict[str, Outcome]:
    return {item.origin.name: item.outcome for item in found.items}


def reasons(found: Merged) -> str:
    return "\n".join(said(reason, "sv") for item in found.items for reason in item.reasons)


def texts(found: Merged) -> dict[str, str]:
    return {change.path: (change.after or b"").decode() for change in found.changes}


def test_a_new_thing_gets_a_file_in_the_catalogues_style() -> None:
    found = laid(FILES, one("module", "ny", depends_on=["a"], name="Ny: modul", summary=None))
    assert texts(found) == {"applications/modules/ny.yaml": 'name: "Ny: modul"\ndepends_on:\n  - a\n'}
    assert outcomes(found) == {"ny": "new"}


def test_only_the_lines_that_differ_change() -> None:
    found = laid(FILES, one("module", "a", name="A", depends_on=["b", "m"], summary="Kort."))
    (text,) = texts(found).values()
    assert text == "name: A\nsummary: Kort.\n# varför\ndepends_on:\n  - b  # sedan länge\n  - m\nowner: x\n"
    assert outcomes(found) == {"a": "changed"}


def test_what_says_the_same_changes_nothing() -> None:
    found = laid(FILES, one("module", "a", name="A", depends_on=["b"], summary=None), one("module", "b", name="B\n"))
    assert not found.changes and set(outcomes(found).values()) == {"same"}


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [
        (one("grej", "ny", name="Ny"), "grej"),
        (one("module", "Ny!", name="Ny"), "inte ett id"),
        (one("module", "s", name="Ny"), "redan id för"),
        (one("module", "ny"), "name"),
        (one("module", "ny", name="Ny", nme="x"), "okänd nyckel"),
        (one("module", "ny", name="N\u2028y"), "osynligt"),
        (one("module", "ny", name="N\ud800y"), "tecken"),
    ],
)
def test_what_cannot_be_taken_is_skipped_with_its_reason(proposed: Proposed, reason: str) -> None:
    found = laid(FILES, proposed)
    assert not found.changes and set(outcomes(found).values()) == {"skipped"}
    assert reason in reasons(found)


def test_the_first_of_two_with_the_same_id_counts() -> None:
    found = laid(FILES, one("module", "ny", name="Ny"), one("module", "ny", name="Annan"))
    assert [item.outcome for item in found.items] == ["new", "skipped"]
    assert "två gånger" in reasons(found) and len(found.changes) == 1


def test_what_refers_to_something_skipped_does_so_no_longer_and_says_so() -> None:
    broken = one("module", "trasig", name="Trasig", nme="x")
    found = laid(FILES, broken, one("module", "ny", name="Ny", depends_on=["trasig", "a"]))
    assert outcomes(found) == {"trasig": "skipped", "ny": "new"}
    assert texts(found)["applications/modules/ny.yaml"] == "name: Ny\ndepends_on:\n  - a\n"
    assert "trasig" in reasons(found).splitlines()[-1]


def test_what_cannot_be_without_something_skipped_is_skipped_too() -> None:
    broken = one("system", "trasig", name="Trasig", nme="x")
    plan = one("replacement", "plan", name="Plan", replaces="trasig")
    further = one("module", "ny", name="Ny", sources=[{"source": "plan"}])
    found = laid(FILES, broken, plan, further)
    assert outcomes(found) == {"trasig": "skipped", "plan": "skipped", "ny": "new"}
    assert texts(found)["applications/modules/ny.yaml"] == "name: Ny\n"


def test_a_long_chain_of_what_cannot_be_without_each_other_ends() -> None:
    ends: dict[str, Tree] = {"name": "R", "type": "Association", "target": "a"}
    chain = [one("relationship", f"r{n}", **ends, source=f"r{n - 1}" if n else "borta") for n in range(40)]
    found = laid(FILES, *chain)
    assert set(outcomes(found).values()) == {"skipped"} and not found.changes
    assert all(item.reasons for item in found.items)


def test_a_file_that_has_an_error_already_may_keep_it_and_get_no_other() -> None:
    found = laid({"modules/a": "name: A\ndepends_on: [borta]\n"}, one("module", "a", summary="Kort."))
    assert outcomes(found) == {"a": "changed"} and not found.findings


def test_a_ring_is_not_closed_by_what_comes_in() -> None:
    found = laid(FILES, one("module", "b", depends_on=["a"]))
    assert outcomes(found) == {"b": "same"} and not found.changes and "ring" in reasons(found)


def test_what_another_already_is_elsewhere_is_not_brought_in_again() -> None:
    there: Tree = [{"system": "archimate", "value": "id-1"}]
    files = {"modules/m": "name: M\nexternal_ids:\n  - {system: archimate, value: id-1}\n"}
    found = laid(
        files, one("module", "b", name="B", external_ids=there), one("module", "z", name="Z", external_ids=there)
    )
    assert outcomes(found) == {"b": "skipped", "z": "skipped"} and "heter också" in reasons(found)


def test_files_kept_beside_are_changes_too() -> None:
    found = laid(FILES, beside={"vyer/modell.xml": "<x/>"})
    assert texts(found) == {"vyer/modell.xml": "<x/>"}


KINDS = st.sampled_from(["module", "system", "function", "grej"])
IDS = st.sampled_from(["a", "b", "s", "c", "d", "e f"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "x: y", "", "två\nrader"]),
        "depends_on": st.lists(IDS, max_size=3),
        "external_ids": st.lists(st.fixed_dictionaries({"system": IDS, "value": IDS}), max_size=2),
        "order": st.sampled_from(["1", "x"]),
        "summary": st.none() | st.text(max_size=5),
    },
)


@drawn(st.lists(st.tuples(KINDS, IDS, FIELDS), max_size=5))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_items_out_are_items_in_and_no_error_gets_in(several: list[tuple[str, str, dict[str, Tree]]]) -> None:
    proposed = [one(kind, id_, **fields) for kind, id_, fields in several]
    other = Item(origin=origin("vy"), outcome="aside")
    found = laid(FILES, *proposed, items=(other,))
    assert [item.origin for item in found.items] == [*(p.origins[0] for p in proposed), other.origin]
    assert all(item.reasons for item in found.items if item.outcome == "skipped")
    before = build(catalogue(FILES), given.metamodel(), given.TODAY)
    now = {**catalogue(FILES).contents, **{change.path: change.after or b"" for change in found.changes}}
    after = build(Files(root="catalogue", contents=now), given.metamodel(), given.TODAY)
    assert after.digest == found.after.digest
    assert after.count("error") <= before.count("error")


SOME_HIDDEN = {
    "systems/s": "name: S\ncontracts: [q, r]\nsecrecy: {level: public}\n",
    "contracts/q": "name: Q\nsecrecy: {level: public}\n",
    "contracts/r": "name: R\nsecrecy: {level: secret, reason: avtal}\n",
}


def test_what_the_others_were_not_shown_is_not_taken_away_when_their_file_comes_back() -> None:
    found = laid(SOME_HIDDEN, one("system", "s", contracts=["q"], summary="Ny."))
    assert "contracts: [q, r]" in texts(found)["applications/systems/s.yaml"]
    assert "summary: Ny." in texts(found)["applications/systems/s.yaml"]
    assert "contracts: filen har bara det som alla eller de egna får se" in reasons(found)
    assert not laid(SOME_HIDDEN, one("system", "s", contracts=["q"])).changes


def test_what_nobody_was_shown_so_is_a_change() -> None:
    found = laid(SOME_HIDDEN, one("system", "s", contracts=["r"]))
    assert "contracts: [r]" in texts(found)["applications/systems/s.yaml"]


@pytest.mark.parametrize("audience", LEVELS)
def test_what_an_audience_sees_changes_nothing_when_it_comes_back(audience: Level) -> None:
    trees = {
        path: {**tree, "secrecy": {"level": LEVELS[n % 3], "reason": "avtal"}} if "/" in path else tree
        for n, (path, tree) in enumerate(example().items())
    }
    files = {path: json.dumps(tree, ensure_ascii=False) for path, tree in trees.items()}
    read = build(catalogue(files), given.metamodel(), given.TODAY)
    seen = narrowed(read, audience).catalogue.entities.values()
    found = laid(files, *(one(entity.kind.name, entity.id, **entity.document.tree) for entity in seen))
    assert seen and not found.changes and {item.outcome for item in found.items} == {"same"}
