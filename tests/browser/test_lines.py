"""Lines on the picture and their curves beside it: chosen, drawn, moved, scrubbed, overlaid."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page

from browser.lines import (
    LINE,
    NOTE,
    asked,
    chosen,
    on_plane,
    posted,
    table,
    third,
    told,
    wait_for_line,
    wait_for_numbers,
)
from browser.serving import Served, view
from browser.waiting import settled, until


def test_from_a_to_b_the_slices_own_curve_is_shown_and_nothing_is_asked(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=17), settle=False)
    seen = posted(page)
    settled(page)
    wait_for_numbers(page, told(asked(server, "A", "B")))
    assert set(seen) <= {"animation"}
    assert page.locator(".side").get_by_role("button", name="A to B", pressed=True).count() == 1
    assert chosen(page) is None


def test_an_edge_under_the_pointer_shows_its_curve_and_a_click_keeps_it(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view(n=33))
    t, up = third(server)
    middle = on_plane(page, (1 + t) / 2, up / 2)
    page.mouse.move(*middle)
    page.wait_for_selector(".lines.hovered")
    wait_for_numbers(page, told(asked(server, "B", "C")))
    assert chosen(page) is None
    shot(page, "edge-hovered")
    page.mouse.click(*middle)
    until(page, f"{LINE} === 'BC'")
    page.mouse.move(5, 5)
    wait_for_numbers(page, told(asked(server, "B", "C")))
    assert page.locator(".pin-mark").count() == 0
    page.mouse.click(*middle)
    page.wait_for_selector(".pin-mark")


def test_edges_are_chosen_by_key_and_by_chip(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=9))
    page.keyboard.press("e")
    until(page, f"{LINE} === 'BC'")
    page.locator(".side").get_by_role("button", name="C to A").click()
    until(page, f"{LINE} === 'CA'")
    wait_for_numbers(page, told(asked(server, "C", "A")))
    assert "in C’s run" in page.locator(NOTE).inner_text()
    page.go_back()
    until(page, f"{LINE} === 'BC'")


@pytest.mark.parametrize("way", ["tool", "alt"])
def test_a_dragged_line_has_the_apis_own_curve(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None], way: str
):
    page = open_page(view(n=33))
    if way == "tool":
        page.keyboard.press("d")
        page.wait_for_selector(".surface.draws")
    else:
        page.keyboard.down("Alt")
    page.mouse.move(*on_plane(page, 0.2, 0.8))
    page.mouse.down()
    page.mouse.move(*on_plane(page, 0.6, 0.4), steps=4)
    page.wait_for_selector(".side .curve[aria-busy=false]")
    shot(page, f"line-in-hand-{way}")
    page.mouse.move(*on_plane(page, 1.1, 0.1), steps=4)
    page.mouse.up()
    if way == "alt":
        page.keyboard.up("Alt")
    numbers = wait_for_line(page, 0.2, 0.8, 1.1, 0.1)
    expected = asked(server, numbers[:2], numbers[2:])
    wait_for_numbers(page, told(expected))
    assert f"in {expected.metadata['context']}’s run" in page.locator(NOTE).inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    rows = [row for row in table(page) if row["revision"] == "step1536"]
    assert np.array_equal(np.array([row["curve"] for row in rows], np.float32), expected["curve"])
    places = np.array([[row["coordinates_alpha"], row["coordinates_beta"]] for row in rows], np.float32)
    assert np.array_equal(places, expected["coordinates"])
    tokens = expected.metadata["tokens"]
    assert isinstance(tokens, dict)
    assert [row["top_token"] for row in rows] == [tokens[str(token)] for token in expected["top_token"]]


def test_a_line_that_comes_near_an_anchor_holds_on_to_it(open_page: Callable[..., Page]):
    page = open_page(view(n=17, line="BC"))
    page.keyboard.press("d")
    page.mouse.move(*on_plane(page, 0.01, 0.01))
    page.mouse.down()
    page.mouse.move(*on_plane(page, 0.6, 0.7), steps=4)
    page.mouse.up()
    until(page, f"/^A,0\\.(59|6).*,0\\.(69|7)/.test({LINE} ?? '')")


def test_the_ends_of_a_line_are_moved_by_hand_and_by_arrow_keys(open_page: Callable[..., Page]):
    page = open_page(view(n=17, line="0.2,0.8,1.1,0.1"))
    assert page.locator(".handle").count() == 2
    page.mouse.move(*on_plane(page, 0.2, 0.8))
    page.mouse.down()
    page.mouse.move(*on_plane(page, 0.3, 0.5), steps=3)
    page.mouse.up()
    moved = wait_for_line(page, 0.3, 0.5, 1.1, 0.1)
    end = page.get_by_label(re.compile("End of the line"))
    end.focus()
    end.press("ArrowUp")
    page.get_by_label(re.compile("End of the line")).press("Shift+ArrowLeft")
    nudged = wait_for_line(page, *moved[:2], 1.1 - 8 * 1.5 / 128, 0.1 + 1.5 / 128)
    assert nudged == pytest.approx([*moved[:2], 1.1 - 8 * 1.5 / 128, 0.1 + 1.5 / 128], abs=0.001)
    assert page.get_attribute(".rail", "aria-valuenow") == "3"


def test_scrubbing_shows_each_checkpoints_curve_and_asks_nothing(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=9, line="0.2,0.8,1.1,0.1"))
    ends = ((0.2, 0.8), (1.1, 0.1))
    wait_for_numbers(page, told(asked(server, *ends)))
    page.keyboard.press("a")
    until(page, "document.querySelectorAll('.side .curve .scatterlayer .trace').length === 6")
    seen = posted(page)
    for revision in ("step256", "step64", "step0"):
        page.keyboard.press("ArrowLeft")
        wait_for_numbers(page, told(asked(server, *ends, model={"name": "facts-4l", "revision": revision})))
    assert seen == []


def test_all_checkpoints_lie_over_one_another_with_a_legend(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=17))
    page.get_by_role("button", name="All checkpoints").click()
    until(page, "document.querySelectorAll('.side .curve .scatterlayer .trace').length === 6")
    assert page.locator(".side .ramp-legend").inner_text().split() == ["0", "1,536"]
    until(page, "location.hash.includes('all=1')")
    shot(page, "overlay")


def test_the_place_under_the_pointer_is_shown_on_chart_and_picture(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=17, line="BC"))
    wait_for_numbers(page, told(asked(server, "B", "C")))
    t, up = third(server)
    page.mouse.move(*on_plane(page, (1 + t) / 2, up / 2))
    page.wait_for_selector(".lines .spot")
    shown = page.locator(".side .spot-text").inner_text()
    assert abs(float(shown.split("·")[0]) - 0.5) < 0.03
    page.mouse.move(5, 5)
    page.wait_for_selector(".lines .spot", state="detached")
    place = page.get_by_role("slider", name="Place along the line")
    place.focus()
    for _ in range(3):
        place.press("Shift+ArrowRight")
    page.wait_for_selector(".lines .spot")
    line = asked(server, "B", "C")
    value = round(100 * float(line["curve"][30]))
    assert place.get_attribute("aria-valuetext") == f"0.30 · {value} % · Tokyo"
    assert page.get_attribute(".rail", "aria-valuenow") == "3"
