"""The API through its own client: the same answers as pages and commands, described as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import given
import pytest
import schemathesis
from commands import Run
from flask.testing import FlaskClient
from hypothesis import settings
from jsonschema import Draft202012Validator
from new_kind import with_new_kind
from openapi_spec_validator import OpenAPIV31SpecValidator
from repositories import committed, git, repository
from schemathesis import Case
from viewing import viewer

from modulkarta import snapshot
from modulkarta.snapshot import Snapshot
from webapp import create_app

TODAY = date(2027, 1, 10)
DAY = "2027-05-01"
WITHOUT_ID = (
    "/",
    "/relationer",
    "/glapp",
    "/fardplan",
    "/karta",
    "/andringar",
    "/sok?q=larm",
    "/export.json",
    "/moduler",
)


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return create_app(good, today=lambda: TODAY).test_client()


def got(client: FlaskClient, address: str) -> dict[str, Any]:
    """The body of an answer that must be there."""
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200 and answer.mimetype == "application/json", (address, answer.text)
    body: dict[str, Any] = answer.json
    return body


def with_day(address: str, day: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}datum={day}"


def refused(client: FlaskClient, address: str, code: int) -> dict[str, Any]:
    """The problem that is answered."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (code, "application/problem+json"), (address, answer.text)
    assert answer.json["status"] == code and answer.json["type"] and answer.json["title"] and answer.json["instance"]
    body: dict[str, Any] = answer.json
    return body


DESCRIBED = schemathesis.openapi.from_wsgi("/openapi.json", create_app(given.good(), today=lambda: TODAY)).include(
    path_regex="/v1/(moduler|system|relationer|glapp|fardplan|karta|andringar|sok|export|tackning|$)"
)
"""Two kinds are enough: the others have the same addresses, and every one of their things is seen below."""


