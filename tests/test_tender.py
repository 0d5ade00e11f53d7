"""What a tender must ask for: everything the catalogue says of a module, and where."""

from __future__ import annotations

from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as for_any
from hypothesis import strategies as st
from test_webapp import client_of, text

from modulkarta.analysis import tender as tendering
from modulkarta.analysis.roadmap.deadlines import deadlines, duties
from modulkarta.analysis.tender import Tender
from modulkarta.findings import dotted
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot

MODULE = """\
name: Journal
capabilities: [varda]
functions: [skriva]
provides: [sammanfattning]
requires: [larm]
masters: [anteckning]
reads: [anteckning, bokning]
platforms: [drift]
standards:
  - {standard: fhir, version: 4.0.1, state: planned, decision: beslut}
  - {standard: lagen, state: planned}
lifecycle: {live: 2028-Q3}
"""
FILES = {
    "modules/journal": MODULE,
    "modules/larmpanelen": "name: Larmpanelen\nprovides: [larm]\n",
    "modules/akuten": "name: Akuten\nrequires: [sammanfattning]\n",
    "capabilities/varda": "name: Vårda\nband: core\n",
    "functions/skriva": "name: Skriva\ncriticality: [patient-safety]\n",
    "functions/lasa": "name: Läsa\n",
    "interfaces/sammanfattning": "name: Sammanfattning\nstandards: [fhir]\ninformation: [anteckning]\nversion: 2\n",
    "interfaces/larm": "name: Larm\ntemporary: true\nlifecycle: {retired: 2030}\n",
    "information-objects/anteckning": "name: Anteckning\nterms: [insats]\nstandards: [utkast]\n"
    "classification: Känslig\n",
    "information-objects/bokning": "name: Bokning\n",
    "terms/insats": "name: insats\nstatus: accepted\ndefinition: Det som görs.\n",
    "standards/fhir": "name: FHIR\nidentifier: HL7 FHIR\nversion: 4\nstatus: current\n",
    "standards/utkast": "name: Utkastet\nstatus: draft\n",
    "platforms/drift": "name: Drift\n",
    "decisions/beslut": "name: Beslut\nstate: taken\n",
    "principles/oppet": "name: Öppet\nfollowed_by: [journal]\n",
    "principles/latt": "name: Lätt\ndeviations: [{module: journal, decision: beslut, reason: Svårt.}]\n",
    "principles/annat": "name: Annat\nfollowed_by: [larmpanelen]\n",
    "systems/gammalt": "name: Gammalt\nfunctions: [skriva, lasa]\n",
    "replacements/byte": "name: Byte\nreplaces: gammalt\nfunctions:\n"
    "  - {function: skriva, disposition: replaced, by: [{module: journal}], gate: Alla kan skriva.}\n"
    "  - {function: lasa, disposition: replaced, by: [{module: journal}]}\n",
    "regulations/lagen": "name: Lagen\nconcerns: [larmpanelen]\napplies:\n"
    "  - {date: 2027, what: Först.}\n"
    "  - {date: 2028-09-01, what: Sedan.}\n"
    "  - {date: 2029, what: Andra., concerns: [larmpanelen]}\n"
    "  - {date: 2030, what: Information., concerns: [anteckning, bokning]}\n",
    "regulations/allman": "name: Allmän\nconcerns: [varda]\n",
    "regulations/annan": "name: Annan\nconcerns: [larmpanelen]\napplies: [{date: 2027}]\n",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    read = given.read(FILES)
    assert not read.count("error"), read.findings
    return read.catalogue


@pytest.fixture(scope="module")
def tender(catalogue: Catalogue) -> Tender:
    return tendering.tender(catalogue, catalogue.entities["journal"])


def test_interfaces_with_their_other_end_and_standards(tender: Tender) -> None:
    provided, required = tender.interfaces
    assert (provided.interface, provided.role, provided.others) == ("sammanfattning", "provides", ("akuten",))
    (use,) = provided.standards
    assert (use.standard, use.identifier, use.version, use.status) == ("fhir", "HL7 FHIR", "4", "current")
    assert provided.version == "2" and provided.information == ("anteckning",) and not provided.temporary
    assert (required.interface, required.role, required.others) == ("larm", "requires", ("larmpanelen",))
    assert required.temporary and required.retired and required.retired.written == "2030"


def test_standards_of_the_module_with_state_and_decision(tender: Tender) -> None:
    (use,) = tender.standards
    assert (use.standard, use.version, use.status, use.state, use.decision) == (
        "fhir", "4.0.1", "current", "planned", "beslut",
    )  # fmt: skip


def test_information_comes_once_with_all_that_is_done_to_it(tender: Tender) -> None:
    found = [(one.information, one.handling, one.terms, len(one.standards)) for one in tender.information]
    assert found == [("anteckning", ("masters", "reads"), ("insats",), 1), ("bokning", ("reads",), (), 0)]
    assert [(one.term, one.status, one.definition) for one in tender.terms] == [
        ("insats", "accepted", "Det som görs.")
    ]  # fmt: skip


def test_functions_are_its_own_and_those_it_takes_over(tender: Tender) -> None:
    own, taken = tender.functions
    assert (own.function, own.criticality, own.takes_over_from) == ("skriva", ("patient-safety",), ("gammalt",))
    assert [gate.text for gate in own.gates] == ["Alla kan skriva."]
    assert taken.function == "lasa" and taken.gates == () and taken.place.entity == "byte"


def test_a_day_of_law_that_says_whom_it_concerns_hits_nobody_else(tender: Tender) -> None:
    found = [(one.regulation, one.what, one.because, one.holds_at_start) for one in tender.regulations]
    assert found == [
        ("lagen", "Först.", ("journal",), "yes"),
        ("lagen", "Sedan.", ("journal",), "possibly"),
        ("lagen", "Information.", ("anteckning", "bokning"), "no"),
        ("allman", None, ("varda",), None),
    ]


def laws(files: given.Given) -> tuple[set[tuple[str, str]], set[tuple[str, str]], set[str]]:
    """The days of law by module as the tenders tell them, as duties do, and the modules of the deadlines."""
    read = given.read(files).catalogue
    told = {
        (module.id, one.what or "")
        for module in read.of_kind["module"]
        for one in tendering.tender(read, module).regulations
        if one.date
    }
    days = {d.index: read.entities[d.regulation].rows("applies")[d.index].get("what", "") for d in duties(read)}
    held = {(duty.module, days[duty.index]) for duty in duties(read)}
    return told, held, {module for one in deadlines(read) for module in one.waiting}


def test_a_day_of_law_hits_the_same_modules_wherever_it_is_asked_about() -> None:
    files = {
        "information-objects/o": "name: O\n", "information-objects/p": "name: P\n",
        "modules/m": "name: M\nreads: [o]\n",
        "modules/n": "name: N\nstandards: [{standard: lag}]\n",
        "regulations/lag": "name: Lag\napplies: [{date: 2027, what: O., concerns: [o]},"
        " {date: 2028, what: P., concerns: [p]}, {date: 2029, what: Allt.}]\n",
    }  # fmt: skip
    told, held, waiting = laws(files)
    assert told == held == {("m", "O."), ("n", "Allt.")} and waiting == {"m", "n"}


@for_any(st.data())
def test_tenders_duties_and_deadlines_agree_on_any_law(data: st.DataObject) -> None:
    def some(ids: str) -> str:
        return "[" + ", ".join(data.draw(st.lists(st.sampled_from(ids.split()), unique=True))) + "]"

    files = {f"information-objects/{one}": "name: O\n" for one in "op"}
    for one in ("m", "n"):
        follows = data.draw(st.sampled_from(["", "standards: [{standard: lag}]\n"]))
        files[f"modules/{one}"] = f"name: M\nreads: {some('o p')}\n{follows}"
    days = ", ".join(f"{{date: {2027 + i}, what: D{i}, concerns: {some('m n o p')}}}" for i in range(3))
    files["regulations/lag"] = f"name: Lag\nconcerns: {some('m n o p')}\napplies: [{days}]\n"
    told, held, waiting = laws(files)
    assert told == held and waiting == {module for module, _ in held}


def test_principles_followed_and_not(tender: Tender) -> None:
    found = [(one.principle, one.follows, one.decision, one.reason) for one in tender.principles]
    assert found == [("latt", False, "beslut", "Svårt."), ("oppet", True, None, None)]


def test_everything_says_where_it_stands(catalogue: Catalogue, tender: Tender) -> None:
    demands = (*tender.functions, *tender.interfaces, *tender.information, *tender.regulations, *tender.platforms,
               *tender.principles)  # fmt: skip
    places = [one.place for one in demands] + [gate.place for one in tender.functions for gate in one.gates]
    for place in places:
        found: object = catalogue.entities[place.entity].fields
        for step in place.path:
            found = found[step]  # type: ignore[index]
        assert found, dotted(place.path)
    assert len(places) == 14


def test_a_module_that_says_nothing_asks_for_nothing() -> None:
    read = given.read({"modules/tom": "name: Tom\n"}).catalogue
    found = tendering.tender(read, read.entities["tom"])
    assert not any((found.functions, found.interfaces, found.standards, found.information, found.terms,
                    found.regulations, found.platforms, found.principles))  # fmt: skip


# The command and the page


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.written(tmp_path, FILES).parent)


