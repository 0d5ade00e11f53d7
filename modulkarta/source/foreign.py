"""What can be wrong with a file that is to be brought in; one function a problem, its docstring the manual page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modulkarta.findings import Finding, Location, Message, Related, message


def unreadable(at: Location, reason: Message) -> Finding:
    """Filen går inte att läsa in.

    Filen är trasig, tom, krypterad eller avbruten, så att det inte går att lita på det som står i den. Ingenting ur
    den förs in i katalogen.

    Fel:
        en arbetsbok som bara laddades ned till hälften
    Rätt:
        hela filen, så som programmet sparade den
    """
    return _error("MK901", at, message("filen går inte att läsa in: {reason}", reason=reason))


def other_format(at: Location, wanted: str, found: str = "") -> Finding:
    """Filen är i ett annat format.

    Filen är hel, men inte i det format som den sades vara i. Formatet anges med `--from`.

    Fel:
        --from skos, och filen modell.archimate
    Rätt:
        --from archimate, och filen modell.archimate
    """
    if found:
        return _error("MK902", at, message("filen är inte {wanted} utan {found}", wanted=wanted, found=found))
    return _error("MK902", at, message("filen är inte {wanted}", wanted=wanted))


def other_version(at: Location, format_: str, found: str, known: str) -> Finding:
    """Filen är i en version som inte läses.

    Formatet stämmer, men i en annan version är orden andra. Spara om filen i en version som läses.

    Fel:
        en ArchiMate-modell i version 4.0
    Rätt:
        samma modell, exporterad i version 3.1
    """
    what = message("filen är {format} i version {found}; det som läses är {known}",
                   format=format_, found=found, known=known)  # fmt: skip
    return _error("MK903", at, what, message("spara om filen i en version som läses"))


def repeated(at: Location, id_: str, first: Location) -> Finding:
    """Samma id står två gånger i filen.

    Två poster med samma id går inte att skilja åt, så det går inte att veta vilken som gäller.

    Fel:
        två rader med id `ambulink` i bladet System
    Rätt:
        en rad för varje id
    """
    related = (Related(location=first, message=message("första gången")),)
    return _error("MK904", at, message("id ”{id}” står två gånger i filen", id=id_), related=related)


def too_large(at: Location, limit: int) -> Finding:
    """Filen är för stor för att läsas in.

    Gränsen skyddar mot misstag, och mot filer som är gjorda för att fylla minnet när de packas upp.

    Fel:
        en zip-fil på 1 MB som blir 10 GB uppackad
    Rätt:
        en fil med bara det som ska in
    """
    what = message("filen är större än {limit} MB, räknat uppackad", limit=limit // 1_000_000)
    return _error("MK905", at, what, message("dela upp den, eller spara bara det som ska in"))


def refused(at: Location, reason: Message) -> Finding:
    """Filen innehåller något som kan göra skada.

    Yttre entiteter, egna dokumenttyper i XML och sökvägar ut ur ett arkiv läses aldrig: med dem kan en fil hämta annat
    från datorn eller nätet, eller fylla minnet.

    Fel:
        <!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    Rätt:
        <model> direkt, utan DOCTYPE
    """
    return _error("MK906", at, message("filen läses inte, eftersom den kan göra skada: {reason}", reason=reason))


def letters(at: Location) -> Finding:
    """Filens tecken går inte att läsa.

    Filen är sparad med en annan teckenkodning än den säger eller än formatet kräver. Då skulle å, ä och ö bli fel.

    Fel:
        V\\xe5rd  (Latin-1, i en fil som ska vara UTF-8)
    Rätt:
        Vård  (UTF-8)
    """
    return _error("MK907", at, message("tecknen går inte att läsa som UTF-8"),
                  message("spara filen med teckenkodningen UTF-8"))  # fmt: skip


def mapping(at: Location, reason: Message) -> Finding:
    """Mappningsfilen går inte att använda.

    Filen som anges med `--mapping` säger vad som ska bli vad. Det den nämner måste finnas: sorter och fält ur
    metamodellen, och typer ur formatet.

    Fel:
        ApplicationComponent: sytem
    Rätt:
        ApplicationComponent: system
    """
    return _error("MK908", at, message("mappningsfilen går inte att använda: {reason}", reason=reason))


def columns(at: Location, column: str, hint: Message | None = None) -> Finding:
    """En kolumn känns inte igen.

    Rubriken är inte namnet på något fält. Oftast har kolumnen bytt namn, eller lagts till vid sidan av tabellen.

    Fel:
        Systemets namn
    Rätt:
        Namn
    """
    return _error("MK909", at, message("kolumnen ”{column}” känns inte igen", column=column), hint)


PROBLEMS: Mapping[str, Callable[..., Finding]] = {
    "MK901": unreadable,
    "MK902": other_format,
    "MK903": other_version,
    "MK904": repeated,
    "MK905": too_large,
    "MK906": refused,
    "MK907": letters,
    "MK908": mapping,
    "MK909": columns,
}


def _error(
    code: str, at: Location, what: Message, hint: Message | None = None, related: tuple[Related, ...] = ()
) -> Finding:
    return Finding(code=code, severity="error", location=at, message=what, hint=hint, related=related)
