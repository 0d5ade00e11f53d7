"""A real nginx in front of a viewer: a file of docs/operations/ as it stands, with only places and ports filled in."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest
from given import ROOT
from servers import LONGEST, becomes

NAME = "moduler.example.se"
INSIDE, OUTSIDE = "127.0.0.1", "127.0.0.2"
"""Where requests come from: both are this machine, but nginx is told of the first only."""
_MAIN = """
daemon off; worker_processes 1; pid {place}/nginx.pid; error_log {place}/main.log; {user}
events {{ worker_connections 1024; }}
http {{
  {temporary}
  include {place}/site.conf;
}}
"""
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Answer:
    """What came back. A header that came twice is there twice."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    def all(self, name: str) -> list[str]:
        """Each value of a header."""
        return [value for given, value in self.headers if given.lower() == name.lower()]

    def one(self, name: str) -> str:
        """The value of a header that there must be one of."""
        (value,) = self.all(name)
        return value


@dataclass(frozen=True)
class Nginx:
    """A server in front that answers."""

    place: Path
    name: str
    http: int
    https: int

    def get(
        self, path: str, *, method: str = "GET", name: str | None = None, source: str = INSIDE,
        headers: Mapping[str, str] | None = None, body: bytes | None = None,
    ) -> Answer:  # fmt: skip
        """What is answered by https."""
        context = ssl.create_default_context(cafile=str(self.place / "fullchain.pem"))
        connection = HTTPSConnection("127.0.0.1", self.https, timeout=LONGEST, source_address=(source, 0))
        connection.sock = context.wrap_socket(self.connected(source), server_hostname=self.name)
        return _asked(connection, method, path, {"Host": self.name if name is None else name, **(headers or {})}, body)

    def plain(self, path: str, name: str | None = None) -> Answer:
        """What is answered without https."""
        return _asked(
            HTTPConnection("127.0.0.1", self.http, timeout=LONGEST),
            "GET",
            path,
            {"Host": self.name if name is None else name},
            None,
        )

    def connected(self, source: str = INSIDE) -> socket.socket:
        """A connection to the port of https on which nothing is said yet."""
        return socket.create_connection(("127.0.0.1", self.https), timeout=LONGEST, source_address=(source, 0))


@contextmanager
def nginx(file: str, place: Path, filled_in: Mapping[str, str], name: str = NAME) -> Iterator[Nginx]:
    """nginx with a file of docs/operations/, in which each text is replaced by another; it must be there."""
    server = Nginx(place=place, name=name, http=_free_port(), https=_free_port())
    _certificate(place, name)
    text = (ROOT / "docs/operations" / file).read_text("utf-8")
    own = {
        "/etc/ssl/modulkarta": str(place), "/var/log/nginx": str(place),
        "listen [::]:80": f"listen [::1]:{server.http}", "listen [::]:443": f"listen [::1]:{server.https}",
        "listen 80": f"listen 127.0.0.1:{server.http}", "listen 443": f"listen 127.0.0.1:{server.https}",
    }  # fmt: skip
    for given, used in {**own, **filled_in}.items():
        assert given in text, given
        text = text.replace(given, used)
    text = text.replace("/etc/nginx/mime.types", str(Path(_program()).parents[2] / "etc/nginx/mime.types"))
    (place / "site.conf").write_text(text, "utf-8")
    temporary = " ".join(f"{name}_temp_path {place}/temp-{name};" for name in _TEMPORARY)
    (place / "nginx.conf").write_text(_MAIN.format(place=place, temporary=temporary, user=_user()))
    with _running(place):
        yield server


@contextmanager
def _running(place: Path) -> Iterator[None]:
    command = [_program(), "-p", str(place), "-c", str(place / "nginx.conf"), "-e", str(place / "start.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=LONGEST)
    assert tried.returncode == 0 and "warn" not in tried.stderr, tried.stderr
    (place / "nginx.pid").unlink(missing_ok=True)  # a try leaves it, and a server makes it once it listens
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            assert becomes(lambda: (place / "nginx.pid").exists() or process.poll() is not None)
            assert process.poll() is None, (place / "start.log").read_text("utf-8")
            yield
        finally:
            process.terminate()
            process.wait(LONGEST)


def _program() -> str:
    places = (f"{ROOT}/.venv/nginx/usr/sbin", *os.get_exec_path(), "/usr/sbin", "/usr/local/sbin")
    return shutil.which("nginx", path=os.pathsep.join(places)) or pytest.skip("nginx is not there")


def _user() -> str:
    """Temporary folders of a test are for the one who runs it only."""
    return "user root;" if os.geteuid() == 0 else ""


def _asked(
    connection: HTTPConnection, method: str, path: str, headers: Mapping[str, str], body: bytes | None
) -> Answer:
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {**headers, **({"Content-Length": str(len(body))} if body else {})}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return _read(connection.getresponse())
    finally:
        connection.close()


def _read(response: HTTPResponse) -> Answer:
    return Answer(response.status, tuple(response.getheaders()), response.read().decode("utf-8", "replace"))


def _certificate(place: Path, name: str) -> None:
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
        "-keyout", str(place / "privkey.pem"), "-out", str(place / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
