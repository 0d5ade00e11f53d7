"""Service contracts of RIV-TA in WSDL files: what they come to, and what becomes of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from given import good, metamodel, read
from hypothesis import given, settings
from hypothesis import strategies as st

from modulkarta.exchange.inward import Proposal, Proposed, Source, Wish
from modulkarta.exchange.rivta import importing
from modulkarta.exchange.rivta.namespace import taken_apart
from modulkarta.findings import Finding
from modulkarta.metamodel import Kind
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

DOMAIN = "clinicalprocess:healthcond:description"
SWEDISH = Wish(language="sv")
NOTHING: dict[str, str] = {}


def wsdl(space: str, *, words: str = "", imports: Iterable[str] = (), name: str = "ProvInteraction") -> bytes:
    mentions = "".join(f"<xs:import namespace='{one}' schemaLocation='https://example.invalid/x.xsd'/>"
                       for one in imports)  # fmt: skip
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<wsdl:definitions name='{name}' targetNamespace='{space}'\n"
        "  xmlns:wsdl='http://schemas.xmlsoap.org/wsdl/' xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"
        f"  <wsdl:documentation>{words}</wsdl:documentation>\n"
        f"  <wsdl:types><xs:schema targetNamespace='{space}'>{mentions}</xs:schema></wsdl:types>\n"
        "  <wsdl:portType name='P'><wsdl:operation name='Prova'/></wsdl:portType>\n</wsdl:definitions>\n"
    ).encode()


def xsd(space: str, version: str = "") -> bytes:
    said_version = f" version='{version}'" if version else ""
    return f"<s:schema xmlns:s='http://www.w3.org/2001/XMLSchema' targetNamespace='{space}'{said_version}/>".encode()


def proposal(files: dict[str, bytes], at: Snapshot | None = None) -> Proposal:
    sources = tuple(Source(name=name, data=data) for name, data in files.items())
    answer = importing.proposed(sources, at or read(NOTHING), SWEDISH)
    assert isinstance(answer, Proposal), answer
    return answer


def findings(name: str, data: bytes) -> tuple[Finding, ...]:
    answer = importing.proposed((Source(name=name, data=data),), read(NOTHING), SWEDISH)
    assert not isinstance(answer, Proposal), answer
    return answer


def things(answer: Proposal, kind: str) -> dict[str, Proposed]:
    return {one.id: one for one in answer.proposed if one.kind == kind}


def written(answer: Proposal) -> dict[str, str]:
    """What is proposed as files of a tiny catalogue."""
    kinds: dict[str, Kind] = dict(metamodel().kinds)
    return {f"{kinds[one.kind].folder}/{one.id}": _yaml(one.fields) for one in answer.proposed}


def _yaml(fields: object) -> str:
    import json

    return json.dumps(fields, ensure_ascii=False) + "\n"


A_CONTRACT = {
    "schemas_2.1.4/interactions/GetProv/GetProv_2.1_RIVTABP21.wsdl": wsdl(
        f"urn:riv:{DOMAIN}:GetProv:2:rivtabp21",
        words="\n Tjänsteinteraktionens namn: GetProv\n Beskrivning:\n Hämtar prover. Bara egna.\n Förvaltas av: Inera",
        imports=(f"urn:riv:{DOMAIN}:GetProvResponder:2", "urn:riv:itintegration:registry:1"),
    ),
    "schemas_2.1.4/interactions/GetProv/GetProvResponder_2.1.xsd": xsd(f"urn:riv:{DOMAIN}:GetProvResponder:2", "2.1"),
    "schemas_2.1.4/core_components/description_2.1.xsd": xsd(f"urn:riv:{DOMAIN}:2", "2.1"),
}


def test_a_contract_is_an_interface_that_follows_its_domain_and_riv_ta() -> None:
    answer = proposal(A_CONTRACT, read({"organisations/inera": "name: Inera\n"}))
    contract = things(answer, "interface")["getprov-2"]
    assert contract.fields == {
        "name": "GetProv 2",
        "summary": "Hämtar prover. Bara egna.",
        "description": "Operationer: Prova. Profil: rivtabp21.",
        "version": "2.1",
        "standards": ["tjanstedomanen-clinicalprocess-healthcond-description", "riv-ta-2"],
        "external_ids": [{"system": "riv-ta", "value": f"urn:riv:{DOMAIN}:GetProv:2"}],
    }
    assert [one.sort for one in contract.origins] == ["WSDL", "XSD"]
    assert [said(reason) for reason in contract.reasons] == [
        "schemat urn:riv:itintegration:registry:1 är inte med bland filerna, och hämtas inte"
    ]
    domain = things(answer, "standard")["tjanstedomanen-clinicalprocess-healthcond-description"]
    assert (domain.fields["version"], domain.fields["steward"]) == ("2.1.4", "inera")
    assert [one.sort for one in domain.origins] == ["tjänstedomän", "XSD"]


def test_what_is_proposed_is_a_sound_catalogue_and_comes_to_the_same_again() -> None:
    once = written(proposal(A_CONTRACT))
    at = read(once)
    assert not at.count("error"), at.findings
    again = proposal(A_CONTRACT, at)
    assert {one.id for one in again.proposed} == set(at.catalogue.entities)
    for one in again.proposed:
        entity = at.catalogue.entities[one.id]
        assert {name: entity.document.tree[name] for name in one.fields} == one.fields
        assert "name" not in one.fields and "summary" not in one.fields


def test_the_standards_that_a_catalogue_has_are_used() -> None:
    at = read({
        "standards/prov-2": "name: GetProv 2.1\nidentifier: x\n",
        "standards/regler": "name: RIV tekniska anvisningar\nversion: 2.0.5 (2021)\n",
        "standards/familj": f"name: Beskrivningar\nidentifier: urn:riv:{DOMAIN}\n",
    })  # fmt: skip
    answer = proposal(A_CONTRACT, at)
    assert things(answer, "interface")["getprov-2"].fields["standards"] == ["prov-2", "familj", "regler"]
    assert "name" not in things(answer, "standard")["familj"].fields


def test_what_people_have_written_of_a_contract_is_left_as_it_is() -> None:
    key = f"urn:riv:{DOMAIN}:GetProv:2"
    at = read({
        "interfaces/prover": f"name: Läsa prover\nsummary: Vår egen.\nversion: 2.0\nstandards: [eget]\n"
        f"external_ids:\n  - system: riv-ta\n    value: {key}\n  - system: annat\n    value: '7'\n",
        "standards/eget": "name: Eget\n",
    })  # fmt: skip
    fields = things(proposal(A_CONTRACT, at), "interface")["prover"].fields
    assert fields.keys() == {"version", "standards", "external_ids"}
    assert (fields["version"], fields["standards"][0]) == ("2.1", "eget")  # type: ignore[index]
    assert {"system": "annat", "value": "7"} in fields["external_ids"]  # type: ignore[operator]


def test_two_majors_are_two_interfaces_and_two_profiles_are_one() -> None:
    files = {
        "a_1.0_RIVTABP20.wsdl": wsdl("urn:riv:a:b:GetX:1:rivtabp20"),
        "a_1.1_RIVTABP21.wsdl": wsdl("urn:riv:a:b:GetX:1:rivtabp21"),
        "b_2.0_RIVTABP21.wsdl": wsdl("urn:riv:a:b:GetX:2:rivtabp21"),
        "old_3.4_rivtabp20.wsdl": wsdl("urn:riv:insuranceprocess:healthreporting:RegisterMedicalCertificate:3"),
    }
    answer = proposal(files)
    versions = {id_: one.fields["version"] for id_, one in things(answer, "interface").items()}
    assert versions == {"getx-1": "1.1", "getx-2": "2.0", "registermedicalcertificate-3": "3.4"}
    assert len(things(answer, "interface")["getx-1"].origins) == 2
    assert [one.name for one in things(answer, "standard")["riv-ta-2"].origins] == ["rivtabp20", "rivtabp21"]


def test_a_file_of_the_same_contract_and_profile_is_named() -> None:
    new, old = wsdl("urn:riv:a:b:GetX:1:rivtabp21", words="Ny."), wsdl("urn:riv:a:b:GetX:1:rivtabp21", words="Gammal.")
    answer = proposal({"a/x_1.0_r.wsdl": old, "b/x_1.10_r.wsdl": new, "c/x_1.10_r.wsdl": new})
    assert things(answer, "interface")["getx-1"].fields["summary"] == "Ny."
    assert [(item.origin.at.file, said(item.reasons[0])) for item in answer.items] == [
        ("a/x_1.0_r.wsdl", "samma kontrakt och profil finns också i b/x_1.10_r.wsdl, som gäller"),
        ("c/x_1.10_r.wsdl", "det är en kopia av b/x_1.10_r.wsdl"),
    ]


def test_a_schema_of_another_domain_belongs_to_the_first_contract_that_builds_on_it() -> None:
    files = {f"{name}_1.{n}_r.wsdl": wsdl(f"urn:riv:a:b:{name}:1", imports=("urn:riv:c:registry:1",))
             for n, name in enumerate(("GetX", "GetY"))}  # fmt: skip
    answer = proposal({**files, "registry_1.9.xsd": xsd("urn:riv:c:registry:1"), "alone.xsd": xsd("urn:alone")})
    contracts = things(answer, "interface")
    assert [len(contracts[id_].origins) for id_ in ("getx-1", "gety-1")] == [2, 1]
    assert contracts["getx-1"].fields["version"] == "1.0"
    assert [(item.origin.name, said(item.reasons[0])) for item in answer.items] == [
        ("alone.xsd", "schemat används inte av någon WSDL som är med")
    ]


def test_a_service_without_riv_ta_gets_no_standard_and_says_so() -> None:
    answer = proposal({"x.wsdl": wsdl("http://example.invalid/tjanst", name="Tjänsten")})
    one = things(answer, "interface")["tjansten"]
    assert "standards" not in one.fields and "version" not in one.fields
    assert [said(reason) for reason in one.reasons] == [
        "namnrymden är inte en tjänstedomän i RIV-TA, så tjänsten får ingen standard"
    ]


def test_what_stands_in_other_letters_is_read() -> None:
    text = wsdl("urn:riv:a:b:GetX:1:rivtabp21", words="Åäö.").decode()
    answers = [
        proposal({"x.wsdl": data})
        for data in (
            text.encode("utf-8-sig"),
            text.replace("UTF-8", "UTF-16").encode("utf-16"),
            text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
            text.replace("UTF-8", "windows-1252").encode("cp1252"),
        )
    ]
    assert [things(one, "interface")["getx-1"].fields["summary"] for one in answers] == ["Åäö."] * 4


@pytest.mark.parametrize(
    ("data", "code", "line", "words"),
    [
        (b"", "MK901", 1, "tom"),
        (b"PK\x03\x04", "MK902", 1, "ZIP"),
        (b"text", "MK901", 1, "trasig"),
        (b"<a>\n<b></a>", "MK901", 2, "trasig"),
        (b"<?xml version='1.0' encoding='x-okand'?><a/>", "MK901", 1, ""),
        (b"<a>\xe5</a>", "MK901", 1, "trasig"),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "MK906", 1, "DOCTYPE"),
        (b"<!DOCTYPE a><a/>", "MK906", 1, "DOCTYPE"),
        (b"<a>" * 101 + b"</a>" * 101, "MK906", 1, "djupare"),
        (b" " * 4_000_001, "MK905", 1, "4 MB"),
        (b"<html/>", "MK902", 1, "WSDL"),
        (b"<description xmlns='http://www.w3.org/ns/wsdl'/>", "MK902", 1, "WSDL"),
        (xsd("urn:riv:a:b:GetXResponder:1"), "MK902", 1, "WSDL"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_place(data: bytes, code: str, line: int, words: str) -> None:
    (one,) = findings("mapp/x.wsdl", data)
    assert (one.code, one.location.file, one.location.line) == (code, "mapp/x.wsdl", line)
    assert words in said(one.message)


@pytest.mark.parametrize(
    ("space", "is_wsdl", "key"),
    [
        ("urn:riv:a:b:GetX:12:rivtabp21", True, "urn:riv:a:b:GetX:12"),
        ("urn:riv:a:b:GetX:12:RIVTABPIP21", True, "urn:riv:a:b:GetX:12"),
        ("urn:riv:a:b:GetXInitiator:0", False, "urn:riv:a:b:GetX:0"),
        ("urn:riv:a:b:update:1", True, "urn:riv:a:b:update:1"),
        ("urn:riv:a:b:1", False, "urn:riv:a:b:1"),
    ],
)
def test_a_namespace_has_the_key_of_its_contract(space: str, is_wsdl: bool, key: str) -> None:
    found = taken_apart(space, wsdl=is_wsdl)
    assert found is not None and found.key == key


@pytest.mark.parametrize("space", ["", "urn:riv:", "urn:riv:a", "urn:riv:a:b:GetX", "urn:riv::1", "http://x/1", "riv"])
def test_what_is_not_a_namespace_of_riv_ta_is_none(space: str) -> None:
    assert taken_apart(space, wsdl=True) is None


_SPACES = st.sampled_from(
    [f"urn:riv:{domain}:{rest}" for domain in ("a:b", "c") for rest in ("GetX:1:rivtabp21", "GetX:2", "GetXResponder:1",
     "GetY:1:rivtabp20", "1")] + ["urn:riv:x", "http://x", ""]
)  # fmt: skip
_FILES = st.dictionaries(
    st.sampled_from([f"{folder}/f{n}_1.{n}_rivtabp21.xml" for folder in ("v_1.0", "v_2.0.1") for n in range(4)]),
    st.one_of(
        st.builds(wsdl, _SPACES, imports=st.lists(_SPACES, max_size=2)), st.builds(xsd, _SPACES), st.just(b"<x/>")
    ),
    min_size=1,
)


@settings(max_examples=40)
@given(_FILES, st.booleans())
def test_every_file_domain_and_profile_is_told_once(files: dict[str, bytes], known: bool) -> None:
    sources = tuple(Source(name=name, data=data) for name, data in files.items())
    answer = importing.proposed(sources, good() if known else read(NOTHING), SWEDISH)
    if not isinstance(answer, Proposal):
        assert {one.location.file for one in answer} == set(files)
        return
    origins = [*(origin for one in answer.proposed for origin in one.origins), *(item.origin for item in answer.items)]
    told = Counter(origin.at.file for origin in origins if origin.sort in ("WSDL", "XSD", "XML"))
    assert told == Counter(files.keys())
    assert len({one.id for one in answer.proposed}) == len(answer.proposed)
    assert importing.proposed(sources[::-1], good() if known else read(NOTHING), SWEDISH) == answer
