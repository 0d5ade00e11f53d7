"""What stands under a picture: its message, the day it shows, and where it is from."""

from __future__ import annotations

from datetime import date

from modulkarta.findings import message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, said


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
