"""All that is searched, and by which rules, as plain values: for a reader's program that has no server to ask.

The program (webapp/static/search-words.js, search-fits.js, search-hits.js) makes the same index of the same texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.search import MOST_NEAR, SHORTEST_END, asking, fields, letters, marking, matching, place, ranking
from modulkarta.search.fields import Text
from modulkarta.search.index import WRITTEN_TOGETHER, Index, index
from modulkarta.search.reasons import alike, synonym, where
from modulkarta.wording import Language, said

_NAMES = (("name",), ("preferred", "sv"))


def carried(catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """What a catalogue has to search, with the words around it in a language; JSON can write it.

    `rules` are the lists and weights; `kinds` and `places` what the rows of `entities` name by their number: each
    has its id, kind, name and summary (a text, and its language where that is another), its texts by their places,
    and what is said of it only where it is.
    """
    known = index(catalogue)
    kinds = [kind for kind in catalogue.metamodel.kinds.values() if catalogue.of_kind[kind.name]]
    places: dict[tuple[Any, ...], int] = {}
    texts: list[list[list[Any]]] = [[] for _ in known.entities]
    for text, number in zip(known.texts, known.owners, strict=True):
        key = tuple(_place(catalogue, known.entities[number], text, language).items())
        texts[number].append([places.setdefault(key, len(places)), text.value])
    ranks = {kind: rank for rank, kind in enumerate(sorted(kinds, key=place))}
    return {
        "rules": _rules(language),
        "kinds": [_kind(kind, ranks[kind], language) for kind in kinds],
        "places": [dict(one) for one in places],
        "entities": [
            [one.id, kinds.index(one.kind), *_shown(one, language), own, _marks(one)]
            for one, own in zip(known.entities, texts, strict=True)
        ],
        "aliases": _aliases(known),
    }  # fmt: skip


def _place(catalogue: Catalogue, entity: Entity, text: Text, language: Language) -> dict[str, Any]:
    """What is to be known of a text beside its words: only what is so."""
    reason = where(catalogue, entity, Text(text.path, "{value}", text.weight))
    is_id, together = text.path == ("id",), text.path[0] in WRITTEN_TOGETHER
    about = {
        "weight": text.weight,
        "field": reason.field,
        "words": said(reason.words, language),
        "sort": "id" if is_id else "together" if together else "",
        "whole": int(is_id or fields.is_name(text.path) or fields.is_other_word(text.path)),
        "name": int(text.path in _NAMES),
        "quoted": int(bool(reason.quote)),
    }
    return {key: value for key, value in about.items() if value}


def _kind(kind: Kind, rank: int, language: Language) -> dict[str, Any]:
    names = (kind.label.sv, kind.plural.sv, kind.label.en, kind.plural.en)
    return {
        "slug": kind.slug, "label": kind.label.in_(language), "plural": kind.plural.in_(language), "place": rank,
        "interest": ranking.INTEREST.get(kind.name, 1), "names": [letters.whole(name) for name in names],
    }  # fmt: skip


def _shown(entity: Entity, language: Language) -> list[list[str]]:
    return [_own(entity, field, language) for field in ("name", "summary")]


def _own(entity: Entity, field: str, language: Language) -> list[str]:
    """A text in a language, or as it is with the language it is in."""
    swedish = entity.name if field == "name" else str(entity.fields.get(field) or "")
    english = entity.english(field) if language == "en" else None
    return [english] if english else [swedish, "sv"] if swedish and language == "en" else [swedish]


def _marks(entity: Entity) -> dict[str, Any]:
    """Its own name where it is shown by another, its short name where that is not the same, and that it is made up."""
    short = "" if entity.short_name == entity.name else entity.short_name
    marks = {
        "called": entity.name if entity.english("name") else "",
        "short": short,
        "example": int(entity.truth() == "illustrative"),
    }
    return {key: value for key, value in marks.items() if value}


def _aliases(known: Index) -> list[list[Any]]:
    found = {(alias.instead, tuple(sorted(alias.words))) for several in known.aliases.values() for alias in several}
    return [[list(words), instead] for instead, words in sorted(found)]


def _rules(language: Language) -> Mapping[str, Any]:
    return {
        "endings": sorted(letters.ENDINGS),
        "deriving": letters.DERIVING,
        "verbal": sorted(letters.VERBAL),
        "quality": letters.QUALITY,
        "adjectival": sorted(letters.ADJECTIVAL),
        "pluralStems": letters.PLURAL_STEMS,
        "filling": sorted(asking.FILLING),
        "letters": letters.LETTERS_OF_THEIR_OWN,
        "shortest": _shortest(),
        "slips": letters.LENGTHS_OF_SLIPS,
        "fit": _fit(),
        "question": {"longest": asking.LONGEST, "words": asking.MOST_WORDS},
        "excerpt": {"longest": marking.LONGEST, "least": marking.SHORTEST},
        "most": {"alike": matching.MOST_ALIKE, "compared": matching.MOST_COMPARED, "near": MOST_NEAR},
        "few": ranking.FEW,
        "inAName": ranking.IN_A_NAME,
        "filled": ranking.FILLING,
        "muchOfTheName": ranking.MUCH_OF_THE_NAME,
        "whole": ranking.WHOLE,
        "words": {
            "synonym": said(synonym("{word}", "{term}"), language),
            "alike": said(alike("{word}", "{other}"), language),
        },
    }


def _shortest() -> Mapping[str, int]:
    return {
        "left": letters.SHORTEST_LEFT,
        "first": matching.SHORTEST_FIRST,
        "last": matching.SHORTEST_LAST,
        "inside": matching.SHORTEST_INSIDE,
        "stripped": matching.SHORTEST_STRIPPED,
        "surely": matching.SURELY_A_WORD,
        "part": matching.SHORTEST_PART,
        "end": SHORTEST_END,
    }


def _fit() -> Mapping[str, Any]:
    return {
        "same": matching.SAME,
        "marks": matching.MARKS,
        "form": matching.FORM,
        "related": matching.RELATED,
        "last": matching.LAST,
        "first": matching.FIRST,
        "inside": matching.INSIDE,
        "otherMarks": matching.OTHER_MARKS,
        "fewerMarks": matching.FEWER_MARKS,
        "synonym": matching.SYNONYM,
        "slips": matching.SLIPS,
        "parted": matching.PARTED,
        "apart": matching.APART,
        "hardly": matching.HARDLY,
    }
