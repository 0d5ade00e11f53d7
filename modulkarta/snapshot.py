"""A catalogue as it stands: files in, findings and a catalogue out. The whole chain on one screen."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from modulkarta import metamodel as metamodels
from modulkarta import placement, reach, rules
from modulkarta.draft import Draft
from modulkarta.findings import Finding, most_causal_first
from modulkarta.levels import HIGHEST, Level
from modulkarta.metamodel import Metamodel
from modulkarta.model import Catalogue, Entity
from modulkarta.placement import SETTINGS_FILE
from modulkarta.rules.meant import with_meant
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.source.joined import Joined


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """What one reading of a catalogue gave: the catalogue, all findings, and the texts they point into."""

    catalogue: Catalogue
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    """What the settings let pass for now: counted, and not among the findings."""
    texts: Mapping[str, str]
    files: int
    has_settings: bool
    digest: str
    """Of the files' names and bytes: the same for the same catalogue, whatever the machine."""
    today: date
    """The day of the rules about what time runs past."""
    audience: Level = HIGHEST
    """Nothing above it is in here."""
    partly: bool = False
    """Whether something of the catalogue is not in here, because it is above the audience."""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    """What lies beside the catalogue for other programs, by path: views of models that were brought in."""
    joined: int = 0
    """How many files say more of what another file is about."""
    alone: Snapshot | None = None
    """The same without what is laid over; None where nothing is."""
    beneath: Snapshot | None = None
    """The same with only what is laid over for others than the fewest; None where nothing is laid over."""
    closed: tuple[Entity, ...] = ()
    """What is laid over for the fewest: nobody else may read a text that names it, though it is not in here."""
    since: tuple[Entity, ...] = ()
    """What somebody has classified in a later catalogue, or in the whole that this is a part of: so it is with that,
    for those who may not see it."""

    @cached_property
    def listed(self) -> tuple[Finding, ...]:
        """The findings to show: those that do not merely follow from a file that could not be used."""
        return tuple(f for f in self.findings if f.waits_for is None)

    @property
    def knock_on(self) -> int:
        """How many findings may go away by themselves once others are mended."""
        return len(self.findings) - len(self.listed)

    @property
    def version(self) -> str:
        """A short name of exactly this catalogue."""
        return self.digest[:12]

    @property
    def left_out(self) -> int:
        """How many files could not be used."""
        return self.files - len(self.catalogue.entities) - self.joined - self.has_settings

    @property
    def comparable(self) -> Snapshot:
        """What can be compared with a revision, which never has anything laid over it."""
        return self.alone or self

    def under(self, audience: Level) -> Snapshot:
        """What the part that an audience may see is cut from: without what is laid over it for fewer."""
        return self if audience == HIGHEST or self.beneath is None else self.beneath

    def count(self, severity: str) -> int:
        return sum(f.severity == severity for f in self.listed)

    def number_of(self, code: str) -> int:
        """How often a rule is broken."""
        return sum(finding.code == code for finding in self.findings)

    @cached_property
    def blameless(self) -> Mapping[str, Entity]:
        """The sound entities by file, where nothing is said of the file's own text and shape."""
        told = {finding.location.file for finding in (*self.findings, *self.waived) if finding.code < "MK3"}
        things = self.catalogue.entities.values()
        whole = {one.document.file: one for one in things if one.document.__class__ is not Joined}
        return {file: one for file, one in whole.items() if file not in told} if told else whole


def load(
    root: Path, schemas: Path, today: date, shown: str = "catalogue", *,
    laid_over: Files | None = None, like: Snapshot | None = None,
) -> Snapshot:  # fmt: skip
    """Read, check and build the catalogue in a folder, with other files laid over it.

    `today` is for what time runs past (a waiver, a review); `shown` is what findings call the folder. What is as in
    the snapshot `like` is taken over from it. Raises OSError when a folder cannot be read and ValueError when the
    schemas are not usable; whatever is wrong with the catalogue's own files is a finding.
    """
    return of(folder.read(root, shown), folder.read_schemas(schemas), today, laid_over=laid_over, like=like)


def of(
    files: Files, schemas: Mapping[str, str], today: date, *,
    laid_over: Files | None = None, like: Snapshot | None = None,
) -> Snapshot:  # fmt: skip
    """The snapshot of files and schemas already read; as `load` otherwise."""
    return build(files, _metamodel(schemas, like), today, laid_over=laid_over, like=like)


