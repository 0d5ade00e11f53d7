"""Interfaces on a day, and who is the source of which information."""

from __future__ import annotations

from datetime import date
from itertools import product

import given
import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from test_webapp import client_of, text

from modulkarta.analysis import coverage, information, integrations
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

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
        (provider("module"), "ska byggas"),
        (provider("system") | {"interfaces/i": "name: I\n" + FUTURE}, "ska byggas"),
        (provider("platform") | requirer("module", FUTURE), "återanvänds"),
        (provider("system", PAST) | requirer("module"), "återanvänds"),
        (provider("module", PAST) | requirer("module", PAST), "används"),
        (provider("module", PAST), "används"),
        (provider("platform") | requirer("system"), "på väg bort"),
        (provider("system", "lifecycle: {retired: 2026}\n") | requirer("module", PAST), "på väg bort"),
        (provider("module", PAST) | {"interfaces/i": "name: I\nlifecycle: {retired: 2026}\n"}, "på väg bort"),
        (provider("module", "lifecycle: {live: 2026..2028}\n"), "ska byggas, kanske används"),
    ],
)
def test_how_an_interface_stands(files: given.Given, words: str) -> None:
    assert standing(files) == words


def test_a_system_whose_contract_has_ended_provides_nothing() -> None:
    files = provider("system", "contracts: [k]\n") | {"contracts/k": "name: K\nends: 2026-12-31\n"}
    assert standing(files | requirer("module", PAST), date(2026, 12, 31)) == "används"
    assert standing(files | requirer("module", PAST), date(2027, 1, 1)) == "på väg bort"


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
    assert [m.entity for m in information.masters_on(read, one, date(2027, 12, 31))] == ["s", "b"]
    assert [m.entity for m in information.masters_on(read, one, date(2028, 1, 1))] == ["b"]


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
    for kind, address in product(("interface",), ("/integrationer",)):
        assert all(entity.name in text(client, address) for entity in good.catalogue.of_kind[kind])
    page = text(client, "/information")
    assert all(entity.name in page for entity in good.catalogue.of_kind["information-object"])
    assert "Ingen källa: 2027-04-01–2027-08-31 (153 dagar)" in page


def test_a_day_is_told_where_it_is_not_today(good: Snapshot) -> None:
    client = client_of(good)
    assert "Källa i dag" in text(client, "/information")
    assert "Källa 2027-05-01" in text(client, "/information?datum=2027-05-01")


def test_an_empty_catalogue_has_its_pages() -> None:
    client = client_of(given.read({}))
    assert "Inga gränssnitt är inlagda" in text(client, "/integrationer")
    assert "Inga informationsobjekt är inlagda" in text(client, "/information")


def test_no_kind_takes_the_address_of_a_page(good: Snapshot) -> None:
    client = client_of(good)
    fixed = {rule.rule.split("/")[1] for rule in client.application.url_map.iter_rules() if rule.rule[1:2] != "<"}
    assert not fixed & set(good.catalogue.metamodel.by_slug)
