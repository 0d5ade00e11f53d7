"""What is asked of the viewer under load, and what may not be said of an answer."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field

_MARK = re.compile(rb"\bG(\d{5})\b")
PAGES = {
    "/": 10, "/karta": 10, "/?lang=en": 2, "/karta?datum=2027-06-01": 2, "/karta.md": 2, "/lager": 2,
    "/moduler": 6, "/system": 6, "/moduler/prehospital-journal": 8, "/system/faltjournal": 8,
    "/relationer/prehospital-journal": 3, "/fardplan": 5, "/ersattning": 4, "/sok?q=journal": 5, "/om": 1,
    "/api/v1/moduler": 4, "/api/v1/system/faltjournal": 4, "/bild/karta.svg": 3, "/bild/fardplan.svg": 3, "/rapport": 3,
    "/static/style.css": 7, "/healthz": 2,
}  # fmt: skip
"""Addresses, and how many of a hundred readings each stands for."""
UNMARKED = ("/static/style.css", "/healthz", "/bild/karta.svg")
"""What says nothing that a mark is in."""
_ENDS = {"text/html": b"</html>", "image/svg+xml": b"</svg>"}


def written(number: int) -> str:
    """The mark of a generation as it stands in the files."""
    return f"G{number:05}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came over the line, whole; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Reader:
    """What one connection has seen: it is answered by one process, which never goes back to an earlier generation."""

    newest: int = -1
    tags: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The last ETag of each question, and the mark of what came with it."""

    def mark(self, question: str, answer: Answer) -> tuple[int, str | None]:
        """The mark of the generation that answered, -1 where none is told; and what is wrong with the answer."""
        if answer.status == 304:
            return self._unchanged(question, answer)
        if answer.status != 200:
            return -1, f"svarar {answer.status}"
        try:
            body = _whole(answer)
        except ValueError as error:
            return -1, f"är inte hel: {error}"
        marks = {int(found) for found in _MARK.findall(body)}
        return self._of(question, answer, sorted(marks))

    def _of(self, question: str, answer: Answer, marks: list[int]) -> tuple[int, str | None]:
        if len(marks) > 1:
            return -1, f"blandar generationerna {marks}"
        if not marks:
            return -1, None if question.split(" ")[0] in UNMARKED else "säger inte vilken generation det är"
        self.tags[question] = answer.headers.get("etag", ""), marks[0]
        return self._seen(marks[0])

    def _unchanged(self, question: str, answer: Answer) -> tuple[int, str | None]:
        tag, mark = self.tags.get(question, ("", -1))
        if not tag or answer.headers.get("etag") != tag:
            return -1, "svarar 304 med en annan ETag än den som det frågades med"
        return self._seen(mark)

    def _seen(self, mark: int) -> tuple[int, str | None]:
        if mark < self.newest:
            return mark, f"är av generation {mark}, fast {self.newest} redan är visad"
        self.newest = mark
        return mark, None


def _whole(answer: Answer) -> bytes:
    """What the answer holds; ValueError where something of it is missing."""
    try:
        packed = answer.headers.get("content-encoding") == "gzip"
        body = gzip.decompress(answer.body) if packed else answer.body
    except (OSError, EOFError) as error:
        raise ValueError(str(error)) from None
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if not body.rstrip().endswith(_ENDS.get(kind, b"")):
        raise ValueError("slutet saknas")
    if kind == "application/json":
        json.loads(body)
    return body
