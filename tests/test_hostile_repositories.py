"""A repository may say in its settings that git is to run programs; none of them runs when the catalogue is read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import given
import pytest
from repositories import committed, git, repository

from modulkarta import snapshot
from modulkarta.editing import tagging
from modulkarta.levels import HIGHEST
from modulkarta.past import Past, past_of
from modulkarta.source import commits, moments, revision
from modulkarta.source.git import RevisionError, objects, resolved

DRIVERS = ("ond", "a=b", "Ond.Driver")


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a mark where it ran."""
    made = tmp_path / "trap"
    made.write_text(f'#!/bin/sh\necho "$0 $*" >> {tmp_path}/ran\n')
    made.chmod(0o755)
    return made


@pytest.fixture
def repo(tmp_path: Path, trap: Path) -> Path:
    """A repository whose settings name the trap wherever git would run something."""
    place = repository(tmp_path / "repo")
    root = given.written(place, {"systems/s": "name: S\n", "systems/t": "name: T\n"})
    attributes = "".join(f"*.yaml filter={name} diff={name}\n" for name in ("ond",))
    (root / ".gitattributes").write_text(attributes)
    committed(place, day="2026-05-01")
    (root / "applications/systems/t.yaml").unlink()
    committed(place, day="2026-05-02")
    git(place, "tag", "-a", "-m", "x", "rapport-2026-05")
    for name in (
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy",
        "diff.external", "credential.helper", "gpg.program", "gpg.ssh.program", "pager.log", "pager.status",
        "remote.origin.uploadpack", "interactive.diffFilter", "sequence.editor", "core.alternateRefsCommand",
        *(f"filter.{driver}.{what}" for driver in DRIVERS for what in ("clean", "smudge", "process")),
        "diff.ond.textconv", "diff.ond.command",
    ):  # fmt: skip
        git(place, "config", name, str(trap))
    for name in ("log.showSignature", "tag.gpgSign", "commit.gpgSign", *(f"filter.{d}.required" for d in DRIVERS)):
        git(place, "config", name, "true")
    hooks = place / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("fsmonitor-watchman", "reference-transaction", "post-index-change", "pre-auto-gc", "post-checkout"):
        (hooks / hook).symlink_to(trap)
    return place


def everything(repo: Path) -> None:
    """All that is ever asked of git."""
    root = repo / "catalogue"
    head = revision.commit(root, "HEAD")
    whole = snapshot.load(root, given.SCHEMAS, given.TODAY)
    past = past_of(root, given.SCHEMAS, whole, HIGHEST, shown="catalogue", beside=False)
    assert isinstance(past, Past)
    moment = past.before_removal("t", head)
    assert moment and past.read(moment, given.TODAY) is not None
    revision.merge_base(root, "HEAD~1"), revision.names(root), revision.shallow(root), revision.bare(root)
    revision.catalogues(root, head), revision.read_schemas(root, head, ""), moments.state(root)
    assert commits.texts(root, commits.steps(root, head))


def test_no_program_that_a_repository_names_is_run_when_it_is_read(repo: Path, tmp_path: Path) -> None:
    everything(repo)
    with pytest.raises(RevisionError, match="inte sparad"):
        (repo / "catalogue/applications/systems/s.yaml").write_text("name: Ny\n")
        tagging.planned(repo / "catalogue", given.SCHEMAS, "rapport-2026-06")
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()


def test_the_trap_is_one(repo: Path, tmp_path: Path) -> None:
    """Plain git steps right into it."""
    (repo / "catalogue/applications/systems/s.yaml").write_text("name: Ny\n")
    with suppress(AssertionError):
        git(repo, "status")
    assert (tmp_path / "ran").exists()


def test_an_object_that_is_not_here_is_not_fetched(repo: Path, trap: Path, tmp_path: Path) -> None:
    """A partial copy would ask a server, by a program that its settings name."""
    for name, value in {
        "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.url": str(repo),
        "remote.origin.promisor": "true", "remote.ext.url": f"ext::{trap}",
    }.items():  # fmt: skip
        git(repo, "config", name, value)
    with pytest.raises(RevisionError):
        objects(repo, ["1" * 40])
    assert not resolved(repo, f"{'1' * 40}^{{commit}}")
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()


def test_a_name_is_never_taken_for_an_option(repo: Path, tmp_path: Path) -> None:
    file = tmp_path / "written"
    for name in (
        f"--output={file}",
        f"-o{file}",
        "--exec=x",
        f"--upload-pack={file}",
        "-",
        "--",
        "--all",
        "@{-1}",
        "\0",
        "\n",
    ):
        with pytest.raises(RevisionError):
            revision.commit(repo, name)
    assert not file.exists()


def test_settings_that_the_user_gave_git_still_hold(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a repository's filters are told is added to them."""
    for key, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{key}", value)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert tagging.planned(repo / "catalogue", given.SCHEMAS, "rapport-2026-06").name == "rapport-2026-06"
