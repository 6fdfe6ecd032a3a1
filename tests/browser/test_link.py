"""The link is the view."""

from collections.abc import Callable

from playwright.sync_api import Page

from browser.serving import PROMPTS, Served, view
from browser.waiting import settled, until

PIXELS = "document.querySelector('.picture canvas').toDataURL()"


def test_a_link_opened_by_somebody_else_shows_the_same_picture(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.keyboard.press("p")
    page.get_by_role("combobox", name="Layer").select_option("0")
    page.get_by_role("combobox", name="Distance").select_option("l2")
    page.locator(".prompt-text").nth(2).fill("Chile lies on the continent of")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('Chile')")
    settled(page)
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("ArrowLeft")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("y")
    page.wait_for_selector("text=Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "pal=safe" in link

    other = open_page("#" + link.partition("#")[2])
    assert other.locator(".complaint").count() == 0
    assert other.locator(".prompt-text").nth(2).input_value() == "Chile lies on the continent of"
    assert other.get_attribute(".rail", "aria-valuenow") == "2"
    assert other.evaluate(PIXELS) == page.evaluate(PIXELS)


def test_back_is_undo(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    page.get_by_role("combobox", name="Layer").select_option("2")
    settled(page)
    page.get_by_role("combobox", name="Grid").select_option("17")
    settled(page)
    page.go_back()
    until(page, "location.hash.includes('n=9')")
    assert page.get_by_role("combobox", name="Layer").input_value() == "2"
    page.go_back()
    until(page, "location.hash.includes('layer=1')")
    page.go_forward()
    until(page, "location.hash.includes('layer=2')")
    settled(page)


def test_a_link_that_makes_no_sense_in_part_says_so_and_shows_the_rest(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=66, layer=99, nonsense=1, a=PROMPTS[1], b=PROMPTS[0]), settle=False)
    page.wait_for_selector("text=Some of this link could not be read")
    words = page.locator(".trouble-panel").inner_text()
    assert "n=66" in words
    assert "layer=99 in the link: expected a whole number from 0 to 3" in words
    assert "nonsense=1 in the link means nothing here" in words
    assert page.locator(".prompt-text").first.input_value() == PROMPTS[1]
    shot(page, "link-odd")
    page.get_by_label("Dismiss").click()
    assert page.locator(".trouble-panel").count() == 0


def test_scrubbing_rewrites_the_address_without_filling_the_history(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    before = page.evaluate("history.length")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    until(page, "location.hash.includes('step=step0')")
    assert page.evaluate("history.length") == before


def test_a_link_without_a_hash_is_the_first_view(open_page: Callable[..., Page], server: Served):
    page = open_page(settle=False)
    page.wait_for_selector(".picture canvas")
    first = page.evaluate("async () => (await (await fetch('/api/v1/catalogue')).json()).default")
    if first is not None:
        prompts = [page.locator(".prompt-text").nth(k).input_value() for k in range(3)]
        assert prompts == first["slice"]["prompts"]
