"""When something goes wrong, the page says what, why and what next, and keeps the last picture."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from browser.serving import PROMPTS, Served, view
from browser.waiting import settled, until

PIXELS = "document.querySelector('.picture canvas').toDataURL()"


def test_equal_prompts_are_refused_in_words_and_the_last_picture_stays(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=17))
    before = page.evaluate(PIXELS)
    page.locator(".prompt-text").nth(2).fill(PROMPTS[0])
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert] h2")
    words = page.locator("[role=alert]").inner_text()
    assert "same" in words
    assert page.evaluate(PIXELS) == before
    shot(page, "refused")
    page.get_by_role("button", name="Back to the last view").click()
    settled(page)
    assert page.locator("[role=alert]").count() == 0
    assert page.locator(".prompt-text").nth(2).input_value() == PROMPTS[2]


def test_a_link_that_is_refused_leads_to_the_first_view_since_there_is_no_last_one(open_page: Callable[..., Page]):
    page = open_page(view(n=17, b=PROMPTS[0]), settle=False)
    page.wait_for_selector("[role=alert] h2")
    assert page.get_by_role("button", name="Try again").count() == 0
    page.get_by_role("button", name="To the first view").click()
    settled(page)
    assert page.locator("[role=alert]").count() == 0


def test_a_prompt_that_looks_like_markup_is_shown_as_text(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    page.evaluate("() => { window.alert = () => { window.broken = true } }")
    nasty = "<img src=x onerror=alert(1)> <b>is</b>"
    page.locator(".prompt-text").nth(2).fill(nasty)
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('onerror')")
    page.wait_for_selector(".room[data-phase=done], .room[data-phase=refused]")
    assert page.locator(".prompt-text").nth(2).input_value() == nasty
    assert page.locator(".card img, .card b").count() == 0
    assert page.evaluate("window.broken") is None


def test_a_computation_can_be_cancelled_and_taken_up_again(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(model="facts-12l", n=129, revs=None, layer=0), settle=False)
    page.wait_for_selector(".picture:not(.stale) canvas")
    page.wait_for_selector(".bar-progress")
    shot(page, "in-progress")
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector("text=/cancelled at \\d+ of 16/")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector(".bar-progress")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".room[data-phase=cancelled]")


def test_a_newer_question_cancels_the_older_one(open_page: Callable[..., Page]):
    page = open_page(view(model="facts-12l", n=129, revs=None, layer=1), settle=False)
    page.wait_for_selector(".bar-progress")
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_role("combobox", name="Grid").select_option("9")
    settled(page)
    assert page.locator(".provenance").inner_text().find("81 points") >= 0


def test_a_server_that_goes_away_is_noticed_and_waited_for(
    open_page: Callable[..., Page], tmp_path: Path, shot: Callable[[Page, str], None]
):
    own = Served(tmp_path)
    own.start()
    try:
        page = open_page(settle=False)
        page.goto(f"{own.url}/{view(n=9)}")
        settled(page)
        own.stop()
        page.get_by_role("combobox", name="Layer").select_option("2")
        page.wait_for_selector("text=The server does not answer")
        shot(page, "offline")
        page.keyboard.press("ArrowLeft")
        assert page.get_attribute(".rail", "aria-valuenow") == "2"
        own.start()
        page.wait_for_selector("text=The server does not answer", state="detached")
        settled(page)
    finally:
        own.stop()
