"""Numbers and days as a careful writer sets them in running text."""

from __future__ import annotations

from collections.abc import Sequence

from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When, day, parse, phrase
from modulkarta.findings import Message, message
from modulkarta.wording import Language, said

_WORDS: dict[Language, tuple[str, ...]] = {
    "sv": ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
_THOUSANDS: dict[Language, str] = {"sv": "\N{NO-BREAK SPACE}", "en": ","}
_MONTHS = (
    message("{day} januari {year}"), message("{day} februari {year}"), message("{day} mars {year}"),
    message("{day} april {year}"), message("{day} maj {year}"), message("{day} juni {year}"),
    message("{day} juli {year}"), message("{day} augusti {year}"), message("{day} september {year}"),
    message("{day} oktober {year}"), message("{day} november {year}"), message("{day} december {year}"),
)  # fmt: skip
_QUARTERS = (
    message("första kvartalet {year}"), message("andra kvartalet {year}"),
    message("tredje kvartalet {year}"), message("fjärde kvartalet {year}"),
)  # fmt: skip


def number_word(number: int, language: Language = "sv", *, neuter: bool = False) -> str:
    """A whole number in running text: a word up to twelve, then figures in groups of three; `ett` of what is neuter."""
    words = _WORDS[language]
    if 0 <= number < len(words):
        return "ett" if neuter and language == "sv" and number == 1 else words[number]
    return _figures(number, language)


def number_words(numbers: Sequence[int], language: Language = "sv", *, neuter: bool = False) -> tuple[str, ...]:
    """Numbers that are told beside each other: all as words, or all in figures where one of them is."""
    if all(number < len(_WORDS[language]) for number in numbers):
        return tuple(number_word(number, language, neuter=neuter) for number in numbers)
    return tuple(_figures(number, language) for number in numbers)


def signed(number: int) -> str:
    """A difference in figures: `+2`, `−2`, `±0`."""
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "±0"


def _figures(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", _THOUSANDS[language])


def day_words(when: When | None, language: Language = "sv") -> str:
    """A date in running text, as precise as it was written: `30 mars 2027`, `tredje kvartalet 2027`."""
    return said(_spoken(when), language)


def _spoken(when: When | None) -> Message:
    if when is None or when.unknown or when.never:
        return phrase(when)
    if when.exact:
        return _day(when)
    if when.latest == DISTANT_FUTURE:
        return message("tidigast {day}", day=_end(when, last=False))
    if when.earliest == DISTANT_PAST:
        return message("senast {day}", day=_end(when, last=True))
    if "Q" in when.written and ".." not in when.written and not when.shift:
        quarter = _QUARTERS[(when.earliest.month - 1) // 3]
        return Message(text=quarter.text, values={"year": when.earliest.year})
    if when.written and ".." not in when.written and not when.shift:
        return phrase(when)
    return message("mellan {first} och {last}", first=_end(when, last=False), last=_end(when, last=True))


def _end(when: When, *, last: bool) -> Message:
    """One end of an interval, in its own words where it was written with any."""
    first_written, dots, last_written = when.written.partition("..")
    own = (last_written if last else first_written) if dots and not when.shift else ""
    bound = parse(own) if own else None
    return _spoken(bound or day(when.latest if last else when.earliest))


def _day(when: When) -> Message:
    month = _MONTHS[when.earliest.month - 1]
    return Message(text=month.text, values={"day": when.earliest.day, "year": when.earliest.year})
