"""Pictures as a browser draws them, with the letters that it has: no word lies outside."""

from __future__ import annotations

from playwright.sync_api import Browser, Page
from test_pages import open_

PICTURES = {
    "/kvalitet": 15,
    "/fardplan": 15,
    "/relationer/prehospital-journal?djup=2": 15,
    "/ersattning/faltjournal": 3,
    "/bild/relationer/prehospital-journal.svg": 15,
    "/bild/formagor.svg": 15,
    "/bild/glapp.svg": 15,
    "/bild/lager.svg": 15,
    "/bild/ersattningar.svg": 15,
    "/bild/tid/faltjournal.svg": 15,
    "/bild/karta.svg": 15,
    "/bild/fardplan.svg": 15,
    "/bild/tackning/faltjournal.svg": 15,
}
"""Where there are some, and how many words they have at least."""
UNFOLD = "document.querySelectorAll('details').forEach(e => { e.open = true })"
OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(text => {
  const t = text.getBoundingClientRect(), whole = text.ownerSVGElement.getBoundingClientRect();
  return t.left < whole.left - 1 || t.top < whole.top - 1 || t.right > whole.right + 1 || t.bottom > whole.bottom + 1;
}).map(text => text.textContent)"""


def test_no_word_lies_outside_its_picture(browser: Browser, past: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    for path, least in PICTURES.items():
        open_(page, past + path)
        page.evaluate(UNFOLD)
        assert page.locator("svg text").count() >= least, path
        assert page.evaluate(OUTSIDE) == [], path
    page.context.close()


def test_a_word_outside_is_found(page: Page) -> None:
    page.set_content('<svg width="90" height="20"><text y="15">x</text><text x="80" y="15">utanför</text></svg>')
    assert page.evaluate(OUTSIDE) == ["utanför"]