def test_tender_as_json(run: Run, here: None) -> None:
    answer = run("tender", "journal", "--format", "json").data
    assert answer["schema"] == "modulkarta/tender/1" and answer["module"] == "journal" and answer["live"] == "2028-Q3"
    assert set(answer) == {"schema", "module", "live", "functions", "interfaces", "standards", "information", "terms",
                           "regulations", "platforms", "principles", "truth"}  # fmt: skip
    assert answer["regulations"][1] == {
        "regulation": "lagen", "because": ["journal"], "what": "Sedan.", "date": "2028-09-01",
        "holds_at_start": "possibly", "place": {"entity": "lagen", "path": "applies.1", "truth": "unknown"},
    }  # fmt: skip


def test_every_part_of_the_json_has_its_promised_names(run: Run, here: None) -> None:
    answer = run("tender", "journal", "--format", "json").data
    names = {part: set(answer[part][0]) for part in answer if isinstance(answer[part], list)}
    assert names == {
        "functions": {"function", "criticality", "takes_over_from", "gates", "place"},
        "interfaces": {"interface", "role", "others", "version", "temporary", "retired", "information", "standards",
                       "place"},
        "standards": {"user", "path", "standard", "identifier", "subjects", "version", "status", "state", "decision",
                      "truth"},
        "information": {"information", "handling", "classification", "terms", "standards", "place"},
        "terms": {"term", "status", "definition", "place"},
        "regulations": {"regulation", "because", "what", "date", "holds_at_start", "place"},
        "platforms": {"entity", "place"},
        "principles": {"principle", "follows", "decision", "reason", "place"},
    }  # fmt: skip
    assert set(answer["functions"][0]["gates"][0]) == {"replacement", "system", "text", "place"}


