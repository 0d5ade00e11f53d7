"""Lines as YAML breaks and indents them."""

from __future__ import annotations

import re
from collections.abc import Sequence

LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BLOCK_TEXT = re.compile(r"(?:^|[:\-]) *[|>][-+0-9]* *(?:#.*)?$")


def in_block_text(lines: Sequence[str], number: int) -> bool:
    """Whether a line belongs to a text that is begun with | or >, where anything may stand."""
    least = indent(lines[number])
    for above in (lines[n] for n in range(number - 1, -1, -1)):
        if least == 0:
            return False
        if above.strip(" ") and indent(above) < least:
            if _BLOCK_TEXT.search(above):
                return True
            least = indent(above)
    return False


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
