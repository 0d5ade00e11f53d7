"""How an answer leaves: as JSON that says what it is, and of which version and day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, g

from webapp import asked
from webapp.language import language


def answer(body: Mapping[str, Any], links: str = "") -> Response:
    """A body as a response, with the version and day it holds for; `links` lead to the rest of a list."""
    moment = asked.generation().moment
    whole = {
        "schema": body["schema"],
        "version": g.read.version,
        "commit": moment.commit if moment else None,
        "datum": asked.on().isoformat(),
        **body,
    }
    made = sent(whole)
    if links:
        made.headers["Link"] = links
    return made


def sent(body: Mapping[str, Any]) -> Response:
    """Any values as a response, from when the version is that they are of."""
    made = Response(json.dumps(body, ensure_ascii=False) + "\n", mimetype="application/json")
    made.headers["Content-Language"] = language()
    if moment := asked.generation().moment:
        made.last_modified = moment.at
    return made
