"""The places in a text that a number of the report is put in: `{{glapp.antal}}`, `{{glapp.antal:ord}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from modulkarta.findings import Message, message
from modulkarta.prose import Part
from modulkarta.prose.slots import NO_TEXT

TOKEN = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")

FORMS: Mapping[str, Message] = {
    "": message("i siffror"),
    "ord": message("i ord"),
    "ett": message("i ord, före ett ord med ett"),
    "förra": message("i förra rapporten"),
    "ändring": message("skillnaden mot förra rapporten"),
}
"""How a number may be said, by what is written after the colon."""

_FOLDED = {"forra": "förra", "andring": "ändring"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A number that is asked for: as it is written, its name, how it is said, and the line it stands on."""

    written: str
    name: str
    form: str
    line: int


def tokens(part: Part) -> Iterator[Token]:
    """What a part asks for, in order."""
    for number, line in enumerate(part.lines, part.line + 1):
        for found in TOKEN.finditer(line):
            if found[0] != NO_TEXT:
                name, form = parted(found[1])
                yield Token(written=found[0], name=name, form=form, line=number)


def parted(written: str) -> tuple[str, str]:
    """The name and the form of what stands between the braces."""
    name, _, form = written.partition(":")
    form = form.strip()
    return name.strip(), _FOLDED.get(form, form)
