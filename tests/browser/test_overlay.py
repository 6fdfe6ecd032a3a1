"""The layer over the picture: which points were computed, and which interpolated."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.serving import view
from browser.test_looks import violations
from browser.waiting import until

GREYS = """(() => { const c = document.querySelector('.picture canvas'), g = c.getContext('2d');
const d = g.getImageData(0, 0, c.width, c.height).data; let grey = 0;
for (let i = 0; i < d.length; i += 4)
    if (Math.max(d[i], d[i+1], d[i+2]) - Math.min(d[i], d[i+1], d[i+2]) < 90) grey++;
return grey / (d.length / 4); })()"""
"""Share of the picture's pixels that are nearly grey."""


@pytest.mark.parametrize("look", ["light", "dark", "projector"])
def test_k_veils_what_was_interpolated_and_a_key_says_how_much(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None], look: str
):
    page = open_page(view(n=129, exact=0, revs="step1536", layer=1, names=0, lines=0, theme=look))
    before = page.evaluate(GREYS)
    page.keyboard.press("k")
    page.wait_for_selector(".overlay-key >> text=/computed: \\d+(\\.\\d)? % of the points/")
    assert "over=computed" in page.evaluate("location.hash")
    until(page, f"{GREYS} > {before} + 0.3")
    shot(page, f"computed-{look}")
    assert violations(page) == []
    page.keyboard.press("k")
    page.wait_for_selector(".overlay-key", state="detached")
    until(page, f"Math.abs({GREYS} - {before}) < 0.02")


def test_where_everything_is_computed_the_key_says_so(open_page: Callable[..., Page]):
    page = open_page(view(n=17, over="computed"))
    page.wait_for_selector("text=every point is computed")


def test_thumbnails_are_never_veiled(open_page: Callable[..., Page]):
    page = open_page(view(n=65, exact=0, revs="step256,step1536"))
    look = "[...document.querySelectorAll('.thumb canvas')].map(one => one.toDataURL()).join()"
    before = page.evaluate(look)
    page.keyboard.press("k")
    page.wait_for_selector(".overlay-key")
    assert page.evaluate(look) == before


def test_the_look_menu_has_it(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.get_by_role("button", name="Look", exact=True).click()
    page.get_by_role("combobox", name="Overlay").select_option("computed")
    page.wait_for_selector(".overlay-key")
