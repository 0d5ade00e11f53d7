"""What can be wrong with the shape of a file; one function a problem, its docstring the manual page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from modulkarta.findings import Edit, Finding, Location, Message, message
from modulkarta.metamodel import Kind
from modulkarta.nearest import Meant
from modulkarta.wording import Label

NOTHING = ("null", "~", "none", "nil", "inget", "ingen", "saknas", "na")
"""What people write where there is nothing to write."""
LEAVE_OUT = message("det som inte har något värde lämnas bort: ta bort raden")
_MOST_NAMED = 12


def possible(keys: Sequence[str]) -> Message | None:
    """The keys that may stand at a place, if they are few enough to be of help."""
    few = 0 < len(keys) <= _MOST_NAMED
    return message("här kan stå {keys}", keys=", ".join(keys)) if few else None


def unknown_key(
    at: Location, key: str, meant: Meant | None = None, others: Sequence[Label] = (), free: Sequence[str] = ()
) -> Finding:
    """Okänd nyckel.

    Nyckeln finns inte i schemat för sorten. Oftast är den felstavad, eller hör hemma i en annan sorts fil.

    Fel:
        nme: Ambulink
    Rätt:
        name: Ambulink
    """
    what = message("okänd nyckel ”{key}”", key=key)
    if others:
        return _error("MK201", at, what, message("nyckeln finns för {kinds}, men inte här", kinds=others))
    return _with_meant(_error("MK201", at, what, possible(free)), meant)


def strange_keys(at: Location, keys: list[str], kind: Kind, likely: Kind) -> Finding:
    """As `unknown_key`, of all keys of a file that seems to lie in the wrong folder."""
    what = message("nycklar som inte finns för {kinds}: {keys}", kinds=kind.plural, keys=", ".join(keys))
    folder = f"{likely.layer}/{likely.folder}"
    hint = message("filen ser ut att höra till {kinds}; ska den ligga i {folder}?", kinds=likely.plural, folder=folder)
    return _error("MK201", at, what, hint)


def missing(at: Location, key: str, label: Label) -> Finding:
    """En nyckel som måste finnas saknas.

    Schemat kräver nyckeln för att uppgiften ska gå att använda.

    Fel:
        summary: Ambulansens journal
    Rätt:
        name: Ambulink
        summary: Ambulansens journal
    """
    return _error("MK202", at, message("nyckeln ”{key}” ({label}) saknas", key=key, label=label))


def wrong_type(at: Location, expected: Message, meant: Meant | None = None, hint: Message | None = None) -> Finding:
    """Värdet är av fel slag.

    En lista skrivs med streck, en tabell med nycklar, ett ja eller nej som true eller false. Ett tomt värde räknas
    som att det saknas: skriv något, eller ta bort nyckeln.

    Fel:
        tags: akut
    Rätt:
        tags: [akut]
    """
    return _with_meant(_error("MK203", at, expected, hint), meant)


def not_a_choice(at: Location, value: str, choices: str, meant: Meant | None) -> Finding:
    """Värdet är inte ett av dem som finns att välja på.

    Fältet har en fast lista. Skriv det engelska ordet ur listan; på sidorna visas det på svenska.

    Fel:
        truth: fakta
    Rätt:
        truth: fact
    """
    what = message("”{value}” finns inte att välja på", value=value)
    choose = message("välj ett av {choices}", choices=choices)
    return _with_meant(_error("MK204", at, what, LEAVE_OUT if value in NOTHING else choose), meant)


def refused(at: Location, value: str, why: Label) -> Finding:
    """As `not_a_choice`, of a value that the schema knows and does not want here."""
    return _error("MK204", at, message("”{value}” får inte stå här", value=value), message("{why}", why=why))


def wrong_form(at: Location, value: str, what: Message, form: Message | None, meant: Meant | None) -> Finding:
    """Värdet har fel form.

    Ett id består av små bokstäver a–z, siffror och bindestreck. En längd skrivs 6m, en webbadress börjar med https://.

    Fel:
        owner: Koncernstab Digitalisering
    Rätt:
        owner: koncernstab-digitalisering
    """
    named = message("”{value}” är {what}", value=value, what=what) if form else what
    return _with_meant(_error("MK205", at, named, LEAVE_OUT if value in NOTHING else form), meant)


def wrong_length(at: Location, length: int, limit: int) -> Finding:
    """Texten är för lång eller för kort.

    Namn, kortnamn och sammanfattning har en längsta längd, så att de får plats där de visas.

    Fel:
        short_name: Prehospital vårddokumentation
    Rätt:
        short_name: Prehospital journal
    """
    what = message("texten är {length} tecken, högst {limit} får plats", length=length, limit=limit)
    return _error("MK206", at, what if length > limit else message("texten är tom"))


def not_a_date(at: Location, value: str, why: Message | None, meant: Meant | None) -> Finding:
    """Värdet är inte ett datum.

    Datum skrivs så noga som man vet: 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, ett intervall A..B, ..B eller A..,
    eller unknown. Dagen ska finnas i almanackan.

    Fel:
        live: 2027-02-30
    Rätt:
        live: 2027-02-28
    """
    what = message("”{value}” är inte ett datum", value=value)
    forms = message("skriv 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, A..B eller unknown")
    return _with_meant(_error("MK207", at, what, why or forms), meant)


def other_limit(at: Location, what: str | Label) -> Finding:
    """Värdet bryter mot en annan gräns i schemat.

    Till exempel för många rader i en lista eller ett tal utanför sitt område.

    Fel:
        order: -1
    Rätt:
        order: 10
    """
    return _error("MK208", at, message("värdet bryter mot schemat: {what}", what=what))


def missing_settings(at: Location) -> Finding:
    """Filen catalogue.yaml saknas.

    Den talar om katalogens titel och vilka regler som gäller. Utan den används det vanliga.

    Fel:
        catalogue/  (utan catalogue.yaml)
    Rätt:
        catalogue/catalogue.yaml med title: Modulkatalogen
    """
    return Finding(code="MK211", severity="warning", location=at, message=message("filen catalogue.yaml saknas"))


def swallowed_key(at: Location, key: str, fix: tuple[Edit, ...], entity: str | None) -> Finding:
    """En nyckel har hamnat inne i en text.

    Raden är lika mycket indragen som texten ovanför, så den läses som en del av texten. Nyckeln får inget värde, och
    texten får en rad för mycket. Flytta raden längst till vänster. Hör den verkligen till texten kan den skrivas om så
    att den inte ser ut som en nyckel.

    Fel:
        description: |
          Journalen i ambulansen.
          owner: koncernstab-digitalisering
    Rätt:
        description: |
          Journalen i ambulansen.
        owner: koncernstab-digitalisering
    """
    return Finding(code="MK212", severity="warning", location=at, entity=entity, fix=fix,
                   message=message("”{key}” ser ut som en nyckel men läses som en del av texten ovanför", key=key),
                   hint=message("flytta raden till vänster, så att den börjar på en egen nyckel"))  # fmt: skip


def above_ceiling(at: Location, level: str, ceiling: str) -> Finding:
    """Uppgiften är för känslig för de här filerna.

    Katalogen säger vilken nivå som högst får stå i filerna (ceiling i catalogue.yaml). Det som är högre klassat skrivs
    i en tilläggsmapp utanför det som delas, med samma undermappar som katalogen. Det som redan har sparats i git
    finns kvar i historiken även när det har flyttats.

    Fel:
        catalogue.yaml:  ceiling: internal
        ambulink.yaml:   secrecy: {level: secret}
    Rätt:
        catalogue.yaml:  ceiling: internal
        ambulink.yaml:   secrecy: {level: internal}
    """
    what = message("här får högst {ceiling} stå, och det här är {level}", ceiling=ceiling, level=level)
    hint = message("flytta det till en tilläggsmapp utanför det som delas (--overlay), och ta bort det ur git")
    return _error("MK213", at, what, hint)


def said_twice(at: Location, what: Message) -> Finding:
    """Tilläggsmappen säger något som katalogen redan säger.

    En fil i tilläggsmappen (--overlay) om något som katalogen har skriver bara det som katalogens fil utelämnar:
    fler fält, och fler rader i listor. Står samma fält på båda ställena vet ingen vilket som gäller. Ingenting ur
    filen läses förrän det är ändrat.

    Fel:
        catalogue/applications/systems/ambulink.yaml:  summary: Journal i ambulansen.
        ../tillagg/applications/systems/ambulink.yaml: summary: Journal i ambulansen, version 3.
    Rätt:
        catalogue/applications/systems/ambulink.yaml:  summary: Journal i ambulansen.
        ../tillagg/applications/systems/ambulink.yaml: description: Version 3 har kända brister.
    """
    hint = message("låt det stå på ett av ställena; flytta det hit om det inte får ligga i git")
    return _error("MK214", at, what, hint=hint)


SHAPES: Mapping[str, Callable[..., Finding]] = {
    "MK201": unknown_key,
    "MK202": missing,
    "MK203": wrong_type,
    "MK204": not_a_choice,
    "MK205": wrong_form,
    "MK206": wrong_length,
    "MK207": not_a_date,
    "MK208": other_limit,
    "MK211": missing_settings,
    "MK212": swallowed_key,
    "MK213": above_ceiling,
    "MK214": said_twice,
}


def _error(code: str, at: Location, what: Message, hint: Message | None = None) -> Finding:
    return Finding(code=code, severity="error", location=at, message=what, hint=hint)


def _with_meant(finding: Finding, meant: Meant | None) -> Finding:
    """A finding that says what was meant, and puts it there where that can be done."""
    if meant is None:
        return finding
    fix = (Edit(location=finding.location, text=meant.word),) if meant.fits else ()
    return replace(
        finding, hint=message("menade du ”{word}”?", word=meant.word), fix=fix, safe=meant.sure and meant.fits
    )
