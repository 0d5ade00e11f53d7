"""show, list, search and stats: the catalogue as the command line tells it."""

from __future__ import annotations

from pathlib import Path

import given
import pytest
from commands import Run

from modulkarta.snapshot import Snapshot

pytestmark = pytest.mark.usefixtures("built_once")

HERE = ("--catalogue", given.GOOD, "--audience", "secret")


def test_show_says_all_that_the_file_says(run: Run, good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        ended = run("show", entity.id, *HERE)
        assert ended.code == 0 and f"{entity.file}:1\n" in ended.out
        for name in entity.fields:
            label = entity.kind.properties[name].label.sv
            assert name in ("name", "truth", "truth_of") or f"\n{label[0].upper()}{label[1:]}:" in ended.out, label


def test_show_puts_values_into_words(run: Run) -> None:
    told = run("show", "prehospital-journal", "--date", "2026-11-21", *HERE).out
    assert told.startswith("Prehospital journal, modul\n")
    assert "Läge 2026-11-21: Införs\n" in told
    assert "Funktioner: Dokumentera insats (dokumentera-insats)\n" in told
    assert "  - **Läsa** det som redan är känt" in told
    assert "Bidrar till: En journal i rörelse\n" in told


def test_show_as_json_is_the_thing(run: Run) -> None:
    data = run("show", "prehospital-journal", "--format", "json", *HERE).data
    assert data["schema"] == "modulkarta/thing/1" and data["id"] == "prehospital-journal"
    assert data["fields"]["functions"] == ["dokumentera-insats"] and data["lines"]["owner"] > 1


@pytest.mark.parametrize(
    "command", [("show", "prehospital-jornal"), ("list", "modull"), ("search", "x", "--kind", "modull")]
)
def test_what_is_mistyped_is_told_with_the_nearest(run: Run, command: tuple[str, ...]) -> None:
    ended = run(*command, *HERE)
    assert ended.code == 2 and "Menade du" in ended.err and not ended.out


@pytest.mark.parametrize("written", ["module", "moduler", "modul", "Modules", "MODUL"])
def test_a_kind_is_written_as_people_like(run: Run, good: Snapshot, written: str) -> None:
    told = run("list", written, *HERE).out
    names = [line.split()[0] for line in told.splitlines()[1:]]
    assert sorted(names) == sorted(entity.id for entity in good.catalogue.of_kind["module"])
    assert names[-1] == "overlamningsbladet", "Ö comes last"


def test_list_of_each_kind_has_all_of_it(run: Run, good: Snapshot) -> None:
    kinds = run("list", "--format", "json", *HERE).data["kinds"]
    assert [kind["kind"] for kind in kinds] == list(good.catalogue.metamodel.kinds)
    for kind in kinds:
        data = run("list", kind["slug"], "--format", "json", *HERE).data
        assert len(data["items"]) == data["total"] == kind["number"]
        assert run("list", kind["kind"], *HERE).out.count("\n") == kind["number"] + 1


def test_search_prints_the_best_first_and_counts_the_rest(run: Run) -> None:
    ended = run("search", "journaler", "--limit", "2", *HERE)
    assert "prehospital-journal" in ended.out.splitlines()[1] and len(ended.out.splitlines()) == 3
    assert "25 träffar" in ended.err and "23 träffar till" in ended.err


def test_search_says_what_was_meant_and_what_is_missing(run: Run) -> None:
    assert "Menade du ”fältjournal”?" in run("search", "faltjurnal", *HERE).err
    assert "Finns inte i katalogen: qqqq" in run("search", "larm", "qqqq", *HERE).err
    nothing = run("search", "qqqqq", *HERE)
    assert nothing.code == 0 and not nothing.out and "Det som liknar mest: " in nothing.err


def test_search_as_json_says_why(run: Run) -> None:
    data = run("search", "vändkörning", "--format", "json", "--limit", "1", *HERE).data
    assert data["schema"] == "modulkarta/search/1" and data["total"] > 1
    assert data["hits"][0]["entity"] == "insats" and data["hits"][0]["exact"]
    assert data["hits"][0]["why"] == ["”vändkörning” är ett ord att undvika för detta"]


def test_search_of_a_kind_has_only_that(run: Run) -> None:
    data = run("search", "journal", "--kind", "system", "--format", "json", *HERE).data
    assert data["total"] == len(data["hits"]) and {hit["kind"] for hit in data["hits"]} == {"system"}


def test_stats_count(run: Run, good: Snapshot, tmp_path: Path) -> None:
    data = run("stats", "--format", "json", *HERE).data
    assert data["entities"] == len(good.catalogue.entities) == sum(data["kinds"].values())
    assert "7 moduler" in run("stats", *HERE).out
    broken = given.written(tmp_path, {"modules/a": "name: A\ndepends_on: [b]\n", "modules/c": "nme: C\n"})
    told = run("stats", "--catalogue", broken)
    assert "1 modul\n" in told.out and "1 bruten hänvisning" in told.out and "2 fel" in told.out


@pytest.mark.parametrize(
    "command", [("show", "larmpanelen"), ("list",), ("list", "system"), ("search", "larm"), ("stats",)]
)
def test_they_speak_english(run: Run, command: tuple[str, ...]) -> None:
    ended = run(*command, "--lang", "en", *HERE)
    assert ended.code == 0 and not {"Namn", "träffar", "Sammanfattning", "Läge", "fakta"} & set(ended.out.split())
