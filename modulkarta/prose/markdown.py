"""Markdown as people write it -> paragraphs and lists; what the report cannot show is shown as it is written, and told.

The parser is imported only when a text is read, and looked past where no sign in it could be anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from modulkarta.findings import Message, message
from modulkarta.prose import Part

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LEADS_SOMEWHERE = ("https://", "http://", "mailto:")
_COULD_BE_ODD = re.compile(
    r"[<`~|]|\]\(|^[^\S\n]*[>#=]|^[^\S\n]*([-*_][ \t]*){3,}$|^(\t| {4,})\S|^ {0,3}-+[ \t]*$", re.MULTILINE
)
_LOOKS = {"strong_open": True, "strong_close": False, "em_open": True, "em_close": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Words that look alike; `address` is where they lead."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A paragraph (one item), or a list."""

    items: tuple[tuple[Piece, ...], ...]
    listed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Odd:
    """Something that the report has no form for: which line of the file, and what it is."""

    line: int
    what: Message


def passages(part: Part) -> tuple[Passage, ...]:
    """What a part says. Whatever it is written in, all its words are there."""
    return _Reading(part).passages() if not part.empty else ()


def odd(part: Part) -> tuple[Odd, ...]:
    """What in a part is shown as it is written, because the report has no form for it."""
    if part.empty or not _COULD_BE_ODD.search(part.body):
        return ()
    reading = _Reading(part)
    reading.passages()
    return tuple(reading.odd)


class _Reading:
    """Walks through the tokens of a part once."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.odd: list[Odd] = []

    def passages(self) -> tuple[Passage, ...]:
        return tuple(self._blocks(_parser().parse(self.part.body)))

    def _blocks(self, tokens: Sequence[Token]) -> Iterator[Passage]:
        at = 0
        while at < len(tokens):
            token, end = tokens[at], _end(tokens, at)
            if token.type == "paragraph_open":
                yield Passage(items=(self._pieces(tokens[at + 1]),))
            elif token.type == "bullet_list_open":
                yield Passage(items=tuple(self._items(tokens[at + 1 : end])), listed=True)
            elif token.type == "ordered_list_open":
                yield from (Passage(items=(item,)) for item in self._items(tokens[at + 1 : end]))
            else:
                yield from self._as_written(token)
            at = end + 1

    def _items(self, tokens: Sequence[Token]) -> Iterator[tuple[Piece, ...]]:
        """The items of a list; what stands in an item becomes items after it."""
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            inner = list(self._blocks(tokens[at + 1 : end]))
            items = [item for passage in inner for item in passage.items]
            number = f"{tokens[at].info}{tokens[at].markup} " if tokens[at].info else ""
            if items and number:
                items[0] = (Piece(text=number), *items[0])
            yield from items or ([(Piece(text=number.strip()),)] if number else [])
            at = end + 1

    def _as_written(self, token: Token) -> Iterator[Passage]:
        """The lines of something that there is no form for, as a paragraph."""
        first, end = token.map or (0, 0)
        lines = [line for line in self.part.lines[first:end] if line.strip()]
        self._tell(first, _WHAT.get(token.type, message("det här")))
        if lines:
            yield Passage(items=((Piece(text=" ".join(" ".join(lines).split())),),))

    def _pieces(self, inline: Token) -> tuple[Piece, ...]:
        """The words of a paragraph, those beside each other that look alike in one piece."""
        pieces: list[Piece] = []
        look, line, titles = Piece(text=""), (inline.map or [0])[0], [""]
        for token in inline.children or ():
            if token.type in ("strong_open", "strong_close"):
                look = replace(look, strong=_LOOKS[token.type])
            elif token.type in ("em_open", "em_close"):
                look = replace(look, emphasis=_LOOKS[token.type])
            elif token.type == "link_open":
                address, title = self._address(token, line)
                look = replace(look, address=address)
                titles.append(title)
            else:
                text = titles.pop() if token.type == "link_close" else self._text(token, line)
                look = replace(look, address="") if token.type == "link_close" else look
                line += token.type in ("softbreak", "hardbreak")
                if pieces and replace(pieces[-1], text="") == look:
                    pieces[-1] = replace(look, text=pieces[-1].text + text)
                elif text:
                    pieces.append(replace(look, text=text))
        return tuple(pieces)

    def _text(self, token: Token, line: int) -> str:
        if token.type in ("softbreak", "hardbreak"):
            return " "
        if token.type == "image":
            self._tell(line, message("en bild"))
            return _image(token)
        if token.type == "html_inline":
            self._tell(line, message("HTML"))
        return token.content

    def _address(self, link: Token, line: int) -> tuple[str, str]:
        """Where a link leads, and what is to stand after its words instead: a title, or an address of no page."""
        address, title = str(link.attrs["href"]), str(link.attrs.get("title", ""))
        after = f" ({title})" if title else ""
        if address.startswith(_LEADS_SOMEWHERE):
            return address, after
        self._tell(line, message("en länk till något annat än en webbsida"))
        return "", f" ({address}){after}"

    def _tell(self, line: int, what: Message) -> None:
        self.odd.append(Odd(line=self.part.line + 1 + line, what=what))


_WHAT = {
    "heading_open": message("en rubrik av annat slag än ##"),
    "html_block": message("HTML"),
    "table_open": message("en tabell"),
    "blockquote_open": message("ett citat"),
    "fence": message("ett kodstycke"),
    "code_block": message("ett indraget kodstycke"),
    "hr": message("en linje"),
}


def _image(token: Token) -> str:
    title = f' "{token.attrs["title"]}"' if token.attrs.get("title") else ""
    return f"![{token.content}]({token.attrs['src']}{title})"


def _end(tokens: Sequence[Token], at: int) -> int:
    """The token that ends what begins at one; itself where it is whole."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark, with tables seen; addresses are written where they are used, so that none is lost."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("table").disable("reference")
