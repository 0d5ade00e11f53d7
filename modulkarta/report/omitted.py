"""What a report leaves out because it is made up: counted, and named."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.findings import Message, counted
from modulkarta.model import Catalogue
from modulkarta.report.blocks import Block, bullets, paragraph
from modulkarta.wording import Language, capital, in_order, sentence


def summary(catalogue: Catalogue) -> Message | None:
    """How much is left out; None where nothing is."""
    if not catalogue.omitted:
        return None
    return counted(
        "exempel är utelämnade: {n} post är inte med, och det som vilar på den kan inte bedömas",
        "exempel är utelämnade: {n} poster är inte med, och det som vilar på dem kan inte bedömas",
        len(catalogue.omitted),
    )


def plans(catalogue: Catalogue) -> frozenset[str]:
    """The systems whose plan is left out, or not for this audience: nobody may be told that they have none."""
    left_out = (entity for entity in catalogue.omitted if entity.kind.name == "replacement")
    hidden = (system.id for system in catalogue.of_kind["system"] if catalogue.veils("plan", system.id))
    return frozenset((*(str(entity.fields["replaces"]) for entity in left_out), *hidden))


def by_kind(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Each kind that something is left out of, as it is called, and the names of that."""
    for kind in catalogue.metamodel.kinds.values():
        names = [entity.name_in(language) for entity in catalogue.omitted if entity.kind.name == kind.name]
        if names:
            yield kind.plural.in_(language), in_order(names, key=str)


def listing(catalogue: Catalogue, language: Language) -> list[str]:
    """Everything that is left out, a line a kind."""
    return [f"{capital(kind)} ({len(names)}): {', '.join(names)}" for kind, names in by_kind(catalogue, language)]


def blocks(catalogue: Catalogue, language: Language) -> Iterator[Block]:
    """What the grounds of the section say of it."""
    if told := summary(catalogue):
        yield paragraph(sentence(told, language))
        yield bullets(listing(catalogue, language))
