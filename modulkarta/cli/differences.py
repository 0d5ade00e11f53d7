"""What changed, by meaning, as a command says it: under headings, the long ones cut."""

from __future__ import annotations

import click

from modulkarta.changes.between import Changes
from modulkarta.changes.sections import Section
from modulkarta.cli.printing import say
from modulkarta.findings import counted, message
from modulkarta.wording import Language, said

_MOST_LINES = 20
"""Of one sort in a terminal; the rest are counted."""


def print_changes(title: str, found: Changes, told: tuple[Section, ...], language: Language, *, all_: bool) -> None:
    """What changed on stdout, `told` in sections, and on stderr how many findings came and went."""
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
