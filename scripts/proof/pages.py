"""Every page of the viewer, read by axe: on any day, as it was, in English, in the dark, on paper and on a phone.

Region Exempel is served on this machine with a year of its history. Every page that links lead to is read once; one
page of each route in every way. Anything found is printed where it is found and counted by rule at the end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from barriers import violations
from chromium import chromium

from proof.record import Record
from proof.views import View, served, views

ROOT = Path(__file__).resolve().parent.parent.parent
SIGHTS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "paper": {"media": "print"},
    "phone": {},
}
PLAIN = {"color_scheme": "light", "forced_colors": "none", "media": "screen"}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
ONLY_ON_SCREEN = ("target-size", "scrollable-region")
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(e => { e.open = true })"
_OFTEN = 25
"""Readings between two lines that say how far it has come."""


def options(parser: argparse.ArgumentParser) -> None:
    """What may be chosen of the pages."""
    parser.add_argument("--most", type=int, default=10**6, metavar="N", help="läs högst N sidor av varje sort")
    parser.add_argument("--log", type=Path, metavar="FIL", help="minns vad som är läst, och fortsätt där nästa gång")


def prove(asked: argparse.Namespace) -> bool:
    """Read them all; whether any was read and nothing was found."""
    record = Record(asked.log, ROOT)
    _read_all(asked, record)
    print(record.summary())
    return bool(record.readings and not record.found)


def _read_all(options: argparse.Namespace, record: Record) -> None:
    with tempfile.TemporaryDirectory(prefix="modulkarta-trust-") as place, _window() as window:
        for app, wanted in views(Path(place), options.most, list(SIGHTS)):
            left = [view for view in wanted if not options.only or options.only.search(view.address)]
            with served(app) as server:
                _read(window, server, [view for view in left if not record.knows(view)], record)


def _read(window: Any, server: str, wanted: Sequence[View], record: Record) -> None:
    """Read each view; those of one address that stand after each other share its opening."""
    began, opened = time.monotonic(), ""
    for number, view in enumerate(wanted, 1):
        if opened != view.address:
            window.set_viewport_size(WIDE)
            window.emulate_media(**PLAIN)
            status, opened = window.goto(server + view.address).status, view.address
            window.evaluate(UNFOLD)
        record.add(view, [f"answers: {status}"] if status >= 500 else _findings(window, view.sight))
        if number % _OFTEN == 0 or number == len(wanted):
            left = (time.monotonic() - began) / number * (len(wanted) - number) / 60
            far = f"{number} av {len(wanted)} läsningar, {record.found} brister, {left:.0f} minuter kvar"
            print(f"trust: {far}, nu {view.address} ({view.sight})", file=sys.stderr, flush=True)


def _findings(window: Any, sight: str) -> list[str]:
    """What axe finds on an open page with everything unfolded, and whether the page is wider than its window."""
    window.set_viewport_size(PHONE if sight == "phone" else WIDE)
    window.emulate_media(**PLAIN | SIGHTS[sight])
    found = [one for one in violations(window) if sight != "paper" or not one.startswith(ONLY_ON_SCREEN)]
    return ["wide: bredare än fönstret"] * (sight == "phone" and window.evaluate(TOO_WIDE)) + found


@contextmanager
def _window() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        raise SystemExit("trust: chromium saknas; scripts/test installerar den")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser.new_context(viewport=WIDE, locale="sv-SE").new_page()
        finally:
            browser.close()
