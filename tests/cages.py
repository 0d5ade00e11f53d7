"""A catalogue with canaries of a level in git, for a narrower audience: what every test of leaks is tried on."""

from __future__ import annotations

from pathlib import Path

import pytest
from canaries import committed, laid_over, written

from modulkarta.levels import Level


@pytest.fixture(
    name="place",
    scope="module",
    params=[("secret", "internal"), ("internal", "public"), (None, "public")],
    ids=lambda pair: f"{pair[0]}",
)
def caged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Level]:
    """A catalogue with canaries of a level, and a narrower audience."""
    level, audience = request.param
    folder = tmp_path_factory.mktemp("burar")
    root = written(folder, level, comments=audience == "public")
    if level == "secret":
        laid_over(tmp_path_factory.mktemp("tillagg"), root).rename(beside(root))
    committed(root)
    return root, audience


def beside(root: Path) -> Path:
    """The folder that is laid over a catalogue of these tests, if there is one."""
    return root.parent.with_name(f"{root.parent.name}-tillagg")


@pytest.fixture(autouse=True, name="overlay")
def laid_beside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path | None:
    """What is laid over the catalogue that a test asks for: its commands know it by the environment."""
    if "place" not in request.fixturenames or not beside(request.getfixturevalue("place")[0]).exists():
        return None
    over = beside(request.getfixturevalue("place")[0])
    monkeypatch.setenv("MODULKARTA_OVERLAY", str(over))
    return over
