"""How it looks, and whether everybody can use it: screenshots to look at, and axe, which must find nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.serving import ROOT, view

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"

LOOKS: dict[str, tuple[str, dict[str, object]]] = {
    "light": (view(theme="light"), {}),
    "dark": (view(), {"color_scheme": "dark"}),
    "projector": (view(theme="projector"), {}),
    "wide": (view(), {"width": 1920, "height": 1080, "color_scheme": "dark"}),
    "narrow": (view(), {"width": 390, "height": 844}),
    "safe": (view(pal="safe"), {}),
    "pinned": (view(pin="0.3,0.4"), {}),
    "zoomed": (view(w="0.3,0.6,0,0.3", scale=1), {}),
}


def violations(page: Page) -> list[str]:
    """What axe finds, one line each. The page's content policy stays on: the script goes in through the debugger."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("name", LOOKS)
def test_axe_finds_nothing(open_page: Callable[..., Page], shot: Callable[[Page, str], None], name: str):
    hash_, options = LOOKS[name]
    page = open_page(hash_, **options)
    page.wait_for_selector(".side .chart svg.main-svg")
    if "pin" in hash_:
        page.wait_for_selector(".pinned .tops li")
    shot(page, f"look-{name}")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("name", "key", "there"),
    [("help", "?", "dialog[open] kbd"), ("gallery", "g", "dialog[open] .sheet-head"), ("bare", "h", ".room.bare")],
)
def test_axe_finds_nothing_in_sheets(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None], name: str, key: str, there: str
):
    page = open_page(view(n=9))
    page.keyboard.press(key)
    page.wait_for_selector(there)
    shot(page, f"sheet-{name}")
    assert violations(page) == []


@pytest.mark.parametrize("menu", ["Look", "Save"])
def test_axe_finds_nothing_in_menus(open_page: Callable[..., Page], shot: Callable[[Page, str], None], menu: str):
    page = open_page(view(n=9), color_scheme="dark")
    page.get_by_role("button", name=menu, exact=True).click()
    page.wait_for_selector(".menu:popover-open")
    shot(page, f"menu-{menu.lower()}")
    assert violations(page) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768)])
def test_all_three_prompts_stand_on_a_projectors_screen(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None], width: int, height: int
):
    page = open_page("#v=1&theme=projector", width=width, height=height)
    page.wait_for_selector(".card:nth-child(3) .tops li")
    cards, last = page.locator(".cards").bounding_box(), page.locator(".card").nth(2).bounding_box()
    assert cards is not None
    assert last is not None
    assert last["y"] + last["height"] <= cards["y"] + cards["height"]
    shot(page, f"projector-{width}")


def test_axe_can_find_something(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    page.evaluate("document.querySelector('.play').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('.play').removeAttribute('title')")
    assert any("button-name" in line for line in violations(page))


def test_embedded_it_is_picture_and_scrubber_on_one_screen(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=33), query="?embed=1", width=640, height=720)
    assert page.locator(".bar, .cards, .side").count() == 0
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert "embed" not in (page.locator(".embed-link").get_attribute("href") or "embed")
    shot(page, "embedded")
    assert violations(page) == []


def test_true_scale_draws_the_axes_by_their_length(open_page: Callable[..., Page]):
    page = open_page(view(n=17, scale=1))
    box = page.locator(".surface").bounding_box()
    assert box is not None
    lit = page.evaluate(
        """() => { const c = document.querySelector('.picture canvas'), g = c.getContext('2d');
        const alpha = (x, y) => g.getImageData(x, y, 1, 1).data[3];
        return [alpha(c.width / 2, 1), alpha(1, c.height / 2), alpha(c.width / 2, c.height / 2)]; }"""
    )
    assert lit[2] == 255
    assert 0 in lit[:2]
