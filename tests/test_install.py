"""The package as it is installed: away from the checkout, with only what it carries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import given
import pytest


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel."""
    place = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=given.ROOT, check=True, capture_output=True, text=True)
    (wheel,) = place.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(place / "site")
    return place / "site"


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = (
        "import modulkarta, sys; print(modulkarta.__file__, file=sys.stderr); from modulkarta.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-c", program, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def test_the_installed_command_works_on_any_folder_with_a_catalogue(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(given.GOOD, tmp_path / "catalogue")
    checked = run(installed, tmp_path, "check", "--format", "concise")
    assert str(installed) in checked.stderr, "the installed copy runs, not the checkout"
    assert checked.returncode == 0, checked.stderr
    assert run(installed, tmp_path, "report", "--date", "2026-11-30", "-o", "ut").returncode == 0
    assert (tmp_path / "ut" / "figurer" / "karta.png").stat().st_size > 10_000
    endings = {path.suffix for path in (tmp_path / "ut").rglob("*.*")}
    assert endings == {".md", ".html", ".docx", ".pdf", ".zip", ".svg", ".png", ".csv", ".xlsx"}


def test_the_wheel_carries_pages_schemas_and_words_and_nothing_else(installed: Path) -> None:
    for needed in (
        "modulkarta/schemas/module.schema.json",
        "modulkarta/wording/en.po",
        "modulkarta/figures/figure.typ",
        "modulkarta/report/section.typ",
        "modulkarta/report/docx/plain/[Content_Types].xml",
        "modulkarta/figures/fonts/Arimo-Regular.ttf",
        "modulkarta/figures/fonts/OFL.txt",
        "webapp/templates/map.html",
        "webapp/static/style.css",
    ):
        assert (installed / needed).is_file(), needed
    tops = {path.name.partition("-")[0] for path in installed.iterdir()}
    assert tops == {"modulkarta", "webapp"}
