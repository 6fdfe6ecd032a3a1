"""The memories room: three rules iterate one digit, it can be drawn on, and all of that without asking the server."""

from collections.abc import Callable

from playwright.sync_api import Page, Request

from browser.test_looks import violations
from browser.waiting import until

NOW = "document.querySelector('.likeness-key.own b').textContent"


def memories(open_page: Callable[..., Page], hash_: str = "&a.stored=5", **options: object) -> Page:
    """The room with few digits stored, at rest at t = 0."""
    page = open_page(f"#v=1&room=memories{hash_}", settle=False, **options)
    page.wait_for_selector(".memories-room[data-ready=yes]")
    until(page, "document.querySelectorAll('.pad canvas').length === 3 && !document.querySelector('.pad .pad-wait')")
    return page


def steps(page: Page, count: int) -> None:
    for _ in range(count):
        page.keyboard.press(".")
    until(page, f"document.querySelector('.player output').textContent.startsWith('t = {count}')")


def test_the_paper_forgets_the_digit_that_the_normaliser_keeps(
    open_page: Callable[..., Page], shot: Callable[..., None]
):
    page = memories(open_page)
    assert page.get_by_role("button", name="Normalised").first.get_attribute("aria-pressed") == "true"
    steps(page, 40)
    kept = float(page.evaluate(NOW))
    page.keyboard.press("1")
    until(page, "document.querySelector('.pad[data-rule=paper]').dataset.chosen === 'true'")
    forgot = float(page.evaluate(NOW))
    assert kept > 0.9 > forgot
    said = page.locator(".likeness svg").get_attribute("aria-label")
    assert said is not None
    assert "mean digit" in said
    shot(page, "memories")


def test_the_map_says_what_it_shows_in_words_and_never_calls_a_label_a_basin(open_page: Callable[..., Page]):
    page = memories(open_page)
    until(page, "document.querySelector('.basin-note')")
    words = page.locator(".basin-frame").get_attribute("aria-label")
    assert words is not None
    assert "% look like A" in words
    assert "not basins" in page.locator(".basin-note").inner_text()


def test_a_digit_is_drawn_on_by_keys_and_the_link_keeps_the_rest(open_page: Callable[..., Page]):
    page = memories(open_page, "&a.stored=5&a.harm=nothing")
    pad = page.locator(".pad[data-chosen=true] .pad-frame")
    pad.focus()
    before = page.evaluate("document.querySelector('.pad[data-chosen=true] canvas').toDataURL()")
    for key in ("ArrowUp", "ArrowLeft", " "):
        page.keyboard.press(key)
    until(page, f"document.querySelector('.pad[data-chosen=true] canvas').toDataURL() !== {before!r}")
    page.locator("select").nth(1).select_option("20")
    until(page, "location.hash.includes('a.stored=20')")


def test_nothing_is_asked_of_the_server_but_the_digits(open_page: Callable[..., Page]):
    asked: list[str] = []
    page = memories(open_page)
    page.on("request", lambda request: asked.append(_path(request)))
    page.keyboard.press("2")
    steps(page, 3)
    assert [path for path in asked if "/api/v1/requests" in path] == []


def _path(request: Request) -> str:
    return request.url


def test_the_room_fits_a_phone_and_offends_no_rule_of_access(open_page: Callable[..., Page]):
    page = memories(open_page, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
