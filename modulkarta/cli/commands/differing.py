"""diff: what changed between two versions of the catalogue, by meaning."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from modulkarta.changes.between import changes
from modulkarta.changes.sections import sections
from modulkarta.cli.differences import print_changes
from modulkarta.cli.opening import as_closed_now
from modulkarta.cli.options import Day, asked_overlay, format_option, language, showing_options
from modulkarta.cli.printing import print_json
from modulkarta.cli.sides import Here, Side, both_seen, remark_on, side, two_sides
from modulkarta.findings import message
from modulkarta.records import changes as change_records
from modulkarta.report.changes import markdown
from modulkarta.wording import Language, said


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
    old, new = both_seen(*_both(first, second, here, lang), here)
    spoken = language(lang, new.read)
    found = changes(old.read, new.read)
    remark_on(old, spoken)
    remark_on(new, spoken)
    if format_ == "json":
        print_json(change_records.changes(found, old.commit, new.commit, on))
    elif format_ == "markdown":
        click.echo(markdown(_title(old, new, spoken), sections(found, spoken, on), spoken), nl=False)
    else:
        print_changes(_title(old, new, spoken), found, sections(found, spoken, on), spoken, all_=all_)
    return int(exit_code and not found.nothing)


def _both(first: str, second: str | None, here: Here, lang: Language | None) -> tuple[Side, Side]:
    """The two sides, with the levels of now: of what is committed, and of all where something is laid over it."""
    new = side(second, here, lang)
    if new.commit or asked_overlay():
        new = as_closed_now(new, here)
    old = side(first, here, lang, like=new.read)
    return (as_closed_now(old, here) if new.commit else old), new


def _title(old: Side, new: Side, language: Language) -> str:
    return said(message("Ändringar från {old} till {new}", old=old.name, new=new.name), language)
