"""Every page has a twin in Markdown, at its address with `.md` after it: the page itself in another form."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, abort, current_app, g, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import MapAdapter

from modulkarta.findings import message
from webapp import asked
from webapp.addresses import here
from webapp.language import language, spoken

_MARK = ".md"
_FIRST = "/index"
_OWN_FILES = ("static", "report.report_file")
"""Addresses whose files may be called so themselves."""


def install(app: Flask) -> None:
    """To be installed after what knows what is asked for, and what may be kept of it."""
    app.before_request(_as_the_page)
    app.after_request(_as_its_twin)
    app.jinja_env.globals.update(twin=of_this_page)


def of_this_page() -> str:
    """The address of the twin of this page."""
    return twin_of(here())


def twin_of(address: str) -> str:
    """The address of the twin of a page."""
    parts = urlsplit(address)
    top = request.script_root
    path = f"{top}{parts.path.removeprefix(top).rstrip('/') or _FIRST}"
    return urlunsplit(parts._replace(path=path if path.endswith(_MARK) else path + _MARK))


def as_markdown(page: Response, address: str, mimetype: str) -> Response:
    """A page that has been made, as Markdown; `address` is where people read it."""
    made = Response(_written(page.get_data(as_text=True), address), page.status, mimetype=mimetype)
    made.headers["Content-Language"] = language()
    return made


def _as_the_page() -> None:
    """From here on the request is one for the page whose address stands before the mark."""
    if not request.path.endswith(_MARK) or request.endpoint in _OWN_FILES or request.method not in ("GET", "HEAD"):
        return
    path = request.path.removesuffix(_MARK)
    g.twin, request.path = True, "/" if path == _FIRST else path
    try:
        rule, values = _adapter().match(_possible(path), method="GET", return_rule=True)
        request.url_rule, request.view_args, request.routing_exception = rule, dict(values), None
    except HTTPException as error:
        request.url_rule, request.view_args, request.routing_exception = None, None, error


def _possible(path: str) -> str:
    """The path of a page; there is none whose address ends within a folder."""
    return "/" if path == _FIRST else f"{path}{_MARK}" if path.endswith("/") else path


def _adapter() -> MapAdapter:
    adapter = current_app.create_url_adapter(request)
    return adapter if adapter else abort(404)


def _as_its_twin(response: Response) -> Response:
    if "twin" not in g:
        return response
    if response.location:
        response.location = twin_of(response.location)
        return response
    if response.status_code not in (200, 410):
        return response
    if response.mimetype != "text/html":
        return current_app.make_response(current_app.handle_user_exception(NotFound()))
    return as_markdown(response, here(), "text/markdown")


def _written(html: str, page: str) -> str:
    """A page as Markdown, with what it is and where to find it."""
    from webapp.twins.markdown import markdown_of
    from webapp.twins.shortening import shortened

    title, day = asked.catalogue().settings.title, asked.on().isoformat()
    words = message("{title}, version {version}. Läge {day}. Samma sida för människor:", title=title, day=day,
                    version=g.read.version)  # fmt: skip
    if current_app.jinja_env.globals.get("copied"):  # as in the page's own footer
        words = message("{title}. Läge {day}. Samma sida för människor:", title=title, day=day)
    last = Markup('<main><p>{} <a href="{}">{}</a></p></main>').format(spoken(words), page, page)
    return f"{markdown_of(shortened(html))}\n---\n\n{markdown_of(last)}"
