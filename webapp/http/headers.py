"""What every answer says to the browser of what it may do with it: also errors, and what a server answers by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask

from webapp.http.refusals import refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_NOTHING = "default-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
_FRAMED = f"{_NOTHING}; sandbox"
"""Of a picture, a text or data: opened by itself it may do nothing at all, whatever is written in it."""
_PAGE = (
    "default-src 'none'; object-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGES = ("text/html",)
_DOCUMENTS = ("application/pdf",)
"""What browsers show with a program of their own, which may not be shut in."""
_DENIED = (
    "accelerometer", "autoplay", "camera", "cross-origin-isolated", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get",
    "screen-wake-lock", "serial", "storage-access", "sync-xhr", "usb", "window-management",
    "xr-spatial-tracking",
)  # fmt: skip
_HTTPS = "max-age=31536000"
"""A year without going back to http; nothing is said of other names under the same one, which are not ours."""
_OURS = "/static/"
"""What comes with the program and says nothing of the catalogue."""
_POLICY = "content-security-policy"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join((*(f"{name}=()" for name in _DENIED), "clipboard-write=(self)")),
    "Cache-Control": "no-store",
}
"""The ones that are the same for all; what an answer says itself of any of them stands."""
_SET = tuple((name, name.lower(), value) for name, value in HEADERS.items())
_Header = tuple[str, str]


def hardened(headers: Iterable[_Header], *, quiet: bool = False, unchanged: bool = False) -> list[_Header]:
    """The headers of an answer with those that it lacks; `quiet`: no search engine is to list it.

    `unchanged`: it only says that what the reader has still holds. A policy in it would take the place of the one that
    came with the page, and whoever answers so does not say what sort of page it is.
    """
    given = [(name, value) for name, value in headers if name.lower() != "server"]
    has = {name.lower(): value for name, value in given}
    given += [(name, value) for name, lower, value in _SET if lower not in has]
    if _POLICY not in has and not unchanged:
        given.append(("Content-Security-Policy", _policy(has.get("content-type", ""))))
    if quiet:
        given.append(("X-Robots-Tag", "noindex, nofollow, noarchive"))
    return given


def install(app: Flask, *, quiet: bool) -> None:
    """Let every answer have the headers, also the one that is given where the application itself fails."""
    answer = app.wsgi_app

    def hard(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[_Header], *error: Any) -> Any:
            made = hardened(headers, quiet=quiet, unchanged=status[:3] == "304")
            if environ["wsgi.url_scheme"] == "https":
                made.append(("Strict-Transport-Security", _HTTPS))
                made = _unkept(made) if quiet and not environ["PATH_INFO"].startswith(_OURS) else made
            return start_response(status, made, *error)

        try:
            return answer(environ, start)
        except Exception:
            if app.testing:
                raise
            app.logger.exception("no answer could be made")
            status, headers, body = refusal(500)
            start(status, headers)
            return [body]

    app.wsgi_app = hard  # type: ignore[method-assign]


def _unkept(headers: list[_Header]) -> list[_Header]:
    """What is not for everybody stays on no machine but ours: who reads through https reads on another."""
    return [*(one for one in headers if one[0].lower() != "cache-control"), ("Cache-Control", "no-store")]


def _policy(content_type: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()
    return _PAGE if kind in _PAGES else _NOTHING if kind in _DOCUMENTS else _FRAMED
