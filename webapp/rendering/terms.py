"""The catalogue's own texts on a page: in their language, and with its terms explained where they first stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from flask import Flask, g
from markupsafe import Markup

from modulkarta.analysis.language.explained import terms_in
from modulkarta.model import Entity
from webapp import asked, language
from webapp.addresses import address
from webapp.rendering import words

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = ("a", "code", "pre")
"""What is left as it is: links lead somewhere already, and code is not words."""


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        name_of=name_of, summary_of=summary_of, description_of=description_of, told=told, cards=cards
    )


def name_of(entity: Entity) -> str:
    """What a thing is called in the language of the page, as plain words."""
    return entity.name_in(language.language())


def summary_of(entity: Entity) -> Markup:
    """A summary with its terms explained; empty where there is none."""
    if not entity.fields.get("summary"):
        return Markup()
    return _explained(language.text_of(entity, "summary"), _tongue(entity, "summary"), entity.id)


def description_of(entity: Entity) -> Markup:
    """A description in Markdown as HTML, with its terms explained."""
    tongue = _tongue(entity, "description")
    text = entity.english("description") if tongue == "en" else entity.fields.get("description")
    made = _explained(words.markdown(text or ""), tongue, entity.id)
    return made if tongue == language.language() else Markup('<div lang="{}">{}</div>').format(tongue, made)


def told(text: str) -> Markup:
    """A text of a row, with its terms explained."""
    return _explained(language.as_written(text), asked.catalogue().settings.language, "")


def cards() -> list[Entity]:
    """The terms that this page has explained so far, each once."""
    found: dict[str, Entity] = g.get("cards", {})
    return list(found.values())


def _tongue(entity: Entity, field: str) -> str:
    own = asked.catalogue().settings.language
    return "en" if language.language() == "en" and entity.english(field) else own


def _explained(html: Markup, tongue: str, about: str) -> Markup:
    """Clean HTML where the first mention of each term leads to it; not of the term that is spoken of."""
    seen = {about}
    pieces: list[str] = []
    closed = 0
    for piece in _TAG.split(str(html)):
        if piece.startswith("<"):
            name = re.split(r"[\s/>]", piece.removeprefix("</").removeprefix("<"), maxsplit=1)[0]
            closed += (-1 if piece.startswith("</") else 1) if name in _CLOSED else 0
        pieces.append(piece if closed or piece.startswith("<") else "".join(_linked(unescape(piece), tongue, seen)))
    return Markup("".join(pieces))


def _linked(text: str, tongue: str, seen: set[str]) -> Iterator[str]:
    done = 0
    for (begin, end), id_ in terms_in(asked.catalogue(), text, tongue):
        term = asked.catalogue().get(id_, "term")
        if term is None or id_ in seen:
            continue
        seen.add(id_)
        yield escape(text[done:begin])
        yield _link(term, text[begin:end])
        done = end
    yield escape(text[done:])


def _link(term: Entity, written: str) -> Markup:
    g.setdefault("cards", {})[term.id] = term
    return Markup('<a class="term" href="{}" aria-describedby="kort-{}">{}</a>').format(address(term), term.id, written)
