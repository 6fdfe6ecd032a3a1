"""The study room: shipped studies at once, the price before anything runs, cancel and go on, from a point to its slice."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from browser.test_looks import violations
from browser.waiting import until

SMALL = {
    "s.models": "facts-4l",
    "s.steps": "step0,step128,step1536",
    "s.layers": "0",
    "s.pairs": 40,
    "s.n": 21,
    "s.seed": 7,
}


def study(**fields: object) -> str:
    """A link's hash to the study room."""
    return "#" + urlencode({"v": 1, "room": "study", **fields}, safe=",/")


def standing(page: Page, *wanted: str) -> None:
    page.wait_for_selector(", ".join(f".study-room[data-phase={one}]" for one in wanted))


def drawn(page: Page) -> int:
    """Points that the chart shows."""
    return page.locator(".study-chart .scatterlayer .trace .points path").count()


def lines(count: int) -> str:
    """Whether so many models have a line with symbols; intervals and controls, which stand behind, have none."""
    traces = "[...document.querySelectorAll('.study-chart .scatterlayer .trace')]"
    return f"{traces}.filter((one) => one.querySelector('.points path')).length === {count}"


def has_studies(page: Page) -> bool:
    """Whether the bundled models are all here; while one is being trained there are no shipped studies."""
    return page.evaluate("async () => (await (await fetch('/api/v1/catalogue')).json()).studies.length") > 0


def test_the_shipped_study_opens_at_once_and_says_what_it_shows(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(study(), settle=False)
    if not has_studies(page):
        pytest.skip("the bundled models are not all here")
    standing(page, "done")
    expect(page.locator(".study-finding")).to_contain_text("Training sharpens every size")
    until(page, lines(3))
    assert drawn(page) == 48
    expect(page.locator(".study-finding")).to_contain_text("written after the last block")
    shot(page, "study")
    page.get_by_role("button", name="Python’s library").click()
    standing(page, "done")
    expect(page.locator(".study-finding")).to_contain_text("stdlib-6l")
    until(page, lines(2))


def test_a_study_runs_when_told_to_is_cancelled_and_goes_on(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(study(**SMALL | {"s.pairs": 2000}), settle=False)
    standing(page, "priced")
    expect(page.locator(".study-price")).to_contain_text("515 k points at 3 checkpoints")
    page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "running")
    until(page, "document.querySelectorAll('.study-chart .points path').length >= 1")
    shot(page, "study-running")
    page.get_by_role("button", name="Cancel").click()
    standing(page, "cancelled")
    expect(page.locator(".study-price")).to_contain_text("of 3 cells")
    shot(page, "study-stopped")
    page.get_by_role("button", name="Go on").click()
    standing(page, "done")
    until(page, "document.querySelectorAll('.study-chart .points path').length === 3")
    page.reload()
    standing(page, "done")


def test_a_point_leads_to_its_pairs_their_curve_and_their_slice(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(study(**SMALL), settle=False)
    standing(page, "priced", "done")
    if page.get_by_role("button", name="Run", exact=True).count():
        page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "done")
    until(page, "document.querySelectorAll('.study-chart .points path').length === 3")
    chart = page.locator(".study-charts")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".study-cursor")).to_contain_text("facts-4l (4 blocks), step1536")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".study-cursor")).to_contain_text("step128")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    pairs = page.locator(".study-pairs li button")
    expect(pairs.first).to_be_visible()
    values = [float(text) for text in page.locator(".study-pairs .number").all_text_contents()]
    assert values == sorted(values, reverse=True)
    assert len(values) == 40
    pairs.nth(1).click()
    expect(page.locator(".study-pair-foot")).to_contain_text(f"sharpness {values[1]:.2f}, width")
    shot(page, "study-cell")
    first = page.locator(".study-prompts > span:not(.letter)").first.inner_text()
    until(page, "location.hash.includes('s.pair=')")
    page.reload()
    expect(page.locator(".study-pair-foot")).to_contain_text(f"sharpness {values[1]:.2f}")
    page.locator(".study-slice").click()
    page.wait_for_selector(".room[data-phase]")
    assert page.locator(".prompt-text").first.input_value() == first
    assert "model=facts-4l" in page.url
    page.go_back()
    expect(page.locator(".study-pair-foot")).to_contain_text(f"sharpness {values[1]:.2f}")


def test_a_line_hidden_in_the_legend_stays_hidden_in_the_link(open_page: Callable[..., Page]):
    page = open_page(study(**SMALL), settle=False)
    standing(page, "priced", "done")
    if page.get_by_role("button", name="Run", exact=True).count():
        page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "done")
    until(page, "document.querySelectorAll('.study-chart .points path').length === 3")
    entry = page.locator(".study-legend button")
    entry.click()
    until(page, "location.hash.includes('s.hide=facts-4l')")
    for over in ("tokens", "parameters"):
        page.get_by_role("group", name="Over").get_by_role("button", name=over).click()
        until(page, "document.querySelectorAll('.study-chart .points path').length === 0")
    page.reload()
    standing(page, "done")
    expect(entry).to_have_attribute("aria-pressed", "false")
    entry.click()
    until(page, "document.querySelectorAll('.study-chart .points path').length === 3")
    until(page, "!location.hash.includes('s.hide')")


