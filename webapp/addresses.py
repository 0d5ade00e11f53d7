"""The addresses of pages: each carries on the day, the time and the language that its page was asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, g, has_request_context, request, url_for

from modulkarta.dates import NOW
from modulkarta.model import Entity
from modulkarta.search.letters import clean
from webapp.language import asked

CHOSEN_DAY = "dag"
"""The form's list of days; what is chosen there goes before what stands in the field for the day."""
_OTHERS = (
    "fran", "till", "q", "typ", "bara", "vag", "manader", "mal",
    "farg", "vy", "status", "omrade", "jamfor", "sortera", "fokus", "ruta", "djup", "sida",
    "langd", "sedan", "utan-exempel",
)  # fmt: skip
_LONGEST_OTHER = 500
_ANY = "which.one"
"""Stands for an id, and can be none."""
_LONGEST = 8000
"""Of an address, as it was sent. Much of it comes back on the page, many times over where there are many links."""
MOST_PARAMETERS = 100
"""No page has a quarter of them."""
_MOST_BUILT = 5_000
"""Addresses that are remembered: the frame of every page leads to the same ones, for each day and language."""


def install(app: Flask) -> None:
    app.jinja_env.globals.update(path_here=path_here, url_for=_remembering())

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" and has_request_context():
            for name, value in kept().items():
                values.setdefault(name, value)


def remember() -> None:
    """From here on the request asks for nothing else: what its links have in common is worked out once.

    A long page has thousands of links.
    """
    g.kept, g.places = _kept(), {}
    g.alike = request.script_root, *g.kept.items()


def address(entity: Entity, **time: Any) -> str:
    """The page of an entity; `rev` and `datum` may be said, else they are those of this page."""
    slug = entity.kind.slug
    if time or "places" not in g:
        return url_for("catalogue.entity", slug=slug, id_=entity.id, **time)
    if slug not in g.places:
        g.places[slug] = url_for("catalogue.entity", slug=slug, id_=_ANY).split(_ANY)
    before, after = g.places[slug]
    return f"{before}{entity.id}{after}"


def here(**changed: Any) -> str:
    """The address of this page with another day or time (None: left out), and all else that it was asked for."""
    if not request.endpoint:
        return url_for("map.start", **changed)
    return url_for(request.endpoint, **{**_others(), **(request.view_args or {}), **changed})


def path_here() -> str:
    """The path of this page, as links have it: below the folder that a server in front shows the viewer in, if any."""
    return f"{request.script_root}/{request.path.lstrip('/')}"


def kept() -> dict[str, str]:
    """What every link carries on: day and time unless they are today and now, and the language if one was asked for."""
    found: dict[str, str] = g.kept if "kept" in g else _kept()
    return found


def carried() -> dict[str, str]:
    """What a form that asks for another day or time must send along."""
    return {**_others(), **_language()}


def too_long() -> bool:
    """Whether the address is longer than any that leads somewhere."""
    return len(request.path) + len(request.query_string) > _LONGEST


def too_many() -> bool:
    """Whether an address asks for more than any page does; counted before any of it is taken apart."""
    return request.query_string.count(b"&") >= MOST_PARAMETERS


def without_form() -> str:
    """The address of what the form of a day asks for, as it is written in links: without what says nothing."""
    day, rev = request.args[CHOSEN_DAY] or request.args.get("datum", ""), request.args.get("rev", "")
    says = {"datum": day.strip() not in ("", *NOW, g.today.isoformat()), "rev": rev.strip() not in ("", *NOW)}
    time = {name: value[:_LONGEST_OTHER] for name, value in (("datum", day), ("rev", rev)) if says[name]}
    return f"{quote(path_here())}?{urlencode({**_others(), **time, **_language()})}".removesuffix("?")


def _remembering() -> Callable[..., str]:
    """`url_for` for templates: an address is built once for all pages whose links carry on the same."""

    @lru_cache(_MOST_BUILT)
    def built(endpoint: str, values: tuple[tuple[str, Any], ...], alike: tuple[Any, ...]) -> str:
        return url_for(endpoint, **dict(values))

    def answer(endpoint: str, **values: Any) -> str:
        """What is not asked of a whole page, such as one that tells what went wrong, is built each time."""
        return built(endpoint, tuple(values.items()), g.alike) if "alike" in g else url_for(endpoint, **values)

    return answer


def _kept() -> dict[str, str]:
    day = {"datum": g.on.isoformat()} if g.get("on") and g.on != g.today else {}
    rev = {"rev": g.rev} if g.get("rev") else {}
    return {**day, **rev, **_language()}


def _others() -> dict[str, str]:
    """What this page was asked for beside the day, the time and the language; without what cannot be seen."""
    args = request.args
    given = {name: clean(args[name][:_LONGEST_OTHER]) for name in _OTHERS if name in args}
    return {name: value for name, value in given.items() if value}


def _language() -> dict[str, str]:
    lang = asked()
    return {"lang": lang} if lang else {}
