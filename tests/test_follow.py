"""`follow`: what comes to a repository elsewhere is taken if it builds on what is here; real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import given
import pytest
from commands import Run
from repositories import committed, git, repository

FILE = "catalogue/applications/systems/s.yaml"


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """The repository that people change."""
    place = repository(tmp_path / "far")
    given.written(place, {"systems/s": "name: Ett\n"})
    committed(place)
    return place


@pytest.fixture
def near(far: Path, tmp_path: Path) -> Path:
    """What the viewer reads."""
    git(tmp_path, "clone", "-q", str(far), "near")
    return tmp_path / "near"


def changed(place: Path, name: str) -> str:
    (place / FILE).write_text(f"name: {name}\n", "utf-8")
    return committed(place)


def name(place: Path) -> str:
    return (place / FILE).read_text("utf-8")


def test_a_new_commit_and_a_new_report_are_taken_once(run: Run, far: Path, near: Path) -> None:
    after = changed(far, "Två")
    git(far, "tag", "rapport-2026-06")
    looked = run("follow", "--catalogue", str(near), "--dry-run")
    assert looked.code == 0 and after[:12] in looked.err and name(near) == "name: Ett\n"
    taken = run("follow", "--catalogue", str(near), "--format", "json")
    assert (taken.code, taken.data["outcome"], taken.data["after"]) == (0, "taken", after)
    assert name(near) == "name: Två\n" and git(near, "rev-parse", "rapport-2026-06") == after
    again = run("follow", "--catalogue", str(near), "--format", "json")
    assert (again.code, again.data["outcome"], again.data["before"]) == (0, "unchanged", after)


def rewritten(far: Path, near: Path) -> None:
    git(far, "commit", "-q", "--amend", "-m", "En annan historia")


def stepped_back(far: Path, near: Path) -> None:
    changed(near, "Mer än där")


def edited_here(far: Path, near: Path) -> None:
    changed(far, "Två")
    (near / FILE).write_text("name: Skriven här\n", "utf-8")


def something_new_here(far: Path, near: Path) -> None:
    changed(far, "Två")
    (near / "catalogue/applications/systems/ny.yaml").write_text("name: Ny\n", "utf-8")


REFUSED = {
    rewritten: "historiken i grenen main är omskriven", stepped_back: "har backats eller saknar commits",
    edited_here: f"bland annat {FILE}", something_new_here: "bland annat catalogue/applications/systems/ny.yaml",
}  # fmt: skip


@pytest.mark.parametrize("happens", REFUSED)
def test_what_does_not_build_on_what_is_here_is_refused(run: Run, far: Path, near: Path, happens: object) -> None:
    assert callable(happens)
    happens(far, near)
    before = git(near, "rev-parse", "HEAD"), git(near, "status", "--porcelain"), name(near)
    refused = run("follow", "--catalogue", str(near))
    assert refused.code == 1 and "Inget är taget" in refused.err and REFUSED[happens] in refused.err
    assert (git(near, "rev-parse", "HEAD"), git(near, "status", "--porcelain"), name(near)) == before


def test_a_report_that_is_moved_stays_where_it_was(run: Run, far: Path, near: Path) -> None:
    git(far, "tag", "rapport-2026-06")
    assert run("follow", "--catalogue", str(near)).code == 0
    before, after = git(near, "rev-parse", "rapport-2026-06"), changed(far, "Två")
    git(far, "tag", "-f", "rapport-2026-06")
    moved = run("follow", "--catalogue", str(near))
    assert moved.code == 0 and "har flyttats" in moved.err
    assert git(near, "rev-parse", "rapport-2026-06") == before and git(near, "rev-parse", "HEAD") == after


def test_the_other_repository_goes_away_and_comes_back(run: Run, far: Path, near: Path) -> None:
    changed(far, "Två")
    gone = far.rename(far.with_name("gone"))
    away = run("follow", "--catalogue", str(near))
    assert (
        away.code == 2
        and "Det gick inte att hämta: git säger:" in away.err
        and ".." not in away.err
        and name(near) == "name: Ett\n"
    )
    gone.rename(far)
    assert run("follow", "--catalogue", str(near)).code == 0 and name(near) == "name: Två\n"


def test_who_dies_half_way_is_finished_by_the_next(run: Run, far: Path, near: Path) -> None:
    after = changed(far, "Två")
    git(near, "fetch", "-q")
    (near / ".git/modulkarta-follow").write_text(after)
    (near / ".git/index.lock").touch()
    (near / FILE).write_text("nam", "utf-8")
    assert run("follow", "--catalogue", str(near)).code == 0
    assert name(near) == "name: Två\n" and not git(near, "status", "--porcelain")
    assert git(near, "rev-parse", "HEAD") == after


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks")
def test_two_at_once_do_not_meet(run: Run, near: Path) -> None:
    import fcntl

    with (near / ".git/modulkarta-follow").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        busy = run("follow", "--catalogue", str(near))
    assert busy.code == 2 and "en annan hämtning pågår" in busy.err


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not there")
def test_only_signed_commits_are_taken_where_that_is_asked_for(run: Run, far: Path, near: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (tmp_path / "trusted").write_text(f"a@b {key.with_suffix('.pub').read_text()}")
    for setting in (("gpg.format", "ssh"), ("gpg.ssh.allowedSignersFile", str(tmp_path / "trusted"))):
        git(near, "config", *setting)
    changed(far, "Utan underskrift")
    unsigned = run("follow", "--catalogue", str(near), "--signed")
    assert unsigned.code == 1 and "ingen underskrift" in unsigned.err and name(near) == "name: Ett\n"
    git(far, "-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "commit", "-q", "-S", "--allow-empty", "-m", "Min")
    assert run("follow", "--catalogue", str(near), "--signed").code == 0
    assert name(near) == "name: Utan underskrift\n", "what a signed commit builds on is vouched for by it"


def test_nothing_of_the_repository_is_run(run: Run, far: Path, near: Path) -> None:
    canary = near.parent / "canary"
    for hook in ("post-merge", "post-checkout", "reference-transaction", "pre-merge-commit"):
        file = near / ".git/hooks" / hook
        file.write_text(f"#!/bin/sh\ntouch {canary}\n")
        file.chmod(0o755)
    (far / ".gitattributes").write_text("*.yaml filter=evil diff=evil merge=evil\n")
    changed(far, "$(touch canary) `touch canary`")
    assert run("follow", "--catalogue", str(near)).code == 0
    assert not canary.exists() and not list(near.rglob("canary")) and "$(touch" in name(near)


@pytest.mark.parametrize("option", ["--remote", "--branch"])
def test_a_name_is_a_name(run: Run, near: Path, option: str) -> None:
    for wrong in ("--upload-pack=touch canary", "ext::sh -c touch", "a b", ""):
        assert run("follow", "--catalogue", str(near), f"{option}={wrong}").code == 2
    assert not list(near.rglob("canary"))


def test_a_name_and_a_key_in_an_address_are_not_told(run: Run, near: Path) -> None:
    git(near, "remote", "set-url", "origin", "http://name:hemligt@127.0.0.1:9/x.git")
    refused = run("follow", "--catalogue", str(near))
    assert refused.code == 2 and "hemligt" not in refused.err


def test_the_environment_of_a_hook_leads_nowhere(
    run: Run, far: Path, near: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = changed(far, "Två")
    monkeypatch.setenv("GIT_DIR", str(far / ".git"))
    taken = run("follow", "--catalogue", str(near))
    for variable in [one for one in os.environ if one.startswith("GIT_DIR")]:
        monkeypatch.delenv(variable)
    assert taken.code == 0 and git(near, "rev-parse", "HEAD") == after


def test_what_cannot_be_followed_is_told_in_plain_words(run: Run, near: Path, tmp_path: Path) -> None:
    other = run("follow", "--catalogue", str(near), "--remote", "up")
    assert other.code == 2 and "git här har inget arkiv som heter up; här finns origin." in other.err
    (tmp_path / "files" / "catalogue").mkdir(parents=True)
    (tmp_path / "files" / "catalogue" / "catalogue.yaml").write_text("title: X\n", "utf-8")
    none = run("follow", "--catalogue", str(tmp_path / "files"))
    assert none.code == 2 and "ligger inte i något git-arkiv." in none.err
