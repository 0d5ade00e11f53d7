"""Whatever an address or a header holds: an answer in the right form, on this site, with nothing given back raw."""

from __future__ import annotations

import re
from functools import cache

import given as catalogues
import pytest
from every_address import every_address
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from modulkarta import snapshot
from modulkarta.findings import message
from modulkarta.past import NoPast
from modulkarta.source import folder
from modulkarta.source.folder import Files
from webapp import create_app, viewer
from webapp.generations import Generations, Shown

HOSTILE = (
    "", "%00", "a" * 10_000, "%E2%80%AEabc", "%ff%fe", "%ED%A0%80", "%3Cscript%3Ealert(1)%3C/script%3E", "{{7*7}}",
    "../../etc/passwd", "--output=/tmp/x", "-1", "0", str(10**30), "1e9", "%D9%A3", "%C2%B2", "2027-02-30",
    "9999-12-31", "0001-01-01", "%0d%0aX-Evil:1", "javascript:alert(1)", "//evil.example", "%5cevil.example", "HEAD~1",
    "%22%27%3E%3Cimg%20src=x%20onerror=1%3E", "(%3F:a%2B)%2B$", "%", "x&datum=x&rev=y&rev=z",
)  # fmt: skip
NAMES = (
    "datum", "dag", "rev", "lang", "jamfor", "sida", "page", "per_page", "antal", "fran", "till", "q", "typ", "bara",
    "vag", "manader", "mal", "farg", "vy", "status", "omrade", "sortera", "fokus", "ruta", "djup", "id", "v",
    "endpoint", "_external", "slug", "id_",
)  # fmt: skip
PATHS = (
    "//evil.example/karta", "//evil.example//karta", "/\\evil.example", "/\r\nX-Evil: 1", "/karta//", "/api//v1",
    "/moduler/\0", "/moduler/\xff", "/relationer/../", "/static/../__init__.py", "/static/\0", "/rapport/../../x",
    "/<script>alert(1)</script>", "/moduler/{{7*7}}", "/" + "a/" * 2000, "/moduler/" + "a" * 9000, "/.md", "/.md.md",
    "//evil.example.md", "/karta/.md", "/api/v1/karta.md", "/fardplan.ics.md", "/openapi.json/", "/metrics.md",
)  # fmt: skip
HEADERS = (
    ("Accept-Language", "\xff;q=a,en;q=1e9,*;q=nan"), ("Accept-Language", "," * 5000), ("Host", '"><script>alert(1)'),
    ("Host", "[::1"), ("Host", "a:b:c"), ("Host", "evil.example"), ("If-None-Match", 'W/"' * 500),
    ("If-None-Match", '\xff-gzip"'), ("If-Modified-Since", "x"), ("Range", "bytes=9-1"),
    ("Accept-Encoding", "gzip;q=x"), ("X-Forwarded-Host", "evil.example"), ("Content-Length", "abc"),
    ("Cookie", "\xff=;;"),
)  # fmt: skip
RAW = re.compile(r"(?<!\\)<(script>alert|img src=x)|Traceback")
"""What would be read as markup; in Markdown a backslash stands before it."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "DELETE", "TRACE", "FOO")


@cache
def client(empty: bool) -> FlaskClient:
    read = catalogues.read({"modules/dalig": "nme: D\n"}) if empty else catalogues.good()
    return create_app(read, today=lambda: catalogues.TODAY).test_client()


def holds(answer: TestResponse, path: str, method: str = "GET") -> None:
    assert answer.status_code < 500
    goes = answer.headers.get("Location", "/")
    assert re.match(r"/(?![/\\])", goes), goes
    assert "X-Evil" not in answer.headers and not any(set(value) & set("\r\n") for _, value in answer.headers)
    assert answer.mimetype.endswith("json") or not RAW.search(answer.text)
    if answer.status_code >= 400 and method == "GET":
        for_programs = path.startswith("/api/") or path.rstrip("/") == "/openapi.json"
        right = {"application/problem+json"} if for_programs else {"text/html"}
        twin = {"application/problem+json"} if path == "/openapi.json.md" else set()
        assert answer.mimetype in right | twin
        assert answer.data, "an error says what it is"


ROUTES = every_address(client(False).application)


@settings(max_examples=250)
@given(st.sampled_from(ROUTES), st.sampled_from(NAMES), st.sampled_from(HOSTILE), st.booleans())
@example("/karta", "dag", "%0d%0aX-Evil:1", False)
@example("/api/v1/karta.md", "q", "", False)
def test_a_value_may_be_anything(path: str, name: str, value: str, empty: bool) -> None:
    holds(client(empty).get(f"{path}?{name}={value}", buffered=True), path)


@pytest.mark.parametrize("query", ["", "dag=2027-01-01", "datum=x", "rev=x"])
@pytest.mark.parametrize("path", PATHS)
def test_a_path_may_be_anything(path: str, query: str) -> None:
    raw = {"PATH_INFO": path, "QUERY_STRING": query}
    holds(client(False).get("/", environ_overrides=raw, buffered=True), path)


@settings(max_examples=150)
@given(st.sampled_from(ROUTES), st.sampled_from(METHODS), st.sampled_from(HEADERS))
def test_a_header_may_be_anything_and_a_method_too(path: str, method: str, header: tuple[str, str]) -> None:
    holds(client(False).open(path, method=method, headers=[header], buffered=True), path, method)


def test_a_page_that_a_cache_has_weakened_is_known_and_nothing_else_is() -> None:
    tag = client(False).get("/karta").headers["ETag"]
    answers = [(f"W/{tag}", "/karta", 304), (f'"x", {tag}', "/karta", 304), ("*", "/saknas", 404)]
    for known, path, code in answers:
        assert client(False).get(path, headers={"If-None-Match": known}).status_code == code, known


def test_an_address_asks_for_so_much_and_no_more() -> None:
    def asking(path: str, n: int) -> TestResponse:
        return client(False).get(f"{path}?" + "&".join(f"a{one}={one}" for one in range(n)))

    assert asking("/karta", 100).status_code == 200
    people, program = asking("/karta", 101), asking("/api/v1/karta", 101)
    assert people.status_code == program.status_code == 400
    assert "högst 100 delar" in people.text and "högst 100 delar" in program.text


@pytest.mark.parametrize(
    "path", ["/" + "a" * 8001, "/sok?q=" + "journal+" * 1000, "/karta?dag=2027-01-01&x=" + "a" * 8000]
)
def test_an_address_has_a_longest(path: str) -> None:
    """Else one of 200,000 signs came back as a page of millions."""
    people, program = client(False).get(path), client(False).get(f"/api/v1/{path}")
    assert people.status_code == program.status_code == 414 and len(people.data) < 40_000 > len(program.data)
    assert "Adressen är för lång" in people.text and program.json["title"] == "Adressen är för lång"  # type: ignore[index]


def test_the_form_of_a_day_leads_on_with_what_pages_are_asked_for_and_nothing_else() -> None:
    asked_for = f"/karta?q={'a' * 600}&x={'b' * 600}&dag={'c' * 600}&farg=status&lang=en"
    goes = client(False).get(asked_for).location
    assert goes == f"/karta?q={'a' * 500}&farg=status&datum={'c' * 500}&lang=en"


HOSTS = {
    "localhost": True, "127.0.0.1:8000": True, "[::1]:8000": True, "LocalHost.": True, "kartan.example": True,
    "evil.example": False, "kartan.example.evil.example": False, "127.0.0.1.evil.example": False, "": False,
    "localhost:x": False, "[::1": False, "localhost@evil.example": False, "\xff": False,
}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_only_under_its_own_names_is_anything_of_the_catalogue_told(host: str) -> None:
    shown = Shown(Generations(catalogues.good(), NoPast(reason=message("x")), lambda: catalogues.TODAY))
    reader = viewer(shown, today=lambda: catalogues.TODAY, names=["kartan.example"]).test_client()
    for path in ("/", "/api/v1", "/metrics", "/finns-inte"):
        answer = reader.get(path, headers={"Host": host})
        assert (answer.status_code == 421) != HOSTS[host]
        assert HOSTS[host] or ("--host" in answer.text and "Region" not in answer.text)


def test_pages_name_a_function_whose_file_is_left_out() -> None:
    files = folder.read(catalogues.GOOD, "catalogue").contents
    broken = {**files, "applications/functions/halla-lakemedelsvaska.yaml": b"nme: x\n"}
    read = snapshot.build(Files(root="catalogue", contents=broken), catalogues.metamodel(), catalogues.TODAY)
    reader = create_app(read, today=lambda: catalogues.TODAY).test_client()
    processes = [f"/processer/{one.id}" for one in read.catalogue.of_kind["process"]]
    systems = [f"/ersattning/{one.id}" for one in read.catalogue.of_kind["system"]]
    modules = [f"/moduler/{one.id}" for one in read.catalogue.of_kind["module"]]
    answers = {address: reader.get(address) for address in ("/", "/karta", *processes, *systems, *modules)}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "halla-lakemedelsvaska (finns inte)" in answers["/processer/akut-insats"].text


def test_the_map_names_a_module_whose_file_is_left_out() -> None:
    files = folder.read(catalogues.GOOD, "catalogue").contents
    broken = {**files, "applications/modules/tidbok-och-kallelse.yaml": b"nme: x\n"}
    read = snapshot.build(Files(root="catalogue", contents=broken), catalogues.metamodel(), catalogues.TODAY)
    answer = create_app(read, today=lambda: catalogues.TODAY).test_client().get("/karta")
    assert answer.status_code == 200
