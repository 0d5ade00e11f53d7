"""build: the viewer as files, for any web host."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from modulkarta import __version__, snapshot
from modulkarta.analysis.secrecy import left_out
from modulkarta.cli.audience import seen
from modulkarta.cli.folders import readable, schemas_beside
from modulkarta.cli.options import asked_audience, today
from modulkarta.cli.overlaying import overlay_of, read_over
from modulkarta.cli.progress import counting
from modulkarta.cli.publishing import Destination, destination
from modulkarta.findings import message
from modulkarta.model import Catalogue
from modulkarta.past import NoPast
from modulkarta.rules.secrecy import too_much_together
from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, said
from webapp import create_app
from webapp.copy import Copy, Dead, Entry, Links, Scope, days, entry, manifest
from webapp.copy.manifest import NAME
from webapp.map.choices import crowded

_DATED = ("module", "system")
_MOST_DATED = 5_000
"""Pages of single things on other days; where they would be more, a copy has only those of its own day."""
_IN = {"sv": "svenska", "en": "engelska"}
_MOST_DEAD = 20
_OVERLAY = "overlay"
_NO_PAST = message("den här kopian har bara katalogen som den är nu")
_LEFT = {
    "form": message("formulär som behöver en server"),
    "version": message("länkar till äldre versioner"),
    "day": message("länkar till andra dagar än de som finns i kopian"),
    "question": message("länkar som ställer en fråga till servern"),
    "language": message("länkar till andra språk"),
    "file": message("länkar till filer att hämta"),
    "machine": message("länkar till det som är till för program (/api)"),
}


def write_copy(
    output: Path, root: Path, schemas: Path | None, on: date, url: str, *, all_days: bool, dry_run: bool
) -> int:
    """Publish the copy of a catalogue on a day where every page of it can be made and every link leads; the exit code.

    Else the folder is as it was. `all_days`: single things have pages on other days, however many those are.
    """
    _refuse_address(url)
    with destination(output, dry_run=dry_run) as to:
        whole, read = _read(root, schemas)
        gc.enable()  # commands do without, but each page leaves something behind
        copy, made = _copy(read, on, url, all_days=all_days), Made()
        links = Links(copy.address)
        for file in counting(copy.files()):
            links.add(file.path, file.data)
            made.entries.append(entry(file))
            to.add(file.path, file.data)
        to.add(NAME, manifest(made.entries, _about(whole, read, copy)))
        wrong = list(_wrong(copy.failed, links.dead()))
        if not wrong:
            to.publish()
    for line in wrong or _told(copy, made, to, whole, read, dry_run=dry_run):
        click.echo(line, err=True)
    if wrong:
        click.echo(f"Ingenting är ändrat i {output}.", err=True)
    return 1 if wrong else 0


@dataclass
class Made:
    """What has been made."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(one.bytes for one in self.entries)

    def pages(self, lang: str) -> int:
        return sum(one.sort == "page" and one.lang == lang for one in self.entries)

    @property
    def dated(self) -> int:
        return sum(one.sort == "dated-page" for one in self.entries)


def _refuse_address(url: str) -> None:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise click.UsageError(f"”{url}” är ingen adress till en plats på webben. Skriv den som https://värd/mapp/.")


def _read(root: Path, schemas: Path | None) -> tuple[Snapshot, Snapshot]:
    """The whole, and what the audience may see of it; its files are called the same wherever they lie."""
    name, beside = root.resolve().name, overlay_of(root)
    with readable("Tilläggsmappen"):
        over = read_over(beside, _OVERLAY if name != _OVERLAY else f"{_OVERLAY}-2") if beside else None
    with readable():
        whole = snapshot.load(root, schemas or schemas_beside(root), today(), name, laid_over=over)
        return whole.under(asked_audience()), seen(whole)


def _copy(read: Snapshot, on: date, url: str, *, all_days: bool) -> Copy:
    catalogue, several = read.catalogue, days(read.catalogue, on)
    dated = {kind.slug for kind in catalogue.metamodel.kinds.values() if kind.name in _DATED}
    scope = Scope(
        today=on, days=several, language=catalogue.settings.language, dated=dated,
        each_dated=all_days or _dated(catalogue, several) <= _MOST_DATED,
        kinds={kind.slug for kind in catalogue.metamodel.kinds.values()}, areas=crowded(catalogue),
    )  # fmt: skip
    app = create_app(read, today=lambda: on, past=NoPast(reason=_NO_PAST), once=True)
    return Copy(app, catalogue, scope, url, public=read.audience == "public")


