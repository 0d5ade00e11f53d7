"""What browsers and those between may keep: a page until what it is made of changes, a version of the past for long."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from modulkarta import __version__
from modulkarta.recent import Kept
from webapp import language
from webapp.http import metrics

_DAY = 24 * 60 * 60
_YEAR = 365 * _DAY
IMMUTABLE = f"public, max-age={_YEAR}, immutable"
"""Of what is asked for by what is in it: the viewer and a copy of it say the same."""
REVALIDATED = "no-cache"
"""Of all else: kept, but asked for again each time, so that nobody reads yesterday's plan."""
_STATIC = "static"
_ROOM = 32_000_000
"""Bytes of pages that are kept to be given to the next reader too."""
OF = "modulkarta.of"
"""Where a request says, once it is answered, that its answer rests on no more than what was sent, and is of a
generation's mark and a day; and which route made it."""
_Page = tuple[bytes, list[tuple[str, str]]]


def install(app: Flask, *, once: bool = False) -> None:
    """A page that the reader already has is not made again, nor one that another had, unless each is asked for `once`.

    To be installed after what knows what is asked for.
    """
    program = _of_the_program(app)
    files = _static_files(app)
    made: Kept[_Page] = Kept(0 if once else _ROOM)

    @app.before_request
    def known() -> Response | None:
        if "generations" not in g or request.method not in ("GET", "HEAD") or request.endpoint == _STATIC:
            return None
        g.mark = g.generations.mark
        g.etag = _hash(program, g.mark, g.today, request.url, language.language())
        had = request.if_none_match.as_set(include_weak=True)
        return Response(status=304) if g.etag in had else _given_again(made)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == _STATIC:
            _keep_static(response, files)
        elif "etag" in g and response.status_code in (200, 304) and not g.get("unsure"):
            _keep_page(response)
            _put(response, made)
        response.headers.setdefault("Cache-Control", REVALIDATED)
        return response

    app.url_defaults(_by_content(files))


def _given_again(made: Kept[_Page]) -> Response | None:
    page = made.get(g.etag)
    return Response(page[0], headers=page[1]) if page else None


def _put(response: Response, made: Kept[_Page]) -> None:
    """Keep a page whose ETag says all that it is made of."""
    if response.get_etag()[0] != g.etag or response.direct_passthrough:
        return
    request.environ[OF] = g.mark, g.today, metrics.route()
    if response.status_code == 200:
        data = response.get_data()
        headers = [pair for pair in response.headers if pair[0] != "Content-Length"]
        made.put(g.etag, (data, headers), len(data))


def _keep_page(response: Response) -> None:
    if "ETag" not in response.headers:
        response.set_etag(g.etag)
    if not language.asked():
        response.vary.add("Accept-Language")
    if (seconds := _unchanging()) and "Cache-Control" not in response.headers:
        whose = "public" if g.read.audience == "public" else "private"
        response.headers["Cache-Control"] = f"{whose}, max-age={seconds}, immutable"


def _keep_static(response: Response, files: dict[str, str]) -> None:
    """A file that is asked for by what is in it stays the same; Flask has let every other be asked for again."""
    name = (request.view_args or {}).get("filename", "")
    if response.status_code in (200, 304) and request.args.get("v", "") == files.get(name):
        response.headers["Cache-Control"] = IMMUTABLE


def _unchanging() -> int:
    """For how many seconds a page cannot change: only one of a certain commit and a certain day, until that day."""
    if not g.rev or g.rev != g.generation.key or "datum" not in request.args or g.on == g.today:
        return 0
    ahead = (g.on - g.today).days
    return min(_YEAR, (ahead - 1) * _DAY) if ahead > 0 else _YEAR


def _by_content(files: dict[str, str]) -> Callable[[str, dict[str, Any]], None]:
    def add(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == _STATIC and (content := files.get(values.get("filename", ""))):
            values.setdefault("v", content)

    return add


def _static_files(app: Flask) -> dict[str, str]:
    """The hash of each static file, by its name."""
    folder = Path(str(app.static_folder))
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): _hash(path.read_bytes()) for path in files}


def _of_the_program(app: Flask) -> str:
    """What tells one program's pages from another's: its version and its own files."""
    files = (path for path in sorted(Path(app.root_path).rglob("*")) if path.is_file() and path.suffix != ".pyc")
    return _hash(__version__, *(path.read_bytes() for path in files))


def _hash(*parts: object) -> str:
    digest = sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogateescape")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:20]