def test_the_table_holds_the_same_numbers_and_the_files_too(open_page: Callable[..., Page]):
    page = open_page(study(**SMALL), settle=False)
    standing(page, "priced", "done")
    if page.get_by_role("button", name="Run", exact=True).count():
        page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "done")
    page.get_by_role("button", name="Table", exact=True).click()
    rows = page.locator(".study-table tbody tr")
    expect(rows).to_have_count(3)
    shown = [row.locator("strong").inner_text() for row in rows.all()]
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as csv:
        page.get_by_role("button", name="CSV").click()
    lines = csv.value.path().read_text().splitlines()
    column = lines[0].split(",").index("sharpness_median")
    assert [f"{float(line.split(',')[column]):.2f}" for line in lines[1:]] == shown
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as png:
        page.get_by_role("button", name="PNG").click()
    assert png.value.path().read_bytes()[:4] == b"\x89PNG"
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as request:
        page.get_by_role("button", name="Request").click()
    assert json.loads(request.value.path().read_text())["pairs"] == 40


def test_what_cannot_be_asked_is_refused_in_words(open_page: Callable[..., Page], shot: Callable[[Page, str], None]):
    page = open_page(study(**SMALL, **{"s.corpus": "texts", "s.text": "hello world"}), settle=False)
    standing(page, "priced")
    page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "refused")
    expect(page.get_by_role("alert")).to_contain_text("longest passage has 2 tokens")
    shot(page, "study-refused")
    assert violations(page) == []
    text = page.get_by_role("textbox", name="Own text")
    text.fill("The capital of France is Paris . The capital of Japan is Tokyo . The money of Italy is the euro .")
    text.blur()
    standing(page, "priced")


def test_a_server_that_is_back_is_asked_again(open_page: Callable[..., Page]):
    page = open_page(study(**SMALL), settle=False)
    standing(page, "priced", "done")
    for address in ("**/api/**", "**/healthz"):
        page.route(address, lambda route: route.abort())
    page.get_by_label("Pairs").fill("41")
    page.keyboard.press("Enter")
    standing(page, "offline")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.unroute_all()
    standing(page, "priced", "done")


def test_a_room_that_cannot_be_fetched_leaves_a_way_back(open_page: Callable[..., Page]):
    page = open_page(study(**SMALL), settle=False)
    page.route("**/assets/ComparePage*.js", lambda route: route.abort())
    page.reload()  # what is not open is fetched ahead
    standing(page, "priced", "done")
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")
    assert violations(page) == []
    page.get_by_role("link", name="Studies").click()
    standing(page, "priced", "done")


def test_meaning_is_compared_and_each_area_leads_to_its_pairs(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    fields = {"s.section": "meaning", "m.model": "facts-4l", "m.layers": "0,1", "m.pairs": 20, "s.n": 11}
    page = open_page(study(**fields, **{"s.steps": "step0,step1536"}), settle=False)
    standing(page, "priced", "done")
    if page.get_by_role("button", name="Run", exact=True).count():
        page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "done")
    areas = page.locator(".study-area")
    expect(areas).to_have_count(4)
    expect(page.locator(".study-finding")).to_contain_text("at step0 it was 0.0")
    page.get_by_role("button", name="step0, layer 0:").click()
    expect(page.locator(".study-behind > .heading")).to_contain_text("step0, after block 0")
    until(page, "document.querySelectorAll('.study-behind .main-svg').length >= 2")
    expect(page.locator(".study-worst").first.locator("li")).to_have_count(4)
    shot(page, "meaning")
    assert violations(page) == []


LOOKS: dict[str, dict[str, object]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "projector": {},
    "narrow": {"width": 390, "height": 844},
}


@pytest.mark.parametrize("name", LOOKS)
def test_axe_finds_nothing(open_page: Callable[..., Page], shot: Callable[[Page, str], None], name: str):
    theme = {"theme": "projector"} if name == "projector" else {}
    page = open_page(study(**SMALL, **theme, **{"s.cell": "facts-4l,step1536,0"}), settle=False, **LOOKS[name])
    standing(page, "priced", "done")
    if page.get_by_role("button", name="Run", exact=True).count():
        page.get_by_role("button", name="Run", exact=True).click()
    standing(page, "done")
    page.wait_for_selector(".study-pairs li")
    shot(page, f"study-{name}")
    assert violations(page) == []
