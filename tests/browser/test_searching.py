"""Searching with the keyboard alone, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

AT = "[document.activeElement.id, document.activeElement.getAttribute('href')]"
UNSEEN = """() => { const e = document.activeElement, box = e.getClientRects()[0];
  const on = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const shown = [null, '::after'].some(part => getComputedStyle(e, part).outlineStyle !== 'none');
  return shown && on && (e === on || e.contains(on) || on.contains(e)) ? null : e.outerHTML }"""
"""Where the focus is, if its ring is not drawn or something lies over it."""
MOST_TABS = 120


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element of an id, or a link to an address that begins so; the focus is seen all the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) is None
        id_, href = page.evaluate(AT)
        if id_ == wanted or (href or "").startswith(wanted):
            return
    raise AssertionError(f"{wanted} is not reached from {page.url}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_tab_and_enter_lead_from_the_start_through_a_search_to_a_module_its_relations_and_back(
    browser: Browser, region: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="sv-SE", viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(region + "/?datum=2027-06-01", wait_until="load")
    tab_to(page, "sok")
    page.keyboard.type("journaler")
    enter(page)
    assert "q=journaler" in page.url and "datum=2027-06-01" in page.url
    assert page.get_by_role("status").inner_text().endswith("träffar på ”journaler”.")
    tab_to(page, "/moduler/prehospital-journal")
    enter(page)
    assert "datum=2027-06-01" in page.url
    tab_to(page, "/relationer/prehospital-journal")
    enter(page)
    assert page.url.endswith("/relationer/prehospital-journal?datum=2027-06-01")
    page.go_back()
    assert page.url.endswith("/moduler/prehospital-journal?datum=2027-06-01")
    page.go_back()
    assert page.url.endswith("/sok?q=journaler&datum=2027-06-01")
    context.close()
