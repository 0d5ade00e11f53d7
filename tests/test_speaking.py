"""Help and complaints are in Swedish, with examples that work and what was probably meant."""

from __future__ import annotations

import re
import shlex

import click
import given
import pytest
from commands import Run

from modulkarta.cli import COMMANDS, cli
from modulkarta.cli.speaking import SpeakingGroup, first_paragraph

ENGLISH = re.compile(r"\b(Usage|Options|Commands?|Show|default|required|INTEGER|RANGE|FILENAME|DIRECTORY|Error|Try"
                     r"|No such|Missing|Invalid|Got|requires|does not|is not)\b")  # fmt: skip


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_swedish_and_has_examples(name: str, run: Run) -> None:
    shown = run(name, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"Användning: modulkarta {name}")
    assert "Visa den här hjälpen." in shown.out
    assert f"Exempel:\n    modulkarta {name}" in shown.out
    assert not ENGLISH.findall(shown.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_every_example_says_something(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.ROOT)
    found = command(name)
    assert all(one.help for one in found.params if isinstance(one, click.Option) and not one.hidden)
    examples = re.findall(rf"^\s+modulkarta {name}\b(.*)$", found.help or "", re.MULTILINE)
    for example in examples:
        arguments = shlex.split(example.split("  ")[0].split(" > ")[0])
        found.make_context(name, arguments, parent=click.Context(cli)).close()


def test_the_list_of_commands_is_swedish_and_whole(run: Run) -> None:
    shown = run("--help").out
    assert not ENGLISH.findall(shown)
    assert "..." not in shown.split("Kommandon:")[1]
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    assert isinstance(cli, SpeakingGroup)
    assert first_paragraph(cli.help_of(name)) == first_paragraph(command(name).help or "") != ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "Kommandot chek finns inte. Menade du ”check”?"),
        (["xyzzy"], "Kommandot xyzzy finns inte."),
        (["--vresion"], "Valet --vresion finns inte. Menade du ”--version”?"),
        (["check", "--fromat", "json"], "Valet --fromat finns inte. Menade du ”--format”?"),
        (["check", "--format"], "Valet --format behöver ett värde."),
        (["check", "--fix=3"], "Valet --fix tar inget värde."),
        (["check", "finns-inte"], "PATH: filen eller mappen finns-inte finns inte."),
        (["explain"], "Argumentet KOD saknas."),
        (["explain", "MK301", "x", "y"], "Det är för många argument: x y."),
        (["serve", "--port", "x"], "--port: ”x” är inte ett tal."),
        (["serve", "--port", "99999"], "--port: 99999 är inte ett tal från 0 till 65535."),
        (["report"], "Valet -o / --output saknas."),
        (["report", "-o", __file__], f"-o / --output: {__file__} är en fil, inte en mapp."),
        (["impact", "--date", "x", "y"], "--date: ”x” är inte en dag; skriv den som 2027-03-31"),
    ],
)
def test_wrong_use_is_told_in_swedish(arguments: list[str], said: str, run: Run) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == f"Fel: {said}"
    assert not ENGLISH.findall(ended.err)


def test_a_wrong_choice_shows_what_there_is_and_what_was_meant(run: Run) -> None:
    said = run("gaps", "--format", "jsn").err.splitlines()[-1]
    assert said.startswith("Fel: --format: ”jsn” går inte att välja. Välj bland text, json")
    assert said.endswith("Menade du ”json”?")


def test_the_command_alone_shows_its_help(run: Run) -> None:
    ended = run()
    assert ended.code == 2 and "Användning: modulkarta" in ended.err
