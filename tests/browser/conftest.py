"""A real server on loopback, and Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import given
import pytest
from chromium import chromium
from flask import Flask
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from servers import LONGEST, answering
from viewing import TODAY, app
from werkzeug.serving import WSGIRequestHandler, make_server

from modulkarta import snapshot
from modulkarta.snapshot import Snapshot
from webapp import create_app

expect.set_options(timeout=1000 * LONGEST)


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    assert program, "proven behöver chromium; scripts/test installerar den"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def region() -> Iterator[str]:
    """The address of Region Exempel."""
    yield from _served(_app(given.good()))


@pytest.fixture(scope="session")
def real() -> Iterator[str]:
    """The address of the real catalogue."""
    yield from _served(_app(snapshot.load(given.ROOT / "catalogue", given.SCHEMAS, given.TODAY)))


@pytest.fixture(scope="session")
def past(repo: Path) -> Iterator[str]:
    """The address of Region Exempel with a year of reports in git."""
    yield from _served(app(repo, today=TODAY))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if anything is refused, missing or complained about."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("requestfailed", lambda request: complaints.extend(_refused(request)))
    yield opened
    opened.wait_for_load_state("networkidle")
    context.close()
    assert not complaints


def _refused(request: Request) -> Iterator[str]:
    """What failed by itself: a request that the next page broke off (the icon, as a rule) is no fault of ours."""
    if request.failure != "net::ERR_ABORTED":
        yield f"{request.url}: {request.failure}"


def _app(read: Snapshot) -> Flask:
    return create_app(read, today=lambda: TODAY)


def _served(shown: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, shown, threaded=True, request_handler=_Quiet)
    with answering(server) as address:
        yield address
