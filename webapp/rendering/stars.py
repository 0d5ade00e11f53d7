"""The star that stands for `exempel` wherever a page says that something is made up, explained once on the page."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup

from modulkarta.findings import message
from webapp.language import add_filters, spoken

_STAR = 'class="made-up"'
_EXPLAINED = 'class="quiet stars"'
_PART = re.compile(r'<h2\b|<div class="scroll"|<nav class="contents"|<dl\b')


def install(app: Flask) -> None:
    app.jinja_env.globals.update(star=star, stars=stars)
    app.jinja_env.filters.update(explained=explained)
    add_filters(app, starred=starred)


def star() -> Markup:
    """A star to the eye, and the word to those who hear the page or search in it."""
    return Markup("<span {}><span> ({})</span></span>").format(Markup(_STAR), spoken(message("exempel")))


def starred(words: str) -> Markup:
    """Words in which the mark that something is made up is a star."""
    return Markup.escape(words).replace(f" ({spoken(message('exempel'))})", star())


def stars() -> Markup:
    """What the star means."""
    said = spoken(message("Exempel: påhittat för att visa hur katalogen fungerar, inte beslutat."))
    return Markup('<p {}><span aria-hidden="true">*</span> {}</p>').format(Markup(_EXPLAINED), said)


def explained(content: Markup) -> Markup:
    """The content of a page with what the star means above its first part, where it has stars and does not say so."""
    if _STAR not in content or _EXPLAINED in content:
        return content
    part = _PART.search(content)
    place = part.start() if part else content.find("</h1>") + len("</h1>")
    return content[:place] + stars() + content[place:]
