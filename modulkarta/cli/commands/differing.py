"""diff: what changed between two versions of the catalogue, by meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from modulkarta.changes.between import Changes, changes
from modulkarta.changes.sections import Section, sections
from modulkarta.cli.opening import closed_by_overlay
from modulkarta.cli.options import Day, format_option, language, showing_options
from modulkarta.cli.printing import print_json, say
from modulkarta.cli.sides import Here, Side, both_seen, remark_on, side, two_sides
from modulkarta.findings import counted, message
from modulkarta.records import changes as change_records
from modulkarta.report.changes import markdown
from modulkarta.wording import Language, said

_MOST_LINES = 20
"""Of one sort in a terminal; the rest are counted."""


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", required=False, metavar="[B]")
@click.option("--exit-code", is_flag=True, help="Avsluta med 1 om något i sak är ändrat.")
@click.option("--all", "all_", is_flag=True, help="Visa alla rader, också ändringar som bara är språkliga.")
@click.option("--date", "on", type=Day(), metavar="DATUM", help="Visa också hur läget den dagen ändras.")
@format_option("text", "markdown", "json")
@showing_options
def diff(
    before: str, after: str | None, exit_code: bool, all_: bool, on: date | None, format_: str, folder: Path | None,
    schemas: Path | None, lang: Language | None,
) -> int:  # fmt: skip
    """Visa vad som är ändrat i sak mellan två versioner av katalogen.

    A och B är versioner i git (main, v1.2, HEAD~3, A..B) eller mappar. Utan B jämförs A med filerna som de ligger nu.
    Låg katalogen i en annan mapp skrivs det main:mappen.

    \b
    Exempel:
      modulkarta diff main
      modulkarta diff rapport-2026-10..rapport-2026-11
      modulkarta diff HEAD --date 2028-01-01
      modulkarta diff ../annan-katalog --format markdown
    """
    here = Here(folder=folder, schemas=schemas)
    first, second = two_sides(before, after, here)
    new = side(second, here, lang)
    new = replace(new, read=closed_by_overlay(new.read, folder, schemas))
    old, new = both_seen(side(first, here, lang, like=new.read), new)
    spoken = language(lang, new.read)
    found = changes(old.read, new.read)
    remark_on(old, spoken)
    remark_on(new, spoken)
    if format_ == "json":
        print_json(change_records.changes(found, old.commit, new.commit, on))
    elif format_ == "markdown":
        click.echo(markdown(_title(old, new, spoken), sections(found, spoken, on), spoken), nl=False)
    else:
        _print(_title(old, new, spoken), found, sections(found, spoken, on), spoken, all_=all_)
    return int(exit_code and not found.nothing)


def _title(old: Side, new: Side, language: Language) -> str:
    return said(message("Ändringar från {old} till {new}", old=old.name, new=new.name), language)


def _print(title: str, found: Changes, told: tuple[Section, ...], language: Language, *, all_: bool) -> None:
    click.echo(title)
    if found.nothing:
        click.echo("\n" + said(message("Inga ändringar i sak."), language))
    for section in told:
        click.echo(f"\n{section.title} ({len(section.lines)})" + _folded(section, language, all_=all_))
        shown = section.lines if all_ else section.lines[: 0 if section.folded else _MOST_LINES]
        for line in shown:
            say(f"  {line.words}")
        if len(shown) < len(section.lines) and not section.folded:
            more = message("  … och {n} till; --all visar dem", n=len(section.lines) - len(shown))
            click.echo(said(more, language))
    _print_findings(found, language)


def _folded(section: Section, language: Language, *, all_: bool) -> str:
    return said(message("; --all visar dem"), language) if section.folded and not all_ else ""


def _print_findings(found: Changes, language: Language) -> None:
    if found.found or found.mended:
        parts = (
            counted("{n} ny anmärkning från kontrollen", "{n} nya anmärkningar från kontrollen", len(found.found)),
            counted("{n} är borta", "{n} är borta", len(found.mended)),
        )
        click.echo("\n" + ", ".join(said(part, language) for part in parts) + ".", err=True)
