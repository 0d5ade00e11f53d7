"""A catalogue as it stands: files in, findings and a catalogue out. The whole chain on one screen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from modulkarta import metamodel as metamodels
from modulkarta import placement, rules, shape
from modulkarta.analysis.secrecy import HIGHEST, Level
from modulkarta.entities import converted, entity
from modulkarta.findings import Finding, Location, most_causal_first
from modulkarta.metamodel import Metamodel
from modulkarta.model import Catalogue, Entity, Settings
from modulkarta.placement import SETTINGS_FILE, Placed
from modulkarta.prose import Prose, prose
from modulkarta.rules.meant import with_meant
from modulkarta.shape import problems as shape_problems
from modulkarta.shape.swallowed import swallowed
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, decoded, parse
from modulkarta.wording import unfolded

_BYTE_ORDER_MARK = "\ufeff".encode()


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

    @property
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
        return self.files - len(self.catalogue.entities) - self.has_settings

    def count(self, severity: str) -> int:
        return sum(f.severity == severity for f in self.listed)

    def number_of(self, code: str) -> int:
        """How often a rule is broken."""
        return sum(finding.code == code for finding in self.findings)

    @cached_property
    def blameless(self) -> Mapping[str, Entity]:
        """The sound entities by file, where nothing is said of the file's own text and shape."""
        told = {finding.location.file for finding in (*self.findings, *self.waived) if finding.code < "MK3"}
        return {entity.file: entity for entity in self.catalogue.entities.values() if entity.file not in told}


def load(root: Path, schemas: Path, today: date, shown: str = "catalogue", *, like: Snapshot | None = None) -> Snapshot:
    """Read, check and build the catalogue in a folder.

    `today` is for what time runs past (a waiver, a review); `shown` is what findings call the folder. What is as in
    the snapshot `like` is taken over from it. Raises OSError when a folder cannot be read and ValueError when the
    schemas are not usable; whatever is wrong with the catalogue's own files is a finding.
    """
    return of(folder.read(root, shown), folder.read_schemas(schemas), today, like=like)


def of(files: Files, schemas: Mapping[str, str], today: date, *, like: Snapshot | None = None) -> Snapshot:
    """The snapshot of files and schemas already read; as `load` otherwise."""
    return build(files, _metamodel(schemas, like), today, like=like)


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
    return _digest(files) if files else None


def build(files: Files, metamodel: Metamodel, today: date, *, like: Snapshot | None = None) -> Snapshot:
    """The snapshot of files already read; what is as in another snapshot of the same metamodel is taken over."""
    with collector_off():
        draft = _Draft(files, metamodel, like)
        catalogue = draft.catalogue()
        judged = rules.judged(catalogue, today)
        shaped = with_meant(catalogue, [placement.clashing(finding, draft.known) for finding in draft.findings])
        findings = most_causal_first((*files.findings, *shaped, *judged.findings))
    return Snapshot(
        catalogue=catalogue, findings=findings, waived=judged.waived, texts=draft.texts, files=len(files.contents),
        has_settings=SETTINGS_FILE in files.contents, digest=_digest(files), today=today,
    )  # fmt: skip


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
    read = metamodels.read(schemas)
    return like.catalogue.metamodel if like and like.catalogue.metamodel.schemas == read.schemas else read


class _Draft:
    """The catalogue while it is read: file by file, each at its place."""

    def __init__(self, files: Files, metamodel: Metamodel, like: Snapshot | None) -> None:
        self.metamodel = metamodel
        self.blameless = like.blameless if like and like.catalogue.metamodel is metamodel else {}
        self.findings: list[Finding] = []
        self.texts: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.sound: dict[str, Entity] = {}
        self.set_aside: dict[str, Entity] = {}
        self.repeated: list[Entity] = []
        self.astray = {
            placement.id_of_file(f.location.file): f.location.file
            for f in files.findings
            if f.severity == "error" and not folder.is_report(files.path(f.location.file))
        }
        self.settings = self._settings(files)
        for path, data in files.contents.items():
            if path != SETTINGS_FILE:
                self._add(path, files.shown(path), data)
        self.prose = tuple(self._prose({files.shown(path): data for path, data in files.reports.items()}))

    def catalogue(self) -> Catalogue:
        return Catalogue(
            metamodel=self.metamodel,
            settings=self.settings,
            entities=dict(sorted(self.sound.items())),
            set_aside=self.set_aside,
            repeated=tuple(self.repeated),
            known=self.known,
            astray={id_: file for id_, file in self.astray.items() if id_ not in self.known},
            prose=self.prose,
        )

    def _add(self, path: str, file: str, data: bytes) -> None:
        place = placement.placed(path, file, self.metamodel)
        if not isinstance(place, Placed):
            self.findings.append(place)
            self.astray[placement.id_of_file(path)] = file
            return
        first = place.id not in self.known
        self.known.setdefault(place.id, place.kind.name)
        if first and (same := self._unchanged(file, data)):
            self.texts[file], self.sound[place.id] = same.document.text, same
            return
        document = self._parsed(file, data)
        if document is None:
            return
        made = entity(place.id, place.kind, document)
        wrong = shape.broken(document, made.fields, place.kind, place.id)
        self.findings.extend((*wrong, *swallowed(document, place.kind, place.id)))
        if not first:
            self.repeated.append(made)
        else:
            (self.set_aside if wrong else self.sound)[place.id] = made

    def _unchanged(self, file: str, data: bytes) -> Entity | None:
        """What the other snapshot made of a file with the same bytes, but for a byte order mark."""
        same = self.blameless.get(file)
        return same if same and same.document.text.encode() == data.removeprefix(_BYTE_ORDER_MARK) else None

    def _prose(self, files: Mapping[str, bytes]) -> Iterator[Prose]:
        for file, data in files.items():
            text = decoded(file, data)
            if isinstance(text, Finding):
                self.findings.append(text)
                self.texts[file] = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
            else:
                self.texts[file] = text
                yield prose(file, text)

    def _settings(self, files: Files) -> Settings:
        file = files.shown(SETTINGS_FILE)
        if SETTINGS_FILE not in files.contents:
            if all(finding.location.file != file for finding in files.findings):
                self.findings.append(shape_problems.missing_settings(Location(file=file)))
            return Settings()
        document = self._parsed(file, files.contents[SETTINGS_FILE])
        if document is None:
            return Settings()
        kind = self.metamodel.settings
        value = converted(document.tree, kind.conversions)
        wrong = shape.broken(document, value, kind, None)
        self.findings.extend(wrong)
        faulty = {finding.path[:1] for finding in wrong}
        sound = {key: item for key, item in value.items() if (key,) not in faulty and key in kind.properties}
        return _settings({} if () in faulty else sound, document)

    def _parsed(self, file: str, data: bytes) -> Document | None:
        document = parse(file, data)
        if isinstance(document, Document):
            self.texts[file] = document.text
            return document
        self.texts[file] = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
        self.findings.extend(document)
        return None


def _settings(value: Mapping[str, Any], document: Document) -> Settings:
    forms: dict[str, Callable[[Any], Any]] = {
        "layers": tuple, "kinds": tuple, "gap_ends": frozenset, "waivers": tuple,
        "title": unfolded, "organisation": unfolded,
    }  # fmt: skip
    return Settings(
        document=document, **{key: forms[key](item) if key in forms else item for key, item in value.items()}
    )


def _digest(files: Files) -> str:
    digest = sha256()
    for path, data in (*files.contents.items(), *files.reports.items()):
        digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()
