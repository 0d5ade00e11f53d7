"""The files of a report on disk: each whole or not at all, with what names exactly what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

import click

from modulkarta.cli.progress import naming
from modulkarta.editing.writing import put
from modulkarta.figures.unmade import CannotMake
from modulkarta.nearest import nearest
from modulkarta.report import files
from modulkarta.report.blocks import Section
from modulkarta.report.files import Writer
from modulkarta.report.names import is_of_another


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file that was written: its path in the report's folder, its size in bytes and the sum of them."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What was written, and what could not be, with the reason."""

    written: tuple[Written, ...]
    refused: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """Of all files, by their names and bytes: the same for the same report, whatever the machine."""
        lines = sorted(f"{one.path}\0{one.sha256}\n" for one in self.written)
        return sha256("".join(lines).encode()).hexdigest()


def wanted(sections: Sequence[Section], only: Sequence[str], template: bytes | None = None) -> Mapping[str, Writer]:
    """The files of some lengths of a report, of the formats asked for; the longest has the figures that it shares."""
    found: dict[str, Writer] = {}
    for section in sections:
        found.update(files.contents(section, template))
    known = {_format(path) for path in found}
    for one in only:
        if one not in known:
            raise click.UsageError(_unknown(one, known))
    return {path: writer for path, writer in found.items() if not only or _format(path) in only}


def write(folder: Path, contents: Mapping[str, Writer]) -> Outcome:
    """Write the files, in their order; one sentence and exit code 2 when the folder cannot be written."""
    written, refused = [], {}
    with _beside(contents) as writers, naming(len(contents)) as begun:
        for path, writer in writers.items():
            begun(path)
            try:
                data = writer()
            except CannotMake as reason:
                refused[path] = str(reason)
                continue
            _put(folder / path, data)
            written.append(Written(path=path, size=len(data), sha256=sha256(data).hexdigest()))
    return Outcome(written=tuple(written), refused=refused)


def left_from_before(folder: Path, sections: Iterable[Section]) -> tuple[str, ...]:
    """The figures and tables in the folder that are of another report than some sections."""
    several = tuple(sections)
    paths = sorted(f"{part}/{file.name}" for part in ("figurer", "tabeller") for file in (folder / part).glob("*"))
    return tuple(path for path in paths if any(is_of_another(path, section) for section in several))


def grouped(folder: Path, paths: Iterable[str]) -> Iterator[str]:
    """Some files as people read them: texts of one name together, what lies in a folder of its own counted."""
    texts: dict[str, list[str]] = {}
    parts: dict[str, Counter[str]] = {}
    for path in map(PurePosixPath, paths):
        if path.parent == PurePosixPath("."):
            texts.setdefault(path.stem, []).append(path.suffix)
        else:
            parts.setdefault(f"{path.parent}/", Counter())[path.suffix[1:].upper()] += 1
    yield from (f"{folder / stem}{', '.join(suffixes)}" for stem, suffixes in texts.items())
    for name, counts in parts.items():
        yield f"{folder}/{name} ({', '.join(f'{n} {format_}' for format_, n in counts.items())})"


def _format(path: str) -> str:
    return PurePosixPath(path).suffix[1:]


def _unknown(format_: str, known: Iterable[str]) -> str:
    meant = nearest(format_, known)
    hint = f"Menade du ”{meant}”?" if meant else f"Det finns {', '.join(sorted(known))}."
    return f"Rapporten skrivs inte som ”{format_}”. {hint}"


@contextmanager
def _beside(contents: Mapping[str, Writer]) -> Iterator[Mapping[str, Writer]]:
    """The same files, where those that need not Python to be set are begun at once and only waited for.

    Typst sets a PDF on a core of its own, while the figures of the Word document are drawn here.
    """
    several = ThreadPoolExecutor(max_workers=1)
    begun = {path: several.submit(writer) for path, writer in contents.items() if _format(path) == "pdf"}
    try:
        yield {path: begun[path].result if path in begun else writer for path, writer in contents.items()}
    finally:
        several.shutdown(cancel_futures=True)


def _put(path: Path, data: bytes) -> None:
    try:
        put(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} går inte att skriva: {error.strerror}") from None
