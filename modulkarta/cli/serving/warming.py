"""The pages that take the longest to make, made before anybody asks for them."""

from __future__ import annotations

from collections.abc import Callable
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

    for page in _HEAVY:
        if enough():
            return
        app.test_client().get(page, base_url=app.extensions["again"].under, environ_overrides={WARMING: True})
    for template in app.jinja_env.list_templates():
        app.jinja_env.get_template(template)
