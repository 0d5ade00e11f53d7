"""How values are put into words on a page."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from modulkarta import dates
from modulkarta.analysis import landscape, lifecycle
from modulkarta.dates import When
from modulkarta.figures.coverage import hull_words_of, outcome
from modulkarta.figures.landscape import also_words, gap_words
from modulkarta.figures.landscape import words as tile_words
from modulkarta.findings import Path
from modulkarta.labels import place_words
from modulkarta.model import TRUTHS, Entity
from modulkarta.past import Past
from modulkarta.wording import in_order
from webapp import asked, language
from webapp.language import spoken

_TRUTH_WORDS = {"fact": "fakta", "assumption": "antagande", "illustrative": "exempel", "unknown": "okänt"}
_SAFE_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "code", "pre", "blockquote", "br"}
_HAPPENS: dict[Path, str] = {
    ("lifecycle", "introducing"): "första dagen av införandet",
    ("lifecycle", "live"): "första dagen i drift",
    ("lifecycle", "retiring"): "första dagen av avvecklingen",
    ("lifecycle", "retired"): "när det avvecklas",
}
_UNITS = {"d": ("dag", "dagar"), "w": ("vecka", "veckor"), "m": ("månad", "månader"), "y": ("år", "år")}


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        when=_when,
        markdown=markdown,
        swedish=_swedish_order,
        truth=_TRUTH_WORDS.__getitem__,
        entity_truth=_entity_truth,
        number=_number,
        first_large=lambda words: words[:1].upper() + words[1:],
        duration=_duration,
    )
    app.jinja_env.globals.update(
        address=asked.address,
        here=asked.here,
        edit_address=edit_address,
        phase=lambda entity: lifecycle.phase(entity, asked.on()),
        next_step=lambda entity: lifecycle.next_step(entity, asked.on()),
        tile_words=tile_words,
        gap_words=gap_words,
        also_words=also_words,
        outcome=outcome,
        hull_words_of=hull_words_of,
        home=landscape.home,
        path_words=path_words,
        truths=TRUTHS,
    )
    app.context_processor(_frame)


def markdown(text: str) -> Markup:
    """Markdown as HTML with only what a text needs: no pictures, no scripts, links only to the web and mail."""
    return Markup(_markdown(text))


def edit_address(entity: Entity) -> str | None:
    """Where the file of an entity is edited, None where the catalogue does not say."""
    pattern = asked.catalogue().settings.forge.get("edit")
    return pattern.replace("{file}", entity.file).replace("{line}", "1") if pattern else None


def path_words(entity: Entity, path: Path) -> str:
    """A place in an entity by the labels of its schema; a row of a list by what it begins with.

    The dates of the lifecycle have words of their own: their labels are states, not days.
    """
    if path in _HAPPENS:
        return _HAPPENS[path]
    return place_words(asked.catalogue(), entity, path)


@lru_cache(maxsize=2048)
def _markdown(text: str) -> str:
    import nh3
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).render(text)
    return str(
        nh3.clean(made, tags=_SAFE_TAGS, url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer")
    )


def _frame() -> dict[str, Any]:
    read = g.get("read")
    if read is None:
        return {}
    return {
        "catalogue": read.catalogue,
        "settings": read.catalogue.settings,
        "lang": language.language(),
        "audience": read.audience,
        "version": read.version,
        "errors": read.count("error"),
        "left_out": read.left_out,
        "moment": g.generation.moment,
        "versions": _versions(),
        "followed": isinstance(asked.generations().past, Past),
        "rev": g.rev,
        "carried": asked.carried(),
        "today": g.today,
        "on": g.on or g.today,
    }


def _versions() -> list[str]:
    """The versions to choose among, newest first: the reports, and the one shown if it is another."""
    names = [one.name for one in reversed(asked.generations().reports)]
    return names if not g.rev or g.rev in names else [*names, g.rev]


def _when(value: When | date | str | None) -> str:
    if isinstance(value, str):
        value = dates.parse(value)
    if isinstance(value, date):
        return value.isoformat()
    return spoken(dates.phrase(value))


def _duration(written: str) -> str:
    """`6m` as words."""
    length = dates.duration(written)
    return f"{length[0]} {_UNITS[length[1]][length[0] != 1]}" if length else written


def _entity_truth(id_: str) -> str:
    """What an entity as a whole rests on."""
    return asked.catalogue().entities[id_].truth()


def _number(count: int) -> str:
    """A whole number with its thousands apart, by a space that no line breaks at."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def _swedish_order(entities: list[Entity]) -> list[Entity]:
    return in_order(entities, key=lambda entity: entity.name)
