"""Waiting for the page. Playwright's own `wait_for_function` needs `eval` in the page, which its content policy forbids."""

from time import monotonic

from playwright.sync_api import Page

from patience import PATIENCE

LOOK = 30


def until(page: Page, truth: str, seconds: float = PATIENCE) -> None:
    """Returns when the JavaScript expression is true; looks every 30 ms."""
    end = monotonic() + seconds
    while not page.evaluate(f"Boolean({truth})"):
        assert monotonic() < end, f"after {seconds} s still not true: {truth}"
        page.wait_for_timeout(LOOK)


def settled(page: Page) -> None:
    """Returns when the question on the page is answered in full."""
    page.wait_for_selector(".room[data-phase=done]")
