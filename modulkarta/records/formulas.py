"""What a spreadsheet would take for a formula stays a text: said in one place for all that write or read tables."""

from __future__ import annotations

import re

_BEGINS = "=+\\-@\t\r\n\0|%＝＋－＠"
"""What begins a formula somewhere: also in the wide letters of the East, and what stands before one and is not seen."""
_FORMULA = re.compile(rf"'*\s*[{_BEGINS}]")
_SAFE = re.compile(rf"'+\s*[{_BEGINS}]")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might take a cell for a formula, or for one that has been made safe."""
    return _FORMULA.match(cell) is not None


def neutralised(cell: str) -> str:
    """A cell that is a text to every spreadsheet: with an apostrophe before what might be a formula."""
    return f"'{cell}" if is_formula(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before `neutralised`."""
    return cell[1:] if _SAFE.match(cell) else cell
