"""What stands under a picture: its message, the day it shows, and where it is from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, said

_MOST_NAMES = 20


def source(catalogue: Catalogue, *, on: date, version: str, language: Language = "sv") -> str:
    """The day that something shows, and exactly which catalogue it is from."""
    words = message(
        "Läge {day}. Källa: {title}, version {version}.",
        day=on.isoformat(), title=catalogue.settings.title, version=version,
    )  # fmt: skip
    return said(words, language)


def caption(title: str, source: str) -> str:
    """The caption of a picture after its number: its message as a sentence, and its source."""
    return f"{title if title.endswith(('.', '!', '?', '…')) else f'{title}.'} {source}"


def not_drawn(names: Sequence[str]) -> Message:
    """What a picture had no room for; of very many the first are named."""
    if len(names) <= _MOST_NAMES:
        every = ", ".join(names)
        return counted(
            "{n} fick inte plats i bilden, men står i tabellen: {names}.",
            "{n} fick inte plats i bilden, men står i tabellen: {names}.", len(names), names=every,
        )  # fmt: skip
    first = ", ".join(names[:_MOST_NAMES])
    return message(
        "{n} fick inte plats i bilden, men står i tabellen. De första är {names}.", n=len(names), names=first
    )
