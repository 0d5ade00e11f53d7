"""Two who change the catalogue at the same time: what git merges, what it does not, and how that is settled."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from repositories import committed, git, repository
from year import replaced

from modulkarta.editing.fmt import formatted

Change = Callable[[Path], object]

JOURNAL = "applications/modules/prehospital-journal.yaml"
MILESTONE = "roadmap/milestones/nord-gar-over.yaml"

LATER = replaced(MILESTONE, "date: 2027-09-01", "date: 2027-12-01")
LATEST = replaced(MILESTONE, "date: 2027-09-01", "date: 2028-01-01")
SURE = replaced(MILESTONE, "certainty: forecast", "certainty: decided")
REVIEWED = replaced(MILESTONE, "where: Avsnitt 5.2, Delmål", "where: Avsnitt 5.3, Delmål")
FIRST = replaced(MILESTONE, "depends_on:\n", "depends_on:\n  - larmpanelen\n")
LAST, LAST_TOO = (
    replaced(MILESTONE, "  - ost-gar-over\n", f"  - ost-gar-over\n  - {new}\n")
    for new in ("larmpanelen", "arendebryggan")
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = repository(tmp_path_factory.mktemp("made") / "repo")
    shutil.copytree(given.GOOD, place / "catalogue")
    committed(place)
    return place


@pytest.fixture
def repo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = shutil.copytree(made, tmp_path / "repo")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def conflicts(run: Run, repo: Path) -> Callable[[Change, Change], list[str]]:
    """Two branches from main, each with a change that `fmt` has gone through: the files that git cannot merge."""

    def conflicts(ours: Change, theirs: Change, *, tidy: bool = True) -> list[str]:
        for branch, change in (("theirs", theirs), ("ours", ours)):
            git(repo, "checkout", "-q", "-b", branch, "main")
            change(repo / "catalogue")
            assert not tidy or run("fmt").code == 0
            committed(repo, branch)
        try:
            git(repo, "merge", "-q", "--no-edit", "theirs")
        except AssertionError:
            return git(repo, "diff", "--name-only", "--diff-filter=U").split()
        return []

    return conflicts


Conflicts = Callable[..., list[str]]


def errors(run: Run) -> list[str]:
    return [one["code"] for one in run("check", "--format", "json").data["findings"] if one["severity"] == "error"]


def of_every_kind(run: Run, end: str) -> Change:
    """One new thing of every kind, made as people make them."""

    def change(root: Path) -> None:
        for kind in given.metamodel().kinds.values():
            ended = run("new", kind.name, f"ny-{kind.name}-{end}", "--catalogue", root)
            assert ended.code == 0 or "--set" in ended.err or "behövs" in ended.err, ended.err

    return change


def written(file: str, text: str) -> Change:
    return lambda root: (root / file).write_text(text, "utf-8")


# What git merges by itself


def test_two_who_add_things_never_conflict(run: Run, repo: Path, conflicts: Conflicts) -> None:
    assert conflicts(of_every_kind(run, "a"), of_every_kind(run, "b")) == []
    new = [path.stem for path in (repo / "catalogue").rglob("ny-*.yaml")]
    assert len(new) > 40 and {id_[-1] for id_ in new} == {"a", "b"}
    assert errors(run) == []


def test_new_things_that_name_the_same_thing_do_not_conflict(run: Run, conflicts: Conflicts) -> None:
    new = "name: Ny {0}\nowner: arkitekturenheten\ndepends_on:\n  - prehospital-journal\n"
    assert conflicts(*(written(f"applications/modules/ny-{x}.yaml", new.format(x)) for x in "ab")) == []
    assert errors(run) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(LATER, REVIEWED), (FIRST, LAST_TOO), (FIRST, LATER), (SURE, LAST)],
    ids=["two fields", "one list, first and last", "a list and a date", "a date's certainty and a list"],
)
def test_changes_apart_in_one_file_do_not_conflict(
    run: Run, repo: Path, conflicts: Conflicts, ours: Change, theirs: Change
) -> None:
    assert conflicts(ours, theirs) == []
    merged = (repo / "catalogue" / MILESTONE).read_text("utf-8")
    git(repo, "checkout", "-q", "main")
    for change in (ours, theirs):
        change(repo / "catalogue")
    assert merged == (repo / "catalogue" / MILESTONE).read_text("utf-8") and errors(run) == []


def test_keys_added_at_the_end_by_two_conflict_without_fmt_and_not_with_it(
    run: Run, repo: Path, conflicts: Conflicts
) -> None:
    def at_the_end(line: str) -> Change:
        return lambda root: (root / MILESTONE).write_text((root / MILESTONE).read_text("utf-8") + line, "utf-8")

    changes = at_the_end("short_name: Nord\n"), at_the_end("tags:\n  - nord\n")
    assert conflicts(*changes) == []
    git(repo, "checkout", "-q", "main")
    git(repo, "branch", "-q", "-D", "ours", "theirs")
    assert conflicts(*changes, tidy=False) == [f"catalogue/{MILESTONE}"]


def test_a_new_id_and_another_change_of_the_same_thing_do_not_conflict(
    run: Run, repo: Path, conflicts: Conflicts
) -> None:
    def renamed(root: Path) -> None:
        assert run("rename", "larmpanelen", "larmtavlan", "--catalogue", root).code == 0

    later = replaced("applications/modules/larmpanelen.yaml", "live: 2026-03-01", "live: 2026-03-02")
    assert conflicts(renamed, later) == []
    assert "live: 2026-03-02" in (repo / "catalogue/applications/modules/larmtavlan.yaml").read_text("utf-8")
    assert errors(run) == []


def items(names: list[str]) -> str:
    kind = given.metamodel().kinds["module"]
    made = formatted(given.document("name: M\ndepends_on:\n" + "".join(f"  - {one}\n" for one in names)), kind)
    assert made is not None
    return made


@settings(max_examples=20)
@over(st.integers(2, 6), st.data())
def test_two_additions_to_one_list_conflict_only_in_the_same_place(
    tmp_path_factory: pytest.TempPathFactory, n: int, data: st.DataObject
) -> None:
    ours, theirs = (data.draw(st.integers(0, n)) for _ in range(2))
    place, base = tmp_path_factory.mktemp("lists"), [f"m{i}" for i in range(n)]
    for name, at, new in (("base", 0, []), ("ours", ours, ["x"]), ("theirs", theirs, ["y"])):
        (place / name).write_text(items([*base[:at], *new, *base[at:]]), "utf-8")
    ended = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=place, capture_output=True, text=True
    )
    assert (ended.returncode > 0) == (ours == theirs)
    if ours != theirs:
        wanted = sorted([(i, f"m{i}") for i in range(n)] + [(ours - 0.5, "x"), (theirs - 0.5, "y")])
        assert ended.stdout == items([name for _, name in wanted])


# What it does not


NEW = MILESTONE.replace("nord", "ny")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (LAST, LAST_TOO), (LATER, LATEST), (LATER, SURE), (LATER, lambda root: (root / MILESTONE).unlink()),
        (written(NEW, "name: Ny a\n"), written(NEW, "name: Ny b\n")),
    ],
    ids=["one list, both last", "one field", "fields beside each other", "changed and removed", "one id"],
)  # fmt: skip
def test_what_somebody_has_to_settle_is_a_conflict_in_that_file_only(
    conflicts: Conflicts, ours: Change, theirs: Change
) -> None:
    (file,) = conflicts(ours, theirs)
    assert file in (f"catalogue/{MILESTONE}", f"catalogue/{NEW}")


def test_a_conflict_in_a_list_is_settled_by_keeping_both_lines(run: Run, repo: Path, conflicts: Conflicts) -> None:
    (file,) = conflicts(LAST, LAST_TOO)
    assert errors(run)[0] == "MK105" and "märken efter en sammanslagning" in run("check").out
    kept = [line for line in Path(file).read_text("utf-8").split("\n") if not line.startswith(("<<<<", "====", ">>>>"))]
    Path(file).write_text("\n".join(kept), "utf-8")
    for line in settling():
        if line.startswith("modulkarta"):
            assert run(*line.split()[1:]).code == 0, line
        else:
            git(repo, *line.split()[1:])
    assert git(repo, "status", "--porcelain") == "" and len(git(repo, "log", "-1", "--format=%P").split()) == 2
    assert "larmpanelen\n  - arendebryggan\n" in Path(file).read_text("utf-8")


def test_what_git_merges_may_still_be_wrong_and_is_found(run: Run, conflicts: Conflicts) -> None:
    def renamed(root: Path) -> None:
        assert run("rename", "larmpanelen", "larmtavlan", "--catalogue", root).code == 0

    new = written("applications/modules/ny.yaml", "name: Ny\ndepends_on:\n  - larmpanelen\n")
    assert conflicts(renamed, new) == []
    assert errors(run) == ["MK301"] and "larmtavlan" in run("check").out


# The day in CONTRIBUTING.md


def commands() -> list[list[str]]:
    """The blocks of commands of the day, in order; the last is how a conflict is settled."""
    text = (given.ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## En dag")[1].split("\n## ")[0]
    return [block.strip().split("\n") for block in re.findall(r"```sh\n(.*?)```", text, re.S)]


def settling() -> list[str]:
    return commands()[-1]


def test_the_day_is_as_it_is_told(made: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(made), "origin.git")
    git(tmp_path, "clone", "-q", str(tmp_path / "origin.git"), "project")
    project, (begin, look, propose, _) = tmp_path / "project", commands()
    for name in ("user.name", "user.email"):
        git(project, "config", name, "A")
    said = _run(begin, project)
    assert "Nord går över: 2027-09-01 → 2027-12-01" in said
    for file, field in ((JOURNAL, "live"), (MILESTONE, "date")):
        replaced(file, f"{field}: 2027-09-01", f"{field}: 2027-12-01")(project / "catalogue")
    said = _run(look, project)
    assert "Nord går över: 2027-09-01 → 2027-12-01 (3 månader senare)" in said
    _run(propose, project)
    branch = begin[2].split()[-1]
    assert git(tmp_path / "origin.git", "log", "-1", "--format=%s", branch).startswith("Journalen blir tre månader sen")


def _run(lines: list[str], project: Path) -> str:
    """Everything said by the commands, as they are typed, none of which may fail."""
    program = f'modulkarta() {{ {sys.executable} -c "from modulkarta.cli import main; main()" "$@"; }}\n'
    env = {**os.environ, "PYTHONPATH": str(given.ROOT), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["bash", "-e", "-c", program + "\n".join(lines)]
    ended = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
