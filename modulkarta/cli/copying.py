"""build: the viewer as files, for any web host."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from modulkarta import snapshot
from modulkarta.cli.audience import seen
from modulkarta.cli.folders import readable, schemas_beside
from modulkarta.cli.options import today
from modulkarta.cli.overlaying import overlay_of, read_over
from modulkarta.cli.progress import counting
from modulkarta.editing.writing import put
from modulkarta.findings import message
from modulkarta.past import NoPast
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said
from webapp import create_app
from webapp.copy import Copy, Dead, File, Links, Scope, days
from webapp.map.choices import crowded

_DATED = ("module", "system")
_IN = {"sv": "svenska", "en": "engelska"}
_MARK = ".modulkarta-kopia.json"
_SHAPE = "modulkarta/copy/1"
_MOST_DEAD = 20
_OVERLAY = "overlay"
_NO_PAST = message("den här kopian har bara katalogen som den är nu")
_LEFT = {
    "form": message("formulär som behöver en server"),
    "version": message("länkar till äldre versioner"),
    "day": message("länkar till andra dagar än de som finns i kopian"),
    "question": message("länkar som ställer en fråga till servern"),
    "machine": message("länkar till det som är till för program (/api)"),
}


def write_copy(output: Path, root: Path, schemas: Path | None, on: date, url: str, *, dry_run: bool) -> int:
    """Write the copy of a catalogue on a day, and try its links; the exit code."""
    before = _written_before(output)
    read = _read(root, schemas)
    copy, written = _copy(read, on, url), Written()
    links = Links(copy.address)
    for file in counting(copy.files()):
        links.add(file.path, file.data)
        written.add(file)
        if not dry_run:
            _put(output / file.path, file.data)
    if not dry_run:
        _tidy(output, before - set(written.files))
        _put(output / _MARK, _mark(read, copy.scope.today, written.files))
    for line in _told(copy, written, output, dry_run=dry_run):
        click.echo(line, err=True)
    return _judged(copy.failed, links.dead())


@dataclass
class Written:
    """What has been written."""

    files: list[str] = field(default_factory=list)
    size: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    """How many pages of each sort: in a language, or of a day."""

    def add(self, file: File) -> None:
        self.files.append(file.path)
        self.size += len(file.data)
        if file.path.endswith(".html"):
            self.pages["day" if file.day else file.lang] += 1


def _read(root: Path, schemas: Path | None) -> Snapshot:
    """What the audience may see; its files are called the same wherever they lie."""
    name, place = root.resolve().name, overlay_of(root)
    with readable("Tilläggsmappen"):
        over = read_over(place, _OVERLAY if name != _OVERLAY else f"{_OVERLAY}-2") if place else None
    with readable():
        return seen(snapshot.load(root, schemas or schemas_beside(root), today(), name, laid_over=over))


def _copy(read: Snapshot, on: date, url: str) -> Copy:
    catalogue = read.catalogue
    dated = {kind.slug for kind in catalogue.metamodel.kinds.values() if kind.name in _DATED}
    scope = Scope(
        today=on, days=days(catalogue, on), language=catalogue.settings.language, dated=dated,
        kinds={kind.slug for kind in catalogue.metamodel.kinds.values()}, areas=crowded(catalogue),
    )  # fmt: skip
    app = create_app(read, today=lambda: on, past=NoPast(reason=_NO_PAST))
    return Copy(app, catalogue, scope, url)


def _written_before(output: Path) -> set[str]:
    """The files of an earlier copy; a clear refusal of a folder with anything else in it."""
    if not output.exists() or not any(output.iterdir()):
        return set()
    try:
        mark = json.loads((output / _MARK).read_text("utf-8"))
        return {one for one in mark["files"] if _inside(one)}
    except (OSError, ValueError, KeyError, TypeError):
        raise click.UsageError(
            f"Mappen {output} är inte tom, och är ingen tidigare kopia. Välj en annan, eller töm den först."
        ) from None


def _inside(path: object) -> bool:
    return isinstance(path, str) and not path.startswith("/") and ".." not in path.split("/")


def _put(path: Path, data: bytes) -> None:
    """A file whole or not at all; left alone where it already says the same."""
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        put(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} går inte att skriva: {error.strerror}") from None


def _tidy(output: Path, stale: set[str]) -> None:
    """Take away what belongs to the copy no longer, and the folders that it leaves empty."""
    for one in sorted(stale):
        (output / one).unlink(missing_ok=True)
        for folder in (output / one).parents:
            if folder == output or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def _mark(read: Snapshot, on: date, files: list[str]) -> bytes:
    about = {"schema": _SHAPE, "version": read.version, "date": on.isoformat(), "audience": read.audience}
    return (json.dumps({**about, "files": sorted(files)}, indent=1, ensure_ascii=False) + "\n").encode()


def _told(copy: Copy, written: Written, output: Path, *, dry_run: bool) -> Iterator[str]:
    """What was written, and what was not."""
    own, other = copy.scope.language, "en" if copy.scope.language == "sv" else "sv"
    did = "Skulle skriva" if dry_run else "Skrev"
    yield f"{did} {len(written.files)} filer, {written.size / 1e6:.1f} MB, i {output}:"
    yield f"  {written.pages['']} sidor på {_IN[own]} och {written.pages[other]} på {_IN[other]},"
    yield f"  {written.pages['day']} sidor för {len(copy.scope.days)} andra dagar: {_days(copy.scope)}"
    if copy.left:
        yield "Inte med i kopian:"
        yield from (f"  {n} {said(_LEFT[why])}" for why, n in sorted(copy.left.items()))


def _days(scope: Scope) -> str:
    return ", ".join(day.isoformat() for day in sorted(scope.days)) or "inga"


def _judged(failed: list[str], dead: list[Dead]) -> int:
    """1 and a list where a page could not be made or a link leads nowhere."""
    for address in failed:
        click.echo(f"Sidan gick inte att göra: {address}", err=True)
    for one in dead[:_MOST_DEAD]:
        click.echo(f"Länken leder ingenstans: {one.link} i {one.file}", err=True)
    if len(dead) > _MOST_DEAD:
        click.echo(f"… och {len(dead) - _MOST_DEAD} till.", err=True)
    if not dead and not failed:
        click.echo("Alla länkar leder rätt.", err=True)
    return 1 if dead or failed else 0
