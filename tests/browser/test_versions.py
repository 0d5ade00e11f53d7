"""Pages about what was, in a real browser: readable by everyone, whole on a phone, reached by keyboard."""

from __future__ import annotations

import pytest
import year
from barriers import barriers
from playwright.sync_api import Browser, Page
from test_pages import OVERFULL, SPACING, open_

COMPARED = f"/andringar?fran={year.tag(1)}&till={year.tag(12)}"
PAGES = [
    "/",
    "/andringar",
    f"{COMPARED}&datum=2027-10-01",
    "/andringar?rev=rapport-2026-01",
    "/karta?rev=rapport-2026-02&datum=2027-10-01",
    "/moduler/prehospital-journal?rev=rapport-2026-03",
    "/kvalitet",
    "/rapport?rev=rapport-2026-02",
]
PROBLEMS = ["/karta?rev=rapport-1999-01", "/andringar?fran=main", "/risker/risk-pappersrutin"]
UNFOLD = "document.querySelectorAll('details').forEach(e => { e.open = true })"


@pytest.mark.parametrize("path", PAGES + PROBLEMS)
def test_everybody_can_read_and_use_a_page(browser: Browser, past: str, path: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    open_(page, past + path)
    page.evaluate(UNFOLD)
    assert barriers(page) == []
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(OVERFULL) == []
    page.context.close()


def test_the_keyboard_leads_from_the_start_to_what_changed_and_to_the_thing(page: Page, past: str) -> None:
    open_(page, past + "/?rev=rapport-2026-03&datum=2027-06-01")
    for words in ("Vad som har ändrats sedan rapport-2026-02", "Nord går över"):
        for _ in range(80):
            page.keyboard.press("Tab")
            if words in page.evaluate("document.activeElement.textContent"):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.url.endswith("/milstolpar/nord-gar-over?rev=rapport-2026-03&datum=2027-06-01") or (
        "rev=rapport-2026-03" in page.url and "datum=2027-06-01" in page.url
    )
    banner = page.get_by_role("region", name="Läge").inner_text()
    assert "rapport-2026-03" in banner and "2027-06-01" in banner
    page.get_by_role("link", name="Visa nu").click()
    page.wait_for_url("**/milstolpar/nord-gar-over")


def test_a_version_is_chosen_in_a_list_and_two_reports_are_compared_in_a_form(page: Page, past: str) -> None:
    open_(page, past + "/karta")
    page.get_by_text("Byt dag eller version").click()
    page.get_by_label("enligt katalogen").select_option("rapport-2026-02")
    page.get_by_role("button", name="Visa").click()
    assert "rapport-2026-02" in page.get_by_role("region", name="Läge").inner_text()
    open_(page, past + "/andringar")
    page.get_by_label("Från").fill(year.tag(1))
    page.get_by_label("till", exact=True).fill(year.tag(2))
    page.get_by_role("button", name="Jämför").click()
    assert "3 månader senare" in page.inner_text("main")


def test_a_history_opens_by_keyboard(page: Page, past: str) -> None:
    open_(page, past + "/moduler/prehospital-journal")
    summary = page.locator("#historik ~ details summary").first
    assert not page.get_by_text("Journalen blir ännu senare").is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("Journalen blir ännu senare").is_visible()


def test_no_box_of_the_map_moves_with_the_version(page: Page, past: str) -> None:
    from test_pages import BOXES

    places = []
    for month in (1, 2, 4):
        open_(page, f"{past}/karta?rev={year.tag(month)}")
        places.append(page.evaluate(BOXES))
    assert len(places[0]) > 5 and places[0] == places[1] == places[2]
