"""What is believed of the servers in front: only of those that are named, and only what the viewer has use for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TRUSTED = "modulkarta.trusted"
"""Marks a request that comes from a server in front that is trusted."""
_SCHEMES = ("http", "https")

Network = IPv4Network | IPv6Network


def install(
    app: Flask, trusted: Collection[Network], *, by_socket: bool = False, https: bool = False, prefix: str = ""
) -> None:
    """Believe the servers of some networks, and whoever may use the socket with `by_socket`.

    With `https` every reader comes by https, whatever is said. With a `prefix`, `/kartan`, links begin with it, whether
    the server in front takes it away or not. To be installed after what uses the scheme.
    """
    behind = _Behind(app.wsgi_app, trusted, by_socket, https, prefix)
    app.wsgi_app = behind  # type: ignore[assignment]  # as Flask's manual says


class _Behind:
    def __init__(self, answer: Any, trusted: Collection[Network], by_socket: bool, https: bool, prefix: str) -> None:
        self._answer, self._trusted, self._by_socket, self._https = answer, trusted, by_socket, https
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ[TRUSTED] = self._believed(environ.get("REMOTE_ADDR") or "")
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "")
        if environ[TRUSTED] and scheme in _SCHEMES:
            environ["wsgi.url_scheme"] = scheme
        if self._https:
            environ["wsgi.url_scheme"] = "https"
        if self._prefix:
            self._put_below(environ)
        return self._answer(environ, start)  # type: ignore[no-any-return]

    def _put_below(self, environ: WSGIEnvironment) -> None:
        path = environ.get("PATH_INFO", "")
        environ["SCRIPT_NAME"] = self._prefix
        if f"{path}/".startswith(f"{self._prefix}/"):
            environ["PATH_INFO"] = path.removeprefix(self._prefix) or "/"

    def _believed(self, address: str) -> bool:
        if not address:
            return self._by_socket
        try:
            where = ip_address(address)
        except ValueError:
            return False
        return any(where in one for one in self._trusted)
