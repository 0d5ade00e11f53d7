"""pr-comment: what a change means, as one comment on its pull request."""

from __future__ import annotations

import os
from pathlib import Path

import click

from modulkarta.changes.between import Changes, changes
from modulkarta.cli.opening import as_closed_now
from modulkarta.cli.options import asked_overlay, language, showing_options
from modulkarta.cli.sides import Here, Side, both_seen, refused, side
from modulkarta.findings import message
from modulkarta.report import forge as forges
from modulkarta.report.asking import ForgeError
from modulkarta.report.comment import MARKER, Setting, comment
from modulkarta.report.forge import ForgeName
from modulkarta.source import revision
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said


@click.command("pr-comment")
@click.option(
    "--base", required=True, metavar="REV", help="Det som ändringen ska slås ihop med, till exempel origin/main."
)
@click.option("--post", "forge", type=click.Choice(("github", "gitlab")), help="Skriv kommentaren där jobbet körs.")
@click.option("--preview", default="", metavar="URL", help="Adressen till en visare med ändringen.")
@click.option("--picture", default="", metavar="URL", help="Adressen till en bild av det som ändras.")
@click.option("--draw", type=click.Path(path_type=Path, dir_okay=False), metavar="FIL",
              help="Rita det som ändras, före och efter, i en fil: .svg eller .png.")  # fmt: skip
@showing_options
def pr_comment(
    base: str, forge: ForgeName | None, preview: str, picture: str, draw: Path | None,
    folder: Path | None, schemas: Path | None, lang: Language | None,
) -> None:  # fmt: skip
    """Skriv kommentaren till en ändring: vad som följer om den slås ihop, och allt som är ändrat i sak.

    Jämför filerna här med det ställe där arbetet lämnade REV. Med --post skrivs kommentaren hos GitHub eller GitLab,
    alltid i samma kommentar, med nyckeln i GITHUB_TOKEN eller GITLAB_TOKEN. Går det inte stannar inte jobbet.

    \b
    Exempel:
      modulkarta pr-comment --base origin/main
      modulkarta pr-comment --base origin/main --post github
      modulkarta pr-comment --base origin/main --draw andring.png
    """
    here = Here(folder=folder, schemas=schemas)
    try:
        start = revision.merge_base(here.root, base)
    except RevisionError as error:
        raise refused(error, lang) from None
    new = side(None, here, lang)
    new = as_closed_now(new, here) if asked_overlay() else new
    old, new = both_seen(side(start, here, lang, like=new.read), new, here)
    spoken = language(lang, new.read)
    setting = Setting(
        base=start[:7] if start == base else base, base_version=start[:7], version=_version(here, new),
        preview=preview, picture=picture,
    )  # fmt: skip
    found = changes(old.read, new.read)
    if draw:
        _draw(draw, found, spoken)
    text = comment(found, setting, spoken)
    if forge is None:
        click.echo(text, nl=False)
    else:
        _post(forge, text, spoken)


def _draw(file: Path, found: Changes, language: Language) -> None:
    """Write the picture of a change; of one that means nothing there is none, and that is said."""
    from modulkarta.editing.writing import put
    from modulkarta.figures.changed import changed_figure
    from modulkarta.figures.raster import CannotRaster, png

    if file.suffix not in (".svg", ".png"):
        raise click.UsageError("--draw ritar filer som slutar på .svg eller .png.")
    figure = changed_figure(found, language)
    if figure is None:
        click.echo(said(message("Ingen bild: inget är ändrat i sak."), language), err=True)
        return
    try:
        put(file, png(figure.svg) if file.suffix == ".png" else figure.svg.encode())
    except CannotRaster as reason:
        raise click.ClickException(str(reason)) from None
    except OSError as error:
        raise click.ClickException(f"{file} går inte att skriva: {error.strerror}") from None


def _version(here: Here, new: Side) -> str:
    """The commit that is checked out, else the name of exactly these files."""
    try:
        return revision.commit(here.root, "HEAD")[:7]
    except RevisionError:
        return new.read.version


def _post(forge: ForgeName, text: str, language: Language) -> None:
    """Post a comment; when that cannot be done say why, and put it where the job's own summary is read."""
    otherwise = f"{MARKER}\n\n{said(message('Inga ändringar i katalogen längre.'), language)}\n"
    try:
        there = forges.put(forges.talk(forge, os.environ), MARKER, text, otherwise)
    except ForgeError as error:
        why = message("Kommentaren gick inte att skriva: {why}.", why=error.message)
        click.echo(said(why, language), err=True)
        _summarise(text)
        return
    done = message("Kommentaren är skriven: {where}", where=there)
    click.echo(said(done if there else message("Inget att kommentera."), language), err=True)


def _summarise(text: str) -> None:
    """Where GitHub shows what a job found, if that is where it runs and can be written; else the text itself."""
    try:
        with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
            file.write(text)
    except (KeyError, OSError):
        click.echo(text, nl=False)
