"""Where a server answers: an address of the machine and a port, or a socket in the file system."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

_WRITTEN = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<four>[^\s:\[\]/]+)):(?P<port>\d{1,5})")
_HANDED, _FIRST = "systemd", 3
"""How it is written that a socket is opened already, and the number that such a one has."""
_BACKLOG = 1024
"""Connections that may wait to be taken."""
_REASONS = {
    errno.EADDRINUSE: "något annat svarar redan där",
    errno.EADDRNOTAVAIL: "datorn har ingen sådan adress",
    errno.EACCES: "den som kör visaren har inte rätt till det",
    errno.EPERM: "den som kör visaren har inte rätt till det",
    errno.ENOENT: "mappen finns inte",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """`127.0.0.1:8000`, `[::1]:8000` or `unix:/run/modulkarta/socket`; port 0 takes one that is free.

    `systemd`: the socket that systemd has opened, which stays while the viewer is started again.
    """

    host: str = ""
    port: int = 0
    path: str = ""
    handed: bool = False

    @property
    def only_here(self) -> bool:
        """Whether no other machine can reach it."""
        return bool(self.path) or (not self.handed and ipaddress.ip_address(self.host).is_loopback)

    def __str__(self) -> str:
        if self.handed:
            return _HANDED
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"unix:{self.path}" if self.path else f"{host}:{self.port}"

    def listener(self) -> socket.socket:
        """A socket that is listened to there; a clear sentence where there can be none."""
        if self.handed:
            return _handed()
        family = socket.AF_UNIX if self.path else socket.AF_INET6 if ":" in self.host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._bind(made)
            made.listen(_BACKLOG)
        except OSError as error:
            made.close()
            why = _REASONS.get(error.errno or 0, error.strerror)
            raise click.ClickException(f"Det går inte att svara på {self}: {why}.") from None
        return made

    def _bind(self, made: socket.socket) -> None:
        if not self.path:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((self.host, self.port))
            return
        if Path(self.path).is_socket():
            _refuse_if_answered(self.path)
            Path(self.path).unlink(missing_ok=True)
        made.bind(self.path)
        Path(self.path).chmod(0o660)


def _handed() -> socket.socket:
    """The socket that whoever started this process has opened for it, as systemd does."""
    meant, number = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    if meant != str(os.getpid()) or number != "1":
        raise click.ClickException(
            "systemd har inte öppnat en socket åt visaren, eller fler än en. Starta den genom en enhet av sort .socket."
        )
    return socket.socket(fileno=_FIRST)


def _refuse_if_answered(path: str) -> None:
    """A socket that another process answers on is not taken from it; one that nobody does was left behind."""
    with socket.socket(socket.AF_UNIX) as other:
        if other.connect_ex(path) == 0:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


class AddressType(click.ParamType[Address]):
    """An address as it is written."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        if isinstance(value, Address):
            return value
        written = str(value)
        if written == _HANDED:
            return Address(handed=True)
        if written.startswith("unix:/"):
            return Address(path=written.removeprefix("unix:"))
        found = _WRITTEN.fullmatch(written)
        host = (found["six"] or found["four"]).replace("localhost", "127.0.0.1") if found else ""
        with suppress(ValueError):
            ipaddress.ip_address(host)
            if found and int(found["port"]) <= 65535:
                return Address(host=host, port=int(found["port"]))
        self.fail(
            f"”{written}” är ingen adress; skriv den som 127.0.0.1:8000 eller unix:/run/modulkarta/socket", param, ctx
        )


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NetworkType(click.ParamType[Network]):
    """An address or a network, as it is written: `10.0.0.5` or `10.0.0.0/24`."""

    name = "network"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Network:
        try:
            return value if isinstance(value, Network) else ipaddress.ip_network(str(value))
        except ValueError:
            self.fail(f"”{value}” är varken en adress eller ett nät; skriv 127.0.0.1 eller 10.0.0.0/24", param, ctx)


class NameType(click.ParamType[str]):
    """What the viewer is called, as it is written: `moduler.example.se`; as browsers say it where it has å, ä or ö."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        with suppress(UnicodeError):
            written = str(value).rstrip(".").encode("idna").decode("ascii")
            if re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:.]+\]", written):
                return written
        self.fail(f"”{value}” är inget namn på en dator; skriv bara namnet, som moduler.example.se", param, ctx)


class PrefixType(click.ParamType[str]):
    """The folder of a server in front, as it is written: `/kartan`; nothing for none."""

    name = "prefix"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        written = str(value).rstrip("/")
        if written and not re.fullmatch(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+", written):
            self.fail(f"”{value}” är ingen mapp i en adress; skriv den som /kartan", param, ctx)
        return written
