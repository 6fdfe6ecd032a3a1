"""The gallery."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.serving import view
from browser.waiting import settled, until


def test_presets_have_pictures_and_are_links_that_open(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=9))
    page.get_by_role("button", name="Presets").click()
    if page.evaluate("async () => (await (await fetch('/api/v1/catalogue')).json()).presets.length") == 0:
        pytest.skip("the bundled models are not all here")
    tiles = page.locator("dialog[open] a.tile")
    until(page, "document.querySelectorAll('.tile canvas.drawn').length >= 8")
    assert tiles.count() >= 8
    shot(page, "gallery")
    tile = tiles.filter(has_text="Two wordings of one fact").first
    assert (tile.get_attribute("href") or "").startswith("#v=1&model=facts-12l")
    tile.click()
    page.wait_for_selector("dialog[open]", state="detached")
    until(page, "document.querySelectorAll('.prompt-text')[1].value.startsWith('France is governed')")
    page.wait_for_selector(".picture:not(.stale) canvas")
    page.go_back()
    settled(page)
    assert page.locator(".prompt-text").nth(1).input_value() == "The capital of Japan is"
