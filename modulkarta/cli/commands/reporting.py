"""report: the section of the monthly report, with its figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from modulkarta.cli.completing import Revision
from modulkarta.cli.folders import schemas_beside
from modulkarta.cli.months import Month, report_day
from modulkarta.cli.options import asked_revision, date_option, format_option, language, reading_options
from modulkarta.cli.printing import print_json
from modulkarta.cli.report_before import compared
from modulkarta.cli.report_files import Outcome, left_from_before, wanted, write
from modulkarta.cli.report_told import Made, Told, print_told, record
from modulkarta.cli.sides import Here, refused
from modulkarta.cli.template_option import Template
from modulkarta.dates import month_of
from modulkarta.editing.tagging import Tag, planned
from modulkarta.findings import message
from modulkarta.report.blocks import LENGTHS, Length
from modulkarta.report.section import section
from modulkarta.source import moments
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Mappen som skrivs.")  # fmt: skip
@click.option(
    "--month", type=Month(), metavar="MÅNAD", help="Rapportens månad, till exempel 2026-11: läget sista dagen."
)
@click.option("--length", "lengths", type=click.Choice([*LENGTHS, "all"]), multiple=True, default=("bilaga",),
              show_default=True, help="Högst 80 ord, ungefär en sida, eller allt. Får upprepas.")  # fmt: skip
@click.option("--since", type=Revision(), metavar="REV",
              help="Rapporten att jämföra med, eller none. Annars den förra med en tagg rapport-ÅÅÅÅ-MM.")  # fmt: skip
@click.option("--template", type=Template(), metavar="FIL",
              help="En Word-mall (.docx, .dotx): rapporten får dess stilar, sidhuvud och sidfot.")  # fmt: skip
@click.option("--without-illustrative", "real", is_flag=True,
              help="Utan exempel, och utan det som vilar på dem. Det som utelämnas räknas.")  # fmt: skip
@click.option("--only", metavar="FORMAT", help="Skriv bara de formaten, till exempel docx,pdf.")
@click.option(
    "--tag", "tagging", is_flag=True, help="Sätt taggen rapport-ÅÅÅÅ-MM i git, så att nästa rapport hittar den här."
)
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle skrivas.")
@format_option("text", "json")
@date_option
@reading_options
def report(
    output: Path | None, month: date | None, lengths: tuple[str, ...], since: str | None, template: bytes | None,
    real: bool, only: str | None, tagging: bool, dry_run: bool, format_: str, on: date | None, folder: Path | None,
    schemas: Path | None, lang: Language | None,
) -> int:  # fmt: skip
    """Skriv avsnittet ”Målbild och färdplan” med bilder och tabeller.

    Rapporten jämförs med den förra, som hittas genom sin tagg i git. Sätt taggen med --tag när rapporten är klar.

    \b
    Exempel:
      modulkarta report --month 2026-11 -o rapport
      modulkarta report --month 2026-11 -o rapport --length all --only docx,pdf
      modulkarta report --since rapport-2026-09 -o rapport --without-illustrative
      modulkarta report --month 2026-11 --tag
    """
    _refuse_what_is_not_meant(output, since, only, tagging=tagging)
    here, day = Here(folder=folder, schemas=schemas), report_day(on, month)
    tag = _tag(here, day, lang) if tagging else None
    made = _made(here, day, since, _lengths(lengths), lang, real=real)
    contents = wanted(made.sections, _several(only), template) if output else {}
    done = Outcome(written=(), refused={}) if dry_run or not output else write(output, contents)
    if tag and not dry_run and not done.refused:
        _give(tag, made, done)
    old = left_from_before(output, made.sections) if output else ()
    told = Told(made=made, output=output, paths=tuple(contents), done=done, tag=tag, dry_run=dry_run, old=old)
    print_told(told) if format_ == "text" else print_json(record(told))
    return 1 if done.refused else 0


def _refuse_what_is_not_meant(output: Path | None, since: str | None, only: str | None, *, tagging: bool) -> None:
    """One sentence and exit code 2; what is empty is as a rule a variable of the shell that has no value."""
    if output is None and not tagging:
        raise click.MissingParameter(param=_parameter("output"))
    if output == Path("-"):
        raise click.UsageError("Rapporten är flera filer. Säg vilken mapp de ska skrivas i, till exempel -o rapport.")
    if since == "":
        raise click.UsageError("Säg vad rapporten ska jämföras med: --since rapport-2026-10, eller --since none.")
    if only is not None and not _several(only):
        raise click.UsageError("Säg vilka format som ska skrivas, till exempel --only docx,pdf.")


def _made(
    here: Here, day: date, since: str | None, lengths: Sequence[Length], lang: Language | None, *, real: bool
) -> Made:  # fmt: skip
    found = compared(here, day, since, lang, real=real)
    spoken = language(lang, found.read)
    sections = tuple(
        section(found.read.catalogue, on=day, version=found.read.version, since=found.since, length=length,
                language=spoken, findings=found.read.findings)
        for length in lengths
    )  # fmt: skip
    return Made(here=here, day=day, language=spoken, compared=found, sections=sections)


def _tag(here: Here, day: date, lang: Language | None) -> Tag:
    """The tag to be given, before anything is written; one sentence and exit code 2 when it cannot be."""
    if asked_revision() is not None:
        raise click.UsageError("--tag märker versionen som är utcheckad och går inte att förena med --rev.")
    try:
        return planned(here.root, here.schemas or schemas_beside(here.root), moments.report_of(month_of(day)))
    except RevisionError as error:
        raise refused(error, lang) from None


def _give(tag: Tag, made: Made, done: Outcome) -> None:
    words = message(
        "Rapporten {month}: läge {day}, version {version}",
        month=month_of(made.day), day=made.day.isoformat(), version=made.compared.read.version,
    )  # fmt: skip
    total = f"\n\nsha256 {done.sha256}" if done.written else ""
    try:
        tag.give(said(words, made.language) + total)
    except RevisionError as error:
        raise refused(error, made.language) from None


def _lengths(asked: Sequence[str]) -> list[Length]:
    """The lengths asked for, the longest last."""
    return [length for length in LENGTHS if length in asked or "all" in asked]


def _several(written: str | None) -> list[str]:
    return [one.strip().lower().removeprefix(".") for one in (written or "").split(",") if one.strip()]


def _parameter(name: str) -> click.Parameter:
    return next(one for one in click.get_current_context().command.params if one.name == name)
