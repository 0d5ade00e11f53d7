"""Adding a kind is adding a schema file: it is read, checked and related without a line of code."""

from __future__ import annotations

from pathlib import Path

import given
import pytest
from new_kind import FILE, with_new_kind

from modulkarta import snapshot
from modulkarta.analysis import structure
from modulkarta.analysis.structure.network import needs_graph
from modulkarta.snapshot import Snapshot


def loaded(place: Path, file: str = FILE) -> Snapshot:
    catalogue = with_new_kind(place, file)
    return snapshot.load(catalogue, catalogue.parent / "schemas", given.TODAY)


def test_a_new_kind_is_listed_and_breaks_nothing(tmp_path: Path, good: Snapshot) -> None:
    read = loaded(tmp_path)
    (ward,) = read.catalogue.of_kind["ward"]
    assert (ward.id, ward.name, ward.kind.label.en) == ("avdelning-7", "Vårdavdelning 7", "ward")
    assert ward.fields["beds"] == 12
    assert read.findings == good.findings
    assert read.catalogue.entities.keys() - good.catalogue.entities.keys() == {"avdelning-7"}


@pytest.mark.parametrize(
    ("line", "wrong", "expected"),
    [
        ("beds: 12", "bed: 12", "MK201:3:1"), ("beds: 12", "beds: tolv", "MK203:3:7"),
        ("beds: 12", "beds: -1", "MK208:3:7"), ("name:", "summary_:", "MK202:1:1"), ("  - pre", "  - Pre", "MK205:5:5"),
        ("prehospital-journal", "prehospital-jornal", "MK301:5:5"), ("prehospital-journal", "faltjournal", "MK302:5:5"),
    ],
)  # fmt: skip
def test_a_new_kind_is_checked(tmp_path: Path, line: str, wrong: str, expected: str) -> None:
    read = loaded(tmp_path, FILE.replace(line, wrong))
    here = [f for f in read.findings if f.location.file.endswith("wards/avdelning-7.yaml")]
    assert expected in given.placed(tuple(here)) and read.count("error")


def test_what_a_new_kind_names_is_related_to_it(tmp_path: Path) -> None:
    catalogue = loaded(tmp_path).catalogue
    assert catalogue.entities["avdelning-7"].kind.name == "ward"
    assert needs_graph(catalogue).has_edge("avdelning-7", "prehospital-journal")
    (incoming,) = (
        reference
        for reference in structure.neighbourhood(catalogue, "prehospital-journal").incoming
        if reference.source == "avdelning-7"
    )
    assert incoming.relation.inverse.sv == "används på" and incoming.relation.inverse.en == "used on"


def test_what_a_new_kind_needs_can_close_a_ring(tmp_path: Path) -> None:
    catalogue = with_new_kind(tmp_path)
    schema = tmp_path / "schemas" / "module.schema.json"
    schema.write_text(schema.read_text("utf-8").replace('"kinds": ["module"]', '"kinds": ["module", "ward"]'), "utf-8")
    module = catalogue / "applications" / "modules" / "prehospital-journal.yaml"
    module.write_text(module.read_text("utf-8").replace("  - larmpanelen\n", "  - avdelning-7\n"), "utf-8")
    read = snapshot.load(catalogue, tmp_path / "schemas", given.TODAY)
    assert [f.code for f in read.findings if f.severity == "error"] == ["MK401"]
