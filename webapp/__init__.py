"""The viewer: a reader's view of one snapshot, rendered on the server, without login, scripts or outside requests."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from flask import Flask

from modulkarta.findings import message
from modulkarta.past import NoPast, Past
from modulkarta.snapshot import Snapshot
from webapp import addresses, api, asked, feedback, language, pages, permalinks, twins
from webapp.generations import Generations, Shown
from webapp.http import again, caching, compression, headers, hosts, metrics
from webapp.rendering import frame, plans, stars, tables, terms, words

_NO_PAST = NoPast(reason=message("visaren har inget git-arkiv att läsa äldre versioner ur"))


def create_app(
    read: Snapshot, *, today: Callable[[], date], past: Past | NoPast = _NO_PAST, once: bool = False
) -> Flask:
    """The viewer of a snapshot and, where it has one, its past, both as the same audience sees them.

    `today` tells which day it is when nobody asks for another; `once` is as in `viewer`.
    """
    return viewer(Shown(Generations(read, past, today, once=once)), today=today, once=once)


def viewer(
    shown: Shown, *, today: Callable[[], date], names: Collection[str] | None = None, once: bool = False
) -> Flask:
    """The viewer of what is shown, which may become something else while it is served.

    With `names` it answers under those and the names of this machine; None: whatever it is called. Where each page is
    asked for `once`, nothing that has been made is kept for the next who asks.
    """
    app = Flask(__name__)
    app.debug = False  # whatever the environment says: what it would show is not for readers
    headers.install(app, quiet=shown.generations.current.read.audience != "public")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = app.url_map.merge_slashes = False  # a redirect would name the host that is asked for
    app.extensions["shown"] = shown
    metrics.install(app)
    if names is not None:
        hosts.install(app, names)
    compression.install(app)
    asked.install(app, shown, today)
    addresses.install(app)
    language.install(app)
    caching.install(app, once=once)
    words.install(app)
    frame.install(app)
    permalinks.install(app)
    feedback.install(app)
    terms.install(app)
    stars.install(app)
    plans.install(app)
    tables.install(app)
    api.install(app)
    pages.install(app)
    twins.install(app)
    if not once:
        again.install(app, shown, today)
    return app
