"""The one comment of a pull request at a forge: found by its marker, written anew in its place."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from modulkarta.findings import Message, message

ForgeName = Literal["github", "gitlab"]
Environment = Mapping[str, str]

_SECONDS = 20
"""How long a forge may take for one answer."""
_LONGEST_WAIT = 60
"""Seconds that are waited when a forge asks for it, once."""
_MOST_PAGES = 50
_MOST_BYTES = 20 * 1024 * 1024
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ForgeError(Exception):
    """A comment cannot be posted; `message` says why and what to do."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.message = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """Where the comments of one pull request are: the address of them all, of one, and how it is changed."""

    all: str
    one: str
    """To be followed by the number of a comment."""
    edit: Literal["PATCH", "PUT"]
    headers: Mapping[str, str]


def talk(forge: ForgeName, environment: Environment) -> Talk:
    """The talk of the pull request that a forge's job runs for, from the variables the forge sets.

    Raises ForgeError that names what is missing.
    """
    return _github(environment) if forge == "github" else _gitlab(environment)


def put(there: Talk, marker: str, text: str, otherwise: str, wait: Callable[[float], None] = time.sleep) -> str | None:
    """Write a comment in the place of the one that begins with a marker, else as a new one; its address or number.

    An empty text writes nothing new: what is there already is replaced by `otherwise`, and None means that nothing
    was there. Raises ForgeError when the forge does not want it, or cannot be reached.
    """
    asking = _Asking(there, wait)
    for number in asking.ours(marker):
        try:
            return _address(asking.answer(there.edit, f"{there.one}{number}", text or otherwise))
        except _Refused as error:
            if error.status not in (403, 404):
                raise ForgeError(error.message) from None
    if not text:
        return None
    try:
        return _address(asking.answer("POST", there.all, text))
    except _Refused as error:
        raise ForgeError(error.message) from None


class _Refused(ForgeError):
    """The forge answered, but not with what was asked for."""

    def __init__(self, status: int, reason: Message) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Asking:
    there: Talk
    wait: Callable[[float], None]

    def ours(self, marker: str) -> Iterator[int]:
        """The numbers of the comments that begin with a marker, the last first."""
        found: list[int] = []
        for page in range(1, _MOST_PAGES + 1):
            comments = self.answer("GET", f"{self.there.all}?per_page=100&page={page}")
            if not isinstance(comments, list) or not comments:
                break
            found += [one["id"] for one in comments if str(one.get("body", "")).lstrip().startswith(marker)]
        yield from reversed(found)

    def answer(self, method: str, address: str, body: str | None = None) -> Any:
        """What the forge answers; asked once more after the time it wants to be left alone."""
        try:
            return self._once(method, address, body)
        except urllib.error.HTTPError as error:
            pause = _asked_pause(error)
            if pause is None:
                raise _refusal(error) from None
        self.wait(pause)
        try:
            return self._once(method, address, body)
        except urllib.error.HTTPError as error:
            raise _refusal(error) from None

    def _once(self, method: str, address: str, body: str | None) -> Any:
        data = None if body is None else json.dumps({"body": body}).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "modulkarta", **self.there.headers}
        request = urllib.request.Request(address, data=data, headers=headers, method=method)
        try:
            with _OPENER.open(request, timeout=_SECONDS) as answer:
                return json.loads(answer.read(_MOST_BYTES))
        except urllib.error.HTTPError:
            raise
        except (OSError, HTTPException) as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
            raise ForgeError(message("servern går inte att nå: {why}", why=why)) from None
        except ValueError:
            raise ForgeError(message("servern svarade med något som inte går att läsa")) from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: what is sent holds a token that is for one place only."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _github(environment: Environment) -> Talk:
    token, repository = (_given(environment, name) for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY"))
    number = _github_number(environment)
    api = _safe(environment.get("GITHUB_API_URL") or "https://api.github.com")
    issues = f"{api}/repos/{quote(repository)}/issues"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
    return Talk(all=f"{issues}/{number}/comments", one=f"{issues}/comments/", edit="PATCH", headers=headers)


def _github_number(environment: Environment) -> str:
    """`refs/pull/12/merge` is number 12."""
    parts = environment.get("GITHUB_REF", "").split("/")
    if parts[:2] != ["refs", "pull"] or not parts[2:3] or not parts[2].isdecimal():
        raise ForgeError(message("jobbet körs inte för någon pull request (GITHUB_REF)"))
    return parts[2]


def _gitlab(environment: Environment) -> Talk:
    names = ("GITLAB_TOKEN", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID")
    token, project, number = (_given(environment, name) for name in names)
    api = _safe(_given(environment, "CI_API_V4_URL"))
    notes = f"{api}/projects/{quote(project, safe='')}/merge_requests/{quote(number, safe='')}/notes"
    return Talk(all=notes, one=f"{notes}/", edit="PUT", headers={"PRIVATE-TOKEN": token})


def _given(environment: Environment, name: str) -> str:
    if not environment.get(name):
        raise ForgeError(message("miljövariabeln {name} saknas", name=name))
    return environment[name]


def _safe(address: str) -> str:
    """An address to which a token may be sent."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ForgeError(message("adressen {address} är inte https", address=address))
    return address.rstrip("/")


def _asked_pause(error: urllib.error.HTTPError) -> float | None:
    """How long a forge that is asked too often wants to be left alone; None where it says no for another reason."""
    asked = error.headers.get("Retry-After", "")
    if error.code not in (403, 429, 502, 503) or not (asked.isdecimal() or error.code in (502, 503)):
        return None
    pause = float(asked) if asked.isdecimal() else 2.0
    return pause if pause <= _LONGEST_WAIT else None


def _refusal(error: urllib.error.HTTPError) -> _Refused:
    reasons = {
        401: message("servern känner inte igen nyckeln (401)"),
        403: message(
            "nyckeln får inte skriva kommentarer (403); det är så för ändringar från en annan kopia av arkivet"
        ),
        404: message("servern hittar inte ändringen, eller så får nyckeln inte se den (404)"),
        429: message("servern vill inte bli frågad så ofta (429); kör jobbet igen senare"),
    }
    return _Refused(error.code, reasons.get(error.code) or message("servern svarade {status}", status=error.code))


def _address(answer: Any) -> str:
    return str(answer.get("html_url") or answer.get("id") or "") if isinstance(answer, dict) else ""
