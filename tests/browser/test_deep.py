"""Deep zoom: down to where neighbouring points are one number, which the page says, and on in double precision."""

from collections.abc import Callable

from playwright.sync_api import Page

from browser.serving import view
from browser.test_looks import violations
from browser.test_pointer import centre, window
from browser.waiting import settled, until

SINGLE = "0.4812345,0.4812347,0.2512345,0.2512347"
"""Two ten-millionths wide: below what single precision tells apart."""


def spread(page: Page) -> int:
    """How far apart the canvas' darkest and brightest values of a channel are."""
    return page.evaluate(
        """() => { const c = document.querySelector('.picture canvas'), g = c.getContext('2d');
        const d = g.getImageData(0, 0, c.width, c.height / 4).data; let low = 255, high = 0;
        for (let i = 0; i < d.length; i += 4) { low = Math.min(low, d[i]); high = Math.max(high, d[i]); }
        return high - low; }"""
    )


def test_at_the_limit_of_float32_the_page_says_so_and_float64_goes_on(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(w=SINGLE, n=17, revs="step1536"))
    page.wait_for_selector("text=float32 limit reached")
    shot(page, "deep-float32")
    assert violations(page) == []
    page.get_by_role("button", name="Compute in float64").click()
    until(page, "location.hash.includes('dtype=float64')")
    settled(page)
    page.wait_for_selector("text=limit reached", state="detached")
    assert "float64" in page.locator(".provenance").inner_text()
    assert "float64" in page.locator(".status-what").inner_text()


def test_a_window_of_one_colour_offers_contrast_and_names_it(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(w=SINGLE, n=17, revs="step1536", dtype="float64", names=0, lines=0))
    page.wait_for_selector("text=one colour")
    flat = spread(page)
    page.get_by_role("button", name="Show contrast").click()
    page.wait_for_selector("text=scale: contrast")
    settled(page)
    assert flat < 10
    assert spread(page) > 150
    shot(page, "deep-contrast")
    assert "norm=contrast" in page.evaluate("location.hash")


def test_the_wheel_goes_on_until_doubles_end_and_every_digit_is_in_the_link(open_page: Callable[..., Page]):
    page = open_page(view(w="0.481,0.482,0.251,0.252", n=33, revs="step1536", dtype="float64"))
    page.mouse.move(*centre(page, 0.5, 0.5))
    for _ in range(60):
        page.mouse.wheel(0, -240)
    until(page, "(w => w[1] - w[0] < 1e-12)(new URLSearchParams(location.hash.slice(1)).get('w').split(','))")
    settled(page)
    a0, a1, b0, b1 = window(page)
    assert 0 < a1 - a0 < 1e-12
    assert 0 < b1 - b0 < 1e-12
    page.wait_for_selector("text=there is nothing finer")
    page.get_by_role("button", name="zoomed in").click()
    settled(page)
    assert window(page) == [-0.25, 1.25, -0.25, 1.25]


def test_axes_and_readout_stay_readable_deep_inside(open_page: Callable[..., Page]):
    page = open_page(view(w="0.48123451,0.48123451002,0.25123451,0.25123451002", n=9, revs="step1536", dtype="float64"))
    page.wait_for_selector(".axes svg >> text=/α = 0\\.48123451\\d* \\+ ticks × 10⁻¹¹/")
    page.mouse.move(*centre(page, 0.5, 0.5))
    page.wait_for_selector(".readout >> text=/α 0\\.48123451001/")
    box, words = page.locator(".readout").bounding_box(), page.locator(".readout-place").bounding_box()
    assert box is not None
    assert words is not None
    assert words["x"] + words["width"] <= box["x"] + box["width"]


def test_a_point_kept_deep_inside_is_in_the_window(open_page: Callable[..., Page]):
    page = open_page(view(w="0.48123451,0.48123451002,0.25123451,0.25123451002", n=9, revs="step1536", dtype="float64"))
    page.mouse.click(*centre(page, 0.25, 0.75))
    page.wait_for_selector(".pin-mark")
    alpha, beta = (float(x) for x in page.evaluate("new URLSearchParams(location.hash.slice(1)).get('pin')").split(","))
    assert 0.48123451 < alpha < 0.48123451001
    assert 0.25123451 < beta < 0.25123451001
