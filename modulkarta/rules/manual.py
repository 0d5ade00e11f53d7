"""The manual: a page for every code, taken from the docstring of the function that finds it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from modulkarta import rules
from modulkarta.placement import PLACEMENTS
from modulkarta.shape.problems import SHAPES
from modulkarta.source import foreign
from modulkarta.source.problems import PROBLEMS

_ALL: dict[str, Callable[..., object]] = {**PROBLEMS, **SHAPES, **PLACEMENTS, **rules.CODES, **foreign.PROBLEMS}
CODES: Mapping[str, Callable[..., object]] = dict(sorted(_ALL.items()))
"""Every code with the function that finds it."""

_PAGE = re.compile(r"(?P<title>[^\n]+)\n\n(?P<why>.+?)\n\nFel:\n(?P<wrong>.+?)\nRätt:\n(?P<right>.+)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a rule says, why, and an example wrong and right."""

    code: str
    title: str
    why: str
    wrong: str
    right: str


def page(code: str) -> Page | None:
    """The manual page of a code; None when there is no such code."""
    function = CODES.get(code)
    match = _PAGE.fullmatch(inspect.getdoc(function) or "") if function else None
    if match is None:
        return None
    title, why, wrong, right = match.group("title", "why", "wrong", "right")
    return Page(
        code=code, title=title.rstrip("."), why=why, wrong=inspect.cleandoc(wrong), right=inspect.cleandoc(right)
    )
