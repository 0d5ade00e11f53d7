"""A small catalogue, and what may be laid over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import given
from given import Given

from modulkarta import snapshot
from modulkarta.levels import Level
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files

OPEN: Given = {
    "systems/s": "name: Sjukan\nsummary: Öppet.\ncontracts: [a]\nlifecycle: {live: 2020}\nsecrecy: {level: public}\n",
    "contracts/a": "name: Avtal A\nends: 2027\nsecrecy: {level: public}\n",
    "modules/m": "name: Modulen\nsecrecy: {level: internal}\n",
    "modules/n": "name: Oklassad\n",
}
SECRET: Given = {
    "contracts/safir": "name: Avtal Safir\nends: 2026-01-01\n",
    "systems/s": "description: Har brister.\ncontracts: [safir]\nlifecycle: {retired: 2027}\ntruth: assumption\n",
    "modules/n": "summary: Hemlig.\ndepends_on: [m]\n",
}
TODAY = date(2026, 11, 21)
NARROWER: tuple[Level, ...] = ("public", "internal")


def files(several: Given, root: str) -> Files:
    paths = given.whole_paths(several)
    if root != "catalogue" and "catalogue.yaml" not in several:
        del paths["catalogue.yaml"]
    texts = {path: text.encode() for path, text in paths.items()}
    reports = {path: texts.pop(path) for path in [*texts] if path.startswith("reports/")}
    return Files(root=root, contents=texts, reports=reports)


def laid(below: Given, over: Given | None) -> Snapshot:
    laid_over = None if over is None else files(over, "overlay")
    return snapshot.build(files(below, "catalogue"), given.metamodel(), given.TODAY, laid_over=laid_over)


def told(read: Snapshot) -> object:
    """Everything that can be known of a snapshot."""
    things = {
        id_: (entity.fields, entity.document.text, entity.document.tree, entity.references, entity.file)
        for id_, entity in read.catalogue.entities.items()
    }
    whole = read.catalogue
    return (
        things, whole.settings, whole.known, whole.astray, whole.set_aside, whole.repeated, whole.prose, whole.untold,
        whole.unseen, read.findings, read.waived, dict(read.texts), read.files, read.left_out, read.digest, read.partly,
        read.closed, read.alone, read.beneath,
    )  # fmt: skip


def written(place: Path, over: Given) -> tuple[Path, Path]:
    """A catalogue, and what is laid over it, on disk: their folders."""
    for path, data in files(over, "overlay").contents.items():
        file = place / "tillagg" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (place / "tillagg").chmod(0o700)
    return given.written(place, OPEN), place / "tillagg"
