"""doctor: is this machine ready?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from modulkarta.cli import machine
from modulkarta.cli.folders import found, schemas_beside, shown
from modulkarta.cli.machine import Check
from modulkarta.cli.opening import opened
from modulkarta.cli.options import format_option, place_options
from modulkarta.cli.printing import print_json, say
from modulkarta.cli.screen import folded, room
from modulkarta.findings import counted, message
from modulkarta.source import revision
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said

_WORDS = {"ok": message("ok"), "warning": message("varning"), "error": message("fel")}
_COLOURS = {"ok": "green", "warning": "yellow", "error": "red"}


@click.command()
@format_option("text", "json")
@place_options
def doctor(format_: str, folder: Path | None, schemas: Path | None, lang: Language | None) -> int:
    """Titta efter om den här datorn har det som behövs, och säg vad som kan göras.

    Varje rad är ok, varning (något går inte att göra) eller fel (inget fungerar). Slutkoden är 1 bara om något är fel.

    \b
    Exempel:
      modulkarta doctor
      modulkarta doctor --catalogue en/annan/katalog
      modulkarta doctor --format json
    """
    checks = (*machine.program(), *machine.programs(), machine.screen(), *_catalogue(folder, schemas))
    language = lang or "sv"
    if format_ == "json":
        print_json(_record(checks, language))
    else:
        for check in checks:
            _echo(check, language)
    wrong = [sum(check.state == state for check in checks) for state in ("error", "warning")]
    total = (counted("{n} fel", "{n} fel", wrong[0]), counted("{n} varning", "{n} varningar", wrong[1]))
    click.echo(", ".join(said(part, language) for part in total), err=True)
    return int(wrong[0] > 0)


def _echo(check: Check, language: Language) -> None:
    columns = room()
    word = said(_WORDS[check.state], language)
    coloured = click.style(word, _COLOURS[check.state]) + " " * (8 - len(word))
    found = f"{said(check.name, language)}: {said(check.found, language)}"
    for index, line in enumerate(folded(found, columns - 9 if columns else None)):
        click.echo(f"{'':9}{line}" if index else f"{coloured} {line}")
    if check.advice:
        say(f"{'':9}{said(check.advice, language)}", hang=0)


def _record(checks: tuple[Check, ...], language: Language) -> object:
    return {
        "schema": "modulkarta/doctor/1",
        "checks": [
            {
                "name": said(check.name, language),
                "state": check.state,
                "found": said(check.found, language),
                "advice": said(check.advice, language) if check.advice else None,
            }
            for check in checks
        ],
        "errors": sum(check.state == "error" for check in checks),
        "warnings": sum(check.state == "warning" for check in checks),
    }


def _catalogue(folder: Path | None, schemas: Path | None) -> Iterator[Check]:
    """The catalogue that commands run here would use, and what stands around it."""
    try:
        root = found(folder)
    except click.ClickException as error:
        asked = folder is not None
        advice = message("Gå till en mapp med en katalog, eller ange den med --catalogue DIR.")
        yield Check(name=message("Katalogen"), state="error" if asked else "warning",
                    found=error.message, advice=advice)  # fmt: skip
        return
    yield _contents(root, schemas)
    yield _writing(root)
    yield from _history(root)


def _contents(root: Path, schemas: Path | None) -> Check:
    try:
        read = opened(root, schemas)
    except click.ClickException as error:
        return Check(name=message("Katalogen"), state="error", found=error.message,
                     advice=message("Scheman: {place}", place=shown(schemas or schemas_beside(root))))  # fmt: skip
    errors = read.count("error")
    files = counted("{place}, {n} fil", "{place}, {n} filer", read.files, place=shown(root))
    return Check(
        name=message("Katalogen"),
        state="warning" if errors else "ok",
        found=files,
        advice=message("Den har fel. Kör modulkarta check.") if errors else None,
    )


def _writing(root: Path) -> Check:
    good = machine.writable(root)
    return Check(
        name=message("Skriva i katalogen"),
        state="ok" if good else "warning",
        found=message("går") if good else message("går inte"),
        advice=None if good else message("Du kan läsa, men inte rätta eller lägga till. Ändra mappens rättigheter."),
    )


def _history(root: Path) -> Iterator[Check]:
    """Whether git knows the catalogue, and all of its past."""
    if not machine.has_git():
        return
    name = message("Katalogens historia")
    if not _in_git(root):
        advice = message("check --since behöver git. Börja med git init.")
        yield Check(name=name, state="warning", found=message("katalogen ligger inte i git"), advice=advice)
    elif revision.shallow(root):
        advice = message("check --since behöver allt: git fetch --unshallow")
        yield Check(name=name, state="warning", found=message("git har bara de senaste ändringarna"), advice=advice)
    else:
        yield Check(name=name, found=message("finns i git"))


def _in_git(root: Path) -> bool:
    try:
        revision.inside(root)
    except RevisionError:
        return False
    return True
