"""The judgements of secrecy in a catalogue: one for each file, for what is laid over a thing is judged by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modulkarta.analysis.secrecy import weighed
from modulkarta.levels import HIGHEST
from modulkarta.model import Catalogue, Entity
from modulkarta.source.joined import Joined


def judged(catalogue: Catalogue) -> Iterator[Entity]:
    """The entities with a judgement, each with that of one file and its places.

    Not those that merely say that everybody may see them: of that there is nothing more to say.
    """
    for entity in weighed(catalogue):
        document = entity.document
        if isinstance(document, Joined):
            first, more = document.first.tree.get("secrecy"), document.more.tree.get("secrecy") or {"level": HIGHEST}
            if first:
                yield replace(entity, fields={**entity.fields, "secrecy": first}, document=document.first)
            yield replace(entity, fields={**entity.fields, "secrecy": more}, document=document.more)
        elif "secrecy" in entity.fields:
            yield entity
