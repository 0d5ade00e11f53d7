"""A catalogue at a revision of git: what was committed, read as if it lay on disk."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import given
import pytest
from hypothesis import HealthCheck, example, settings
from hypothesis import given as over
from hypothesis import strategies as st
from repositories import committed, git, repository
from servers import LONGEST

from modulkarta import snapshot
from modulkarta.source import folder, revision
from modulkarta.source import git as asking
from modulkarta.source.folder import MAX_BYTES
from modulkarta.source.git import RevisionError
from modulkarta.wording import said


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a catalogue of one module, committed."""
    place = repository(tmp_path / "repo")
    given.written(place, {"modules/a": "name: A\n"})
    committed(place)
    return place


def refused(place: Path, wanted: str) -> str:
    with pytest.raises(RevisionError) as error:
        revision.commit(place, wanted)
    return said(error.value.message)


def both(root: Path) -> tuple[folder.Files, folder.Files]:
    """A folder as it lies on disk, and as it was committed last."""
    at = revision.read(root, revision.commit(root, "HEAD"), revision.inside(root), "catalogue")
    assert at is not None
    return folder.read(root, "catalogue"), at


NAMES = st.sampled_from(
    ["a.yaml", "å ä.yaml", "b\nc.yaml", "d.yml", "e.md", ".f.yaml", "g.yaml.txt", "*.yaml", "-o.yaml"]
)
FOLDERS = st.sampled_from(["", "x/", "x/y/", ".z/", "å/", "a.yaml.d/", "folder.yaml/"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@over(files=st.dictionaries(st.tuples(FOLDERS, NAMES), st.binary(max_size=40), min_size=1))
@example(files={("", "a.yaml"): b"\xff\n", ("x/", "a.yaml"): b"", ("folder.yaml/", "a.yaml"): b""})
@example(files={("", "a.yaml"): b"a" * (MAX_BYTES + 1)})
def test_what_was_just_committed_is_what_lies_on_disk(
    tmp_path_factory: pytest.TempPathFactory, files: dict[tuple[str, str], bytes]
) -> None:
    place = repository(tmp_path_factory.mktemp("repo"))
    for (above, name), data in files.items():
        file = place / "cat alogue" / f"{above}{name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    committed(place)
    on_disk, at = both(place / "cat alogue")
    assert {f: d for f, d in on_disk.contents.items() if len(d) <= MAX_BYTES} == {
        f: d for f, d in at.contents.items() if len(d) <= MAX_BYTES
    }
    assert list(on_disk.contents) == list(at.contents)
    assert sorted(map(str, on_disk.findings)) == sorted(map(str, at.findings))


def test_the_snapshot_of_a_commit_is_that_of_the_same_files(repo: Path) -> None:
    root = repo / "catalogue"
    then = snapshot.load(root, given.SCHEMAS, given.TODAY)
    (root / "applications/modules/a.yaml").write_text("nme: A\n")
    at = snapshot.load_at(root, revision.commit(root, "HEAD"), given.SCHEMAS, given.TODAY)
    assert at is not None and at.digest == then.digest and at.findings == then.findings


def test_links_are_followed_inside_the_catalogue_only(repo: Path) -> None:
    modules = repo / "catalogue/applications/modules"
    (repo / "secret.yaml").write_text("name: S\n")
    for name, target in {
        "inside": "a.yaml", "chain": "inside.yaml", "up": "../modules/a.yaml", "out": "../../../secret.yaml",
        "absolute": "/etc/passwd", "nowhere": "b.yaml", "loop": "loop.yaml",
    }.items():  # fmt: skip
        (modules / f"{name}.yaml").symlink_to(target)
    committed(repo)
    on_disk, at = both(repo / "catalogue")
    assert on_disk.contents == at.contents and set(map(str, on_disk.findings)) == set(map(str, at.findings))
    read = {Path(file).stem for file in at.contents}
    assert read == {"catalogue", "a", "inside", "chain", "up"} and len(at.findings) == 4


def test_a_submodule_is_named_and_not_read(repo: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    (other / "b.yaml").write_text("name: B\n")
    committed(other)
    git(repo, "submodule", "add", "-q", other.as_uri(), "catalogue/applications/sub")
    committed(repo)
    _, at = both(repo / "catalogue")
    assert len(at.contents) == 2
    assert [f"{f.code} {f.location.file}" for f in at.findings] == ["MK114 catalogue/applications/sub"]


def test_a_catalogue_may_be_the_whole_repository(tmp_path: Path) -> None:
    place = repository(tmp_path / "repo")
    (given.written(tmp_path, {"modules/a": "name: A\n"}) / "applications").rename(place / "applications")
    (place / "catalogue.yaml").write_text("title: T\n")
    committed(place)
    assert revision.inside(place) == ""
    at = snapshot.load_at(place, revision.commit(place, "HEAD"), given.SCHEMAS, given.TODAY)
    assert at is not None and list(at.catalogue.entities) == ["a"]


def test_a_catalogue_that_was_not_there_is_none(repo: Path) -> None:
    first = revision.commit(repo, "HEAD")
    git(repo, "mv", "catalogue", "other")
    committed(repo)
    assert snapshot.load_at(repo / "other", first, given.SCHEMAS, given.TODAY) is None
    (repo / "catalogue").write_text("a file\n")
    second = committed(repo)
    assert revision.read(repo, second, "catalogue", "catalogue") is None
    assert revision.read(repo, second, "other", "other") is not None


def test_the_schemas_of_a_revision_are_those_beside_it(repo: Path) -> None:
    for file in given.SCHEMAS.glob("*.json"):
        (repo / "schemas").mkdir(exist_ok=True)
        text = file.read_text("utf-8")
        (repo / "schemas" / file.name).write_text(text.replace('"maxLength": 200', '"maxLength": 3'), "utf-8")
    given.written(repo, {"modules/a": "name: A\nsummary: Lång\n"})
    at = committed(repo)
    root = repo / "catalogue"

    def codes(**chosen: bool) -> set[str]:
        read = snapshot.load_at(root, at, given.SCHEMAS, given.TODAY, **chosen)
        assert read is not None
        return {f.code for f in read.findings if f.severity == "error"}

    assert codes() and not codes(beside=False)


@pytest.mark.parametrize("wanted", ["main", "HEAD", "v1", "@", "HEAD~0", "main^{commit}", "main^0"])
def test_a_revision_is_called_what_git_calls_it(repo: Path, wanted: str) -> None:
    git(repo, "tag", "-a", "v1", "-m", "v1")
    assert revision.commit(repo / "catalogue", wanted) == git(repo, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    "wanted",
    ["nowhere", "", "--output=x", "-h", "--all", "main..HEAD", "main:catalogue", "HEAD^{tree}", "a\0b", "a\nb"],
)
def test_what_is_no_commit_is_refused_and_does_nothing(repo: Path, wanted: str) -> None:
    before = sorted(repo.rglob("*"))
    assert refused(repo, wanted).endswith("finns inte")
    assert sorted(repo.rglob("*")) == before


def test_a_branch_that_is_only_on_the_server_is_suggested(repo: Path, tmp_path: Path) -> None:
    git(repo, "branch", "other")
    git(tmp_path, "clone", "-q", repo.as_uri(), "clone")
    assert refused(tmp_path / "clone", "other") == "revisionen ”other” finns inte; menade du ”origin/other”?"


def test_a_mistyped_branch_is_answered_with_the_one_that_was_meant(repo: Path) -> None:
    git(repo, "branch", "feature/journal")
    assert refused(repo, "feature/jurnal") == "revisionen ”feature/jurnal” finns inte; menade du ”feature/journal”?"


def test_a_folder_outside_every_repository_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert refused(tmp_path, "main") == f"mappen {tmp_path} ligger inte i något git-arkiv"


def test_without_git_it_is_said(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(repo, "main") == "programmet git finns inte på datorn"


def test_a_shallow_clone_says_what_to_fetch(repo: Path, tmp_path: Path) -> None:
    first = git(repo, "rev-parse", "HEAD")
    git(repo, "checkout", "-q", "-b", "work")
    committed(repo, "Work")
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "work", repo.as_uri(), "clone")
    clone = tmp_path / "clone"
    assert "git fetch --unshallow" in refused(clone, first) and "fetch-depth: 0" in refused(clone, "v1")
    with pytest.raises(RevisionError) as error:
        revision.merge_base(clone, "nowhere")
    assert "fetch-depth: 0" in said(error.value.message)
    git(clone, "fetch", "-q", "--unshallow")
    assert revision.merge_base(clone, first) == first


def test_a_shallow_clone_without_the_common_commit_says_what_to_fetch(repo: Path, tmp_path: Path) -> None:
    git(repo, "checkout", "-q", "-b", "work")
    committed(repo, "Work")
    git(repo, "checkout", "-q", "main")
    committed(repo, "Main")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "work", repo.as_uri(), "clone")
    with pytest.raises(RevisionError) as error:
        revision.merge_base(tmp_path / "clone", "origin/main")
    assert "fetch-depth: 0" in said(error.value.message)


def test_histories_with_nothing_in_common_are_told(repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "alone")
    committed(repo, "Alone")
    with pytest.raises(RevisionError) as error:
        revision.merge_base(repo, "main")
    assert said(error.value.message) == "”main” och HEAD har ingen gemensam historia"


def test_the_merge_base_is_where_the_work_began(repo: Path) -> None:
    first = git(repo, "rev-parse", "HEAD")
    git(repo, "checkout", "-q", "-b", "work")
    work = committed(repo)
    git(repo, "checkout", "-q", "main")
    committed(repo, "Main goes on")
    git(repo, "checkout", "-q", "work")
    assert revision.merge_base(repo, "main") == first != work


def test_a_bare_repository_is_read_as_any_other(repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", repo.as_uri(), "bare.git")
    bare = tmp_path / "bare.git"
    at = revision.read(bare, revision.commit(bare, "main"), "catalogue", "catalogue")
    assert at is not None and list(at.contents) == ["applications/modules/a.yaml", "catalogue.yaml"]


def test_a_worktree_is_read_as_any_other(repo: Path, tmp_path: Path) -> None:
    git(repo, "worktree", "add", "-q", "-b", "work", str(tmp_path / "beside"))
    at = revision.read(tmp_path / "beside", revision.commit(tmp_path / "beside", "main"), "catalogue", "catalogue")
    assert at is not None and len(at.contents) == 2


def test_the_environment_of_a_hook_does_not_lead_elsewhere(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    committed(other, "Other")
    expected = git(repo, "rev-parse", "HEAD")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git/objects"))
    assert revision.commit(repo, "main") == expected and revision.inside(repo / "catalogue") == "catalogue"


def test_a_folder_that_git_does_not_trust_is_named_with_what_to_do(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_KEPT", re.compile("GIT_.*"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    told = refused(repo / "catalogue", "main")
    assert told.endswith(f"någon annan äger den; kör git config --global --add safe.directory {repo}")


def test_a_git_that_never_answers_is_given_up_on(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(asking, "_SECONDS", 0.2)
    began = time.monotonic()
    assert refused(repo, "main").startswith("git svarade inte")
    assert time.monotonic() - began < 5 * LONGEST, "it is not waited for"


def test_a_repository_that_lost_an_object_is_told(repo: Path) -> None:
    blob = git(repo, "rev-parse", "HEAD:catalogue/catalogue.yaml")
    file = repo / ".git/objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.unlink()
    with pytest.raises(RevisionError):
        both(repo / "catalogue")
