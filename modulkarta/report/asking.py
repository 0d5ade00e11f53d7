"""Asking a forge: what it answers, why it refuses, and waiting once when it wants to be left alone."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any

from modulkarta.findings import Message, message

_SECONDS = 20
"""How long a forge may take for one answer."""
_LONGEST_WAIT = 60
"""Seconds that are waited when a forge asks for it, once."""
_A_MOMENT = 2.0
"""Seconds that are waited when a forge has a fault of its own."""
_MOST_BYTES = 20 * 1024 * 1024

_REDIRECTIONS = (301, 302, 303, 307, 308)
_ITS_OWN_FAULTS = (500, 502, 503, 504)
_NOT_ACCEPTED = (400, 413, 422)


class ForgeError(Exception):
    """A comment cannot be posted; `message` says why and what to do."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.message = reason


class Refused(ForgeError):
    """The forge answered, but not with what was asked for.

    `pause` is how many seconds from now it may be asked the same again, None where there is no use.
    """

    def __init__(self, status: int, reason: Message, pause: float | None) -> None:
        super().__init__(reason)
        self.status = status
        self.pause = pause


class Asking:
    """Questions to one forge. It is waited for once in all, however often it asks for that."""

    def __init__(self, headers: Mapping[str, str], wait: Callable[[float], None]) -> None:
        self._headers = headers
        self._wait = wait
        self._waited = False

    def answer(self, method: str, address: str, body: str | None = None) -> Any:
        """What the forge answers, read as JSON.

        Raises Refused when it says no, and ForgeError when it cannot be reached or understood.
        """
        try:
            return self._once(method, address, body)
        except Refused as error:
            if error.pause is None or self._waited:
                raise
            pause = error.pause
        self._waited = True
        self._wait(pause)
        return self.answer(method, address, body)

    def _once(self, method: str, address: str, body: str | None) -> Any:
        data = None if body is None else json.dumps({"body": body}).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "modulkarta", **self._headers}
        request = urllib.request.Request(address, data=data, headers=headers, method=method)  # noqa: S310  # https: forge._safe
        try:
            with _OPENER.open(request, timeout=_SECONDS) as answer:
                return json.loads(_read(answer))
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error, method) from None
        except OSError as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
            raise ForgeError(message("servern går inte att nå: {why}", why=why)) from None
        except (ValueError, RecursionError, HTTPException):
            raise ForgeError(message("servern svarade med något som inte går att läsa")) from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: what is sent holds a token that is for one place only."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _read(answer: HTTPResponse) -> bytes:
    """All of an answer; one that is too large, or comes a little at a time and never ends, is given up on."""
    until, data = time.monotonic() + _SECONDS, bytearray()
    while part := answer.read1(1 << 16):
        data += part
        if len(data) > _MOST_BYTES:
            raise ForgeError(message("serverns svar är för stort"))
        if time.monotonic() > until:
            raise ForgeError(message("servern går inte att nå: {why}", why=message("den svarar för långsamt")))
    return bytes(data)


def _refusal(error: urllib.error.HTTPError, method: str) -> Refused:
    asked = error.headers.get("Retry-After", "")
    seconds = float(asked) if asked.isascii() and asked.isdecimal() else None
    if _wants_rest(error):
        return Refused(429, _reason(429), _bearable(seconds))
    if error.code in _ITS_OWN_FAULTS and seconds is None and method != "POST":
        return Refused(error.code, _reason(error.code), _A_MOMENT)  # a POST may have been heeded all the same
    return Refused(error.code, _reason(error.code), _bearable(seconds) if error.code in _ITS_OWN_FAULTS else None)


def _bearable(seconds: float | None) -> float | None:
    return seconds if seconds is not None and seconds <= _LONGEST_WAIT else None


def _wants_rest(error: urllib.error.HTTPError) -> bool:
    """Whether a forge was asked too often: GitHub may say that with the status of what is forbidden."""
    if error.code != 403:
        return error.code == 429
    if error.headers.get("Retry-After") or error.headers.get("X-RateLimit-Remaining") == "0":
        return True
    try:
        return b"rate limit" in error.read(4096).lower()
    except (OSError, HTTPException):
        return False


def _reason(status: int) -> Message:
    if status in _REDIRECTIONS:
        return message("servern hänvisar till en annan adress ({status}); nyckeln skickas inte dit", status=status)
    if status in _NOT_ACCEPTED:
        return message("servern tar inte emot kommentaren ({status})", status=status)
    reasons = {
        401: message("servern känner inte igen nyckeln (401)"),
        403: message(
            "nyckeln får inte skriva kommentarer (403); det är så för ändringar från en annan kopia av arkivet"
        ),
        404: message("servern hittar inte ändringen, eller så får nyckeln inte se den (404)"),
        429: message("servern vill inte bli frågad så ofta (429); kör jobbet igen senare"),
    }
    return reasons.get(status) or message("servern svarade {status}", status=status)
