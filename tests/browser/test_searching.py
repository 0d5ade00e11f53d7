"""Searching with the keyboard alone, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_leads_from_the_search_to_a_module_and_its_relations(
    browser: Browser, region: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="sv-SE")
    page = context.new_page()
    page.goto(region + "/?datum=2027-06-01", wait_until="load")
    page.focus("#sok")
    page.keyboard.type("journaler")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "q=journaler" in page.url and "datum=2027-06-01" in page.url
    assert page.get_by_role("status").inner_text().endswith("träffar på ”journaler”.")
    for address in ("/moduler/prehospital-journal", "/relationer/prehospital-journal"):
        link = page.locator(f'main a[href^="{address}"]').first
        link.focus()
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "/relationer/prehospital-journal?datum=2027-06-01" in page.url
    page.go_back()
    page.go_back()
    assert page.url.endswith("/sok?q=journaler&datum=2027-06-01")
    context.close()
