"""What surrounds every page, in a real browser: a newcomer's way, keys, the lasting link, forced colours, zoom."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from test_pages import open_

MOST_CLICKS = 12


class Newcomer:
    """Somebody who only clicks on links in the page, and counts."""

    def __init__(self, page: Page, start: str) -> None:
        self.page, self.clicks = page, 0
        open_(page, start)

    def follow(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=words).first.click()
        self.clicks += 1

    def home(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Start").click()
        self.clicks += 1

    def reads(self, words: str) -> bool:
        return words in self.page.inner_text("main")


def test_a_newcomer_has_five_answers_in_twelve_clicks_without_searching(page: Page, region: str) -> None:
    reader = Newcomer(page, region + "/")
    reader.follow("Se modulerna")
    reader.follow("Journal i ambulans")
    assert reader.reads("Prehospital journal") and reader.reads("Fältjournal"), "what is a module?"
    reader.home()
    reader.follow("Se vad som ersätts")
    reader.follow("Fältjournal")
    assert reader.reads("Journal i ambulans") or reader.reads("Prehospital journal"), "what is used, and what comes?"
    assert reader.reads("2027-09-01"), "when?"
    reader.home()
    reader.follow("Vad är osäkert?")
    assert reader.reads("okän"), "what is uncertain?"
    reader.home()
    reader.follow("Hur säger jag att något är fel?")
    assert reader.reads("Rapportera fel"), "how do I say that something is wrong?"
    assert reader.clicks <= MOST_CLICKS


def test_keys_lead_on_and_can_be_turned_off(page: Page, region: str) -> None:
    open_(page, region + "/?datum=2027-06-01")
    page.keyboard.press("/")
    page.keyboard.type("g f")
    assert page.url.endswith("/?datum=2027-06-01"), "keys are letters in a field"
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.type("gf")
    assert page.url.endswith("/fardplan?datum=2027-06-01")
    with page.expect_navigation():
        page.keyboard.press("?")
    assert "/hjalp" in page.url
    page.get_by_label("Använd genvägar").uncheck()
    page.locator("h1").click()
    page.keyboard.type("gf")
    page.reload()
    assert "/hjalp" in page.url and not page.get_by_label("Använd genvägar").is_checked()


def test_the_lasting_link_is_copied(browser: Browser, past: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="sv-SE")
    page = context.new_page()
    open_(page, past + "/karta?datum=2027-05-01")
    page.get_by_text("Byt dag").click()
    page.get_by_role("button", name="Kopiera").click()
    page.get_by_text("Länken är kopierad").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_role("link", name="Permanent länk").evaluate("e => e.href") and "&rev=" in copied
    context.close()


@pytest.mark.parametrize("path", ["/", "/karta", "/ersattning/faltjournal"])
def test_forced_colours_keep_words_and_edges(browser: Browser, region: str, path: str) -> None:
    context = browser.new_context(forced_colors="active", locale="sv-SE")
    page = context.new_page()
    open_(page, region + path)
    edges = "e => [e.innerText.trim(), getComputedStyle(e).borderStyle, getComputedStyle(e).borderTopWidth]"
    for word, style, width in [one.evaluate(edges) for one in page.locator(".tile, main span.status").all()[:20]]:
        assert word and (style == "none" or float(width.removesuffix("px")) > 0)
    context.close()


def test_at_twice_the_size_nothing_is_cut(browser: Browser, region: str) -> None:
    page = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2).new_page()
    for path in ("/", "/karta", "/hjalp", "/ersattning/faltjournal"):
        open_(page, region + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    page.context.close()


def test_the_menu_says_where_one_is_and_focus_is_not_hidden(page: Page, region: str) -> None:
    open_(page, region + "/ersattning/faltjournal")
    current = page.get_by_role("navigation", name="Huvudmeny").locator("[aria-current]")
    assert current.all_inner_texts() == ["Systemersättning"]
    covered = """() => { const e = document.activeElement, b = e.getBoundingClientRect();
      const on = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
      return !(e === on || e.contains(on) || (on && on.contains(e))) ? e.outerHTML : null }"""
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(covered) is None


def test_on_a_phone_the_head_is_small_and_opens_without_scripts(browser: Browser, region: str) -> None:
    phone = browser.new_context(viewport={"width": 320, "height": 568}, locale="sv-SE", java_script_enabled=False)
    page = phone.new_page()
    open_(page, region + "/")
    high = sum(page.locator(part).bounding_box()["height"] for part in ("header.site", ".time"))
    assert high <= 3 * 48, "its long name, the two folds, and the day"
    for fold, inside in (("Sök", "searchbox"), ("Meny", "navigation"), ("Byt dag", "textbox")):
        page.locator("summary").get_by_text(fold).click()
        assert page.get_by_role(inside).first.is_visible()
    page.get_by_role("link", name="Systemersättning").click()
    expect(page).to_have_url(region + "/ersattning")
    phone.close()
