"""The pages of the plan in a real browser: a table is a table to those who hear it, and readable on a phone."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="sv-SE")
    yield context.new_page()
    context.close()


def test_a_row_that_is_a_card_is_still_a_row(phone: Page, region: str) -> None:
    phone.goto(region + "/ersattningar/ersattning-faltjournal")
    told = phone.get_by_role("table").first.aria_snapshot()
    assert told.startswith('- table "') and "- columnheader " in told and "- rowheader " in told and "- cell " in told
    assert phone.get_by_role("row").nth(1).evaluate("e => getComputedStyle(e).display") == "block"


def test_a_box_that_is_wider_than_its_place_says_so(phone: Page, region: str) -> None:
    phone.goto(region + "/fardplan")
    phone.wait_for_load_state("load")
    hint = "e => getComputedStyle(e, '::before').content"
    assert "Dra i sidled" in phone.locator(".picture.scroll").first.evaluate(hint)
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.wait_for_function("!document.querySelector('.overflows')")
    assert "Dra" not in phone.locator(".picture.scroll").first.evaluate(hint)


def test_the_matrix_tells_its_rows_and_columns(page: Page, region: str) -> None:
    page.goto(region + "/ersattning/faltjournal")
    told = page.locator("table.matrix").aria_snapshot()
    for part in ('- columnheader "Nord"', '- rowheader "Dokumentera insats"', "2027-04-01–2027-08-31 (153 dagar)"):
        assert part in told


def test_a_phone_shows_the_gaps_without_scrolling_sideways(phone: Page, real: str) -> None:
    phone.goto(real + "/ersattning/ambulink")
    assert phone.get_by_text("Saknar ersättare någon tid:").is_visible()
    phone.locator("main summary").get_by_text("funktioner").click()
    cells = phone.locator("table.matrix td.cell:visible")
    assert cells.count() > 5 and "Inget glapp" not in cells.all_inner_texts()
    for box in (cell.bounding_box() for cell in cells.all()):
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    assert not phone.locator("table.matrix").evaluate("e => e.closest('.scroll').classList.contains('overflows')")
    card = phone.locator("#funktion-sanda-ekg-till-sjukhus")
    assert "Inget glapp i 3 av 5 områden." in card.inner_text() and "2028-07-01–2028-08-31" in card.inner_text()


def test_the_roadmap_is_printed_whole_on_a_page_that_stands_like_the_others(
    page: Page, region: str, tmp_path: Path
) -> None:
    page.goto(region + "/fardplan")
    printed = tmp_path / "fardplan.pdf"
    sizes = re.findall(
        rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(path=printed, format="A4", prefer_css_page_size=True)
    )
    assert len(sizes) > 1 and all(float(wide) < float(high) for wide, high in sizes)
    pages = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout
    assert sum("kv 4" in one and "avtalet slutar" in one for one in pages.split("\f")) == 1
