"""The made-up catalogue that speed is measured on: always the same, of the asked size, and sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import given
import pytest

sys.path.insert(0, str(given.ROOT / "scripts"))

from measure import paint, synthetic

from modulkarta import snapshot

ROOT = given.ROOT
SIZE = 300


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "bench"), "--entities", str(SIZE), "--seed", "7", "-o", "."]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    root = tmp_path / "catalogue"
    written = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")}
    assert written == {path: text.encode() for path, text in synthetic.files(SIZE, seed=7)}


def test_another_seed_gives_other_bytes() -> None:
    assert dict(synthetic.files(SIZE, seed=1)) != dict(synthetic.files(SIZE, seed=2))


def test_writing_again_replaces_what_was_made_up_but_nothing_else(tmp_path: Path) -> None:
    synthetic.write(tmp_path, SIZE)
    root = synthetic.write(tmp_path, synthetic.SMALLEST, seed=2)
    assert len(list(root.rglob("*.yaml"))) == synthetic.SMALLEST + 1
    (root / "catalogue.yaml").write_text("title: Viktig katalog\n")
    with pytest.raises(FileExistsError):
        synthetic.write(tmp_path, SIZE)


def test_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="minst"):
        next(synthetic.files(synthetic.SMALLEST - 1))


@pytest.mark.parametrize("size", [52, SIZE])
def test_the_catalogue_is_of_the_asked_size_and_without_errors(tmp_path: Path, size: int) -> None:
    read = snapshot.load(synthetic.write(tmp_path, size), ROOT / "schemas", given.TODAY)
    assert [f for f in read.findings if f.severity == "error"] == []
    assert len(read.catalogue.entities) == size
    assert read.catalogue.metamodel.kinds.keys() - read.catalogue.of_kind.keys() == {"element", "relationship"}


def test_files_and_references_are_as_many_as_in_a_real_catalogue(tmp_path: Path) -> None:
    read = snapshot.load(synthetic.write(tmp_path, SIZE), ROOT / "schemas", given.TODAY)
    entities = read.catalogue.entities.values()
    assert 3 <= sum(len(entity.references) for entity in entities) / SIZE <= 5
    assert 600 <= sum(len(text.encode()) for text in read.texts.values()) / SIZE <= 900


def test_some_kinds_can_be_as_many_as_one_says(tmp_path: Path) -> None:
    fixed = {"module": 30, "system": 50}
    catalogue = snapshot.load(synthetic.write(tmp_path, SIZE, 1, fixed), ROOT / "schemas", given.TODAY).catalogue
    assert len(catalogue.entities) == SIZE
    assert {kind: len(catalogue.of_kind[kind]) for kind in fixed} == fixed


@pytest.mark.parametrize(
    ("first", "later", "sent", "above"),
    [(900, [800, 4000, 700], 150, False), (1600, [800], 150, True), (900, [1600], 150, True), (900, [800], 201, True)],
)
def test_a_page_is_too_late_the_first_time_as_a_rule_or_too_large(
    first: float, later: list[float], sent: float, above: bool
) -> None:
    painted = paint.Paint("/karta", paint.Reading(first, 300, sent, b""), later, 100)
    assert paint.above(painted) is above
    assert len(paint.cells(painted)) == len(paint.HEADINGS)


def test_the_words_are_swedish() -> None:
    text = "".join(text for _, text in synthetic.files(SIZE))
    assert all(letter in text for letter in "åäöÅÖ")
