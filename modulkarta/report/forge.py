"""The one comment of a pull request at a forge: found by its marker, written anew in its place."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from modulkarta.findings import message
from modulkarta.report.asking import Asking, ForgeError, Refused

ForgeName = Literal["github", "gitlab"]
Environment = Mapping[str, str]

_MOST_PAGES = 50
"""Of a hundred comments each."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """Where the comments of one pull request are: the address of them all, of one, and how it is changed."""

    all: str
    one: str
    """To be followed by the number of a comment."""
    page: str
    """What people open to read a comment, to be followed by its number."""
    edit: Literal["PATCH", "PUT"]
    headers: Mapping[str, str] = field(repr=False)


def talk(forge: ForgeName, environment: Environment) -> Talk:
    """The talk of the pull request that a forge's job runs for, from the variables the forge sets.

    Raises ForgeError that names what is missing.
    """
    return _github(environment) if forge == "github" else _gitlab(environment)


def put(there: Talk, marker: str, text: str, otherwise: str, wait: Callable[[float], None] = time.sleep) -> str | None:
    """Write a comment in the place of the one that begins with a marker, else as a new one; the address of its page.

    An empty text writes nothing new: what is there already is replaced by `otherwise`, and None means that nothing
    was there. What somebody else wrote is let be. Raises ForgeError when the forge does not want it, or cannot be
    reached.
    """
    asking = Asking(there.headers, wait)
    for number in _marked(asking, there, marker):
        try:
            asking.answer(there.edit, f"{there.one}{number}", text or otherwise)
        except Refused as error:
            if error.status not in (403, 404):
                raise
        else:
            return f"{there.page}{number}"
    if not text:
        return None
    made = asking.answer("POST", there.all, text)
    new = made.get("id") if isinstance(made, dict) else None
    return f"{there.page}{new}" if isinstance(new, int) else there.page.partition("#")[0]


def _marked(asking: Asking, there: Talk, marker: str) -> list[int]:
    """The numbers of the comments that begin with a marker, the last first."""
    found: list[int] = []
    for page in range(1, _MOST_PAGES + 1):
        comments = asking.answer("GET", f"{there.all}?per_page=100&page={page}")
        if not isinstance(comments, list):
            raise ForgeError(message("servern svarade med något som inte går att läsa"))
        if not comments:
            break
        found += (one["id"] for one in comments if _begins(one, marker))
    return sorted(found, reverse=True)


def _begins(comment: Any, marker: str) -> bool:
    if not isinstance(comment, dict) or not isinstance(comment.get("id"), int):
        return False
    return str(comment.get("body")).lstrip().startswith(marker)


def _github(environment: Environment) -> Talk:
    token, repository = _token(environment, "GITHUB_TOKEN"), _given(environment, "GITHUB_REPOSITORY")
    number = _github_number(environment)
    api = _safe(environment, "GITHUB_API_URL", "https://api.github.com")
    issues = f"{api}/repos/{quote(repository)}/issues"
    server = environment.get("GITHUB_SERVER_URL") or "https://github.com"
    return Talk(
        all=f"{issues}/{number}/comments", one=f"{issues}/comments/", edit="PATCH",
        page=f"{server}/{repository}/pull/{number}#issuecomment-",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
    )  # fmt: skip


def _github_number(environment: Environment) -> str:
    """`refs/pull/12/merge` is number 12; what runs for another reason says in a file what happened."""
    parts = environment.get("GITHUB_REF", "").split("/")
    number = parts[2] if parts[:2] == ["refs", "pull"] and len(parts) > 2 else _number_in(_event(environment))
    if not (number.isascii() and number.isdecimal()):
        raise ForgeError(message("jobbet körs inte för någon pull request (GITHUB_REF)"))
    return number


def _event(environment: Environment) -> Any:
    try:
        return json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _number_in(event: Any) -> str:
    """The number of the pull request that an event is about, or that was commented on; "" where it is another."""
    if not isinstance(event, dict):
        return ""
    issue = event.get("issue")
    about = issue if isinstance(issue, dict) and "pull_request" in issue else event.get("pull_request")
    return str(about.get("number", "")) if isinstance(about, dict) else ""


def _gitlab(environment: Environment) -> Talk:
    token = _gitlab_token(environment)
    if not environment.get("CI_MERGE_REQUEST_IID"):
        raise ForgeError(message("jobbet körs inte för någon merge request (CI_MERGE_REQUEST_IID)"))
    project, number = (quote(_given(environment, name), safe="") for name in ("CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"))
    notes = f"{_safe(environment, 'CI_API_V4_URL')}/projects/{project}/merge_requests/{number}/notes"
    page = f"{environment.get('CI_PROJECT_URL', '')}/-/merge_requests/{number}#note_"
    return Talk(all=notes, one=f"{notes}/", edit="PUT", page=page, headers={"PRIVATE-TOKEN": token})


def _gitlab_token(environment: Environment) -> str:
    """The key of a project: that of the job itself reads, but GitLab does not let it write comments."""
    of_the_job = environment.get("CI_JOB_TOKEN")
    if of_the_job and environment.get("GITLAB_TOKEN", of_the_job) in ("", of_the_job):
        raise ForgeError(
            message(
                "miljövariabeln GITLAB_TOKEN saknas: jobbets egen nyckel (CI_JOB_TOKEN) får inte skriva kommentarer; "
                "skapa en projektnyckel med rätten api"
            )
        )
    return _token(environment, "GITLAB_TOKEN")


def _given(environment: Environment, name: str) -> str:
    if not environment.get(name, "").strip():
        raise ForgeError(message("miljövariabeln {name} saknas", name=name))
    return environment[name].strip()


def _token(environment: Environment, name: str) -> str:
    token = _given(environment, name)
    if not all("!" <= sign <= "~" for sign in token):
        raise ForgeError(message("nyckeln i {name} innehåller tecken som ingen nyckel har", name=name))
    return token


def _safe(environment: Environment, name: str, otherwise: str = "") -> str:
    """An address to which a token may be sent; its own words are not told, for it may hold a password."""
    address = environment.get(name) or otherwise or _given(environment, name)
    try:
        parts = urlsplit(address)
        known = parts.hostname and parts.port != 0
    except ValueError:
        known = None
    if not known:
        raise ForgeError(message("adressen i {name} går inte att läsa", name=name))
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ForgeError(message("adressen i {name} är inte https", name=name))
    return address.rstrip("/")
