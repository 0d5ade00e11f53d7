"""A folder that is read again says what it says to one who has never read it, and only what is another is opened."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event, Thread
from unittest.mock import Mock, patch

import given
import pytest
from click import Context
from following import followed

from modulkarta import metamodel as metamodels
from modulkarta.cli import cli
from modulkarta.cli.serving import following, place
from modulkarta.cli.serving.following import Follower
from modulkarta.cli.serving.opened import opened
from modulkarta.source import folder
from modulkarta.source.folder import Files, outline, read, read_again, state, state_of

NEVER = 2**63
"""Nothing is as young as that."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(given.GOOD, tmp_path / "catalogue"))


def changed(random: Random, root: Path) -> None:
    """Something happens in a folder."""
    files = sorted(root.rglob("*.yaml"))
    one, other = random.choice(files), random.choice(files)
    new = one.with_name(f"ny-{random.randrange(9)}.yaml")
    happens = random.choice((
        lambda: one.write_text(f"name: Nytt {random.random()}\n"), lambda: one.write_text(other.read_text()),
        lambda: one.write_bytes(b"\xff"), lambda: one.write_text("x" * 2_000_000), one.unlink,
        lambda: new.write_text("name: Ny\n"), lambda: one.rename(new), lambda: one.replace(other),
        lambda: (one.unlink(), one.symlink_to(other.name)), lambda: (one.unlink(), one.symlink_to("/etc/hostname")),
        lambda: (one.unlink(), one.mkdir()), lambda: (root / "läs.txt").write_text("x"),
        lambda: (root / "reports").mkdir(exist_ok=True) or (root / "reports" / "2026-11.md").write_text("# Ny\n"),
        lambda: one.chmod(0o600), lambda: os.utime(one),
    ))  # fmt: skip
    happens()


@pytest.mark.parametrize("seed", range(30))
def test_what_is_read_again_is_what_is_read_at_first(root: Path, seed: int) -> None:
    random, then, known = Random(seed), state(root), read(root, "catalogue")
    for _ in range(6):
        if any(root.rglob("*.yaml")):
            changed(random, root)
        now = state(root)
        anew, again = read(root, "catalogue"), read_again(root, known, then, now, 0)
        assert again in (None, anew)
        assert list((again or anew).contents) == list(anew.contents)
        known, then = again or anew, now


def test_only_what_has_another_state_is_opened(root: Path) -> None:
    then, known = state(root), read(root, "catalogue")
    file = sorted(root.rglob("*.yaml"))[3]
    file.write_text("name: Annat\n")
    again, opened = reading(root, known, then, NEVER)
    assert again == read(root, "catalogue")
    assert opened == [str(file)]


def test_what_was_written_just_before_it_was_read_is_opened_again(root: Path) -> None:
    """It may have been written once more, as long and at the same time as the clock of the files goes."""
    then, known = state(root), read(root, "catalogue")
    file = sorted(root.rglob("*.yaml"))[3]
    old = {**known.contents, file.relative_to(root).as_posix(): b"name: Som det var\n"}
    before = Files(root="catalogue", contents=old, reports=known.reports, kept=known.kept)
    written = max(file.stat().st_mtime_ns, file.stat().st_ctime_ns)
    assert reading(root, before, then, written)[0] == known
    assert reading(root, before, then, NEVER)[0] == before


def reading(root: Path, known: Files, then: folder.State, settled: int) -> tuple[Files | None, list[str]]:
    """The files, and which of them were opened."""
    with patch.object(folder, "_read_file", wraps=folder._read_file) as opening:
        again = read_again(root, known, then, state(root), settled)
    return again, [call.args[0] for call in opening.call_args_list]


def test_a_file_that_comes_or_goes_or_is_a_link_is_no_reason_to_trust_the_rest(root: Path, tmp_path: Path) -> None:
    then, known = state(root), read(root, "catalogue")
    file = sorted(root.rglob("*.yaml"))[3]
    file.rename(tmp_path / "utanför.yaml")
    assert read_again(root, known, then, state(root), NEVER) is None
    file.symlink_to(tmp_path / "utanför.yaml")
    assert read_again(root, known, then, state(root), NEVER) is None


def told(root: Path, change: Callable[[], object]) -> tuple[bool, bool]:
    """Whether the folders alone tell of a change, and whether all files do."""
    folders, files = outline(root), state(root)
    time.sleep(0.02)  # a change later than the clock of the files goes
    change()
    return outline(root) != folders, state(root) != files


def test_the_folders_alone_tell_of_every_file_that_is_put_there_replaced_or_taken_away(root: Path) -> None:
    file, other, third = sorted(root.rglob("*.yaml"))[3:6]
    deep = root / "ny" / "mapp"
    assert told(root, lambda: file.with_name("ny.yaml").write_text("name: Ny\n")) == (True, True)
    assert told(root, lambda: file.rename(file.with_name("annan.yaml"))) == (True, True)
    assert told(root, lambda: other.replace(third)) == (True, True)
    assert told(root, lambda: deep.mkdir(parents=True)) == (True, False)
    assert told(root, lambda: (deep / "fil.yaml").write_text("name: Ny\n")) == (True, True)
    assert told(root, lambda: (deep / "fil.yaml").unlink()) == (True, True)


def test_the_folders_alone_do_not_tell_of_what_is_written_into_a_file(root: Path) -> None:
    file = sorted(root.rglob("*.yaml"))[3]
    assert told(root, lambda: file.write_text("name: Annat\n")) == (False, True)
    assert told(root, lambda: file.chmod(0o600)) == (False, True)


