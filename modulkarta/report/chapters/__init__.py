"""The chapters of the section: each a small file that yields blocks, and what they all stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from modulkarta.analysis.roadmap.outlook import Outlook, outlook, target_day
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When, day, phrase
from modulkarta.figures import Figure, Table, table
from modulkarta.figures.captions import source
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth
from modulkarta.report.blocks import Block, Heading, Paragraph, Picture, Run, Tabular, Words, paragraph, plain
from modulkarta.report.numbers import Number, Numbers, numbers
from modulkarta.report.since import Since
from modulkarta.report.spelling import day_words, number_words
from modulkarta.wording import Language, Untranslated, capital, marked, said, sentence

T = TypeVar("T")
LONGEST_NAME = 120
"""Characters of a name that are printed; the schema allows no more, but a file may break it."""
_INSTEAD_OF = {"statement": "summary", "cause": "summary", "question": "name"}
"""What is said in English of a text that has no translation of its own, by its field."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every chapter stands on, and how it speaks: one catalogue on a day, in a language."""

    catalogue: Catalogue
    on: date
    version: str
    since: Since | None
    language: Language
    undrawn: list[Figure] = field(default_factory=list, compare=False)
    """The figures that a chapter had to leave out, as the chapters are told."""
    untranslated: dict[str, None] = field(default_factory=dict, compare=False)
    """What has a text that stands in Swedish though the section is in another language."""

    @cached_property
    def numbers(self) -> Numbers:
        return numbers(self.catalogue, self.on, self.since, self.language)

    @cached_property
    def target(self) -> date | None:
        """The day when the last planned thing is live; None where the plan has no such day ahead."""
        return target_day(self.catalogue, self.on)

    @cached_property
    def outlook(self) -> Outlook:
        return outlook(self.catalogue, self.on)

    @property
    def rests_on(self) -> str:
        """What every caption ends with: the day, and which catalogue exactly."""
        return source(self.catalogue, on=self.on, version=self.version, language=self.language)

    def number(self, token: str) -> Number:
        return self.numbers[token]

    def together(self, *several: Number, neuter: bool = False) -> tuple[str, ...]:
        """How some numbers are spelled in one sentence."""
        return number_words([one.value for one in several], self.language, neuter=neuter)

    def say(self, what: Message | str, *, example: bool = False) -> str:
        """A whole sentence; one that rests on examples only says so at its end."""
        if not example:
            return sentence(what, self.language)
        words = said(what, self.language)
        return f"{marked(capital(words.removesuffix('.')), 'illustrative', self.language)}."

    def none(self, what: Message, kind: str) -> str:
        """That there is nothing of a kind; where some of it is left out, or may be hidden, that instead."""
        if self.leaves_out(kind):
            what = self.left_out(kind)
        elif self.hides(kind):
            what = message("alla {kinds} visas kanske inte här", kinds=self.catalogue.metamodel.kinds[kind].plural)
        return self.say(what)

    def left_out(self, kind: str) -> Message:
        """That some of a kind is left out because it is made up."""
        return message("{kinds} som är exempel är utelämnade", kinds=self.catalogue.metamodel.kinds[kind].plural)

    def hides(self, kind: str) -> bool:
        """Whether there may be more of a kind than its readers see: then nothing can be said of all of it."""
        return kind in self.catalogue.unseen

    def leaves_out(self, kind: str) -> bool:
        return any(entity.kind.name == kind for entity in self.catalogue.omitted)

    def words(self, what: Message | str) -> str:
        """A part of a table, or of a list, as it is."""
        return said(what, self.language)

    def name(self, id_: str, truth: Truth = "fact") -> str:
        """What something is called, marked where it is made up and cut where it has no end."""
        return marked(cut(self.catalogue.name(id_, self.language)), truth, self.language)

    def short(self, id_: str) -> str:
        entity = self.catalogue.get(id_)
        return cut(entity.short_name_in(self.language)) if entity else id_

    def names(self, ids: Iterable[str]) -> str:
        return self.listed([self.name(id_) for id_ in ids])

    def listed(self, names: Sequence[str], most: int = 12) -> str:
        """Some names as they are listed in a sentence, and of many how many more there are; names that hold an `och`
        of their own are kept apart by semicolons."""
        apart = "; " if any(f" {self.words(message('och'))} " in name for name in names) else ", "
        if len(names) > most:
            shown = apart.join(names[:most])
            return self.words(message("{names} och {n} till", names=shown, n=len(names) - most))
        if len(names) < 2 or (apart == "; " and len(names) > 2):
            return apart.join(names)
        return self.words(message("{names} och {last}", names=", ".join(names[:-1]), last=names[-1]))

    def quoted(self, id_: str) -> Message:
        return message("”{name}”", name=self.name(id_))

    def text(self, entity: Entity, field_: str) -> str:
        """A text of the catalogue in the language; in English what comes nearest to it where it is not translated."""
        own = str(entity.fields.get(field_) or "").strip()
        if self.language == "sv" or not own:
            return own
        english = entity.english(field_) or entity.english(_INSTEAD_OF.get(field_, field_))
        if english is None:
            self.untranslated.setdefault(entity.id)
        return english or self.as_written(own)

    def as_written(self, text: str) -> str:
        """A text of the catalogue that has no translation."""
        as_it_is = self.language == "sv" or self.catalogue.settings.language == "en"
        return text if as_it_is else Untranslated(text)

    def items(self, entity: Entity, field_: str) -> list[str]:
        """A list of texts of the catalogue in the language, as it is where it is not translated."""
        own = entity.ids(field_)
        if self.language == "sv" or not own:
            return own
        english = entity.english_items(field_)
        if not english:
            self.untranslated.setdefault(entity.id)
        return english or list(map(self.as_written, own))

    def day(self, when: When | None) -> str:
        return day_words(when, self.language)

    def cell(self, when: When | None) -> str:
        """A date in a table, as short as it can be said."""
        known = when is not None and not when.unknown
        return self.words(phrase(when)) if known else self.words(message("Uppgift saknas"))

    def by(self, when: When | None) -> Message | None:
        """The last day to do something; None where nobody knows it."""
        if when is None or when.unknown:
            return None
        if when.earliest == DISTANT_PAST or when.latest == DISTANT_FUTURE:
            return message("{day}", day=self.day(when))
        whole = ".." not in when.written
        return message("senast {day}", day=self.day(when if whole else day(when.latest)))

    def owner(self, entity: Entity, field_: str = "owner") -> str:
        id_ = str(entity.fields.get(field_) or "")
        return self.name(id_) if id_ else self.words(message("Uppgift saknas"))

    def table(
        self, caption: Message, heading: Sequence[Message], rows: Iterable[tuple[Sequence[str], Truth]], mark: int = 0
    ) -> Tabular:
        """A table that says once that it is made up where all of it is, else which of its rows in column `mark`."""
        found = list(rows)
        whole = all_made_up(truth for _, truth in found)
        caption_ = marked(self.words(caption), "illustrative" if whole else "fact", self.language)
        said_ = [row if whole else self._marked(row, mark, truth) for row, truth in found]
        return tabular(table(caption_, [self.words(one) for one in heading], said_))

    def table_of_first(
        self, most: int, caption: Message, heading: Sequence[Message], found: Sequence[T],
        row: Callable[[Ground, T], tuple[Sequence[str], Truth]], left: Callable[[int], Message],
    ) -> Iterator[Block]:  # fmt: skip
        """A table of the first of what was found, a row each, and a sentence of how many there is no room for."""
        yield self.table(caption, heading, (row(self, one) for one in found[:most]))
        if len(found) > most:
            yield paragraph(self.say(left(len(found) - most)))

    def _marked(self, row: Sequence[str], place: int, truth: Truth) -> Sequence[str]:
        return *row[:place], marked(row[place], truth, self.language), *row[place + 1 :]


