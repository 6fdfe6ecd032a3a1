"""What a visitor meets: the picture at once, and it moves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

from browser.serving import Served, view
from browser.test_pointer import centre
from browser.waiting import settled, until
from patience import PATIENCE

STEP = "Number(document.querySelector('.rail').getAttribute('aria-valuenow'))"


def test_the_first_view_appears_and_plays_once_through_training(open_page: Callable[..., Page]):
    page = open_page(settle=False, reduced_motion="no-preference")
    page.wait_for_selector(".picture canvas")
    last = int(page.get_attribute(".rail", "aria-valuemax") or 0)
    assert last >= 8
    seen: list[int] = []
    page.expose_function("note", lambda step: seen.append(step))  # noqa: PLW0108  (a builtin takes no attributes)
    page.evaluate(
        f"new MutationObserver(() => note({STEP})).observe("
        "document.querySelector('.rail'), {attributes: true, attributeFilter: ['aria-valuenow']})"
    )
    page.wait_for_selector(".play[aria-label=Pause]", timeout=1000 * PATIENCE)
    page.wait_for_selector(".play[aria-label=Play]")
    assert page.evaluate(STEP) == last
    assert len(set(seen)) >= last // 2
    assert seen[1:] == sorted(seen[1:])


def test_with_reduced_motion_it_rests_on_the_last_checkpoint(open_page: Callable[..., Page]):
    page = open_page(view())
    page.reload()
    page.wait_for_selector(".room[data-phase=done]")
    assert page.evaluate(STEP) == 3
    assert page.locator(".play").get_attribute("aria-label") == "Play"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (1280, 720)])
def test_one_screen_holds_everything_with_a_large_square_picture(
    open_page: Callable[..., Page], width: int, height: int
):
    page = open_page(view(n=17), width=width, height=height)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".surface").bounding_box()
    assert box is not None
    assert box["width"] == box["height"]
    assert box["height"] > 0.66 * height


def test_the_phone_needs_no_sideways_scrolling_and_shows_the_picture_first(open_page: Callable[..., Page]):
    page = open_page(view(n=17), width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".surface").bounding_box()
    assert box is not None
    assert box["y"] < 150
    assert box["width"] > 300


def test_cards_show_tokens_the_written_position_and_the_clean_answers(open_page: Callable[..., Page]):
    page = open_page(view())
    card = page.locator(".card").first
    tokens = card.locator(".token").all_inner_texts()
    assert tokens[0] == "<bos>"
    assert [token.split("\n")[0] for token in tokens[1:5]] == ["The", "capital", "of", "France"]
    assert "written here" in (card.locator(".token.written").text_content() or "")
    assert card.locator(".token").nth(5).get_attribute("class") == "token written fill A"
    assert card.locator(".tops li").count() == 5
    assert card.locator(".tops-token").first.inner_text() == "Paris"


def test_the_charts_and_the_sentence_stand_beside_the_picture(open_page: Callable[..., Page]):
    page = open_page(view())
    page.wait_for_selector(".side .chart svg.main-svg")
    assert page.locator(".side .main-svg").count() >= 2
    assert "covers" in page.locator(".sentence").inner_text()
    assert "float32" in page.locator(".provenance").inner_text()


def test_plotly_offers_to_upload_nothing(open_page: Callable[..., Page]):
    page = open_page(view())
    page.wait_for_selector(".side .chart svg.main-svg")
    assert page.locator(".modebar-btn").count() == 0
    assert page.locator("text=/share chart|plotly cloud/i").count() == 0


def test_no_request_leaves_the_origin(open_page: Callable[..., Page], server: Served):
    page = open_page(settle=False)
    foreign: list[str] = []
    page.on(
        "request",
        lambda request: (
            foreign.append(request.url) if not request.url.startswith((server.url, "data:", "blob:")) else None
        ),
    )
    page.goto(f"{server.url}/{view()}")
    page.reload()
    page.wait_for_selector(".room[data-phase=done]")
    page.wait_for_selector(".side .chart svg.main-svg")
    page.keyboard.press("g")
    page.wait_for_selector("dialog[open] a.tile")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.locator(".surface").click(position={"x": 100, "y": 100})
    page.wait_for_selector(".pinned .tops li")
    assert foreign == []


def test_a_very_fine_grid_is_for_the_frame_on_screen_alone(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=9))
    asked: list[tuple[int, int]] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            body = request.post_data_json
            film = "revisions" in body  # else one slice, of the frame on screen
            asked.append(((body["slice"] if film else body)["resolution"], len(body["revisions"]) if film else 1))

    page.on("request", note)
    page.goto(f"{server.url}/{view(n=257, exact=0, revs='step0,step1536')}")
    page.wait_for_selector(".provenance:has-text('66,049 points')", timeout=1000 * PATIENCE)
    assert asked == [(129, 2), (257, 1)]
    settled(page)


def test_left_alone_the_picture_becomes_as_fine_as_its_borders(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    # A small model: where the fine picture would take long it is not begun.
    page = open_page("#v=1&model=facts-4l&layer=1&names=0&lines=0", settle=False)
    settled(page)
    # How many different colours a row of pixels shows: a 65² picture has 65 at most, so that more are a finer one's.
    colours = """(() => { const c = document.querySelector('.picture canvas'), g = c.getContext('2d');
      const d = g.getImageData(0, Math.floor(0.15 * c.height), c.width, 1).data;
      const all = new Set(); for (let i = 0; i < d.length; i += 4) all.add(d[i] + ' ' + d[i + 1] + ' ' + d[i + 2]);
      return all.size; })()"""
    until(page, f"{colours} > 75")
    assert (
        "4,225 points" in page.locator(".provenance").inner_text()
    )  # what is said is said of the grid that was chosen
    shot(page, "first-fine")
    page.mouse.click(*centre(page, 0.4, 0.6))
    page.wait_for_selector(".pinned .tops li")
    assert page.evaluate(colours) > 75
