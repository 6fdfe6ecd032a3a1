"""Rooms: keys, links, history and title are of what is on screen; a page without a model opens, too."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from browser.serving import view
from browser.waiting import until

SLICES_ALONE = ("PageUp", "PageDown", "k", "e", "x", "o", "b")
"""Keys that act on the picture of the slice room, and on nothing that another room shows."""
OF_PLANES = ("+", "-", "0", "n", "c")
"""Keys that act where planes are shown large."""
STUDY = "#v=1&room=study&s.models=facts-4l&s.steps=step128,step1536&s.layers=1&s.pairs=40&s.n=21"


def standing(page: Page) -> tuple[str, int]:
    """What the address says, and how many entries the history has."""
    return page.evaluate("location.hash"), page.evaluate("history.length")


@pytest.mark.parametrize(
    ("room", "hash_", "keys"),
    [
        ("study", STUDY, SLICES_ALONE + OF_PLANES),
        ("sheet", view(n=9, room="sheet"), SLICES_ALONE + OF_PLANES),
        ("compare", view(n=9, room="compare"), SLICES_ALONE),
    ],
)
def test_keys_of_the_slice_do_nothing_where_it_is_not_on_screen(
    open_page: Callable[..., Page], room: str, hash_: str, keys: tuple[str, ...]
):
    page = open_page(hash_, settle=False)
    page.wait_for_selector(f".tabs a[aria-current=page] >> text=/{room}|Studies|Compare|Sheet/i")
    page.wait_for_selector(".study-main" if room == "study" else ".hall-main")
    until(page, "location.hash.includes('&')")
    before = standing(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(400)  # longer than a drift needs to be written
    assert standing(page) == before


def test_keys_act_on_the_fields_that_are_on_screen(open_page: Callable[..., Page]):
    page = open_page(view(n=9, room="compare"), settle=False)
    page.wait_for_selector(".hall-main")
    page.keyboard.press("+")
    page.wait_for_selector("text=zoomed in")
    page.go_back()
    page.wait_for_selector("text=zoomed in", state="detached")


def test_help_lists_the_keys_that_act_here(open_page: Callable[..., Page]):
    page = open_page(STUDY, settle=False)
    page.wait_for_selector(".study-main")
    page.keyboard.press("?")
    keys = page.locator(".help-keys dt")
    expect(keys.filter(has_text="?")).to_have_count(1)
    expect(keys.filter(has_text="PageUp")).to_have_count(0)


def test_a_link_holds_the_room_that_is_open_and_nothing_else(open_page: Callable[..., Page]):
    page = open_page(view(n=9, line="BC", over="computed"), settle=False)
    page.wait_for_selector(".room")
    page.get_by_role("link", name="Studies").click()
    page.wait_for_selector(".study-main")
    until(page, "location.hash.includes('s.section=')")
    names = {part.partition("=")[0] for part in page.evaluate("location.hash.slice(1)").split("&")}
    assert {name for name in names if not name.startswith(("s.", "m."))} == {"v", "room"}
    page.get_by_role("link", name="Sheet").click()
    page.wait_for_selector(".hall-main")
    hash_ = page.evaluate("location.hash")
    assert "model=facts-4l" in hash_
    assert not any(name in hash_ for name in ("line=", "over=", "s.models="))
    page.get_by_role("link", name="Slice").click()
    page.wait_for_selector(".room")
    assert "line=BC" in page.evaluate("location.hash")


def test_back_undoes_what_is_on_screen(open_page: Callable[..., Page]):
    page = open_page(STUDY, settle=False)
    page.wait_for_selector(".study-main")
    page.get_by_role("button", name="Meaning", exact=True).click()
    until(page, "location.hash.includes('s.section=meaning')")
    assert page.title().startswith("Meaning")
    page.go_back()
    until(page, "location.hash.includes('s.section=sharpness')")
    until(page, "document.title.startsWith('Sharpness')")


def test_the_title_names_what_is_on_screen(open_page: Callable[..., Page]):
    page = open_page(view(n=9), settle=False)
    page.wait_for_selector(".room")
    assert page.title() == "facts-4l · step1536 · layer 1 · Stable Regions"
    for tab, title in (
        ("Studies", "Sharpness · facts-4l"),
        ("Compare", "Compare · facts-4l"),
        ("Sheet", "Sheet · facts-4l"),
    ):
        page.get_by_role("link", name=tab).click()
        until(page, f"document.title.startsWith({json.dumps(title)})")


def without_models(route: Route) -> None:
    """The server's catalogue, as it would be where no model is."""
    response = route.fetch()
    lists = {"models": [], "presets": [], "default": None, "studies": [], "comparisons": []}
    route.fulfill(response=response, json=response.json() | lists)


def test_a_page_without_a_model_opens_says_so_and_goes_on_when_there_is_one(
    open_context: Callable[..., object], server: object, shot: Callable[[Page, str], None]
):
    page = open_context().new_page()  # type: ignore[attr-defined]
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.route("**/api/v1/catalogue", without_models)
    page.goto(server.url)  # type: ignore[attr-defined]
    page.wait_for_selector(".tabs a")
    assert page.locator(".tabs a").count() >= 4
    page.get_by_role("link", name="Slice").click()
    page.wait_for_selector("text=No model is here")
    shot(page, "no-model")
    for tab in ("Studies", "Compare", "Sheet"):
        page.get_by_role("link", name=tab).click()
        page.wait_for_selector("text=No model is here")
        assert page.title() == f"{tab} · Stable Regions"
    page.keyboard.press("?")
    page.wait_for_selector(".help-keys")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Slice").click()
    page.unroute("**/api/v1/catalogue")
    page.wait_for_selector(".picture canvas")
    assert failures == []
