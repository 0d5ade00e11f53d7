"""serve: the viewer on this machine."""

from __future__ import annotations

import gc
import socket
import threading
from pathlib import Path

import click

from modulkarta.cli.opening import (
    asked_audience,
    found,
    opened_whole,
    schemas_beside,
    seen,
    showing_options,
    shown,
    today,
)
from modulkarta.past import NoPast, Past, past_of
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import spoken
from modulkarta.wording import Language


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 tar en ledig.")
@showing_options
def serve(port: int, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa modulkartan i webbläsaren, bara på den här datorn.

    \b
    Exempel:
      modulkarta serve --port 8080
    """
    from waitress.server import create_server

    from webapp import create_app

    whole = opened_whole(folder, schemas)
    read = seen(whole)
    app = create_app(read, today=today, past=_past(whole, found(folder), schemas))
    listener = _listener(port)
    server = create_server(app, sockets=[listener], threads=8)
    address, used = listener.getsockname()
    if errors := read.count("error"):
        click.echo(f"Katalogen har {errors} fel; {read.left_out} filer är inte med. Kör modulkarta check.", err=True)
    click.echo(f"Modulkartan visas på http://{address}:{used}/  (avsluta med Ctrl-C)", err=True)
    gc.enable()
    threading.Thread(target=lambda: app.test_client().get("/"), daemon=True).start()  # the first reader need not wait
    server.run()


def _past(whole: Snapshot, root: Path, schemas: Path | None) -> Past | NoPast:
    """What git knows of the catalogue, with the schemas of each time unless others were asked for."""
    own, name = schemas or schemas_beside(root), spoken(shown(root))
    return past_of(root, own, whole, asked_audience(), shown=name, beside=schemas is None)


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
