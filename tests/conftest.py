from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import built_once as built_once_
import forges
import given
import pytest
import year
from commands import Ended, Run
from flask import Flask
from flask.testing import FlaskClient
from forges import DIALECTS, Forge
from hypothesis import settings
from quick import without_slow_files
from repositories import git
from templates import Compiled
from viewing import viewer

from modulkarta.cli import main, unchanged
from modulkarta.report import forge
from modulkarta.snapshot import Snapshot

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("steady")
os.environ[unchanged.FOLDER] = ""  # nothing is answered as it was before, but where that is what is tested
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}


_LONGEST = (
    "test_leaks.py", "test_leaks_pages.py", "test_export_leaks.py", "test_copy_tells.py",
    "test_gates.py", "test_copy_region.py", "test_pages.py", "test_map.py", "test_faults.py", "test_lsp.py",
    "test_production.py", "test_cli.py", "test_versions.py", "test_mistakes.py", "test_load.py", "test_one_file.py",
    "test_staff.py", "test_copy.py", "test_webapp.py", "test_lsp_hostile.py", "test_same_search.py",
    "test_audience.py", "test_overlay.py", "test_merging.py", "test_security.py", "test_generations.py", "test_fuzz.py",
    "test_serve_command.py", "test_examples.py", "test_yaml_server.py", "test_searching.py", "test_pictures.py",
    "test_pr_comment.py", "test_publishing.py", "test_report_files.py", "test_docx.py", "test_hostile_catalogues.py",
    "test_hostile_imports.py", "test_language_of_pages.py",
    "test_sides.py", "test_api.py", "test_copied.py", "test_rename.py",
)  # fmt: skip
"""The files that take the most time, each more than the next: the last to end should not be one of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, for each is run by one process."""
    items.sort(key=lambda item: _LONGEST.index(item.path.name) if item.path.name in _LONGEST else len(_LONGEST))


@pytest.fixture(scope="session")
def good() -> Snapshot:
    """Region Exempel."""
    return given.good()


@pytest.fixture(scope="session")
def schemas() -> Path:
    return given.SCHEMAS


@pytest.fixture(scope="module")
def built_once() -> Iterator[None]:
    """For a file of tests that reads the same catalogues again and again."""
    with built_once_.built_once():
        yield


@pytest.fixture(scope="module")
def few_days() -> Iterator[None]:
    """One day beside today for each reason is enough for a copy; the report's files take longer to write."""
    with pytest.MonkeyPatch.context() as patch:
        without_slow_files(patch)
        patch.setattr("webapp.copy.horizon._MOST_YEARS", 1)
        patch.setattr("webapp.copy.horizon._MOST_MILESTONES", 1)
        yield


@pytest.fixture(scope="session")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A year of reports in git; whoever changes anything there puts it back."""
    made = year.made(tmp_path_factory.mktemp("year"))
    head = git(made, "rev-parse", "main")
    yield made
    left = git(made, "rev-parse", "HEAD", "main"), git(made, "symbolic-ref", "HEAD"), git(made, "status", "--porcelain")
    assert left == (f"{head}\n{head}", "refs/heads/main", "")


@pytest.fixture(scope="session")
def past(repo: Path) -> FlaskClient:
    """The viewer of the year of reports, when it is over."""
    return viewer(repo)


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


@pytest.fixture(params=DIALECTS)
def there(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forge]:
    """A forge, reached without the machine's proxies, in whose job we are."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for name in os.environ:
        if name.startswith(("GITHUB_", "GITLAB_", "CI_")):
            monkeypatch.delenv(name)
    with forges.running(request.param) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long would have been waited."""
    waited: list[float] = []
    monkeypatch.setattr(forge, "put", partial(forge.put, wait=waited.append))
    return waited
