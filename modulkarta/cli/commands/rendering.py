"""render: one figure as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from modulkarta.cli.completing import Id, Revision, View
from modulkarta.cli.opening import as_closed_now, asked, opened, opened_unseen
from modulkarta.cli.options import asked_revision, date_option, language, reading_options, today
from modulkarta.cli.printing import print_table, warn_of_errors
from modulkarta.cli.sides import Here, Side, both_seen, earlier, remark_on
from modulkarta.cli.speaking import with_hint
from modulkarta.editing.writing import put
from modulkarta.figures import views
from modulkarta.figures.captions import caption, not_drawn, source
from modulkarta.figures.milestones import Before
from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity
from modulkarta.report import formats
from modulkarta.report.formats import FORMATS, Format, Print
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, said, sentence

_STDOUT = "-"


@click.command()
@click.argument("view", required=False, type=View(), metavar="[BILD]")
@click.argument("id_", required=False, type=Id(), metavar="[ID]")
@click.option("-o", "--output", metavar="FIL", help="Filen som skrivs; ändelsen säger formatet. - skriver till stdout.")
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), help="Formatet, om inte filens ändelse säger det."
)
@click.option("--since", type=Revision(), metavar="REV",
              help="Visa i färdplanen hur milstolpar har flyttats sedan till exempel rapport-2026-10.")  # fmt: skip
@click.option("--list", "list_", is_flag=True, help="Visa vilka bilder som finns.")
@date_option
@reading_options
def render(
    view: str | None, id_: str | None, output: str | None, format_: str | None, since: str | None, list_: bool,
    on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None,
) -> None:  # fmt: skip
    """Rita en bild till en fil: svg, png eller pdf, som ser likadan ut överallt.

    Vissa bilder visar hela katalogen, andra en sak som anges med ID. Bildtext, alternativ text och det som inte fick
    plats skrivs på stderr, att klistra in bredvid bilden.

    \b
    Exempel:
      modulkarta render --list
      modulkarta render roadmap --since rapport-2026-10 -o fardplan.png
      modulkarta render coverage ambulink --date 2026-11-30 -o tackning.svg
    """
    if list_:
        print_table(list(_listed(lang or "sv")))
        return
    wanted, written_as = _view(view), _format(output, format_)
    read, before = _read(since, wanted, Here(folder=folder, schemas=schemas), lang)
    spoken, day = language(lang, read), on or today()
    subject = asked(read.catalogue, id_) if id_ else None
    _refuse_unfit(read.catalogue, wanted, subject)
    made = formats.Print(
        figure=views.figure(read.catalogue, wanted, on=day, subject=subject, before=before, language=spoken),
        diagram=views.diagram(read.catalogue, wanted, on=day, subject=subject, language=spoken),
        source=source(read.catalogue, on=day, version=read.version, language=spoken), language=spoken, on=day,
    )  # fmt: skip
    _write(output or "", _contents(made, written_as))
    for line in _beside(made):
        click.echo(line, err=True)
    warn_of_errors(read, spoken)


def _listed(language: Language) -> Iterator[tuple[str, ...]]:
    yield tuple(said(word, language) for word in (message("Bild"), message("Av"), message("Visar")))
    for view in views.VIEWS.values():
        of = "–" if view.of is None else "ID"
        yield view.name, of, said(view.about, language)


def _view(name: str | None) -> views.View:
    every = f"Bilderna är {', '.join(views.VIEWS)}"
    if name is None:
        raise click.UsageError(f"Säg vilken bild som ska ritas. {every}.")
    found = views.VIEWS.get(name) or views.BY_SLUG.get(name)
    if found is None:
        raise click.UsageError(with_hint(f"Det finns ingen bild ”{name}”. {every}", name, views.VIEWS))
    return found


def _format(output: str | None, written: str | None) -> Format:
    """What is asked for by name, else by the ending of the file."""
    if output is None:
        raise click.UsageError("Säg vilken fil bilden ska skrivas till, till exempel -o bild.svg.")
    ending = (written or ("" if output == _STDOUT else Path(output).suffix)).removeprefix(".").casefold()
    if not ending:
        raise click.UsageError(f"Säg vilket format bilden ska ha, med filens ändelse eller --format: {_endings()}.")
    if ending not in FORMATS:
        raise click.UsageError(with_hint(f"Bilder skrivs inte som {ending}, utan som {_endings()}", ending, FORMATS))
    return FORMATS[ending]


def _endings() -> str:
    return ", ".join(FORMATS)


def _read(since: str | None, view: views.View, here: Here, lang: Language | None) -> tuple[Snapshot, Before | None]:
    """The catalogue, and where its milestones stood in a revision, both as the audience may see them."""
    if since is None:
        return opened(here.folder, here.schemas), None
    if view.name != "roadmap":
        raise click.UsageError("--since finns bara för bilden roadmap.")
    from modulkarta.changes.between import changes
    from modulkarta.report.since import Since

    now, old = opened_unseen(here.folder, here.schemas), earlier(since, here, lang)
    if asked_revision() is not None:
        old = as_closed_now(old, here)
    before, after = (one.read for one in both_seen(old, Side(read=now, name=old.name), here))
    remark_on(replace(old, read=before), language(lang, after))
    return after, Since(name=since, changes=changes(before, after.comparable)).milestones


def _refuse_unfit(catalogue: Catalogue, view: views.View, subject: Entity | None) -> None:
    """One sentence and exit code 2 where a view is no picture of what is asked for."""
    reason = views.unfit(catalogue, view, subject, view.name)
    if reason is None:
        return
    if subject is None:
        examples = [entity.id for entity in views.subjects(catalogue, view)[:3]]
        more = f", till exempel {', '.join(examples)}" if examples else ", men katalogen har ingen än"
        raise click.UsageError(f"{said(reason)}{more}.")
    others = [other.name for other in views.views_of(catalogue, subject)]
    also = f" Av den går det att rita {', '.join(others)}." if others and view.of is not None else ""
    raise click.UsageError(f"{sentence(reason)}{also}")


def _contents(made: Print, format_: Format) -> bytes:
    try:
        return formats.written(made, format_)
    except CannotMake as reason:
        raise click.ClickException(str(reason)) from None


def _write(output: str, data: bytes) -> None:
    """To the file, whole or not at all; to whoever reads the output where that is asked for."""
    if output == _STDOUT:
        click.echo(data, nl=False)
        return
    try:
        put(Path(output), data)
    except OSError as error:
        raise click.ClickException(f"{output} går inte att skriva: {error.strerror}") from None


def _beside(made: Print) -> Iterator[str]:
    """What belongs beside the picture, to be pasted there."""
    figure, language = made.figure, made.language
    yield said(message("Bildtext: {words}", words=caption(figure.title, made.source)), language)
    yield said(message("Alternativ text: {words}", words=figure.alternative), language)
    if figure.left_out:
        yield said(not_drawn(figure.left_out), language)
