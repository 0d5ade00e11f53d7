"""The pages in a real browser: readable by everyone, still, whole on a phone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from barriers import barriers
from playwright.sync_api import Browser, Page

PAGES = [
    "/",
    "/karta",
    "/karta?datum=2027-06-01",
    "/moduler",
    "/moduler/prehospital-journal",
    "/system/faltjournal",
    "/ersattningar/ersattning-faltjournal",
    "/begrepp",
    "/processer",
    "/relationer/prehospital-journal",
    "/ersattning",
    "/ersattning/faltjournal",
    "/ersattning/labbdisken",
    "/fardplan",
    "/rapport",
    "/bild",
    "/bild/fardplan",
    "/bild/relationer/prehospital-journal",
    "/standardisering",
    "/uppfoljning",
    "/integrationer",
    "/information",
    "/krav/larmpanelen",
    "/hjalp",
    "/tillganglighet",
    "/maskiner",
    "/om",
    "/kvalitet",
    "/sok",
    "/sok?q=journaler",
    "/sok?q=faltjurnal&typ=system",
    "/sok?q=qqqqq",
    "/moduler/finns-inte",
    "/karta?datum=x",
]
BOXES = """() => {
  const top = document.querySelector('h1').getBoundingClientRect().y;
  const place = e => {
    const b = e.getBoundingClientRect();
    return [b.x, b.y - top, b.width, b.height].map(Math.round);
  };
  return Object.fromEntries([...document.querySelectorAll('[id^=ruta-]')].map(e => [e.id, place(e)]));
}"""
OVERFULL = """() => [...document.querySelectorAll('.tile,.gap,.status')]
  .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""
OUTLINES = """() => [null, '::after'].map(part => getComputedStyle(document.activeElement, part).outlineStyle)"""
SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
BARRED = """<!doctype html><html lang="sv"><title>T</title><style>
:root { color-scheme: light dark } body { background: light-dark(#fff, #111); color: light-dark(#000, #eee) }
.dim { color: light-dark(#000, #333) } .wide { width: 400px } body { margin: 0 }
.tiny { height: 3em; width: 3em }
@media (max-width: 400px) { .tiny { width: 9px; height: 9px; padding: 0; border: 0; font-size: 5px; float: left } }
</style><main><h1>T</h1><div class="wide">T</div><p class="dim">Dunkelt</p><img src="data:,">
<div><button class="tiny">a</button><button class="tiny">b</button></div></main>"""
DAYS = ["2026-11-21", "2024-01-01", "2027-06-01", "2028-12-31", "2032-01-01"]


def open_(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")


def test_a_barrier_is_found(browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_content(BARRED)
    assert {one.partition("<")[0].strip() for one in barriers(page)} == {
        "image-alt:", "dark: color-contrast:", "phone: target-size:", "phone: small:", "400 wide on a phone"
    }  # fmt: skip
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_and_use_a_page(browser: Browser, region: str, path: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_(page, region + path)
    assert barriers(page) == []
    page.context.close()


@pytest.mark.parametrize("wide", [320, 1280])
@pytest.mark.parametrize("which", ["region", "real"])
def test_no_box_moves_or_grows_with_the_day(
    browser: Browser, request: pytest.FixtureRequest, which: str, wide: int
) -> None:
    context = browser.new_context(viewport={"width": wide, "height": 900})
    page = context.new_page()
    places = []
    for day in DAYS:
        open_(page, f"{request.getfixturevalue(which)}/karta?datum={day}")
        places.append(page.evaluate(BOXES))
        assert page.evaluate(OVERFULL) == []
    assert len(places[0]) > 5 and all(place == places[0] for place in places)
    context.close()


@pytest.mark.parametrize("which", ["region", "real"])
def test_text_may_be_spaced_out(browser: Browser, request: pytest.FixtureRequest, which: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    open_(page, request.getfixturevalue(which) + "/karta?datum=2028-06-01")
    page.add_style_tag(content=SPACING)
    assert page.evaluate(OVERFULL) == []
    context.close()


def test_the_pages_say_the_same_without_javascript(browser: Browser, region: str) -> None:
    said = [words(browser, region, PAGES, script=script) for script in (True, False)]
    assert said[0] == said[1]


def words(browser: Browser, address: str, paths: Sequence[str], *, script: bool) -> dict[str, str]:
    """What each page says to one who runs its scripts, or does not; what only a script can work is no part of it."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    found = {}
    for path in paths:
        open_(page, address + path)
        page.evaluate("document.querySelectorAll('main button[type=button]').forEach(one => one.remove())")
        found[path] = " ".join(page.inner_text("main").split())
    context.close()
    return found


def test_the_keyboard_leads_from_the_start_to_the_replacement(page: Page, region: str) -> None:
    open_(page, region + "/?datum=2027-06-01")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    for words in ("Se modulerna", "Fältjournal"):
        for _ in range(80):
            page.keyboard.press("Tab")
            if words in page.evaluate("document.activeElement.textContent"):
                break
        assert "solid" in page.evaluate(OUTLINES)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.url.endswith("/ersattning/faltjournal?datum=2027-06-01")
    page.go_back()
    assert page.url.endswith("/karta?datum=2027-06-01")


def test_every_box_says_its_state_in_words(page: Page, region: str) -> None:
    open_(page, region + "/karta")
    words = ("Planerad", "Införs", "I drift", "Avvecklas", "Avvecklad", "Uppgift saknas")
    for said in page.locator(".tile .status").all_inner_texts():
        assert any(word in said for word in words)
    assert "kanske" in page.inner_text("main")


def test_the_report_as_a_page_of_its_own_has_its_look_and_fits_a_phone(browser: Browser, region: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_(page, region + "/rapport/malbild-och-fardplan.html")
    assert "Arial" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert barriers(page) == []
    page.context.close()


def test_a_day_is_asked_for_in_words(page: Page, region: str) -> None:
    open_(page, region + "/karta")
    page.get_by_text("Byt dag").click()
    page.fill("#datum", "2028-01-01")
    page.get_by_role("button", name="Visa").click()
    page.wait_for_url("**/karta?datum=2028-01-01")
    assert "2028-01-01" in page.get_by_role("region", name="Läge").inner_text()


def test_a_day_is_chosen_among_those_that_matter(page: Page, region: str) -> None:
    open_(page, region + "/karta")
    page.get_by_text("Byt dag").click()
    page.get_by_label("eller välj en dag").select_option(label="2027-03-31: Avtal om Fältjournal")
    page.get_by_role("button", name="Visa").click()
    page.wait_for_url("**/karta?datum=2027-03-31")
    page.get_by_role("link", name="Nästa förändring").click()
    assert "datum=2027-" in page.url and page.url > f"{region}/karta?datum=2027-03-31"


def test_paper_gets_no_menus_and_whole_boxes(page: Page, region: str) -> None:
    open_(page, region + "/karta")
    page.emulate_media(media="print")
    assert not page.locator("header.site :is(nav, summary)").filter(visible=True).count()
    assert not page.locator(".time details").is_visible()
    assert "/karta" in page.locator(".printed").inner_text()
    tile = page.locator(".tile").first
    assert tile.is_visible() and tile.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
