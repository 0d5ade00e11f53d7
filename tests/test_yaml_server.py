"""The written schemas, as the YAML plugins of VS Code and others use them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import given
import pytest
import yaml_server

from modulkarta.cli import main

MODULE, REPLACEMENT = "catalogue/applications/modules/*.yaml", "catalogue/roadmap/replacements/*.yaml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[yaml_server.Session]:
    """The server in a project with Region Exempel."""
    command = yaml_server.command()
    if command is None:
        pytest.skip("yaml-language-server finns inte här; scripts/test installerar den där npm finns")
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(given.GOOD, project / "catalogue")
    shutil.copytree(given.SCHEMAS, project / "schemas")
    with pytest.raises(SystemExit) as ended:
        main(["schema", "--catalogue", str(project / "catalogue")])
    assert ended.value.code == 0
    session = yaml_server.Session(project, command)
    yield session
    session.end()


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        (MODULE, "name: X\nowner: |\n", "organisation"),
        (MODULE, "name: X\ndepends_on:\n  - |\n", "module"),
        (REPLACEMENT, "name: X\nreplaces: |\n", "system"),
        (REPLACEMENT, "name: X\nreplaces: a\nfunctions:\n  - function: |\n", "function"),
        (REPLACEMENT, "name: X\nfunctions:\n  - function: a\n    by:\n      - module: |\n", "module"),
    ],
)
def test_a_reference_completes_to_real_ids_with_their_names(
    server: yaml_server.Session, path: str, text: str, kind: str
) -> None:
    offered = server.completions(path, text)
    known = given.good().catalogue.of_kind[kind]
    assert known
    for entity in known:
        assert offered[entity.id].removesuffix(" (exempel)") == entity.name
    assert set(offered) == {entity.id for entity in known}


def test_dates_and_choices_complete_with_what_they_mean(server: yaml_server.Session) -> None:
    assert server.completions(MODULE, "name: X\nlifecycle:\n  live: |\n")["2027-Q1"] == "kvartal"
    assert server.completions(MODULE, "name: X\ntruth: |\n")["illustrative"] == "exempel"


def test_keys_complete_with_swedish_words(server: yaml_server.Session) -> None:
    offered = server.completions(MODULE, "name: X\n|\n")
    assert offered["owner"] == "Organisationen som svarar för uppgifterna."
    assert "ny fil: modul" in server.completions(MODULE, "|")


def test_pointing_at_a_field_shows_what_it_is(server: yaml_server.Session) -> None:
    shown = server.hover(MODULE, "name: X\nlifecycle:\n  li|ve: 2027\n")
    assert "I drift" in shown and "Första dagen i drift." in shown and "2027-Q3" in shown


def test_the_sound_catalogue_has_no_complaints(server: yaml_server.Session) -> None:
    sample = ["catalogue.yaml", "applications/modules/prehospital-journal.yaml"]
    sample += sorted(p.relative_to(given.GOOD).as_posix() for p in given.GOOD.glob("roadmap/*/*.yaml"))
    for path in sample:
        text = (given.GOOD / path).read_text("utf-8")
        assert (path, server.complaints(f"catalogue/{path}", text)) == (path, [])


def test_mistakes_are_told_where_they_stand(server: yaml_server.Session) -> None:
    (said,) = server.complaints(MODULE, "name: X\nowner: finns-inte\n")
    assert said.startswith("2: Id:t fanns inte bland organisationer")
    (said,) = server.complaints(MODULE, "name: X\nlifecycle:\n  live: 2027-13\n")
    assert said.startswith("3: Skrivs så noga som det är känt")
    assert [line[:2] for line in server.complaints(MODULE, "name: X\nnme: X\n")] == ["2:"]
