"""What may not lie in git is laid over the catalogue: read as its own, and wrong in its own files."""

from __future__ import annotations

from pathlib import Path

import given
import pytest
from commands import Run
from following import followed
from overlays import OPEN, SECRET, laid, told, written
from repositories import repository

from modulkarta.analysis.secrecy import field_levels, level
from modulkarta.audience import narrowed
from modulkarta.findings import dotted


def test_what_is_laid_over_is_part_of_the_catalogue_for_the_fewest() -> None:
    read = laid(OPEN, SECRET)
    assert not read.count("error") and read.left_out == 0
    system, contract = read.catalogue.entities["s"], read.catalogue.entities["safir"]
    assert system.fields["description"] == "Har brister." and system.ids("contracts") == ["a", "safir"]
    assert system.fields["lifecycle"] == {"live": "2020", "retired": "2027"}
    assert level(contract) == "secret" and level(system) == "public"
    assert {dotted(path): level_ for path, level_ in field_levels(system).items()} == {
        "description": "secret", "contracts.1": "secret", "lifecycle.retired": "secret",
    }  # fmt: skip
    assert system.truth("description") == "assumption" and system.truth("summary") == "unknown"
    assert read.digest != laid(OPEN, None).digest


def test_each_value_is_found_in_the_file_that_says_it() -> None:
    document = laid(OPEN, SECRET).catalogue.entities["s"].document
    places = {
        path: document.place(path) for path in [("summary",), ("description",), ("contracts", 1), ("contracts", 0)]
    }
    assert [(at.file.split("/")[0], at.line, at.column) for at in places.values()] == [
        ("catalogue", 2, 10), ("overlay", 1, 14), ("overlay", 2, 13), ("catalogue", 3, 13),
    ]  # fmt: skip
    assert document.place(("lifecycle", "retired")).file.startswith("overlay/")


def test_nothing_is_shown_as_if_it_were_not_there(run: Run, tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    for place, words in ((tmp_path / "finns-inte", "finns inte"), (root / "applications", "ligger i varandra")):
        ended = run("list", "--catalogue", root, "--overlay", place)
        assert ended.code == 2 and words in ended.err and not ended.out
    (tmp_path / "tom").mkdir()
    assert "mappen är tom" in run("list", "--catalogue", root, "--overlay", tmp_path / "tom").err
    over.chmod(0o755)
    assert "Andra på datorn kan läsa tilläggsmappen" in run("list", "--catalogue", root, "--overlay", over).err


def test_one_that_git_would_take_in_is_told_of(run: Run, tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    repository(tmp_path)
    asked = ("list", "--catalogue", root, "--overlay", over)
    assert "i ett git-arkiv som inte undantar den" in run(*asked).err
    (tmp_path / ".gitignore").write_text("/tillagg/\n")
    assert "git-arkiv" not in run(*asked).err


def test_nothing_is_written_into_it_or_copied_out_of_it(run: Run, tmp_path: Path) -> None:
    wrong = {
        "systems/s": "depends_on: [safri]\n",
        "modules/n": "depends_on: [mm]\n",
        "contracts/safir": "name: Safir\n",
    }
    root, over = written(tmp_path, wrong)
    (root / "applications/modules/o.yaml").write_text("name: O\ncontracts: [safirr]\n")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")}
    ended = run("check", "--catalogue", root, "--overlay", over, "--format", "json")
    assert "safir" in ended.out and '"newText": "safir"' not in ended.out and '"text": "safir"' not in ended.out
    run("check", "--fix", "--catalogue", root, "--overlay", over)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")} == before
    ended = run("rename", "m", "modulen", "--catalogue", root, "--overlay", over)
    assert ended.code == 0
    assert run("rename", "s", "sjukan", "--catalogue", root, "--overlay", over).err.count("inte ändrad") == 1
    assert all(file.read_bytes() == data for file, data in before.items() if file.is_relative_to(over))


def test_the_viewer_follows_it_and_goes_on_without_it(tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    shown, others = followed(root, "secret", over), followed(root, "internal", over)
    before = others.page("/system/s")
    file = over / "applications/systems/s.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("brister", "många fel"), "utf-8")
    shown.look()
    assert "Har många fel." in shown.page("/system/s")
    file.write_text(text.replace("Har", "{"), "utf-8")
    shown.look(), others.look()
    assert "Har många fel." in shown.page("/system/s") and "1 fil går inte att använda" in shown.page("/system/s")
    assert others.page("/system/s") == before, "nobody else hears of it"
    over.rename(tmp_path / "borta")
    shown.look()
    assert "Har många fel." in shown.page("/system/s")
    (tmp_path / "borta").rename(over)
    file.write_text(text, "utf-8")
    shown.look()
    assert "Har brister." in shown.page("/system/s")


def test_words_that_are_not_to_be_used_are_found_there_too() -> None:
    below = {**OPEN, "terms/journal": "name: Journal\ndefinition: D.\ndiscouraged: {sv: [patientbok]}\n"}
    (found,) = [f for f in laid(below, {"systems/s": "description: En patientbok.\n"}).findings if f.code == "MK701"]
    assert found.location.file == "overlay/applications/systems/s.yaml" and found.location.column > 10
    assert not found.fix, "nothing is written there"


def test_what_the_files_may_hold_at_most_does_not_hold_there() -> None:
    below = {**OPEN, "catalogue.yaml": "title: Prov\nceiling: internal\n"}
    assert "MK213" not in given.codes(laid(below, SECRET))
    assert "MK213" in given.codes(laid({**below, "modules/o": "name: O\nsecrecy: {level: secret}\n"}, SECRET))


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("systems/s", "summary: Öppet.\n", ["MK214"]),
        ("systems/s", "lifecycle: 2027\n", ["MK214"]),
        ("systems/s", "nonsens: 1\n", ["MK201"]),
        ("systems/s", "description: &a x\n", ["MK109"]),
        ("systems/s", "description: " + "x" * 300_000, ["MK103"]),
        ("modules/s", "name: Annan sort\n", ["MK303"]),
        ("contracts/safir", "ends: 2027\n", ["MK202"]),
        ("catalogue.yaml", "title: Annan\n", ["MK210"]),
        ("applications/systems/S S.yaml", "name: S\n", ["MK209"]),
        ("reports/2026-11.md", "## risker\nHemligt.\n", []),
    ],
)
def test_what_is_wrong_there_is_said_of_its_own_file(path: str, text: str, codes: list[str]) -> None:
    read = laid(OPEN, {path: text})
    wrong = [f for f in read.findings if f.severity == "error"]
    assert [f.code for f in wrong] == codes and all(f.location.file.startswith("overlay/") for f in wrong)
    assert read.catalogue.entities["s"].fields["summary"] == "Öppet." and read.catalogue.settings.title == "Prov"
    assert told(narrowed(read, "internal")) == told(narrowed(laid(OPEN, None), "internal"))


def test_a_link_out_of_it_is_not_followed(run: Run, tmp_path: Path) -> None:
    root, over = written(tmp_path, {"systems/s": "description: D.\n"})
    (tmp_path / "utanför.yaml").write_text("name: Utanför\n")
    (over / "applications/modules").mkdir()
    (over / "applications/modules/lank.yaml").symlink_to(tmp_path / "utanför.yaml")
    ended = run("check", "--catalogue", root, "--overlay", over)
    assert "länken leder ut" in ended.out and "Utanför" not in run("list", "module", "--catalogue", root).out
