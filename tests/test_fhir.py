"""Resources of FHIR that are brought in: what they come to, and what becomes of each."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections import Counter
from typing import Any

import pytest
from given import good, read
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rivta import written

from modulkarta.exchange import texts
from modulkarta.exchange.fhir import importing, packages
from modulkarta.exchange.fhir.resources import TYPES
from modulkarta.exchange.inward import Proposal, Proposed, Source, Wish
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

SWEDISH = Wish(language="sv")
NOTHING: dict[str, str] = {}
BASE = "https://fhir.example/ig/prov"
GUIDE: dict[str, Any] = {
    "resourceType": "ImplementationGuide", "url": f"{BASE}/ImplementationGuide/prov", "version": "1.2.0",
    "title": "Provguiden", "status": "active", "packageId": "se.prov", "publisher": "Inera", "fhirVersion": ["4.0.1"],
    "description": "Så delas **prover**.", "dependsOn": [{"packageId": "hl7se.fhir.base", "version": "1.1.0"}],
}  # fmt: skip
STATEMENT: dict[str, Any] = {
    "resourceType": "CapabilityStatement", "url": f"{BASE}/CapabilityStatement/server", "version": "1.2.0",
    "title": "Provservern", "status": "active", "kind": "requirements", "fhirVersion": "4.0.1",
    "implementationGuide": [f"{BASE}/ImplementationGuide/prov|1.2.0"],
    "rest": [{"mode": "server", "resource": [
        {"type": "Observation", "supportedProfile": [f"{BASE}/StructureDefinition/prov", "https://annan.example/x"],
         "interaction": [{"code": "read"}, {"code": "search-type"}]},
        {"type": "Patient", "profile": "http://hl7.org/fhir/StructureDefinition/Patient"},
    ]}],
}  # fmt: skip


def answered(files: dict[str, bytes], at: Snapshot | None = None) -> Proposal | tuple[Finding, ...]:
    return importing.proposed(tuple(Source(name=n, data=d) for n, d in files.items()), at or read(NOTHING), SWEDISH)


def proposal(*resources: dict[str, Any], at: Snapshot | None = None) -> Proposal:
    answer = answered({f"{n}.json": json.dumps(one, indent=1).encode() for n, one in enumerate(resources)}, at)
    assert isinstance(answer, Proposal), answer
    return answer


def things(answer: Proposal, kind: str) -> dict[str, Proposed]:
    return {one.id: one for one in answer.proposed if one.kind == kind}


def bundle(*resources: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def package(files: dict[str, bytes], *more: tarfile.TarInfo) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for member in more:
            archive.addfile(member)
    return data.getvalue()


def test_a_statement_is_an_interface_that_follows_fhir_and_its_guides() -> None:
    answer = proposal(STATEMENT, GUIDE, at=read({"organisations/inera": "name: Inera\n"}))
    (one,) = things(answer, "interface").values()
    assert (one.id, one.fields) == ("provservern", {
        "name": "Provservern",
        "description": "Resurser: Observation (read, search-type), Patient.",
        "version": "1.2.0",
        "standards": ["fhir-r4", "provguiden"],
        "external_ids": [{"system": "fhir", "value": f"{BASE}/CapabilityStatement/server|1"}],
    })  # fmt: skip
    assert [said(reason) for reason in one.reasons] == [
        "profilerna https://annan.example/x hör till guider som inte är kända"
    ]
    guide = things(answer, "standard")["provguiden"]
    assert guide.fields == {
        "name": "Provguiden",
        "summary": "Så delas prover.",
        "description": "Så delas **prover**.\n\nFHIR-version: 4.0.1.\n\nBygger på: hl7se.fhir.base 1.1.0.",
        "identifier": "se.prov",
        "subject": ["data", "interfaces"],
        "url": f"{BASE}/ImplementationGuide/prov",
        "steward": "inera",
        "version": "1.2.0",
        "status": "current",
        "external_ids": [{"system": "fhir", "value": f"{BASE}/ImplementationGuide/prov|1"}],
    }


def test_what_is_proposed_is_a_sound_catalogue_and_comes_to_the_same_again() -> None:
    at = read(written(proposal(STATEMENT, GUIDE)))
    assert not at.count("error"), at.findings
    again = proposal(STATEMENT, GUIDE, at=at)
    assert {one.id for one in again.proposed} == set(at.catalogue.entities)
    for one in again.proposed:
        tree = at.catalogue.entities[one.id].document.tree
        assert {name: tree[name] for name in one.fields} == one.fields
        assert one.fields.keys() <= {"version", "status", "standards", "external_ids"}


def test_a_new_minor_changes_the_version_and_a_new_major_is_a_new_thing() -> None:
    at = read(written(proposal(STATEMENT, GUIDE)))
    minor = proposal({**STATEMENT, "version": "1.3.0"}, {**GUIDE, "version": "1.3.0"}, at=at)
    assert {one.id: one.fields.get("version") for one in minor.proposed} == {
        "provservern": "1.3.0", "provguiden": "1.3.0", "fhir-r4": None}  # fmt: skip
    major = proposal({**STATEMENT, "version": "2.0.0"}, {**GUIDE, "version": "2.0.0"}, at=at)
    names = {one.id: one.fields.get("name") for one in major.proposed}
    assert names == {"provservern-interface": "Provservern 2.0.0", "provguiden-2-0-0": "Provguiden 2.0.0",
                     "provguiden": None, "fhir-r4": None}  # fmt: skip


def test_the_standards_that_a_catalogue_has_are_used_and_its_own_words_are_left() -> None:
    at = read({
        "standards/guiden": "name: Vår guide\nidentifier: se.prov\nversion: 1.0 (2025)\nstatus: retiring\n",
        "standards/fhir": "name: HL7 FHIR R4\n",
    })  # fmt: skip
    answer = proposal(STATEMENT, GUIDE, at=at)
    assert things(answer, "interface")["provservern"].fields["standards"] == ["fhir", "guiden"]
    assert things(answer, "standard")["guiden"].fields.keys() == {"version", "external_ids"}


def test_a_guide_that_is_only_named_becomes_a_standard_and_says_so() -> None:
    answer = proposal(STATEMENT)
    guide = things(answer, "standard")["prov"]
    assert (guide.fields["name"], guide.fields["version"]) == ("prov", "1.2.0")
    assert [said(reason) for reason in guide.reasons] == [
        "guiden nämns men är inte med bland filerna, så bara dess adress är känd"
    ]


def test_resources_in_a_bundle_and_in_rows_have_their_lines() -> None:
    whole = json.dumps(bundle(STATEMENT, {"resourceType": "Patient"}, "x", bundle(GUIDE), bundle()), indent=1)
    rows = "\n".join(json.dumps({**one, "url": "https://fhir.example/x"}) for one in (STATEMENT, GUIDE)) + "\n\n"
    answer = answered({"b.json": b"\xef\xbb\xbf" + whole.encode(), "r.ndjson": rows.encode()})
    assert isinstance(answer, Proposal)
    origins = [*(one for it in answer.proposed for one in it.origins), *(it.origin for it in answer.items)]
    lines = whole.split("\n")
    starts = [n for n, row in enumerate(lines, 1) if row == "  {"]
    in_bundle = sorted(one.at.line for one in origins if one.at.file == "b.json" and one.sort[0].isupper())
    assert in_bundle == starts
    assert sorted(one.at.line for one in origins if one.at.file == "r.ndjson" and one.sort[0].isupper()) == [1, 2]


def test_of_the_same_canonical_the_latest_applies_and_the_others_are_named() -> None:
    answer = proposal({**GUIDE, "version": "1.2.0-ballot"}, GUIDE, {**GUIDE, "version": "1.10.0"})
    assert things(answer, "standard")["provguiden"].fields["version"] == "1.10.0"
    assert [(item.origin.at.file, said(item.reasons[0])) for item in answer.items] == [
        (file, f"{BASE}/ImplementationGuide/prov|1 finns också i 2.json:1, som gäller") for file in ("0.json", "1.json")
    ]


def test_a_package_is_read_in_memory_and_each_of_its_files_told() -> None:
    data = package({
        "package/package.json": b"{}",
        "package/ImplementationGuide-prov.json": json.dumps(GUIDE).encode(),
        "package/StructureDefinition-prov.json": b'{"resourceType": "StructureDefinition", broken',
        "package/example/x.json": b"not read",
    })  # fmt: skip
    answer = answered({"package.tgz": data})
    assert isinstance(answer, Proposal)
    assert [one.id for one in answer.proposed] == ["provguiden"]
    assert {item.origin.at.file: said(item.reasons[0]) for item in answer.items} == {
        "package.tgz!package/package.json": "den säger inget resourceType",
        "package.tgz!package/StructureDefinition-prov.json":
            "resurser av typen StructureDefinition blir ingenting i katalogen",
        "package.tgz!package/example/x.json": "filen ligger vid sidan av paketets resurser",
    }  # fmt: skip


def _link() -> tarfile.TarInfo:
    link = tarfile.TarInfo("package/x.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return link


@pytest.mark.parametrize(
    ("name", "data", "code", "place", "words"),
    [
        ("x.json", b"", "MK901", (1, 1), "tom"),
        ("x.json", b'{\n "a": 1,\n}', "MK901", (3, 1), "inte JSON"),
        ("x.json", b"%PDF-1.7", "MK902", (1, 1), "PDF"),
        ("x.json", b"<CapabilityStatement/>", "MK902", (1, 1), "XML"),
        ("x.json", b"ord", "MK901", (1, 1), "inte JSON"),
        ("x.json", b'{"a": {"b": 1,\n "b": 2}}', "MK901", (2, 2), "två gånger"),
        ("x.json", b'{"a":\n  NaN}', "MK901", (2, 3), "NaN"),
        ("x.json", b'{"a": "V\xe5rd"}', "MK907", (1, 1), "UTF-8"),
        ("x.json", b'{"a":' * 100 + b'{"b":1}' + b"}" * 100, "MK902", (1, 1), "FHIR"),
        ("x.json", b"[" * 50_000 + b"]" * 50_000, "MK906", (1, 101), "djupt"),
        ("x.json", b" " * 32_000_001, "MK905", (1, 1), "32 MB"),
        ("x.json", b'{"resourceType": "Patient"}', "MK902", (1, 1), "CapabilityStatement"),
        ("x.json", b'{"resourceType": "Conformance", "fhirVersion": "1.0.2"}', "MK902", (1, 1), "CapabilityStatement"),
        ("x.json", b"[1]", "MK902", (1, 1), "FHIR"),
        ("x.json", b'{"resourceType": "ImplementationGuide", "fhirVersion": "3.0.2"}', "MK903", (1, 1), "STU3 (3.0.2)"),
        ("x.tgz", gzip.compress(b"x", mtime=0), "MK901", (1, 1), "arkivet"),
        ("x.tgz", b"\x1f\x8bxxxx", "MK901", (1, 1), "arkivet"),
        ("x.tgz", package({"package/../../x.json": b"{}"}), "MK906", (1, 1), "sökväg"),
        ("x.tgz", package({}, _link()), "MK906", (1, 1), "länk"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_with_its_place(
    name: str, data: bytes, code: str, place: tuple[int, int], words: str
) -> None:
    answer = answered({name: data})
    assert not isinstance(answer, Proposal), answer
    (one,) = answer
    assert (one.code, one.location.line, one.location.column) == (code, *place)
    assert words in said(one.message)


def test_a_package_that_swells_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 1_000_000)
    answer = answered({"x.tgz": package({"package/x.json": b" " * 3_000_000})})
    assert not isinstance(answer, Proposal)
    assert [one.code for one in answer] == ["MK905"]


def test_the_longest_texts_are_those_of_the_schemas() -> None:
    shared = good().catalogue.metamodel.schemas["common.schema.json"]["$defs"]
    assert [shared[name]["maxLength"] for name in ("name", "summary", "description")] == [
        texts.LONGEST_NAME, texts.LONGEST_SUMMARY, texts.LONGEST_DESCRIPTION]  # fmt: skip


_ADDRESS = st.sampled_from([GUIDE["url"], STATEMENT["url"], "https://x.example/ImplementationGuide/y", "", "urn:x"])
_VERSION = st.sampled_from(["", "1.0.0", "1.2", "2.0.0-ballot", "2024-06"])
_VALUE = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), _ADDRESS,
                   st.lists(st.one_of(_ADDRESS, st.integers()), max_size=2), st.just({"type": 7}))  # fmt: skip
_RESOURCE = st.fixed_dictionaries(
    {"resourceType": st.sampled_from([*TYPES, *TYPES, "Patient", ""])},
    optional={"url": _ADDRESS, "version": _VERSION, "title": st.sampled_from(["A", "B", "å" * 130]), "rest": _VALUE,
              "fhirVersion": st.sampled_from(["4.0.1", "4.3.0", "3.0.2", ["5.0.0", "4.0.1"], 7]), "status": _VALUE,
              "implementationGuide": _VALUE, "dependsOn": _VALUE, "publisher": _VALUE, "description": _VALUE},
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.one_of(_RESOURCE, _VALUE), min_size=1, max_size=5), st.booleans())
def test_every_resource_is_told_once(resources: list[Any], known: bool) -> None:
    at = good() if known else read(NOTHING)
    answer = answered({"b.json": json.dumps(bundle(*resources)).encode()}, at)
    if not isinstance(answer, Proposal):
        assert len(answer) == len(resources)
        return
    origins = [*(one for it in answer.proposed for one in it.origins), *(it.origin for it in answer.items)]
    told = Counter(one.sort for one in origins)
    assert sum(told.values()) - told["fhirVersion"] - told["implementationGuide"] == len(resources)
    assert len({one.id for one in answer.proposed}) == len(answer.proposed)
    assert {name for one in answer.proposed for name in one.fields} <= set(
        at.catalogue.metamodel.kinds["standard"].properties) | {"standards"}  # fmt: skip
    again = read(written(answer))
    assert not again.count("error"), again.findings
