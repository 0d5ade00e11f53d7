"""`import`: what would change is shown first, and the catalogue is untouched until somebody says otherwise."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import given
import pytest
from commands import Run

from modulkarta.cli import exchanging, incoming
from modulkarta.cli.exchanging import Inward
from modulkarta.exchange.inward import Item, Origin, Proposal, Proposed, Source, Wish, other_format
from modulkarta.findings import Finding, Location
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder

ROOM = "modulkarta.exchange.rows_of_a_test"


def proposed(sources: tuple[Source, ...], read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """Lines of `kind id name`; `!` is another format, `vy` is kept beside."""
    things, items = [], []
    for source in sources:
        for n, line in enumerate(source.data.decode().splitlines(), 1):
            at = Location(file=source.name, line=n)
            if line == "!":
                return (other_format(at, "rader", "ett utrop"),)
            kind, id_, name = line.split(maxsplit=2)
            origin = Origin(sort=kind, name=name, at=at)
            if kind == "vy":
                items.append(Item(origin=origin, outcome="aside"))
            else:
                things.append(Proposed(kind=kind, id=id_, fields={"name": name}, origins=(origin,)))
    return Proposal(proposed=tuple(things), items=tuple(items), beside={".vyer/v": b"x"} if items else {})


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of this test's own beside the others, in files that end in `.rader`."""
    room = ModuleType(ROOM)
    room.proposed = proposed  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, ROOM, room)
    monkeypatch.setitem(exchanging.INWARD, "csv", Inward(words="rader", endings=(".rader",), room=ROOM))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: None) -> Path:
    given.written(tmp_path, {"modules/a": "name: A  # ett namn\nsummary: Kort.\n", "modules/b": "name: B\n"})
    shutil.copytree(given.SCHEMAS, tmp_path / "schemas")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ny.rader").write_text("module a Annat namn\nmodule b B\nmodule c C\ngrej d D\nvy v Översikt\n")
    return tmp_path


def contents(place: Path) -> dict[str, bytes]:
    return dict(folder.read(place / "catalogue", "catalogue").contents)


def test_nothing_is_written_before_it_is_asked_for(place: Path, run: Run) -> None:
    before = contents(place)
    for options in ((), ("--dry-run",), ("--diff", "--all"), ("--format", "json")):
        ended = run("import", *options, "ny.rader")
        assert ended.code == 1 and "--write" in ended.err
        assert contents(place) == before and not (place / "catalogue" / ".vyer").exists()


def test_every_item_is_counted_and_what_was_skipped_says_why(place: Path, run: Run) -> None:
    ended = run("import", "ny.rader")
    head = ended.out.partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in head] == ["5", "1", "1", "1", "1", "1"]
    assert "grej D  (ny.rader:4)\n    sorten ”grej” finns inte\n" in ended.out
    assert "Det här ändras i katalogen\n" in ended.out and "Nya moduler (1)\n  C\n" in ended.out


def test_all_shows_every_item(place: Path, run: Run) -> None:
    shown, everything = run("import", "ny.rader").out, run("import", "--all", "ny.rader").out
    assert "module B → b" in everything and "module B → b" not in shown


def test_the_answer_for_programs_has_every_item(place: Path, run: Run) -> None:
    data = run("import", "--format", "json", "ny.rader").data
    assert data["schema"] == "modulkarta/import/1" and data["format"] == "csv" and data["written"] is False
    assert data["counts"] == {"new": 1, "changed": 1, "same": 1, "aside": 1, "again": 0, "skipped": 1}
    assert [(item["name"], item["outcome"], item["entity"]) for item in data["items"]] == [
        ("Annat namn", "changed", "a"), ("B", "same", "b"), ("C", "new", "c"), ("D", "skipped", None),
        ("Översikt", "aside", None),
    ]  # fmt: skip
    assert data["files"] == [".vyer/v", "applications/modules/a.yaml", "applications/modules/c.yaml"]


def test_what_is_written_is_what_was_shown_and_the_second_time_nothing(place: Path, run: Run) -> None:
    ended = run("import", "--write", "ny.rader")
    assert ended.code == 1 and ended.out.endswith(
        "catalogue/.vyer/v\ncatalogue/applications/modules/a.yaml\ncatalogue/applications/modules/c.yaml\n"
    )
    assert contents(place)["applications/modules/a.yaml"] == b"name: Annat namn  # ett namn\nsummary: Kort.\n"
    assert (place / "catalogue/.vyer/v").read_bytes() == b"x"
    again = run("import", "--write", "--format", "json", "ny.rader")
    assert again.data["files"] == [] and again.data["counts"]["same"] == 3


