"""check, explain, rules: what is wrong, and what it means."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from modulkarta.cli.completing import Code, Revision
from modulkarta.cli.folders import found, metamodel_of, schemas_beside, unread
from modulkarta.cli.formats import FORMATS
from modulkarta.cli.options import (
    asked_audience,
    asked_overlay,
    audience_option,
    format_option,
    overlay_option,
    place_options,
    today,
)
from modulkarta.cli.paths import asked_for, root_of
from modulkarta.cli.printing import say, say_paragraphs
from modulkarta.cli.screen import folded, room
from modulkarta.cli.unchanged import Answer, Asked, Known
from modulkarta.levels import HIGHEST
from modulkarta.wording import Language, said, translated

_OF_FILES_ALONE = ("text", "concise", "json")
"""The formats in which nothing is said of git or of where the check runs."""


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
@click.option(
    "--cache/--no-cache",
    default=True,
    show_default=True,
    help="Svara som sist där inget är ändrat sedan dess; --no-cache räknar om allt.",
)
@format_option(*FORMATS)
@audience_option(HIGHEST)
@overlay_option
@place_options
def check(
    paths: tuple[Path, ...], fix: bool, dry_run: bool, since: str | None, cache: bool, format_: str,
    folder: Path | None, schemas: Path | None, lang: Language | None,
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
    root, refused = found(folder or root_of(paths)), 0
    if fix:
        from modulkarta.cli.mending import Mending

        mending = Mending(root=root, schemas=schemas, asked=asked_for(paths, root))
        if dry_run:
            return mending.show(lang)
        refused = mending.make(lang)
    asked = Asked(root=root, schemas=schemas, paths=paths, format_=format_, lang=lang, since=since)
    answer = _known_or_new(asked) if cache and _may_be_known(asked) else _new(asked)
    _tell(answer)
    return refused or answer.code


def _may_be_known(asked: Asked) -> bool:
    """Whether the answer is made of nothing but the files, as they lie here: and for those who may see all of it."""
    alone = asked.since is None and asked_overlay() is None and asked_audience() == HIGHEST
    return alone and asked.format_ in _OF_FILES_ALONE


def _known_or_new(asked: Asked) -> Answer:
    known = Known(asked.root, asked.schemas or schemas_beside(asked.root), _question(asked))
    if answer := known.unchanged():
        return answer
    files, schemas = unread(asked.root, asked.schemas)
    if answer := known.the_same(files, schemas):
        return answer
    from modulkarta.source.ahead import reading_ahead

    with reading_ahead(files) as read:
        from modulkarta.cli.checks import answered
        from modulkarta.cli.opening import built

        answer = answered(asked, built(asked.root, read, metamodel_of(schemas)))
    known.keep(answer)
    return answer


def _question(asked: Asked) -> tuple[object, ...]:
    """What decides how the answer is worded, besides the files."""
    return asked, today(), Path.cwd(), room(sys.stdout), room(sys.stderr)


def _new(asked: Asked) -> Answer:
    from modulkarta.cli.checks import answered
    from modulkarta.cli.opening import opened

    read = opened(asked.root, asked.schemas)
    return answered(asked, read if asked.since is None else read.comparable)


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


def _tell(answer: Answer) -> None:
    if answer.lines:  # in one piece: to print thousands a line at a time costs a sixth of a check of what is unchanged
        click.echo("\n".join(answer.lines))
    for part in answer.summary:
        for line in folded(part, room(sys.stderr), indent="  "):
            click.echo(line, err=True)
