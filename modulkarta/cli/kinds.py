"""A kind as somebody writes it: by its name, its address or what it is called."""

from __future__ import annotations

import click

from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue
from modulkarta.nearest import nearest


def kind_of(catalogue: Catalogue, written: str) -> Kind:
    """The kind that is meant; one clear sentence, with the nearest, when there is none."""
    by_word: dict[str, Kind] = {}
    for kind in catalogue.metamodel.kinds.values():
        labels = (kind.label.sv, kind.plural.sv, kind.label.en, kind.plural.en)
        for word in (kind.name, kind.slug, kind.folder, *labels):
            by_word.setdefault(word.casefold(), kind)
    found = by_word.get(written.strip().casefold())
    if found:
        return found
    meant = nearest(written.casefold()[:100], by_word)
    hint = f"Menade du {by_word[meant].name}?" if meant else "modulkarta list visar alla."
    raise click.UsageError(f"Sorten ”{written[:100]}” finns inte. {hint}")
