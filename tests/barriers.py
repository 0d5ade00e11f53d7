"""What axe finds on an open page: WCAG 2.0 to 2.2, A and AA, and best practice."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
}).then(found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`)))"""
"""Without `resultTypes`, axe describes all that is right as well, which takes most of the time."""
_SHOWN = 200


def violations(page: Page) -> list[str]:
    """Each place on the page, as it is shown now, with the rule that it breaks."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN)
    return [one[:_SHOWN] for one in found]
