"""What became of the items of a file that is brought in, in words and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import click

from modulkarta.cli.printing import say
from modulkarta.editing.writing import Change
from modulkarta.exchange.inward import OUTCOMES, Item, Origin, Outcome
from modulkarta.findings import Finding, Message, counted, message
from modulkarta.records.findings import finding as finding_record
from modulkarta.wording import Language, one_line, said

_MOST = 20
"""Of one sort; the rest are counted."""
_MOST_ALIKE = 4
"""Of those that became nothing for the same reason; where more became the same thing, one is enough."""

_HEADINGS: dict[Outcome, Message] = {
    "new": message("Nya"),
    "changed": message("Ändras"),
    "same": message("Som förut"),
    "aside": message("Sparas bredvid katalogen"),
    "again": message("Görs på nytt av exporten"),
    "skipped": message("Hoppas över"),
}


def counts(items: Sequence[Item]) -> dict[Outcome, int]:
    """How many items there are of each outcome."""
    found = Counter(item.outcome for item in items)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def print_items(items: Sequence[Item], language: Language, *, all_: bool) -> None:
    """How many items became what, then those that were changed or skipped or not taken as they stood; or all."""
    click.echo(said(counted("{n} post i filen:", "{n} poster i filen:", len(items)), language))
    for outcome, n in counts(items).items():
        if n:
            click.echo(f"  {said(_number(outcome, n), language)}")
    for outcome in ("skipped", "changed", "aside", "new", "same", "again"):
        several = [item for item in items if item.outcome == outcome]
        shown = [
            item
            for item in several
            if all_ or (item.reasons and outcome != "again") or outcome in ("skipped", "changed")
        ]
        if shown:
            _print_several(said(_HEADINGS[outcome], language), shown, language, all_=all_)


def print_files(changes: Sequence[Change], language: Language) -> None:
    """The files that are written though no thing of the catalogue is another afterwards."""
    words = counted(
        "Inga poster ändras. Det som skrivs är {n} fil:",
        "Inga poster ändras. Det som skrivs är {n} filer:",
        len(changes),
    )
    click.echo(said(words, language))
    for change in changes[:_MOST]:
        say(f"  {change.path}")
    if len(changes) > _MOST:
        click.echo(said(message("  … och {n} till", n=len(changes) - _MOST), language))


def record(
    format_: str, items: Sequence[Item], changes: Sequence[Change], findings: Sequence[Finding], language: Language, *,
    written: bool, notes: Sequence[Message] = (),
) -> dict[str, Any]:  # fmt: skip
    """All of it, as programs read it: every name here is promised."""
    return {
        "schema": "modulkarta/import/1",
        "format": format_,
        "written": written,
        "counts": counts(items),
        "items": [_item(item, language) for item in items],
        "files": [change.path for change in changes],
        "notes": [said(note, language) for note in notes],
        "findings": [finding_record(one, language) for one in findings],
    }


def print_findings(findings: Sequence[Finding], language: Language) -> None:
    """What is wrong with files that were not read, on stderr; the most of them counted where they are many."""
    for one in findings[:_MOST]:
        click.echo(_told(one, language), err=True)
        if one.hint:
            click.echo(f"    {one_line(said(one.hint, language))}", err=True)
    if len(findings) > _MOST:
        click.echo(said(message("  … och {n} till", n=len(findings) - _MOST), language), err=True)


def skipped(unread: Sequence[Finding], sort: Message, language: Language) -> Iterator[Item]:
    """Files that could not be read, when others could: each an item that is skipped."""
    for one in unread:
        origin = Origin(sort=said(sort, language), name=one.location.file, at=one.location)
        yield Item(origin=origin, outcome="skipped", reasons=(one.message,))


def _number(outcome: Outcome, n: int) -> Message:
    match outcome:
        case "new":
            return counted("{n} ny", "{n} nya", n)
        case "changed":
            return counted("{n} ändras", "{n} ändras", n)
        case "same":
            return counted("{n} är som förut", "{n} är som förut", n)
        case "aside":
            return counted("{n} sparas bredvid katalogen", "{n} sparas bredvid katalogen", n)
        case "again":
            return counted("{n} görs på nytt av exporten; ändringar i den följer inte med",
                           "{n} görs på nytt av exporten; ändringar i dem följer inte med", n)  # fmt: skip
        case "skipped":
            return counted("{n} hoppas över", "{n} hoppas över", n)


def _print_several(heading: str, several: Sequence[Item], language: Language, *, all_: bool) -> None:
    """Items under a heading; those that became the same thing, or nothing for the same reason, together."""
    click.echo(f"\n{heading} ({len(several)})")
    groups: dict[tuple[str, ...], list[Item]] = {}
    for item in several:
        reasons = [one_line(said(reason, language)) for reason in item.reasons]
        groups.setdefault((item.entity, *reasons), []).append(item)
    shown = list(groups.items())[: None if all_ else _MOST]
    for (entity, *reasons), items in shown:
        most = len(items) if all_ else 1 if entity and len(items) > _MOST_ALIKE else _MOST_ALIKE
        for item in items[:most]:
            say(f"  {one_line(_line(item))}")
        if len(items) > most:
            click.echo(said(message("  … och {n} till; --all visar dem", n=len(items) - most), language))
        for reason in reasons:
            say(f"    {reason}")
    if left := sum(map(len, groups.values())) - sum(len(items) for _, items in shown):
        click.echo(said(message("  … och {n} till; --all visar dem", n=left), language))


def _line(item: Item) -> str:
    """An item on one line: what it is in its file, where, and which thing of the catalogue it is."""
    at, origin = item.origin.at, item.origin
    there = f" → {item.entity}" if item.entity else ""
    return f"{origin.sort} {origin.name}".rstrip() + f"{there}  ({at.file}:{at.line})"


def _item(item: Item, language: Language) -> dict[str, Any]:
    origin = item.origin
    return {
        "sort": origin.sort, "name": origin.name, "file": origin.at.file, "line": origin.at.line,
        "column": origin.at.column, "outcome": item.outcome, "entity": item.entity or None,
        "reasons": [said(reason, language) for reason in item.reasons],
    }  # fmt: skip


def _told(one: Finding, language: Language) -> str:
    at = one.location
    return one_line(f"{at.file}:{at.line}:{at.column}: {one.code} {said(one.message, language)}")
