"""When a reader sees the most of a page, in a browser on a slow computer, against a plain page of the same size.

The pages that grow with the catalogue are opened in Chromium with its processor slowed down, and nothing kept from the
time before. The first time is also the first time that the viewer is asked for the page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from measure import synthetic
from measure.pages import PLAIN, Server, fresh, served, settle, spread, viewer_of
from measure.runs import NotDone

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = (
    "/", "/karta", "/fardplan", "/ersattning", "/standardisering", "/rapport", "/integrationer", "/moduler", "/system",
)  # fmt: skip
CATALOGUES = (
    ("300 moduler och 500 system", 5000, {"module": 300, "system": 500}, PAGES),
    ("den största karta som ritas, 400 rutor", 2500, {"module": 150, "system": 250}, ("/karta",)),
)
"""What the limits are for: in words, how many entities, how many of some kinds, and the pages to open."""
_SUBJECTS = ("/moduler/", "/ersattning/")
"""How the addresses of single things begin; the first of each that the pages lead to is opened too."""
SLOWER = 4
"""How many times slower the processor is made for the page."""
MOST_PAINT, MOST_SENT = 1500, 200
"""Milliseconds to the largest paint, and kilobytes sent with all that the page needs: no page may be above."""
HEADINGS = ("sida", "första ms", "sedan ms", "minst", "mest", "enkel ms", "kvot", "sänt kB", "noder")
_PAINTED = """() => new Promise(answer => {
  let last = 0;
  new PerformanceObserver(seen => seen.getEntries().forEach(one => { last = one.startTime; }))
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => answer([last, document.getElementsByTagName("*").length]), 300);
})"""
_SETTINGS: dict[str, dict[str, Any]] = {
    "Network.enable": {},
    "Network.setCacheDisabled": {"cacheDisabled": True},
    "Emulation.setCPUThrottlingRate": {"rate": SLOWER},
}
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Reading(NamedTuple):
    """One opening of a page: milliseconds to the largest paint, elements, kilobytes sent, and what came."""

    paint: float
    nodes: int
    sent: float
    data: bytes


class Paint(NamedTuple):
    """A page: the milliseconds of its first opening, of the later ones and of a plain page of its size."""

    address: str
    first: Reading
    later: Sequence[float]
    plain: float

    @property
    def usual(self) -> float:
        return median(self.later)


def told(times: int, seed: int) -> int:
    """Show when pages of a large catalogue are painted; 1 where one is later or larger than it may be."""
    if not chromium():
        raise NotDone("--paint behöver chromium; scripts/test installerar den")
    late = 0
    for words, entities, fixed, pages in CATALOGUES:
        with tempfile.TemporaryDirectory(prefix="modulkarta-bench-") as folder:
            root = synthetic.write(Path(folder), entities, seed, fixed)
            print(f"{entities} poster: {words}", flush=True)
            print("  ".join(spread(HEADINGS)))
            for page in report(viewer_of(root), pages, times):
                late += above(page)
                print("  ".join(spread(cells(page))), flush=True)
    print(f"\nTid tills sidans största del syns (LCP) i Chromium, med processorn {SLOWER} gånger långsammare")
    print("och inget kvar sedan förra gången. Första: när ingen har frågat efter sidan förut.")
    print(f"Enkel: en enkel sida av samma storlek. ! är över {MOST_PAINT} ms eller", end=" ")
    print(f"{MOST_SENT} kB sänt (packat, med stil och skript): {late} sidor.")
    return 1 if late else 0


def chromium() -> str | None:
    """The browser of this computer: one that people use, if there is one."""
    programs = ("chromium", "chromium-browser", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, programs)), None)


def report(command: list[str], pages: Sequence[str], times: int) -> Iterator[Paint]:
    """Pages of a viewer that a command starts, and the first of each sort of thing they lead to.

    Each is opened so many times after the first.
    """
    plainly = [sys.executable, "-c", PLAIN]
    with served(command) as viewer, served(plainly) as plain, _opened() as page:
        settle(viewer)
        waiting, sorts = list(pages), set[str]()
        while waiting:
            address = waiting.pop(0)
            first = _reading(page, _at(viewer, address))
            yield _paint(page, viewer, plain, Paint(address, first, [], 0), times)
            waiting += [link for link in fresh(first.data, sorts) if link.startswith(_SUBJECTS)]


def above(paint: Paint) -> bool:
    """Whether a page is painted later or is larger than one may be."""
    return max(paint.first.paint, paint.usual) > MOST_PAINT or paint.first.sent > MOST_SENT


def cells(paint: Paint) -> list[str]:
    times = (paint.first.paint, paint.usual, min(paint.later), max(paint.later), paint.plain)
    counted = (f"{paint.usual / paint.plain:.1f}", f"{paint.first.sent:.0f}", str(paint.first.nodes))
    return [paint.address[:44] + (" !" if above(paint) else ""), *(f"{time:.0f}" for time in times), *counted]


def _paint(page: Page, viewer: Server, plain: Server, paint: Paint, times: int) -> Paint:
    """A page with its later readings, taken by turns with those of the plain one."""
    later, plainly = [], []
    for _ in range(times):
        later.append(_reading(page, _at(viewer, paint.address)).paint)
        plainly.append(_reading(page, _at(plain, f"/{len(paint.first.data)}")).paint)
    return paint._replace(later=later, plain=median(plainly))


def _reading(page: Page, address: str) -> Reading:
    """What opening an address takes."""
    sent: list[float] = []
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda done: sent.append(done["encodedDataLength"]))
    for asked, how in _SETTINGS.items():
        session.send(asked, how)
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"bench: {address} svarade inte med en sida")
    paint, nodes = page.evaluate(_PAINTED)
    session.detach()
    return Reading(paint, nodes, sum(sent) / 1000, answer.body())


@contextmanager
def _opened() -> Iterator[Page]:
    """One page for all readings: what the browser does to open another is not the viewer's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        yield browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
        browser.close()


def _at(server: Server, address: str) -> str:
    return f"http://{server.way.host}:{server.way.port}{address}"
