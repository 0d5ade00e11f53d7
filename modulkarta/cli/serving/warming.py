"""The pages that take the longest to make, made before anybody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

_HEAVY = (
    "/", "/karta", "/sok?q=a", "/ersattning", "/fardplan", "/rapport", "/standardisering", "/integrationer",
    "/information", "/kvalitet", "/uppfoljning", "/lager", "/karta.md",
)  # fmt: skip


def warm(app: Flask, enough: Callable[[], bool] = lambda: False) -> None:
    """Make the pages that take the longest, and what others rest on: the first reader need not wait.

    It stops where `enough` tells that they will soon be of the past.
    """
    from webapp.http.metrics import WARMING

    _give_back()
    for page in _HEAVY:
        if enough():
            return
        app.test_client().get(page, base_url=app.extensions["again"].under, environ_overrides={WARMING: True})
    for template in app.jinja_env.list_templates():
        app.jinja_env.get_template(template)


def _give_back() -> None:
    """Let the system have the memory of the generation before, where it is glibc that holds on to it.

    Pieces of it lie about in all threads' arenas, and a server that reads anew for months would grow.
    """
    import ctypes

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