def test_every_name_that_is_an_example_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = ("modules/larmpanelen", "standards/fhir", "terms/insats", "systems/gammalt", "decisions/beslut")
    files = FILES | {name: FILES[name] + "truth: illustrative\n" for name in examples}
    monkeypatch.chdir(given.written(tmp_path, files).parent)
    out = run("tender", "journal").out
    for name in ("Larmpanelen", "FHIR", "insats", "Gammalt", "Beslut"):
        assert f"{name} (exempel)" in out, name
    assert "Skriva (exempel)" not in out


def test_tender_as_text(run: Run, here: None) -> None:
    out = run("tender", "journal").out
    assert out.startswith("Krav att ställa i en upphandling av Journal. I drift: kv 3 2028.\n")
    assert "Utkastet (utkast)" in out and "FHIR (version 4, gäller)" in out
    english = run("tender", "journal", "--lang", "en").out
    assert english.startswith("What a tender for Journal must require. Live: Q3 2028.\n") and "perhaps" in english


@pytest.mark.parametrize(("wrong", "hint"), [("jornal", " Menade du ”journal”?"), ("gammalt", "")])
def test_an_unknown_module_is_a_clear_sentence(run: Run, here: None, wrong: str, hint: str) -> None:
    ended = run("tender", wrong)
    assert ended.code == 2 and f"”{wrong}” finns inte bland moduler.{hint}" in ended.err


def test_the_page_says_the_same() -> None:
    client = client_of(given.read(FILES))
    page = text(client, "/krav/journal")
    assert "Krav att ställa i en upphandling av Journal" in page and "I drift: kv 3 2028" in page
    for words in ("Alla kan skriva.", "Utkastet (utkast)", "Det som görs.", "2028-09-01 Kanske", "tas bort 2030",
                  "Avviker från Lätt enligt Beslut : Svårt."):  # fmt: skip
        assert words in page, words
    assert client.get("/krav/gammalt").status_code == 404 and client.get("/krav/finns-inte").status_code == 404


def test_a_former_id_leads_to_todays_page() -> None:
    client = client_of(given.read({"modules/ny": "name: Ny\nformer_ids: [gammal]\n"}))
    answer = client.get("/krav/gammal?datum=2027-05-01")
    assert (answer.status_code, answer.location) == (301, "/krav/ny?datum=2027-05-01")


def test_every_module_has_its_page_and_leads_to_it(good: Snapshot) -> None:
    client = client_of(good)
    for module in good.catalogue.of_kind["module"]:
        assert f'href="/krav/{module.id}"' in client.get(f"/moduler/{module.id}").text
        assert module.name in text(client, f"/krav/{module.id}")


def test_an_empty_module_has_a_page_that_says_so() -> None:
    page = text(client_of(given.read({"modules/tom": "name: Tom\n"})), "/krav/tom")
    for words in ("Inga funktioner att visa", "Inga gränssnitt att visa", "Ingen information att visa"):
        assert words in page
