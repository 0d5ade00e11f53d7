"""The names of things as commands print them: what is an illustration says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from modulkarta.model import Catalogue, Truth
from modulkarta.wording import Language, marked

_MOST_LINKS = 10


def named(catalogue: Catalogue, id_: str, language: Language, *rests_on: Truth) -> str:
    """A name, marked where the thing itself, or what else the words about it rest on, is an illustration."""
    found = catalogue.entities.get(id_)
    truths = (*rests_on, *((found.truth(),) if found else ()))
    return marked(catalogue.name(id_), "illustrative" if "illustrative" in truths else "", language)


def names(catalogue: Catalogue, ids: Iterable[str], language: Language) -> str:
    """Several names in a row, each marked by itself; empty of none."""
    return ", ".join(named(catalogue, id_, language) for id_ in ids)


def chained(catalogue: Catalogue, ids: Sequence[str]) -> str:
    """The short names of a chain; of a long one its first and last with the number between."""
    shown = [catalogue.entities[id_].short_name for id_ in ids[:_MOST_LINKS]]
    between = len(ids) - _MOST_LINKS - 1
    if between > 0:
        shown.append(f"… {between} …")
    if between >= 0:
        shown.append(catalogue.entities[ids[-1]].short_name)
    return " → ".join(shown)
