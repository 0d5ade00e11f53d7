"""mcp: the server for assistants, started by the program that has one."""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path

import click

from modulkarta.audience import narrowed
from modulkarta.cli.audience import seen
from modulkarta.cli.folders import found
from modulkarta.cli.opening import opened_whole
from modulkarta.cli.options import asked_audience, asked_overlay, language, showing_options, today
from modulkarta.cli.serving.place import Place
from modulkarta.mcp import protocol
from modulkarta.mcp.asking import Reading
from modulkarta.mcp.tools import Desk
from modulkarta.wording import Language


@click.command()
@showing_options
def mcp(folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Låt en assistent (en språkmodell) läsa katalogen. Den kan inte ändra något.

    Programmet som har assistenten startar kommandot och talar med det på stdin och stdout, enligt Model Context
    Protocol. Ändras filerna läses de på nytt.

    \b
    Exempel:
      modulkarta mcp --catalogue /sökväg/till/catalogue
      modulkarta mcp --audience public
    """
    root = found(folder)
    place = Place(root=root, schemas=schemas, audience=asked_audience(), overlay=asked_overlay())
    kept = _Kept(place, folder, schemas)
    if sys.stdin.isatty():
        click.echo("Det här är för program med en assistent: de startar det själva. Avsluta med Ctrl-D.", err=True)
    gc.enable()
    desk = Desk(kept.reading, today, language(lang, kept.reading().read))
    outgoing = sys.stdout.buffer
    with contextlib.redirect_stdout(sys.stderr):
        protocol.serve(desk, sys.stdin.buffer, outgoing, lambda words: click.echo(words, err=True))


class _Kept:
    """The catalogue as it was last read, read anew when its files are others; as it was if they cannot be read."""

    def __init__(self, place: Place, folder: Path | None, schemas: Path | None) -> None:
        self._place, self._state = place, place.state()
        self._whole = opened_whole(folder, schemas)
        self._reading = Reading(read=seen(self._whole), past=place.past(self._whole))

    def reading(self) -> Reading:
        state = self._place.state()
        if state != self._state:
            self._state = state
            self._read_anew()
        return self._reading

    def _read_anew(self) -> None:
        try:
            self._whole = self._place.read(like=self._whole)
        except (OSError, ValueError) as error:
            click.echo(f"Katalogen går inte att läsa: {error}", err=True)
            return
        self._reading = Reading(read=narrowed(self._whole, self._place.audience), past=self._place.past(self._whole))
