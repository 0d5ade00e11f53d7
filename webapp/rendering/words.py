"""How values are put into words on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask
from markupsafe import Markup

from modulkarta import dates
from modulkarta.analysis import landscape, lifecycle, secrecy
from modulkarta.analysis.roadmap import STANDING_WORDS
from modulkarta.analysis.roadmap.initiative import initiative
from modulkarta.dates import When
from modulkarta.figures.milestones import certainty_words
from modulkarta.findings import Message, Path, counted, message
from modulkarta.labels import place_words
from modulkarta.model import TRUTHS, Catalogue, Entity, remembered
from modulkarta.wording import capital, in_order
from webapp import asked, language
from webapp.addresses import address, here
from webapp.language import as_written, spoken
from webapp.rendering.line_breaks import broken, unbroken, unbroken_in
from webapp.rendering.stars import star

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TRUTH_WORDS = {
    "fact": message("fakta"),
    "assumption": message("antagande"),
    "illustrative": message("exempel"),
    "unknown": message("okänt"),
}
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_IN_BRACKETS = re.compile(r"(?<=\()([^()]*)(?=\))")
_SAFE_SCHEMES = {"http", "https", "mailto"}
_SAFE_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "code", "pre", "blockquote", "br"}
_HAPPENS: dict[Path, Message] = {
    ("lifecycle", "introducing"): message("första dagen av införandet"),
    ("lifecycle", "live"): message("första dagen i drift"),
    ("lifecycle", "retiring"): message("första dagen av avvecklingen"),
    ("lifecycle", "retired"): message("när det avvecklas"),
}
_OF_KIND: dict[tuple[str, Path], Message] = {
    ("contract", ("ends",)): message("när avtalet slutar"),
    ("assignment", ("starts",)): message("när uppdraget börjar"),
    ("assignment", ("ends",)): message("när uppdraget slutar"),
    ("assignment", ("status",)): message("hur långt uppdraget har kommit"),
    ("vision", ("horizon",)): message("när målbilden ska vara nådd"),
    ("milestone", ("date",)): message("när milstolpen ska vara nådd"),
}


def install(app: Flask) -> None:
    language.add_filters(
        app,
        when=_when,
        unbroken=unbroken,
        unbroken_in=unbroken_in,
        markdown=markdown,
        swedish=_alphabetical,
        by_name=_by_name,
        truth=lambda truth: spoken(_TRUTH_WORDS[truth]),
        number=_number,
        named=_named,
        as_code=Markup("<code>{}</code>").format,
        first_large=capital,
        duration=_duration,
        headings=_headings,
        broken=lambda text: broken(asked.catalogue(), text),
    )
    app.jinja_env.globals.update(
        address=address,
        here=here,
        phase=lambda entity: lifecycle.phase(entity, asked.on()),
        next_step=lambda entity: lifecycle.next_step(entity, asked.on()),
        certainty_words=_in_the_pages_language(certainty_words),
        gap_said=landscape.gap_said,
        initiative=lambda entity: initiative(asked.catalogue(), entity, asked.on()),
        standing_words=STANDING_WORDS,
        path_words=path_words,
        level_of=secrecy.level,
        marked_fields=secrecy.marked,
        truths=TRUTHS,
    )


def markdown(text: str) -> Markup:
    """Markdown as HTML with only what a text needs: no pictures, no scripts, links only to the web and mail."""
    return Markup(_markdown(text))


def path_words(entity: Entity, path: Path) -> Markup:
    """A place in an entity by the labels of its schema; a row of a list by what it begins with.

    Some have words of their own, since their labels say too little away from the page they head: "ends", "when".
    """
    if words := _HAPPENS.get(path) or _OF_KIND.get((entity.kind.name, path)):
        return Markup.escape(spoken(words))
    said = place_words(asked.catalogue(), entity, path, language.language())
    return Markup().join(_name(part) for part in _IN_BRACKETS.split(said))


def _headings(html: str) -> list[tuple[str, Markup]]:
    """The second headings of a part of a page that links can lead to: their ids and words."""
    return [(id_, Markup(words)) for id_, words in _HEADING.findall(str(html))]


def _in_the_pages_language(words: Callable[..., str]) -> Callable[..., str]:
    return lambda *about, **how: words(*about, language=language.language(), **how)


@lru_cache(maxsize=2048)
def _markdown(text: str) -> str:
    import nh3

    made = _reader_of_markdown().render(text)
    return nh3.clean(
        made, tags=_SAFE_TAGS, url_schemes=_SAFE_SCHEMES, link_rel="noopener noreferrer", attribute_filter=_within
    )


@cache
def _reader_of_markdown() -> MarkdownIt:
    """To make one takes longer than to read a text with it; it keeps nothing of what it has read."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def _within(element: str, name: str, value: str) -> str | None:
    """A link without a scheme leads to this viewer; `//host` would lead elsewhere, from a disk even to a file there."""
    return None if name == "href" and value.startswith(("//", "/\\")) else value


def _when(value: When | date | str | None) -> str:
    if isinstance(value, str):
        value = dates.parse(value)
    if isinstance(value, date):
        return value.isoformat()
    return spoken(dates.phrase(value))


def _duration(written: str) -> str:
    """`6m` as words."""
    length = dates.duration(written)
    if not length:
        return written
    number, unit = length
    said_in = {
        "d": counted("{n} dag", "{n} dagar", number),
        "w": counted("{n} vecka", "{n} veckor", number),
        "m": counted("{n} månad", "{n} månader", number),
        "y": counted("{n} år", "{n} år", number),
    }
    return spoken(said_in[unit])


def _number(count: int) -> str:
    """A whole number with its thousands apart: by a comma in English, else by a space that no line breaks at."""
    return f"{count:,}" if language.language() == "en" else f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def _named(words: str) -> Markup:
    """The words of a cell, marked as Swedish where they are a name that has no other language."""
    name, mark, rest = words.partition(f" ({spoken(message('exempel'))})")
    return _name(name) + star() + rest if mark else _name(words)


def _name(words: str) -> Markup:
    """Words, marked as Swedish if they are a name that has no other language."""
    return as_written(words) if words in _untranslated(asked.catalogue()) else Markup.escape(words)


@remembered
def _untranslated(catalogue: Catalogue) -> frozenset[str]:
    """The names that are said as they are in English too."""
    several = [entity for entity in catalogue.entities.values() if not entity.english("name")]
    return frozenset(name for entity in several for name in (entity.name, entity.short_name))


def _by_name(ids: Iterable[Any], attribute: str = "") -> list[Any]:
    """Ids, or what has one in an attribute, by the name that the page shows."""
    named = asked.catalogue().name
    return in_order(ids, key=lambda one: named(getattr(one, attribute) if attribute else one, language.language()))


def _alphabetical(entities: list[Entity]) -> list[Entity]:
    """Entities by the name that the page shows."""
    return in_order(entities, key=lambda entity: entity.name_in(language.language()))
