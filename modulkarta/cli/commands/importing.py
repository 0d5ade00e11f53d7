"""import: into the catalogue from what people have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta import snapshot
from modulkarta.cli.changing import echo_difference, written
from modulkarta.cli.exchanging import INWARD
from modulkarta.cli.folders import found, unbuilt
from modulkarta.cli.options import format_option, language, place_options, today
from modulkarta.cli.printing import print_json
from modulkarta.findings import counted, message
from modulkarta.wording import Language, capital, said

if TYPE_CHECKING:
    from modulkarta.cli.incoming import Incoming
    from modulkarta.exchange.inward import Item, Proposal, Source
    from modulkarta.exchange.merging import Merged
    from modulkarta.findings import Finding
    from modulkarta.snapshot import Snapshot

_KEPT = 200_000_000
"""Bytes at most of a file beside the catalogue that is to be written again."""


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@click.option("--from", "from_", type=click.Choice(list(INWARD)), help="Formatet. Behövs när filen inte säger det.")
@click.option("--mapping", type=click.Path(path_type=Path), metavar="FIL", help="Vad som ska bli vad, som YAML.")
@click.option("--write", is_flag=True, help="Skriv filerna. Annars visas bara vad som skulle ändras.")
@click.option("--dry-run", is_flag=True, help="Skriv inget. Så är det om --write inte anges.")
@click.option("--all", "all_", is_flag=True, help="Visa varje post, också de som är som förut.")
@click.option("--diff", "diff_", is_flag=True, help="Visa också filernas ändrade rader.")
@format_option("text", "json")
@place_options
def import_(
    paths: tuple[Path, ...], from_: str | None, mapping: Path | None, write: bool, dry_run: bool, all_: bool,
    diff_: bool, format_: str, folder: Path | None, schemas: Path | None, lang: Language | None,
) -> int:  # fmt: skip
    """För in det som redan finns i andra program och filer.

    PATH är filer, mappar eller - för stdin; högst 50 MB en fil. Först visas vad som skulle ändras: varje post i
    filerna blir ny, ändras, är som förut, sparas bredvid, görs på nytt av exporten eller hoppas över, och då står det
    varför. Filerna i katalogen ändras bara med --write, och då bara på de rader som blir annorlunda.

    \b
    Exempel:
      modulkarta import --from xlsx system.xlsx
      modulkarta import --from archimate modell.xml --mapping typer.yaml --diff
      modulkarta import --from riv-ta tjanstekontrakt/ --write
    """
    from modulkarta.cli.incoming import hinted, incoming
    from modulkarta.exchange.merging import merged

    if write and dry_run:
        raise click.UsageError("Ange --write eller --dry-run, inte båda.")
    root = found(folder)
    files, metamodel = unbuilt(root, schemas)
    read = snapshot.build(files, metamodel, today())
    spoken, taken = language(lang, read), incoming(paths, from_)
    proposal = _proposed(taken, read, mapping, spoken)
    if isinstance(proposal, tuple):
        wrong = (*taken.unread, *(hinted(one, taken) for one in proposal))
        return _nothing_read(taken.format_, wrong, spoken, format_)
    merged_ = merged(files, read, proposal, today(), kept=_kept(root, proposal))
    items = (*_unread(taken, spoken), *merged_.items)
    if write and format_ == "json":
        written(root, files.root, merged_.changes, spoken, quiet=True)
    _tell(read, taken, proposal, merged_, items, spoken, format_, all_=all_, written=write)
    if format_ == "text":
        _show_files(root, files.root, merged_, spoken, diff_=diff_, write=write)
    _advise(taken, proposal, merged_, spoken, wrote=write)
    return int(any(item.outcome == "skipped" for item in items))


def _proposed(
    taken: Incoming, read: Snapshot, mapping: Path | None, language: Language
) -> Proposal | tuple[Finding, ...]:
    """What the files come to; what is wrong with them, where nothing does."""
    from modulkarta.exchange.inward import Wish

    inward = INWARD[taken.format_]
    if mapping and not inward.mapping:
        raise click.UsageError(f"{taken.format_} har ingen mappningsfil; ta bort --mapping.")
    map_ = _mapping(mapping) if mapping else None
    if not taken.sources:
        if not taken.unread:
            raise click.UsageError(f"Där finns ingen fil som slutar på {' eller '.join(inward.endings)}.")
        return ()
    return inward.proposed(taken.sources, read, Wish(language=language, mapping=map_))


def _mapping(path: Path) -> Source:
    from modulkarta.cli.incoming import source
    from modulkarta.exchange.inward import Source

    read = source(path)
    if not isinstance(read, Source):
        raise click.UsageError(f"Mappningsfilen {path}: {said(read.message)}.")
    return read


def _nothing_read(format_: str, findings: tuple[Finding, ...], language: Language, how: str) -> int:
    from modulkarta.cli.imported import print_findings, record

    if how == "json":
        print_json(record(format_, (), (), findings, language, written=False))
    else:
        print_findings(findings, language)
    click.echo(said(message("Inget är läst, och katalogen är orörd."), language), err=True)
    return 2


def _kept(root: Path, proposal: Proposal) -> dict[str, bytes]:
    """What lies today where files are to be kept beside the catalogue."""
    there = {}
    for path in proposal.beside:
        place = root / path
        if place.is_file() and place.resolve().is_relative_to(root.resolve()) and place.stat().st_size <= _KEPT:
            there[path] = place.read_bytes()
    return there


def _unread(taken: Incoming, language: Language) -> tuple[Item, ...]:
    from modulkarta.cli.imported import skipped

    return tuple(skipped(taken.unread, message("fil"), language))


def _tell(
    read: Snapshot, taken: Incoming, proposal: Proposal, merged_: Merged, items: tuple[Item, ...], language: Language,
    format_: str, *, all_: bool, written: bool,
) -> None:  # fmt: skip
    from modulkarta.changes.between import changes
    from modulkarta.changes.sections import sections
    from modulkarta.cli.differences import print_changes
    from modulkarta.cli.imported import print_files, print_findings, print_items, record

    if format_ == "json":
        print_json(record(taken.format_, items, merged_.changes, merged_.findings, language, written=written,
                          notes=proposal.notes))  # fmt: skip
        return
    print_items(items, language, all_=all_)
    if merged_.changes:
        found_ = changes(read, merged_.after)
        title = said(message("Det här ändras i katalogen"), language)
        click.echo("")
        if found_.nothing and not (found_.found or found_.mended):
            print_files(merged_.changes, language)
        else:
            print_changes(title, found_, sections(found_, language), language, all_=all_)
    print_findings(merged_.findings, language)


def _show_files(root: Path, shown: str, merged_: Merged, language: Language, *, diff_: bool, write: bool) -> None:
    """The lines that change, and the files that were written, as far as they are asked for."""
    if diff_:
        click.echo("")
        echo_difference(merged_.changes, shown)
    if write:
        click.echo("")
        written(root, shown, merged_.changes, language)


def _advise(taken: Incoming, proposal: Proposal, merged_: Merged, language: Language, *, wrote: bool) -> None:
    """On stderr: what was not looked at, what is to be known of the files as a whole, and what to do next."""
    n = len(merged_.changes)
    for note in proposal.notes:
        click.echo(f"{capital(said(note, language))}.", err=True)
    if taken.other:
        other = counted("{n} annan fil i mappen lästes inte.", "{n} andra filer i mappen lästes inte.", taken.other)
        click.echo(said(other, language), err=True)
    if not n and not merged_.items:
        advice = message("Där finns inget att föra in.")
    elif not n:
        advice = message("Inget att ändra i katalogen.")
    elif wrote:
        advice = counted("{n} fil skrevs. Se efter med git diff och modulkarta check.",
                         "{n} filer skrevs. Se efter med git diff och modulkarta check.", n)  # fmt: skip
    else:
        advice = counted("Inget är skrivet. Kör igen med --write för att skriva {n} fil.",
                         "Inget är skrivet. Kör igen med --write för att skriva {n} filer.", n)  # fmt: skip
    click.echo(said(advice, language), err=True)
