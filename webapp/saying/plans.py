"""What the pages ask of the plan on the day that is looked at, row by row; and which headings a page has."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup

from modulkarta import dates
from modulkarta.analysis.replacement import arrival, takeover
from modulkarta.dates import When
from webapp import asked

_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')


def install(app: Flask) -> None:
    app.jinja_env.filters.update(headings=headings)
    app.jinja_env.globals.update(
        over=over,
        interim=lambda row: arrival.interim(asked.catalogue(), row),
        decision=lambda row: arrival.decision(asked.catalogue(), row),
        holders_on=lambda one: takeover.holders_on(asked.catalogue(), one, asked.on()),
    )


def over(when: When) -> bool:
    """Whether a date is certainly behind the day that is asked for."""
    return dates.later(dates.day(asked.on()), when) == "yes"


def headings(html: str) -> list[tuple[str, Markup]]:
    """The second headings of a part of a page that links can lead to: their ids and words."""
    return [(id_, Markup(words)) for id_, words in _HEADING.findall(str(html))]
