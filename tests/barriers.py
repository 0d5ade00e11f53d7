"""What keeps some from reading or using an open page: WCAG 2.0 to 2.2, A and AA, and best practice, as axe tries it."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer is another in the dark, where nothing but colours is."""
_OF_WIDTH = ["target-size", "scrollable-region-focusable"]
_RUN = """rules => axe.run(document, { runOnly: rules, resultTypes: ["violations"] })
  .then(found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`)))"""
"""Without `resultTypes`, axe describes all that is right as well, which takes most of the time."""
_SMALL = """() => [...document.querySelectorAll('a,button,input:not([type=hidden]),select,summary')]
  .filter(e => !e.classList.contains('skip') && !e.closest('p,li,td,th,dd,figcaption,svg'))
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 23.5).map(e => `small: ${e.outerHTML}`)"""
_SHOWN = 200
_PHONE = {"width": 320, "height": 640}


def barriers(page: Page) -> list[str]:
    """What is wrong in the light, in the dark and on a phone; the page is left dark on a phone."""
    found = [*violations(page), *page.evaluate(_SMALL)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in violations(page, _OF_COLOURS)]
    page.set_viewport_size(_PHONE)
    found += [f"phone: {one}" for one in (*violations(page, _OF_WIDTH), *page.evaluate(_SMALL))]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [one[:_SHOWN] for one in found] + [f"{wide} wide on a phone"] * (wide > _PHONE["width"])


def violations(page: Page, rules: list[str] = _ALL) -> list[str]:
    """Each place on the page, as it is shown now, with the rule that it breaks."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, rules)
    return found
