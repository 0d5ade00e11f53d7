"""What a value in the wrong form was meant to say: dates as people write them, lengths, yes and no."""

from __future__ import annotations

import re
from calendar import monthrange

from modulkarta import dates
from modulkarta.dates.periods import FIRST_YEAR, LAST_YEAR
from modulkarta.findings import Message, message
from modulkarta.nearest import Meant, unquoted

_LONGEST = 60
_MONTHS = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april", "april"), ("maj", "may"),
    ("juni", "june"), ("juli", "july"), ("augusti", "august"), ("september", "september"), ("oktober", "october"),
    ("november", "november"), ("december", "december"),
)  # fmt: skip
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4}
_QUARTER = r"(?:kv|kvartal|kvartalet|q)\.? ?([1-4])"
_HALF = r"(?:h|halvår|halvåret) ?([12])"
_BETWEEN = r"[ /.-]?"
_FORMS = (
    (re.compile(rf"{_QUARTER}{_BETWEEN}(\d{{4}})"), r"\2-Q\1"),
    (re.compile(rf"(\d{{4}}){_BETWEEN}{_QUARTER}"), r"\1-Q\2"),
    (re.compile(rf"{_HALF}{_BETWEEN}(\d{{4}})"), r"\2-H\1"),
    (re.compile(rf"(\d{{4}}){_BETWEEN}{_HALF}"), r"\1-H\2"),
    (re.compile(r"(\d{4})[ /.-](\d{1,2})[ /.-](\d{1,2})"), r"\1-\2-\3"),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), r"\1-\2-\3"),
    (re.compile(r"(\d{4})[ /.-](\d{1,2})"), r"\1-\2"),
    (re.compile(r"(\d{1,2})[/.-](\d{4})"), r"\2-\1"),
    (re.compile(r"(\d{4})[-/](\d{4})"), r"\1..\2"),
    (re.compile(r"(?:år )?(\d{4})"), r"\1"),
)
_SPOKEN = re.compile(r"(\d{1,2})(?:[/.-])(\d{1,2})[ /.-] ?(\d{4})")
_NAMED = re.compile(r"(?:(?:den )?(\d{1,2})(?:\.|:e)? )?([a-zå-ö]{3,9})\.? (\d{4})|(\d{4}) ([a-zå-ö]{3,9})")
_ORDERED = re.compile(r"(första|andra|tredje|fjärde) (halvåret|kvartalet) (\d{4})")
_SPAN = re.compile(r"(?:mellan )?(.+?)(?: och | till | ?[–—] ?| - | ?\.\.\.? ?)(.+)")
_LENGTH = re.compile(r"(\d{1,4}) ?(dag|dagar|d|vecka|veckor|v|w|månad|månader|mån|man|m|år|y)\.?")
_UNITS = {"d": "d", "v": "w", "w": "w", "m": "m", "å": "y", "y": "y"}
_YES, _NO = ("ja", "yes", "on", "sant", "true", "j", "y", "x"), ("nej", "no", "off", "falskt", "false", "n")
_FLAGS = {**dict.fromkeys(_YES, "true"), **dict.fromkeys(_NO, "false")}
_WORD = re.compile(r"[a-z0-9åäö]+(-[a-z0-9åäö]+)*")
_NO_DATE = ("okänt", "okänd", "vet ej", "vet inte", "tbd", "?", "oklart", "uppgift saknas")


def date_meant(written: str) -> Meant | None:
    """The date that somebody meant; not sure where day and month may stand the other way round."""
    if len(written) > _LONGEST:
        return None
    word = " ".join(unquoted(written).casefold().split())
    if word in _NO_DATE:
        return Meant(word="unknown", sure=True)
    for before, form in (("senast ", "..{}"), ("tidigast ", "{}..")):
        inner = word.startswith(before) and _one_date(word.removeprefix(before))
        if inner:
            return _valid(form.format(inner.word), sure=inner.sure)
    if one := _one_date(word):
        return one
    span = _SPAN.fullmatch(word)
    ends = [_one_date(part) for part in span.groups()] if span else []
    if len(ends) == 2 and ends[0] and ends[1]:
        return _valid(f"{ends[0].word}..{ends[1].word}", sure=ends[0].sure and ends[1].sure)
    return None


