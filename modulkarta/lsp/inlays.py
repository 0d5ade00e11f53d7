"""The names of ids, shown beside them where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lsprotocol.types import InlayHint, Range

from modulkarta.lsp.spot import Spot


def names(spot: Spot, span: Range) -> Iterator[InlayHint]:
    """The name of each thing that is named within a range, where the id does not say it already."""
    for token in spot.references():
        if span.start.line <= token.line <= span.end.line:
            entity = spot.catalogue.get(token.word)
            if entity and _bare(entity.name) != _bare(entity.id):
                at = spot.sheet.position(token.line, token.end)
                yield InlayHint(position=at, label=entity.name, padding_left=True)


def _bare(text: str) -> str:
    """A text as an id would write it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
