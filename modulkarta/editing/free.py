"""Whether an id may be given to something: one clear sentence where it may not."""

from __future__ import annotations

from collections.abc import Iterable

from modulkarta.editing.former import former_ids
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue
from modulkarta.nearest import meaning
from modulkarta.placement import is_id, likely_id


def unusable(catalogue: Catalogue, id_: str, besides: str = "") -> Message | None:
    """Why an id cannot be given to something new, or to the thing whose id is `besides`; None if it can."""
    if not is_id(id_):
        return _not_an_id(id_)
    if id_ in catalogue.known:
        return message("”{id}” är redan id för något annat", id=id_)
    for entity in catalogue.described:
        if entity.id != besides and id_ in former_ids(entity.document):
            return message("”{id}” är tidigare id för ”{other}”; gamla länkar skulle leda fel", id=id_, other=entity.id)
    return None


def clashing(path: str, paths: Iterable[str], besides: str = "") -> Message | None:
    """That a file cannot lie beside another whose name differs in capitals only: not every disk tells them apart."""
    for other in paths:
        if other != besides and other.casefold() == path.casefold():
            return message(
                "filen {file} finns redan; vissa datorer skiljer inte på stora och små bokstäver", file=other
            )
    return None


def _not_an_id(word: str) -> Message:
    meant = likely_id(word)
    what = message("”{id}” är inte ett id: bara små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken",
                   id=word)  # fmt: skip
    return meaning(what, meant) if meant else what
