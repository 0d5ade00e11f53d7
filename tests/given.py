"""Small catalogues, given in the test itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from modulkarta import metamodel as metamodels
from modulkarta import snapshot
from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row
from modulkarta.findings import Finding
from modulkarta.metamodel import Metamodel
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, parse

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "schemas"
CATALOGUES = Path(__file__).parent / "catalogues"
GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 6, 1)
GOOD = CATALOGUES / "good" / "catalogue"

Given = Mapping[str, str]
"""Files by a short path, `systems/s`, or by the path inside the catalogue, `applications/systems/s.yaml`."""


@lru_cache(maxsize=1)
def metamodel() -> Metamodel:
    return metamodels.read(folder.read_schemas(SCHEMAS))


@lru_cache(maxsize=1)
def good() -> Snapshot:
    """Region Exempel."""
    return snapshot.load(GOOD, SCHEMAS, TODAY)


@lru_cache(maxsize=1)
def real() -> Files:
    """The files of the catalogue that comes with the program."""
    return folder.read(ROOT / "catalogue", "catalogue")


def whole_paths(files: Given) -> dict[str, str]:
    """The files by their paths inside the catalogue, with a catalogue.yaml if none is given."""
    layers = {kind.folder: kind.layer for kind in metamodel().kinds.values()}
    paths = {"catalogue.yaml": "title: Prov\n"}
    for name, text in files.items():
        short = name.count("/") == 1 and not name.endswith((".yaml", ".md"))
        paths[f"{layers[name.split('/')[0]]}/{name}.yaml" if short else name] = text
    return dict(sorted(paths.items()))


def read(files: Given) -> Snapshot:
    """The snapshot of a tiny catalogue that never was on disk."""
    contents = {path: text.encode() for path, text in whole_paths(files).items()}
    return snapshot.build(Files(root="catalogue", contents=contents), metamodel(), TODAY)


def written(place: Path, files: Given) -> Path:
    """A tiny catalogue on disk: its folder."""
    for path, text in whole_paths(files).items():
        file = place / "catalogue" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return place / "catalogue"


def catalogue_in(place: Path, files: Given) -> Snapshot:
    """A tiny catalogue, written to disk and loaded."""
    return snapshot.load(written(place, files), SCHEMAS, TODAY)


def document(text: str) -> Document:
    read_ = parse("f.yaml", text.encode())
    assert isinstance(read_, Document), read_
    return read_


def findings(data: bytes | str) -> tuple[Finding, ...]:
    read_ = parse("f.yaml", data.encode() if isinstance(data, str) else data)
    assert not isinstance(read_, Document), read_.tree
    return read_


def placed(several: Iterator[Finding] | tuple[Finding, ...]) -> list[str]:
    """Findings as `code:line:column`."""
    return [f"{f.code}:{f.location.line}:{f.location.column}" for f in several]


def codes(read_: Snapshot) -> list[str]:
    return [finding.code for finding in read_.findings]


def rows(files: Given) -> tuple[Row, ...]:
    """How a tiny catalogue is covered; its own mistakes, if any, are shown first."""
    read_ = read(files)
    assert not read_.count("error"), read_.findings
    return coverage.rows(read_.catalogue)


def as_before(name: str, text: str) -> None:
    """A text is byte for byte the golden file. GOLDEN=write pytest ... accepts a change; git shows it."""
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
