"""The module map in a real browser: no box moves, whatever is asked, and everyone can read what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import given
import pytest
from barriers import barriers
from playwright.sync_api import Browser, Page
from servers import answering
from test_pages import BOXES, OVERFULL, SPACING, open_
from werkzeug.serving import make_server

from webapp import create_app
from webapp.map.choices import SLUGS, STATUSES

ASKED = [
    *(f"datum={day}" for day in ("2026-11-21", "2024-01-01", "2028-06-01", "2032-01-01")),
    *(f"farg={slug}" for slug in SLUGS),
    *(f"status={slug}" for slug in STATUSES),
    "q=journal",
    "q=xyzzyq",
    "jamfor=2029-01-01",
    "jamfor=2029-01-01&q=a&farg=ansvarig&omrade=system",
]
STATES = [
    "/karta?jamfor=2029-01-01&q=journal",
    "/karta?farg=ersattning",
    "/karta?farg=datakvalitet&q=xyzzyq",
    "/karta?vy=lista&jamfor=2029-01-01&sortera=namn",
    "/karta?vy=lista&q=xyzzyq",
    "/lager?ruta=prehospital-journal",
]
LIGHT = """() => Object.fromEntries([...document.querySelectorAll('.tile, .tile .gap')].map(e => {
  const [r, g, b] = getComputedStyle(e).backgroundColor.match(/[0-9.]+/g).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const name = e.id || `${e.closest('.tile').id} gap`;
  return [`${name} ${e.className}`, 0.2126 * r + 0.7152 * g + 0.0722 * b];
}))"""
SEEN = """() => [...document.querySelectorAll('.tile')].every(e => {
  const style = getComputedStyle(e), status = e.querySelector('.status').getBoundingClientRect();
  return parseFloat(style.borderTopWidth) >= 2 && style.borderTopStyle !== 'none' && status.height > 10
    && getComputedStyle(e.querySelector('.status')).visibility === 'visible';
})"""
DARKEST_OTHER = 0.3
"""Relative luminance above which all that is no gap lies."""


@pytest.mark.parametrize("which", ["region", "real"])
def test_no_box_moves_whatever_is_asked(browser: Browser, request: pytest.FixtureRequest, which: str) -> None:
    for wide, language in ((1280, "sv"), (1280, "en"), (320, "sv")):
        context = browser.new_context(viewport={"width": wide, "height": 900})
        page = context.new_page()
        first = None
        for asked in ASKED:
            open_(page, f"{request.getfixturevalue(which)}/karta?{asked}&lang={language}")
            places = page.evaluate(BOXES)
            assert page.evaluate(OVERFULL) == [], (asked, wide)
            first = first or places
            assert len(places) > 5 and places == first, (asked, wide, language)
        context.close()


@pytest.fixture
def grown() -> Iterator[tuple[str, str]]:
    """The addresses of Region Exempel, and of it with two modules more, each at the end of its area.

    Asked for before the page, which may still be fetching something when the test ends.
    """
    paths = {str(p.relative_to(given.GOOD)): p.read_text("utf-8") for p in given.GOOD.rglob("*.yaml")}
    more = {
        f"applications/modules/zz-{i}.yaml": f"name: Ny modul {i}\ncapabilities: [{capability}]\n"
        for i, capability in enumerate(("hantera-arenden", "bevara-handlingar"))
    }
    before, after = (
        make_server("127.0.0.1", 0, create_app(given.read(files), today=lambda: date(2026, 11, 21)), threaded=True)
        for files in (paths, {**paths, **more})
    )
    with answering(before) as address, answering(after) as grown_address:
        yield address, grown_address


def test_a_new_module_at_the_end_of_its_area_moves_no_other(grown: tuple[str, str], page: Page) -> None:
    before, after = (places_at(page, f"{address}/karta") for address in grown)
    assert after.keys() - before.keys() == {"ruta-zz-0", "ruta-zz-1"}
    moved = {id_ for id_ in before if after[id_] != before[id_]}
    assert moved == {"ruta-arendebryggan"}, "it was alone in its area, and makes room for the new one beside it"
    for id_ in moved:
        (*corner, wide, high), (*corner_now, wide_now, high_now) = before[id_], after[id_]
        assert (corner_now, high_now) == (corner, high) and wide_now < wide


def places_at(page: Page, address: str) -> dict[str, list[int]]:
    open_(page, address)
    places: dict[str, list[int]] = page.evaluate(BOXES)
    return places


@pytest.mark.parametrize("which", ["region", "real"])
def test_text_may_be_spaced_out_under_every_question(
    browser: Browser, request: pytest.FixtureRequest, which: str
) -> None:
    for wide in (1280, 320):
        context = browser.new_context(viewport={"width": wide, "height": 900}, bypass_csp=True)
        page = context.new_page()
        for slug in SLUGS:
            open_(page, f"{request.getfixturevalue(which)}/karta?datum=2028-06-01&farg={slug}")
            page.add_style_tag(content=SPACING)
            assert page.evaluate(OVERFULL) == [], (slug, wide)
            assert page.evaluate("document.documentElement.scrollWidth") <= wide
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_grey_nothing_is_as_dark_as_a_gap(browser: Browser, region: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for slug in SLUGS:
        for day in ("2026-11-21", "2029-06-01"):
            open_(page, f"{region}/karta?farg={slug}&datum={day}")
            light = page.evaluate(LIGHT)
            gaps = [value for name, value in light.items() if "certain" in name or "replacement-gap" in name]
            others = [v for name, v in light.items() if not re.search("certain|replacement-gap", name)]
            assert min(others) > DARKEST_OTHER and bool(gaps) == (slug in ("status", "ersattning"))
            assert all(value < DARKEST_OTHER / 2 for value in gaps)
    context.close()


@pytest.mark.parametrize("path", STATES)
def test_everybody_can_read_and_use_the_map_whatever_is_asked(browser: Browser, region: str, path: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_(page, region + path)
    assert barriers(page) == []
    page.context.close()


def test_a_search_shows_while_one_types_and_moves_nothing(page: Page, region: str) -> None:
    before = places_at(page, region + "/karta?farg=ansvarig")
    page.get_by_label("Sök i kartan").last.fill("journaler")
    page.wait_for_selector(".tile.hit")
    found = page.locator(".tile.hit").evaluate_all("several => several.map(e => e.id)")
    assert "ruta-prehospital-journal" in found and "Träff" in page.inner_text("#ruta-prehospital-journal")
    assert page.inner_text("#traffar").startswith(f"{len(found)} rutor passar.")
    assert page.evaluate(BOXES) == before and "q=journaler" in page.url and "farg=ansvarig" in page.url
    page.get_by_label("Sök i kartan").last.fill("")
    page.wait_for_selector(".tile.hit", state="detached")
    assert page.inner_text("#traffar") == "" and "q=" not in page.url


def test_the_page_of_a_search_is_the_same_with_and_without_javascript(browser: Browser, region: str) -> None:
    told = []
    for allowed in (True, False):
        context = browser.new_context(java_script_enabled=allowed)
        page = context.new_page()
        open_(page, region + "/karta?q=journal&jamfor=2029-01-01")
        told.append(page.inner_text("main"))
        context.close()
    assert told[0] == told[1]


def test_states_and_borders_are_there_without_our_colours(browser: Browser, region: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    for asked in ("", "?farg=ersattning&q=journal&jamfor=2029-01-01"):
        open_(page, region + "/karta" + asked)
        assert page.evaluate(SEEN)
    assert page.locator(".tile.hit").first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    context.close()


def test_paper_shows_the_map_and_not_how_to_ask(page: Page, region: str) -> None:
    open_(page, region + "/karta")
    page.emulate_media(media="print")
    assert not page.locator("form.seek").is_visible() and not page.locator(".ask").first.is_visible()
    assert page.locator(".key").is_visible() and page.locator(".tile").first.is_visible()
