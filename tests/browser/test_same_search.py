"""The search that a copy makes in the browser answers as the server does: both are asked the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import given
import pytest
from playwright.sync_api import Browser
from test_search import REGION, VGR

import webapp
from modulkarta import search, snapshot
from modulkarta.model import Catalogue
from modulkarta.search import letters
from modulkarta.search.carried import carried
from modulkarta.search.index import index
from modulkarta.search.marking import Piece, excerpt, pieces
from modulkarta.search.reasons import reasons
from modulkarta.wording import Language, said

SCRIPTS = Path(webapp.__file__).parent / "static"
ODD = [
    "",
    " \u00ad\x00 ",
    "x" * 300,
    "hur är det",
    "Moduler",
    "a b c d e f g h i j k l m n o",
    "för larm",
    "ß É",
    "qqqq",
]
TITLES = ["Modulkarta", "Källor till informationen", "Så läser du sidorna", "Replacements"]
ASK = """([data, queries, titles]) => {
  const searching = window.searchHits(data);
  const own = (hit) => hit.entity.called || hit.entity.name[0];
  const told = (hit) => [searching.reasons(hit), searching.pieces(own(hit), hit.words),
    searching.excerpt(hit.entity.summary[0] || "", hit.words)];
  return queries.map((query) => {
    const found = searching.results(query), ids = (several) => several.map((one) => one.id);
    return [found.query, ids(found.hits.map((hit) => hit.entity)), found.full, found.missing, found.meant,
      ids(found.near), found.kinds.map((kind) => kind.slug), found.shortened, found.hits.slice(0, 2).map(told),
      titles.filter((title) => searching.names(query, title))];
  });
}"""


@pytest.mark.parametrize(("name", "language", "share"), [("region", "sv", 1), ("vgr", "en", 20)])
def test_every_question_has_the_same_answer(browser: Browser, name: str, language: Language, share: int) -> None:
    """Ids in their order, what is missing or misspelt, why the first were found, and what of them is marked."""
    catalogue = (
        given.good() if name == "region" else snapshot.build(given.real(), given.metamodel(), given.TODAY)
    ).catalogue
    queries = [*(query for query, _ in (*REGION, *VGR)), *ODD, *TITLES, "karta", *written(catalogue, share)]
    page = browser.new_page()
    for part in ("words", "fits", "hits"):
        page.add_script_tag(content=(SCRIPTS / f"search-{part}.js").read_text("utf-8"))
    data = json.loads(json.dumps(carried(catalogue, language)))
    answers = page.evaluate(ASK, [data, queries, TITLES])
    page.close()
    assert len(answers) == len(queries) > 100
    for query, answer in zip(queries, answers, strict=True):
        assert answer == expected(catalogue, query, language), query


def written(catalogue: Catalogue, share: int) -> Iterator[str]:
    """The words of a catalogue as people write them: inflected, with a letter lost, put together and apart."""
    words, endings = sorted(index(catalogue).places), sorted(letters.ENDINGS)
    yield from (word + endings[number % len(endings)] for number, word in [*enumerate(words)][::share])
    few = [*zip(words, words[len(words) // 2 :], strict=False)][:: 10 * share]
    for word, other in few:
        yield from (word[: len(word) // 2] + word[len(word) // 2 + 1 :], word + other, f"{word} {other}")


def expected(catalogue: Catalogue, query: str, language: Language) -> list[object]:
    found = search.results(catalogue, query)
    hits = [hit.entity.id for hit in found.hits]
    near, kinds = [entity.id for entity in found.near], [kind.slug for kind in found.kinds]
    told = [_told(catalogue, hit, language) for hit in found.hits[:2]]
    named = [title for title in TITLES if search.names(query, title)]
    return [found.query, hits, found.full, [*found.missing], found.meant, near, kinds, found.shortened, told, named]


def _told(catalogue: Catalogue, hit: search.Hit, language: Language) -> list[object]:
    why = [[said(one.words, language), one.field, one.quote] for one in reasons(catalogue, hit)]
    summary = hit.entity.english("summary") if language == "en" else None
    shown = summary or str(hit.entity.fields.get("summary") or "")
    return [why, _pairs(pieces(hit.entity.name, hit.words)), _pairs(excerpt(shown, hit.words))]


def _pairs(several: list[Piece]) -> list[list[object]]:
    return [[piece.text, piece.marked] for piece in several]
