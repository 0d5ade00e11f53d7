"""What docs/security.md says holds: each requirement has its answer with a test that exists, and the code is so."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import asvs
import given
import pytest
from every_address import every_address
from flask import Flask
from test_logs import KEYS

import modulkarta
import webapp
from modulkarta.cli.serving import production
from modulkarta.cli.serving.here import BOUNDS
from modulkarta.figures import laying_out
from modulkarta.programs import Bounds, run
from modulkarta.report import asking
from modulkarta.report.docx import archive
from modulkarta.source import folder, git, text
from webapp import addresses, create_app

PAGE = (given.ROOT / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| (v5\.0\.0-[^|]*) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
CHAPTER = re.compile(r"^\| V(\d+) [^|]* \| (ja|nej)", re.MULTILINE)
SOURCES = [
    file for top in ("modulkarta", "webapp") for file in sorted((given.ROOT / top).rglob("*.py"))
]  # fmt: skip
SCRIPTS = sorted((given.ROOT / "webapp" / "static").glob("*.js"))


def rows() -> list[tuple[list[str], str, str]]:
    """Numbers, answer and tests of each row."""
    return [(found[1].split(", "), found[3].strip(), found[4].strip()) for found in ROW.finditer(PAGE)]


def test_every_requirement_of_a_chapter_that_applies_is_answered_once() -> None:
    chapters = {int(number): applies == "ja" for number, applies in CHAPTER.findall(PAGE)}
    assert sorted(chapters) == list(range(1, 18))
    wanted = [one for number, applies in chapters.items() if applies for one in asvs.requirements(number)]
    assert [one for numbers, _, _ in rows() for one in numbers] == wanted


def test_the_list_of_requirements_is_that_of_the_standard() -> None:
    """70 at level 1 and 183 at level 2."""
    assert sum(len(asvs.requirements(number)) for number in range(1, 18)) == 253


def test_what_is_said_to_hold_is_proved_by_a_test_that_exists() -> None:
    for numbers, answer, tests in rows():
        named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", tests)
        assert named or answer.startswith(("Gäller inte: ", "Driften: ")), numbers
        assert tests == "–" or tests.count("::") == len(named)
        for file, name in named:
            assert f"def {name}(" in (Path(__file__).parent / file).read_text("utf-8"), (numbers, file, name)


def test_the_bounds_that_are_told_are_those_that_hold() -> None:
    told = {
        addresses._LONGEST: "8 000 tecken", addresses.MOST_PARAMETERS: "100 delar",
        BOUNDS["max_request_header_size"]: "32 768 byte", BOUNDS["max_request_body_size"]: "65 536 byte",
        BOUNDS["channel_timeout"]: "30 i waitress",
        production._BOUNDS["limit_request_fields"]: "60 rader",
        production._BOUNDS["limit_request_field_size"]: "8 190 byte",
        laying_out._BOUNDS.seconds: "10 sekunder, 1 GB minne", laying_out._MOST_BYTES: "256 000 byte in",
        laying_out.AT_ONCE: "två åt gången", git._SECONDS: "30 sekunder, 2 GB minne",
        folder.MAX_BYTES: "262 144 byte", text.MAX_DEPTH: "djup 128", text.MAX_VALUES: "20 000 värden",
        archive.LARGEST: "20 MB", archive._LARGEST_UNPACKED: "200 MB uppackad", archive._MOST_FILES: "4 000 delar",
        asking._MOST_BYTES: "20 MB, 20 sekunder", asking._SECONDS: "20 MB, 20 sekunder",
    }  # fmt: skip
    units = {"GB": 2**30, "MB": 2**20}
    words = {"två": "2"}
    for value, said in told.items():
        assert said in PAGE
        numbers = re.findall(r"[\d ]*\d", " ".join(words.get(word, word) for word in said.split()))
        amounts = {int(one.replace(" ", "")) for one in numbers}
        assert amounts & {value, *(value / unit for unit in units.values())}, said
    assert laying_out._BOUNDS.memory == 2**30 and git._MEMORY == 2**31 and laying_out._BOUNDS.answer == 8 * 2**20


def test_the_page_says_within_what_time_faults_are_mended() -> None:
    assert "rättas inom sju dagar" in PAGE and "inom\ntrettio" in PAGE


def test_every_key_of_the_journal_is_told() -> None:
    manual = (given.ROOT / "docs" / "operations.md").read_text("utf-8")
    told = {
        key for line in re.findall(r"^\| (`[^|]*) \|", manual, re.MULTILINE) for key in re.findall(r"`(\w+)`", line)
    }
    assert told >= KEYS


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    wanted = ast.Import | ast.ImportFrom | ast.Call
    return tuple(node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, wanted))


def imports(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def importing(pattern: str) -> set[str]:
    """The files that import something."""
    named = re.compile(pattern)
    return {str(file.relative_to(given.ROOT)) for file in SOURCES if any(named.match(one) for one in imports(file))}


def test_nothing_asks_another_machine_but_the_comment_of_a_job() -> None:
    outwards = r"urllib\.request|http\.client|requests|httpx|aiohttp|ftplib|smtplib|telnetlib|ssl|xmlrpc"
    assert importing(outwards) == {"modulkarta/report/asking.py"}
    assert all(one.startswith("modulkarta/cli/serving/") for one in importing("socket"))
    assert importing("subprocess") == {
        "modulkarta/programs.py", "modulkarta/cli/machine.py", "modulkarta/source/git.py",
        "modulkarta/figures/laying_out.py", "modulkarta/cli/serving/upstream.py",
    }  # fmt: skip


def test_no_code_runs_what_it_reads() -> None:
    assert not importing(r"pickle|shelve|dill|code\b")
    assert importing("marshal") == {"modulkarta/source/ahead.py"}, "values, in memory that only its own copy writes"
    assert importing("ctypes") <= {"modulkarta/cli/serving/warming.py"}
    for file in SOURCES:
        for node in nodes(file):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("eval", "exec", "compile", "os.system", "os.popen", "yaml.load"), file
                assert not any(one.arg == "shell" for one in node.keywords), file
                assert called.rpartition(".")[2] != "from_string", file


def test_only_sound_sums_are_used() -> None:
    assert {one for file in SOURCES for one in imports(file) if one.startswith("hashlib")} == {"hashlib.sha256"}
    assert {one for file in SOURCES for one in imports(file) if re.match(r"random|secrets\b", one)} <= {"secrets"}


def test_no_script_makes_code_or_markup_of_words() -> None:
    makes = (
        r"\.(innerHTML|outerHTML)\s*[+]?=|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(\s*['\"]"
    )
    reaches = r"postMessage|__proto__|document\.cookie|sessionStorage|indexedDB|window\.open|https?://(?!www\.w3)"
    for script in SCRIPTS:
        words = script.read_text("utf-8")
        assert not re.search(f"{makes}|{reaches}", words), script.name
        assert script.name == "frame.js" or "localStorage" not in words
    assert len(SCRIPTS) > 5
    assert re.findall(r"setItem\(([^)]*)\)", (SCRIPTS[0].parent / "frame.js").read_text("utf-8")) == ['OFF, "1"']


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(given.good(), today=lambda: given.TODAY)


def test_every_answer_says_what_it_is(app: Flask) -> None:
    known = re.compile(r"(text/[a-z]+|application/[a-z.+-]+|image/[a-z+]+)(; charset=utf-8|; version=0\.0\.4)?")
    for address in ("/karta.md", "/finns-inte", *(one for one in every_address(app) if not one.endswith(".md"))):
        with app.test_client().get(address) as answer:
            kind = answer.headers["Content-Type"]
        assert known.fullmatch(kind), (address, kind)
        assert not kind.startswith("text/") or "charset=utf-8" in kind or address == "/metrics", (address, kind)


def test_nothing_but_reading_is_answered(app: Flask) -> None:
    for address in every_address(app)[::2]:
        for method in ("POST", "PATCH", "TRACE", "CONNECT"):
            assert app.test_client().open(address, method=method).status_code in (404, 405), (method, address)


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/.git/HEAD", "/static", "/static/", "/static/../__init__.py", "/catalogue/catalogue.yaml",
     "/.env",
     "/pyproject.toml", "/templates/base.html", "/console", "/debug", "/server-status"],
)  # fmt: skip
def test_nothing_beside_pages_is_answered(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 404


def test_the_first_of_a_repeated_parameter_holds(app: Flask) -> None:
    reader = app.test_client()
    once = reader.get("/karta?datum=2027-05-01")
    assert "2027-05-01" in once.text
    twice = reader.get("/karta?datum=2027-05-01&datum=2028-05-01", headers={"Cookie": "datum=2029-01-01"})
    assert "2028-05-01" not in twice.text and "2027-05-01" in twice.text
    assert reader.post("/karta", data={"datum": "2029-01-01"}).status_code == 405


FEED = """
import importlib, re, sys
parts = ["a", "A", "1", " ", "\\n", "-", ".", "<", "(", "[", "{", "*", "_", "/", "'", "=", "\\\\",
         "a-", "a ", "a\\n", "-a-",
         "<a", "1.", "a.b ", "[a](", "{a", "å", "<table>", "<ul", "<li>", "- ", "`"]
