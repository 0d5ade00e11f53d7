from __future__ import annotations

from pathlib import Path

import given
import pytest
from commands import Ended, Run
from hypothesis import settings

from modulkarta.cli import main
from modulkarta.snapshot import Snapshot

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def good() -> Snapshot:
    """Region Exempel."""
    return given.good()


@pytest.fixture(scope="session")
def schemas() -> Path:
    return given.SCHEMAS


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: its exit code, and what it said."""

    def run(*arguments: object) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, said.out, said.err)

    return run
