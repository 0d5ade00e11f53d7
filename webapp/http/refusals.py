"""What is answered where no page can be made: a line in each language, and nothing of the catalogue or the program."""

from __future__ import annotations

from http import HTTPStatus

from modulkarta.findings import Message, message
from modulkarta.wording import LANGUAGES, said

_WHY: dict[int, Message] = {
    400: message("Frågan går inte att förstå."),
    408: message("Frågan kom inte fram i tid."),
    413: message("Frågan är för stor. Visaren tar bara emot frågor, inga filer."),
    414: message("Adressen är för lång."),
    421: message("Visaren svarar inte på det namn som står i adressen. modulkarta serve --host NAMN lägger till ett."),
    431: message("Frågans huvud är för stort. Rensa webbplatsens kakor och försök igen."),
    500: message("Något gick fel hos oss. Försök igen om en stund."),
    501: message("Visaren kan inte svara på den sortens fråga."),
    503: message("Många frågar samtidigt. Försök igen om en liten stund."),
}
SOON = 10
"""Seconds until it is worth while to ask again, where that helps."""


def refusal(code: int) -> tuple[str, list[tuple[str, str]], bytes]:
    """The status, the headers and the body of an answer that only says why there is none."""
    why = _WHY.get(code) or _WHY[500 if code >= 500 else 400]
    body = "".join(f"{said(why, language)}\n" for language in LANGUAGES).encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    later = [("Retry-After", str(SOON))] if code == 503 else []
    return f"{code} {HTTPStatus(code).phrase}", [*headers, *later], body
