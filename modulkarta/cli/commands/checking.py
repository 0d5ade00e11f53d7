"""check, explain, rules: what is wrong, and what it means."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from modulkarta.analysis.secrecy import HIGHEST
from modulkarta.cli.completing import Code, Revision
from modulkarta.cli.folders import found
from modulkarta.cli.formats import FORMATS, Checked, summary, written
from modulkarta.cli.formats.lines import MENDED
from modulkarta.cli.mending import Mending
from modulkarta.cli.opening import opened
from modulkarta.cli.options import (
    asked_audience,
    audience_option,
    format_option,
    language,
    overlay_option,
    place_options,
)
from modulkarta.cli.paths import asked_for, root_of
from modulkarta.cli.printing import say, say_paragraphs
from modulkarta.cli.screen import folded, room
from modulkarta.findings import Finding
from modulkarta.wording import Language, said, translated


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH...]")
@click.option("--fix", is_flag=True, help="Rätta det som bara kan rättas på ett sätt, och visa det som är kvar.")
@click.option("--dry-run", is_flag=True, help="Med --fix: visa ändringarna utan att skriva något.")
@click.option(
    "--since",
    type=Revision(),
    metavar="REV",
    help="Räkna bara det som är nytt jämfört med REV, till exempel origin/main.",
)
@format_option(*FORMATS)
@audience_option(HIGHEST)
@overlay_option
@place_options
def check(
    paths: tuple[Path, ...], fix: bool, dry_run: bool, since: str | None, format_: str, folder: Path | None,
    schemas: Path | None, lang: Language | None,
) -> int:  # fmt: skip
    """Kontrollera allt som kan vara fel, och visa allt på en gång.

    PATH är katalogens mapp, eller filer i den om bara deras fel ska visas.

    \b
    Exempel:
      modulkarta check
      modulkarta check catalogue/roadmap
      modulkarta check --format concise
      modulkarta check --fix --dry-run
      modulkarta check --since origin/main
    """
    if dry_run and not fix:
        raise click.UsageError("--dry-run hör ihop med --fix.")
    if fix and asked_audience() != HIGHEST:
        raise click.UsageError("--fix rättar hela filer och kan inte begränsas med --audience.")
    root = found(folder or root_of(paths))
    mending = Mending(root=root, schemas=schemas, asked=lambda file: asked_for(file, paths, root)) if fix else None
    if mending and dry_run:
        return mending.show(lang)
    refused = mending.make(lang) if mending else 0
    read = opened(root, schemas) if since is None else opened(root, schemas).comparable
    findings = tuple(f for f in read.listed if any(asked_for(file, paths, root) for file in _files(f)))
    files = tuple(file for file in read.texts if asked_for(file, paths, root))
    checked = Checked(findings=findings, read=read, language=language(lang, read), files=files)
    if since is not None:
        from modulkarta.cli.comparing import compared

        checked = compared(checked, since, root, schemas)
    _tell(checked, format_)
    return refused or int(checked.count("error") > 0)


@click.command()
@click.argument("code", type=Code(), metavar="KOD")
@click.option("--lang", type=click.Choice(("sv", "en")), default="sv", help="Språk.")
def explain(code: str, lang: Language) -> None:
    """Förklara en regel: vad den säger, varför, och ett exempel.

    \b
    Exempel:
      modulkarta explain MK301
    """
    from modulkarta.cli.speaking import with_hint
    from modulkarta.rules.manual import CODES, page

    found_ = page(code.upper())
    if found_ is None:
        no_rule, every = f"Det finns ingen regel ”{code}”", "modulkarta rules listar alla."
        raise click.UsageError(with_hint(no_rule, code.upper(), CODES, limit=72, otherwise=every))
    click.echo(click.style(f"{found_.code} {translated(found_.title, lang)}", bold=True))
    click.echo()
    say_paragraphs(translated(found_.why, lang))
    click.echo()
    for heading, example in ((said("Fel"), found_.wrong), (said("Rätt"), found_.right)):
        lines = translated(example, lang).splitlines()
        click.echo(f"{translated(heading, lang)}:\n" + "\n".join(f"    {line}" for line in lines))


@click.command()
@click.option("--lang", type=click.Choice(("sv", "en")), default="sv", help="Språk.")
def rules(lang: Language) -> None:
    """Lista alla regler.

    \b
    Exempel:
      modulkarta rules
      modulkarta rules --lang en
    """
    from modulkarta.rules.manual import CODES, page

    for code in CODES:
        found_ = page(code)
        say(f"{code}  {translated(found_.title, lang) if found_ else ''}", hang=7)


def _tell(checked: Checked, format_: str) -> None:
    for line in written(format_, checked):
        click.echo(line)
    for part in summary(checked, MENDED if format_ == "concise" else ""):
        for line in folded(part, room(sys.stderr), indent="  "):
            click.echo(line, err=True)


def _files(finding: Finding) -> set[str]:
    """Where a finding stands, and the other places that explain it."""
    return {finding.location.file, *(related.location.file for related in finding.related)}
