"""The hand on the picture: hover, pin, zoom."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from browser.serving import view
from browser.waiting import settled, until


def centre(page: Page, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
    box = page.locator(".surface").bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def window(page: Page) -> list[float]:
    text = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('w')")
    return [float(part) for part in text.split(",")]


def test_hovering_over_an_anchor_reads_no_distance_to_it_and_its_own_answer(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=33))
    page.mouse.move(*centre(page, 0.25 / 1.5, 1.25 / 1.5))
    page.wait_for_selector(".readout")
    words = page.locator(".readout").inner_text()
    place = [float(part.replace("−", "-")) for part in re.findall(r"[−\d.]+", words.partition("distance")[0])]
    assert max(map(abs, place)) < 0.05
    nearest = page.locator(".readout tr.nearest").inner_text().split()
    assert nearest[0] == "A"
    assert float(nearest[1]) < 0.2
    assert nearest[2] == "Paris"
    shot(page, "hover")
    page.mouse.move(5, 5)
    page.wait_for_selector(".readout", state="detached")


def test_a_click_pins_a_point_and_lists_its_ten_likeliest_tokens(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=17))
    page.mouse.click(*centre(page, 0.3, 0.6))
    page.wait_for_selector(".pinned .tops li")
    assert page.locator(".pinned .tops li").count() == 10
    shares = [float(text.replace("<", "")) for text in page.locator(".pinned .tops-share").all_inner_texts()]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1.02
    assert page.locator(".pin-mark").count() == 1
    assert "pin=" in page.evaluate("location.hash")
    page.get_by_label("In prompt B’s run").click()
    assert "B’s run" in page.locator(".pinned-note").inner_text()
    shot(page, "pin")
    page.keyboard.press("ArrowLeft")
    page.get_by_label("Let go of the point").click()
    page.wait_for_selector(".pin-mark", state="detached")


def test_a_pin_in_the_link_opens_with_its_tokens(open_page: Callable[..., Page]):
    page = open_page(view(n=17, pin="0.1,0.2"))
    page.wait_for_selector(".pinned .tops li")
    assert "α 0.10 β 0.20" in page.locator(".pinned").inner_text().replace("\n", " ")


def test_the_wheel_looks_closer_about_the_pointer_and_computes_anew(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/requests")) as asked:
        page.mouse.move(*centre(page, 0.5, 0.5))
        page.mouse.wheel(0, -240)
        page.wait_for_selector("text=zoomed in")
    settled(page)
    sent = asked.value.post_data_json["slice"]["window"]
    low, high = sent["alpha"]
    assert high - low < 1.2
    assert abs((low + high) / 2 - 0.5) < 0.02
    until(page, "!location.hash.includes('w=-0.25')")
    assert window(page)[:2] == [low, high]


def test_a_drag_zooms_to_its_square_and_a_double_click_goes_home_without_a_pin(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.mouse.move(*centre(page, 0.2, 0.2))
    page.mouse.down()
    page.mouse.move(*centre(page, 0.4, 0.45), steps=4)
    assert page.locator(".band").count() == 1
    page.mouse.up()
    page.wait_for_selector("text=zoomed in")
    settled(page)
    a0, a1, b0, b1 = window(page)
    assert abs((a1 - a0) - 0.375) < 0.01
    assert abs((b1 - b0) - 0.375) < 0.01
    page.mouse.dblclick(*centre(page, 0.5, 0.5))
    until(page, "location.hash.includes('w=-0.25')")
    settled(page)
    assert page.locator(".pin-mark").count() == 0


def test_shift_drag_moves_the_window(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.keyboard.down("Shift")
    page.mouse.move(*centre(page, 0.5, 0.5))
    page.mouse.down()
    page.mouse.move(*centre(page, 0.3, 0.5), steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    settled(page)
    until(page, "!location.hash.includes('w=-0.25')")
    a0, a1, b0, b1 = window(page)
    assert abs(a0 - 0.05) < 0.01
    assert (a1 - a0, b0, b1) == (1.5, -0.25, 1.25)


def test_a_tap_shows_what_is_there_and_keeps_the_point(open_page: Callable[..., Page]):
    page = open_page(view(n=17), width=390, height=844, has_touch=True, is_mobile=True)
    page.touchscreen.tap(*centre(page, 0.3, 0.6))
    page.wait_for_selector(".pin-mark")
    page.wait_for_selector(".pinned .tops li")


def test_dragging_along_the_scrubber_shows_the_nearest_checkpoint(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    rail = page.locator(".rail").bounding_box()
    assert rail is not None
    y = rail["y"] + 66
    page.mouse.move(rail["x"] + rail["width"] - 30, y)
    page.mouse.down()
    page.mouse.move(rail["x"] + 20, y, steps=8)
    assert page.get_attribute(".rail", "aria-valuenow") == "0"
    page.mouse.up()


def test_a_taps_answer_stands_under_the_picture_on_a_phone(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=17), width=390, height=844, has_touch=True, is_mobile=True)
    page.touchscreen.tap(*centre(page, 0.3, 0.6))
    page.wait_for_selector(".pinned .tops li")
    answer = page.locator(".pinned .tops li").nth(2).bounding_box()
    picture = page.locator(".surface").bounding_box()
    assert answer is not None
    assert picture is not None
    assert page.evaluate("scrollY") == 0
    assert picture["y"] + picture["height"] < answer["y"] < 844 - answer["height"]
    assert page.locator(".pinned").count() == 1
    shot(page, "tap-390")


def test_a_swipe_on_the_picture_scrolls_a_phone_and_looks_at_the_same(open_page: Callable[..., Page]):
    page = open_page(view(n=17), width=390, height=844, has_touch=True, is_mobile=True)
    before = page.evaluate("location.hash")
    x, y = centre(page, 0.5, 0.7)
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        place = {"x": x, "y": y - 20 * step}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
        page.wait_for_timeout(16)  # a swipe takes a while
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(page, "scrollY > 100")
    assert page.evaluate("location.hash") == before
    assert page.locator(".band").count() == 0
