"""Who may see what: three levels, each with those before it."""

from __future__ import annotations

from typing import Literal

Level = Literal["public", "internal", "secret"]
LEVELS: tuple[Level, ...] = ("public", "internal", "secret")
"""From what everybody may see to what fewest may; an audience is named by the highest level that it sees."""
HIGHEST: Level = "secret"
