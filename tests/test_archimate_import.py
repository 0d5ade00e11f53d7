"""Models of ArchiMate, whichever way they are written, come in whole: each item is a thing, a field, kept, or told."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from html import escape
from io import BytesIO

import given
import pytest
from archimate_files import faults, faults_by_schema
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from levels import Trees, built
from random_catalogues import trees

from modulkarta import snapshot
from modulkarta.audience import narrowed
from modulkarta.exchange.archimate import exporting
from modulkarta.exchange.archimate.importing import proposed
from modulkarta.exchange.archimate.reading import opening
from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.merging import Merged, merged
from modulkarta.exchange.outward import Asked
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.wording import said

MODELS = given.ROOT / "tests" / "archimate"
NEW, OLD, ARCHI = "lanthandel-3.xml", "lanthandel-2.1.xml", "lanthandel.archimate"
HEAD = (
    '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
ITEM = re.compile(rb"<(?:element|relationship|view) ")


def data_of(name: str) -> bytes:
    return (MODELS / name).read_bytes()


def taken(data: bytes | str, read: Snapshot | None = None, *, name: str = "m.xml", mapping: str = "") -> Proposal:
    found = tried(data, read, name=name, mapping=mapping)
    assert isinstance(found, Proposal), found
    return found


def tried(
    data: bytes | str, read: Snapshot | None = None, *, name: str = "m.xml", mapping: str = ""
) -> Proposal | tuple[Finding, ...]:
    source = Source(name=name, data=data.encode() if isinstance(data, str) else data)
    wish = Wish(language="sv", mapping=Source(name="typer.yaml", data=mapping.encode()) if mapping else None)
    return proposed((source,), read or given.read({}), wish)


def told(found: Proposal | tuple[Finding, ...]) -> list[str]:
    assert not isinstance(found, Proposal)
    return [f"{one.code} {one.location.line}:{one.location.column} {said(one.message)}" for one in found]


def of(proposal: Proposal, id_: str) -> dict[str, object]:
    (found,) = (one for one in proposal.proposed if one.id == id_)
    return {"kind": found.kind, **found.fields}


def model(*elements: str, links: str = "") -> str:
    inner = "".join(elements)
    return f"{HEAD}<name>M</name><elements>{inner}</elements><relationships>{links}</relationships></model>"


def element(id_: str, name: str, type_: str = "ApplicationComponent", inner: str = "") -> str:
    return f'<element identifier="{id_}" xsi:type="{type_}"><name xml:lang="sv">{name}</name>{inner}</element>'


def link(id_: str, source: str, target: str, type_: str = "Serving", more: str = "") -> str:
    return f'<relationship identifier="{id_}" source="{source}" target="{target}" xsi:type="{type_}"{more}/>'


def zipped(**files: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


@pytest.mark.parametrize("name", [NEW, OLD, ARCHI])
def test_every_element_relationship_and_view_is_one_item(name: str) -> None:
    found = taken(data_of(name), name=name)
    origins = [origin for one in found.proposed for origin in one.origins] + [one.origin for one in found.items]
    sorts = [origin.sort.partition(" ")[0] for origin in origins]
    assert sum(sort in ("element", "relationship", "view") for sort in sorts) == len(ITEM.findall(data_of(name)))
    assert len({(origin.sort, origin.at, origin.name) for origin in origins}) == len(origins)


def test_what_fits_becomes_our_kinds_and_fields_and_the_rest_kinds_of_their_own() -> None:
    found = taken(data_of(NEW))
    till = of(found, "kassan")
    assert (till["kind"], till["platforms"], till["reads"]) == ("system", ["ladorna"], ["varulistan"])
    assert till["translations"] == {"en": {"name": "The till"}}
    assert till["description"] == "Tar emot pengar & ger växel."
    assert of(found, "fran-hylla-till-kund")["type"] == "ValueStream" and of(found, "regn")["type"] == "Weather"
    bell = of(found, "dorrklockan-ringer")
    assert (bell["kind"], bell["type"]) == ("element", "BusinessEvent")
    assert bell["properties"] == [{"property": "Läge", "value": "varje dag", "language": "sv"}]
    crossed = of(found, "stryker-det-salda")
    assert (crossed["kind"], crossed["access"], crossed["label"]) == ("relationship", "Write", "stryker det sålda")
    assert of(found, "dorrklockan-ringer-salja-influence")["influence"] == "++"


def test_relationships_may_end_in_each_other_and_one_with_an_end_that_is_not_there_is_told() -> None:
    found = taken(data_of(NEW))
    ring = [of(found, "dorrklockan-ringer-id-r5-association"), of(found, "kassan-id-r4-association")]
    assert [one["target"] for one in ring] == ["kassan-id-r4-association", "dorrklockan-ringer-id-r5-association"]
    assert ring[0]["directed"] == "true"
    (gone,) = (one for one in found.items if one.outcome == "skipped")
    assert gone.origin.at.line == 38 and "id-borta" in said(gone.reasons[0])


def test_2_1_in_latin_1_says_the_same_by_other_names() -> None:
    found = taken(data_of(OLD))
    assert of(found, "handlare-akesson")["name"] == "Handlare Åkesson"
    assert of(found, "strom")["type"] == "TechnologyService"
    assert of(found, "strom-lampan-over-dorren-serving")["type"] == "Serving"
    view = found.beside["exchange/archimate/id-skiss.xml"].decode()
    assert 'elementRef="id-lampan"' in view and '<name xml:lang="sv">Skissen' in view


def test_archis_own_files_are_read_plain_and_zipped() -> None:
    plain = taken(data_of(ARCHI), name=ARCHI)
    packed = taken(zipped(model_xml=data_of(ARCHI), bild_png=b"x"), name=ARCHI)
    assert [(one.id, one.fields) for one in plain.proposed] == [(one.id, one.fields) for one in packed.proposed]
    assert plain.beside == packed.beside and len(packed.items) == len(plain.items) + 1
    scales = of(plain, "vagen")
    assert (scales["used_by"], scales["writes"]) == (["kund"], ["vikten"])
    assert of(plain, "id-knut")["type"] == "AndJunction"
    assert 'x="250" y="80"' in plain.beside["exchange/archimate/id-vy1.xml"].decode()


def test_the_export_of_a_whole_catalogue_comes_back_as_it_was(good: Snapshot) -> None:
    exported = exporting.exported(good, Asked(language="sv", on=date(2026, 11, 22)))
    (data,) = exported.files.values()
    found = taken(data)
    assert {one.id: (one.kind, one.fields) for one in found.proposed} == {
        one.id: (one.kind.name, one.document.tree) for one in good.catalogue.entities.values()
    }
    assert not found.beside and not any(one.reasons for one in found.proposed)


BAD = [
    (b"", "MK901 1:1", "tom"),
    (b"id;namn\n1;A\n", "MK902 1:3", "inte ArchiMate"),
    (b"<catalogue/>", "MK902 1:1", "<catalogue>"),
    (b'<model xmlns="http://www.opengroup.org/xsd/archimate/4.0/"/>', "MK903 1:1", "version 4.0"),
    (b'<!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/passwd">]><model>&x;</model>', "MK906 1:17", "DOCTYPE"),
    (f"{HEAD}\n<elements>\n</model>".encode(), "MK901 3:3", "tagg"),
    (f"{HEAD}<name>V\xe5g</name></model>".encode("latin-1"), "MK907", "UTF-8"),
    (HEAD.encode() + b"<a>" * 200, "MK901", "100 nivåer"),
    (b"PK\x03\x04 avbruten", "MK901 1:1", "arkivet"),
    (zipped(mimetype=b"application/x"), "MK902 1:1", "ZIP"),
]


@pytest.mark.parametrize(("data", "code", "words"), BAD)
def test_what_cannot_be_read_is_told_in_one_finding(data: bytes, code: str, words: str) -> None:
    (told_,) = told(tried(data))
    assert told_.startswith(code) and words in told_


def test_an_identifier_that_is_there_twice_is_named_with_both_lines() -> None:
    (finding,) = tried(f"{HEAD}\n<elements>\n{element('a', 'A')}\n{element('a', 'B')}</elements></model>")  # type: ignore[misc]
    assert (finding.code, finding.location.line, finding.related[0].location.line) == ("MK904", 4, 3)


def test_an_archive_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 10_000)
    (told_,) = told(tried(zipped(model_xml=b" " * 20_000)))
    assert told_.startswith("MK905")


def merged_in(read: Snapshot, files: Files, data: bytes, mapping: str = "") -> tuple[Merged, Files, Snapshot]:
    """A model laid over a catalogue: what became of it, and the catalogue with it."""
    done = merged(files, read, taken(data, read, mapping=mapping), given.TODAY, kept=files.kept)
    new = {change.path: change.after or b"" for change in done.changes}
    kept = {path: data for path, data in new.items() if path.startswith("exchange/")}
    contents = {path: data for path, data in new.items() if path not in kept}
    after = replace(files, contents={**files.contents, **contents}, kept={**files.kept, **kept})
    return done, after, snapshot.build(after, given.metamodel(), given.TODAY)


def empty() -> tuple[Snapshot, Files]:
    files = Files(root="catalogue", contents={"catalogue.yaml": b"title: Prov\n"})
    return snapshot.build(files, given.metamodel(), given.TODAY), files


@pytest.mark.parametrize("name", [NEW, OLD, ARCHI])
def test_the_same_model_again_changes_nothing(name: str) -> None:
    first, files, read = merged_in(*empty(), data_of(name))
    assert not first.findings and {one.outcome for one in first.items} <= {"new", "aside", "skipped"}
    again, _, _ = merged_in(read, files, data_of(name))
    assert not again.changes and {one.outcome for one in again.items} <= {"same", "aside", "skipped"}


def test_what_was_kept_is_exported_again_as_far_as_what_it_shows_is_there() -> None:
    _, files, read = merged_in(*empty(), data_of(NEW))
    whole = exporting.exported(read, Asked(language="sv", on=date(2026, 11, 22)))
    (data,) = whole.files.values()
    assert not faults(data)
    text = data.decode()
    assert 'elementRef="id-platform.ladorna"' in text and "Här står vi" in text and "Bakom disken" in text
    assert 'relationshipRef="id-rel.kassan.ladorna.platforms"' in text and "i drift" in text
    contents = {path: data for path, data in files.contents.items() if not path.endswith("ladorna.yaml")}
    contents["applications/systems/kassan.yaml"] = (
        b"name: Kassan\nexternal_ids:\n  - system: archimate\n    value: id-kassan\n"
    )
    left = snapshot.build(replace(files, contents=contents), given.metamodel(), given.TODAY)
    part = exporting.exported(left, Asked(language="sv", on=date(2026, 11, 22)))
    (data,) = part.files.values()
    assert not faults(data) and "ladorna" not in data.decode() and "Bakom disken" not in data.decode()
    assert any("2 rutor eller linjer" in said(note) for note in part.notes)


def test_the_export_with_what_was_kept_is_valid_by_the_schemas() -> None:
    read, files = empty()
    for name in (NEW, OLD, ARCHI):
        _, files, read = merged_in(read, files, data_of(name))
    (data,) = exporting.exported(read, Asked(language="sv", on=date(2026, 11, 22))).files.values()
    assert not faults_by_schema(data) and data.count(b"<view ") >= 3
    again, files, read = merged_in(read, files, data)
    assert {one.outcome for one in again.items} <= {"same", "aside", "skipped"}
    assert exporting.exported(read, Asked(language="sv", on=date(2026, 11, 22))).files == {"modell.xml": data}


@drawn(trees(6))
@settings(max_examples=15, deadline=None)
def test_any_catalogue_comes_back_from_its_export_as_it_was(several: Trees) -> None:
    read = built(several)
    (data,) = exporting.exported(read, Asked(language="sv", on=date(2026, 11, 22))).files.values()
    found = taken(data)
    assert {one.id: (one.kind, one.fields) for one in found.proposed} == {
        one.id: (one.kind.name, one.document.tree) for one in read.catalogue.entities.values()
    }
    origins = [origin for one in found.proposed for origin in one.origins] + [one.origin for one in found.items]
    items = [one for one in origins if one.sort.partition(" ")[0] in ("element", "relationship", "view")]
    assert len(items) == len(ITEM.findall(data))


KINDS = st.sampled_from(["ApplicationComponent", "Node", "Goal", "BusinessEvent", "Capability", "Weather", "Junction"])
TYPES = st.sampled_from(["Serving", "Access", "Association", "Composition", "Blowing"])
ENDS = st.integers(0, 9)


@drawn(
    st.lists(st.tuples(KINDS, st.text("aåÅ &", max_size=6)), max_size=8),
    st.lists(st.tuples(TYPES, ENDS, ENDS), max_size=8),
)
@settings(max_examples=30, deadline=None)
def test_whatever_a_model_says_each_item_is_counted_once(
    things: list[tuple[str, str]], links: list[tuple[str, int, int]]
) -> None:
    elements = [element(f"id-{n}", escape(name), type_) for n, (type_, name) in enumerate(things)]
    bonds = [link(f"id-{n + 8}", f"id-{one}", f"id-{other}", type_) for n, (type_, one, other) in enumerate(links)]
    found = taken(model(*elements, links="".join(bonds)))
    lines = [origin for one in found.proposed for origin in one.origins] + [one.origin for one in found.items]
    assert sorted(one.at.column for one in lines) == sorted({one.at.column for one in lines})
    assert len(lines) == len(things) + len(links)
    assert len({one.id for one in found.proposed}) == len(found.proposed)


def test_a_mapping_file_says_what_becomes_what() -> None:
    found = taken(data_of(NEW), mapping=(MODELS / "typer.yaml").read_text("utf-8"))
    assert of(found, "kassan")["kind"] == "module" and of(found, "kassan")["masters"] == ["varulistan"]
    assert of(found, "dorrklockan-ringer")["kind"] == "milestone"
    assert (of(found, "salja")["kind"], of(found, "salja")["band"]) == ("capability", "core")
    skipped = [one.origin.name for one in found.items if one.outcome == "skipped"]
    assert "Regn" in skipped and "id-r7" in skipped


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("elements:\n  ApplicationComponent: sytem\n", "MK908 2:25"),
        ("elements:\n  ApplicationComponnt: system\n", "MK908 2:3"),
        ("elments:\n  Node: platform\n", "MK908 1:1"),
        ("elements:\n  Node:\n    - knd: platform\n", "MK908 3:7"),
        ("relationships:\n  Serving: platform\n", "MK908 2:12"),
        ("elements: [Node]\n", "MK908 1:11"),
        ("elements:\n  Node: a: b\n", "MK1"),
    ],
)
def test_a_mapping_file_that_is_wrong_is_told_where(mapping: str, expected: str) -> None:
    found = told(tried(data_of(NEW), mapping=mapping))
    assert any(one.startswith(expected) for one in found), found
    assert "Menade du" in found[0] or expected in ("MK908 1:11", "MK1")


def test_a_name_in_the_wrong_encoding_one_too_long_and_signs_nobody_sees_are_told_or_mended() -> None:
    found = taken(model(element("a", "VÃ¥rd"), element("b", "x" * 500), element("c", "A\u200fB")))
    first, second, third = found.proposed
    assert "fel teckenkodning" in said(first.reasons[0]) and "120" in said(second.reasons[0])
    assert (len(str(second.fields["name"])), third.fields["name"]) == (120, "AB")


def test_what_is_classified_here_stays_so(good: Snapshot) -> None:
    (data,) = exporting.exported(narrowed(good, "internal"), Asked(language="sv", on=date(2026, 11, 22))).files.values()
    assert not any(
        "secrecy" in one.fields
        for one in taken(data, good).proposed
        if "secrecy" in good.catalogue.entities[one.id].document.tree
    )


def test_a_relationship_of_ours_that_somebody_has_moved_is_told(good: Snapshot) -> None:
    (data,) = exporting.exported(good, Asked(language="sv", on=date(2026, 11, 22))).files.values()
    moved = re.sub(rb'(identifier="id-rel.faltjournal.leverantor-ek.supplier" source="[^"]*" target=)"[^"]*"',
                   rb'\1"id-organisation.region-exempel"', data)  # fmt: skip
    assert moved != data
    (system,) = (one for one in taken(moved).proposed if one.id == "faltjournal")
    assert system.fields["supplier"] == "leverantor-ek" and "flyttad" in said(system.reasons[0])
