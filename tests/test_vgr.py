"""VGR's own catalogue: sound, honest in every line, and rich enough that every analysis has something to say."""

from __future__ import annotations

import re
from collections import Counter

import given
import pytest

from modulkarta import snapshot
from modulkarta.analysis import coverage, knowledge
from modulkarta.dates import When, later
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

DOCS = (given.ROOT / "docs" / "katalogen.md").read_text()
LATEST_REPORT = "2026-02-26"
_NEW = {"radgora-med-video", "lasa-ambulansens-rapport"}
"""The functions of the ambulance mission that no system has today."""


@pytest.fixture(scope="module")
def read() -> Snapshot:
    return snapshot.load(given.ROOT / "catalogue", given.SCHEMAS, given.TODAY)


@pytest.fixture(scope="module")
def vgr(read: Snapshot) -> Catalogue:
    return read.catalogue


def test_it_has_no_errors(read: Snapshot) -> None:
    assert read.count("error") == 0, read.findings


def test_every_fact_has_a_source(vgr: Catalogue) -> None:
    facts = {s.entity for s in knowledge.statements(vgr) if s.truth == "fact"}
    assert facts and [id_ for id_ in facts if not vgr.entities[id_].rows("sources")] == []


def test_every_source_can_be_found_by_another_and_says_how_it_was_read(vgr: Catalogue) -> None:
    for source in vgr.of_kind["source"]:
        assert source.fields.get("url") or source.fields.get("place"), source.id
        assert source.fields.get("read_as"), source.id


def test_every_source_is_used(vgr: Catalogue) -> None:
    assert [source.id for source in vgr.of_kind["source"] if source.id not in vgr.incoming] == []


def test_every_entity_says_what_it_rests_on(vgr: Catalogue) -> None:
    stating = (entity for entity in vgr.entities.values() if entity.kind.name != "source")
    assert [entity.id for entity in stating if not entity.fields.get("truth")] == []


def test_all_modules_are_examples(vgr: Catalogue) -> None:
    assert {module.truth() for module in vgr.of_kind["module"]} == {"illustrative"}


def test_a_made_up_decision_is_put_in_nobodys_mouth(vgr: Catalogue) -> None:
    taken = [d for d in vgr.of_kind["decision"] if d.fields["state"] == "taken" and d.truth() == "illustrative"]
    assert taken and {vgr.entities[d.fields["by"]].truth() for d in taken} == {"illustrative"}


def test_what_was_going_on_says_when_that_was_known(vgr: Catalogue) -> None:
    running = [a for a in vgr.of_kind["assignment"] if a.fields.get("status") == "running" and a.truth() == "fact"]
    assert running and all(a.fields["as_of"] <= LATEST_REPORT and a.fields.get("reason") for a in running)


def test_roles_are_named_not_persons(vgr: Catalogue) -> None:
    texts = "\n".join(file.read_text() for file in (given.ROOT / "catalogue").rglob("*.yaml"))
    assert not re.search(r"\b(Anders|Per|Simon) [A-ZÅÄÖ][a-zåäö]+", texts)


def test_every_warning_is_explained(read: Snapshot, vgr: Catalogue) -> None:
    told = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\S*\d{4}[^|]*|från [^|]+) \| [^|]+ \|$", DOCS, re.MULTILINE)
    gaps = [row for row in coverage.gaps(vgr) if row.gap and not row.gap.accepted]
    found = [
        (vgr.name(row.function), vgr.entities[row.area].short_name, said(row.gap.span()))
        for row in gaps
        if row.function and row.area and row.gap
    ]
    assert sorted((a.strip(), b.strip(), c.strip()) for a, b, c in told) == sorted(found)
    warnings = Counter(finding.code for finding in read.findings if finding.severity == "warning")
    assert warnings == {"MK510": len(found), "MK524": len(_docs_row("tillfälligt gränssnitt utan slut"))}


