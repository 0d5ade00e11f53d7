"""Figures as text for other programs: whatever things are called, their names stay names."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from datetime import date

import given
import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta.figures.diagrams import About, Diagram, Edge, Frame, Node, dot, mermaid, plain
from modulkarta.figures.graphs import layers_round, modules_by_capability, relations
from modulkarta.figures.views import VIEWS, diagram, subjects

ABOUT = About(title="T", alternative="A", source="S")
HOSTILE = st.text(
    st.one_of(st.sampled_from("\"'#;%`{}[]()|<>&\\\n\r\t\0\x1b­\u202eend-->//"), st.characters()), max_size=30
)

_ID = "n_[a-z0-9_]+"
_SAID = r'"(?:[^"#&<>`\\{}\[\]|;%\n]|#\d+;)+"'
_LINES = re.compile(
    "|".join(
        (
            "flowchart (?:LR|TB)",
            "  %% [^\\n{}%]*",
            "  acc(?:Title|Descr): [^\\n#;{}%]*",
            rf" +subgraph {_ID}\[{_SAID}\]",
            " +end",
            rf" +{_ID}\[{_SAID}\]",
            rf"  {_ID} -->(?:\|{_SAID}\|)? {_ID}",
            r"  classDef [a-z]+ (?:(?:fill|stroke|color|stroke-width):[#\w]+,?)+",
            rf"  class {_ID}(?:,{_ID})* [a-z]+",
        )
    )
)
"""All that may stand on a line, said more strictly than Mermaid does."""


def read_mermaid(text: str) -> list[str]:
    """The labels of a diagram, as Mermaid shows them; every line is one that it knows, and every frame has its end."""
    lines = text.splitlines()
    assert not [line for line in lines if not _LINES.fullmatch(line)]
    assert sum("subgraph" in line.split() for line in lines) == sum(line.strip() == "end" for line in lines)
    return [re.sub(r"#(\d+);", lambda sign: chr(int(sign[1])), said[1:-1]) for said in re.findall(_SAID, text)]


def read_dot(text: str) -> dict[str, str]:
    """What Graphviz takes the boxes to be called, by their ids."""
    program = shutil.which("dot")
    if program is None:
        pytest.skip("dot finns inte här")
    read = subprocess.run([program, "-Tjson0"], input=text.encode(), capture_output=True, check=True)
    assert not read.stderr, read.stderr.decode()
    objects = json.loads(read.stdout)["objects"]
    return {one["name"]: _shown(one["label"]) for one in objects}


def _shown(label: str) -> str:
    """A label as it is drawn."""
    return html.unescape(label.replace('\\"', '"').replace("\\\\", "\\"))


@settings(max_examples=25)
@law(st.lists(HOSTILE, min_size=1, max_size=8))
def test_any_name_stays_a_name(names: list[str]) -> None:
    nodes = tuple(Node(id=f"n{n}", label=name, about=name) for n, name in enumerate(names))
    edges = tuple(Edge(source="n0", target=node.id, label=node.label) for node in nodes)
    frame = Frame(id="f", label=names[0] or "x", nodes=nodes)
    made = Diagram(frames=(frame,), edges=edges)
    about = About(title=names[0], alternative=names[-1], source=names[0])
    wanted = [plain(name) for name in (names[0] or "x", *names)]
    told = read_mermaid(mermaid(made, about))
    assert told[: len(wanted)] == [words or " " for words in wanted]
    read = read_dot(dot(made, about))
    assert [read["cluster-f"], *(read[node.id] for node in nodes)] == wanted


def test_an_id_that_is_a_word_of_the_language_is_no_more_than_an_id() -> None:
    made = Diagram(frames=(Frame(id="", label="", nodes=(Node(id="end", label="end"), Node(id="graph", label="x"))),))
    assert read_mermaid(mermaid(made, ABOUT)) == ["end", "x"]
    assert read_dot(dot(made, ABOUT)) == {"end": "end", "graph": "x"}


@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if view.diagram])
def test_what_is_drawn_of_region_exempel_is_read_back(name: str) -> None:
    catalogue = given.good().catalogue
    for subject in (subjects(catalogue, VIEWS[name]) or (None,))[:12]:
        made = diagram(catalogue, VIEWS[name], on=date(2026, 11, 30), subject=subject)
        assert made is not None
        labels = [node.label for node in made.nodes]
        assert set(labels) <= set(read_mermaid(mermaid(made, ABOUT)))
        read = read_dot(dot(made, ABOUT))
        assert {node.id: node.label for node in made.nodes}.items() <= read.items()


def test_the_text_of_a_map_is_as_it_was_agreed() -> None:
    made = modules_by_capability(given.good().catalogue)
    given.as_before("karta.mmd", mermaid(made, ABOUT))
    given.as_before("karta.dot", dot(made, ABOUT))


def test_a_line_stands_for_all_that_two_things_have_to_do_with_each_other() -> None:
    catalogue = given.good().catalogue
    focus = catalogue.entities["prehospital-journal"]
    near = relations(catalogue, focus)
    pairs = [(edge.source, edge.target) for edge in near.edges]
    assert len(pairs) == len(set(pairs)) and all(focus.id in pair for pair in pairs)
    assert any(", " in edge.label for edge in near.edges)
    layers = layers_round(catalogue, focus)
    ids = {node.id for node in layers.nodes}
    assert ids >= {end for edge in layers.edges for end in (edge.source, edge.target)}
    assert [node.id for node in layers.nodes if node.strong] == [focus.id]
