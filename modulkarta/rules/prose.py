"""8xx: what people write by hand for the reports."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.findings import Edit, Finding, Location, Message, Severity, message
from modulkarta.levels import LEVELS
from modulkarta.model import Catalogue
from modulkarta.nearest import nearest, shown
from modulkarta.prose import Part, Prose, is_astray
from modulkarta.prose.markdown import odd
from modulkarta.prose.numbers import NAMES
from modulkarta.prose.slots import SLOTS, slot_of
from modulkarta.prose.tokens import FORMS, Token, tokens

_ABOUT = ("secrecy",)


def unknown_slot(catalogue: Catalogue) -> Iterator[Finding]:
    """Rubriken i månadens text är ingen plats i rapporten.

    I reports/ÅÅÅÅ-MM.md visar rubrikerna (##) var i rapporten texten ska stå. En text under en annan rubrik kommer inte
    med. Platserna är sammanfattning, malbild, nulage, gap, fardplan, ersattning, standarder, risker, forandringar och
    beslut.

    Fel:
        ## Sammanfatning
        Arbetet följer planen.
    Rätt:
        ## Sammanfattning
        Arbetet följer planen.
    """
    for prose, part in _parts(catalogue):
        if part.heading is None or part.slot or part.withheld:
            continue
        at = prose.at(part.line, part.heading)
        meant = nearest(slot_of(part.heading) or part.heading.casefold(), SLOTS)
        hint = (
            message("menade du ”{word}”?", word=meant) if meant else message("platserna är {all}", all=", ".join(SLOTS))
        )
        fix = (Edit(location=at, text=meant),) if meant and part.heading else ()
        what = message("”{heading}” är ingen plats i rapporten, så texten under den kommer inte med",
                       heading=shown(part.heading))  # fmt: skip
        yield _found("MK801", at, what, hint, fix=fix)


def outside(catalogue: Catalogue) -> Iterator[Finding]:
    """Texten står före den första rubriken.

    I reports/ÅÅÅÅ-MM.md står varje text under en rubrik (##) som säger var i rapporten den hör hemma. Det som står
    före den första rubriken kommer inte med. Anteckningar till er själva skrivs som kommentarer: <!-- … -->.

    Fel:
        Arbetet följer planen.
        ## Risker
    Rätt:
        ## Sammanfattning
        Arbetet följer planen.
        ## Risker
    """
    for prose, part in _parts(catalogue):
        if part.heading is None and not part.empty:
            first = next(number for number, line in enumerate(part.lines, 1) if line.strip())
            what = message("texten står före den första rubriken och kommer inte med")
            hint = message("sätt en rubrik över den: ## sammanfattning")
            yield _found("MK802", prose.at(first), what, hint)


def unknown_token(catalogue: Catalogue) -> Iterator[Finding]:
    """Talet i månadens text finns inte.

    {{glapp.antal}} byts mot talet som rapporten räknar fram, så att text och tabeller säger samma sak. Ett namn som
    inte finns står kvar som det är skrivet. Efter ett kolon står hur talet sägs: {{glapp.antal:ord}}. Alla namn står i
    filen som `modulkarta new report` skriver.

    Fel:
        Planen har {{glap.antal}} glapp.
    Rätt:
        Planen har {{glapp.antal}} glapp.
    """
    for prose, part in _parts(catalogue):
        for token in tokens(part) if part.slot else ():
            if reason := _unknown(token):
                yield _misspelt(prose, token, *reason)


def no_form(catalogue: Catalogue) -> Iterator[Finding]:
    """Månadens text innehåller något som rapporten inte har någon form för.

    Texten får ha stycken, listor, fet och kursiv stil och länkar till webbsidor. Annat (tabeller, bilder, HTML, citat,
    fler rubriker) går inte att klistra in likadant överallt. Det visas som det är skrivet, tecken för tecken.

    Fel:
        | System | Slut |
        |---|---|
        | Ambulink | 2027 |
    Rätt:
        - Ambulink slutar 2027
    """
    for prose, part in _parts(catalogue):
        for one in odd(part) if part.slot else ():
            what = message("{what} visas som det är skrivet", what=one.what)
            hint = message("skriv stycken, listor (-), **fet**, *kursiv* eller [länk](https://…)")
            yield _found("MK804", prose.at(one.line), what, hint, severity="warning")


def no_month(catalogue: Catalogue) -> Iterator[Finding]:
    """Filen med månadens text har ett namn som inte är en månad.

    Namnet säger vilken rapport texten hör till: 2026-11.md, och 2026-11.en.md för den engelska. En fil som heter något
    annat kommer inte med i någon rapport.

    Fel:
        reports/november.md
    Rätt:
        reports/2026-11.md
    """
    for prose in catalogue.prose:
        if prose.month is None:
            what = message("filen hör inte till någon rapport, för namnet är ingen månad")
            hint = message("döp den till ÅÅÅÅ-MM.md, eller ÅÅÅÅ-MM.en.md för engelska")
            if is_astray(prose.file):
                what = message("filen hör inte till någon rapport, för den ligger i en mapp för sig")
                hint = message("flytta den till mappen reports")
            yield _found("MK805", Location(file=prose.file), what, hint)


def unknown_about(catalogue: Catalogue) -> Iterator[Finding]:
    """Det som månadens text säger om sig själv går inte att förstå.

    Först i filen kan stå vem som får läsa den. Står inget räknas den som intern. Står något annat än public, internal
    eller secret visas den bara för dem som får se allt.

    Fel:
        ---
        secrecy: publik
        ---
    Rätt:
        ---
        secrecy: public
        ---
    """
    for prose in catalogue.prose:
        for key, (line, value) in prose.about.items():
            if key not in _ABOUT:
                what = message("”{key}” betyder inget här", key=shown(key))
                yield _found("MK806", prose.at(line, key), what, message("här står bara secrecy"))
            elif value not in LEVELS:
                what = message("”{level}” är ingen nivå", level=shown(value))
                yield _found("MK806", prose.at(line, value), what, message("nivåerna är {all}", all=", ".join(LEVELS)))


def _parts(catalogue: Catalogue) -> Iterator[tuple[Prose, Part]]:
    yield from ((prose, part) for prose in catalogue.prose for part in prose.parts)


def _unknown(token: Token) -> tuple[Message, str | None] | None:
    """What is wrong with a token, and what is to stand between its braces instead if that is known."""
    if token.name not in NAMES:
        meant = nearest(token.name.casefold(), NAMES)
        form = f":{token.form}" if token.form else ""
        return message("talet ”{name}” finns inte", name=shown(token.name)), f"{meant}{form}" if meant else None
    if token.form not in FORMS:
        meant = nearest(token.form.casefold(), filter(None, FORMS))
        what = message("ett tal sägs inte som ”{form}”", form=shown(token.form))
        return what, f"{token.name}:{meant}" if meant else None
    return None


def _misspelt(prose: Prose, token: Token, what: Message, meant: str | None) -> Finding:
    at = prose.at(token.line, token.written)
    written = f"{{{{{meant}}}}}"
    hint = (
        message("menade du ”{word}”?", word=written)
        if meant
        else message("alla namn står i filen som modulkarta new report skriver")
    )
    fix = (Edit(location=at, text=written),) if meant else ()
    return _found("MK803", at, what, hint, fix=fix)


def _found(
    code: str, at: Location, what: Message, hint: Message, *, severity: Severity = "error", fix: tuple[Edit, ...] = ()
) -> Finding:
    return Finding(code=code, severity=severity, location=at, message=what, hint=hint, fix=fix)
