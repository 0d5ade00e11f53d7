"""The files on disk: every entry is read, counted or left out by a rule; none can do harm."""

from __future__ import annotations

import os
from pathlib import Path

import given
import pytest

from modulkarta import snapshot
from modulkarta.source import folder
from modulkarta.source.folder import MAX_BYTES
from modulkarta.wording import said


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return given.written(tmp_path, {"systems/s": "name: S\n"})


def found(root: Path) -> list[tuple[str, str]]:
    """The findings of a reading: code and path inside the catalogue."""
    return [(f.code, f.location.file) for f in folder.read(root, "").findings]


def test_a_plain_catalogue_is_read_whole(root: Path) -> None:
    files = folder.read(root, "katalogen")
    assert files.root == "katalogen" and not files.findings
    assert files.contents == {"applications/systems/s.yaml": b"name: S\n", "catalogue.yaml": b"title: Prov\n"}


def test_a_folder_called_yaml_is_not_a_file(root: Path) -> None:
    (root / "applications/systems/x.yaml").mkdir()
    assert found(root) == [("MK101", "/applications/systems/x.yaml")]


def test_a_link_out_of_the_catalogue_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("name: Secret\n")
    (root / "applications/systems/x.yaml").symlink_to(tmp_path / "secret.yaml")
    assert found(root) == [("MK101", "/applications/systems/x.yaml")]
    assert "applications/systems/x.yaml" not in folder.read(root, "").contents


def test_a_linked_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "elsewhere").symlink_to(tmp_path / "elsewhere")
    (root / "inside").symlink_to(root / "applications")
    assert sorted(found(root)) == [("MK101", "/elsewhere"), ("MK101", "/inside")]


def test_a_link_inside_the_catalogue_is_followed(root: Path) -> None:
    (root / "applications/systems/x.yaml").symlink_to("s.yaml")
    files = folder.read(root, "")
    assert not files.findings and files.contents["applications/systems/x.yaml"] == b"name: S\n"


@pytest.mark.parametrize("target", ["x.yaml", "gone.yaml", "../../.."])
def test_a_link_that_leads_nowhere_is_a_finding(root: Path, target: str) -> None:
    (root / "applications/systems/x.yaml").symlink_to(target)
    assert found(root) == [("MK101", "/applications/systems/x.yaml")]


def test_two_links_in_a_ring_are_findings(root: Path) -> None:
    (root / "a.yaml").symlink_to("b.yaml")
    (root / "b.yaml").symlink_to("a.yaml")
    assert sorted(found(root)) == [("MK101", "/a.yaml"), ("MK101", "/b.yaml")]


def test_a_pipe_does_not_hang_the_reading(root: Path) -> None:
    os.mkfifo(root / "applications/systems/x.yaml")
    os.mkfifo(root / "pipe")
    assert sorted(found(root)) == [("MK101", "/applications/systems/x.yaml"), ("MK114", "/pipe")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_finding(root: Path) -> None:
    (root / "applications/systems/s.yaml").chmod(0)
    (root / "closed").mkdir(mode=0)
    assert sorted(found(root)) == [("MK101", "/applications/systems/s.yaml"), ("MK101", "/closed")]


def test_other_files_are_counted(root: Path) -> None:
    for name in ("x.yml", "x.yaml~", "x.YAML", "x.json", "x"):
        (root / name).write_text("name: X")
    assert sorted(found(root)) == [
        ("MK114", "/x"), ("MK114", "/x.YAML"), ("MK114", "/x.json"), ("MK114", "/x.yaml~"), ("MK114", "/x.yml"),
    ]  # fmt: skip


def test_dot_files_and_markdown_are_left_out(root: Path) -> None:
    for name in (".x.yaml", ".gitkeep", "README.md", "reports.md"):
        (root / name).write_text("\0")
    (root / ".git").mkdir()
    (root / ".git/x.yaml").write_text("\0")
    assert not found(root) and len(folder.read(root, "").contents) == 2


@pytest.mark.parametrize("name", ["två ord", "rad\nbrytning", "åäö", "A", "a--b", "a_b", "a" * 65, "${x}", "{x}", "%s"])
def test_a_name_that_is_not_an_id_is_a_finding(root: Path, name: str) -> None:
    (root / f"applications/systems/{name}.yaml").write_text("name: X\n")
    read = snapshot.load(root, given.SCHEMAS, given.TODAY)
    assert [(f.code, f.location.file) for f in read.findings if f.severity == "error"] == [
        ("MK209", f"catalogue/applications/systems/{name}.yaml")
    ]
    assert read.catalogue.entities.keys() == {"s"}


def test_the_order_is_that_of_the_paths(tmp_path: Path) -> None:
    names = ["systems/b", "systems/a", "modules/z", "areas/m", "systems/a-b", "systems/a0"]
    forward = given.written(tmp_path / "forward", dict.fromkeys(names, "name: X\n"))
    backward = given.written(tmp_path / "backward", dict.fromkeys(reversed(names), "name: X\n"))
    one, other = folder.read(forward, ""), folder.read(backward, "")
    assert list(one.contents) == list(other.contents) == sorted(one.contents)
    assert (
        snapshot.load(forward, given.SCHEMAS, given.TODAY).digest
        == snapshot.load(backward, given.SCHEMAS, given.TODAY).digest
    )


def test_a_name_that_is_not_utf_8_is_written_out(root: Path) -> None:
    place = os.fsencode(root / "applications/systems")
    for name in (b"\xe5.yaml", b"\xe5.txt", b"\xff"):
        (Path(os.fsdecode(place)) / os.fsdecode(name)).write_bytes(b"name: X\n")
    (Path(os.fsdecode(place)) / os.fsdecode(b"\xe5")).mkdir()
    read = snapshot.load(root, given.SCHEMAS, given.TODAY)
    for found in read.findings:
        (found.location.file + said(found.message) + (said(found.hint) if found.hint else "")).encode()
    assert sorted((f.code, f.location.file.rpartition("/")[2]) for f in read.findings if f.severity != "info") == [
        ("MK114", r"\xe5.txt"), ("MK114", r"\xff"), ("MK209", r"\xe5.yaml"),
    ]  # fmt: skip


def test_very_many_folders_in_each_other_do_no_harm(root: Path) -> None:
    deepest = root
    for _ in range(1_500):
        deepest /= "d"
        deepest.mkdir()
    try:
        (deepest / "x.yaml").write_text("name: X\n")
        assert [f.code for f in snapshot.load(root, given.SCHEMAS, given.TODAY).findings if f.severity != "info"] == [
            "MK210"
        ]
    finally:
        (deepest / "x.yaml").unlink()
        while deepest != root:
            deepest.rmdir()
            deepest = deepest.parent


def test_no_more_of_a_file_is_read_than_shows_that_it_is_too_large(root: Path) -> None:
    (root / "applications/systems/s.yaml").write_bytes(b"#" * 10_000_000)
    assert len(folder.read(root, "").contents["applications/systems/s.yaml"]) == MAX_BYTES + 1


def test_a_folder_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        folder.read(tmp_path / "nowhere", "")


def test_an_empty_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    read = snapshot.load(tmp_path, given.SCHEMAS, given.TODAY)
    assert given.codes(read) == ["MK211"] and not read.catalogue.entities
