"""The viewer as one file, opened from the disk where there is no network."""

from __future__ import annotations

from datetime import date

import given
import pytest
from barriers import barriers
from playwright.sync_api import Browser, Page, expect

from modulkarta.exchange.outward import Asked
from webapp.copy import single

FILES = {
    "modules/journalen": "name: Journalen\nsummary: Allt som skrivs i bilen.\nformer_ids: [gamla]\ncapabilities: [v]\n",
    "capabilities/v": "name: Vård\nband: core\norder: 1\n",
    "systems/tidbok": "name: Tidboken\nfunctions: [boka]\n",
    "functions/boka": "name: Boka en tid\n",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("mote") / "modulkarta.html"
    made = single.exported(given.read(FILES), Asked(language="sv", on=date(2026, 11, 21)))
    place.write_bytes(made.files[single.FILE])
    return place.as_uri()


@pytest.fixture
def offline(page: Page) -> Page:
    page.context.set_offline(True)
    return page


def heading(page: Page, words: str) -> None:
    """The page is the one with this heading, and who hears the screen is at it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_css("outline-style", "none")


def test_from_page_to_page_and_back_where_there_is_no_network(offline: Page, file: str) -> None:
    page, asked = offline, list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.goto(file)
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Modulkarta").click()
    heading(page, "Modulkarta")
    assert page.title().startswith("Modulkarta – ")
    expect(page).to_have_url(f"{file}#/karta")
    page.locator(".tile").get_by_role("link", name="Journalen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Journalen")
    page.locator("a[href='#/relationer/journalen']").first.click()
    heading(page, "Relationer för Journalen")
    expect(page.locator("[data-picture] svg a").first).to_be_visible()
    assert barriers(page) == []
    page.set_viewport_size({"width": 600, "height": 400})
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Journalen")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.evaluate("scrollTo(0, 150)")
    page.keyboard.press("g")
    page.keyboard.press("f")
    heading(page, "Färdplan")
    page.wait_for_function("scrollY === 0")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Journalen")
    page.wait_for_function("scrollY === 150")
    page.go_back()
    heading(page, "Modulkarta")
    assert barriers(page) == []
    assert {one.partition("#")[0] for one in asked if not one.startswith("data:")} == {file}


def test_search_and_addresses_of_their_own(offline: Page, file: str) -> None:
    page = offline
    page.goto(f"{file}#/moduler/gamla")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Journalen")
    page.keyboard.press("/")
    page.keyboard.type("bokningar")
    page.keyboard.press("Enter")
    hits = page.locator("#traffar .hits a")
    expect(hits.first).to_have_text("Boka en tid")
    expect(page).to_have_url(f"{file}#/sok?q=bokningar")
    page.locator("#sok").fill("journal")
    expect(hits).to_have_text(["Journalen"])
    hits.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Journalen")
    page.go_back()
    expect(hits).to_have_text(["Journalen"])
    page.goto(f"{file}#/finns/inte")
    heading(page, "Sidan finns inte")
    page.get_by_role("link", name="Allt från A till Ö").click()
    page.get_by_role("navigation", name="Bokstäver").get_by_role("link", name="T").click()
    expect(page.get_by_role("heading", name="T", exact=True)).to_be_focused()
    page.get_by_role("link", name="Tidboken").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tidboken")


def test_without_a_script_the_start_page_says_what_is_there(browser: Browser, file: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file)
    expect(page.locator("noscript .banner")).to_be_visible()
    expect(page.locator("noscript li", has_text="Tidboken")).to_be_visible()
    expect(page.get_by_text("Webbläsaren är för gammal")).to_be_hidden()
    context.close()


def test_an_old_browser_says_so(browser: Browser, file: str) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(file)
    expect(page.get_by_text("Webbläsaren är för gammal")).to_be_visible()
    context.close()
