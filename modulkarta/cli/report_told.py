"""What `report` says of what it did: to people, and as JSON to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from modulkarta.cli.options import asked_revision
from modulkarta.cli.report_before import Compared
from modulkarta.cli.report_files import Outcome, grouped
from modulkarta.cli.sides import Here
from modulkarta.dates import month_of
from modulkarta.editing.tagging import Tag
from modulkarta.findings import Message, counted, message
from modulkarta.report import omitted
from modulkarta.report.blocks import Section
from modulkarta.report.prose import no_text, texts
from modulkarta.source import moments
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said, sentence

_MOST_NAMES = 5
"""Of files that are left; the rest are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """The section in the lengths asked for, and what it was made of."""

    here: Here
    day: date
    language: Language
    compared: Compared
    sections: tuple[Section, ...]

    @property
    def remarks(self) -> tuple[Message, ...]:
        told = {said(one): one for section in self.sections for one in section.remarks}
        if hidden := self._hidden_text:
            told[said(no_text(month_of(self.day)))] = hidden
        return tuple(told.values())

    @property
    def _hidden_text(self) -> Message | None:
        """That the text of the month is not for this audience, to those who write: they have its file."""
        both = (self.compared.read, self.compared.whole.under(self.compared.read.audience))
        seen, whole = (texts(one.catalogue, self.day, self.language).written for one in both)
        if seen or not whole:
            return None
        audience = self.compared.read.audience
        return message(
            "{file} är inte med, för den är inte till för {audience}; är den det skrivs secrecy: {audience} överst",
            file=whole.file, audience=audience,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a run did, or would do."""

    made: Made
    output: Path | None
    paths: tuple[str, ...]
    done: Outcome
    tag: Tag | None
    dry_run: bool
    old: tuple[str, ...]
    """What lies in the folder since another report."""

    @property
    def tagged(self) -> Tag | None:
        """The tag that there is now."""
        return None if self.dry_run or self.done.refused else self.tag


def print_told(told: Told) -> None:
    """What was written on stdout; what to know about it, and to do next, on stderr."""
    language = told.made.language
    paths = [path for path in told.paths if path not in told.done.refused]
    for files in grouped(told.output, paths) if told.output else ():
        would, did = message("Skulle skriva {files}", files=files), message("Skrev {files}", files=files)
        click.echo(said(would if told.dry_run else did, language))
    for words in _omitted(told):
        click.echo(words, err=True)
    for line in (*_warnings(told), *_grounds(told), *_next(told)):
        click.echo(said(line, language), err=True)


def _omitted(told: Told) -> list[str]:
    """What is left out because it is made up, and its names."""
    catalogue = told.made.compared.read.catalogue
    if how_much := omitted.summary(catalogue):
        language = told.made.language
        return [sentence(how_much, language), *(f"  {line}" for line in omitted.listing(catalogue, language))]
    return []


def _warnings(told: Told) -> list[Message]:
    lines = [message("Skrevs inte: {name}. {why}", name=name, why=why) for name, why in told.done.refused.items()]
    if told.done.refused and told.tag:
        lines.append(message("Taggen {name} sattes inte, för allt kunde inte skrivas.", name=told.tag.name))
    lines += [*_remarks(told), *_old(told.old)]
    if errors := told.made.compared.read.count("error"):
        lines.append(message("Katalogen har {n} fel; rapporten kan vara ofullständig. Kör modulkarta check.", n=errors))
    return lines


def _remarks(told: Told) -> list[Message]:
    """What to know about the report, of one that is only marked how much that is."""
    remarks = told.made.remarks
    if told.output or not remarks:
        return [message("varning: {what}", what=remark) for remark in remarks]
    how_many = counted(
        "varning: rapporten har {n} sak att känna till, som visas när den skrivs med -o",
        "varning: rapporten har {n} saker att känna till, som visas när den skrivs med -o",
        len(remarks),
    )
    return [how_many]


def _old(paths: Sequence[str]) -> list[Message]:
    names = ", ".join(paths[:_MOST_NAMES]) + (" …" if len(paths) > _MOST_NAMES else "")
    told = counted(
        "varning: i mappen ligger {n} fil kvar från en annan rapport: {names}",
        "varning: i mappen ligger {n} filer kvar från en annan rapport: {names}", len(paths), names=names,
    )  # fmt: skip
    return [told] if paths else []


def _grounds(told: Told) -> list[Message]:
    found, day = told.made.compared, told.made.day.isoformat()
    lines = [found.why] if found.why else []
    if found.since:
        lines.append(message("Läge {day}, version {version}, jämfört med {name}.",
                             day=day, version=found.read.version, name=found.since.name))  # fmt: skip
    else:
        lines.append(message("Läge {day}, version {version}.", day=day, version=found.read.version))
    if told.done.written:
        lines.append(message("Summa sha256 {sum} (samma underlag ger samma filer).", sum=told.done.sha256))
    return lines


def _next(told: Told) -> list[Message]:
    if told.tag is None:
        return _offer(told)
    name, commit = told.tag.name, told.tag.commit[:7]
    if told.tagged is None:
        would = message("Skulle sätta taggen {name} på {commit}.", name=name, commit=commit)
        return [would] if told.dry_run else []
    lines = [message("Taggen {name} sattes på {commit}.", name=name, commit=commit)]
    if told.tag.sending:
        lines.append(message("Nästa: dela den med de andra: {command}", command=told.tag.sending))
    return lines


def _offer(told: Told) -> list[Message]:
    """The tag that is left to give, if this is what it would be given to."""
    if told.dry_run or told.done.refused or asked_revision() is not None:
        return []
    month = month_of(told.made.day)
    try:
        known = moments.reports(told.made.here.root)
    except RevisionError:
        return []
    if any(one.name == moments.report_of(month) for one in known):
        return []
    return [message("Nästa: modulkarta report --month {month} --tag när rapporten är klar.", month=month)]


def record(told: Told) -> Mapping[str, object]:
    """The same for programs, `modulkarta/report/1`: sizes in bytes, sums as hexadecimal digits."""
    made, done = told.made, told.done
    sums = {one.path: {"bytes": one.size, "sha256": one.sha256} for one in done.written}
    paths = [path for path in told.paths if path not in done.refused]
    return {
        "schema": "modulkarta/report/1",
        "month": month_of(made.day),
        "date": made.day.isoformat(),
        "language": made.language,
        "lengths": [section.length for section in made.sections],
        "version": made.compared.read.version,
        "since": made.compared.since.name if made.compared.since else None,
        "folder": str(told.output) if told.output else None,
        "files": [{"path": path, **sums.get(path, {})} for path in paths],
        "sha256": done.sha256 if done.written else None,
        "left_from_before": [*told.old],
        "refused": [{"path": path, "reason": why} for path, why in done.refused.items()],
        "warnings": [said(remark, made.language) for remark in made.remarks],
        "omitted": [entity.id for entity in made.compared.read.catalogue.omitted],
        "errors": made.compared.read.count("error"),
        "tag": {"name": told.tagged.name, "commit": told.tagged.commit} if told.tagged else None,
        "dry_run": told.dry_run,
    }
