"""A new thing: its file in the right folder, valid from the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from modulkarta.editing.fmt import formatted
from modulkarta.editing.free import clashing, unusable
from modulkarta.editing.template import Values, template
from modulkarta.editing.writing import Change
from modulkarta.findings import Finding, Message, message
from modulkarta.metamodel import Kind, Property
from modulkarta.model import Catalogue
from modulkarta.nearest import meaning, nearest_meaning
from modulkarta.placement import likely_id
from modulkarta.snapshot import Snapshot, build
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, parse
from modulkarta.unknown import nothing_called
from modulkarta.wording import Language, capital

FIRST_TRUTH = "illustrative"
"""What a new thing rests on until somebody says more: so nothing passes for known that is not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A thing to be made: its kind, its id, and what is known of it by field."""

    kind: Kind
    id: str
    values: Values


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """The errors of a file that was not made."""

    findings: tuple[Finding, ...]


def field_of(word: str, kind: Kind) -> Property | Message:
    """The field of a kind that somebody names and that can be filled in on the command line; else what to say."""
    field = kind.properties.get(word)
    if field is None:
        meant = nearest_meaning(word, {name: (p.label.sv, p.label.en) for name, p in kind.properties.items()})
        what = message("”{word}” är inte ett fält för {kind}", word=word, kind=kind.label)
        return meaning(what, meant.word) if meant else what
    if field.shape in ("table", "map"):
        return message("”{word}” har flera delar; fyll i det i filen", word=word)
    return field


def answered(words: str, field: Property, catalogue: Catalogue) -> str | Message:
    """The value that somebody means by an answer, a choice also by its label; else what to say."""
    if field.values:
        meant = nearest_meaning(words, {value: (label.sv, label.en) for value, label in field.values.items()})
        if meant and meant.sure:
            return meant.word
        return message("”{word}” finns inte att välja på", word=words)
    if field.relation and not field.relation.allows(catalogue.known.get(words, "")):
        right = [id_ for id_, kind in catalogue.known.items() if field.relation.allows(kind)]
        return nothing_called(catalogue, words, right)
    return words


def missing(wanted: Wanted, catalogue: Catalogue) -> list[Property]:
    """The fields that a thing must have and for which nothing is known or can be guessed."""
    known = {**_guessed(wanted, catalogue), **wanted.values}
    needed = wanted.kind.schema.get("required", ())
    return [field for name, field in wanted.kind.properties.items() if name in needed and name not in known]


def taken(files: Files, catalogue: Catalogue, wanted: Wanted) -> Message | None:
    """Why the id cannot be used."""
    return unusable(catalogue, wanted.id) or clashing(_path(wanted), files.contents)


def made(files: Files, read: Snapshot, wanted: Wanted, language: Language, today: date) -> Change | Refused:
    """The new file, or the errors it would bring. Nothing is written; `read` is the snapshot of `files`."""
    kind = wanted.kind
    values = {**_guessed(wanted, read.catalogue), **wanted.values}
    text = template(kind, values, language)
    document = parse(_path(wanted), text.encode())
    if isinstance(document, Document):
        text = formatted(document, kind) or text
    path = _path(wanted)
    after = build(replace(files, contents={**files.contents, path: text.encode()}), kind.metamodel, today, like=read)
    wrong = tuple(f for f in after.findings if f.severity == "error" and f not in read.findings)
    return Refused(findings=wrong) if wrong else Change(path=path, before=None, after=text.encode())


def likely_name(id_: str, kind: Kind, catalogue: Catalogue) -> str:
    """A name made of an id: `ersattning-ambulink` is `Ersättning Ambulink`."""
    label = kind.label.sv
    rest = id_.removeprefix(f"{likely_id(label)}-")
    words = catalogue.name(rest) if rest in catalogue.entities else rest.replace("-", " ")
    whole = words if rest == id_ else f"{label} {words}"
    return capital(whole)


def _path(wanted: Wanted) -> str:
    return f"{wanted.kind.layer}/{wanted.kind.folder}/{wanted.id}.yaml"


def _guessed(wanted: Wanted, catalogue: Catalogue) -> Mapping[str, str]:
    """What may be filled in unasked: a name, the truth, and what an id such as `ersattning-ambulink` says."""
    kind = wanted.kind
    guessed = {"name": likely_name(wanted.id, kind, catalogue)}
    if "truth" in kind.properties and not _is_evidence(kind):
        guessed["truth"] = FIRST_TRUTH
    for name in kind.schema.get("required", ()):
        relation = kind.properties[name].relation
        ends = (wanted.id[n + 1 :] for n, sign in enumerate(wanted.id) if sign == "-")
        found = next((end for end in ends if relation and relation.allows(catalogue.known.get(end, ""))), None)
        if found:
            guessed[name] = found
    return guessed


def _is_evidence(kind: Kind) -> bool:
    """Whether a kind is what statements rest on, and so rests on nothing itself."""
    sources = kind.properties.get("sources")
    relations = [column.relation for column in sources.columns] if sources else []
    return any(relation and kind.name in relation.kinds for relation in relations)
