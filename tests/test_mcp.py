"""The server for assistants: a real process over pipes, and the same desk without one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import given
import pytest
from canaries import CANARY, committed, written
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta import snapshot
from modulkarta.audience import narrowed
from modulkarta.findings import message
from modulkarta.levels import HIGHEST
from modulkarta.mcp import protocol, sized
from modulkarta.mcp.asking import Reading
from modulkarta.mcp.tools import TOOLS, Desk
from modulkarta.past import NoPast, Past, past_of
from modulkarta.snapshot import Snapshot

_WITHOUT = NoPast(reason=message("katalogen ligger inte i git"))


def desk(read: Snapshot, past: Past | NoPast = _WITHOUT, language: Any = "sv") -> Desk:
    reading = Reading(read=read, past=past)
    return Desk(lambda: reading, lambda: given.TODAY, language)


def asked(of: Desk, name: str, **arguments: Any) -> Any:
    """What a tool answers, as data."""
    answer = of.call(name, arguments)
    assert answer and not answer["isError"], answer
    text = answer["content"][0]["text"]
    assert len(text.encode()) <= sized.MOST
    return json.loads(text)


def refused(of: Desk, name: str, **arguments: Any) -> str:
    answer = of.call(name, arguments)
    assert answer and answer["isError"]
    return str(answer["content"][0]["text"])


@pytest.fixture(scope="module")
def region(good: Snapshot) -> Desk:
    return desk(good)


class Conversation:
    """A running server, asked a line at a time."""

    def __init__(self, *arguments: object) -> None:
        command = [sys.executable, "-W", "error", "-c", "from modulkarta.cli import main; main()", "mcp"]
        self.process = subprocess.Popen(
            [*command, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def say(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def ask(self, method: str, **params: Any) -> Any:
        self.say(json.dumps({"jsonrpc": "2.0", "id": method, "method": method, "params": params}).encode())
        return self.heard()

    def heard(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def tool(self, name: str, **arguments: Any) -> Any:
        return json.loads(self.ask("tools/call", name=name, arguments=arguments)["result"]["content"][0]["text"])

    def end(self) -> tuple[int, bytes]:
        _, complaints = self.process.communicate(timeout=30)
        return self.process.returncode, complaints


def test_a_real_conversation(tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": "name: Ambulansjournal\n"})
    talk = Conversation("--catalogue", root)
    begun = talk.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "prov"})["result"]
    assert begun["protocolVersion"] == "2025-06-18" and begun["serverInfo"]["name"] == "modulkarta"
    talk.say(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
    assert talk.ask("ping")["result"] == {}
    assert len(talk.ask("tools/list")["result"]["tools"]) == 8
    assert talk.tool("sok", fraga="journaler")["hits"][0]["entity"] == "a"
    for line in (b"{", b"[]", b"\xff", b"null", b'{"jsonrpc":"2.0","id":1,"method":"nej"}', b"x" * 1_500_000):
        talk.say(line)
        assert "error" in talk.heard()
    (root / "applications/modules/b.yaml").write_text("name: Bokning\n")
    assert talk.tool("sok", fraga="bokningar")["hits"][0]["entity"] == "b", "the files are read anew"
    (root / "applications/modules/b.yaml").write_text("name: [\n")
    assert talk.tool("sok", fraga="journal")["errors"] == 1
    assert talk.end() == (0, b"")


def test_the_tools_are_few_and_only_read(region: Desk) -> None:
    tools = region.listed()
    names = [tool["name"] for tool in tools]
    assert names == ["sok", "hamta", "relationer", "glapp", "tackning", "andringar", "fardplan", "begrepp"]
    for tool in tools:
        assert tool["annotations"]["readOnlyHint"] and not tool["annotations"]["destructiveHint"]
        assert tool["description"] and tool["inputSchema"]["additionalProperties"] is False
        assert all(one["description"] for one in tool["inputSchema"]["properties"].values())
    assert len(json.dumps(tools)) < 10_000


def test_everything_can_be_fetched_with_what_is_missing_and_where_it_stands(region: Desk, good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        found = asked(region, "hamta", id=entity.id)
        assert found["fields"] == json.loads(json.dumps(dict(entity.fields))) and "left_out" not in found
        assert found["at"] == f"{entity.file}:1" and found["url"].startswith("https://forge.example/")
        assert (
            found["missing"].keys().isdisjoint(entity.fields)
            and found["missing"].keys() <= entity.kind.properties.keys()
        )
        assert all(words.endswith(": uppgift saknas") for words in found["missing"].values())
        assert asked(region, "relationer", id=entity.id)["total"] >= len(entity.references)


def test_what_is_cited_stands_there(region: Desk, good: Snapshot) -> None:
    for relation in asked(region, "relationer", id="prehospital-journal", riktning="ut")["relations"]:
        file, _, line = relation["at"].rpartition(":")
        assert relation["target"] in good.texts[file].splitlines()[int(line) - 1]
        assert relation["url"].endswith(f"{file}#L{line}")


def test_gaps_and_coverage_say_what_the_commands_say(region: Desk) -> None:
    gaps = asked(region, "glapp", system="faltjournal")
    assert gaps["rows"][0]["words"] and gaps["cited"]["faltjournal"]["name"] == "Fältjournal"
    unknown = asked(region, "glapp", vad="kan-inte-bedomas")
    assert unknown["total"] == unknown["cannot_be_judged"] and unknown["rows"][0]["words"] == "kan inte bedömas"
    rows = asked(region, "tackning", system="faltjournal")
    assert {row["function"] for row in rows["rows"]} <= rows["cited"].keys()


def test_the_plan_and_the_words(region: Desk) -> None:
    for part, key in (("milstolpar", "milestones"), ("insatser", "lanes"), ("dagar", "events")):
        assert asked(region, "fardplan", **{"del": part})[key]
    assert asked(region, "begrepp", ord="vändkörningar")["terms"][0]["id"] == "insats"
    assert asked(region, "begrepp")["total"] == 3


def test_what_is_wrong_with_a_question_is_told(region: Desk) -> None:
    assert "Menade du ”prehospital-journal”?" in refused(region, "hamta", id="prehospital-jornal")
    assert "Argumentet ”idd” finns inte" in refused(region, "hamta", idd="x")
    assert "Argumentet ”id” behövs" in refused(region, "hamta")
    assert "ska vara en text" in refused(region, "hamta", id=["x"])
    for number in (-1, True, 1.5, "1", 10**9):
        assert "helt tal" in refused(region, "sok", fraga="x", hoppa=number)
    assert "något av: ut, in" in refused(region, "relationer", id="larmpanelen", riktning="upp")
    assert "är inte en dag" in refused(region, "hamta", id="larmpanelen", datum="snart")
    assert "är inte en tid" in refused(region, "glapp", inom="länge")
    assert "ingen sort ”sak”" in refused(region, "sok", fraga="x", sort="sak")
    assert "Fältet ”x” finns inte" in refused(region, "hamta", id="larmpanelen", falt="x")
    assert "Det finns inget att jämföra med" in refused(region, "andringar")
    assert region.call("finns-inte", {}) is None


def test_a_former_id_leads_on() -> None:
    read = given.read({"modules/ny": "name: Ny\nformer_ids: [gammal]\n"})
    assert asked(desk(read), "hamta", id="gammal")["id"] == "ny"


def test_large_answers_are_cut_and_all_of_them_can_be_had() -> None:
    many = range(700)
    files = {f"modules/m{n}": f"name: Modul {n} med ett ganska långt namn\ndepends_on: [nav]\n" for n in many}
    files["modules/nav"] = f"name: Nav\ndepends_on: [{', '.join(f'm{n}' for n in range(200))}]\n"
    of = desk(given.read(files))
    for name, key, arguments in (
        ("relationer", "relations", {"id": "nav"}),
        ("sok", "hits", {"fraga": "modul", "antal": 100}),
    ):
        rows, skip = [], 0
        while True:
            found = asked(of, name, **arguments, hoppa=skip)
            rows += [json.dumps(row) for row in found[key]]
            assert found["more"] == found["total"] - len(rows)
            if not found["more"]:
                break
            skip = found["next"]["hoppa"]
        assert len(rows) == len(set(rows)) == found["total"] >= 700


def test_a_field_that_is_too_long_is_had_in_parts() -> None:
    tags = [f"etikett-nummer-{n}-som-ar-lang" for n in range(50)]
    steps = "".join(f"  - {{name: Steg {n}, summary: {'ord ' * 60}}}\n" for n in range(200))
    read = given.read({"processes/p": f"name: P\ntags: [{', '.join(tags)}]\nsteps:\n{steps}"})
    assert not read.count("error"), read.findings
    found = asked(desk(read), "hamta", id="p")
    seen = found["fields"]["steps"]
    while found.get("left_out"):
        found = asked(desk(read), "hamta", id="p", **found["ask_on"])
        seen += found["fields"]["steps"]
        assert found["fields"]["steps"]
    assert len(seen) == 200


def test_what_changed_is_told_in_words(repo: Path) -> None:
    root = repo / "catalogue"
    read = snapshot.load(root, given.SCHEMAS, given.TODAY)
    past = past_of(root, given.SCHEMAS, read, HIGHEST, shown="catalogue", beside=True)
    of = desk(read, past)
    report = asked(of, "andringar")["from"]
    assert report.startswith("rapport-")
    first = asked(of, "andringar", fran=past.reports[0].name)  # type: ignore[union-attr]
    assert all(line["words"] and line["section"] for line in first["changes"])
    assert asked(of, "andringar", fran="nu")["nothing"]
    assert "Det finns ingen version ”x”" in refused(of, "andringar", fran="x")
    assert (
        asked(desk(read, past, "en"), "andringar", fran=report)["changes"] != first["changes"] or not first["changes"]
    )


@pytest.mark.parametrize(("level", "audience"), [("secret", "internal"), ("internal", "public"), (None, "public")])
def test_no_answer_tells_what_is_hidden(tmp_path: Path, level: str | None, audience: Any) -> None:
    root = written(tmp_path, level, comments=audience == "public")
    committed(root)
    whole = snapshot.load(root, given.SCHEMAS, given.TODAY)
    past = past_of(root, given.SCHEMAS, whole, audience, shown="catalogue", beside=False)
    read = narrowed(whole, audience)
    of = desk(read, past)
    questions: list[tuple[str, dict[str, Any]]] = [("glapp", {}), ("fardplan", {"del": "dagar"}), ("begrepp", {})]
    questions += [("andringar", {"fran": "rapport-2026-01"}), ("sok", {"fraga": "kanari"}), ("fardplan", {})]
    for kind in ("module", "system", "process", "term", "replacement", "contract"):
        for start in ("oppen", "delvis", "djup", "kanari"):
            questions += [(name, {"id": f"{start}-{kind}"}) for name in ("hamta", "relationer")]
    for name, arguments in questions:
        answer = str(of.call(name, arguments))
        told = CANARY.search(answer)
        assert told is None, (name, arguments, answer[max(0, told.start() - 200) : told.end() + 100])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
ARGUMENTS = st.dictionaries(
    st.sampled_from(["fraga", "id", "sort", "system", "fran", "till", "del", "ord", "hoppa", "antal", "datum", "vad"]),
    ANYTHING | st.sampled_from(["faltjournal", "larmpanelen", "system", "nu"]) | st.integers(0, 30),
)
CALLS = st.builds(
    lambda name, arguments: {"name": name, "arguments": arguments},
    st.sampled_from([tool.name for tool in TOOLS]) | st.text(max_size=8),
    ARGUMENTS | ANYTHING,
)
MESSAGES = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0") | ANYTHING},
    optional={
        "id": st.integers() | st.text(max_size=5) | ANYTHING,
        "method": st.sampled_from(["initialize", "tools/list", "tools/call", "ping"]) | ANYTHING,
        "params": CALLS | ANYTHING,
    },
)


def replies(of: Desk, *lines: bytes) -> Iterator[Any]:
    outgoing, complaints = BytesIO(), []
    protocol.serve(of, BytesIO(b"\n".join(lines)), outgoing, complaints.append)
    assert not complaints
    yield from (json.loads(line) for line in outgoing.getvalue().splitlines())


@drawn(
    st.binary(max_size=80)
    | (MESSAGES | st.lists(MESSAGES, max_size=3) | ANYTHING).map(lambda m: json.dumps(m).encode())
)
def test_whatever_comes_in_the_conversation_goes_on(line: bytes) -> None:
    ping = b'{"jsonrpc":"2.0","id":"sist","method":"ping"}'
    *before, last = replies(desk(given.good()), line, ping)
    assert last == {"jsonrpc": "2.0", "id": "sist", "result": {}}
    for reply in before:
        for one in reply if isinstance(reply, list) else [reply]:
            assert ("result" in one) != ("error" in one)
            assert one.get("error", {}).get("code", -32600) != -32603, one


def test_half_a_character_is_given_back() -> None:
    (reply,) = replies(desk(given.good()), b'{"jsonrpc":"2.0","id":"\\ud800","method":"ping"}')
    assert reply["id"] == "\ud800"
    many = b"[" * 100_000
    assert [one["error"]["code"] for one in replies(desk(given.good()), many)] == [-32700]


def test_it_speaks_english() -> None:
    of = desk(given.good(), language="en")
    assert "Did you mean" in refused(of, "hamta", id="prehospital-jornal")
    assert "Search the whole catalogue" in of.listed()[0]["description"] and "do not guess" in of.instructions
