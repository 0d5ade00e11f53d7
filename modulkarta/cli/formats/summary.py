"""The last line: how many of what."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.cli.formats.checked import Checked
from modulkarta.findings import Message, counted


def summary(checked: Checked) -> Iterator[Message]:
    """The parts of the line that people read last."""
    yield counted("{n} fil", "{n} filer", checked.read.files)
    for severity, one, many in (
        ("error", "{n} fel", "{n} fel"),
        ("warning", "{n} varning", "{n} varningar"),
        ("info", "{n} upplysning", "{n} upplysningar"),
    ):
        yield counted(one, many, checked.count(severity))
    if checked.read.waived:
        yield counted("{n} undantag", "{n} undantag", len(checked.read.waived))
    if checked.read.knock_on:
        yield counted(
            "{n} sak kan inte kontrolleras förrän felen är rättade",
            "{n} saker kan inte kontrolleras förrän felen är rättade",
            checked.read.knock_on,
        )