def test_where_one_file_cannot_be_written_none_is(place: Path, run: Run) -> None:
    before = contents(place)
    (place / "catalogue/applications/modules/a.yaml").chmod(0o444)
    ended = run("import", "--write", "ny.rader")
    assert ended.code == 2 and "skrivskyddad" in ended.err and "ingenting är ändrat" in ended.err
    assert contents(place) == before


def test_a_folder_is_walked_and_what_is_not_read_is_counted(place: Path, run: Run) -> None:
    deep = place / "in" / "under"
    deep.mkdir(parents=True)
    (deep / "a.rader").write_text("module c C\n")
    (deep / ".dold.rader").write_text("module e E\n")
    (deep / "annat.txt").write_text("module e E\n")
    ended = run("import", "in")
    assert ended.code == 0 and "1 post i filen:" in ended.out and "in/under/a.rader" in run("import", "--all", "in").out
    assert "1 annan fil i mappen lästes inte." in ended.err


def test_a_file_with_nothing_in_it_says_so(place: Path, run: Run) -> None:
    (place / "tom.rader").write_text("")
    ended = run("import", "tom.rader")
    assert ended.code == 0 and ended.err == "Där finns inget att föra in.\n"


def test_stdin_is_a_file_too(place: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"module c C\n")))
    ended = run("import", "--from", "csv", "-", "--all")
    assert ended.code == 0 and "(stdin:1)" in ended.out


def test_a_catalogue_with_nothing_in_it_can_be_filled(place: Path, run: Run) -> None:
    empty = place / "tom" / "catalogue"
    empty.mkdir(parents=True)
    (empty / "catalogue.yaml").write_text("title: Tom\n")
    (place / "c.rader").write_text("module c C\n")
    assert run("import", "--write", "c.rader", "--catalogue", empty).code == 0
    assert (empty / "applications/modules/c.yaml").read_text() == "name: C\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fel.rader",), "fel.rader:2:1: MK902 filen är inte rader utan ett utrop"),
        (("finns-inte",), "finns-inte finns inte"),
        (("--write", "--dry-run", "ny.rader"), "inte båda"),
        (("--mapping", "ny.rader", "ny.rader"), "mappningsfil"),
        (("okand.txt",), "--from"),
        (("tom-mapp",), "--from"),
        (("--from", "csv", "tom-mapp"), ".rader"),
        (("--from", "cvs", "ny.rader"), "csv"),
        (("stor.rader",), "större än"),
        (("--from", "csv", "ror"), "rör"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    (place / "fel.rader").write_text("module c C\n!\n")
    (place / "okand.txt").write_text("vad som helst")
    (place / "tom-mapp").mkdir()
    (place / "stor.rader").write_text("module c C\n" * 20)
    os.mkfifo(place / "ror")
    monkeypatch.setattr(incoming, "LARGEST", 200)
    before = contents(place)
    ended = run("import", *arguments)
    assert ended.code == 2 and said in ended.err and not ended.out
    assert contents(place) == before


@pytest.mark.parametrize(
    ("name", "beginning", "format_"),
    [
        ("m.archimate", b"PK", "archimate"), ("b.ttl", b"", "skos"), ("b.xlsx", b"PK", "xlsx"),
        ("a.json", b'{"schema": "modulkarta/export/1"}', "json"),
        ("a.json", b'{"resourceType": "CapabilityStatement"}', "fhir"),
    ],
)  # fmt: skip
def test_the_format_is_guessed_where_it_is_certain(tmp_path: Path, name: str, beginning: bytes, format_: str) -> None:
    (tmp_path / name).write_bytes(beginning)
    assert incoming.incoming((tmp_path / name,), None).format_ == format_


def test_what_is_only_kept_beside_is_not_called_a_change(place: Path, run: Run) -> None:
    (place / "ny.rader").write_text("vy v Översikt\n")
    ended = run("import", "ny.rader")
    assert "Inga poster ändras. Det som skrivs är 1 fil:\n  .vyer/v\n" in ended.out
    assert "Inga ändringar i sak" not in ended.out


def test_a_file_in_another_format_is_told_with_the_one_that_reads_it(place: Path, run: Run) -> None:
    (place / "modell.xml").write_text('<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"/>')
    ended = run("import", "--from", "skos", "modell.xml")
    assert ended.code == 2 and "MK902" in ended.err and "läses med --from archimate" in ended.err
