"""Fields side by side: one cursor, one window, and a difference that Python agrees with."""

import re
from collections.abc import Callable

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page

from browser.serving import PROMPTS, Served, view
from browser.test_looks import violations
from browser.waiting import until
from patience import PATIENCE
from stable_regions.schemas.result import Result

TWO = "step:step0;step:step1536"


def compared(
    open_page: Callable[..., Page], fields: str = TWO, hash_more: dict[str, object] | None = None, **options: object
) -> Page:
    """The room with these fields, all of them there."""
    page = open_page(view(room="compare", cmp=fields, **(hash_more or {"n": 17})), settle=False, **options)
    page.wait_for_selector(".hall[data-phase=done]")
    return page


def names(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".twin-name .menu-button").all_inner_texts()]


def over(page: Page, field: int, x: float, y: float) -> tuple[float, float]:
    """A place on a field, as a share of its sides."""
    box = page.locator(".twin .surface").nth(field).bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def marks(page: Page) -> list[list[float]]:
    """Where the linked cursor is on each field that shows it, as shares of its sides."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.twin .surface')].flatMap(field => {
            const mark = field.querySelector('.linked-mark, .pin-mark');
            if (!mark) return [];
            const [m, f] = [mark.getBoundingClientRect(), field.getBoundingClientRect()];
            return [[(m.x + m.width / 2 - f.x) / f.width, (m.y + m.height / 2 - f.y) / f.height]];
        })"""
    )


def test_the_room_opens_with_the_first_the_middle_and_the_last_checkpoint(open_page: Callable[..., Page]):
    page = open_page(view(n=9, room="compare"), settle=False)
    page.wait_for_selector(".hall[data-phase=done]")
    assert names(page) == ["step 0", "step 64", "step 1,536"]
    assert page.locator(".twin canvas").count() == 3
    assert page.locator(".tabs a[aria-current=page]").inner_text() == "Compare"


def test_only_what_tells_the_fields_apart_is_named(open_page: Callable[..., Page]):
    page = compared(open_page, "step:step64,layer:1;step:step64,layer:2;same", {"n": 9})
    assert names(page) == ["step 64 · layer 1", "step 64 · layer 2", "as the view"]
    page.get_by_label("Remove field 3").click()
    assert names(page) == ["layer 1", "layer 2"]


