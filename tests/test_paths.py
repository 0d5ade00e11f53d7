"""Which files the paths on a command line mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from modulkarta.cli import paths as asked
from modulkarta.cli.folders import shown

ROOT = Path("catalogue")
FILES = tuple(f"catalogue/{layer}/things/{number}.yaml" for layer in ("one", "two") for number in range(50))


@pytest.mark.parametrize(
    ("paths", "meant"),
    [
        ((), 100),
        (("catalogue",), 100),
        ((".",), 100),
        (("catalogue/one",), 50),
        (("catalogue/on",), 0),
        (("catalogue/one/things/7.yaml",), 1),
        (("catalogue/one/../two", "catalogue/one/things/7.yaml"), 51),
        (("catalogue/one", "catalogue"), 100),
    ],
)
def test_paths_mean_files_and_all_in_folders(paths: tuple[str, ...], meant: int) -> None:
    assert len(list(filter(asked.asked_for(tuple(map(Path, paths)), ROOT), FILES))) == meant


def test_where_paths_lead_is_found_out_once_however_many_files_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[Path]()
    monkeypatch.setattr(asked, "shown", lambda path: looked.append(path) or shown(path))
    one = Path("catalogue/one")
    assert len(list(filter(asked.asked_for((one,), ROOT), FILES))) == 50
    assert looked == [one, ROOT]
