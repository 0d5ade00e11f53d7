"""Texts of other programs as the catalogue can hold them: no signs that cannot be seen, no longer than a field."""

from __future__ import annotations

import re

from modulkarta.source.text import INVISIBLE, Tree

LONGEST_NAME, LONGEST_SUMMARY, LONGEST_DESCRIPTION = 120, 200, 8000
"""As the schemas have it (`common.schema.json`); a test holds them together."""
LONGEST_WORD = 400
"""Of a version, an identifier and the like."""

_BEGINNINGS = {b"PK\x03\x04": "ZIP", b"\x1f\x8b": "GZIP", b"%PDF": "PDF", b"{": "JSON", b"[": "JSON", b"<": "XML"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|^#{1,6}\s+|^>\s?|[*`]{1,3}", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,590}")
_MISREAD = re.compile("Ã[\x80-\xbf…„–]|â€[™œ“”]")
_LOST = "\ufffd"


def plain(text: str) -> str:
    """A text without signs that YAML refuses or that turn what is read; line breaks are kept."""
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str, longest: int = LONGEST_WORD) -> str:
    """A text on one line, cut at a word where it is too long."""
    return cut(" ".join(plain(text).split()), longest)


def cut(text: str, longest: int) -> str:
    """A text no longer than may be; what is cut ends with `…`, at a word where there is one."""
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    return f"{start.rpartition(' ')[0] or start}…"


def summary(text: str) -> str:
    """The first sentences of a text that a summary has room for, on one line."""
    whole = line(text, 10 * LONGEST_DESCRIPTION)
    said = ""
    for sentence in _SENTENCE.split(whole):
        if len(said) + len(sentence) + 1 > LONGEST_SUMMARY:
            break
        said = f"{said} {sentence}".strip()
    return said or cut(whole, LONGEST_SUMMARY)


def paragraphs(text: str) -> str:
    """A longer text with its paragraphs, without what its file indented it with."""
    several = re.split(r"\n\s*\n", plain(text).strip())
    return cut("\n\n".join("\n".join(" ".join(row.split()) for row in one.splitlines()) for one in several),
               LONGEST_DESCRIPTION)  # fmt: skip


def told(name: str, words: str, *listed: str) -> dict[str, Tree]:
    """What a new thing says of itself: its name, the first of its words as a summary, the others above what is listed.

    What its summary says already is not said again.
    """
    about = paragraphs(words)
    short = summary(unmarked(about))
    whole = "\n\n".join(filter(None, ("" if short == about else about, *listed)))
    fields: dict[str, Tree] = {"name": line(name, LONGEST_NAME)}
    fields |= {"summary": short} if short else {}
    return fields | ({"description": cut(whole, LONGEST_DESCRIPTION)} if whole else {})


def unmarked(text: str) -> str:
    """A text in Markdown as plain words: without the marks of headings, links and emphasis."""
    return _MARKS.sub(lambda found: found[1] or "", text)


def is_address(text: str) -> bool:
    """Whether a text may be a web address of the catalogue."""
    return _ADDRESS.fullmatch(text) is not None


def misread(text: str) -> bool:
    """Whether a text seems to have been UTF-8 that somebody read as something else: `VÃ¥rd`."""
    return bool(_MISREAD.search(text))


def damaged(text: str) -> bool:
    """Whether a text seems to have been misread, or has signs that somebody could not read at all."""
    return _LOST in text or misread(text)


def format_of(data: bytes) -> str:
    """The format that some bytes begin as, by its name; "" where they may be anything."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((name for begins, name in _BEGINNINGS.items() if start.startswith(begins)), "")
