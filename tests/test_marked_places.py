"""A single relation with a level of its own: named by the id that it leads to, it is hidden wherever it stands."""

from __future__ import annotations

import pytest
from given import read
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from levels import built, example, said

from modulkarta.analysis.secrecy import field_levels
from modulkarta.analysis.secrecy.places import has_place, places
from modulkarta.audience import as_closed_as, narrowed
from modulkarta.levels import LEVELS
from modulkarta.wording import said as worded

A, B = "name: A\nsecrecy: {level: public}\n", "name: B\nsecrecy: {level: public}\n"
CONTRACTS = {"contracts/a": A, "contracts/b": B}


def system(fields: str, contracts: str = "[a, b]") -> dict[str, str]:
    return {
        **CONTRACTS,
        "systems/s": f"name: S\ncontracts: {contracts}\nsecrecy: {{level: public, fields: {fields}}}\n",
    }


@pytest.mark.parametrize("contracts", ["[a, b]", "[b, a]"])
def test_a_relation_is_hidden_wherever_it_stands(contracts: str) -> None:
    seen = narrowed(read(system("{contracts.b: internal}", contracts)), "public").catalogue
    assert seen.entities["s"].fields["contracts"] == ["a"] and {"a", "b"} <= seen.entities.keys()
    assert seen.entities["s"].fields["secrecy"] == {"level": "public"} and not seen.incoming.get("b")


@settings(max_examples=15)
@drawn(st.sampled_from(LEVELS), st.data())
def test_an_id_hides_what_the_number_hides(level: str, data: st.DataObject) -> None:
    trees = example()
    lists = [(path, name) for path, tree in trees.items() for name, rows in tree.items()
             if isinstance(rows, list) and rows and all(isinstance(row, str) for row in rows)]  # fmt: skip
    path, name = data.draw(st.sampled_from(sorted(lists)))
    row = data.draw(st.integers(0, len(trees[path][name]) - 1))
    secrecies = [{"level": "public", "fields": {f"{name}.{step}": level}} for step in (row, trees[path][name][row])]
    by_number, by_id = (
        narrowed(built({**trees, path: {**trees[path], "secrecy": secrecy}}), "public") for secrecy in secrecies
    )
    assert said(by_number).get(path, {}).get(name) == said(by_id).get(path, {}).get(name)


def test_a_row_is_named_by_any_id_in_it_and_a_column_is_that_of_all_rows() -> None:
    files = {
        "functions/f": "name: F\n", "functions/g": "name: G\n", "modules/m": "name: M\n", "systems/s": "name: S\n",
        "replacements/r": "name: R\nreplaces: s\nfunctions:\n"
        "- {function: f, disposition: replaced, by: [{module: m}]}\n"
        "- {function: g, disposition: replaced, by: [{module: m}]}\n"
        "secrecy: {level: public, fields: {functions.g.by: internal, functions.function: public}}\n",
    }  # fmt: skip
    levels = field_levels(read(files).catalogue.entities["r"])
    assert levels == {("functions", 1, "by"): "internal", ("functions", 0, "function"): "public",
                      ("functions", 1, "function"): "public"}  # fmt: skip


def test_of_two_levels_for_one_place_the_higher_holds_for_every_audience() -> None:
    found = read(system("{contracts.b: public, contracts.1: internal}"))
    assert field_levels(found.catalogue.entities["s"]) == {("contracts", 1): "internal"}
    for audience in ("public", "internal"):
        told = narrowed(narrowed(found, "internal"), audience).catalogue.entities["s"].fields["contracts"]
        assert told == (["a"] if audience == "public" else ["a", "b"])


@pytest.mark.parametrize("field", ["contracts.c", "contracts.contracts", "contracts.9", "kontracts.a"])
def test_what_leads_nowhere_hides_the_whole(field: str) -> None:
    found = read(system(f"{{{field}: internal}}"))
    assert "MK602" in {f.code for f in found.findings}
    assert "s" not in narrowed(found, "public").catalogue.entities


def test_what_was_meant_is_an_id_of_the_row_also_one_that_it_had() -> None:
    files = {**system("{contracts.gammal: internal}"), "contracts/a": f"{A}former_ids: [gammal]\n"}
    for fields, meant in (("{contracts.gammal: internal}", "contracts.a"), ("{contrakts.b: internal}", "contracts.b")):
        found = read({**files, "systems/s": system(fields)["systems/s"]})
        (finding,) = [f for f in found.findings if f.code == "MK602"]
        assert finding.hint and meant in worded(finding.hint) and finding.fix[0].text == meant


