"""new, rename: making a thing, and giving it another id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta import snapshot
from modulkarta.cli.changing import dry_run_option, echo_difference, sentence, written
from modulkarta.cli.completing import Id, Sort
from modulkarta.cli.folders import found, unbuilt
from modulkarta.cli.options import language, overlay_option, place_options, today
from modulkarta.cli.overlaying import laid_over, naming
from modulkarta.findings import Message, counted, message
from modulkarta.wording import Language, one_line, said

if TYPE_CHECKING:
    from modulkarta.editing.rename import Renaming


@click.command()
@click.argument("sort", type=Sort(reports=True), metavar="SORT")
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--name", metavar="NAMN", help="Namnet. Annars görs det av id:t.")
@click.option("--set", "given", multiple=True, metavar="FÄLT=VÄRDE", help="Fyll i ett fält. Flera i en lista: a,b,c.")
@dry_run_option
@place_options
def new(
    sort: str, id_: str | None, name: str | None, given: tuple[str, ...], dry_run: bool, folder: Path | None,
    schemas: Path | None, lang: Language | None,
) -> None:  # fmt: skip
    """Skapa en ny fil i rätt mapp, giltig från början och med kommentarer om vad som kan stå i den.

    SORT är till exempel module, system, decision eller modul, system, beslut. Utan ID görs id:t av namnet. Det som
    måste anges frågas efter i en terminal, annars anges det med --set. Den nya filen märks som exempel tills du säger
    vad den vilar på.

    SORT kan också vara report: då är ID en månad, och filen är för texten till den månadens rapport.

    \b
    Exempel:
      modulkarta new module remisser
      modulkarta new report 2026-11
      modulkarta new beslut --name "Beslut om remisser" --set state=needed --set latest=2027-Q2
      modulkarta new ersättning ersattning-orbit --dry-run
    """
    from modulkarta.cli import report_draft
    from modulkarta.cli.drafting import Draft

    root = found(folder)
    files, metamodel = unbuilt(root, schemas)
    read = snapshot.build(files, metamodel, today())
    spoken = language(lang, read)
    if sort.casefold() in report_draft.SORTS:
        report_draft.refuse_fields(name, given)
        change = report_draft.drafted(read, id_, spoken)
        steps = [report_draft.next_step(change)]
    else:
        change = Draft(files=files, read=read, language=spoken).made(sort, id_, name, given)
        steps = Draft.next_steps(change)
    if dry_run:
        echo_difference([change], files.root)
        return
    written(root, files.root, [change], spoken)
    for line in steps:
        click.echo(said(line, spoken), err=True)


@click.command()
@click.argument("old", type=Id(), metavar="GAMMALT")
@click.argument("new", metavar="NYTT")
@dry_run_option
@overlay_option
@place_options
def rename(old: str, new: str, dry_run: bool, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Byt ett id överallt, och kom ihåg det gamla.

    Filen får det nya namnet, alla hänvisningar ändras, och det gamla id:t skrivs under former_ids så att gamla länkar
    leder rätt. Antingen ändras alla filer eller ingen. Byt tillbaka på samma sätt om det blev fel.

    \b
    Exempel:
      modulkarta rename --dry-run ambulink ambulansjournal
      modulkarta rename ambulink ambulansjournal
    """
    from modulkarta.editing.rename import renaming

    root = found(folder)
    over, (files, metamodel) = laid_over(root), unbuilt(root, schemas)
    read = snapshot.build(files, metamodel, today())
    spoken, made = language(lang, read), renaming(files, read, old, new)
    if isinstance(made, Message):
        raise click.UsageError(sentence(made, spoken))
    if dry_run:
        echo_difference(made.changes, files.root)
    else:
        written(root, files.root, made.changes, spoken)
    lines = _told(made, files.shown(made.to), (old, new), dry_run=dry_run)
    for line in (*lines, *naming(over, old)):
        click.echo(one_line(said(line, spoken)), err=True)


def _told(made: Renaming, file: str, ids: tuple[str, str], *, dry_run: bool) -> list[Message]:
    old, new = ids
    if dry_run:
        return [counted("{n} hänvisning skulle ändras, och filen heta {file}",
                        "{n} hänvisningar skulle ändras, och filen heta {file}", made.places, file=file)]  # fmt: skip
    lines = [
        counted("{n} hänvisning ändrad; filen heter nu {file}", "{n} hänvisningar ändrade; filen heter nu {file}",
                made.places, file=file),
        message("byt tillbaka med modulkarta rename {new} {old}", new=new, old=old),
    ]  # fmt: skip
    if made.alike:
        lines.append(message("”{old}” ingår också i andra id, som är kvar: {ids}", old=old, ids=", ".join(made.alike)))
    return lines
