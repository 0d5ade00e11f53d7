"""The links of a text in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CODE = r"(?P<{0}>`+)(?!`).*?(?<!`)(?P={0})(?!`)"
_LINK = re.compile(
    rf"""\\.|{_CODE.format("code")}|"""
    rf"""\[(?P<text>(?:\\.|{_CODE.format("inner")}|[^]\\`])*)\]\((?P<to>[^()\s]*)(?P<title>\s+"(?:\\.|[^"\\])*")?\)""",
    re.DOTALL,
)
"""A link as the pages' twins have it; before that what looks like one: a sign that is only itself, and code."""


def links(text: str) -> Iterator[str]:
    """Every link, as it is written; the report's stand between < and >."""
    return (re.sub("^<(.*)>$", r"\1", found["to"]) for found in _LINK.finditer(text) if found["to"] is not None)


def with_links(text: str, new: Callable[[str], str | None]) -> str:
    """The text with each link as `new` has it; only its words where that is None.

    A link that says where it leads says that of the new one.
    """

    def link(found: re.Match[str]) -> str:
        if found["to"] is None:
            return found[0]
        to = new(found["to"])
        words = to if to and found["text"] == found["to"] else found["text"]
        return words if to is None else f"[{words}]({to}{found['title'] or ''})"

    return _LINK.sub(link, text)
