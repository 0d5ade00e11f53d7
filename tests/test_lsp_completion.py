"""What is offered at a place, also in half a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import given
import pytest
from lsprotocol.types import CompletionItem, TextEdit
from talking import changed

from modulkarta.lsp.answers.completion import completion
from modulkarta.lsp.spot import Spot
from modulkarta.lsp.workplace import Workplace

TODAY = date(2026, 11, 22)
SYSTEM = given.GOOD / "applications/systems/x.yaml"
MODULE = given.GOOD / "applications/modules/x.yaml"


def spot(text: str, file: Path = SYSTEM) -> Spot:
    """The place of the bar in the text of a file of Region Exempel."""
    before, _, rest = text.partition("|")
    workplace = Workplace(lambda root: given.SCHEMAS, lambda: TODAY)
    workplace.open(file.as_uri(), before + rest, 0)
    found = workplace.spot(file.as_uri())
    assert found
    lines = found.sheet.lines if not before else [*before.split("\n")]
    at = found.sheet.position(len(lines) - 1, len(lines[-1])) if before else found.sheet.position(0, 0)
    return found.at(at)


def offered(text: str, file: Path = SYSTEM) -> dict[str, CompletionItem]:
    return {item.label: item for item in completion(spot(text, file), TODAY)}


def chosen(text: str, word: str, file: Path = SYSTEM) -> str:
    """The text after a word among those offered is taken."""
    edit = offered(text, file)[word].text_edit
    assert isinstance(edit, TextEdit)
    return changed(text.replace("|", "", 1), [edit])


def test_an_empty_file_is_offered_its_keys_the_required_first() -> None:
    items = sorted(offered("|").values(), key=lambda item: item.sort_text or "")
    assert items[0].label == "name" and items[0].detail == "namn · krävs"
    assert {"summary", "functions", "lifecycle", "truth"} <= {item.label for item in items}


def test_a_key_that_is_there_is_not_offered_again() -> None:
    assert "summary" in offered("name: A\n|\n")
    assert "summary" not in offered("name: A\n|\nsummary: B\n")


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        ("name: A\nsum|", "summary", "name: A\nsummary: >-\n  "),
        ("na|: A\n", "name", "name: A\n"),
        ("name: A\nown|", "owner", "name: A\nowner: "),
        ("name: A\nfunc|", "functions", "name: A\nfunctions:\n  - "),
        ("name: A\nlifecycle:\n  |", "live", "name: A\nlifecycle:\n  live: "),
        ("name: A\nlifecycle: {li|", "live", "name: A\nlifecycle: {live: "),
        ("name: A\nsources:\n  - |", "source", "name: A\nsources:\n  - source: "),
        ("truth: fa|kta\n", "fact", "truth: fact\n"),
        ("truth:|", "fact", "truth: fact"),
        ("truth: '|", "fact", "truth: fact"),
        ("name: A\nlifecycle:\n  live: |", "2026-Q4", "name: A\nlifecycle:\n  live: 2026-Q4"),
        ("name: å🚑\ntruth_of: {name: |", "fact", "name: å🚑\ntruth_of: {name: fact"),
        ("name: A\ntruth_of:\n  |", "name", "name: A\ntruth_of:\n  name: "),
    ],
)
def test_what_is_chosen_stands_where_it_should(text: str, word: str, after: str) -> None:
    assert chosen(text, word) == after


@pytest.mark.parametrize(
    "text",
    [
        "name: A\nfunctions:\n  - |",
        "name: A\nfunctions:\n- |",
        "name: A\nfunctions:\n  -|",
        "name: A\nfunctions: [|",
        "name: A\nfunctions: [a, |]\nowner: b\n",
        "name: A\nfunctions:\n  |",
        "name: A\nfunctions: |",
        'name: "A\nfunctions:\n  - |\nsummary: [\n',
        "name: A: B: [}\nfunctions:\n  - triage|\n",
        "\tname: A\nfunctions:\n  - |\n",
    ],
)
def test_ids_of_the_right_kind_are_offered_whatever_state_the_file_is_in(text: str) -> None:
    items = offered(text)
    functions = given.good().catalogue.of_kind["function"]
    assert {entity.id for entity in functions} - {"triage"} <= items.keys() | {"a"}
    assert all(given.good().catalogue.entities[id_].kind.name == "function" for id_ in items)


def test_an_id_is_found_by_its_name() -> None:
    for id_, item in offered("name: A\nfunctions:\n  - |").items():
        name = given.good().catalogue.name(id_)
        assert item.detail == name and name in (item.filter_text or "")


@pytest.mark.parametrize("text", ["name: A\ndescription: >-\n  truth|", "# |", "name: A # |", "nonsense:\n  - |"])
def test_nothing_is_offered_where_nothing_can_be_known(text: str) -> None:
    assert offered(text) == {}


def test_settings_are_offered_the_codes_and_ids_they_name() -> None:
    settings = given.GOOD / "catalogue.yaml"
    assert "MK510" in offered("title: A\nseverities:\n  |", settings)
    assert "MK101" not in offered("title: A\nseverities:\n  |", settings)
    assert "MK510" in offered("title: A\nwaivers:\n  - rule: |", settings)
    assert given.good().catalogue.entities.keys() == offered("waivers:\n  - entity: |", settings).keys()


def test_provisions_are_offered_and_any_other_may_be_written() -> None:
    items = offered("name: A\nsecrecy:\n  level: secret\n  provision: |\n")
    assert items["OSL 19 kap. 3 §"].detail == "upphandling"
    assert chosen("name: A\nsecrecy:\n  prov|", "provision").endswith("  provision: ")


def test_what_may_be_classified_is_offered_with_single_relations_by_their_ids() -> None:
    text = "name: A\ncontracts: [avtal-faltjournal]\nsecrecy:\n  level: public\n  fields:\n    |\n"
    items = offered(text)
    assert {"contracts", "contracts.avtal-faltjournal"} <= items.keys() and "secrecy" not in items
    assert chosen(text, "contracts.avtal-faltjournal").splitlines()[-1] == "    contracts.avtal-faltjournal: "
    assert set(offered(text.replace("|", "contracts.avtal-faltjournal: |"))) == {"public", "internal", "secret"}
