"""What somebody means who compares: the catalogue at a revision, in another folder, or as it lies here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from modulkarta import metamodel as metamodels
from modulkarta import snapshot
from modulkarta.analysis.secrecy import HIGHEST
from modulkarta.cli.opening import asked_audience, asked_revision, found, readable, schemas_beside, seen, shown, today
from modulkarta.findings import Message, message
from modulkarta.snapshot import Snapshot
from modulkarta.source import revision
from modulkarta.source.folder import Files, read_schemas, spoken
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said

_RANGE = re.compile(r"([^.].*?|\.[^./].*?)(\.\.\.?)(?!\.)(.*)")
_EMPTY = {"catalogue.yaml": b"title: Tom\n"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two that are compared: what was read, what to call it, and what to know about it."""

    read: Snapshot
    name: Message
    commit: str | None = None
    place: str | None = None
    """Where in the repository it lay, if that is another place than now."""
    remark: Message | None = None
    absent: bool = False
    """Whether the revision had no catalogue at all; what was read is then an empty one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Here:
    """Where the command runs: the catalogue's folder, if there is one, and the schemas that were asked for."""

    folder: Path | None
    schemas: Path | None

    @property
    def root(self) -> Path:
        """The catalogue's folder, else a place to ask git from."""
        try:
            return found(self.folder)
        except click.ClickException:
            if self.folder is not None:
                raise
            return Path.cwd()

    @property
    def name(self) -> str:
        """What both sides call the folder, so that their files have the same names."""
        return spoken(shown(self.root)) if _has_catalogue(self.root) else "catalogue"

    def schemas_for(self, root: Path) -> Path:
        return self.schemas or schemas_beside(root)


def both_seen(old: Side, new: Side) -> tuple[Side, Side]:
    """Two sides as far as the audience may see them: only now, for what was read of one is taken over to the other."""
    if asked_audience() == HIGHEST:
        return old, new
    from modulkarta.audience import as_closed_as

    before = as_closed_as(old.read, new.read)
    return replace(old, read=seen(before, silently=True)), replace(new, read=seen(new.read))


def two_sides(first: str, second: str | None, here: Here) -> tuple[str, str | None]:
    """The two sides that are written as one: `A..B`, and `A...B` for B since it left A; two arguments as they are."""
    parts = _RANGE.fullmatch(first)
    if second is not None or parts is None or Path(first).is_dir():
        return first, second
    before, dots, after = parts.groups()
    if dots == "..":
        return before, after or "HEAD"
    try:
        return revision.merge_base(here.root, before, after or "HEAD"), after or "HEAD"
    except RevisionError as error:
        raise refused(error) from None


def refused(error: RevisionError, language: Language | None = None) -> click.ClickException:
    """Why a revision cannot be read, as a command says it."""
    reason = said(error.message, language or "sv")
    return click.ClickException(f"{reason[:1].upper()}{reason[1:]}.")


def side(written: str | None, here: Here, language: Language | None, like: Snapshot | None = None) -> Side:
    """The side that somebody wrote: a folder, a revision, or (None) the files as they lie here now.

    One sentence and exit code 2 when it cannot be read. What is as in `like` is taken over from it.
    """
    if written is None:
        return _folder(found(here.folder), here, message("filerna här"), like)
    if _is_folder(written):
        return _folder(found(Path(written)), here, message("{folder}", folder=spoken(written)), like)
    return _at_revision(written, here, language, like)


def earlier(written: str, here: Here, language: Language | None, like: Snapshot | None = None) -> Side:
    """The catalogue as it was in a revision; one sentence and exit code 2 also where there was none."""
    one = _at_revision(written, here, language, like)
    if one.absent:
        raise refused(RevisionError(message("i {called} fanns ingen katalog", called=one.name)), language)
    return one


def remark_on(one: Side, language: Language) -> None:
    """What people should know about a side: where it lay, and what in it could not be read."""
    if one.remark:
        click.echo(said(one.remark, language), err=True)
    if errors := one.read.count("error"):
        text = message("{name} har {n} fel; det som går att läsa jämförs.", name=one.name, n=errors)
        click.echo(said(text, language), err=True)


def asked_side(here: Here) -> Side:
    """The catalogue in the revision that the command that runs is asked to answer from, and a word of which it is."""
    written, lang = asked_revision(), click.get_current_context().params.get("lang")
    assert written is not None
    one = earlier(written, here, lang)
    for words in (message("Katalogen som den var i {name}.", name=one.name), one.remark):
        if words:
            click.echo(said(words, lang or one.read.catalogue.settings.language), err=True)
    return one


def _at_revision(written: str, here: Here, language: Language | None, like: Snapshot | None) -> Side:
    try:
        with readable():
            return _revision(written, here, like)
    except RevisionError as error:
        raise refused(error, language) from None


def _is_folder(written: str) -> bool:
    """Whether something means a folder: it looks like a path, or there is a catalogue in a folder of that name."""
    path = Path(written)
    if written.startswith((".", "/", "~")) and path.is_dir():
        return True
    return path.is_dir() and (any(path.glob("catalogue.yaml")) or any(path.glob("catalogue/catalogue.yaml")))


def _folder(root: Path, here: Here, name: Message, like: Snapshot | None) -> Side:
    with readable():
        return Side(read=snapshot.load(root, here.schemas_for(root), today(), here.name, like=like), name=name)


def _revision(written: str, here: Here, like: Snapshot | None) -> Side:
    """`main`, or `main:folder` where the catalogue lay in another folder then."""
    root, (name, _, path) = here.root, written.partition(":")
    commit = revision.commit(root, name)
    called = message("{revision} ({commit})", revision=spoken(written), commit=commit[:7])
    if commit.startswith(written):
        called = message("{commit}", commit=commit[:7])

    def at(place: str | None) -> Snapshot | None:
        schemas = here.schemas_for(root)
        return snapshot.load_at(
            root, commit, schemas, today(), here.name, place=place, beside=here.schemas is None, like=like
        )  # fmt: skip

    read = at(path.strip("/") if path else None) if path or _has_catalogue(root) else None
    if read is not None:
        return Side(read=read, name=called, commit=commit, place=path.strip("/") if path else None)
    if path:
        raise RevisionError(message("i {revision} finns ingen mapp {path}", revision=spoken(name), path=spoken(path)))
    return _elsewhere(at, root, commit, called, here)


def _elsewhere(at: Callable[[str], Snapshot | None], root: Path, commit: str, called: Message, here: Here) -> Side:
    """The catalogue of a commit that does not have it where it is now: in its only other place, or not there yet."""
    places = revision.catalogues(root, commit)
    if len(places) > 1:
        many = ", ".join(spoken(place) for place in places)
        raise RevisionError(
            message("i {called} ligger flera kataloger: {many}; skriv REV:MAPP", called=called, many=many)
        )
    read = at(places[0]) if places else None
    if read is not None:
        remark = message("I {called} låg katalogen i {place}.", called=called, place=spoken(places[0] or "."))
        return Side(read=read, name=called, commit=commit, place=places[0], remark=remark)
    nothing = snapshot.build(
        Files(root=here.name, contents=_EMPTY), metamodels.read(read_schemas(here.schemas_for(root))), today()
    )  # fmt: skip
    remark = message("I {called} fanns ingen katalog; allt är nytt jämfört med den.", called=called)
    return Side(read=nothing, name=called, commit=commit, remark=remark, absent=True)


def _has_catalogue(root: Path) -> bool:
    return (root / "catalogue.yaml").is_file() or next(root.glob("*/*/*.yaml"), None) is not None
