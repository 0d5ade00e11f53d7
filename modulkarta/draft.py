"""The catalogue while it is read: file by file, each at its place, and what is laid over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from modulkarta import overlay, placement, shape
from modulkarta.analysis.secrecy import level_of_prose
from modulkarta.entities import converted, entity
from modulkarta.findings import Finding, Location
from modulkarta.levels import HIGHEST
from modulkarta.metamodel import Metamodel
from modulkarta.model import Catalogue, Entity, Settings
from modulkarta.placement import SETTINGS_FILE, Placed
from modulkarta.prose import Prose, prose
from modulkarta.shape import problems as shape_problems
from modulkarta.shape.swallowed import swallowed
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, decoded, parse
from modulkarta.wording import unfolded

_BYTE_ORDER_MARK = "\ufeff".encode()


class Draft:
    """What becomes a catalogue. `blameless` are the entities of another reading, by file, to be taken over."""

    def __init__(self, files: Files, laid_over: Files, metamodel: Metamodel, blameless: Mapping[str, Entity]) -> None:
        self.metamodel, self.blameless = metamodel, blameless
        self.findings: list[Finding] = []
        self.texts: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.sound: dict[str, Entity] = {}
        self.set_aside: dict[str, Entity] = {}
        self.repeated: list[Entity] = []
        self.astray = dict(_astray(files))
        self.settings = self._settings(files)
        for path, data in files.contents.items():
            if path != SETTINGS_FILE:
                self._add(files, path, data)
        self.prose = tuple(self._prose({files.shown(path): data for path, data in files.reports.items()}))
        self.joined = 0
        """How many files say more of what another file is about."""
        self.closed: list[Entity] = []
        """What is laid over for the fewest."""
        self.ajar: set[str] = set()
        """The paths of what is laid over for others too."""
        self.laid_over = frozenset(map(laid_over.shown, (*laid_over.contents, *laid_over.reports)))
        self._lay_over(laid_over)

    def catalogue(self) -> Catalogue:
        return Catalogue(
            metamodel=self.metamodel,
            settings=self.settings,
            entities={id_: self.sound[id_] for id_ in sorted(self.sound)},
            set_aside=self.set_aside,
            repeated=tuple(self.repeated),
            known=self.known,
            astray={id_: file for id_, file in self.astray.items() if id_ not in self.known},
            prose=self.prose,
            laid_over=self.laid_over,
        )

    def _lay_over(self, files: Files) -> None:
        """What may not lie in the repository: new things, more of things that are there, and texts of reports."""
        own = set(self.known)
        self.astray |= {id_: file for id_, file in _astray(files) if id_ not in self.astray}
        for path, data in files.contents.items():
            file = files.shown(path)
            if path == SETTINGS_FILE:
                self.findings.append(placement.settings_laid_over(file))
                self.texts[file] = _seen(data)
            elif isinstance(place := self._placed(path, file), Placed):
                if place.id in own and self.known[place.id] == place.kind.name:
                    self._join(path, place, file, data)
                else:
                    self._add_closed(path, place, file, data)
        self._add_reports(files)

    def _add_closed(self, path: str, place: Placed, file: str, data: bytes) -> None:
        """A thing that only the overlay has."""
        made = self._taken_over(file, data) or self._made(place, file, data, known_as=overlay.classified)
        if made is None:
            return
        if made is self.sound.get(place.id) and overlay.level_of(made.document) != HIGHEST:
            self.ajar.add(path)
        else:
            self.closed.append(made)

    def _join(self, path: str, place: Placed, file: str, data: bytes) -> None:
        """More of a thing that has a file of its own; one that is not sound by itself has to be mended first."""
        document, first = self._parsed(file, data), self.sound.get(place.id)
        if document is None or first is None:
            return
        both = overlay.joined(first, document)
        self.findings.extend(swallowed(document, place.kind, place.id))
        if not isinstance(both, Entity):
            self.findings.extend(both)
            return
        self.sound[place.id] = both
        self.joined += 1
        if overlay.level_of(document) != HIGHEST:
            self.ajar.add(path)

    def _add_reports(self, files: Files) -> None:
        own = {prose.file.rpartition("/")[2]: prose for prose in self.prose}
        for path, data in files.reports.items():
            file = files.shown(path)
            if there := own.get(path.rpartition("/")[2]):
                self.findings.append(overlay.second_text(file, there))
                self.texts[file] = _seen(data)
                continue
            for prose_ in self._prose({file: data}):
                if level_of_prose(prose_) == HIGHEST or not prose_.level:
                    prose_ = prose_.with_level(HIGHEST)
                else:
                    self.ajar.add(path)
                self.prose = (*self.prose, prose_)

    def _placed(self, path: str, file: str) -> Placed | None:
        place = placement.placed(path, file, self.metamodel)
        if isinstance(place, Placed):
            return place
        self.findings.append(place)
        self.astray[placement.id_of_file(path)] = file
        return None

    def _add(self, files: Files, path: str, data: bytes) -> None:
        file = files.shown(path)
        if not self._taken_over(file, data) and (place := self._placed(path, file)):
            self._made(place, file, data, files.ahead(path))

    def _made(
        self, place: Placed, file: str, data: bytes, known: Any = None,
        known_as: Callable[[Document], Document] = lambda same: same,
    ) -> Entity | None:  # fmt: skip
        """The entity of a file, put where it belongs; None of one that could not be read."""
        first = place.id not in self.known
        self.known.setdefault(place.id, place.kind.name)
        document = self._parsed(file, data, known)
        if document is None:
            return None
        made = entity(place.id, place.kind, known_as(document))
        wrong = shape.broken(document, made.fields, place.kind, place.id)
        self.findings.extend((*wrong, *swallowed(document, place.kind, place.id)))
        if not first:
            self.repeated.append(made)
        else:
            (self.set_aside if wrong else self.sound)[place.id] = made
        return made

    def _taken_over(self, file: str, data: bytes) -> Entity | None:
        """What the other snapshot made of a file with the same bytes, but for a byte order mark; it lies as it lay."""
        same = self.blameless.get(file)
        if same is None or same.id in self.known or same.document.text.encode() != data.removeprefix(_BYTE_ORDER_MARK):
            return None
        self.known[same.id] = same.kind.name
        self.texts[file], self.sound[same.id] = same.document.text, same
        return same

    def _prose(self, files: Mapping[str, bytes]) -> Iterator[Prose]:
        for file, data in files.items():
            text = decoded(file, data)
            if isinstance(text, Finding):
                self.findings.append(text)
                self.texts[file] = _seen(data)
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

    def _parsed(self, file: str, data: bytes, known: Any = None) -> Document | None:
        document = parse(file, data, known)
        if isinstance(document, Document):
            self.texts[file] = document.text
            return document
        self.texts[file] = _seen(data)
        self.findings.extend(document)
        return None


def _astray(files: Files) -> Iterator[tuple[str, str]]:
    """The ids of files that could not be read, each with the file."""
    for one in files.findings:
        if one.severity == "error" and not folder.is_report(files.path(one.location.file)):
            yield placement.id_of_file(one.location.file), one.location.file


def _seen(data: bytes) -> str:
    """The text of a file that could not be used, as far as it can be shown."""
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def _settings(value: Mapping[str, Any], document: Document) -> Settings:
    forms: dict[str, Callable[[Any], Any]] = {
        "layers": tuple, "kinds": tuple, "gap_ends": frozenset, "waivers": tuple,
        "title": unfolded, "organisation": unfolded,
    }  # fmt: skip
    return Settings(
        document=document, **{key: forms[key](item) if key in forms else item for key, item in value.items()}
    )
