"""check, explain, rules: what is wrong, and what it means."""

from __future__ import annotations

import os
from pathlib import Path

import click

from modulkarta.cli.formats import FORMATS, Checked, summary
from modulkarta.cli.mending import Mending
from modulkarta.cli.opening import format_option, found, language, opened, reading_options, shown
from modulkarta.findings import Finding
from modulkarta.source.folder import spoken
from modulkarta.wording import Language, said, translated


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH...]")
@click.option("--fix", is_flag=True, help="Rätta det som bara kan rättas på ett sätt, och visa det som är kvar.")
@click.option("--dry-run", is_flag=True, help="Med --fix: visa ändringarna utan att skriva något.")
@click.option("--since", metavar="REV", help="Låt bara det som är nytt sedan arbetet lämnade REV räknas.")
@format_option(*FORMATS)
@reading_options
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
    root = found(folder or _root_of(paths))
    mending = Mending(root=root, schemas=schemas, asked=lambda file: _asked_for(file, paths, root)) if fix else None
    if mending and dry_run:
        return mending.show(lang)
    refused = mending.make(lang) if mending else 0
    read = opened(root, schemas)
    findings = tuple(f for f in read.listed if any(_asked_for(file, paths, root) for file in _files(f)))
    files = tuple(file for file in read.texts if _asked_for(file, paths, root))
    checked = Checked(findings=findings, read=read, language=language(lang, read), files=files)
    if since is not None:
        from modulkarta.cli.comparing import compared

        checked = compared(checked, since, root, schemas)
    for line in FORMATS[format_](checked):
        click.echo(line)
    for line in summary(checked):
        click.echo(line, err=True)
    return refused or int(checked.count("error") > 0)


@click.command()
@click.argument("code", metavar="KOD")
@click.option("--lang", type=click.Choice(("sv", "en")), default="sv", help="Språk.")
def explain(code: str, lang: Language) -> None:
    """Förklara en regel: vad den säger, varför, och ett exempel.

    \b
    Exempel:
      modulkarta explain MK301
    """
    from modulkarta.nearest import nearest
    from modulkarta.rules.manual import CODES, page

    found_ = page(code.upper())
    if found_ is None:
        meant = nearest(code.upper(), CODES)
        raise click.UsageError(f"Det finns ingen regel {code}." + (f" Menade du {meant}?" if meant else ""))
    click.echo(click.style(f"{found_.code} {translated(found_.title, lang)}", bold=True))
    click.echo(f"\n{translated(found_.why, lang)}\n")
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
        click.echo(f"{code}  {translated(found_.title, lang) if found_ else ''}")


def _root_of(paths: tuple[Path, ...]) -> Path | None:
    """The one catalogue that all the given paths lie in."""
    roots = {_nearest_root(path) for path in paths}
    if len(roots) > 1:
        raise click.UsageError("Ange filer ur en och samma katalog.")
    return next(iter(roots), None)


def _nearest_root(path: Path) -> Path:
    """The nearest folder above a path with a catalogue.yaml, else the path itself if it is a folder."""
    for place in (path.absolute(), *path.absolute().parents):
        if (place / "catalogue.yaml").is_file():
            return Path(os.path.relpath(place))
    if not path.is_dir():
        raise click.ClickException(f"{spoken(str(path))} ligger inte i någon katalog.")
    return path


def _files(finding: Finding) -> set[str]:
    """Where a finding stands, and the other places that explain it."""
    return {finding.location.file, *(related.location.file for related in finding.related)}


def _asked_for(file: str, paths: tuple[Path, ...], root: Path) -> bool:
    asked = [spoken(shown(path)) for path in paths]
    whole = not paths or any(Path(path) == Path(spoken(shown(root))) or path == "." for path in asked)
    return whole or any(Path(file).is_relative_to(path) for path in asked)
