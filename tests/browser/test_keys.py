"""The keyboard reaches everything."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.serving import view
from browser.waiting import until

NAME = """(() => {
    const on = document.activeElement;
    return (on.ariaLabel || on.labels?.[0]?.innerText || on.innerText || '').split('\\n')[0].trim();
})()"""
"""How the focused control is called."""


def step(page: Page) -> int:
    return int(page.get_attribute(".rail", "aria-valuenow") or -1)


def test_arrows_page_keys_home_and_end_walk_through_training(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    assert step(page) == 3
    for key, place in (
        ("ArrowLeft", 2),
        ("PageUp", 1),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("ArrowRight", 1),
        ("PageDown", 2),
        ("End", 3),
        ("PageDown", 3),
    ):
        page.keyboard.press(key)
        assert step(page) == place, key


def test_space_plays_and_pauses(open_page: Callable[..., Page]):
    page = open_page(view(n=17, step="step0"))
    page.keyboard.press(" ")
    page.wait_for_selector(".play[aria-label=Pause]")
    page.keyboard.press(" ")
    page.wait_for_selector(".play[aria-label=Play]")


def test_playing_to_the_end_rests_there_and_begins_again_only_in_a_loop(open_page: Callable[..., Page]):
    page = open_page(view(n=17, step="step0"))
    page.locator(".speed select").select_option("16")
    page.locator("body").press(" ")
    page.wait_for_selector(".play[aria-label=Play]")
    assert step(page) == 3
    page.keyboard.press("l")
    page.locator(".play").click()
    until(page, "document.querySelector('.rail').getAttribute('aria-valuenow') === '3'")
    until(page, "document.querySelector('.rail').getAttribute('aria-valuenow') === '0'")


def test_the_cross_fade_says_that_it_is_interpolation(open_page: Callable[..., Page]):
    page = open_page(view(n=17, step="step0"))
    page.keyboard.press("x")
    page.locator(".speed select").select_option("1")
    page.locator(".play").click()
    page.wait_for_selector("text=interpolated between step0 and step64")
    page.locator(".play").click()
    assert page.locator(".interpolated").count() == 0


def test_on_the_picture_arrows_move_a_cursor_that_speaks_and_enter_keeps_the_point(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.locator(".surface").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert step(page) == 3
    assert page.locator(".cursor-mark").count() == 1
    until(page, "document.querySelector('[aria-live=polite].unseen').textContent.startsWith('alpha')")
    spoken = page.locator("[aria-live=polite].unseen").inner_text()
    assert "nearest" in spoken
    page.keyboard.press("Enter")
    page.wait_for_selector(".pinned .tops li")
    page.keyboard.press("Escape")
    page.wait_for_selector(".pinned", state="detached")


def test_plus_zooms_and_escape_and_zero_go_home(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    for back in ("Escape", "0"):
        page.keyboard.press("+")
        page.wait_for_selector("text=zoomed in")
        page.keyboard.press(back)
        page.wait_for_selector("text=zoomed in", state="detached")


def test_the_help_sheet_lists_every_key_and_escape_closes_it(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] >> text=play or pause")
    assert page.locator("dialog[open] kbd").count() >= 20
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")


def test_h_leaves_only_picture_and_scrubber(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    page.keyboard.press("h")
    page.wait_for_selector(".bar", state="detached")
    assert page.locator(".surface").is_visible()
    assert page.locator(".rail").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".bar")


@pytest.mark.parametrize(("key", "part"), [("n", "names=0"), ("c", "lines=0"), ("p", "pal=safe"), ("i", "theme=light")])
def test_the_looks_have_keys_and_stand_in_the_link(open_page: Callable[..., Page], key: str, part: str):
    page = open_page(view(n=9))
    page.keyboard.press(key)
    until(page, f"location.hash.includes({part!r})")
    page.keyboard.press("ArrowLeft")
    assert step(page) == 2


def test_keys_typed_into_a_prompt_are_text(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    prompt = page.locator(".prompt-text").first
    prompt.focus()
    prompt.press("End")
    page.keyboard.type(" h?g ")
    assert prompt.input_value() == "The capital of France is h?g "
    assert page.locator(".bar").is_visible()
    assert page.locator("dialog[open]").count() == 0
    prompt.press("Escape")
    assert prompt.input_value() == "The capital of France is"


def test_every_control_of_the_bar_is_reached_by_tab(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    names: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        names.add(page.evaluate(NAME))
    for name in (
        "Model",
        "Size",
        "Layer",
        "Distance",
        "Grid",
        "Compute",
        "Presets",
        "Look",
        "Save",
        "Copy link",
        "Help and keys",
        "Prompt A",
        "Prompt B",
        "Prompt C",
        "Play",
        "Checkpoint",
    ):
        assert name in names, (name, names)