@DESCRIBED.parametrize()
@settings(max_examples=3, derandomize=True, deadline=None, database=None)
def test_every_answer_is_as_described(case: Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def test_the_description_is_openapi(client: FlaskClient) -> None:
    for lang in ("sv", "en"):
        OpenAPIV31SpecValidator(client.get(f"/openapi.json?lang={lang}").json).validate()


def test_every_thing_of_every_kind_is_as_described(client: FlaskClient, good: Snapshot) -> None:
    components = client.get("/openapi.json").json["components"]
    for kind in good.catalogue.metamodel.kinds.values():
        for shape, address in [("list", f"/{kind.slug}"), *(("thing", a) for a in things(good, kind.name))]:
            wanted = {"$ref": f"#/components/schemas/{kind.name}.{shape}.answer", "components": components}
            Draft202012Validator(wanted).validate(got(client, address))


def test_what_changed_is_as_described(past: FlaskClient) -> None:
    components = past.get("/openapi.json").json["components"]
    for address in ("/andringar", "/andringar?fran=2026-02-01&till=rapport-2026-11", f"/andringar?datum={DAY}"):
        wanted = {"$ref": "#/components/schemas/changes.answer", "components": components}
        Draft202012Validator(wanted).validate(got(past, address))


def things(read: Snapshot, kind: str) -> Iterator[str]:
    return (f"/{entity.kind.slug}/{entity.id}" for entity in read.catalogue.of_kind[kind])


def test_the_description_speaks_the_language_that_is_asked_for(client: FlaskClient) -> None:
    swedish, english = (client.get(f"/openapi.json?lang={lang}").text for lang in ("sv", "en"))
    assert "En utbytbar del av den nya vårdinformationsmiljön" in swedish
    assert "A replaceable part of the new health-information environment" in english
    assert not re.search("[åäö]", re.sub('"title": "Region[^"]*"', "", english))
    assert "x-en" not in swedish and "x-order" not in swedish


def test_a_new_kind_is_answered_and_described_without_a_line_of_code(tmp_path: Path) -> None:
    root = with_new_kind(tmp_path)
    client = create_app(snapshot.load(root, tmp_path / "schemas", given.TODAY), today=lambda: TODAY).test_client()
    assert got(client, "/vardavdelningar")["total"] == 1
    found = got(client, "/vardavdelningar/avdelning-7")
    assert found["fields"]["beds"] == 12 and found["kind"] == "ward"
    assert "/api/v1/vardavdelningar/{id}" in client.get("/openapi.json").json["paths"]


def test_a_gap_is_the_same_to_everybody(client: FlaskClient, run: Run) -> None:
    for asked, told in (("", ""), (f"?datum={DAY}", f"--date={DAY}")):
        body = got(client, f"/glapp{asked}")
        ended = run("gaps", "--format", "json", "--catalogue", given.GOOD, *filter(None, [told]))
        for name in ("version", "commit", "datum"):
            body.pop(name)
        assert body == json.loads(ended.out) and body["gaps"]
    rows = got(client, "/tackning/faltjournal")
    ended = run("coverage", "faltjournal", "--format", "json", "--catalogue", given.GOOD)
    assert rows["rows"] == json.loads(ended.out)["rows"]


def test_a_search_finds_the_same_for_everybody(client: FlaskClient, run: Run) -> None:
    body = got(client, "/sok?q=journaler&antal=5&lang=sv")
    ended = run("search", "journaler", "--limit=5", "--format=json", "--audience=secret", "--catalogue", given.GOOD)
    hits = [{**hit, "file": hit["file"][-len(mine["file"]) :]} for hit, mine in pairs(ended.out, body)]
    assert hits == body["hits"] and len(hits) == 5
    assert got(client, "/sok")["hits"] == []


def pairs(told: str, body: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(json.loads(told)["hits"], body["hits"], strict=True)


def test_a_change_is_the_same_to_everybody(past: FlaskClient, repo: Path, run: Run) -> None:
    body = got(past, "/andringar?fran=rapport-2026-10&till=nu")
    ended = run("diff", "rapport-2026-10", "--format", "json", "--catalogue", repo / "catalogue", "--audience=secret")
    told = json.loads(ended.out)
    assert body["changed"] == told["changed"] and body["removed"] == told["removed"] and not told["nothing"]
    assert body["from"] == git(repo, "rev-parse", "rapport-2026-10") and body["to"] is None


def test_every_answer_says_of_what_it_is(client: FlaskClient, good: Snapshot) -> None:
    for address in WITHOUT_ID:
        if address == "/andringar":
            continue
        body = got(client, with_day(address, DAY))
        assert re.fullmatch(r"modulkarta/[a-z]+/1", body["schema"])
        assert (body["version"], body["datum"]) == (good.version, DAY)


def test_a_thing_says_what_each_field_rests_on_and_where_it_stands(client: FlaskClient, good: Snapshot) -> None:
    entity = next(e for e in good.catalogue.entities.values() if e.singled_out)
    body = got(client, f"/{entity.kind.slug}/{entity.id}")
    assert body["truths"] == {
        **{name: entity.truth(name) for name in entity.fields if name not in ("truth", "truth_of")},
        **entity.fields["truth_of"],
    }
    text = (given.GOOD.parent / body["file"]).read_text("utf-8").splitlines()
    assert all(text[line - 1].startswith(f"{name}:") for name, line in body["lines"].items())
    assert client.get(body["url"]).status_code == 200


def test_a_day_changes_what_is_said_and_follows_every_address(client: FlaskClient) -> None:
    now, then = (got(client, f"/moduler/prehospital-journal{day}") for day in ("", "?datum=2035-01-01"))
    assert now["status"]["phase"] != then["status"]["phase"] and now["fields"] == then["fields"]
    assert then["url"] == "/moduler/prehospital-journal?datum=2035-01-01"
    assert got(client, "/moduler/prehospital-journal?lang=en")["status"]["words"] == "Being introduced"


def test_a_list_is_turned_over_a_page_at_a_time(client: FlaskClient, good: Snapshot) -> None:
    address, seen = "/api/v1/system?per_page=3&lang=en", []
    while address:
        answer = client.get(address)
        seen += [item["id"] for item in answer.json["items"]]
        links = dict(reversed(one) for one in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"]))
        assert all("lang=en" in link for link in links.values())
        address = links.get("next", "")
    assert seen == [system.id for system in good.catalogue.of_kind["system"]]


def test_relations_are_those_of_the_thing(client: FlaskClient, good: Snapshot) -> None:
    body = got(client, "/relationer?id=prehospital-journal&per_page=500")
    wanted = good.catalogue.entities["prehospital-journal"].references
    assert {(r.source, r.target) for r in wanted} < {(r["source"], r["target"]) for r in body["items"]}
    assert all("prehospital-journal" in (r["source"], r["target"]) for r in body["items"])
    every = sum(len(entity.references) for entity in good.catalogue.entities.values())
    assert got(client, "/relationer")["total"] == every == len(got(client, "/export.json")["relations"])


def test_the_export_has_everything(client: FlaskClient, good: Snapshot) -> None:
    body = got(client, "/export.json")
    assert [thing["id"] for thing in body["things"]] == list(good.catalogue.entities)
    assert sum(kind["number"] for kind in body["kinds"]) == len(body["things"])


@pytest.mark.parametrize("address", WITHOUT_ID)
def test_what_has_not_changed_is_not_sent_twice(past: FlaskClient, address: str) -> None:
    first = past.get(f"/api/v1{address}")
    assert first.headers["ETag"].startswith('"') and first.headers["Cache-Control"] == "no-cache"
    again = past.get(f"/api/v1{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = past.head(f"/api/v1{address}")
    assert head.data == b"" and head.headers["ETag"] == first.headers["ETag"]
    assert past.get("/api/v1" + with_day(address, "2031-01-01")).headers["ETag"] != first.headers["ETag"]


def test_only_what_cannot_change_is_kept_for_good(past: FlaskClient, repo: Path) -> None:
    commit = git(repo, "rev-parse", "rapport-2026-10")
    fixed = past.get(f"/api/v1/karta?rev={commit}&datum=2026-05-01")
    assert fixed.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert fixed.headers["Last-Modified"] and fixed.json["commit"] == commit
    for moving in (f"rev={commit}", f"rev=rapport-2026-10&datum={DAY}", f"rev={commit[:12]}&datum={DAY}"):
        assert past.get(f"/api/v1/karta?{moving}").headers["Cache-Control"] == "no-cache"


def test_what_is_public_may_be_kept_by_others_too(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    given.written(repo, {"modules/m": "name: M\nsecrecy: {level: public}\n"})
    commit = committed(repo)
    answer = viewer(repo, "public").get(f"/api/v1/moduler?rev={commit}&datum=2026-05-01")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_former_id_leads_on_for_good(client: FlaskClient) -> None:
    for address in ("/system/faltjournalen", "/tackning/faltjournalen", "/relationer?id=faltjournalen"):
        answer = client.get("/api/v1" + with_day(address, DAY))
        assert answer.status_code == 301 and f"datum={DAY}" in answer.location
        assert client.get(answer.location).status_code == 200


def test_what_was_taken_away_is_gone_and_says_where_it_was(past: FlaskClient) -> None:
    body = refused(past, "/api/v1/risker/risk-pappersrutin", 410)
    assert past.get(body["last_version"]).json["id"] == "risk-pappersrutin"
    assert body["successors"] == []
    refused(past, "/api/v1/moduler/risk-pappersrutin", 404)


def test_what_took_over_from_what_is_gone_is_told(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    plan = "name: E\nreplaces: gammal\nfunctions:\n  - {function: f, disposition: replaced, by: [{module: ny}]}\n"
    system = "name: Gammal\nfunctions: [f]\n"
    files = {"systems/gammal": system, "modules/ny": "name: Ny\n", "functions/f": "name: F\n", "replacements/e": plan}
    given.written(repo, files)
    committed(repo)
    (repo / "catalogue/applications/systems/gammal.yaml").unlink()
    committed(repo)
    body = refused(viewer(repo), "/api/v1/system/gammal", 410)
    assert body["successors"] == [{"id": "ny", "kind": "module", "name": "Ny", "url": "/api/v1/moduler/ny"}]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/v1/moduler?dautm=2027-01-01", "Menade du ”datum”?"),
        ("/api/v1/moduler?page=0", "”0” kan inte vara ”page”"),
        ("/api/v1/moduler?page=1&page=2", "står flera gånger"),
        ("/api/v1/moduler?per_page=9999999999999", "per_page=100"),
        ("/api/v1/moduler?datum=2027-02-30", "2027-02-30"),
        ("/api/v1/karta?lang=fi", "lang=en"),
        ("/api/v1/relationer?id=%3Cscript%3E", "”<script>” kan inte vara"),
    ],
)
def test_a_question_that_cannot_be_understood_is_told_why(client: FlaskClient, address: str, said: str) -> None:
    assert said in refused(client, address, 400)["detail"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/v1/moduler/prehospital-jornal", "Menade du ”prehospital-journal”?"),
        ("/api/v1/modulr", "Menade du ”moduler”?"),
        ("/api/v1/tackning/prehospital-journal", "finns inte bland befintliga system."),
        ("/api/v1/relationer?id=finns-inte-alls", "Det finns ingenting som heter"),
        ("/api/v1/karta?rev=rapport-1999-01", "Det finns ingen version"),
        ("/api/v1/andringar?fran=rapport-1999-01", "Det finns ingen version"),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest(past: FlaskClient, address: str, said: str) -> None:
    assert said in refused(past, address, 404)["detail"]


def test_every_error_below_the_api_is_a_problem(client: FlaskClient) -> None:
    for address in ("/api", "/api/v2/moduler", "/api/v1/a/b/c", "/api/v1/moduler/%00", "/openapi.json/x"):
        if address.startswith("/api"):
            refused(client, address, 404)
    assert "is not among the modules." in refused(client, "/api/v1/moduler/x?lang=en", 404)["detail"]
    posted = client.post("/api/v1/moduler")
    assert (posted.status_code, posted.mimetype) == (405, "application/problem+json")
    assert posted.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert set(client.options("/api/v1/moduler").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_fault_of_ours_is_a_problem_and_tells_nothing(good: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(good, today=lambda: TODAY)
    monkeypatch.setitem(app.view_functions, "api.gaps", lambda: 1 / 0)
    body = refused(app.test_client(), "/api/v1/glapp", 500)
    assert "division" not in json.dumps(body)


def test_without_git_the_history_is_a_problem(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = viewer(repo)
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "git" in refused(client, "/api/v1/andringar", 503)["detail"]
    refused(client, "/api/v1/risker/finns-inte", 404)


def test_no_other_place_may_read_it_in_a_browser(client: FlaskClient) -> None:
    answer = client.get("/api/v1/glapp", headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_example_in_the_documentation_answers_as_it_says(client: FlaskClient) -> None:
    text = (given.ROOT / "docs" / "api.md").read_text("utf-8")
    examples = re.findall(r"^curl (?:-i )?'?http://localhost:8000(/[^' \n]*)'?(?: +# (\d+): (.*))?", text, re.MULTILINE)
    assert len(examples) > 15
    for address, code, said in examples:
        answer = client.get(address)
        assert answer.status_code == int(code or 200), address
        assert answer.status_code < 400 or said in answer.json["detail"]
