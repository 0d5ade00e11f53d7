"""search: what there is for some words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import click

from modulkarta import search as searching
from modulkarta.cli.completing import Sort
from modulkarta.cli.kinds import kind_of
from modulkarta.cli.opening import opened
from modulkarta.cli.options import format_option, language, reading_options
from modulkarta.cli.printing import print_json, print_table, warn_of_errors
from modulkarta.cli.words.naming import named
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.records import search as records
from modulkarta.search import Hit, Results
from modulkarta.search.marking import excerpt
from modulkarta.search.reasons import Reason, reasons
from modulkarta.wording import Language, said

_MOST = 20
_LONGEST_QUOTE = 70


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
@click.option("--kind", "sort", type=Sort(), metavar="SORT", help="Bara den sorten, till exempel module eller moduler.")
@click.option("--limit", type=click.IntRange(1), default=_MOST, show_default=True, help="Högst så många träffar.")
@format_option("text", "json")
@reading_options
def search(
    words: tuple[str, ...], sort: str | None, limit: int, format_: str, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> None:  # fmt: skip
    """Sök i hela katalogen: böjda ord, delar av ord, utan å, ä och ö, andra ord för samma sak, stavfel, id.

    \b
    Exempel:
      modulkarta search journaler
      modulkarta search lakemedel --kind module
      modulkarta search "vilka system har journaler" --format json
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    kind = kind_of(catalogue, sort) if sort else None
    found = searching.results(catalogue, " ".join(words))
    hits = [hit for hit in found.hits if kind in (None, hit.entity.kind)]
    if format_ == "json":
        print_json(records.search(catalogue, found, hits, limit, spoken))
        return
    if hits:
        print_table(list(chain([_heading(spoken)], (_row(catalogue, hit, spoken) for hit in hits[:limit]))))
    for line in _told(found, hits, limit):
        click.echo(said(line, spoken), err=True)
    warn_of_errors(read, spoken)


def _partly(full: int) -> Message:
    """What is said where some of the hits do not have all the words."""
    if full:
        return message("Först det som har alla orden, sedan det som har några av dem.")
    return message("Inget har alla orden. Här är det som har flest av dem, sedan det som har några.")


def _heading(language: Language) -> tuple[str, ...]:
    return tuple(said(word, language) for word in (message("Namn"), message("Sort"), message("Id"), message("Varför")))


def _row(catalogue: Catalogue, hit: Hit, language: Language) -> tuple[str, ...]:
    entity = hit.entity
    why = (_reason(hit, reason, language) for reason in reasons(catalogue, hit))
    kind = entity.kind.label.in_(language)
    return named(catalogue, entity.id, language), kind, entity.id, "; ".join(why) or said(message("namnet"), language)


def _reason(hit: Hit, reason: Reason, language: Language) -> str:
    words = said(reason.words, language)
    if not reason.quote:
        return words
    return f"{words}: {''.join(piece.text for piece in excerpt(reason.quote, hit.words, _LONGEST_QUOTE))}"


def _told(found: Results, hits: Sequence[Hit], limit: int) -> list[Message]:
    """What there is to say of the answer beside the hits."""
    if not hits:
        near = ", ".join(entity.id for entity in found.near)
        alike = [message("Det som liknar mest: {ids}", ids=near)] if near else []
        return [message("Inget hittades för ”{query}”.", query=found.query), *alike]
    told = [counted("{n} träff", "{n} träffar", len(hits))]
    if len(hits) > limit:
        told.append(
            counted("{n} träff till; --limit visar fler", "{n} träffar till; --limit visar fler", len(hits) - limit)
        )
    if found.meant:
        told.append(message("Menade du ”{words}”?", words=found.meant))
    if found.missing:
        told.append(message("Finns inte i katalogen: {words}", words=", ".join(found.missing)))
    if found.full < len(found.hits):
        told.append(_partly(found.full))
    return told
