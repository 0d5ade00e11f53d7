"""In which language a page speaks: texts of the templates, labels of the schemas, and the catalogue's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, Response, g, request
from jinja2 import pass_context
from markupsafe import Markup

from modulkarta.findings import Message, message
from modulkarta.model import Entity
from modulkarta.wording import LANGUAGES, Label, Language, said, sentence, translated

_SPOKEN = "lang"
_MOST_FIXED = 4_000
"""Texts that are remembered: more than the templates have."""
_TOLD = ("text/html", "text/calendar", "application/atom+xml", "image/svg+xml")
"""What says something to people."""


def install(app: Flask) -> None:
    app.jinja_env.globals.update(_=_text, _n=_counted, text_of=text_of, language=language)
    add_filters(app, said=spoken, word=word, choice=choice, listing=listing, as_written=as_written)
    app.after_request(_told)


def add_filters(app: Flask, **filters: Callable[..., Any]) -> None:
    """Filters that answer in the language of each page.

    Jinja works out a filter of a constant once, when the template is compiled, unless the filter asks for the context.
    """
    app.jinja_env.filters.update({name: _asked_each_time(answer) for name, answer in filters.items()})


def language() -> Language:
    """The language of the page: the one asked for, else the reader's, else the catalogue's."""
    found: Language = g.get("language", "sv")
    return found


def chosen() -> Language:
    """The language of a request; anything else that is asked for counts as nothing."""
    asked_for = asked()
    if asked_for:
        return asked_for
    own_ = g.read.catalogue.settings.language
    wanted = request.accept_languages.best_match([own_, *(one for one in LANGUAGES if one != own_)])
    return "en" if wanted == "en" else "sv" if wanted == "sv" else own_


def asked() -> Language | None:
    """The language that the address asks for, None where it leaves the choice to the reader's browser."""
    wanted = request.args.get(_SPOKEN)
    return next((one for one in LANGUAGES if one == wanted), None)


def spoken(what: Message | Label | str) -> str:
    return said(what, language())


def sentences(*several: Message) -> str:
    """Some messages as sentences, one after the other."""
    return " ".join(sentence(one, language()) for one in several)


def word(label: Label) -> str:
    """A label of the schemas."""
    return label.in_(language())


def choice(value: str, labels: Mapping[str, Label]) -> str:
    """The word of one of the values that a field may have."""
    return word(labels[value])


def listing(words: Iterable[str]) -> str:
    """Some words in a row: `a, b och c`."""
    *others, last = words
    return spoken(message("{others} och {last}", others=", ".join(others), last=last)) if others else last


def as_written(text: str) -> Markup:
    """A text of the catalogue that has no translation."""
    return Markup.escape(text) if language() == "sv" else Markup('<span lang="sv">{}</span>').format(text)


def text_of(entity: Entity, field: str = "name") -> Markup:
    """A text that the catalogue itself says, marked as Swedish where the page is English and it is not translated."""
    text = getattr(entity, field) if field in ("name", "short_name") else entity.fields.get(field) or ""
    english = entity.english(field) or (entity.english("name") if field == "short_name" else None)
    return Markup.escape(english) if english and language() == "en" else as_written(text)


def _asked_each_time(answer: Callable[..., Any]) -> Callable[..., Any]:
    return pass_context(lambda context, *about, **how: answer(*about, **how))


def _text(text: str, **values: Any) -> Markup:
    """A text of a template: `_("Läge {day}", day=on)`. It may hold markup; the values are escaped."""
    if not values:
        return _fixed(text, language())
    return Markup(translated(text, language())).format(**values)


@lru_cache(_MOST_FIXED)
def _fixed(text: str, spoken_: Language) -> Markup:
    """A text without values: the same on every page."""
    return Markup(translated(text, spoken_)).format()


def _counted(one: str, many: str, n: int, **values: Any) -> Markup:
    """A text whose form follows a number, which stands in it as `{n}`."""
    plural = n != 1
    return Markup(translated(many if plural else one, language(), many=plural)).format(n=n, **values)


def _told(response: Response) -> Response:
    if response.mimetype in _TOLD and "language" in g and request.endpoint != "static":
        response.headers["Content-Language"] = language()
        if not asked():
            response.vary.add("Accept-Language")
    return response
