"""Whether a page is for everybody: by axe at WCAG 2.2 AA, and in a window of 320 pixels."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch our own sheets again, for rules that are not asked here
}
NARROW = {"width": 320, "height": 720}
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
[...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`).slice(0, 8)"""

# What lies beyond the screen is looked at, too.
DRAW_ALL = """() => { const sheet = new CSSStyleSheet();
sheet.replaceSync('* { content-visibility: visible !important }');
document.adoptedStyleSheets.push(sheet) }"""


def assert_for_everybody(page: Page) -> None:
    """Look at what a page shows now."""
    if not page.evaluate("'axe' in window"):  # a page that loads nothing anew keeps it
        page.evaluate(AXE_SCRIPT)
        page.evaluate(DRAW_ALL)
    found = AxeResults(page.evaluate("rules => axe.run(rules)", RULES))
    assert found.violations_count == 0, found.generate_report()
    assert sideways(page) == []


def sideways(page: Page) -> list[str]:
    """Return what makes the page wider than a window of 320 pixels, as at 400 % zoom."""
    size = page.viewport_size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found: list[str] = page.evaluate(TOO_WIDE)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    return found
