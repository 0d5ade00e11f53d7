"""What happens in git: another checkout, a rebase, and a repository that is not whole."""

from __future__ import annotations

from pathlib import Path

from repositories import committed, git

from proof.faults.ground import Ground
from proof.faults.scene import Fault, Fell, Scene
from proof.faults.stage import program

_COMMITS = 12
_HISTORY = ("/andringar", "/andringar.atom")


def checkout(scene: Scene) -> None:
    """Another branch is checked out under the server, and the first one again."""
    ground = scene.ground
    old = ground.number
    ground.commit(ground.next())
    scene.shows(ground.number)
    git(ground.repo, "checkout", "-q", "-B", "other")
    ground.commit(other := ground.next())
    (ground.root / "applications/systems/gamma.yaml").write_text("name: Gamma\n", "utf-8")
    committed(ground.repo)
    scene.shows(other)
    git(ground.repo, "checkout", "-q", "main")
    scene.shows(other - 1)
    git(ground.repo, "checkout", "-q", "other")
    scene.shows(other)
    git(ground.repo, "checkout", "-q", "main")
    scene.shows(old + 1)


def rebase(scene: Scene) -> None:
    """A branch of many commits is put on top of another: the files are each of them for a moment."""
    ground, extra = scene.ground, scene.ground.root / "applications/systems/gamma.yaml"
    ground.commit(ground.next())
    git(ground.repo, "checkout", "-q", "-B", "topic")
    for n in range(_COMMITS):
        extra.write_text(f"name: Gamma\nsummary: Steg {n}.\n", "utf-8")
        committed(ground.repo)
    git(ground.repo, "checkout", "-q", "main")
    for _ in range(_COMMITS):
        ground.commit(ground.next())
    git(ground.repo, "rebase", "-q", "main", "topic")
    scene.shows(ground.number)
    git(ground.repo, "checkout", "-q", "main")
    git(ground.repo, "branch", "-q", "-D", "topic")
    scene.shows(ground.number)


def conflict(scene: Scene) -> None:
    """A rebase stops at a conflict, with git's marks in a file, and is given up."""
    ground = scene.ground
    git(ground.repo, "checkout", "-q", "-B", "topic")
    ground.commit(ground.next())
    git(ground.repo, "checkout", "-q", "main")
    ground.commit(main := ground.next())
    git(ground.repo, "checkout", "-q", "topic")
    scene.shows(main - 1)
    try:
        git(ground.repo, "rebase", "-q", "main")
    except AssertionError:
        scene.stands(main - 1)
        git(ground.repo, "rebase", "--abort")
    scene.shows(main - 1)
    git(ground.repo, "checkout", "-q", "main")
    scene.shows(main)


def left_lock(scene: Scene) -> None:
    """A lock of git's lies about after a process that died: nobody can commit, but everybody can read."""
    ground = scene.ground
    lock = ground.repo / ".git/index.lock"
    lock.touch()
    ground.write(ground.next())
    scene.shows(ground.number)
    lock.unlink()
    scene.shows(ground.number)


def no_head(scene: Scene) -> None:
    """What git has checked out cannot be read: the catalogue is shown without its history, and then with it."""
    head = scene.ground.repo / ".git/HEAD"
    whole = head.read_bytes()
    head.write_bytes(b"\0\0\0 nonsense")
    try:
        _lives_without_history(scene)
    finally:
        head.write_bytes(whole)
    _has_history(scene)


def damaged(scene: Scene) -> None:
    """The objects of the last commit are garbage, and then whole again."""
    commit = scene.ground.commit(scene.ground.next())
    scene.shows(scene.ground.number)
    objects = [_object(scene.ground, name) for name in (commit, f"{commit}^{{tree}}", f"{commit}:catalogue")]
    kept = {file: file.read_bytes() for file in objects}
    for file in objects:
        file.chmod(0o644)
        file.write_bytes(b"x\x9cgarbage")
    try:
        _lives_without_history(scene)
    finally:
        for file, data in kept.items():
            file.write_bytes(data)
    _has_history(scene)


def _object(ground: Ground, name: str) -> Path:
    id_ = git(ground.repo, "rev-parse", name)
    return ground.repo / ".git/objects" / id_[:2] / id_[2:]


def no_repository(scene: Scene) -> None:
    """The whole of .git is gone for a while."""
    place, away = scene.ground.repo / ".git", scene.ground.repo / ".away"
    place.rename(away)
    try:
        _lives_without_history(scene)
    finally:
        away.rename(place)
    _has_history(scene)


def absent_git(scene: Scene) -> None:
    """There is no git on the machine."""
    _without_git(scene, None)


def crashing_git(scene: Scene) -> None:
    """git dies each time it is run."""
    _without_git(scene, "#!/bin/sh\nkill -SEGV $$\n")


def nonsense_git(scene: Scene) -> None:
    """git ends well and says what nobody asked for."""
    _without_git(scene, "#!/bin/sh\nprintf '\\377\\376\\000 x\\n\\002\\n'\n")


def _without_git(scene: Scene, text: str | None) -> None:
    place = scene.programs / "git"
    real = place.readlink()
    program(place, text)
    try:
        _lives_without_history(scene)
    finally:
        program(place, None)
        place.symlink_to(real)
    _has_history(scene)


def _lives_without_history(scene: Scene) -> None:
    """The files are shown and followed; what needs the history says so."""
    ground = scene.ground
    ground.write(ground.next())
    scene.shows(ground.number)
    for page in ("/", "/andringar", "/system/alfa", "/rapport", "/andringar.atom", "/kvalitet"):
        if (answer := scene.ask(page)).status not in ((200, 404, 503) if page in _HISTORY else (200,)):
            raise Fell(f"{page}: {answer.status or answer.why}")
    for page in ("/system?rev=rapport-2026-01", f"/system?rev={'1' * 40}", "/system/finns-inte"):
        if (answer := scene.ask(page)).status != 404:
            raise Fell(f"{page}: {answer.status or answer.why}")


def _has_history(scene: Scene) -> None:
    commit = git(scene.ground.repo, "rev-parse", "HEAD")
    scene.until(lambda: scene.ask(f"/system?rev={commit}").status == 200, "historien kommer inte tillbaka")
    scene.shows(scene.ground.number)


FAULTS = (
    Fault(name="checkout", words="en annan gren checkas ut", happens=checkout),
    Fault(name="rebase", words="rebase med många versioner", happens=rebase),
    Fault(name="conflict", words="rebase som stannar i en konflikt", happens=conflict),
    Fault(name="left-lock", words="kvarglömt lås i git", happens=left_lock),
    Fault(name="no-head", words="HEAD går inte att läsa", happens=no_head, unavailable=_HISTORY),
    Fault(name="damaged-objects", words="skadade objekt i git", happens=damaged, unavailable=_HISTORY),
    Fault(name="no-repository", words="git-arkivet borta", happens=no_repository, unavailable=_HISTORY),
    Fault(name="absent-git", words="git saknas", happens=absent_git, unavailable=_HISTORY),
    Fault(name="crashing-git", words="git kraschar", happens=crashing_git, unavailable=_HISTORY),
    Fault(name="nonsense-git", words="git svarar strunt", happens=nonsense_git, unavailable=_HISTORY),
)
