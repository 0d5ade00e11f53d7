"""The viewer for the one who sits at this machine, and for many readers where gunicorn cannot be: waitress."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING, Any, NoReturn

import click

from modulkarta.cli.serving.bounds import HEAD, connections

if TYPE_CHECKING:
    from flask import Flask

BOUNDS: dict[str, Any] = {
    "max_request_header_size": HEAD, "max_request_body_size": 65_536,
    "channel_timeout": 30, "cleanup_interval": 10, "asyncore_use_poll": True,
}  # fmt: skip
"""Bytes and seconds. Nothing is read from a body; and those that say nothing are waited for, but not for long."""


def listener(port: int) -> socket.socket:
    """What listens on a port of this machine; a clear sentence where that is taken."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(("127.0.0.1", port))
    except OSError:
        made.close()
        raise click.ClickException(f"Porten {port} är upptagen. Välj en annan med --port, eller --port 0.") from None
    made.listen(128)
    return made


def answer(app: Flask, listener: socket.socket, threads: int = 8) -> None:
    """Answer until the process is told to end."""
    from waitress.server import create_server

    from modulkarta.cli.serving.refusing import of_waitress

    server = create_server(
        app, sockets=[listener], threads=threads, ident=None, connection_limit=connections(), **BOUNDS
    )
    of_waitress(server)
    signal.signal(signal.SIGTERM, _end)
    server.run()


def _end(number: int, frame: object) -> NoReturn:
    """As Ctrl-C does: waitress answers those who wait, and ends."""
    raise SystemExit(0)