def test_a_viewer_looks_at_all_files_when_a_folder_is_another_and_else_when_it_is_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_PAUSE", 0.01)
    follower, ended, looks = followed(root).follower, Event(), list[bool]()
    monkeypatch.setattr(Follower, "_step", lambda self, asked, wait: looks.append(asked) or 60.0)
    with patch.object(place, "outline", wraps=outline) as glances:

        def glanced() -> None:
            count, last = glances.call_count, time.monotonic() + 20
            while glances.call_count < count + 3 and time.monotonic() < last:
                time.sleep(0.01)

        thread = Thread(target=follower.follow, args=(ended,))
        thread.start()
        try:
            glanced()
            assert looks == [False], "at first"
            file = next(root.glob("applications/systems/*.yaml"))
            file.write_text(file.read_text("utf-8") + "# mer\n", "utf-8")
            glanced()
            assert looks == [False], "what is written into a file waits until it is time"
            file.with_name("ny.yaml").write_text("name: Ny\n", "utf-8")
            glanced()
            assert looks[:2] == [False, False] and True not in looks, "a file has come"
            seen = len(looks)
            follower.asked.set()
            glanced()
            assert looks[seen:] == [True], "somebody has asked"
        finally:
            ended.set()
            thread.join()


def test_a_viewer_that_follows_opens_what_somebody_has_written_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "SETTLED", -NEVER // 4)  # the files were copied just now
    viewed = followed(root)
    file = next(root.glob("applications/systems/*.yaml"))
    opened = []
    for name in ("Första", "Andra"):
        before, _, rest = file.read_text("utf-8").partition("name: ")
        file.write_text(f"{before}name: {name}\n{rest.partition(chr(10))[2]}", "utf-8")
        with patch.object(place, "read", wraps=read) as whole:
            viewed.follower._step(False, lambda seconds: None)
        assert name in viewed.page()
        opened.append(whole.call_count)
    assert opened == [1, 0]


def test_a_viewer_that_has_just_opened_the_files_opens_only_what_is_written_in_since(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "SETTLED", -NEVER // 4)
    where = place.Place(root=root, schemas=given.SCHEMAS, audience="internal")
    with Context(cli):
        viewer = opened(where, (), lambda level, what, **known: None)
    file = next(root.glob("applications/systems/*.yaml"))
    file.write_text(file.read_text("utf-8").replace("name: ", "name: Nya ", 1), "utf-8")
    with patch.object(place, "read", wraps=read) as whole:
        viewer.follower._step(False, lambda seconds: None)
    assert whole.call_count == 0 and ">Nya " in viewer.app.test_client().get("/system").text


def test_while_it_waits_a_viewer_looks_only_at_what_was_written_in_and_once_at_all_after_the_reading(
    root: Path,
) -> None:
    viewed = followed(root)
    file = next(root.glob("applications/systems/*.yaml"))
    file.write_text(file.read_text("utf-8") + "# mer\n", "utf-8")
    seen = viewed.follower.place.state()
    with (
        patch.object(place, "state", wraps=state) as whole, patch.object(following, "state_of", wraps=state_of) as some,
    ):  # fmt: skip
        viewed.follower.look(lambda seconds: None, seen)
    assert whole.call_count == 1
    asked = [{path for path in call.args[0] if Path(path).is_file()} for call in some.call_args_list]
    assert asked == [{str(file)}] * 2


def test_schemas_that_are_written_as_they_were_are_not_read_anew(root: Path) -> None:
    follower = followed(root).follower
    with patch.object(metamodels, "read", side_effect=AssertionError) as reading:
        again = follower.place.read(follower.whole)
    assert not reading.called and again.catalogue.metamodel is follower.whole.catalogue.metamodel


def test_what_is_written_elsewhere_while_a_viewer_waits_is_read_too(root: Path) -> None:
    viewed = followed(root)
    file, other, *_ = sorted(root.glob("applications/systems/*.yaml"))
    new = [(other, "Den andra"), (file.with_name("ny.yaml"), "Den nya"), (file, "Den första igen")]

    def written(seconds: float) -> None:
        if new:
            where, name = new.pop()
            where.write_text(f"name: {name}\n", "utf-8")

    file.write_text("name: Den första\n", "utf-8")
    viewed.follower.look(written, viewed.follower.place.state())
    assert not new and viewed.follower.whole.texts.items() == viewed.follower.place.read().texts.items()


def test_what_goes_wrong_in_a_glance_is_told_of_and_the_viewer_follows_further(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it shows that it lives at every glance, whether there is anything to look at or not."""
    monkeypatch.setattr(following, "_PAUSE", 0.01)
    follower, ended, again, told = followed(root).follower, Event(), Event(), list[str]()
    monkeypatch.setattr(Follower, "_step", lambda self, asked, wait: 60.0)
    monkeypatch.setattr(follower, "tell", lambda level, what, **known: told.append(f"{what} {known['traceback']}"))
    beats = Mock(side_effect=lambda: beats.call_count < 9 or again.set())
    follower.beat = beats
    with patch.object(place, "outline", side_effect=[MemoryError("trångt"), *[frozenset()] * 1000]):
        thread = Thread(target=follower.follow, args=(ended,))
        thread.start()
        assert again.wait(60)
        ended.set()
        thread.join()
    (one,) = told
    assert "gick inte att läsa på nytt" in one and "MemoryError: trångt" in one
