"""The places in the section where people may write, and what each is for."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.findings import Message, message

NO_TEXT = "{{ingen text}}"
"""What is written where there is to be no text this month."""

SLOTS: Mapping[str, Message] = {
    "sammanfattning": message("Läget i korthet: det viktigaste som har hänt, i tre meningar."),
    "malbild": message("Målbild: vad som ska vara sant, och vad det ger patienter och medarbetare."),
    "nulage": message("Nuläge: hur det är i dag, och vad som skiljer från målbilden."),
    "gap": message("Gap mellan nuläge och målbild: vilka insatser som betyder mest."),
    "fardplan": message("Färdplan: vad som är klart, vad som pågår, vad som kommer."),
    "ersattning": message("Ersättning av befintliga system: vad arbetet har visat, vad som görs åt glappen."),
    "standarder": message("Standarder och gränssnitt: vad som är nytt eller avviker."),
    "risker": message("Risker: vad som görs, av vem och när."),
    "forandringar": message("Förändringar sedan förra rapporten: varför, inte vad."),
    "beslut": message("Beslut som behövs: bakgrund och rekommendation."),
}
"""Each place by its name, in the order of the section."""

SPELT: Mapping[str, str] = {
    "malbild": "målbild",
    "nulage": "nuläge",
    "fardplan": "färdplan",
    "ersattning": "ersättning",
    "forandringar": "förändringar",
}
"""How people spell a place, where that is not its name."""

_WRITTEN = str.maketrans("åäöé", "aaoe")


def slot_of(heading: str) -> str | None:
    """The place that a heading names, however it is spelt: `Målbild` is `malbild`; None where it names none."""
    folded = heading.strip().casefold().translate(_WRITTEN)
    return folded if folded in SLOTS else None
