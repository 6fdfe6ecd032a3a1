"""Looking closer: the picture keeps the colours of its plane."""

from collections.abc import Callable

from playwright.sync_api import Page

from browser.test_pointer import centre, window
from browser.waiting import settled

INSIDE = "#v=1&w=-0.1,0.1,-0.1,0.1&names=0&lines=0"
"""Of the first view, a window all of which answers "Paris" as A does."""

REDS = """(selector) => [...document.querySelectorAll(selector)].map((c) => {
  const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let [red, other] = [255, 0];
  // Anchors, paths and lines lie on it: what is looked at are rows away from the middle.
  for (let y = 2; y < c.height / 3; y++) for (let x = 2; x < c.width / 3; x++) {
    const i = 4 * (y * c.width + x);
    red = Math.min(red, d[i]); other = Math.max(other, d[i + 1], d[i + 2]);
  }
  return [red, other];
})"""


def reds(page: Page, selector: str) -> list[list[int]]:
    """Of each canvas, the least red and the most of the other colours in its upper left corner."""
    return page.evaluate(REDS, selector)


def test_a_stable_region_stays_red_however_far_one_zooms_into_it(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(INSIDE)
    ((red, other),) = reds(page, ".picture canvas:first-child")
    assert red > 200
    assert other < 60
    assert "scale of the whole plane" in (page.get_by_role("button", name="zoomed in").get_attribute("title") or "")
    shot(page, "zoomed-in")
    page.mouse.move(*centre(page, 0.5, 0.5))
    for _ in range(14):
        page.mouse.wheel(0, -240)
    page.wait_for_timeout(400)
    settled(page)
    assert window(page)[1] < 0.02
    ((red, other),) = reds(page, ".picture canvas:first-child")
    assert red > 200
    assert other < 60
    # The last checkpoint's small picture: its region is the one that is looked into.
    red, other = reds(page, ".thumb canvas")[-1]
    assert red > 200
    assert other < 60
    shot(page, "zoomed-far-in")
