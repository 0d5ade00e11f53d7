#!/usr/bin/env python3
"""Write the generated pages of docs/: the rules, the metamodel, the commands, and the schema of the JSON export. The
tests compare them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from modulkarta import metamodel
from modulkarta.cli import cli
from modulkarta.cli.serving import settings
from modulkarta.exchange.graphs.described import schema
from modulkarta.metamodel import Kind, Property
from modulkarta.rules.manual import CODES, page
from modulkarta.source import folder

ROOT = Path(__file__).resolve().parents[1]
_FAMILIES = {
    "1": "Text",
    "2": "Form",
    "3": "Hänvisningar",
    "4": "Struktur",
    "5": "Tid",
    "6": "Underlag och sekretess",
    "7": "Språk",
    "8": "Månadens text",
    "9": "Filer som förs in",
}
_SETTINGS, _END = "<!-- Inställningarna skrivs av scripts/manual.py. -->\n", "<!-- Hit. -->"
_NOTE = "<!-- Skriven av scripts/manual.py. Ändra i koden eller i schemat, inte här. -->"


def pages() -> dict[str, str]:
    """Each generated page by its name in docs/."""
    written = {"rules.md": _rules(), "metamodel.md": _metamodel(), "cli.md": _commands()}
    by_hand = {"operations.md": _operations(), "exchange/export.schema.json": _export()}
    return {**{name: _text(lines) for name, lines in written.items()}, **by_hand}


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _rules() -> Iterator[str]:
    yield from ("# Regler", "", _NOTE, "", "Samma sidor visas av `modulkarta explain KOD`.", "")
    family = ""
    for code in CODES:
        if code[2] != family:
            family = code[2]
            yield from (f"## {_FAMILIES[family]}", "")
        found = page(code)
        assert found, code
        yield from (f"### {code} {found.title}", "", found.why, "")
        yield from ("Fel:", "", "```", found.wrong, "```", "", "Rätt:", "", "```", found.right, "```", "")


def _metamodel() -> Iterator[str]:
    model = metamodel.read(folder.read_schemas(ROOT / "schemas"))
    yield from ("# Metamodellen", "", _NOTE, "")
    yield from ("Sorterna läses ur `schemas/`. En fil ligger i `catalogue/<lager>/<mapp>/<id>.yaml`.", "")
    for layer, label in model.layers.items():
        yield from (f"## {label.sv}", "")
        for kind in model.kinds.values():
            if kind.layer == layer:
                yield from _kind(kind)


def _kind(kind: Kind) -> Iterator[str]:
    yield from (f"### {kind.label.sv.capitalize()} (`{kind.name}`)", "", kind.description.sv, "")
    yield from (f"Mapp `{kind.layer}/{kind.folder}`, adress `/{kind.slug}`.", "")
    yield from ("| Fält | Namn | Innehåll | Vad |", "|---|---|---|---|")
    for one in kind.properties.values():
        needed = " (krävs)" if one.name in kind.schema["required"] else ""
        yield f"| `{one.name}`{needed} | {one.label.sv} | {_content(one)} | {one.description.sv} |"
    yield ""


def _content(one: Property) -> str:
    words = {"text": "text", "markdown": "Markdown", "date": "datum", "flag": "true eller false", "number": "heltal",
             "url": "webbadress", "map": "nycklar med värden"}  # fmt: skip
    if one.relation:
        return "id: " + ", ".join(f"`{kind}`" for kind in one.relation.kinds)
    if one.shape == "choice":
        return ", ".join(f"`{value}`" for value in one.values)
    if one.shape == "list":
        return f"lista av {_content(one.columns[0])}"
    if one.shape == "table":
        return ", ".join(f"`{column.name}`" for column in one.columns)
    return words[one.shape]


def _commands() -> Iterator[str]:
    yield from ("# Kommandon", "", _NOTE, "")
    with cli.make_context("modulkarta", [], resilient_parsing=True, terminal_width=100) as context:
        yield from ("```", cli.get_help(context), "```", "")
        for name in cli.list_commands(context):
            command = cli.get_command(context, name)
            assert command
            inner = click.Context(command, info_name=name, parent=context)
            yield from (f"## {name}", "", "```", command.get_help(inner), "```", "")


def _operations() -> str:
    """The page for those who run the viewer, which people write, with the table of what can be set."""
    before, begin, rest = (ROOT / "docs" / "operations.md").read_text("utf-8").partition(_SETTINGS)
    return "\n".join((before + begin, *_settings(), _END)) + rest.partition(_END)[2]


def _export() -> str:
    """The JSON Schema of what `export --to json` writes with the schemas that come with the program."""
    described = schema(metamodel.read(folder.read_schemas(ROOT / "schemas")))
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _settings() -> Iterator[str]:
    with cli.make_context("modulkarta", [], resilient_parsing=True) as context:
        command = cli.get_command(context, "serve")
        assert command
        inner = click.Context(command, info_name="serve", parent=context)
        yield from ("", "| val | miljö | i filen | vad | annars |", "|---|---|---|---|---|")
        for one in settings.settings(command):
            record = one.option.get_help_record(inner)
            assert record
            names, words = f"`{record[0].partition(' ')[0]}`", one.option.help
            yield f"| {names} | `{one.variable}` | `{one.key}` | {words} | {one.otherwise} |"
        yield ""


if __name__ == "__main__":
    for name, text in pages().items():
        (ROOT / "docs" / name).parent.mkdir(exist_ok=True)
        (ROOT / "docs" / name).write_text(text, "utf-8")
        print(f"docs/{name}", file=sys.stderr)
