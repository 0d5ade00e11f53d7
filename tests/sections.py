"""Sections of a report that hold nothing but what a test is about."""

from __future__ import annotations

from datetime import date

from modulkarta.report.blocks import Block, Section
from modulkarta.wording import Language

ON = date(2026, 11, 30)


def holding(*blocks: Block, language: Language = "sv", title: str = "Titel") -> Section:
    """A section of some blocks."""
    return Section(title=title, language=language, length="bilaga", on=ON, version="v", blocks=blocks)