def test_the_docs_tell_the_capabilities_without_a_module_and_those_with_two(vgr: Catalogue) -> None:
    number = {
        c.id: sum(c.id in m.ids("capabilities") for m in vgr.of_kind["module"]) for c in vgr.of_kind["capability"]
    }
    assert _docs_row("förmåga utan modul") == {vgr.name(id_) for id_, n in number.items() if n == 0}
    assert _docs_row("förmåga med två moduler") == {vgr.name(id_) for id_, n in number.items() if n > 1}


def test_a_draft_standard_is_in_use_and_no_other(vgr: Catalogue) -> None:
    drafts = {s.id for s in vgr.of_kind["standard"] if s.fields.get("status") == "draft"}
    used = {row["standard"] for module in vgr.of_kind["module"] for row in module.rows("standards")}
    assert {vgr.entities[id_].short_name for id_ in drafts & used} == _docs_row("standard som är utkast men används")


def test_a_temporary_interface_has_no_end(vgr: Catalogue) -> None:
    endless = {
        interface.name
        for interface in vgr.of_kind["interface"]
        if interface.fields.get("temporary") and not interface.when("lifecycle", "retired")
    }
    assert endless == _docs_row("tillfälligt gränssnitt utan slut")


def test_the_docs_tell_the_information_that_no_module_masters(vgr: Catalogue) -> None:
    masters = {id_ for module in vgr.of_kind["module"] for id_ in module.ids("masters")}
    orphans = {i.name for i in vgr.of_kind["information-object"] if i.id not in masters}
    assert orphans == _docs_row("information som ingen modul äger")


def test_the_docs_tell_the_information_whose_source_comes_after_its_readers(vgr: Catalogue) -> None:
    sources = {id_: module for module in vgr.of_kind["module"] for id_ in module.ids("masters")}
    late = {
        vgr.name(id_)
        for module in vgr.of_kind["module"]
        for id_ in module.ids("reads")
        if id_ in sources and later(_live(sources[id_]), _live(module)) == "yes"
    }
    assert late == _docs_row("information som skrivs i en modul som kommer efter den som läser")


def test_the_five_things_to_standardise_early_each_have_a_standard(vgr: Catalogue) -> None:
    subjects = vgr.metamodel.kinds["standard"].properties["subject"].columns[0].values
    assert {s for standard in vgr.of_kind["standard"] for s in standard.ids("subject")} == set(subjects)
    assert len(subjects) == 5


def test_lessons_are_told_from_all_three_sides(vgr: Catalogue) -> None:
    sides = vgr.metamodel.kinds["lesson"].properties["perspective"].values
    told = [lesson.fields["perspective"] for lesson in vgr.of_kind["lesson"]]
    assert all(told.count(side) >= 2 for side in sides)


def test_the_ambulance_mission_is_told_in_full(vgr: Catalogue) -> None:
    """Each step says who, with which functions, on what information; each function has a today and a target."""
    steps = vgr.entities["ambulansuppdrag"].rows("steps")
    assert len(steps) == 9
    for step in steps:
        assert step["who"] and step["functions"] and step["information"], step["name"]
        for function in step["functions"]:
            assert _today(vgr, function) or function in _NEW, function
            assert _target(vgr, function) or _settled(vgr, function), function


def _docs_row(what: str) -> set[str]:
    """What the table of docs/katalogen.md lists for a thing."""
    found = re.search(rf"^\| {what} \| (.+) \|$", DOCS, re.MULTILINE)
    assert found, what
    return set(found[1].split(", "))


def _live(module: Entity) -> When:
    when = module.when("lifecycle", "live")
    assert when
    return when


def _today(vgr: Catalogue, function: str) -> list[Entity]:
    return [system for system in vgr.of_kind["system"] if function in system.ids("functions")]


def _target(vgr: Catalogue, function: str) -> list[Entity]:
    return [module for module in vgr.of_kind["module"] if function in module.ids("functions")]


def _settled(vgr: Catalogue, function: str) -> list[coverage.Row]:
    """The plans that need no module: the function is retired by a decision, or a decision is waited for."""
    return [r for r in coverage.rows(vgr) if r.function == function and r.disposition in ("retired", "unresolved")]