for name in sys.stdin.read().split():
    for key, value in vars(importlib.import_module(name)).items():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            for part in parts:
                hostile = part * (300 // len(part))
                value.fullmatch(hostile + "\\0"), value.search(hostile + "\\0"), value.sub("", hostile)
from modulkarta.prose import markdown
from modulkarta.search import letters, marking
from webapp.twins import markdown as twins
for one in (markdown._COULD_BE_ODD, marking._LINKS, marking._SIGNS, letters._WITH_HYPHENS, twins._FIRST, twins._NUMBER,
            twins._ENDS, twins._BLANKS, twins._SIGNS):
    for part in parts:
        one.sub("", part * (50_000 // len(part)) + "\\0")
print("done")
"""
"""Each pattern with what is short, and those that read whole texts with as much as a file may hold."""


def test_no_pattern_takes_long_however_it_is_fed() -> None:
    """Every pattern of every module, fed what such patterns choke on; a process that is ended says which did."""
    several = [
        *pkgutil.walk_packages(modulkarta.__path__, "modulkarta."),
        *pkgutil.walk_packages(webapp.__path__, "webapp."),
    ]
    names = [one.name for one in several if has_patterns(one.name)]
    assert len(names) > 40
    bounds = Bounds(seconds=120, memory=2 << 30, answer=10_000, writes=True)
    env = {"PYTHONPATH": str(given.ROOT), "PATH": "/usr/bin"}
    told = run([sys.executable, "-c", FEED], bounds, given="\n".join(names).encode(), env=env)
    assert told.stdout == b"done\n", told.stderr.decode()


def has_patterns(name: str) -> bool:
    origin = importlib.util.find_spec(name)
    assert origin and origin.origin
    return "re.compile(" in Path(origin.origin).read_text("utf-8")
