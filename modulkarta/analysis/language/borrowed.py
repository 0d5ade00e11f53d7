"""What in a text is not the writer's own words: quotations, code, addresses, names that others have given."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

Span = tuple[int, int]
"""The first character and the one after the last."""

_SAID = r"(?:.|\n(?!\s*\n)){0,1000}?"
"""What stands between two marks: it ends where the paragraph does. The number keeps a text of marks only quick."""

_BORROWED = re.compile(
    rf"""
      ^\ {{0,3}} (?P<fence> ```+ | ~~~+ ) [\s\S]*? (?: ^\ {{0,3}}(?P=fence) | \Z )   # code on lines of its own
    | ^\ {{0,3}}> .* (?: \n (?!\s*$) .+ )*                                           # a block of quotation
    | (?<!`) (?P<ticks> `+ ) (?!`) {_SAID} (?<!`) (?P=ticks) (?!`)                   # code among words
    | [”“„] {_SAID} [”“]
    | [»«] {_SAID} [»«]
    | " {_SAID} "
    | (?<!\w) [’‘‚'] (?=\S) {_SAID} (?<=\S) [’‘'] (?!\w)
    | (?<=\]\() [^)\s]*                                                              # where a link leads
    | ^\ {{0,3}} \[[^\]\n]+\]: [ \t]* \S+
    | < [A-Za-z/!] [^<>\n]* >
    | (?<![^\s(]) (?: / | -- ) \w\S*                                                 # a path or an option
    """,
    re.VERBOSE | re.MULTILINE,
)
_WRITTEN_TOGETHER = re.compile(r"([^\s()\[\]<>]+)[^\s\[\]<>]*")
_TECHNICAL = re.compile(r"://|@|www\.|mailto:|[^\W_]_+[^\W_]|[=#\\$]|\w\.\w\w")
"""What makes something written together an address, a file or code."""
_ID = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?:-[a-z0-9]+)+")


def borrowed(text: str, names: Iterable[str], ids: Container[str]) -> list[Span]:
    """The stretches of a text that are quoted, code, addresses, one of some names, or one of some ids in parts."""
    spans = [found.span() for found in _BORROWED.finditer(text)]
    spans += [found.span() for found in _WRITTEN_TOGETHER.finditer(text) if _TECHNICAL.search(found[1])]
    spans += [found.span() for found in _ID.finditer(text) if found[0] in ids]
    squeezed = " ".join(text.split())
    return spans + [span for name in names if " ".join(name.split()) in squeezed for span in _named(text, name)]


def within(at: Span, spans: Iterable[Span]) -> bool:
    """Whether one of some stretches holds all of another."""
    return any(begin <= at[0] and at[1] <= end for begin, end in spans)


def _named(text: str, name: str) -> Iterator[Span]:
    return (found.span() for found in _pattern(name).finditer(text))


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)" if words else r"(?!)")
