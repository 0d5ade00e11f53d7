"""The report's section as it will be written, and its files."""

from __future__ import annotations

import base64
from hashlib import sha256
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from modulkarta.figures.raster import CannotRaster
from modulkarta.report import files
from modulkarta.report.blocks import Section
from modulkarta.report.html import STYLE, fragment
from webapp import asked
from webapp.addresses import kept

pages = Blueprint("report", __name__)
_OWN_STYLE = base64.b64encode(sha256(STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_OWN_STYLE}'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The report as a page of its own carries its look with it, and nothing else may give it another."""


@pages.get("/rapport")
def rapport() -> str:
    made = _section()
    body = Markup(fragment(made, folder="/rapport/", suffix=_suffix(), level=2))
    return render_template("report.html", body=body, names=list(files.contents(made)))


@pages.get("/rapport/<path:name>")
def report_file(name: str) -> Response:
    writer = files.contents(_section()).get(name)
    if writer is None:
        abort(404)
    try:
        data = writer()
    except CannotRaster as reason:
        return Response(str(reason), status=501, mimetype="text/plain")
    policy = {"Content-Security-Policy": _POLICY} if name.endswith(".html") else None
    return Response(data, mimetype=files.media_type(name), headers=policy)


def _section() -> Section:
    """Kept for a while: whoever reads the section asks for each of its pictures next."""
    return asked.generations().report(asked.generation(), asked.on())


def _suffix() -> str:
    return f"?{urlencode(kept())}" if kept() else ""
