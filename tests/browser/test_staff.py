"""The pages of things in a real browser: terms that explain themselves, relations by keyboard, whole on a phone."""

from __future__ import annotations

import pytest
from barriers import barriers
from playwright.sync_api import Browser, Page
from test_pages import open_, words

PAGES = [
    "/omraden/ost",
    "/anvandargrupper/ambulanspersonal",
    "/processer/akut-insats",
    "/begrepp/insats",
    "/relationer/prehospital-journal?djup=2",
    "/moduler/verksamhetsplanering-och-egenmonitorering?lang=en",
]
WITH_TERM = "/funktioner/folja-upp-insats"
UNFOLD = "document.querySelectorAll('main details').forEach(e => { e.open = true })"


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_and_use_a_page(browser: Browser, region: str, path: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_(page, region + path)
    page.evaluate(UNFOLD)
    assert barriers(page) == []
    page.context.close()


def test_the_pages_say_the_same_without_javascript(browser: Browser, region: str) -> None:
    said = [words(browser, region, [*PAGES, WITH_TERM], script=script) for script in (True, False)]
    assert said[0] == said[1]


def test_a_term_shows_what_it_means_on_focus_and_on_hover(page: Page, region: str) -> None:
    open_(page, region + WITH_TERM)
    link = page.locator("a.term").first
    card = page.locator("#" + str(link.get_attribute("aria-describedby")))
    assert not card.is_visible()
    link.focus()
    assert card.is_visible() and "Samordnat arbete" in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    link.hover()
    assert card.is_visible()
    card.hover()
    page.wait_for_timeout(500)
    assert card.is_visible(), "the pointer may enter the card"
    page.mouse.move(1, 1)
    card.wait_for(state="hidden")
    link.click()
    assert "Samordnat arbete" in page.inner_text("main")


def test_the_relations_are_followed_by_keyboard_alone(page: Page, region: str) -> None:
    open_(page, region + "/relationer/larmpanelen?datum=2027-06-01")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg[role=group]') !== null"):
            break
    where = page.evaluate("document.activeElement.getAttribute('href')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == region + where and "datum=2027-06-01" in page.url
    page.go_back()
    page.get_by_role("link", name="Flytta hit").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/relationer/" in page.url and "/relationer/larmpanelen" not in page.url and "datum=2027-06-01" in page.url


def test_the_picture_is_enlarged_and_made_whole_again(page: Page, region: str) -> None:
    open_(page, region + "/relationer/prehospital-journal")
    size = "document.querySelector('[data-picture] svg').getBoundingClientRect().width"
    before = page.evaluate(size)
    page.get_by_role("button", name="Förstora bilden").click()
    assert page.evaluate(size) > before * 1.2
    page.locator("[data-picture]").focus()
    page.keyboard.press("+")
    assert page.evaluate(size) > before * 1.4
    page.keyboard.press("0")
    assert page.evaluate(size) == before


def test_a_process_is_stepped_through_and_printed_whole(page: Page, region: str) -> None:
    open_(page, region + "/processer/akut-insats#steg-2")
    page.locator("#steg-2").get_by_role("link", name="Nästa steg").click()
    page.wait_for_url("**#steg-3")
    page.get_by_role("link", name="I dag", exact=True).click()
    assert "vy=idag" in page.url
    page.emulate_media(media="print")
    assert all(page.locator(f"#steg-{n}").is_visible() for n in (1, 2, 3))


def test_paper_gets_the_folded_part_of_a_list(page: Page, real: str) -> None:
    open_(page, real + "/relationer/ambulink")
    hidden = page.locator("details.folded li").last
    assert not hidden.is_visible()
    page.emulate_media(media="print")
    assert hidden.is_visible()


def test_a_nurse_finds_what_happens_in_her_area(page: Page, region: str) -> None:
    """From the first page to the day, the gap and what to do, by links alone."""
    open_(page, region + "/")
    page.get_by_role("link", name="Se vad som ersätts").click()
    page.get_by_role("link", name="Fältjournal").first.click()
    page.get_by_role("link", name="Öst", exact=True).first.click()
    main = page.inner_text("main")
    assert "Ni byter 2027-02-01" in main and "Under glappet" in main and "Vem kan jag fråga?" in main
