"""What can be wrong with a file before its meaning is looked at; one function a problem.

Each docstring is the manual page that `modulkarta explain` shows, in the language of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from modulkarta.findings import Edit, Finding, Location, Message, Related, message


def unreadable(at: Location, reason: Message) -> Finding:
    """Filen går inte att läsa.

    Filen finns men kan inte öppnas: rättigheter saknas, den är en katalog eller en länk ut ur katalogen.
    Länkar följs bara inom katalogen, så att ingen fil utanför den kan läsas av misstag.

    Fel:
        catalogue/applications/systems/ambulink.yaml -> /etc/passwd
    Rätt:
        catalogue/applications/systems/ambulink.yaml (en vanlig fil)
    """
    return _error("MK101", at, message("filen går inte att läsa: {reason}", reason=reason))


def encoding(at: Location, *, wide: bool = False) -> Finding:
    """Filen är inte skriven i UTF-8.

    Alla filer ska vara UTF-8. En fil som sparats som Latin-1 eller UTF-16 skulle ge fel tecken för å, ä och ö.

    Fel:
        name: V\\xe5rd  (Latin-1)
    Rätt:
        name: Vård  (UTF-8)
    """
    what = message("filen är skriven i UTF-16") if wide else message("tecknet går inte att läsa som UTF-8")
    return _error("MK102", at, what, hint=message("spara filen med teckenkodningen UTF-8"))


def too_large(at: Location, limit: int) -> Finding:
    """Filen är för stor.

    En fil beskriver en enda sak och blir sällan större än tio kilobyte. Gränsen skyddar mot misstag.

    Fel:
        en fil på 300 kB
    Rätt:
        dela upp innehållet på flera filer
    """
    return _error("MK103", at, message("filen är större än {limit} kB", limit=limit // 1024),
                  hint=message("en fil beskriver en sak; dela upp den"))  # fmt: skip


def character(at: Location, code: str) -> Finding:
    """Filen innehåller ett tecken som inte syns.

    Styrtecken, ovanliga radbrytningar (U+0085, U+2028, U+2029) och tecken som vänder skrivriktningen syns inte i
    editorn men ändrar vad som läses eller på vilken rad.

    Fel:
        name: "Ambulink\\0"
    Rätt:
        name: Ambulink
    """
    return _error("MK104", at, message("otillåtet osynligt tecken {code}", code=code),
                  hint=message("ta bort tecknet"))  # fmt: skip


def syntax(
    at: Location, reason: Message, begun: Related | None, fix: tuple[Edit, ...] = (), *, safe: bool = False
) -> Finding:
    """Filen är inte giltig YAML.

    Stället är det där felet ser ut att ha gjorts, annars där läsningen tog stopp. Vanliga orsaker: fel indrag, ett
    kolon följt av blanksteg inne i en text utan citattecken, ett citattecken eller en hakparentes som inte stängs.

    Fel:
        summary: Ambulans: journal
    Rätt:
        summary: "Ambulans: journal"
    """
    return replace(_error("MK105", at, reason, related=(begun,) if begun else ()), fix=fix, safe=safe)


def too_deep(at: Location, limit: int) -> Finding:
    """För många nivåer i varandra.

    Ingen fil i katalogen behöver mer än några få nivåer.

    Fel:
        functions: [[[[ ... ]]]]
    Rätt:
        functions: [ta-emot-larm]
    """
    return _error("MK106", at, message("fler än {limit} nivåer i varandra", limit=limit))


def too_many_values(at: Location, limit: int) -> Finding:
    """För många värden i en fil.

    En fil beskriver en enda sak. Gränsen skyddar mot misstag och mot filer gjorda för att störa.

    Fel:
        tags: [a, a, a, ...] (30 000 värden)
    Rätt:
        tags: [akut]
    """
    return _error("MK107", at, message("fler än {limit} värden i filen", limit=limit))


def repeated_key(at: Location, key: str, first: Location) -> Finding:
    """Samma nyckel står två gånger.

    Vanliga läsare låter den sista vinna utan ett ord. Här räknas det som fel, så att inget försvinner.

    Fel:
        name: Ambulink
        name: Ambulans
    Rätt:
        name: Ambulink
    """
    return _error("MK108", at, message("nyckeln ”{key}” står två gånger", key=key),
                  hint=message("slå ihop dem eller ta bort den ena"),
                  related=(Related(location=first, message=message("första gången")),))  # fmt: skip


def alias(at: Location) -> Finding:
    """Ankare, alias och sammanslagning används inte.

    `&namn`, `*namn` och `<<` gör att en fil inte går att läsa rad för rad, och kan få en liten fil att växa utan
    gräns. Skriv ut värdet, eller sätt citattecken om tecknet hör till texten.

    Fel:
        name: *namnet
    Rätt:
        name: "*namnet"
    """
    return _error("MK109", at, message("ankare (&), alias (*) och sammanslagning (<<) används inte"),
                  hint=message("skriv ut värdet, eller sätt citattecken om tecknet hör till texten"))  # fmt: skip


def tag(at: Location) -> Finding:
    """Typmärken används inte.

    `!!str` och liknande märken behövs inte: schemat avgör vad ett värde betyder.

    Fel:
        name: !!str Ambulink
    Rätt:
        name: Ambulink
    """
    return _error("MK110", at, message("typmärken (!) används inte"),
                  hint=message("ta bort märket, eller sätt citattecken om tecknet hör till texten"))  # fmt: skip


def second_document(at: Location) -> Finding:
    """Filen innehåller mer än ett dokument.

    En fil beskriver en sak. Ett andra `---` börjar ett nytt dokument, som ingen skulle läsa.

    Fel:
        name: Ambulink
        ---
        name: Melior
    Rätt:
        name: Ambulink
    """
    return _error("MK111", at, message("här börjar ett andra dokument"),
                  hint=message("flytta det till en egen fil"))  # fmt: skip


def not_a_mapping(at: Location, *, empty: bool = False) -> Finding:
    """Filen är tom eller innehåller inte nycklar med värden.

    Överst i filen ska det stå nycklar, till exempel `name`.

    Fel:
        - Ambulink
    Rätt:
        name: Ambulink
    """
    what = message("filen ska innehålla nycklar med värden, till exempel ”name: …”")
    return _error("MK112", at, message("filen är tom"), what) if empty else _error("MK112", at, what)


def odd_key(at: Location) -> Finding:
    """En nyckel är inte ett ord.

    Nycklar är namnen ur schemat; en lista, en tabell eller ingenting kan inte vara en nyckel.

    Fel:
        [name]: Ambulink
    Rätt:
        name: Ambulink
    """
    return _error("MK113", at, message("nyckeln är inte ett ord"))


def not_read(at: Location) -> Finding:
    """En fil i katalogen läses inte.

    Bara filer som slutar på `.yaml` läses. Andra filer räknas upp här, så att ingen tror att de är med. Det är ett fel
    när filen ser ut att vara en av katalogens egna, till exempel för att namnet slutar på `.yml`.

    Fel:
        catalogue/applications/systems/ambulink.yml
    Rätt:
        catalogue/applications/systems/ambulink.yaml
    """
    meant = _NEARLY.search(at.file) is not None
    only = message("bara filer som slutar på .yaml läses")
    return Finding(code="MK114", severity="error" if meant else "warning", location=at,
                   message=message("filen läses inte"),
                   hint=message("döp om den så att namnet slutar på .yaml") if meant else only)  # fmt: skip


def too_many(at: Location, left_out: int) -> Finding:
    """Fler fel i samma fil visas inte.

    När en fil har mycket många fel visas de första. Resten räknas, och visas när de första är rättade.

    Fel:
        en fil med 300 felstavade nycklar
    Rätt:
        rätta de första och kontrollera igen
    """
    return _error("MK115", at, message("{n} fel till i filen visas inte än", n=left_out))


_NEARLY = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)
"""How a name may end that was to end in `.yaml`."""

PROBLEMS: Mapping[str, Callable[..., Finding]] = {
    "MK101": unreadable,
    "MK102": encoding,
    "MK103": too_large,
    "MK104": character,
    "MK105": syntax,
    "MK106": too_deep,
    "MK107": too_many_values,
    "MK108": repeated_key,
    "MK109": alias,
    "MK110": tag,
    "MK111": second_document,
    "MK112": not_a_mapping,
    "MK113": odd_key,
    "MK114": not_read,
    "MK115": too_many,
}


def _error(
    code: str, at: Location, what: Message, hint: Message | None = None, related: tuple[Related, ...] = ()
) -> Finding:
    return Finding(code=code, severity="error", location=at, message=what, hint=hint, related=related)
