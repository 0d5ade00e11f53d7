"""The pages of the plan in a real browser: a table is a table to those who hear it, and readable on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="sv-SE")
    yield context.new_page()
    context.close()


def test_a_row_that_is_a_card_is_still_a_row(phone: Page, region: str) -> None:
    phone.goto(region + "/ersattningar/ersattning-faltjournal")
    told = phone.get_by_role("table").first.aria_snapshot()
    assert "- columnheader " in told and "- rowheader " in told and "- cell " in told
    assert phone.get_by_role("row").nth(1).evaluate("e => getComputedStyle(e).display") == "block"


def test_a_box_that_is_wider_than_its_place_says_so(phone: Page, region: str) -> None:
    phone.goto(region + "/fardplan")
    phone.wait_for_load_state("networkidle")
    hint = "e => getComputedStyle(e, '::before').content"
    assert "Dra i sidled" in phone.locator(".picture.scroll").first.evaluate(hint)
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.wait_for_function("!document.querySelector('.overflows')")
    assert "Dra" not in phone.locator(".picture.scroll").first.evaluate(hint)
