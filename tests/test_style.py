"""The style sheet and the pages name the same things."""

from __future__ import annotations

import re

import given
from flask import Flask

from webapp import create_app

VIEWER = given.ROOT / "webapp"
SHEET = re.sub(r"/\*.*?\*/", "", (VIEWER / "static" / "style.css").read_text("utf-8"), flags=re.DOTALL)
SELECTORS = re.sub(r"\{[^{}]*\}", "{", SHEET)
STYLED = set(re.findall(r"\.([a-z][\w-]*)", SELECTORS))
WRITTEN = "".join(
    file.read_text("utf-8") for kind in ("html", "py", "js") for file in sorted(VIEWER.rglob(f"*.{kind}"))
)
PARTS = r"\{\{.*?\}\}|\{%.*?%\}"
"""What Jinja puts in."""
COMPOSED = ("phase-", "layer-", "mark-", "outcome-", "owner-", "replacement-", "knowledge-", "standards-", "status-")
"""What the classes begin with whose ends are values."""


def test_no_class_of_the_style_sheet_is_without_a_page() -> None:
    words = set(re.findall(r"[a-z][\w-]*", WRITTEN))
    assert sorted(name for name in STYLED if name not in words and not name.startswith(COMPOSED)) == []
    assert [begins for begins in COMPOSED if begins not in WRITTEN and begins.rstrip("-") not in words] == []


def test_no_class_of_a_page_is_without_style() -> None:
    pages = "".join(file.read_text("utf-8") for file in sorted(VIEWER.rglob("*.html")))
    named = re.findall(rf'class="((?:[^"{{]|{PARTS})*)"', pages)
    names = {name for several in named for name in re.sub(rf"[\w-]*(?:{PARTS})", " ", several).split()}
    assert names - STYLED <= {"now"}, "but for what the Markdown of a page finds its banners by"


def test_colours_are_named_and_every_name_is_used() -> None:
    """A colour that is written out among the rules is one that dark mode or the next change forgets."""
    names, rules = SHEET.split("}", 1)
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", rules, re.IGNORECASE) == []
    defined = set(re.findall(r"(--[\w-]+):", SHEET))
    assert defined == set(re.findall(r"var\((--[\w-]+)", SHEET))
    assert set(re.findall(r"(--[\w-]+):", names)) >= {"--paper", "--gap"}


def test_what_templates_may_call_is_called() -> None:
    viewer = create_app(given.good(), today=lambda: given.TODAY)
    ours = {*viewer.jinja_env.filters, *viewer.jinja_env.globals}
    pages = "".join(file.read_text("utf-8") for file in sorted(VIEWER.rglob("*.html")))
    called = set(re.findall(r"\w+", " ".join(re.findall(PARTS, pages, re.DOTALL))))
    assert ours - {*Flask("any").jinja_env.filters, *Flask("any").jinja_env.globals} - called == set()
