"""`check --fix`: only what can be meant in one way, nothing outside it, and never over somebody else's writing."""

from __future__ import annotations

import json
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.editing import fixes
from modulkarta.editing.edits import applied, overlapping
from modulkarta.editing.writing import Change, difference, retold, write, write_all
from modulkarta.findings import Edit, Location
from modulkarta.source.folder import Files
from modulkarta.wording import said

RENAMED = {
    "modules/a": "# överst\nname:   A   # namnet\ndepends_on: [ 'gammal',ny2 ]\n\n\nrequires:\n- i\n",
    "modules/ny": "name: N\nformer_ids: [gammal]\n",
    "modules/ny2": "name: N2",
    "interfaces/i": "name: I\n",
    "modules/b": "name: B\ndepends_on: [ny3]\n",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = given.written(tmp_path, RENAMED)
    monkeypatch.chdir(root.parent)
    return root


def module(root: Path, name: str) -> Path:
    return root / "applications" / "modules" / f"{name}.yaml"


def mended(files: given.Given) -> fixes.Mended:
    contents = {path: text.encode() for path, text in given.whole_paths(files).items()}
    return fixes.mended(Files(root="catalogue", contents=contents), given.metamodel(), given.TODAY)


def test_a_former_id_is_mended_and_all_else_stays_to_the_byte(run: Run, place: Path) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    ended = run("check", "--fix", "--format", "concise")
    assert ended.code == 1 and "ny3" in ended.out and "gammal" not in ended.out
    assert "catalogue/applications/modules/a.yaml: 1 sak rättad" in ended.err
    for path, data in before.items():
        assert path.read_bytes() == data.replace(b"[ 'gammal',", b"[ ny,")


def test_mending_twice_is_mending_once(run: Run, place: Path) -> None:
    run("check", "--fix")
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*.yaml")}
    assert "inget går att rätta utan att fråga" in run("check", "--fix").err
    assert before == {path: path.stat().st_mtime_ns for path in place.rglob("*.yaml")}


def test_what_is_only_likely_is_left_to_people() -> None:
    assert not mended(
        {"modules/a": "name: A\ndepends_on: [larmpannelen]\n", "modules/larmpanelen": "name: L\n"}
    ).changes


def test_a_former_id_of_two_things_is_left_to_people() -> None:
    claims = {f"modules/{n}": f"name: {n}\nformer_ids: [gammal]\n" for n in "bc"}
    assert not mended({"modules/a": "name: A\ndepends_on: [gammal]\n", **claims}).changes


def test_a_former_id_of_something_the_field_does_not_take_is_left_to_people() -> None:
    files = {"modules/a": "name: A\nowner: gammal\n", "modules/ny": "name: N\nformer_ids: [gammal]\n"}
    assert not mended(files).changes


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_marks_line_ends_and_a_missing_last_one_are_kept(bom: str, line: str, last: str) -> None:
    text = f"{bom}name: Å{line}depends_on:{line}  - gammal{line}summary: S{last and line}"
    (change,) = mended({"modules/a": text, "modules/ny": "name: N\nformer_ids: [gammal]\n"}).changes
    assert change.after == text.replace("- gammal", "- ny").encode()


def test_a_dry_run_shows_a_diff_and_writes_nothing(run: Run, place: Path) -> None:
    ended = run("check", "--fix", "--dry-run")
    assert ended.code == 0 and "1 rättning skulle göras" in ended.err
    assert "--- catalogue/applications/modules/a.yaml\n+++ catalogue/applications/modules/a.yaml\n@@" in ended.out
    assert "\n-depends_on: [ 'gammal',ny2 ]\n+depends_on: [ ny,ny2 ]\n" in ended.out
    assert module(place, "a").read_bytes() == RENAMED["modules/a"].encode()
    assert run("check", "--dry-run").code == 2


def test_only_the_files_asked_for_are_mended(run: Run, place: Path) -> None:
    run("check", "--fix", module(place, "b"))
    assert module(place, "a").read_bytes() == RENAMED["modules/a"].encode()
    run("check", "--fix", "catalogue/applications")
    assert b"gammal" not in module(place, "a").read_bytes()


def test_the_answer_for_programs_is_what_remains(run: Run, place: Path) -> None:
    findings = json.loads(run("check", "--fix", "--format", "json").out)["findings"]
    assert [f["entity"] for f in findings if f["code"] == "MK301"] == ["b"]


def test_a_file_that_may_not_be_written_is_told_and_the_others_are_mended(run: Run, place: Path) -> None:
    module(place, "c").write_text("name: C\ndepends_on: [gammal]\n")
    module(place, "a").chmod(0o444)
    ended = run("check", "--fix")
    assert ended.code == 2 and "catalogue/applications/modules/a.yaml skrevs inte: filen är skrivskyddad" in ended.err
    assert b"gammal" in module(place, "a").read_bytes() and b"gammal" not in module(place, "c").read_bytes()


def test_what_two_findings_would_change_at_once_is_changed_once() -> None:
    def edit(begin: int, end: int) -> Edit:
        return Edit(location=Location(file="f", column=begin, end_column=end), text="x")

    assert (
        overlapping(edit(1, 3), edit(2, 4))
        and overlapping(edit(2, 2), edit(2, 2))
        and overlapping(edit(2, 2), edit(1, 3))
    )
    assert not overlapping(edit(1, 3), edit(3, 4)) and not overlapping(edit(1, 1), edit(1, 3))


@drawn(st.tuples(*[st.integers(1, 6)] * 4))
def test_edits_that_do_not_overlap_are_all_made(columns: tuple[int, int, int, int]) -> None:
    a, b, c, d = columns
    spans = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    one, two = (
        Edit(location=Location(file="f", column=s, end_column=e), text=t) for (s, e), t in zip(spans, "xy", strict=True)
    )
    if not overlapping(one, two):
        made = applied("123456", [one, two])
        assert "x" in made and "y" in made


# onto disk


def test_a_file_changed_meanwhile_is_not_written_over(place: Path) -> None:
    change = Change(path="applications/modules/a.yaml", before=b"something else", after=b"new")
    reason = write(place, change)
    assert reason and "ändrades under tiden" in said(reason)
    assert module(place, "a").read_bytes() == RENAMED["modules/a"].encode()


def test_rights_are_kept_and_nothing_is_left_beside(place: Path) -> None:
    file = module(place, "a")
    file.chmod(0o640)
    assert (
        write(place, Change(path="applications/modules/a.yaml", before=file.read_bytes(), after=b"name: A\n")) is None
    )
    assert file.stat().st_mode & 0o777 == 0o640 and file.read_bytes() == b"name: A\n"
    assert not [other for other in file.parent.iterdir() if other.suffix != ".yaml"]


def test_a_link_out_of_the_catalogue_is_never_followed(place: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(b"name: Ute\n")
    module(place, "l").symlink_to(outside)
    reason = write(place, Change(path="applications/modules/l.yaml", before=b"name: Ute\n", after=b"name: Inne\n"))
    assert reason and "länken leder ut" in said(reason) and outside.read_bytes() == b"name: Ute\n"


def test_a_link_inside_the_catalogue_stays_a_link(place: Path) -> None:
    module(place, "l").symlink_to(module(place, "b"))
    before = module(place, "b").read_bytes()
    assert write(place, Change(path="applications/modules/l.yaml", before=before, after=b"name: X\n")) is None
    assert module(place, "l").is_symlink() and module(place, "b").read_bytes() == b"name: X\n"


def test_all_is_written_or_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    folder = "applications/modules"
    a, b = (
        Change(path=f"{folder}/{n}.yaml", before=module(place, n).read_bytes(), after=b"x", to=to)
        for n, to in (("a", f"{folder}/ny-plats.yaml"), ("b", ""))
    )
    new = Change(path=f"{folder}/helt-ny.yaml", before=None, after=b"name: Ny\n")
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda s, t: replace(s, t) if b"x" not in s.read_bytes() or "ny-" in str(t) else fail()
    )
    refused = write_all(place, [new, a, b])
    assert refused and refused[0] == b.path and "full" in said(refused[1])
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def fail() -> None:
    raise OSError(28, "disken är full")


def test_what_is_refused_beforehand_stops_everything(place: Path) -> None:
    a = Change(path="applications/modules/a.yaml", before=module(place, "a").read_bytes(), after=b"x")
    taken = Change(path="applications/modules/b.yaml", before=None, after=b"x")
    refused = write_all(place, [a, taken])
    assert refused and refused[0] == taken.path and module(place, "a").read_bytes() == a.before


def test_a_diff_tells_of_moves_new_files_and_missing_last_line_ends() -> None:
    moved = Change(path="a.yaml", before=b"name: A", after=b"name: A\n", to="b.yaml")
    assert list(difference(moved, "c")) == [
        "rename from c/a.yaml", "rename to c/b.yaml", "--- c/a.yaml", "+++ c/b.yaml", "@@ -1 +1 @@",
        "-name: A", "\\ No newline at end of file", "+name: A",
    ]  # fmt: skip
    assert list(difference(Change(path="a.yaml", before=None, after=b"x\n"), "c"))[:2] == [
        "--- /dev/null",
        "+++ c/a.yaml",
    ]


@drawn(st.text(), st.booleans())
def test_a_byte_order_mark_is_kept(text: str, marked: bool) -> None:
    before = b"\xef\xbb\xbfa: 1" if marked else b"a: 1"
    assert retold(before, text).startswith(b"\xef\xbb\xbf") == (marked or text.startswith("\ufeff"))
