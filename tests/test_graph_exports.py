"""What needs what, for other programs: they read the same graph as the command answers, whatever things are called."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import BytesIO

import given
import networkx as nx
import pytest
from hypothesis import given as law
from hypothesis import settings
from levels import Trees, built
from random_catalogues import trees
from test_diagrams import read_dot, read_mermaid

from modulkarta.exchange.graphs import dot, graphml, mermaid
from modulkarta.exchange.outward import Asked
from modulkarta.figures.diagrams import plain
from modulkarta.records.relations import graph
from modulkarta.snapshot import Snapshot

ASKED = Asked(language="sv", on=given.TODAY)
HOSTILE = "end \"]; <b>&amp; #35; %%{init}%% ]]> --> 'x' \\N `a` |b| click a"
HOSTILE_FILES = {
    "systems/end": f"name: {json.dumps(HOSTILE)}\nfunctions: [graph]\n",
    "functions/graph": "name: |\n  två\n  rader\n",
    "systems/subgraph": 'name: "\\u00ad"\nfunctions: [graph]\n',
}


def text(room: object, read: Snapshot, asked: Asked = ASKED) -> str:
    (data,) = room.exported(read, asked).files.values()  # type: ignore[attr-defined]
    assert data == next(iter(room.exported(read, asked).files.values()))  # type: ignore[attr-defined]
    return data.decode()


def read_graphml(read: Snapshot, asked: Asked = ASKED) -> nx.MultiDiGraph:
    found = nx.read_graphml(BytesIO(text(graphml, read, asked).encode()), force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    return found


def as_answered(found: nx.MultiDiGraph) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The nodes and edges of GraphML as `graph --format json` has them."""
    nodes = [{"id": id_, "kind": of["kind"], "layer": of["layer"]} for id_, of in found.nodes(data=True)]
    fields: dict[tuple[str, str], list[str]] = {}
    for source, target, of in found.edges(data=True):
        fields.setdefault((source, target), []).append(of["relation"])
    edges = [
        {
            "source": source,
            "target": target,
            "relation": first,
            "also": list(dict.fromkeys(f for f in more if f != first)),
        }
        for (source, target), (first, *more) in fields.items()
    ]
    return nodes, edges


def test_graphml_is_the_graph_that_the_command_answers(good: Snapshot) -> None:
    answered = graph(good.catalogue)
    nodes, edges = as_answered(read_graphml(good))
    assert nodes == answered["nodes"]
    assert sorted(edges, key=str) == sorted(answered["edges"], key=str)  # type: ignore[call-overload]


@settings(max_examples=15, deadline=None)
@law(trees(8))
def test_every_reader_has_the_graph_of_any_catalogue(several: Trees) -> None:
    read = built(several)
    answered = graph(read.catalogue)
    nodes, edges = as_answered(read_graphml(read))
    assert nodes == answered["nodes"]
    assert sorted(edges, key=str) == sorted(answered["edges"], key=str)  # type: ignore[call-overload]
    names = {plain(e.name) for e in read.catalogue.entities.values()}
    assert {of["name_sv"] for _, of in read_graphml(read).nodes(data=True)} == names
    chart = text(mermaid, read)
    assert len(read_mermaid(chart)) >= len(nodes)
    assert chart.count(" -->") == len(edges)
    assert text(dot, read).count(" -> ") >= len(edges)


def test_graphml_says_what_each_thing_and_need_is() -> None:
    read = given.read({
        "systems/s": "name: System\nshort_name: S\ntruth: fact\nfunctions: [f]\nlifecycle: {live: 2025-01-01}\n"
        "truth_of: {functions: assumption}\ntranslations: {en: {name: The system}}\n",
        "functions/f": "name: Funktion\n",
    })  # fmt: skip
    found = read_graphml(read)
    of = found.nodes["s"]
    assert (of["label"], of["name_sv"], of["name_en"], of["truth"]) == ("S", "System", "The system", "fact")
    assert (of["status"], of["status_words"], of["lifecycle.live"]) == ("live", "I drift", "2025-01-01")
    assert of["illustrative"] is False
    ((source, target, edge),) = found.edges(data=True)
    assert {source, target} == {"s", "f"}
    assert (edge["field"], edge["stated_by"], edge["truth"]) == ("functions.0", "s", "assumption")


def test_kinds_narrow_the_graph_and_what_falls_away_is_counted(good: Snapshot) -> None:
    asked = Asked(language="sv", on=given.TODAY, kinds=frozenset({"system", "function"}))
    found = read_graphml(good, asked)
    assert {of["kind"] for _, of in found.nodes(data=True)} == {"system", "function"}
    notes = graphml.exported(good, asked).notes
    cut = next(note.values["n"] for note in notes if "beroende" in note.text)
    whole = read_graphml(good)
    ends = [(u in found, v in found) for u, v in whole.edges()]
    assert cut == sum(a != b for a, b in ends) > 0
    assert found.number_of_edges() == sum(a and b for a, b in ends)


def test_whatever_things_are_called_every_reader_takes_them() -> None:
    read = given.read(HOSTILE_FILES)
    ids = set(read.catalogue.entities)
    assert len(ids) == 3, read.findings
    found = read_graphml(read)
    assert set(found) == ids
    assert HOSTILE in {of["name_sv"] for _, of in found.nodes(data=True)}
    labels = read_mermaid(text(mermaid, read))
    assert HOSTILE in labels
    assert ids <= set(read_dot(text(dot, read)))


def test_region_exempel_is_drawn_without_a_warning(good: Snapshot) -> None:
    program = shutil.which("dot")
    if program is None:
        pytest.skip("dot finns inte här")
    drawn = subprocess.run([program, "-Tsvg"], input=text(dot, good).encode(), capture_output=True, check=True)
    assert not drawn.stderr, drawn.stderr.decode()
    assert drawn.stdout.count(b'class="edge"') == len(graph(good.catalogue)["edges"])  # type: ignore[arg-type]


def test_a_chart_stays_within_what_mermaid_takes_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"systems/s{n}": f"name: System {n}\nfunctions: [f]\n" for n in range(30)}
    read = given.read({**files, "functions/f": "name: F\n", "functions/ensam": "name: Ensam\n"})
    monkeypatch.setattr(mermaid, "MOST_EDGES", 20)
    found = mermaid.exported(read, ASKED)
    labels = read_mermaid(found.files[mermaid.FILE].decode())
    assert found.files[mermaid.FILE].decode().count(" -->") == 20
    assert "Ensam" not in labels
    assert [note.values["n"] for note in found.notes] == [11, 10]
    monkeypatch.setattr(mermaid, "MOST_TEXT", 1500)
    smaller = mermaid.exported(read, ASKED).files[mermaid.FILE]
    assert len(smaller) <= 1500 < len(found.files[mermaid.FILE])


def test_a_catalogue_of_nothing_is_a_graph_of_nothing() -> None:
    read = given.read({})
    assert not read_graphml(read).nodes
    assert read_mermaid(text(mermaid, read)) == []
    assert text(dot, read).startswith("//")
