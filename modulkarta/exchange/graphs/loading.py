"""JSON that is to be a catalogue: read whole, or not at all."""

from __future__ import annotations

from typing import Any

from modulkarta.exchange.inward import Source, letters
from modulkarta.exchange.strict_json import text_of, value_of
from modulkarta.exchange.texts import misread
from modulkarta.findings import Finding, Location

LARGEST = 40_000_000
"""Bytes of a file: fifty times the largest catalogue that is known."""


def loaded(source: Source) -> tuple[Any, str] | Finding:
    """What a file says, numbers as they are written, and its text; or why it cannot be read."""
    text = text_of(source, LARGEST)
    if isinstance(text, Finding):
        return text
    value = value_of(text)
    if isinstance(value, Finding):
        return value
    return letters(Location(file=source.name)) if misread(text.text) else (value, text.text)