def test_one_cursor_points_at_the_same_place_in_all_fields(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = compared(open_page, "step:step0;step:step1536;d:l2")
    page.mouse.move(*over(page, 1, 0.25 / 1.5, 1.25 / 1.5))
    until(page, "document.querySelectorAll('.linked-mark').length === 2")
    for x, y in marks(page):
        assert abs(x - 0.25 / 1.5) < 0.02
        assert abs(y - 1.25 / 1.5) < 0.02
    readings = page.locator(".twin-reading").all_inner_texts()
    assert all(reading.split()[0] == "A" for reading in readings)
    assert "Paris" in readings[1]
    assert "α 0.0" in page.locator(".hall-place").inner_text().replace("−", "")
    shot(page, "compare-cursor")
    page.mouse.move(5, 5)
    until(page, "document.querySelectorAll('.linked-mark').length === 0")


def test_the_keyboard_moves_the_cursor_of_all_fields_speaks_and_keeps_a_point(open_page: Callable[..., Page]):
    page = compared(open_page)
    page.locator(".twin .surface").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    until(page, "document.querySelectorAll('.linked-mark').length === 2")
    first, second = marks(page)
    assert first == pytest.approx(second, abs=1e-3)
    until(page, "document.querySelector('.hall [aria-live=polite].unseen').textContent.includes('field 2: nearest')")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('pin=')")
    page.locator("body").click(position={"x": 5, "y": 5})
    until(page, "document.querySelectorAll('.pin-mark').length === 2")


def test_a_click_on_an_edge_keeps_a_point_since_lines_are_drawn_in_the_main_room(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.get_by_role("link", name="Compare").click()
    page.wait_for_selector(".hall[data-phase=done]")
    page.mouse.click(*over(page, 0, 0.5, 1.25 / 1.5))
    until(page, "location.hash.includes('pin=')")
    assert "line=" not in page.evaluate("location.hash")
    page.keyboard.press("e")
    assert "line=" not in page.evaluate("location.hash")


def test_a_zoom_in_one_field_is_a_zoom_in_all(open_page: Callable[..., Page]):
    page = compared(open_page)
    page.mouse.move(*over(page, 0, 0.5, 0.5))
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/requests")) as asked:
        page.mouse.wheel(0, -240)
        page.wait_for_selector("text=zoomed in")
    window = asked.value.post_data_json["window"]
    assert window["alpha"][1] - window["alpha"][0] < 1.2
    page.wait_for_selector(".hall[data-phase=done]")
    ticks = page.locator(".twin .ticks").all_inner_texts()
    assert ticks[0] == ticks[1]
    page.keyboard.press("0")
    page.wait_for_selector("text=zoomed in", state="detached")


def sliced(server: Served, revision: str, **fields: object) -> Result:
    """The slice that a field asks for, over HTTP."""
    request = {
        "analysis": "slice",
        "model": {"name": "facts-4l", "revision": revision},
        "prompts": PROMPTS,
        "write_layer": 1,
        "distance": "hellinger",
        "resolution": 17,
        **fields,
    }
    key = httpx.post(f"{server.url}/api/v1/requests", json=request, timeout=PATIENCE).json()["key"]
    for line in httpx.get(f"{server.url}/api/v1/requests/{key}/events", timeout=PATIENCE).iter_lines():
        if line == "event: done":
            break
    return Result.from_bytes(httpx.get(f"{server.url}/api/v1/results/{key}", timeout=PATIENCE).content)


def alike(result: Result) -> np.ndarray:
    """Similarities [3, ny, nx] as the paper scales them: by the frame's own largest distances."""
    distance = result["distance"].astype(np.float64)
    return np.clip(1 - distance / distance.max(axis=(1, 2), keepdims=True), 0, 1)


def named(result: Result) -> np.ndarray:
    nearest = np.argmin(result["distance"], axis=0)
    return np.take_along_axis(result["top_token"], nearest[None], axis=0)[0]


def test_the_difference_map_says_the_numbers_that_python_computes(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = compared(open_page, TWO, {"n": 17, "diff": "1-2"})
    words = page.locator(".twin-sentence").inner_text()
    one, other = sliced(server, "step0"), sliced(server, "step1536")
    apart = np.abs(alike(one) - alike(other)).mean(axis=0)
    found = [float(part.replace("−", "-")) for part in re.findall(r"[−\d.]+\d", words.replace("Fields 1 and 2", ""))]
    mean, alpha, beta, most, renamed = found
    assert mean == pytest.approx(apart.mean(), abs=6e-4)
    assert most == pytest.approx(apart.max(), abs=6e-4)
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    assert (alpha, beta) == pytest.approx((one["alpha"][column], one["beta"][row]), abs=6e-3)
    assert renamed == pytest.approx(100 * (named(one) != named(other)).mean(), abs=0.51)
    page.mouse.move(*over(page, 0, (alpha + 0.25) / 1.5, (1.25 - beta) / 1.5))
    until(page, f"document.querySelector('.ramp-value').textContent === '{apart.max():.2f}'")
    shot(page, "compare-difference")


def test_the_difference_follows_its_fields_and_can_be_of_others(open_page: Callable[..., Page]):
    page = compared(open_page, "step:step0;step:step256;step:step1536", {"n": 9, "diff": "1-3"})
    before = page.locator(".twin-sentence").inner_text()
    page.get_by_label("Move field 3 back").click()
    until(page, "location.hash.includes('diff=1-2')")
    assert page.locator(".twin-sentence").inner_text() == before.replace("Fields 1 and 3", "Fields 1 and 2")
    page.get_by_label("The other field").select_option("2")
    until(page, "location.hash.includes('diff=1-3')")
    assert page.locator(".twin-sentence").inner_text() != before
    page.get_by_label("Remove field 1").click()
    page.wait_for_selector(".twin-sentence", state="detached")


def test_a_link_restores_fields_difference_and_kept_point(open_page: Callable[..., Page]):
    page = compared(
        open_page, "layer:0;layer:2,b:Japan lies on the continent of;d:tv", {"n": 9, "diff": "2-1", "pin": "0.2,0.3"}
    )
    words = page.locator(".twin-sentence").inner_text()
    other = open_page(page.evaluate("location.hash"), settle=False)
    other.wait_for_selector(".hall[data-phase=done]")
    assert names(other) == ["layer 0", "layer 2 · B: Japan lies on the continent of", "total variation"]
    assert other.locator(".twin-sentence").inner_text() == words
    assert other.locator(".pin-mark").count() == 4
    assert other.locator(".trouble-panel").count() == 0


def test_a_field_is_changed_added_moved_and_made_the_main_view(open_page: Callable[..., Page]):
    page = compared(open_page, TWO, {"n": 9})
    page.get_by_role("button", name="Add field").click()
    assert names(page) == ["step 0", "step 1,536", "step 64"]  # another one, where the gap is widest
    page.locator(".twin-name .menu-button").nth(2).click()
    menu = page.locator(".menu:popover-open")
    menu.get_by_label("Layer").select_option("2")
    page.keyboard.press("Escape")
    until(page, "location.hash.includes('cmp=step:step0;step:step1536;step:step64,layer:2')")
    page.get_by_label("Move field 3 back").click()
    until(page, "location.hash.includes('cmp=step:step0;step:step64,layer:2;step:step1536')")
    page.get_by_label("Make field 2 the main view").click()
    page.wait_for_selector(".room[data-phase=done]")
    assert page.get_by_role("combobox", name="Layer").input_value() == "2"
    assert page.get_attribute(".rail", "aria-valuenow") == "1"


def test_quick_starts_fill_the_room(open_page: Callable[..., Page]):
    page = compared(open_page, TWO, {"n": 9})
    page.get_by_role("button", name="Start from").click()
    page.get_by_role("button", name="The five distances").click()
    page.wait_for_selector(".hall[data-phase=done]")
    assert set(names(page)) == {"Hellinger", "L2", "total variation", "Jensen–Shannon", "cosine"}
    # Every field has a distance of its own, so the view's is no question any more.
    assert page.get_by_role("combobox", name="Distance").count() == 0


def test_a_field_that_is_refused_says_why_in_its_own_frame(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=9, room="compare", cmp=f"same;c:{PROMPTS[0]};layer:2"), settle=False)
    page.wait_for_selector(".hall[data-phase=refused]")
    assert "same" in page.locator(".twin-refused").inner_text()
    assert page.locator(".twin canvas").count() == 2
    assert "2 of 3 fields, 1 refused" in page.locator(".hall-how").inner_text()
    shot(page, "compare-refused")


def test_at_most_two_fields_are_asked_at_once_and_cancel_gives_up_the_rest(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    fields = ";".join(f"layer:{layer}" for layer in (0, 3, 5, 7, 9, 10))
    posted: list[str] = []
    page = open_page(view(n=9))
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.goto(page.url.partition("#")[0] + view(model="facts-12l", n=129, exact=1, room="compare", cmp=fields))
    page.wait_for_selector(".twin canvas")
    assert len([url for url in posted if url.endswith("/requests")]) <= 2
    shot(page, "compare-in-progress")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".hall[data-phase=cancelled]")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector(".hall[data-phase=running]")
    page.get_by_role("button", name="Cancel").click()


LOOKS: dict[str, dict[str, object]] = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "projector": {"theme": "projector"},
    "safe": {"pal": "safe"},
}


@pytest.mark.parametrize("name", [*LOOKS, "narrow"])
def test_axe_finds_nothing_in_any_look(open_page: Callable[..., Page], shot: Callable[[Page, str], None], name: str):
    size = {"width": 390, "height": 844} if name == "narrow" else {}
    page = compared(
        open_page, "step:step0;step:step256;step:step1536", {"n": 33, "diff": "1-3", **LOOKS.get(name, {})}, **size
    )
    shot(page, f"compare-{name}")
    assert violations(page) == []
    page.locator(".twin-name .menu-button").first.click()
    page.wait_for_selector(".menu:popover-open")
    assert violations(page) == []
