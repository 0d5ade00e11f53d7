"""The names of ids, shown beside them where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import InlayHint, Range

from modulkarta.lsp.spot import Spot
from modulkarta.placement import id_of


def names(spot: Spot, span: Range) -> Iterator[InlayHint]:
    """The name of each thing that is named within a range, where the id does not say it already."""
    for token in spot.references():
        if span.start.line <= token.line <= span.end.line:
            entity = spot.catalogue.get(token.word)
            if entity and id_of(entity.name) != entity.id:
                at = spot.sheet.position(token.line, token.end)
                yield InlayHint(position=at, label=entity.name, padding_left=True)
