"""Search over everything in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from modulkarta import search
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.search import Hit, Results
from modulkarta.search.marking import Piece, excerpt, pieces
from modulkarta.search.reasons import Reason, reasons
from modulkarta.wording import LANGUAGES, said
from webapp import asked
from webapp.language import language
from webapp.menus import TITLES
from webapp.parts import Part, beginning, part

pages = Blueprint("search", __name__)

_MOST_OF_A_KIND = 5
_MOST_ON_A_PAGE = 50
_MOST_BEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A part of the hits of a kind, and which page of them comes next."""

    kind: Kind
    part: Part[Hit]
    next: int


@pages.get("/sok")
def sok() -> str:
    found = search.results(asked.catalogue(), request.args.get("q", ""))
    chosen = asked.catalogue().metamodel.by_slug.get(request.args.get("typ", ""))
    return render_template(
        "search.html", found=found, chosen=chosen, groups=found.groups, shown=list(_shown(found, chosen)),
        best=_best(found) if not chosen else (), examples=examples(asked.catalogue()), name=_name,
        otherwise=_otherwise_called, summary=_summary,
        why=_why, page=_page, overviews=list(_overviews(found.query)),
    )  # fmt: skip


def overviews() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The pages about all of the catalogue: their addresses, their names, and those in every language."""
    for endpoint, title in TITLES.items():
        yield url_for(endpoint), said(title, language()), tuple(said(title, spoken) for spoken in LANGUAGES)


def _overviews(query: str) -> Iterator[tuple[str, str]]:
    """The pages that a question names in either language: their addresses and names."""
    for address, title, titles in overviews():
        if any(search.names(query, one) for one in titles):
            yield address, title


def _shown(found: Results, chosen: Kind | None) -> Iterator[Shown]:
    """The first hits of each kind; of a kind that was chosen a page of them."""
    for group in found.groups:
        if chosen == group.kind:
            shown = part(group.hits, _MOST_ON_A_PAGE)
            yield Shown(kind=group.kind, part=shown, next=shown.page + 1)
        elif not chosen:
            alone = len(found.groups) == 1
            first = beginning(group.hits, _MOST_ON_A_PAGE if alone else _MOST_OF_A_KIND)
            yield Shown(kind=group.kind, part=first, next=2 if alone else 1)


def _best(found: Results) -> tuple[Hit, ...]:
    """The best hits whatever their kind, where there are so many that they do not all show at once."""
    return found.hits[:_MOST_BEST] if len(found.hits) > _MOST_BEST and len(found.groups) > 1 else ()


def _page(kind: Kind | None = None, page: int = 1, query: str | None = None) -> str:
    """The address of a page of the same search (or another) for one kind, or all."""
    values: dict[str, Any] = {"typ": kind.slug if kind else None, "sida": page if page > 1 else None}
    return url_for("search.sok", q=request.args.get("q", "") if query is None else query, **values)


def _name(hit: Hit) -> Markup:
    """The name with what was searched for marked."""
    text, lang = _own_words(hit.entity, "name")
    return _marked(pieces(text, hit.words), lang)


def _summary(hit: Hit) -> Markup:
    """The summary in the same way; nothing where there is none."""
    text, lang = _own_words(hit.entity, "summary")
    return _marked(excerpt(text, hit.words), lang) if text else Markup()


def _why(hit: Hit) -> list[tuple[Reason, Markup]]:
    """Why it was found, where neither its name nor its summary shows it, with what was found."""
    _, lang = _own_words(hit.entity, "summary")
    shown = "summary" if lang or language() == "sv" else "summary:en"
    own_name = "translations" if language() == "en" else ""
    told = [reason for reason in reasons(asked.catalogue(), hit) if reason.field not in (shown, own_name)]
    return [(reason, _quoted(reason, hit)) for reason in told]


def _quoted(reason: Reason, hit: Hit) -> Markup:
    """What was found, marked with its language where that is not the page's."""
    own = "en" if reason.field.endswith(":en") else "sv"
    return _marked(excerpt(reason.quote, hit.words), own if own != language() else "") if reason.quote else Markup()


def _otherwise_called(hit: Hit) -> Markup:
    """The Swedish name beside an English one, so that it shows why it was found."""
    text, _ = _own_words(hit.entity, "name")
    own = pieces(hit.entity.name, hit.words)
    if text == hit.entity.name or not any(piece.marked for piece in own):
        return Markup()
    return _marked(own, "sv")


def _own_words(entity: Entity, field: str) -> tuple[str, str]:
    """A text of the catalogue in the page's language if it is there, and the language it is in where that differs."""
    swedish = entity.name if field == "name" else str(entity.fields.get(field) or "")
    if language() == "sv":
        return swedish, ""
    english = entity.english(field)
    return (english, "") if english else (swedish, "sv")


def _marked(text: list[Piece], lang: str = "") -> Markup:
    whole = Markup().join(Markup("<mark>{}</mark>").format(one.text) if one.marked else one.text for one in text)
    return Markup('<span lang="{}">{}</span>').format(lang, whole) if lang else whole


def examples(catalogue: Catalogue) -> list[str]:
    """Some questions that the catalogue has answers to: a module, a system, a process, another word for something."""
    firsts = [
        catalogue.of_kind[kind][0].short_name for kind in ("module", "system", "process") if catalogue.of_kind[kind]
    ]
    words = (term.fields.get(field) or {} for field in ("allowed", "discouraged") for term in catalogue.of_kind["term"])
    others = [several[0] for one in words for several in one.values() if several]
    return [*firsts, *others[:1]]
