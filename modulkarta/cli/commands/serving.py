"""serve: the viewer on this machine."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from modulkarta.cli.audience import seen
from modulkarta.cli.folders import found
from modulkarta.cli.opening import opened_whole
from modulkarta.cli.options import asked_audience, showing_options, today
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

_HEAVY = (
    "/", "/karta", "/sok?q=a", "/ersattning", "/fardplan", "/rapport", "/standardisering", "/integrationer",
    "/information", "/kvalitet", "/uppfoljning", "/lager", "/karta.md",
)  # fmt: skip
_BOUNDS: dict[str, Any] = {
    "max_request_header_size": 32_768, "max_request_body_size": 65_536, "connection_limit": 1000,
    "channel_timeout": 30, "cleanup_interval": 10, "asyncore_use_poll": True,
}  # fmt: skip
"""Bytes and seconds. Nothing is read from a body; and a thousand that say nothing are waited for, but not for long."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 tar en ledig.")
@click.option("--watch", is_flag=True, help="Visa ändringar i filerna så snart de är sparade.")
@click.option("--host", "names", metavar="NAMN", multiple=True, help="Namn att svara på också; kan ges flera gånger.")
@showing_options
def serve(
    port: int, watch: bool, names: tuple[str, ...], folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa modulkartan i webbläsaren, bara på den här datorn.

    Med --watch läses katalogen på nytt när en fil ändras, eller när git får en ny version. Går ändringen inte att läsa
    visas den senaste som gick, och sidorna säger det.

    Visaren svarar bara på den här datorns egna namn, så att ingen annan webbplats kan läsa den genom webbläsaren. Når
    man den genom en annan server, som skickar namnet vidare, läggs det till med --host.

    Adresserna /healthz, /readyz och /metrics är till för den som övervakar visaren.

    \b
    Exempel:
      modulkarta serve --port 8080
      modulkarta serve --watch
      modulkarta serve --host moduler.example.se
    """
    from modulkarta.cli.serving.following import Follower, generations
    from modulkarta.cli.serving.place import Place
    from webapp import viewer
    from webapp.generations import Shown

    place = Place(root=found(folder), schemas=schemas, audience=asked_audience())
    state = place.state()
    whole = opened_whole(folder, schemas)
    read = seen(whole)
    shown = Shown(generations(place, whole, read))
    app = viewer(shown, today=today, names=names)
    server, host = _server(app, port)
    _tell(read, host)
    _spare()
    warm = partial(_warm, app, host)
    _beside(warm)
    if watch:
        _beside(partial(Follower(place, whole, state, shown, then=warm).follow, threading.Event()))
    server.run()


def _server(app: Flask, port: int) -> tuple[MultiSocketServer | BaseWSGIServer, str]:
    """What answers on a port, and the address that it does it on."""
    from waitress.server import create_server

    listener = _listener(port)
    address, used = listener.getsockname()
    return create_server(app, sockets=[listener], threads=8, **_BOUNDS), f"http://{address}:{used}"


def _tell(read: Snapshot, host: str) -> None:
    """Where the viewer is, and whether anything is left out of it."""
    if errors := read.count("error"):
        click.echo(f"Katalogen har {errors} fel; {read.left_out} filer är inte med. Kör modulkarta check.", err=True)
    click.echo(f"Modulkartan visas på {host}/  (avsluta med Ctrl-C)", err=True)


def _spare() -> None:
    """Or every collection goes through the whole catalogue, in the middle of somebody's page."""
    gc.freeze()
    gc.enable()


def _beside(step: Callable[[], None]) -> None:
    """Do something while pages are answered; it ends when they do."""
    threading.Thread(target=step, daemon=True).start()


def _warm(app: Flask, host: str) -> None:
    """Make the pages that take the longest, and what others rest on: the first reader need not wait."""
    from webapp.http.metrics import WARMING

    for page in _HEAVY:
        app.test_client().get(page, base_url=host, environ_overrides={WARMING: True})
    for template in app.jinja_env.list_templates():
        app.jinja_env.get_template(template)


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise click.ClickException(f"Porten {port} är upptagen. Välj en annan med --port, eller --port 0.") from None
    listener.listen(128)
    return listener
