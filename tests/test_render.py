"""One figure as a file: what there is to choose among, what is written, and what is said of what cannot be."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import given
import pytest
from commands import Run

from modulkarta.figures.bounds import MOST_BOXES
from modulkarta.figures.views import VIEWS
from modulkarta.wording import said

ON = ("--date", "2026-11-30", "--catalogue", given.GOOD)
SUBJECTS = {"coverage": "faltjournal", "strip": "faltjournal", "relations": "faltjournal"}


def asked(name: str) -> list[str]:
    """A view and, where it is of one thing, that."""
    return [name, SUBJECTS[name]] if name in SUBJECTS else [name]


@pytest.mark.parametrize("name", VIEWS)
def test_every_picture_is_written_with_what_belongs_beside_it(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "ny mapp" / "bild.svg"
    ended = run("render", *asked(name), "-o", file, *ON)
    assert ended.code == 0 and ended.out == ""
    root = ET.fromstring(file.read_text("utf-8"))
    title = root.findtext("{http://www.w3.org/2000/svg}title")
    assert title and f"Bildtext: {title}" in ended.err and "Läge 2026-11-30. Källa: " in ended.err
    assert f"Alternativ text: {root.findtext('{http://www.w3.org/2000/svg}desc')}" in ended.err
    assert [file.name for file in file.parent.iterdir()] == ["bild.svg"]


@pytest.mark.parametrize("name", VIEWS)
def test_a_picture_has_the_name_that_it_is_asked_for_by(run: Run, name: str) -> None:
    view = VIEWS[name]
    english = run("render", *asked(name), "--format", "svg", "-o", "-", "--lang", "en", *ON)
    swedish = run("render", view.slug, *asked(name)[1:], "--format", "svg", "-o", "-", *ON)
    assert english.code == swedish.code == 0 and english.out != swedish.out
    assert run("render", *asked(name), "--format", "svg", "-o", "-", *ON) == swedish
    assert "As of 2026-11-30. Source: " in english.err


def test_the_ending_says_the_format_unless_it_is_said(run: Run, tmp_path: Path) -> None:
    for name in ("a.PNG", "a.png"):
        assert run("render", "map", "-o", tmp_path / name, *ON).code == 0
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
    assert run("render", "map", "-o", tmp_path / "a.png", "--format", "svg", *ON).code == 0
    assert (tmp_path / "a.png").read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mapp", "-o", "a.svg"], "Menade du ”map”?"),
        (["-o", "a.svg"], "Säg vilken bild som ska ritas."),
        (["map"], "Säg vilken fil"),
        (["map", "-o", "-"], "Säg vilket format"),
        (["map", "-o", "bild"], "Säg vilket format"),
        (["map", "-o", "bild.pgn"], "Menade du ”png”?"),
        (["map", "-o", "a.svg", "--format", "svgg"], "Menade du ”svg”?"),
        (["map", "faltjournal", "-o", "a.svg"], "Bilden ”map” visar hela katalogen och tar inget id."),
        (["coverage", "-o", "a.svg"], "säg vilken med dess id, till exempel "),
        (["coverage", "faltjurnal", "-o", "a.svg"], "Menade du ”faltjournal”?"),
        (["map", "-o", "a.svg", "--since", "HEAD"], "--since finns bara för bilden roadmap."),
    ],
)
def test_what_cannot_be_is_one_sentence(run: Run, arguments: list[str], told: str) -> None:
    ended = run("render", *arguments, *ON)
    assert ended.code == 2 and told in ended.err and ended.out == ""


def test_a_thing_of_another_kind_is_told_its_own_pictures(run: Run) -> None:
    module = given.good().catalogue.of_kind["module"][0].id
    ended = run("render", "coverage", module, "-o", "a.svg", *ON)
    assert ended.code == 2
    assert f"finns inte för ”{module}”, som hör till moduler. Den finns för befintliga system." in ended.err


def test_a_system_without_a_plan_has_no_coverage(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"systems/s": "name: S\n"})
    ended = run("render", "coverage", "s", "-o", "a.svg", "--catalogue", folder)
    assert ended.code == 2 and "här finns ingen plan att visa för vad som ska ersätta det" in ended.err
    assert "men katalogen har ingen än" in run("render", "coverage", "-o", "a.svg", "--catalogue", folder).err


def test_a_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "upptagen").write_text("")
    ended = run("render", "map", "-o", tmp_path / "upptagen" / "a.svg", *ON)
    assert ended.code == 2 and "går inte att skriva" in ended.err


def test_the_list_says_what_each_picture_shows(run: Run) -> None:
    lines = run("render", "--list").out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == list(VIEWS)
    for line, view in zip(lines, VIEWS.values(), strict=True):
        assert said(view.about) in line and ("ID" in line.split()[1]) == (view.of is not None)


def test_an_empty_catalogue_has_pictures_too(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {})
    for name in VIEWS.keys() - SUBJECTS.keys():
        ended = run("render", name, "-o", tmp_path / f"{name}.svg", "--catalogue", folder)
        assert ended.code == 0 or ended.err.count("Fel:") == 1, ended.err


_RENDER = "from modulkarta.cli import main; main()"


def test_a_picture_is_the_same_in_any_process() -> None:
    def bytes_in(**environment: str) -> bytes:
        arguments = ["render", "map", "-o", "-", "--format", "png", *map(str, ON)]
        ended = subprocess.run(
            [sys.executable, "-c", _RENDER, *arguments], capture_output=True, check=True, env=environment
        )  # fmt: skip
        return ended.stdout

    here = {"PYTHONPATH": str(given.ROOT), "PATH": ""}
    one = bytes_in(**here, TZ="Asia/Tokyo", PYTHONHASHSEED="1", LC_ALL="C")
    assert one == bytes_in(**here, TZ="UTC", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")


def test_a_picture_that_is_more_than_boxes_says_what_it_can_be(run: Run, tmp_path: Path) -> None:
    ended = run("render", "roadmap", "-o", tmp_path / "a.dot", *ON)
    assert ended.code == 2 and "skrivs inte som dot. Den skrivs som svg, png, pdf, csv." in ended.err
    assert not (tmp_path / "a.dot").exists()


@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf"), ("dot", b"//"), ("mmd", b"flowchart")]
)
def test_each_format_is_what_its_ending_says(run: Run, tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"a.{ending}"
    assert run("render", "map", "-o", file, *ON).code == 0
    assert file.read_bytes().startswith(begins)


def test_what_is_too_much_to_draw_is_still_a_table(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {f"modules/m{n}": f"name: Modul {n}\n" for n in range(MOST_BOXES + 1)})
    for ending in ("svg", "png", "pdf", "mmd"):
        ended = run("render", "map", "-o", tmp_path / f"a.{ending}", "--catalogue", folder)
        assert ended.code == 2 and f"Det finns {MOST_BOXES + 1} rutor, för många" in ended.err
    assert run("render", "map", "-o", tmp_path / "a.csv", "--catalogue", folder).code == 0
    assert len((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()) == MOST_BOXES + 2


def test_the_roadmap_shows_what_has_moved_since_a_revision(run: Run, repo: Path, tmp_path: Path) -> None:
    def figure(name: str, *asked: str) -> str:
        place = ("--catalogue", repo / "catalogue", "--date", "2026-11-30")
        assert run("render", "roadmap", *asked, "-o", tmp_path / name, *place).code == 0
        return (tmp_path / name).read_text("utf-8")

    plain, since = figure("a.svg"), figure("b.svg", "--since", "rapport-2026-01")
    assert plain != since == figure("c.svg", "--since", "rapport-2026-01", "--rev", "HEAD")
    assert figure("d.svg", "--rev", "rapport-2026-01") != plain
    ended = run("render", "roadmap", "--since", "rapport-2020-01", "-o", "x.svg", "--catalogue", repo / "catalogue")
    assert ended.code == 2 and "rapport-2020-01" in ended.err
