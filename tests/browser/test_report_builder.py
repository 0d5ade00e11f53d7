"""The page of the report as people use it: chosen, copied, printed, and readable by everyone in each of its states."""

from __future__ import annotations

import re

import pytest
from barriers import barriers
from playwright.sync_api import Browser, Page
from test_pages import open_

STATES = ["?langd=notis&sedan=rapport-2026-03&datum=2026-11-30", "?langd=avsnitt&lang=en&rev=rapport-2026-11"]
SEEN = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('article') && !e.querySelector('article') && e.getClientRects().length && e.innerText)
  .map(e => e.innerText)"""
COPIED = """async () => {
  const [item] = await navigator.clipboard.read();
  return Promise.all(item.types.map(async type => [type, await (await item.getType(type)).text()]));
}"""


@pytest.mark.parametrize("state", STATES)
def test_everybody_can_read_the_report_however_it_is_chosen(browser: Browser, past: str, state: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_(page, f"{past}/rapport{state}")
    assert barriers(page) == []
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_is_chosen_with_or_without_scripts(browser: Browser, past: str, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts, locale="sv-SE").new_page()
    open_(page, f"{past}/rapport")
    page.get_by_label("Rapport för").select_option("2026-10-31")
    page.get_by_label("Längd").select_option("notis")
    page.get_by_label("Jämför med").select_option("rapport-2026-03")
    page.locator(".builder button").press("Enter")
    page.wait_for_url("**/rapport?langd=notis&sedan=rapport-2026-03&datum=2026-10-31")
    assert page.get_by_label("Längd").input_value() == "notis"
    assert page.locator("article").inner_text().count("\n") < 20
    assert page.locator(".copying button").first.is_visible() == scripts
    page.context.close()


def test_the_section_is_copied_with_its_pictures(browser: Browser, past: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="sv-SE")
    page = context.new_page()
    open_(page, f"{past}/rapport?langd=avsnitt")
    page.get_by_role("button", name="Kopiera avsnittet").click()
    page.get_by_role("button", name="Avsnittet är kopierat").wait_for()
    copied = dict(page.evaluate(COPIED))
    title = page.locator("article h2").first.inner_text()
    assert copied["text/plain"].lstrip().startswith(title) and f"<h2>{title}</h2>" in copied["text/html"]
    sources = re.findall(r'<img [^>]*?src="([^"]{0,30})', copied["text/html"])
    assert sources and all(source.startswith("data:image/png;base64,") for source in sources)
    context.close()


def test_only_the_section_is_printed(page: Page, past: str) -> None:
    open_(page, f"{past}/rapport?langd=notis")
    page.emulate_media(media="print")
    assert page.evaluate(SEEN) == []
    assert page.locator("article h2").first.is_visible()
