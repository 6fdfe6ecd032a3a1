"""The contact sheet: fills coarse first, is gone about by keys, each cell a way into the main room."""

import csv
import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, Response

from browser.serving import view
from browser.test_looks import violations
from browser.test_saving import dropped, saved
from browser.waiting import settled, until
from stable_regions.pictures.image import recipe_of

FOCUSED = "document.activeElement.dataset.cell"


def sheet(open_page: Callable[..., Page], **fields: object) -> Page:
    """The sheet of the smallest model, four layers by four checkpoints, there in full."""
    options = {name: fields.pop(name) for name in ("width", "height") if name in fields}
    page = open_page(view(room="sheet", **fields), settle=False, **options)
    page.wait_for_selector(".hall[data-phase=done]")
    return page


def cell(layer: int, revision: str) -> str:
    return f'[data-cell="{layer} {revision}"]'


def test_layers_go_upward_and_checkpoints_to_the_right(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = sheet(open_page)
    assert page.locator("tbody th").all_inner_texts() == ["3", "2", "1", "0"]
    assert page.locator("thead th").all_inner_texts()[1:] == ["0", "64", "256", "1,536"]
    assert page.locator(".contact-cell canvas").count() == 16
    assert page.locator(".contact-cell[aria-current]").get_attribute("data-cell") == "1 step1536"
    words = page.locator(".contact-about .sentence").inner_text()
    assert words.startswith("Sharpest at layer ")
    assert "Most regions at layer" in words
    shot(page, "sheet")


def test_the_sheet_is_one_request_and_comes_coarse_first(open_page: Callable[..., Page]):
    sizes: list[int] = []
    asked: list[dict[str, object]] = []

    def answered(answer: Response) -> None:
        if "/results/" in answer.url:
            sizes.append(int(answer.headers["content-length"]))

    def posted(request: Request) -> None:
        if request.url.endswith("/requests"):
            asked.append(request.post_data_json)

    page = open_page(view(n=9))
    page.on("response", answered)
    page.on("request", posted)
    page.goto(page.url.partition("#")[0] + view(room="sheet", w="-0.3,1.2,-0.3,1.2"))
    page.wait_for_selector(".hall[data-phase=done]")
    assert len(asked) == 1
    assert asked[0]["analysis"] == "sweep"
    assert asked[0]["revisions"] == ["step0", "step64", "step256", "step1536"]
    assert asked[0]["write_layers"] == [0, 1, 2, 3]
    assert page.locator(".contact-cell canvas").count() == 16
    assert sizes[0] < max(sizes) / 2


def test_the_grid_is_gone_about_by_keys_with_one_stop_for_tab(open_page: Callable[..., Page]):
    page = sheet(open_page)
    assert page.locator('.contact-cell[tabindex="0"]').count() == 1
    page.locator('.contact-cell[tabindex="0"]').focus()
    assert page.evaluate(FOCUSED) == "0 step0"
    for key, place in (
        ("ArrowUp", "1 step0"),
        ("ArrowRight", "1 step64"),
        ("End", "1 step1536"),
        ("ArrowRight", "1 step1536"),
        ("ArrowDown", "0 step1536"),
        ("Home", "0 step0"),
        ("Control+End", "3 step1536"),
        ("Control+Home", "0 step0"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == place, key
    assert page.locator('.contact-cell[tabindex="0"]').count() == 1
    assert "step=step1536" in page.evaluate("location.hash")


def test_enter_opens_a_cell_in_the_main_room_and_back_brings_the_sheet(open_page: Callable[..., Page]):
    page = sheet(open_page, n=17)
    page.locator(cell(2, "step256")).focus()
    page.keyboard.press("Enter")
    settled(page)
    assert page.get_by_role("combobox", name="Layer").input_value() == "2"
    assert page.get_attribute(".rail", "aria-valuenow") == "2"
    assert "n=17" in page.evaluate("location.hash")
    page.go_back()
    page.wait_for_selector(".contact-cell canvas")


def test_a_cell_is_a_link_that_another_tab_can_open(open_page: Callable[..., Page]):
    page = sheet(open_page, n=9)
    with page.context.expect_page() as opened:
        page.locator(cell(0, "step64")).click(modifiers=["Control"])
    other = opened.value
    settled(other)
    assert other.get_by_role("combobox", name="Layer").input_value() == "0"
    assert "step=step64" in other.evaluate("location.hash")
    assert page.locator(".contact-grid").is_visible()


def test_pointing_at_a_cell_shows_it_large_with_its_numbers(open_page: Callable[..., Page]):
    page = sheet(open_page)
    page.locator(cell(2, "step256")).hover()
    page.wait_for_selector("h2 >> text=Layer 2, step 256")
    numbers = page.locator(".contact-numbers").inner_text()
    label = page.get_attribute(cell(2, "step256"), "aria-label") or ""
    sharp = numbers.split()[1]
    assert f"sharpness {sharp}" in label
    assert "region" in numbers


def test_numbers_in_the_cells_are_those_of_the_results(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = sheet(open_page)
    page.get_by_label("In the cells").select_option("sharpness")
    page.wait_for_selector(".contact-scale")
    shot(page, "sheet-sharpness")
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV").decode())))
    assert len(rows) == 16
    most = max(float(row["sharpness"]) for row in rows)
    assert f"{most:.1f}" in page.locator(".contact-scale").inner_text()
    assert f"{most:.1f}" in page.locator(".sentence").inner_text()
    for row in rows:
        label = page.get_attribute(cell(int(row["layer"]), row["revision"]), "aria-label") or ""
        assert f"sharpness {float(row['sharpness']):.1f}" in label
        assert row["points_per_side"] == "33"


def test_a_link_restores_what_is_chosen(open_page: Callable[..., Page]):
    page = sheet(open_page)
    page.get_by_role("button", name="Layers 4 of 4").click()
    page.get_by_label("after block 1", exact=True).uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Checkpoints 4 of 4").click()
    page.get_by_label("step 64", exact=True).uncheck()
    page.keyboard.press("Escape")
    page.get_by_label("In the cells").select_option("regions")
    until(page, "location.hash.includes('slayers=0,2,3') && location.hash.includes('srevs=step0,step256,step1536')")
    other = open_page(page.evaluate("location.hash"), settle=False)
    other.wait_for_selector(".hall[data-phase=done]")
    assert other.locator("tbody th").all_inner_texts() == ["3", "2", "0"]
    assert other.locator("thead th").all_inner_texts()[1:] == ["0", "256", "1,536"]
    assert other.get_by_label("In the cells").input_value() == "regions"


def test_a_checkpoint_that_is_missing_is_hatched_and_says_why(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = sheet(open_page, revs="step0,step77,step1536")
    assert page.locator(".contact-cell.gap").count() == 4
    assert page.locator(".contact-cell canvas").count() == 8
    label = page.get_attribute(cell(2, "step77"), "aria-label") or ""
    assert "missing" in label
    page.locator(cell(2, "step77")).focus()
    assert "step77" in page.locator(".contact-gap").inner_text()
    shot(page, "sheet-gap")
    assert violations(page) == []


def test_a_dear_sheet_says_its_price_waits_for_a_word_and_can_be_cancelled(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(model="facts-12l", revs=None, room="sheet", d="js"), settle=False)
    page.wait_for_selector(".hall[data-phase=priced]")
    assert "144 slices to compute: 470 k points" in page.locator(".hall-how").inner_text()
    shot(page, "sheet-priced")
    page.get_by_role("button", name="Run").click()
    page.wait_for_selector(".contact-cell canvas")
    page.wait_for_selector(".bar-progress")
    shot(page, "sheet-in-progress")
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector("text=/cancelled at \\d+ of 144/")
    assert page.locator(".contact-cell canvas").count() > 0
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector(".bar-progress")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".hall[data-phase=cancelled]")


def test_equal_prompts_are_refused_in_words(open_page: Callable[..., Page], shot: Callable[[Page, str], None]):
    page = sheet(open_page)
    page.locator(".strip .prompt-text").nth(2).fill("The capital of France is")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hall[data-phase=refused]")
    assert "same" in page.locator("[role=alert]").inner_text()
    shot(page, "sheet-refused")
    page.get_by_role("button", name="Back to the last view").click()
    page.wait_for_selector(".hall[data-phase=done]")


def test_a_saved_picture_brings_the_sheet_back(open_page: Callable[..., Page]):
    page = sheet(open_page, slayers="0,2", heat="regions", pal="safe")
    png = saved(page, "PNG")
    assert Image.open(io.BytesIO(png)).size[0] > 800
    recipe = recipe_of(png)
    assert recipe is not None
    assert recipe["write_layers"] == [0, 2]
    other = open_page(view(n=9))
    dropped(other, "sheet.png", png)
    other.wait_for_selector(".hall[data-phase=done]")
    parts = "location.hash.slice(1).split('&').sort()"
    assert other.evaluate(parts) == page.evaluate(parts)


def test_copied_python_is_the_sheet(open_page: Callable[..., Page]):
    page = sheet(open_page, slayers="0,3")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Save").click()
    page.locator(".menu-entry", has_text="Copy as Python").click()
    page.wait_for_selector(".menu:popover-open", state="detached")
    code = page.evaluate("navigator.clipboard.readText()")
    names: dict[str, object] = {}
    exec(code.partition("result = compute")[0], names)
    request = names["request"]
    assert request.write_layers == (0, 3)  # type: ignore[attr-defined]
    assert request.revisions == ("step0", "step64", "step256", "step1536")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["light", "dark", "projector", "narrow"])
def test_axe_finds_nothing_in_any_look(open_page: Callable[..., Page], shot: Callable[[Page, str], None], name: str):
    size = {"width": 390, "height": 844} if name == "narrow" else {}
    page = sheet(open_page, theme=None if name == "narrow" else name, **size)
    shot(page, f"sheet-{name}")
    assert violations(page) == []
    page.get_by_role("button", name="Layers").click()
    page.wait_for_selector(".menu:popover-open")
    assert violations(page) == []