def test_a_path_that_names_something_hidden_is_hidden_too() -> None:
    files = {**system("{contracts.hemlig: internal}"), "contracts/hemlig": "name: Hemligt\nsecrecy: {level: secret}\n"}
    found = narrowed(read(files), "internal")
    assert "hemlig" not in str(found.catalogue.entities["s"].document.tree)
    assert "s" not in narrowed(found, "public").catalogue.entities


def test_an_older_version_keeps_what_is_hidden_now_by_id() -> None:
    before, now = read(system("{}", "[b, a]")), read(system("{contracts.b: secret}"))
    seen = narrowed(as_closed_as(before, now), "internal").catalogue.entities["s"]
    assert "contracts" not in seen.fields and not [r for r in seen.references if r.target == "b"]


def test_the_public_is_told_the_level_and_nothing_of_the_judgement() -> None:
    secrecy = ("level: public, provision: OSL 19 kap. 3 §, reason: Därför, assessed_by: registrator, "
               "assessed: 2026-01-02, ends_with: d, classes: {availability: 3}")  # fmt: skip
    files = {
        "systems/s": f"name: S\nsecrecy: {{{secrecy}}}\n",
        "decisions/d": "name: D\nstate: needed\nsecrecy: {level: public}\n",
    }
    found = read(files)
    assert not [f for f in found.findings if f.code < "MK3"]
    seen = narrowed(found, "public").catalogue
    assert seen.entities["s"].fields["secrecy"] == {"level": "public"}
    assert not seen.entities["s"].references and not seen.incoming.get("d")
    assert found.catalogue.entities["s"].references


def test_an_event_that_is_hidden_is_not_told_of() -> None:
    files = {
        "systems/s": "name: S\nsecrecy: {level: internal, reason: Därför, ends_with: d}\n",
        "decisions/d": "name: D\nstate: needed\nsecrecy: {level: secret}\n",
    }
    seen = narrowed(read(files), "internal").catalogue.entities["s"]
    assert not seen.references and seen.fields["secrecy"] == {"level": "internal"}


@drawn(st.lists(st.sampled_from(["contracts", "a", "b", 0, 1, 7, "name", "translations", "en"]), max_size=4))
def test_a_path_with_a_place_always_leads_to_it(path: list[str | int]) -> None:
    entity = _SYSTEM
    found = places(tuple(path), entity.kind.properties, entity.fields)
    assert found and (has_place(tuple(path), entity.kind.properties, entity.fields) <= (tuple(path) in found))


_SYSTEM = read(system("{}")).catalogue.entities["s"]


def test_those_inside_are_told_who_judged_and_when_but_not_why_something_is_hidden_from_them() -> None:
    secrecy = ("level: internal, reason: Därför, provision: OSL, assessed_by: registrator, assessed: 2026-01-02, "
               "fields: {summary: secret}")  # fmt: skip
    seen = narrowed(read({"systems/s": f"name: S\nsummary: X\nsecrecy: {{{secrecy}}}\n"}), "internal").catalogue
    told = seen.entities["s"].fields["secrecy"]
    assert told == {"level": "internal", "assessed_by": "registrator", "assessed": "2026-01-02"}


def test_class_four_has_no_place_in_a_catalogue() -> None:
    found = read({"systems/s": "name: S\nsecrecy: {level: secret, provision: P, classes: {confidentiality: 4}}\n"})
    (finding,) = [f for f in found.findings if f.severity == "error"]
    assert (finding.code, finding.path) == ("MK204", ("secrecy", "classes", "confidentiality"))
    assert finding.hint and "hör inte hemma" in worded(finding.hint)
    assert "national security" in worded(finding.hint, "en")


@pytest.mark.parametrize(
    ("written", "column"), [("level: secret", 18), ("level: public, fields: {summary: secret}", 44)]
)
def test_the_ceiling_is_told_where_the_level_stands_and_cannot_be_let_pass(written: str, column: int) -> None:
    waiver = "waivers: [{rule: MK213, entity: s, reason: R, until: 2099-01-01}]"
    files = {"systems/s": f"name: S\nsummary: X\nsecrecy: {{{written}, provision: P}}\n"}
    found = read({**files, "catalogue.yaml": f"title: P\nceiling: internal\n{waiver}\n"})
    (finding,) = [f for f in found.findings if f.code == "MK213"]
    assert (finding.severity, finding.location.line, finding.location.column) == ("error", 3, column)
    assert finding.hint and "--overlay" in worded(finding.hint)
    assert not [f for f in read(files).findings if f.code == "MK213"]
