"""What a copy has for programs: pages in Markdown, and the page that says what is there for them and what is not."""

from __future__ import annotations

from flask import Flask, render_template

from webapp import twins
from webapp.copy.scope import Address, Scope
from webapp.pages import machines

_VIEW = "machines.maskiner"


def install(app: Flask, scope: Scope) -> None:
    """To be installed before the viewer is asked anything. A page leads to its twin only where the copy has that."""

    def twin() -> str:
        address = twins.of_this_page()
        return address if isinstance(scope.meant(address, Address(path="/")), Address) else ""

    def page() -> str:
        days = sorted(day.isoformat() for day in scope.days if day != scope.today)
        folder = "en" if scope.language == "sv" else "sv"
        return render_template("copy/machines.html", days=days, folder=folder, **machines.values(lang=None))

    app.view_functions[_VIEW] = page
    app.jinja_env.globals.update(twin=twin)
