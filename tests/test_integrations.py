"""Interfaces on a day, and who is the source of which information."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as for_any
from hypothesis import strategies as st
from test_webapp import client_of, text

from modulkarta.analysis import coverage, information, integrations
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

pytestmark = pytest.mark.usefixtures("built_once")

ON = date(2027, 1, 1)
PAST, FUTURE = "lifecycle: {live: 2020}\n", "lifecycle: {live: 2029}\n"


def catalogue(files: given.Given) -> Catalogue:
    read = given.read(files)
    assert not read.count("error"), read.findings
    return read.catalogue


def standing(files: given.Given, on: date = ON) -> str:
    (one,) = integrations.integrations(catalogue({"interfaces/i": "name: I\n", **files}), on)
    return said(one.said())


def provider(kind: str, lifecycle: str = "") -> given.Given:
    return {f"{kind}s/p": f"name: P\nprovides: [i]\n{lifecycle}"}


def requirer(kind: str, lifecycle: str = "") -> given.Given:
    return {f"{kind}s/r": f"name: R\nrequires: [i]\n{lifecycle}"}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "ingen erbjuder det"),
        (requirer("module"), "ingen erbjuder det"),
        (provider("module", FUTURE), "ska byggas"),
        (provider("module"), "ska byggas, kanske används"),
        (provider("system") | {"interfaces/i": "name: I\n" + FUTURE}, "ska byggas"),
        (provider("platform") | requirer("module", FUTURE), "återanvänds"),
        (provider("system", PAST) | requirer("module"), "återanvänds, kanske används"),
        (provider("module", PAST) | requirer("module", PAST), "används"),
        (provider("module", PAST), "används"),
        (provider("platform") | requirer("system"), "på väg bort"),
        (provider("system", "lifecycle: {retired: 2026}\n") | requirer("module", PAST), "på väg bort"),
        (provider("module", PAST) | {"interfaces/i": "name: I\nlifecycle: {retired: 2026}\n"}, "på väg bort"),
        (provider("module", "lifecycle: {live: 2026..2028}\n"), "ska byggas, kanske används"),
        (provider("module", PAST) | {"modules/r": "name: R\nprovides: [i]\n"}, "används"),
    ],
)
def test_how_an_interface_stands(files: given.Given, words: str) -> None:
    assert standing(files) == words


def test_a_system_whose_contract_has_ended_provides_nothing() -> None:
    files = provider("system", "contracts: [k]\n") | {"contracts/k": "name: K\nends: 2026-12-31\n"}
    assert standing(files | requirer("module", PAST), date(2026, 12, 31)) == "används"
    assert standing(files | requirer("module", PAST), date(2027, 1, 1)) == "på väg bort"


def test_a_system_whose_contract_may_have_ended_perhaps_provides_nothing() -> None:
    files = provider("system", "contracts: [k]\n") | {"contracts/k": "name: K\nends: 2026..2028\n"}
    assert standing(files | requirer("module", PAST)) == "används, kanske på väg bort"


def test_how_an_interface_stands_rests_on_the_dates_of_its_ends() -> None:
    assumed = "truth: assumption\n"
    files = {
        "interfaces/i": "name: I\n" + assumed,
        "systems/s": "name: S\nprovides: [i]\ncontracts: [k]\n" + assumed,
        "contracts/k": "name: K\nends: 2025\ntruth: illustrative\n",
    }
    other = files | {"contracts/k": "name: K\nends: 2025\ntruth: assumption\n"}
    (one,), (two,) = (integrations.interfaces(catalogue(several)) for several in (files, other))
    assert (one.truth, two.truth) == ("illustrative", "assumption")


def test_every_interface_is_there_once_on_any_day(good: Snapshot) -> None:
    ids = [e.id for e in good.catalogue.of_kind["interface"]]
    for year in range(2010, 2035, 5):
        found = integrations.integrations(good.catalogue, date(year, 6, 1))
        assert sorted(one.interface.interface for one in found) == ids


# Information


@for_any(st.integers(1, 28), st.integers(1, 28))
def test_a_source_is_missing_for_as_long_as_a_gap_lasts(ends: int, live: int) -> None:
    read = catalogue({
        "information-objects/o": "name: O\n",
        "functions/f": "name: F\n",
        "contracts/k": f"name: K\nends: 2027-02-{ends:02}\n",
        "systems/s": "name: S\nmasters: [o]\nfunctions: [f]\ncontracts: [k]\n",
        "modules/m": f"name: M\nmasters: [o]\nlifecycle: {{live: 2027-02-{live:02}}}\n",
        "replacements/r": "name: R\nreplaces: s\n"
        "functions: [{function: f, disposition: replaced, by: [{module: m}]}]\n",
    })  # fmt: skip
    ((one,), (row,)) = information.information(read), coverage.rows(read)
    assert [move.gap for move in one.moves] == [row.gap]


def test_the_first_module_that_is_there_takes_over() -> None:
    read = catalogue({
        "information-objects/o": "name: O\n",
        "systems/s": "name: S\nmasters: [o]\nlifecycle: {retired: 2028-01-01}\n",
        "modules/a": "name: A\nmasters: [o]\nlifecycle: {live: 2029}\n",
        "modules/b": "name: B\nmasters: [o]\nlifecycle: {live: 2027}\nwrites: [o]\nreads: [o]\n",
    })  # fmt: skip
    (one,) = information.information(read)
    ((move,), system) = one.moves, one.systems[0]
    assert (move.old, move.new, move.gap, one.competing) == ("s", "b", None, True)
    assert (one.writers, one.readers, system.entity) == (("b",), ("b",), "s")
    assert information.masters_on(one, date(2027, 12, 31)) == {"s": "yes", "b": "yes"}
    assert information.masters_on(one, date(2028, 1, 1)) == {"b": "yes"}
    assert information.masters_on(one, date(2027, 6, 1)) == {"s": "yes", "b": "possibly"}


def test_a_system_that_is_still_to_come_is_no_source() -> None:
    read = catalogue({
        "information-objects/o": "name: O\n",
        "systems/s": "name: S\nmasters: [o]\nlifecycle: {live: 2030}\n",
        "modules/m": "name: M\nmasters: [o]\n",
    })  # fmt: skip
    (one,) = information.information(read)
    assert information.masters_on(one, ON) == {"m": "possibly"}, "nobody knows when M comes"


@pytest.mark.parametrize(
    ("retired", "gap", "codes"),
    [("2021-01-01", "från 2030-01-01, inget slut i planen", ["MK408"]),
     ("2030-01-01", "från 2030-01-01, inget slut i planen", ["MK408"]),
     ("2030-01-02", "None", []), ("2029..2031", "från 2030-01-01, utan slut (möjligt, inget slut i planen)", [])],
)  # fmt: skip
def test_what_is_gone_before_the_old_source_ends_does_not_take_over(retired: str, gap: str, codes: list[str]) -> None:
    read = given.read({
        "information-objects/o": "name: O\n",
        "systems/s": "name: S\nmasters: [o]\nlifecycle: {retired: 2030-01-01}\n",
        "modules/m": f"name: M\nmasters: [o]\nlifecycle: {{live: 2020, retired: {retired}}}\n",
    })  # fmt: skip
    ((move,),) = (one.moves for one in information.information(read.catalogue))
    assert (str(move.gap and said(move.gap.said())), move.over) == (gap, bool(codes))
    found = [finding for finding in read.findings if finding.code == "MK408"]
    assert [finding.code for finding in found] == codes
    assert [said(note.message) for one in found for note in one.related] == ["M är inte kvar när S upphör"] * len(codes)
    assert ("M är inte kvar när S upphör" in text(client_of(read), "/information")) == bool(codes)


def test_the_page_says_who_may_be_the_source() -> None:
    files = {"information-objects/o": "name: O\n", "modules/m": "name: M\nmasters: [o]\n"}
    assert "Kanske M" in text(client_of(given.read(files)), "/information")


@pytest.mark.parametrize(
    ("ends", "live", "codes"),
    [("2027-04-01", "2027-04-01", []), ("2027-04-01", "2027-04-02", ["MK408"]), ("2027", "2027", []),
     ("unknown", "2027", []), ("2027", "unknown", [])],
)  # fmt: skip
def test_only_a_certain_break_between_sources_is_told(ends: str, live: str, codes: list[str]) -> None:
    files = {
        "information-objects/o": "name: O\n",
        "systems/s": f"name: S\nmasters: [o]\nlifecycle: {{retired: {ends}}}\n",
        "modules/m": f"name: M\nmasters: [o]\nlifecycle: {{live: {live}}}\n",
    }
    assert [code for code in given.codes(given.read(files)) if code == "MK408"] == codes


# The pages


def test_the_pages_name_every_interface_and_every_piece_of_information(good: Snapshot) -> None:
    client = client_of(good)
    page = text(client, "/integrationer")
    assert all(entity.name in page for entity in good.catalogue.of_kind["interface"])
    page = text(client, "/information")
    assert all(entity.name in page for entity in good.catalogue.of_kind["information-object"])
    assert "Ingen källa: 2027-04-01–2027-08-31 (153 dagar)" in page


def test_a_day_is_told_where_it_is_not_today(good: Snapshot) -> None:
    client = client_of(good)
    assert "Källa i dag" in text(client, "/information")
    assert "Källa 2027-05-01" in text(client, "/information?datum=2027-05-01")


def test_an_empty_catalogue_has_its_pages() -> None:
    client = client_of(given.read({}))
    assert "Inga gränssnitt att visa" in text(client, "/integrationer")
    assert "Inga informationsobjekt att visa" in text(client, "/information")


def test_no_kind_takes_the_address_of_a_page(good: Snapshot) -> None:
    client = client_of(good)
    fixed = {rule.rule.split("/")[1] for rule in client.application.url_map.iter_rules() if rule.rule[1:2] != "<"}
    assert not fixed & set(good.catalogue.metamodel.by_slug)


# The commands


FILES = {
    "interfaces/i": "name: I\ntemporary: true\nlifecycle: {retired: unknown}\n",
    "interfaces/j": "name: J\ntemporary: true\nlifecycle: {live: 2020, retired: 2029}\n",
    "information-objects/o": "name: O\n",
    "systems/s": "name: S\nprovides: [i, j]\nmasters: [o]\nlifecycle: {live: 2010, retired: 2027-04-01}\n",
    "modules/m": "name: M\ntruth: illustrative\nrequires: [i]\nreads: [o]\nmasters: [o]\n"
    "lifecycle: {live: 2027-04-03}\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.written(tmp_path, FILES).parent)


def test_integrations_as_json(run: Run, here: None) -> None:
    answer = run("integrations", "--date", ON, "--format", "json").data
    assert (answer["schema"], answer["date"]) == ("modulkarta/integrations/1", "2027-01-01")
    found = {one.pop("interface"): one for one in answer["integrations"]}
    assert found["j"] == {
        "standing": "used", "perhaps": None, "providers": ["s"], "requirers": [], "temporary": True, "live": "2020",
        "retired": "2029", "truth": "unknown",
    }  # fmt: skip
    assert found["i"]["requirers"] == ["m"] and found["i"]["retired"] == "unknown"


def test_information_as_json(run: Run, here: None) -> None:
    answer = run("information", "--date", ON, "--format", "json").data
    assert (answer["schema"], answer["date"]) == ("modulkarta/information/1", "2027-01-01")
    (one,) = answer["information"]
    assert one["masters_on_date"] == [{"entity": "s", "there": "yes"}]
    assert [master["entity"] for master in (*one["systems"], *one["modules"])] == ["s", "m"]
    assert (one["readers"], one["writers"], one["competing"]) == (["m"], [], False)
    assert one["moves"][0]["gap"] == {
        "from": "2027-04-01", "to": "2027-04-02", "days": 2, "certain": True, "days_min": 2, "days_max": 2,
    }  # fmt: skip
    assert set(one["moves"][0]) == {"from", "to", "ends", "live", "gap", "truth"}


def test_the_commands_tell_the_same_in_words(run: Run, here: None) -> None:
    out = run("integrations", "--date", ON).out
    assert "M (exempel)" in out and "ja, utan slut" in out and "ja, tas bort 2029" in out
    assert "uppgift saknas" not in out
    out = run("information", "--date", ON).out
    assert "Källa 2027-01-01" in out and "M (exempel)" in out and "2027-04-01–2027-04-02 (2 dagar)" in out
    assert "Source 2027-01-01" in run("information", "--date", ON, "--lang", "en").out
