"""A forge on loopback with one pull request, number 12: as GitHub or GitLab answers, or as it misbehaves."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from servers import answering

TOKEN = "hemlig-nyckel-1234567890"
DIALECTS = ("github", "gitlab")

Answer = Callable[["Asked"], None]
"""What is done with a question instead of answering it properly."""


class Asked(BaseHTTPRequestHandler):
    """One question; `forge` is whom it was put to."""

    forge: Forge
    body: dict[str, Any]

    def handle_any(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        self.forge.asked.append(f"{self.command} {self.path}")
        self.forge.told += [self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""]
        several = self.forge.instead.get(self.command) or self.forge.instead.get("ANY") or []
        answer = (several.pop(0) if len(several) > 1 else several[0]) if several else proper
        answer(self)

    do_GET = do_POST = do_PATCH = do_PUT = handle_any

    def says(self, status: int, what: object = None, **headers: str) -> None:
        data = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@dataclass
class Forge:
    """What a forge has and was asked; `instead` is what it does instead, by method: each once, the last for ever."""

    dialect: str
    address: str = ""
    comments: dict[int, str] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)
    """The comments that somebody else wrote: they cannot be edited."""
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """The tokens that were shown."""
    instead: dict[str, list[Answer]] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the forge's own jobs have in their environment."""
        if self.dialect == "github":
            return {
                "GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": "region/katalog", "GITHUB_REF": "refs/pull/12/merge",
                "GITHUB_API_URL": self.address, "GITHUB_SERVER_URL": "https://forge.example",
            }  # fmt: skip
        return {
            "GITLAB_TOKEN": TOKEN, "CI_PROJECT_ID": "7", "CI_MERGE_REQUEST_IID": "12", "CI_JOB_TOKEN": "jobbets-egen",
            "CI_API_V4_URL": self.address, "CI_PROJECT_URL": "https://forge.example/region/katalog",
        }  # fmt: skip

    @property
    def edits(self) -> str:
        return "PATCH" if self.dialect == "github" else "PUT"

    def has(self, *bodies: str) -> None:
        """Comments that are there from the start, somebody else's."""
        for body in bodies:
            self.others.add(self.wrote(body))

    def wrote(self, body: str) -> int:
        number = 100 + len(self.comments)
        self.comments[number] = body
        return number


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Whoever asked has gone: nothing to say."""


@contextmanager
def running(dialect: str) -> Iterator[Forge]:
    forge = Forge(dialect=dialect)
    with answering(_Server(("127.0.0.1", 0), type("Handler", (Asked,), {"forge": forge}))) as forge.address:
        yield forge


def proper(asked: Asked) -> None:
    """As the forge's manual says."""
    forge, path = asked.forge, urlsplit(asked.path)
    github = forge.dialect == "github"
    all_ = "/repos/region/katalog/issues/12/comments" if github else "/projects/7/merge_requests/12/notes"
    one = re.fullmatch(r"/repos/region/katalog/issues/comments/(\d+)" if github else rf"{all_}/(\d+)", path.path)
    known = asked.headers.get("Authorization") == f"Bearer {TOKEN}" or asked.headers.get("PRIVATE-TOKEN") == TOKEN
    if not known:
        asked.says(401, {"message": "Bad credentials"})
    elif asked.command == "GET" and path.path == all_:
        asked.says(200, _page(forge, parse_qs(path.query)))
    elif asked.command == "POST" and path.path == all_:
        asked.says(201, _shown(forge, forge.wrote(asked.body["body"])))
    elif one and asked.command == forge.edits and int(one[1]) in forge.comments:
        _edit(asked, int(one[1]))
    else:
        asked.says(404, {"message": "Not Found"})


def _page(forge: Forge, query: dict[str, list[str]]) -> list[dict[str, Any]]:
    """GitHub lists the oldest first, GitLab the newest."""
    most, page = min(int(query["per_page"][0]), 100), int(query["page"][0])
    numbers = sorted(forge.comments, reverse=forge.dialect == "gitlab")
    return [_shown(forge, number) for number in numbers[most * (page - 1) : most * page]]


def _shown(forge: Forge, number: int) -> dict[str, Any]:
    return {"id": number, "body": forge.comments[number], "html_url": f"{forge.address}/{number}"}


def _edit(asked: Asked, number: int) -> None:
    if number in asked.forge.others:
        asked.says(403, {"message": "Forbidden"})
        return
    asked.forge.comments[number] = asked.body["body"]
    asked.says(200, _shown(asked.forge, number))


def says(status: int, what: object = None, **headers: str) -> Answer:
    return lambda asked: asked.says(status, what, **headers)


def echoes(status: int) -> Answer:
    """Sends back what it was told, the token too, in every place there is."""

    def answer(asked: Asked) -> None:
        told = f"{asked.headers.get('Authorization')}{asked.headers.get('PRIVATE-TOKEN')}"
        what = {"id": told, "html_url": told, "message": told, "body": told}
        asked.says(status, what, Location=f"/{told}", X_Told=told)

    return answer


def drips(asked: Asked) -> None:
    """Says a little at a time and never ends."""
    asked.send_response(200)
    asked.end_headers()
    while True:
        asked.wfile.write(b" ")
        threading.Event().wait(0.02)


def raw(data: bytes) -> Answer:
    """Says something that is no HTTP at all."""
    return lambda asked: asked.wfile.write(data) and None


def is_silent(asked: Asked) -> None:
    """Says nothing until whoever asked has given up."""
    asked.rfile.read(1)


GARBAGE: list[Answer] = [
    says(200, b""), says(200, b"<html>Logga in</html>"), says(200, b"\xff\xfe"), says(200, b"[" * 100_000),
    says(200, {"message": "en lista var det inte"}), says(200, b"[{", Content_Length="500"), raw(b"hej\r\n\r\n"),
    raw(b""),
    says(200, b"[", Content_Encoding="gzip"), raw(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n"), echoes(200),
]  # fmt: skip
"""What nobody can make anything of, each in its own way."""
