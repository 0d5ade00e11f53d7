"""What was found, as programs read it."""

from __future__ import annotations

from collections.abc import Sequence

from modulkarta.model import Catalogue
from modulkarta.records.values import Record
from modulkarta.search import Hit, Results
from modulkarta.search.reasons import reasons
from modulkarta.wording import Language, said


def search(catalogue: Catalogue, found: Results, hits: Sequence[Hit], most: int, language: Language) -> Record:
    """What was found: the first of some hits, in their order, and how many those are in all."""
    full = {hit.entity.id for hit in found.hits[: found.full]}
    return {
        "schema": "modulkarta/search/1",
        "query": found.query,
        "total": len(hits),
        "with_all_words": len(full & {hit.entity.id for hit in hits}),
        "missing": list(found.missing),
        "meant": found.meant or None,
        "kinds": [kind.name for kind in found.kinds],
        "near": [entity.id for entity in found.near],
        "hits": [_hit(catalogue, hit, language) for hit in hits[:most]],
    }


def _hit(catalogue: Catalogue, hit: Hit, language: Language) -> Record:
    entity = hit.entity
    return {
        "entity": entity.id,
        "kind": entity.kind.name,
        "name": entity.name,
        "summary": entity.fields.get("summary"),
        "score": hit.score,
        "exact": hit.exact,
        "why": [said(reason.words, language) for reason in reasons(catalogue, hit)],
        "truth": entity.truth(),
        "file": entity.file,
    }