def _dated(catalogue: Catalogue, several: Collection[date]) -> int:
    """About how many pages single things have on some days, in all languages."""
    return sum(len(catalogue.of_kind[kind]) for kind in _DATED) * len(several) * len(LANGUAGES)


def _about(whole: Snapshot, read: Snapshot, copy: Copy) -> Mapping[str, Any]:
    """What the manifest says beside its files; how much is left out only where the catalogue lets that be said."""
    about: dict[str, Any] = {
        "title": read.catalogue.settings.title, "version": read.version, "audience": read.audience,
        "date": copy.scope.today.isoformat(), "program": __version__,
    }  # fmt: skip
    if whole.catalogue.settings.tell_omitted:
        about["omitted"] = [asdict(one) for one in left_out.left_out(whole.catalogue, read.catalogue)]
    return {**about, **({"url": f"{copy.address}/"} if copy.address else {})}


def _told(copy: Copy, made: Made, to: Destination, whole: Snapshot, read: Snapshot, *, dry_run: bool) -> Iterator[str]:
    """What was written, and what was not."""
    own, other = copy.scope.language, "en" if copy.scope.language == "sv" else "sv"
    did = "Skulle skriva" if dry_run else "Skrev"
    yield f"{did} {len(made.entries) + 1} filer, {made.size / 1e6:.1f} MB, i {to.output}:"
    yield f"  {made.pages('')} sidor på {_IN[own]} och {made.pages(other)} på {_IN[other]},"
    yield f"  {made.dated} sidor för {len(copy.scope.days)} andra dagar: {_days(copy.scope)}"
    if to.before:
        changed = len([path for path in to.changed if path in to.before or path == NAME])
        yield f"  {changed} ändrade, {len(to.changed) - changed} nya, {len(to.gone())} borttagna sedan förra kopian."
    yield from _left(copy)
    yield "Alla länkar leder rätt."
    yield from _warned(whole, read)


def _left(copy: Copy) -> Iterator[str]:
    """What is not in the copy, with how much of it."""
    left = [f"{n} {said(_LEFT[why])}" for why, n in sorted(copy.left.items())]
    if not copy.scope.each_dated:
        n = _dated(copy.catalogue, copy.scope.days)
        left.append(f"omkring {n} sidor för enskilda moduler och system på andra dagar (--all-days tar med dem)")
    if left:
        yield "Inte med i kopian:"
        yield from (f"  {line}" for line in left)


def _warned(whole: Snapshot, read: Snapshot) -> Iterator[str]:
    """What whoever publishes should know: how closed the copy is, and what is much when it is put together."""
    if read.audience != "public":
        yield f"Kopian är inte för alla: den har det som {_WHO[read.audience]} får se."
        yield "Lägg den inte där andra kommer åt den."
        return
    for one in left_out.left_out(whole.catalogue, read.catalogue) if whole.catalogue.settings.tell_omitted else ():
        kind = said(whole.catalogue.metamodel.kinds[one.kind].plural)
        yield f"Utelämnat av {kind}: {one.things} hela, {one.fields} fält och {one.relations} relationer."
    for warning in too_much_together(whole.catalogue, read.catalogue, whole.today):
        yield f"Varning: {said(warning)}."
        yield "  Klassa några av dem högre, eller bedöm helheten och skriv ett undantag i catalogue.yaml (regel MK615)."


_WHO = {"internal": "bara de egna", "secret": "bara de som får se allt"}


def _days(scope: Scope) -> str:
    return ", ".join(day.isoformat() for day in sorted(scope.days)) or "inga"


def _wrong(failed: list[str], dead: list[Dead]) -> Iterator[str]:
    """What stands in the way: pages that could not be made, and links that lead nowhere."""
    for address in failed:
        yield f"Sidan gick inte att göra: {address}"
    for one in dead[:_MOST_DEAD]:
        yield f"Länken leder ingenstans: {one.link} i {one.file}"
    if len(dead) > _MOST_DEAD:
        yield f"… och {len(dead) - _MOST_DEAD} till."
