"""What an export as an ArchiMate model could not say, or says in another way, each with its number."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis import coverage
from modulkarta.exchange.archimate.exporting.content import Model
from modulkarta.exchange.archimate.names import ANY_ELEMENT
from modulkarta.findings import Message, counted
from modulkarta.model import Catalogue


def notes(catalogue: Catalogue, model: Model, signs: int, settings: int, made_up: int) -> Iterator[Message]:
    """What is to be known of a model that has been made, signs replaced, settings left out and examples counted."""
    loose = sum(one.type == "Association" for one in model.relationships)
    if loose:
        yield counted(
            "{n} av {all} relationer är en Association: ArchiMate har ingen som säger mer mellan de sorterna",
            "{n} av {all} relationer är av sorten Association: ArchiMate har ingen som säger mer mellan de sorterna",
            loose, all=len(model.relationships),
        )  # fmt: skip
    odd = sum(one.type == ANY_ELEMENT for one in model.elements)
    if odd:
        yield counted(
            "{n} post är av en sort som ArchiMate saknar, och är en Grouping",
            "{n} poster är av sorter som ArchiMate saknar, och är en Grouping var",
            odd,
        )
    unsure = len(coverage.not_judged(catalogue))
    if unsure and any(one.type == "Gap" or one.type == "Plateau" for one in model.elements):
        yield counted(
            "{n} rad i ersättningarna kan inte bedömas, och är inte med bland glappen",
            "{n} rader i ersättningarna kan inte bedömas, och är inte med bland glappen",
            unsure,
        )
    yield from _otherwise(signs, made_up)
    yield from _left_out(catalogue, settings)


def _otherwise(signs: int, made_up: int) -> Iterator[Message]:
    """What is said in another way."""
    if signs:
        yield counted(
            "{n} tecken som XML inte kan ha är utbytt mot �", "{n} tecken som XML inte kan ha är utbytta mot �", signs
        )
    if made_up:
        yield counted(
            "{n} post är ett exempel, vilket bara egenskapen sanningsvärde säger",
            "{n} poster är exempel, vilket bara egenskapen sanningsvärde säger",
            made_up,
        )


def _left_out(catalogue: Catalogue, settings: int) -> Iterator[Message]:
    """What is not in it."""
    if settings:
        yield counted(
            "{n} inställning i catalogue.yaml är inte med: den gäller bara här",
            "{n} inställningar i catalogue.yaml är inte med: de gäller bara här",
            settings,
        )
    if catalogue.prose:
        yield counted(
            "{n} text till rapporten är inte med", "{n} texter till rapporten är inte med", len(catalogue.prose)
        )
