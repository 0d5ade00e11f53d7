"""What the documents say is so."""

from __future__ import annotations

import re
import sys

import given
import pytest

sys.path.insert(0, str(given.ROOT / "scripts"))

import manual

from modulkarta.cli import cli

DOCS = sorted(str(page.relative_to(given.ROOT)) for page in (given.ROOT / "docs").rglob("*.md"))
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", *DOCS)


def test_the_generated_pages_are_what_the_code_would_write() -> None:
    for name, text in manual.pages().items():
        assert (given.ROOT / "docs" / name).read_text("utf-8") == text, f"kör scripts/manual.py: docs/{name}"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    page = given.ROOT / name
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if not target.startswith(("http", "mailto")):
            assert (page.parent / target).exists(), (name, target)


def test_every_command_in_the_readme_exists() -> None:
    from modulkarta.cli import COMMANDS

    for name in ("README.md", "CONTRIBUTING.md"):
        text = (given.ROOT / name).read_text("utf-8")
        used = set(re.findall(r"(?:^|[\s/`])modulkarta ([a-z]+)", text, re.MULTILINE))
        assert used <= set(COMMANDS), name
        for script in re.findall(r"\bscripts/([a-z]+(?:\.py)?)", text):
            assert (given.ROOT / "scripts" / script).exists(), script


@pytest.mark.parametrize("name", ("SECURITY.md", *PAGES))
def test_every_command_that_is_written_out_has_the_options_it_is_given(name: str) -> None:
    text = (given.ROOT / name).read_text("utf-8").replace("\\\n", " ")
    context = cli.make_context("modulkarta", [], resilient_parsing=True)
    for command, words in re.findall(r"(?:^|[\s/`])modulkarta ([a-z][a-z-]*)([^`\n#|]*)", text, re.MULTILINE):
        found = cli.get_command(context, command)
        used = set(re.findall(r"(?<=\s)--[a-z-]+", words))
        known = {"--help", *(option for one in found.params for option in one.opts)} if found else set()
        assert used <= known, (command, words)
