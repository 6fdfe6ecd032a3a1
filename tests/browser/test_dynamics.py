"""The dynamics room: a diagram that the page computes itself, a hair-line, a zoom; with the server gone."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page

from browser.test_looks import violations
from browser.test_saving import dropped, saved
from browser.waiting import until
from stable_regions.pictures.image import recipe_of

DONE = '.standing[data-whole="true"]'
BETA = "Number(document.querySelector('.diagram').ariaValueNow)"


def room(open_page: Callable[..., Page], fields: str = "beta=1.27", **options: object) -> Page:
    """The room, its first diagram there."""
    page = open_page(f"#v=1&room=dynamics&{fields}", settle=False, **options)
    page.wait_for_selector(DONE)
    return page


@pytest.fixture
def onset(open_page: Callable[..., Page]) -> Page:
    return room(open_page, "from=1.24&to=1.28&beta=1.27")


def test_the_first_picture_names_what_is_seen(onset: Page, shot: Callable[[Page, str], None]):
    words = onset.locator("#dynamics-sentence").inner_text()
    assert "values of β from 1.2400 to 1.2800" in words
    assert "quasi-periodic" in words
    assert onset.locator(".verdict").inner_text() in ("period 28", "period 56")
    shot(onset, "dynamics")


def test_a_drag_computes_its_part_with_the_server_gone(onset: Page):
    onset.route("**/*", lambda route: route.abort())
    box = onset.locator(".diagram .upper").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    onset.mouse.move(box["x"] + 0.3 * box["width"], y)
    onset.mouse.down()
    onset.mouse.move(box["x"] + 0.5 * box["width"], y, steps=4)
    onset.mouse.up()
    until(onset, "location.hash.includes('from=1.2')")
    until(onset, "!document.querySelector('#dynamics-sentence').innerText.includes('from 1.2400')")
    onset.wait_for_selector(DONE)
    assert "values of β from 1.25" in onset.locator("#dynamics-sentence").inner_text()
    onset.keyboard.press("0")
    until(onset, "location.hash.includes('from=0&to=3')")


def test_keys_move_the_line_zoom_and_change_the_network(onset: Page):
    before = onset.evaluate(BETA)
    onset.keyboard.press("ArrowRight")
    until(onset, f"{BETA} > {before}")
    onset.keyboard.press("+")
    until(onset, "document.querySelector('.diagram').ariaValueMin > 1.24")
    onset.keyboard.press("n")
    until(onset, "location.hash.includes('seed=2')")
    onset.keyboard.press("u")
    until(onset, "location.hash.includes('sweep=both')")
    onset.go_back()
    until(onset, "!location.hash.includes('sweep=both')")


def test_the_line_glides_until_something_is_touched(open_page: Callable[..., Page]):
    page = room(open_page, "from=0&to=3", reduced_motion="no-preference")
    before = page.evaluate(BETA)
    until(page, f"{BETA} !== {before}")
    page.keyboard.press("Space")
    page.wait_for_selector(".standing button:has-text('glide')")


def test_what_is_saved_brings_the_view_back_and_the_table_holds_every_value(onset: Page):
    rows = list(csv.DictReader(io.StringIO(saved(onset, "CSV").decode())))
    assert len(rows) > 500
    assert {row["regime"] for row in rows} >= {"periodic", "quasi-periodic", "chaos"}
    picture = saved(onset, "PNG")
    assert Image.open(io.BytesIO(picture)).size == (2560, 1280)
    assert "room=dynamics" in json.dumps(recipe_of(picture))
    onset.keyboard.press("0")
    until(onset, "location.hash.includes('from=0')")
    dropped(onset, "dynamics.png", picture)
    until(onset, "location.hash.includes('from=1.24')")


def test_the_server_computes_a_map_at_length_and_a_click_goes_there(onset: Page, shot: Callable[[Page, str], None]):
    onset.keyboard.press("l")
    onset.wait_for_selector("dialog.length-sheet[open]")
    onset.get_by_label("What").select_option("map")
    onset.get_by_label("Along").select_option("gamma")
    until(onset, "location.hash.includes('far=map') && location.hash.includes('along=gamma')")
    onset.wait_for_selector(".length-sheet .asking.running, .length-sheet .asking.priced, .length-sheet .asking.done")
    if onset.locator(".length-sheet .asking.priced").count():
        assert "steps" in onset.locator(".length-sheet .asking.priced").inner_text()
        onset.get_by_role("button", name="Run").click()
    onset.wait_for_selector(".length-plot[data-there^=map]")
    assert "points" in onset.locator(".length-sheet .sentence").inner_text()
    shot(onset, "dynamics-length")
    assert violations(onset) == []
    onset.locator(".length-plot").click(position={"x": 300, "y": 100})
    until(onset, "!location.hash.includes('gamma=220')")
    onset.keyboard.press("Escape")
    onset.wait_for_selector("dialog.length-sheet:not([open])", state="attached")


def test_a_finite_network_departs_as_its_law_says(open_page: Callable[..., Page]):
    page = room(open_page, "from=1.24&to=1.28&beta=1.27&N=9900")
    assert "one-step z" in page.locator(".orbit-words").inner_text()


@pytest.mark.parametrize(
    ("name", "fields", "options"),
    [
        ("light", "beta=1.4", {}),
        ("dark", "beta=1.4&theme=dark", {}),
        ("projector", "from=1.264&to=1.277&beta=1.27&sweep=both&theme=projector", {}),
        ("phone", "beta=1.4", {"width": 390, "height": 844}),
    ],
)
def test_axe_finds_nothing(
    open_page: Callable[..., Page],
    shot: Callable[[Page, str], None],
    name: str,
    fields: str,
    options: dict[str, int],
):
    page = room(open_page, fields, **options)
    shot(page, f"dynamics-{name}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
