"""What `new` needs to know before it makes a file: from the command line, and on a terminal by asking."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from modulkarta.cli.changing import sentence
from modulkarta.cli.options import today
from modulkarta.editing.new import (
    FIRST_TRUTH,
    Refused,
    Wanted,
    answered,
    field_of,
    likely_name,
    made,
    missing,
    taken,
)
from modulkarta.editing.template import form
from modulkarta.editing.writing import Change
from modulkarta.findings import Finding, Message, dotted, message
from modulkarta.metamodel import Kind, Property
from modulkarta.placement import likely_id
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.unknown import kind_of
from modulkarta.wording import Language, capital, one_line, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A thing to be made in a catalogue; what cannot be is told in a sentence, with exit code 2."""

    files: Files
    read: Snapshot
    language: Language

    def made(self, sort: str, id_: str | None, name: str | None, given: Sequence[str]) -> Change:
        """The new file."""
        kind = self._kind(sort)
        values = dict(self._value(kind, one) for one in given)
        if name is not None:
            values["name"] = name
        wanted = self._wanted(kind, id_, values)
        if absent := missing(wanted, self.read.catalogue):
            raise self._refusal(self._needed(absent[0], kind))
        change = made(self.files, self.read, wanted, self.language, today())
        if isinstance(change, Refused):
            raise click.UsageError("\n".join(one_line(self._told(finding)) for finding in change.findings))
        return change

    @staticmethod
    def next_steps(change: Change) -> list[Message]:
        """What is left to do with a new file."""
        steps = [message("fyll i filen och kör modulkarta check")]
        if f"\ntruth: {FIRST_TRUTH}\n".encode() in (change.after or b""):
            steps.append(message("den är märkt som exempel; ändra truth när du vet vad den vilar på"))
        return steps

    def _told(self, finding: Finding) -> str:
        """What is wrong with a value, and what was meant."""
        hint = f" ({said(finding.hint, self.language)})" if finding.hint else ""
        return f"{dotted(finding.path) or finding.location.file}: {said(finding.message, self.language)}{hint}"

    def _kind(self, sort: str) -> Kind:
        kind = kind_of(sort, self.read.catalogue.metamodel)
        if isinstance(kind, Message):
            raise self._refusal(kind)
        return kind

    def _value(self, kind: Kind, given: str) -> tuple[str, str | list[str]]:
        word, sign, value = given.partition("=")
        if not sign:
            raise self._refusal(message("skriv --set så här: FÄLT=VÄRDE, inte ”{given}”", given=given))
        field = field_of(word.strip(), kind)
        if isinstance(field, Message):
            raise self._refusal(field)
        return field.name, [one.strip() for one in value.split(",")] if field.several else value

    def _wanted(self, kind: Kind, id_: str | None, values: dict[str, str | list[str]]) -> Wanted:
        asks = _asks()
        if "name" not in values and asks:
            likely = likely_name(id_, kind, self.read.catalogue) if id_ else None
            values["name"] = self._answer(message("namn"), default=likely)
        id_ = id_ or likely_id(str(values.get("name", "")))
        if not id_:
            raise self._refusal(message("ange ett id, eller --name så görs id:t av namnet"))
        wanted = Wanted(kind=kind, id=id_, values=values)
        if reason := taken(self.files, self.read.catalogue, wanted):
            raise self._refusal(reason)
        for field in missing(wanted, self.read.catalogue) if asks else ():
            values[field.name] = self._asked(field, kind)
        return wanted

    def _asked(self, field: Property, kind: Kind) -> str:
        """What somebody answers about a field, asked again until it can be used."""
        how = form(field, kind, self.language)
        label = f"{field.label.in_(self.language)} ({how})" if how else field.label.in_(self.language)
        while isinstance(answer := answered(self._answer(label), field, self.read.catalogue), Message):
            click.echo(sentence(answer, self.language), err=True)
        return answer

    def _answer(self, label: str | Message, *, default: str | None = None) -> str:
        return str(click.prompt(capital(said(label, self.language)), default=default, err=True))

    def _needed(self, field: Property, kind: Kind) -> Message:
        how = form(field, kind, self.language)
        return message("”{field}” måste anges: --set {field}=…, där … är {how}", field=field.name,
                       how=how or field.label)  # fmt: skip

    def _refusal(self, reason: Message) -> click.UsageError:
        return click.UsageError(sentence(reason, self.language))


def _asks() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()
