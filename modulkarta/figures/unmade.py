"""Why a file cannot be made here."""

from __future__ import annotations

from modulkarta.findings import Message
from modulkarta.wording import said


class CannotMake(Exception):
    """A library is missing, or refuses; `message` says why, in words for people."""

    def __init__(self, reason: Message) -> None:
        super().__init__(said(reason))
        self.message = reason
