"""A file for a month's text to be filled in: every place in the section, and every number with its value of today."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.findings import message
from modulkarta.prose.slots import NO_TEXT, SLOTS, SPELT
from modulkarta.prose.tokens import FORMS
from modulkarta.report.numbers import Numbers
from modulkarta.wording import Language, capital, said

_EXAMPLE = "glapp.antal"


def draft(month: str, numbers: Numbers, language: Language) -> str:
    """The text of the file; it claims nothing, and all that is not a heading is a comment."""
    return "\n".join(_lines(month, numbers, language)) + "\n"


def _lines(month: str, numbers: Numbers, language: Language) -> Iterator[str]:
    yield from ("---", f"# {said(_WHO, language)}", "secrecy: internal", "---", "", "<!--")
    yield said(message("Text till rapporten för {month}. Inget skriver över den här filen.", month=month), language)
    yield ""
    yield said(_HOW, language)
    yield said(message("Skriv {no_text} där det inte ska stå någon text den här gången.", no_text=NO_TEXT), language)
    yield ""
    yield said(_NUMBERS, language)
    yield from _forms(language)
    yield ""
    width = max(map(len, numbers)) + 4
    yield from (f"  {f'{{{{{one.token}}}}}':<{width}} {one.value:>5}  {one.label}" for one in numbers.values())
    yield "-->"
    for slot, meant in SLOTS.items():
        yield from ("", f"## {capital(SPELT.get(slot, slot))}", "", f"<!-- {said(meant, language)} -->")


def _forms(language: Language) -> Iterator[str]:
    for form, meant in FORMS.items():
        token = f"{{{{{_EXAMPLE}:{form}}}}}" if form else f"{{{{{_EXAMPLE}}}}}"
        yield f"  {token:<24} {said(meant, language)}"


_WHO = message("Vem får läsa? public (alla), internal (de egna) eller secret (de som får se allt).")
_HOW = message(
    "Skriv under rubrikerna: stycken, listor (-), **fet**, *kursiv* och [länkar](https://…).\n"
    "Det här är en kommentar till dig, och kommer inte med. Den får tas bort."
)
_NUMBERS = message(
    "Skriv inga tal för hand: ett namn inom klamrar byts mot talet som rapporten räknar fram.\n"
    "Så säger texten och tabellerna alltid samma sak. Talen i dag:"
)
