"""How the pages are read, and who can read them."""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint("help", __name__)


@pages.get("/hjalp")
def hjalp() -> str:
    return render_template("help.html")


@pages.get("/tillganglighet")
def tillganglighet() -> str:
    return render_template("accessibility.html")
