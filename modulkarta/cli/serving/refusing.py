"""What a server answers by itself, before the viewer is asked: in our words, with the headers of every other answer."""

from __future__ import annotations

from typing import Any

from webapp.http.headers import hardened
from webapp.http.refusals import refusal


def of_waitress(server: Any) -> None:
    """Let a server of waitress refuse in our words."""
    from waitress.channel import HTTPChannel
    from waitress.task import ErrorTask

    class Refusal(ErrorTask):
        def execute(self) -> None:
            error: Any = self.request.error  # type: ignore[attr-defined]
            self.status, headers, body = refusal(error.code)
            self.response_headers = hardened(headers)
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    class Channel(HTTPChannel):
        error_task_class = Refusal

    server.channel_class = Channel


def of_gunicorn() -> None:
    """Let every worker of gunicorn in this process, and in those it forks, refuse in our words."""
    from gunicorn import util
    from gunicorn.http.wsgi import Response

    def write_error(sock: Any, status_int: int, reason: str, mesg: str) -> None:
        util.write_nonblock(sock, written(status_int))

    def nameless(response: Any) -> list[str]:
        return [line for line in named(response) if not line.startswith("Server:")]

    named, util.write_error, Response.default_headers = Response.default_headers, write_error, nameless


def written(code: int) -> bytes:
    """A refusal as it is sent; the connection ends with it."""
    status, headers, body = refusal(code)
    lines = [f"HTTP/1.1 {status}", "Connection: close", *(f"{name}: {value}" for name, value in hardened(headers))]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
