"""The judgements of secrecy: one for each file, for what is laid over a thing is judged by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modulkarta.levels import HIGHEST
from modulkarta.model import Entity
from modulkarta.source.joined import Joined


def judgements(entity: Entity) -> Iterator[Entity]:
    """An entity with each judgement of it: that of one file and its places."""
    document = entity.document
    if isinstance(document, Joined):
        first, more = document.first.tree.get("secrecy"), document.more.tree.get("secrecy") or {"level": HIGHEST}
        if first:
            yield replace(entity, fields={**entity.fields, "secrecy": first}, document=document.first)
        yield replace(entity, fields={**entity.fields, "secrecy": more}, document=document.more)
    elif "secrecy" in entity.fields:
        yield entity