def cut(name: str) -> str:
    """A name, or as much of it as is printed."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def all_made_up(truths: Iterable[Truth]) -> bool:
    """Whether there are some, and every one is an example."""
    found = list(truths)
    return bool(found) and all(truth == "illustrative" for truth in found)


def led(lead: str, text: str | Words) -> Words:
    """Words that begin with what they are about."""
    first, *others = plain(text) if isinstance(text, str) else text or plain("")
    said_ = (replace(first, text=f" {first.text}"), *others) if first.text else ()
    return (Run(text=lead, strong=True), *said_)


def tabular(twin: Table) -> Tabular:
    """A table that has not got its number yet."""
    return Tabular(table=twin, number=0, label="")


def pictured(ground: Ground, figure: Figure, text: str = "") -> Iterator[Block]:
    """A figure that has not got its number yet, or why there is none."""
    if figure.why:
        ground.undrawn.append(figure)
        yield paragraph(ground.say(figure.why))
    else:
        yield Picture(figure=figure, number=0, label="", text=text or figure.title)


def with_content(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks without headings that nothing stands under, and without paragraphs and lists of nothing."""
    kept: list[Block] = []
    for block in reversed([one for one in blocks if not _empty(one)]):
        if not isinstance(block, Heading) or (kept and not _closes(kept[-1], block)):
            kept.append(block)
    yield from reversed(kept)


def _closes(below: Block, heading: Heading) -> bool:
    return isinstance(below, Heading) and below.level <= heading.level


def _empty(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return not any(run.text.strip() for run in block.words)
    return not (
        isinstance(block, Heading | Picture) or (block.table.rows if isinstance(block, Tabular) else block.items)
    )