def why_no_date(written: str) -> Message | None:
    """What is wrong with a date that has the right form but is not in the calendar."""
    first, dots, last = written.partition("..")
    if dots and first and last and dates.parse(first) and dates.parse(last):
        return message("intervallet slutar före det börjar")
    if found := re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", written, re.ASCII):
        return _not_in_the_calendar(found[1], int(found[2]), int(found[3] or 0))
    if re.fullmatch(r"\d{4}-Q\d", written, re.ASCII):
        return message("ett år har fyra kvartal, Q1 till Q4")
    if re.fullmatch(r"\d{4}-H\d", written, re.ASCII):
        return message("ett år har två halvår, H1 och H2")
    return None


def length_meant(written: str) -> Meant | None:
    """`6m` for `6 månader`."""
    found = _LENGTH.fullmatch(unquoted(written).casefold())
    return Meant(word=f"{int(found[1])}{_UNITS[found[2][0]]}", sure=True) if found else None


def list_meant(written: str) -> Meant | None:
    """A list of the one word that stands there, or of those between commas."""
    words = [unquoted(word) for word in written.split(",")]
    if not all(_WORD.fullmatch(word) for word in words):
        return None
    return Meant(word=f"[{', '.join(words)}]", sure=len(words) == 1)


def flag_meant(written: str) -> Meant | None:
    """`true` for `ja`."""
    word = _FLAGS.get(unquoted(written).casefold())
    return Meant(word=word, sure=True) if word else None


def address_meant(written: str) -> Meant | None:
    """A web address or an e-mail address with its scheme."""
    word = unquoted(written)
    if re.fullmatch(r"[^\s@/:<>\"]+@[^\s@/:<>\"]+\.[a-z]+", word):
        return Meant(word=f"mailto:{word}", sure=True)
    if re.fullmatch(r"(//)?[\w-]+(\.[\w-]+)+(/[^\s<>\"]*)?", word):
        return Meant(word=f"https://{word.removeprefix('//')}", sure=False)
    return None


def _one_date(word: str) -> Meant | None:
    for form, new in _FORMS:
        if found := form.fullmatch(word):
            return _valid(_padded(found.expand(new)))
    if found := _SPOKEN.fullmatch(word):
        day, month = int(found[1]), int(found[2])
        return _valid(f"{found[3]}-{month:02}-{day:02}", sure=day > 12 or day == month)
    if found := _ORDERED.fullmatch(word):
        return _valid(f"{found[3]}-{'H' if found[2] == 'halvåret' else 'Q'}{_ORDINALS[found[1]]}")
    if found := _NAMED.fullmatch(word):
        month = _month(found[2] or found[5])
        day_ = f"-{int(found[1]):02}" if found[1] else ""
        return _valid(f"{found[3] or found[4]}-{month:02}{day_}") if month else None
    return None


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 when it is none."""
    several = [number for number, names in enumerate(_MONTHS, 1) if any(month.startswith(name) for month in names)]
    return several[0] if len(several) == 1 else 0


def _padded(written: str) -> str:
    """`2028-6-3` with its zeros."""
    if ".." in written:
        return written
    first, *others = written.split("-")
    return "-".join([first, *(part.zfill(2) if part.isdecimal() else part for part in others)])


def _valid(written: str, *, sure: bool = True) -> Meant | None:
    return Meant(word=written, sure=sure) if dates.parse(written) else None


def _not_in_the_calendar(year: str, month: int, day: int) -> Message | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return message("årtal från {first} till {last}", first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= month <= 12:
        return message("ett år har månaderna 01 till 12")
    days, name = monthrange(int(year), month)[1], dates.phrase(dates.parse(f"{year}-{month:02}"))
    return message("{month} har {days} dagar", month=name, days=days) if day else None
