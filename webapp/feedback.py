"""Where a reader says that something is wrong, proposes a change or asks, as the catalogue's settings say."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, g

from modulkarta.model import Entity
from webapp import asked
from webapp.addresses import here
from webapp.permalinks import commit_shown


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        edit_address=edit_address, line_of=line_of, report_address=report_address, contact_address=contact_address
    )


def edit_address(entity: Entity, *path: str | int) -> str | None:
    """Where a field of an entity, else what its file begins with, is edited; None where nothing says where, and of
    what does not lie in git."""
    pattern, laid_over = asked.catalogue().settings.forge.get("edit"), asked.catalogue().laid_over
    if laid_over and entity.document.place(path or ("name",), key=True).file in laid_over:
        return None
    return pattern.replace("{file}", quote(entity.file)).replace("{line}", line_of(entity, *path)) if pattern else None


def report_address(entity: Entity | None = None) -> str | None:
    """Where an error on this page is reported, filled in with what the page shows; None where nothing says where."""
    catalogue = asked.generations().current.read.catalogue
    pattern = catalogue.settings.forge.get("report")
    if entity and entity.file in catalogue.laid_over:
        return None
    return _filled(pattern, entity) if pattern else None


def contact_address() -> str | None:
    return asked.generations().current.read.catalogue.settings.forge.get("contact")


def line_of(entity: Entity, *path: str | int) -> str:
    """Where a field stands; its name's line where none is asked for, and the first of a text that is kept back."""
    return str(entity.document.place(path or ("name",), key=True).line if entity.document.text else 1)


def _filled(pattern: str, entity: Entity | None) -> str:
    values = {
        "page": here(datum=asked.on().isoformat(), rev=g.rev or None),
        "id": entity.id if entity else "",
        "file": entity.file if entity else "",
        "line": line_of(entity) if entity else "",
        "date": asked.on().isoformat(),
        "version": commit_shown() or g.read.version,
    }
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", quote(value, safe=""))
    return pattern
