"""Tables that stay tables to those who hear them, however they are laid out.

On a phone the rows of a table become cards, and browsers differ in whether `display: block` leaves anything of a
table. So each part is told what it is.
"""

from __future__ import annotations

import re

from flask import Flask
from jinja2.ext import Extension

_PARTS = {
    "<table": "table",
    "<thead": "rowgroup",
    "<tbody": "rowgroup",
    "<tfoot": "rowgroup",
    "<tr": "row",
    "<td": "cell",
    '<th scope="col"': "columnheader",
    '<th scope="row"': "rowheader",
}
_CARDS = re.compile(r'<table class="[^"]*\bcards\b|\bopen_table\(')
_PART = re.compile(rf"(?:{'|'.join(map(re.escape, _PARTS))})(?=[\s>])")


def install(app: Flask) -> None:
    app.jinja_env.add_extension(_Roles)


def with_roles(template: str) -> str:
    """A template whose tables become cards, with a role on each part of its tables; any other as it is."""
    if not _CARDS.search(template):
        return template
    return _PART.sub(lambda part: f'{part[0]} role="{_PARTS[part[0]]}"', template)


class _Roles(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return with_roles(source)
