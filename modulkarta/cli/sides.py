"""What somebody means who compares: the catalogue at a revision, in another folder, or as it lies here."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from pathlib import Path

import click

from modulkarta import metamodel as metamodels
from modulkarta import snapshot
from modulkarta.cli.audience import seen
from modulkarta.cli.folders import found, readable, schemas_beside, shown
from modulkarta.cli.options import asked_audience, asked_revision, today
from modulkarta.findings import Message, message
from modulkarta.levels import HIGHEST
from modulkarta.snapshot import Snapshot
from modulkarta.source import revision
from modulkarta.source.folder import Files, read_schemas, spoken
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said, sentence

_RANGE = re.compile(r"(|[^.].*?|\.[^./].*?)(\.\.\.?)(?![./])(.*)")
_REVISION = re.compile(r"((?:[^:{]|\{[^}]*\})+)(?::(.*))?|(:.*)", re.DOTALL)
"""`main`, `main:folder`, and what git finds by its words: `:/Ny modul`, `main^{/fix: a}`, `main@{12:00}`."""
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


def both_seen(old: Side, new: Side, here: Here) -> tuple[Side, Side]:
    """Two sides as far as the audience may see them: only now, for what was read of one is taken over to the other."""
    if asked_audience() == HIGHEST:
        return old, new
    before = as_closed(old, new, here).read
    return replace(old, read=seen(before, silently=True)), replace(new, read=seen(new.read))


def as_closed(old: Side, new: Side, here: Here) -> Side:
    """A side with the levels of a later one; what is gone has those that git knows it had last."""
    from modulkarta.audience import as_closed_as
    from modulkarta.changes.removed import last_written, removed

    gone = removed(old.read.catalogue, new.read.catalogue) if old.commit else frozenset[str]()
    until = new.commit or (revision.commit(here.root, "HEAD") if gone else "")
    last = last_written(here.root, new.read.catalogue.metamodel, gone, since=old.commit or "", until=until)
    return replace(old, read=as_closed_as(old.read, new.read, last))


def two_sides(first: str, second: str | None, here: Here) -> tuple[str, str | None]:
    """The two sides that are written as one: `A..B`, and `A...B` for B since it left A; two arguments as they are."""
    parts = _RANGE.fullmatch(first)
    if second is not None or parts is None or _is_directory(Path(first)) or first.strip(".") == "":
        return first, second
    before, dots, after = parts[1] or "HEAD", parts[2], parts[3] or "HEAD"
    if dots == "..":
        return before, after
    try:
        return revision.merge_base(here.root, before, after), after
    except RevisionError as error:
        raise refused(error) from None


def refused(error: RevisionError, language: Language | None = None) -> click.ClickException:
    """Why a revision cannot be read, as a command says it."""
    return click.ClickException(sentence(error.message, language or "sv"))


def side(written: str | None, here: Here, language: Language | None, like: Snapshot | None = None) -> Side:
    """The side that somebody wrote: a folder, a revision, or (None) the files as they lie here now.

    One sentence and exit code 2 when it cannot be read. What is as in `like` is taken over from it.
    """
    if written is None:
        return _files_here(here, like)
    if not _is_folder(written):
        if written.startswith(("./", "../", "/", "~/")):
            raise click.ClickException(f"Mappen {spoken(written)} finns inte.")
        return _at_revision(written, here, language, like)
    if _is_branch(written, here):
        one = _at_revision(written, here, language, like)
        remark = message(
            "{it} är både en revision och en mapp; här menas revisionen. Mappen skrivs ./{it}.", it=spoken(written)
        )
        return replace(one, remark=one.remark or remark)
    return _folder(found(Path(written)), here, message("{folder}", folder=spoken(written)), like)


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


def _files_here(here: Here, like: Snapshot | None) -> Side:
    try:
        root = found(here.folder)
    except click.ClickException:
        if here.folder is None and revision.bare(Path.cwd()):
            raise refused(
                RevisionError(message("här finns inga filer, bara historien; diff kan jämföra två revisioner"))
            ) from None
        raise
    return _folder(root, here, message("filerna här"), like)


def _is_branch(written: str, here: Here) -> bool:
    """Whether what could be a folder is just as well a revision; what looks like a path is not."""
    try:
        return not written.startswith((".", "/", "~")) and bool(revision.commit(here.root, written))
    except RevisionError:
        return False


def _is_folder(written: str) -> bool:
    """Whether something means a folder: it looks like a path, or there is a catalogue in a folder of that name."""
    path = Path(written)
    if not written or not _is_directory(path):
        return False
    looks_like_a_path = written.startswith((".", "/", "~"))
    return looks_like_a_path or any(path.glob("catalogue.yaml")) or any(path.glob("catalogue/catalogue.yaml"))


def _is_directory(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what is too long for a name is none
        return False


def _folder(root: Path, here: Here, name: Message, like: Snapshot | None) -> Side:
    with readable():
        return Side(read=snapshot.load(root, here.schemas_for(root), today(), here.name, like=like), name=name)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Commit:
    """A commit that somebody wrote, and what to call it."""

    id: str
    called: Message
    root: Path
    here: Here
    like: Snapshot | None

    def side(self, place: str | None, remark: Message | None = None) -> Side | None:
        """The catalogue as it lay there (None: where it is now), None where there was none.

        With schemas of that commit that cannot be used, it is read with those that are here.
        """
        beside = self.here.schemas is None
        try:
            read = self._read(place, beside=beside)
        except ValueError as error:
            if not beside:
                raise
            read = self._read(place, beside=False)
            remark = message("Schemana i {called} går inte att använda ({why}); de som finns här används i stället.",
                             called=self.called, why=str(error))  # fmt: skip
        return None if read is None else Side(
            read=read, name=self.called, commit=self.id, place=place, remark=remark
        )  # fmt: skip

    def _read(self, place: str | None, *, beside: bool) -> Snapshot | None:
        schemas = self.here.schemas_for(self.root)
        return snapshot.load_at(
            self.root, self.id, schemas, today(), self.here.name, place=place, beside=beside, like=self.like
        )  # fmt: skip


def _revision(written: str, here: Here, like: Snapshot | None) -> Side:
    """`main`, or `main:folder` where the catalogue lay in another folder then."""
    root, (name, path) = here.root, _parted(written)
    commit = revision.commit(root, name)
    called = message("{revision} ({commit})", revision=spoken(written), commit=commit[:7])
    if commit.startswith(written):
        called = message("{commit}", commit=commit[:7])
    at = _Commit(id=commit, called=called, root=root, here=here, like=like)
    if path:
        return _in_folder(at, name, path)
    return (at.side(None) if _has_catalogue(root) else None) or _elsewhere(at)


def _parted(written: str) -> tuple[str, str]:
    """A revision and the folder in it, "" where none is said."""
    parts = _REVISION.fullmatch(written)
    return (parts[1] or parts[3] or "", parts[2] or "") if parts else (written, "")


def _in_folder(at: _Commit, name: str, path: str) -> Side:
    """The catalogue in a folder, or in its folder catalogue/, as on disk."""
    places = revision.catalogues(at.root, at.id)
    normal = posixpath.normpath(path.strip("/") or ".")
    place = "" if normal == "." else normal
    inside = posixpath.join(place, "catalogue")
    read = at.side(inside if inside in places and place not in places else place)
    if read is None:
        raise RevisionError(message("i {revision} finns ingen mapp {path}", revision=spoken(name), path=spoken(path)))
    return read


def _elsewhere(at: _Commit) -> Side:
    """The catalogue of a commit that does not have it where it is now: in its only other place, or not there yet."""
    places = revision.catalogues(at.root, at.id)
    if len(places) > 1:
        many = ", ".join(spoken(place or ".") for place in places)
        raise RevisionError(
            message("i {called} ligger flera kataloger: {many}; skriv REV:MAPP", called=at.called, many=many)
        )
    there = at.side(places[0]) if places else None
    if there is None:
        return _nothing(at)
    if there.remark or (places[0] == at.here.name and not _has_catalogue(at.root)):
        return there
    remark = message("I {called} låg katalogen i {place}.", called=at.called, place=spoken(places[0] or "."))
    return replace(there, remark=remark)


def _nothing(at: _Commit) -> Side:
    schemas = metamodels.read(read_schemas(at.here.schemas_for(at.root)))
    nothing = snapshot.build(Files(root=at.here.name, contents=_EMPTY), schemas, today())
    remark = message("I {called} fanns ingen katalog; allt är nytt jämfört med den.", called=at.called)
    return Side(read=nothing, name=at.called, commit=at.id, remark=remark, absent=True)


def _has_catalogue(root: Path) -> bool:
    return (root / "catalogue.yaml").is_file() or next(root.glob("*/*/*.yaml"), None) is not None
