from __future__ import annotations

from pathlib import Path

import given
import pytest
from hypothesis import settings

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