def load_at(
    root: Path, commit: str, schemas: Path, today: date, shown: str = "catalogue", *,
    place: str | None = None, beside: bool = True, like: Snapshot | None = None,
) -> Snapshot | None:  # fmt: skip
    """The catalogue of a folder as it stood at a commit (a full id); None where it was not there then.

    `place` is where in the repository it lay then, if not where the folder is now. The schemas are those beside it at
    that commit, where there were any and `beside` is not turned off, else those of the folder `schemas`. Raises what
    `load` does, and RevisionError when git cannot be asked.
    """
    from modulkarta.source import revision  # what runs git is loaded only where git is asked

    place = revision.inside(root) if place is None else place
    files = revision.read(root, commit, place, shown)
    if files is None:
        return None
    above = f"{place.rpartition('/')[0]}/schemas".removeprefix("/")
    texts = revision.read_schemas(root, commit, above) if place and beside else None
    return build(files, _metamodel(texts or folder.read_schemas(schemas), like), today, like=like)


def digest_at(root: Path, commit: str, shown: str = "catalogue") -> str | None:
    """The digest of a folder's catalogue at a commit (a full id), without reading its files as a catalogue.

    None where it was not there then; raises RevisionError when git cannot be asked.
    """
    from modulkarta.source import revision  # what runs git is loaded only where git is asked

    files = revision.read(root, commit, revision.inside(root), shown)
    return folder.digest(files) if files else None


def build(
    files: Files, metamodel: Metamodel, today: date, *, laid_over: Files | None = None, like: Snapshot | None = None
) -> Snapshot:
    """The snapshot of files already read; what is as in another snapshot of the same metamodel is taken over.

    `laid_over` is what may not lie among them. Whoever may not see it gets what there is without it: what is `beneath`
    is read by itself, so that nothing of it can depend on what is over it.
    """
    if laid_over is None:
        return _built(files, None, metamodel, today, like)[0]
    whole, ajar = _built(files, laid_over, metamodel, today, like)
    alone = beneath = _built(files, None, metamodel, today, whole)[0]
    if ajar:
        some = {path: data for path, data in laid_over.contents.items() if path in ajar}
        texts = {path: data for path, data in laid_over.reports.items() if path in ajar}
        part = Files(root=laid_over.root, contents=some, reports=texts)
        beneath = replace(_built(files, part, metamodel, today, whole)[0], alone=alone)
    findings = tuple(_mendable(whole.findings, alone.findings))
    return replace(whole, findings=findings, alone=alone, beneath=beneath)


def _built(
    files: Files, laid_over: Files | None, metamodel: Metamodel, today: date, like: Snapshot | None
) -> tuple[Snapshot, set[str]]:
    """The snapshot, and the paths of what is laid over for others than the fewest."""
    blameless = like.blameless if like and like.catalogue.metamodel is metamodel else {}
    over = laid_over or Files(root="", contents={})
    with collector_off():
        draft = Draft(files, over, metamodel, blameless)
        catalogue = draft.catalogue()
        if like:
            reach.take_over(catalogue, like.catalogue)
        judged = rules.judged(catalogue, today)
        shaped = with_meant(catalogue, [placement.clashing(finding, draft.known) for finding in draft.findings])
        findings = most_causal_first((*files.findings, *over.findings, *shaped, *judged.findings))
    read = Snapshot(
        catalogue=catalogue, findings=findings, waived=judged.waived, texts=draft.texts,
        files=len(files.contents) + len(over.contents), has_settings=SETTINGS_FILE in files.contents,
        digest=folder.digest(files, over), today=today, kept=files.kept, joined=draft.joined,
        closed=tuple(draft.closed),
    )  # fmt: skip
    return read, draft.ajar


def _mendable(findings: tuple[Finding, ...], alone: tuple[Finding, ...]) -> Iterator[Finding]:
    """Findings with a fix only where it is the same without what is laid over: nothing is copied out of that."""
    same = {repr(finding) for finding in alone if finding.fix}
    for finding in findings:
        yield finding if not finding.fix or repr(finding) in same else replace(finding, fix=(), safe=False)


@contextmanager
def collector_off() -> Iterator[None]:
    """Nothing made while reading is garbage; looking for it costs more than the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _metamodel(schemas: Mapping[str, str], like: Snapshot | None) -> Metamodel:
    """The metamodel of some schemas; that of another snapshot where they say the same."""
    if like and like.catalogue.metamodel.texts == schemas:
        return like.catalogue.metamodel
    read = metamodels.read(schemas)
    return like.catalogue.metamodel if like and like.catalogue.metamodel.schemas == read.schemas else read
