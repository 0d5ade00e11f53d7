"""What people have written by hand for a month, in its places in the section, with the numbers put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.dates import month_of
from modulkarta.findings import Finding, Message, message
from modulkarta.model import Catalogue
from modulkarta.prose import FOLDER, Part, Prose, file_name
from modulkarta.prose.markdown import Piece, passages
from modulkarta.prose.slots import NO_TEXT, SLOTS, SPELT
from modulkarta.prose.tokens import FORMS, TOKEN, parted
from modulkarta.report.blocks import Block, Bullets, Paragraph, Run, Words, paragraph
from modulkarta.report.numbers import Number, Numbers
from modulkarta.report.spelling import signed
from modulkarta.rules import prose as rules
from modulkarta.wording import Language, capital, marked, said

_RULES = (rules.unknown_slot, rules.outside, rules.unknown_token, rules.no_form, rules.unknown_about)
_END = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """The texts of a month in a language; `written` is None where there is no file, and nothing is then missed."""

    month: str
    language: Language
    written: Prose | None
    catalogue: Catalogue
    unread: str | None = None
    """The file of the month where there is one that nothing could be made of."""

    def blocks(self, slot: str, numbers: Numbers) -> tuple[Block, ...]:
        """What stands at a place: the text, the place of one that is not written, or nothing."""
        if self.written is None or slot not in SLOTS:
            return ()
        parts = self.written.of_slot.get(slot, ())
        if all(part.empty for part in parts):
            return () if any(part.withheld for part in parts) else (self._missing(slot),)
        shown = (part for part in parts if not _left_blank(part))
        return tuple(block for part in shown for block in _blocks(part, numbers, self.language))

    def remarks(self, slots: Sequence[str]) -> Iterator[Message]:
        """What the writer must know of the texts at some places, and of all that is wrong in the file."""
        slots = [slot for slot in slots if slot in SLOTS]
        if self.unread:
            yield _not_read(self.unread)
            return
        if self.written is None or not slots:
            yield from [no_text(self.month)] if slots else []
            return
        for one in (self._not_written(slots), self._withheld()):
            if one:
                yield one
        yield from (_remark(found) for found in _wrong(self.written, self.catalogue))

    def _missing(self, slot: str) -> Block:
        file = f"{FOLDER}/{file_name(self.month, self.language)}"
        what = message("[Här saknas text: {slot}. Den skrivs i {file}.]", slot=SPELT.get(slot, slot), file=file)
        return paragraph(said(what, self.language), tone="missing")

    def _not_written(self, slots: Sequence[str]) -> Message | None:
        assert self.written
        of_slot = self.written.of_slot
        missing = [
            slot for slot in slots if slot in SLOTS and all(p.empty and not p.withheld for p in of_slot.get(slot, ()))
        ]
        return message(
            "{file}: text saknas under {slots}; skriv {no_text} där det inte ska stå någon",
            file=self.written.file, slots=_spelt(missing), no_text=NO_TEXT,
        ) if missing else None  # fmt: skip

    def _withheld(self) -> Message | None:
        assert self.written
        hidden = [part.slot or "–" for part in self.written.parts if part.withheld]
        return message(
            "{file}: texten under {slots} är inte med, för den nämner något som inte får visas här",
            file=self.written.file, slots=_spelt(hidden),
        ) if hidden else None  # fmt: skip


def texts(catalogue: Catalogue, on: date, language: Language, findings: Iterable[Finding] = ()) -> Texts:
    """What has been written for the month of a day, as far as it may be seen; findings tell of a file not read."""
    month = month_of(on)
    written = next((one for one in catalogue.prose if one.month == month and one.language == language), None)
    end = f"/{FOLDER}/{file_name(month, language)}"
    told = (found.location.file for found in findings if found.location.file.endswith(end))
    unread = None if written else next(told, None)
    return Texts(month=month, language=language, written=written, catalogue=catalogue, unread=unread)


def no_text(month: str) -> Message:
    """That nobody has written anything for a month."""
    return message(
        "ingen text är skriven för {month}; modulkarta new report {month} gör en fil att fylla i", month=month
    )


def _not_read(file: str) -> Message:
    return message("{file} är inte med, för filen går inte att läsa; kör modulkarta check", file=file)


def _spelt(slots: Sequence[str]) -> str:
    return ", ".join(SPELT.get(slot, slot) for slot in slots)


def _left_blank(part: Part) -> bool:
    """Whether somebody has said that there is to be no text."""
    return part.body.strip() == NO_TEXT


def _wrong(written: Prose, catalogue: Catalogue) -> Iterator[Finding]:
    for rule in _RULES:
        yield from (found for found in rule(catalogue) if found.location.file == written.file)


def _remark(found: Finding) -> Message:
    at = f"{found.location.file}:{found.location.line}:{found.location.column}"
    if found.hint:
        return message("{at}: {what}; {hint}", at=at, what=found.message, hint=found.hint)
    return message("{at}: {what}", at=at, what=found.message)


def _blocks(part: Part, numbers: Numbers, language: Language) -> Iterator[Block]:
    for passage in passages(part):
        items = tuple(_words(item, numbers, language) for item in passage.items)
        yield Bullets(items=items) if passage.listed else Paragraph(words=items[0])


def _words(pieces: Sequence[Piece], numbers: Numbers, language: Language) -> Words:
    filled = [_filled(piece.text, numbers, language, first=index == 0) for index, piece in enumerate(pieces)]
    return tuple(
        Run(text=text, strong=piece.strong, emphasis=piece.emphasis, address=piece.address)
        for piece, text in zip(pieces, filled, strict=True)
    )


def _filled(text: str, numbers: Numbers, language: Language, *, first: bool) -> str:
    """A text with its numbers; a sentence whose numbers are all examples says so at its end."""
    out, at, made_up = "", 0, False
    for found in TOKEN.finditer(text):
        between = text[at : found.start()]
        out, made_up = _continued(out, between, made_up, language)
        number = _number(found[1], numbers)
        made_up = made_up or (number is not None and number.all_made_up)
        words = found[0] if number is None else _FORMS[parted(found[1])[1]](number, language)
        begins = (first and not out.strip()) or bool(re.search(r"[.!?]\s+$", out))
        out, at = out + (capital(words) if begins else words), found.end()
    out, made_up = _continued(out, text[at:], made_up, language)
    return marked(out, "illustrative", language) if made_up else out


def _continued(out: str, between: str, made_up: bool, language: Language) -> tuple[str, bool]:
    """What is written so far, with what follows it; whether a sentence about examples is still to be marked."""
    end = _END.search(between) if made_up else None
    if end is None:
        return out + between, made_up
    return marked(out + between[: end.start()], "illustrative", language) + between[end.start() :], False


def _number(written: str, numbers: Numbers) -> Number | None:
    name, form = parted(written)
    return numbers.get(name) if form in FORMS else None


def _before(number: Number, language: Language) -> str:
    return said(message("uppgift saknas"), language) if number.before is None else str(number.before)


def _change(number: Number, language: Language) -> str:
    if number.change is None:
        return said(message("uppgift saknas"), language)
    return signed(number.change)


_FORMS: Mapping[str, Callable[[Number, Language], str]] = {
    "": lambda number, _: str(number.value),
    "ord": lambda number, _: number.words,
    "ett": lambda number, _: number.neuter,
    "förra": _before,
    "ändring": _change,
}
