"""follow: the catalogue here as it is in a repository elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta.cli.folders import found
from modulkarta.cli.options import format_option, place_options
from modulkarta.cli.printing import print_json
from modulkarta.findings import Message, message
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, one_line, said

if TYPE_CHECKING:
    from modulkarta.cli.serving.upstream import Followed


@click.command()
@click.option("--remote", default="origin", show_default=True, metavar="NAMN", help="Vad git kallar det andra arkivet.")
@click.option("--branch", default="main", show_default=True, metavar="GREN", help="Grenen som följs.")
@click.option("--signed", is_flag=True, help="Ta bara en commit vars underskrift git litar på.")
@click.option("--dry-run", is_flag=True, help="Säg vad som skulle tas, utan att ändra katalogen.")
@format_option("text", "json")
@place_options
def follow(
    remote: str, branch: str, signed: bool, dry_run: bool, format_: str, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> int:  # fmt: skip
    """Hämta det senaste av katalogen ur git, om det bygger vidare på det som finns här.

    Körs med några minuters mellanrum på datorn där visaren går, av någon annan än den som kör visaren. Är historiken
    omskriven, eller har någon ändrat filerna här, ändras inget. Då blir slutkoden 1. Rapporternas taggar följer med.

    \b
    Exempel:
      modulkarta follow --catalogue /srv/katalog
      modulkarta follow --branch publicerad --signed
      modulkarta follow --dry-run
    """
    from modulkarta.cli.serving.upstream import Upstream

    spoken = lang or "sv"
    try:
        done = Upstream(place=found(folder), remote=remote, branch=branch, signed=signed).follow(only_look=dry_run)
    except RevisionError as error:
        raise click.ClickException(f"Det gick inte att hämta: {said(error.message, 'sv')}.") from None
    if format_ == "json":
        print_json(_record(done, spoken))
    for words in (*done.notes, _told(done, only_look=dry_run)):
        click.echo(one_line(said(words, spoken)), err=True)
    return int(done.outcome == "refused")


def _told(done: Followed, *, only_look: bool) -> Message:
    before, after = done.before[:12], done.after[:12]
    if done.reason:
        return message("Inget är taget: {reason}. Här är kvar {before}.", reason=done.reason, before=before)
    if done.outcome == "unchanged":
        return message("Inget nytt; här är {before}.", before=before)
    if only_look:
        return message("Här är {before}; {after} skulle tas.", before=before, after=after)
    return message("Tagit {after}, som bygger vidare på {before}.", before=before, after=after)


def _record(done: Followed, language: Language) -> dict[str, object]:
    return {
        "schema": "modulkarta/follow/1",
        "outcome": done.outcome,
        "before": done.before,
        "after": done.after,
        "reason": said(done.reason, language) if done.reason else None,
        "notes": [said(one, language) for one in done.notes],
    }
