"""The plane turned out of itself, and further prompts dropped on the picture."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page

from browser.serving import Served, view
from browser.test_looks import violations
from browser.test_regions import plane
from browser.waiting import settled, until
from stable_regions import Client, ProjectionRequest, SliceRequest
from stable_regions.answers.answer import Answer

KENYA, GOVERNED = "The capital of Kenya is", "France is governed from the city of"


def projection(server: Served, *extra: str, **fields: object) -> Answer:
    with Client(server.url) as client:
        return client.compute(ProjectionRequest.model_validate(plane() | {"extra": extra} | fields))


def test_turning_by_keys_says_how_far_c_is_off_and_the_link_keeps_it(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view())
    page.keyboard.press("r")
    slider = page.get_by_role("slider", name="Degrees out of the plane")
    for _ in range(3):
        slider.press("PageUp")
    degrees = int(slider.input_value())
    assert degrees > 0
    until(page, f"location.hash.includes('tilt={degrees},0')")
    settled(page)
    tilt = {"degrees": degrees, "seed": 0}
    with Client(server.url) as client:
        request = SliceRequest.model_validate(plane() | {"tilt": tilt, "resolution": 33})
        norms = client.compute(request).metadata["norms"]
    assert isinstance(norms, dict)
    said = page.locator(".turn p").inner_text()
    assert f"{degrees}° out of the plane" in said
    assert float(said.rpartition(" ")[2]) == pytest.approx(norms["off"], rel=0.06)
    shot(page, "turned")
    assert violations(page) == []


def test_another_direction_is_another_question_and_the_cross_goes_back(open_page: Callable[..., Page]):
    page = open_page(view(tilt="30,0", n=17))
    page.get_by_role("button", name="Another random direction").click()
    until(page, "location.hash.includes('tilt=30,1')")
    settled(page)
    page.get_by_role("button", name="Back to the plane through C").click()
    until(page, "!location.hash.includes('tilt=')")
    assert page.locator(".turn").count() == 0


def test_while_the_slider_moves_only_coarse_pictures_of_this_frame_are_asked(open_page: Callable[..., Page]):
    page = open_page(view(tilt="0,0"))
    asked: list[dict[str, object]] = []
    page.on("request", lambda request: asked.append(request.post_data_json) if request.method == "POST" else None)
    slider = page.get_by_role("slider", name="Degrees out of the plane")
    with page.expect_request(lambda request: '"animation"' in (request.post_data or "")):
        slider.evaluate(
            """slider => { for (const degrees of [5, 10, 20]) {
            slider.value = String(degrees); slider.dispatchEvent(new Event('input', { bubbles: true })); } }"""
        )
    until(page, "location.hash.includes('tilt=20,0')")
    settled(page)
    coarse = [body for body in asked if body["analysis"] == "slice"]
    assert [body["resolution"] for body in coarse] == [33] * len(coarse)
    assert len(coarse) in (1, 2)
    assert [body["analysis"] for body in asked if body not in coarse].count("animation") == 1


def test_a_fourth_prompt_stands_at_its_projection_with_its_distance_as_a_ring(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view())
    page.get_by_role("button", name="+ prompt").click()
    typed = page.get_by_role("textbox", name="Another prompt")
    typed.fill(KENYA)
    typed.press("Enter")
    page.wait_for_selector(".other-mark, .other-ring")
    answer = projection(server, KENYA)
    box = page.locator(".others").bounding_box()
    ring = page.locator(".other-ring").bounding_box()
    assert box is not None
    assert ring is not None
    (alpha, beta), share = answer["coordinates"][0].tolist(), float(answer["off_plane_share"][0])
    middle = ring["x"] + ring["width"] / 2 - box["x"], ring["y"] + ring["height"] / 2 - box["y"]
    expected = (alpha + 0.25) / 1.5 * box["width"], (1.25 - beta) / 1.5 * box["height"]
    assert np.allclose(middle, expected, atol=1)
    assert ring["width"] / 2 == pytest.approx(share / 1.5 * box["width"], abs=1.5)
    tokens = answer.metadata["tokens"]
    assert isinstance(tokens, dict)
    note = page.locator(".other-note").inner_text()
    assert f"says {str(tokens[str(answer['token'][0, 0])]).strip()}" in note
    page.locator(".other-mark").focus()
    assert page.locator(".other-words").is_visible()
    assert "p4=The+capital+of+Kenya+is" in page.url
    shot(page, "fourth-prompt")
    assert violations(page) == []


def test_prompts_are_asked_once_a_frame_edited_and_taken_off(open_page: Callable[..., Page]):
    page = open_page(view(p4=KENYA, p5=GOVERNED, n=17), settle=False)
    asked: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(request.post_data_json["analysis"]) if request.method == "POST" else None,
    )
    settled(page)
    until(page, "document.querySelectorAll('.other-ring').length === 2")
    assert asked.count("projection") == 1
    page.get_by_role("button", name="Take prompt D off the picture").click()
    until(page, "document.querySelectorAll('.other-ring').length === 1")
    until(page, "!location.hash.includes('p5=')")
    assert "France+is+governed" in page.url
    page.keyboard.press("Home")
    until(page, "location.hash.includes('step=step0')")
    until(page, "!document.querySelector('.others.stale') && document.querySelector('.other-ring')")


def test_nothing_typed_adds_nothing_and_four_are_the_most(open_page: Callable[..., Page]):
    page = open_page(view(n=9, p4=KENYA, p5=GOVERNED, p6="The capital of Italy is"))
    page.get_by_role("button", name="+ prompt").click()
    typed = page.get_by_role("textbox", name="Another prompt")
    typed.press("Escape")
    assert page.locator(".other-card").count() == 3
    page.get_by_role("button", name="+ prompt").click()
    typed.fill("The capital of Egypt is")
    typed.press("Enter")
    until(page, "document.querySelectorAll('.other-card').length === 4")
    assert page.get_by_role("button", name="+ prompt").count() == 0
