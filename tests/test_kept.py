"""What is kept for other programs lies beside the catalogue, is no part of it, and is for no more eyes than it."""

from __future__ import annotations

from pathlib import Path

import given
import pytest
from repositories import committed, repository

from modulkarta import audience, snapshot
from modulkarta.source import folder, revision

VIEW = "exchange/archimate/id-1.xml"
FILES = {
    "systems/s": "name: S\nexternal_ids:\n  - system: archimate\n    value: id-hemlig-7\nsecrecy:\n  level: secret\n",
    VIEW: "<model><view/></model>\n",
    "exchange/archimate/id-2.xml": '<model><node elementRef="id-hemlig-7"/></model>\n',
    "exchange/README.md": "Annat programs filer.\n",
}


def written(place: Path) -> Path:
    root = given.written(place, {"systems/s": FILES["systems/s"]})
    for path, text in FILES.items():
        if path.startswith("exchange/"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    return root


def test_it_is_read_and_is_no_file_of_the_catalogue(tmp_path: Path) -> None:
    files = folder.read(written(tmp_path), "catalogue")
    assert list(files.kept) == [VIEW, "exchange/archimate/id-2.xml"] and not files.findings
    assert not any(path.startswith("exchange/") for path in files.contents)


def test_git_reads_it_as_the_disk_does(tmp_path: Path) -> None:
    root = written(tmp_path)
    repository(tmp_path)
    read = revision.read(root, committed(tmp_path), "catalogue", "catalogue")
    assert read and read.kept == folder.read(root, "catalogue").kept and not read.findings


def test_what_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LARGEST_KEPT", 30)
    files = folder.read(written(tmp_path), "catalogue")
    assert list(files.kept) == [VIEW] and [one.code for one in files.findings] == ["MK103"]


def test_it_changes_which_catalogue_it_is(tmp_path: Path) -> None:
    root = written(tmp_path)
    before = snapshot.load(root, given.SCHEMAS, given.TODAY)
    (root / VIEW).write_text("<model/>\n", "utf-8")
    assert snapshot.load(root, given.SCHEMAS, given.TODAY).digest != before.digest


def test_the_public_is_given_none_and_others_none_that_knows_what_is_hidden(tmp_path: Path) -> None:
    read = snapshot.load(written(tmp_path), given.SCHEMAS, given.TODAY)
    assert list(audience.narrowed(read, "secret").kept) == [VIEW, "exchange/archimate/id-2.xml"]
    assert list(audience.narrowed(read, "internal").kept) == [VIEW]
    assert not audience.narrowed(read, "public").kept
