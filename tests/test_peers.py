"""What others are given to read is the same catalogue, whole."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import given
import pytest
import yaml

sys.path.insert(0, str(given.ROOT / "scripts"))

from measure import peers, synthetic
from measure.peers import jsonschemas, likec4
from measure.works import Ground, works

from modulkarta import snapshot
from modulkarta.cli import COMMANDS
from modulkarta.snapshot import Snapshot

SIZE = 120
NOT_TEXT = {"order", "temporary"}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("ground")
    synthetic.write(folder, SIZE)
    return Ground(folder=folder, entities=SIZE)


@pytest.fixture(scope="module")
def read(ground: Ground) -> Snapshot:
    return snapshot.load(Path(ground.root), given.ROOT / "schemas", given.TODAY)


def test_likec4_has_a_file_for_each_entity_and_every_reference(read: Snapshot) -> None:
    specification, *several = dict(likec4.files(read.catalogue)).values()
    assert len(several) == SIZE
    relations = [found for text in several for found in re.findall(r"^  (\S+) -\[(\S+)\]-> (\S+)$", text, re.MULTILINE)]
    entities = read.catalogue.entities.values()
    assert len(relations) == sum(len(entity.references) for entity in entities)
    places = {f"{entity.kind.layer}.{entity.id}" for entity in entities}
    assert {end for source, _, target in relations for end in (source, target)} <= places
    assert {kind for _, kind, _ in relations} == set(re.findall(r"^  relationship (\S+)$", specification, re.MULTILINE))


def test_likec4_has_the_kinds_and_the_names(read: Snapshot) -> None:
    written = "".join(text for _, text in likec4.files(read.catalogue))
    found = Counter(re.findall(r'^    (\S+) = (\S+) "(.+)" \{$', written, re.MULTILINE))
    assert found == Counter((one.id, one.kind.name, one.name) for one in read.catalogue.entities.values())


@pytest.mark.parametrize(
    ("said", "valid", "files"),
    [
        ('{"valid": true, "stats": {"totalFiles": 301, "totalErrors": 0}}', True, 301),
        ('{"valid": true, "stats": {"totalFiles": 0, "totalErrors": 0}}', True, 0),
        ('{"valid": false, "stats": {"totalFiles": 301, "totalErrors": 2}}', False, 301),
        ("Error", False, 0),
    ],
)
def test_a_folder_that_is_not_there_is_not_taken_for_a_catalogue(said: str, valid: bool, files: int) -> None:
    assert (likec4.said_valid(said), likec4.said_files(said)) == (valid, files)


def test_check_jsonschema_reads_what_we_read_as_text(ground: Ground) -> None:
    work = jsonschemas.work(ground, Path("python"))
    quoted = list((ground.folder / "quoted").rglob("*.yaml"))
    assert len(quoted) == SIZE
    for file in quoted:
        original = (ground.folder / "catalogue" / file.relative_to(ground.folder / "quoted")).read_bytes()
        ours, theirs = yaml.load(original, yaml.BaseLoader), yaml.safe_load(file.read_bytes())
        assert ours.keys() == theirs.keys()
        assert all(theirs[key] == value for key, value in ours.items() if key not in NOT_TEXT), file
        assert all(not isinstance(theirs[key], str) for key in NOT_TEXT & theirs.keys())
    assert work.done(f"{SIZE} filer stämmer med sitt schema\n")
    assert not work.done(f"{SIZE - 1} filer stämmer med sitt schema\n")


def test_peers_say_what_they_are_and_what_they_do() -> None:
    for peer in peers.PEERS:
        assert re.fullmatch(r"\d+\.\d+\.\d+", peer.version)
        assert peer.licence in ("Apache-2.0", "MIT")
        assert peer.index in ("PyPI", "npm")


def test_all_that_is_measured_is_something_the_program_can_do(tmp_path: Path) -> None:
    synthetic.write(tmp_path, SIZE)
    several = list(works(Ground(folder=tmp_path, entities=SIZE)))
    assert {work.name.split()[0] for work in several} <= set(COMMANDS)
    assert len({(work.name, work.state) for work in several}) == len(several)
    broken = tmp_path / "broken" / "catalogue"
    assert all("level: publik" in file.read_text("utf-8") for file in broken.glob("*/*/*.yaml"))
