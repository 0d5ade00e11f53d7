"""A static copy over a server that knows nothing but files, and straight from the disk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import given
import pytest
from playwright.sync_api import Page, expect
from quick import without_slow_files
from servers import answering

from modulkarta.cli import main

SYSTEMS = {
    "systems/journalen": "name: Ambulansjournalen\nsummary: Allt som skrivs i bilen.\nformer_ids: [gamla-journalen]\n",
    "systems/lakemedel": "name: Läkemedelslistan\ntranslations: {en: {name: List of medicines}}\n",
    "systems/tidbok": "name: Tidboken\n",
    "milestones/klart": "name: Allt är klart\ndate: 2027-06-30\n",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in a folder of a web host's top."""
    place = tmp_path_factory.mktemp("kopia")
    root = given.written(place, SYSTEMS)
    with pytest.MonkeyPatch.context() as patch:
        without_slow_files(patch)
        patch.setattr("modulkarta.cli.copying.days", lambda catalogue, on: {})
        arguments = ["build", "-o", str(place / "topp/kartan"), "--catalogue", str(root), "--date", "2026-11-21"]
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--audience", "internal"])
    assert ended.value.code == 0
    return place / "topp"


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    with answering(server) as address:
        yield f"{address}/kartan"


def test_from_page_to_page_in_a_folder_of_the_host(page: Page, host: str) -> None:
    page.goto(f"{host}/")
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Modulkarta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Modulkarta")
    expect(page).to_have_url(f"{host}/karta/index.html")
    page.goto(f"{host}/system/")
    page.get_by_role("link", name="Tidboken").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tidboken")
    expect(page.locator(".skip"), "the look is there").to_have_css("position", "absolute")


def test_search_as_people_write(page: Page, host: str) -> None:
    page.goto(f"{host}/sok/?q=journaler")
    hits, told = page.locator("#traffar .hits a"), page.get_by_role("status").first
    expect(hits).to_have_text(["Ambulansjournalen"])
    expect(told).to_have_text("1 träff på ”journaler”.")
    assert page.title().startswith("Sök: journaler – ")
    for question, name in (("lakemedel", "Läkemedelslistan"), ("tidbokk", "Tidboken"), ("BILEN", "Ambulansjournalen")):
        page.locator("#sok").fill(question)
        expect(hits).to_have_text([name])
    expect(page.locator("#traffar mark")).to_have_text("bilen")
    page.locator("#sok").fill("tidbokk")
    page.get_by_role("link", name="tidbok", exact=True).click()
    expect(page).to_have_url(f"{host}/sok/?q=tidbok")
    expect(hits).to_have_text(["Tidboken"])
    page.locator("#sok").fill("<img src=x onerror=alert(1)>")
    expect(told).to_have_text("Inget hittades för ”<img src=x onerror=alert(1)>”.")
    page.locator("#sok").fill("tidbok")
    expect(hits).to_have_text(["Tidboken"])
    hits.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}/system/tidbok/index.html")
    page.go_back()
    expect(hits).to_have_text(["Tidboken"])
    page.goto(f"{host}/en/sok/?q=medicines")
    expect(hits).to_have_text(["List of medicines"])
    hits.click()
    expect(page).to_have_url(f"{host}/en/system/lakemedel/index.html")


def test_a_former_id_leads_on(page: Page, host: str) -> None:
    page.goto(f"{host}/system/gamla-journalen/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ambulansjournalen")
    expect(page).to_have_url(f"{host}/system/journalen/index.html")


def test_straight_from_the_disk(page: Page, folder: Path) -> None:
    page.goto(f"{(folder / 'kartan/index.html').as_uri()}")
    page.get_by_role("link", name="Allt från A till Ö").click()
    page.get_by_role("link", name="Läkemedelslistan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Läkemedelslistan")
    page.goto(f"{(folder / 'kartan/sok/index.html').as_uri()}?q=tidbok")
    expect(page.locator("#traffar .hits a")).to_have_text(["Tidboken"])
