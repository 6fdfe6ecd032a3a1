"""The belief room: the fractal beside where the network puts it; steps, places, words, processes, and what is taken away."""

import csv
import io
from collections.abc import Callable
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from browser.serving import view
from browser.test_looks import violations
from browser.test_saving import dropped, saved
from browser.waiting import until

R2 = "Number(document.querySelector('.belief-numbers').dataset.r2)"
TRUTH = ".belief-panel:nth-of-type(1) canvas"
READ = ".belief-panel:nth-of-type(2) canvas"


def beliefs(open_page: Callable[..., Page], hash_: str = "", **options: object) -> Page:
    """The room with the film whole and all histories of its checkpoint there."""
    page = open_page(f"#v=1&room=belief{hash_}", settle=False, **options)
    page.wait_for_selector(".belief-room[data-phase=done]")
    until(page, "['done', 'empty'].includes(document.querySelector('.belief-room').dataset.fine)")
    page.wait_for_selector(".belief-numbers[data-r2]")
    return page


def at(page: Page, panel: str, x: float, y: float) -> Locator:
    """Points at a place of the simplex' plane in a panel; waits for nothing."""
    canvas = page.locator(panel)
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + (x + 0.12) / 1.24 * box["width"], box["y"] + (1 - (y + 0.185) / 1.24) * box["height"])
    return canvas


def pixels(page: Page, panel: str) -> str:
    return str(page.evaluate(f"document.querySelector({panel!r}).toDataURL()"))


def test_the_first_screen_shows_the_fractal_twice_with_its_controls(
    open_page: Callable[..., Page], shot: Callable[..., None]
):
    page = beliefs(open_page)
    numbers = page.locator(".belief-numbers")
    assert float(numbers.get_attribute("data-r2") or 0) >= 0.998
    assert float(numbers.get_attribute("data-gap") or 9) < 0.1
    assert int(numbers.get_attribute("data-levels") or 0) >= 4
    assert numbers.get_attribute("data-rows") == "88572"
    text = numbers.inner_text()
    for word in (
        "above the exact bound",
        "levels of the fractal",
        "in sample, uniform weights",
        "untrained",
        "held out",
    ):
        assert word in text
    for word in ("88,572 histories", "step 3000", "before training"):
        assert word in page.locator(".belief-sentence").inner_text()
    assert page.locator(".belief-thumb").count() == 7
    shot(page, "belief-light")


def test_steps_and_places_are_chosen_by_keys_and_the_numbers_follow(open_page: Callable[..., Page]):
    page = beliefs(open_page)
    last = page.evaluate(R2)
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    until(page, f"location.hash.includes('bstep=step100') && {R2} < {last} - 0.003")
    page.keyboard.press("ArrowDown")
    until(page, "document.querySelector('.belief-thumb[aria-checked=true]').textContent.includes('mid 1')")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    until(page, "document.querySelector('.belief-thumb[aria-checked=true]').textContent.includes('embed')")
    assert page.evaluate(R2) == pytest.approx(0.73, abs=0.02)  # as good as the last token alone
    page.keyboard.press(" ")
    until(page, "document.querySelector('.belief-steps button').ariaLabel === 'Pause'")
    until(page, "location.hash.includes('bstep=step300')")


def test_a_history_is_read_out_under_the_pointer_on_either_side(open_page: Callable[..., Page]):
    page = beliefs(open_page)
    at(page, TRUTH, 0.02, 0.01)
    until(page, "document.querySelector('.belief-history')")
    read = page.locator(".belief-readout").inner_text()
    word = page.locator(".belief-history b").inner_text()
    assert word.endswith("A")
    assert float(read.partition("\nA\t")[2].split()[0]) > 0.9  # believed, at the corner of A
    assert {"believed", "read", "optimal", "model"} <= set(read.split())
    before = pixels(page, READ)
    at(page, READ, 0.5, 0.83)
    until(page, "document.querySelector('.belief-history b').textContent.endsWith('C')")
    assert pixels(page, READ) != before  # the trace is drawn on both sides
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(5, 5)
    until(page, "document.querySelector('.belief-history b')?.textContent.endsWith('C')")  # clicked: it stays
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('.belief-history')")


def test_a_typed_word_has_its_trace_on_both_sides_and_an_impossible_one_says_why(open_page: Callable[..., Page]):
    page = beliefs(open_page)
    bare = pixels(page, TRUTH), pixels(page, READ)
    page.get_by_role("textbox", name="History", exact=True).fill("ABC")
    until(page, "document.querySelectorAll('.belief-trace li').length === 3")
    assert "0.5417" in page.locator(".belief-readout").inner_text()  # the golden belief after ABC
    assert pixels(page, TRUTH) != bare[0]
    assert pixels(page, READ) != bare[1]
    page.get_by_role("textbox", name="History", exact=True).fill("ABX")
    until(page, "document.querySelector('.belief-readout [role=alert]')")
    assert "none of the tokens A, B, C" in page.locator(".belief-readout [role=alert]").inner_text()


def test_a_frozen_probe_is_worse_before_the_end_and_the_same_there(open_page: Callable[..., Page]):
    page = beliefs(open_page, "&bmodel=rrxor-4l&bstep=step1000")
    own = page.evaluate(R2)
    page.keyboard.press("f")
    until(page, "location.hash.includes('bfrozen=1')")
    page.wait_for_selector(".belief-room[data-phase=done]")
    until(page, f"document.querySelector('.belief-numbers[data-r2]') && {R2} < {own} - 0.05")
    assert "frozen probe" in page.locator(".belief-numbers").inner_text()
    page.keyboard.press("End")


def test_layers_side_by_side_are_red_where_they_have_too_many_columns(open_page: Callable[..., Page]):
    page = beliefs(open_page, "&bmodel=rrxor-4l&bplace=concat")
    assert page.locator(".belief-numbers dd.bad").count() == 2
    scores = [float(text) for text in page.locator(".belief-numbers dd").all_inner_texts()[2].split()[:1]]
    assert scores[0] > 0.9
    assert page.locator(".belief-thumb[aria-checked=true] small.bad").count() == 1


def test_the_process_editor_refuses_bad_rows_as_they_are_typed(open_page: Callable[..., Page]):
    page = beliefs(open_page)
    page.get_by_role("button", name="Edit its matrices").click()
    cell = page.get_by_label("A: from A to A")
    assert cell.input_value() == "0.765"
    truth = pixels(page, TRUTH)
    cell.fill("0.9")
    until(page, "document.querySelector('.belief-editor [role=alert]')")
    assert "1.135" in page.locator(".belief-editor").inner_text()
    assert pixels(page, TRUTH) == truth  # what was there stays until the rows are right
    page.get_by_label("B: from A to A").fill("0.0")
    page.get_by_label("C: from A to A").fill("0.0")
    page.get_by_label("A: from A to A").fill("0.9")
    until(page, "!document.querySelector('.belief-editor [role=alert]')")
    until(page, "location.hash.includes('bprocess=')")
    assert pixels(page, TRUTH) != truth


def test_what_is_saved_is_what_is_on_screen(open_page: Callable[..., Page]):
    page = beliefs(open_page, "&bmodel=rrxor-4l&bstep=step700&bplace=final")
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV").decode())))
    assert len(rows) == 1046
    assert sum(float(rows[5][f"belief_{state}"]) for state in "S01TF") == pytest.approx(1)
    arrays = np.load(io.BytesIO(saved(page, "NPZ")))
    read = [[float(row[f"read_{state}"]) for state in "S01TF"] for row in rows]
    places = page.locator(".belief-thumb span").all_inner_texts()
    assert arrays["decoded"][places.index("final norm")] == pytest.approx(np.array(read), abs=1e-6)
    film = Image.open(io.BytesIO(saved(page, "GIF")))
    assert getattr(film, "n_frames", 1) == 20
    png = saved(page, "PNG")
    assert Image.open(io.BytesIO(png)).width == 1920
    other = beliefs(open_page)
    dropped(other, "beliefs.png", png)
    until(other, "location.hash.includes('bstep=step700') && location.hash.includes('bplace=final')")


def test_the_room_fits_a_phone(open_page: Callable[..., Page], shot: Callable[..., None]):
    page = beliefs(open_page, width=390, height=844)
    page.wait_for_selector(".belief-charts .main-svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shot(page, "belief-phone")
    assert violations(page) == []


@pytest.mark.parametrize("look", ["light", "dark", "projector"])
def test_the_room_offends_no_rule_of_access(open_page: Callable[..., Page], shot: Callable[..., None], look: str):
    page = beliefs(open_page, f"&theme={look}&bword=ABCAB")
    page.wait_for_selector(".belief-charts .main-svg")
    shot(page, f"belief-{look}")
    assert violations(page) == []


def test_three_histories_open_as_a_plane_in_the_beliefs_colours(
    open_page: Callable[..., Page], shot: Callable[..., None]
):
    page = beliefs(open_page)
    for word in ("AAAAA", "ABABA", "CCBCC"):
        page.get_by_role("textbox", name="History", exact=True).fill(word)
        page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Open in slice").click()
    page.wait_for_selector(".overlay-sentence")
    assert {"a=AAAAA", "b=ABABA", "c=CCBCC", "over=belief"} <= set(page.evaluate("location.hash").split("&"))
    said = page.locator(".overlay-sentence").inner_text()
    assert "regions of belief, each named by the shortest history" in said
    assert "R² is 0.99" in said
    assert [text.strip() for text in page.locator(".overlay-key li").all_inner_texts()][:3] == ["A", "B", "C"]
    shot(page, "belief-slice")


def test_a_model_of_text_is_not_offered_beliefs_and_says_why_when_asked(open_page: Callable[..., Page]):
    page = open_page(view(n=9, over="belief"))
    page.wait_for_selector(".overlay-key")
    assert "trained on text" in page.locator(".overlay-key").inner_text()


def test_a_network_is_trained_on_the_process_on_screen_and_then_is_a_model(open_page: Callable[..., Page]):
    process = quote('{"name":"golden_mean","p":0.5}')
    page = open_page(f"#v=1&room=belief&bprocess={process}", settle=False)
    page.get_by_role("button", name="Train a network on it").wait_for()
    page.get_by_label("Steps").select_option("300")
    page.get_by_role("button", name="Train a network on it").click()
    until(page, "document.querySelector('.belief-panel:nth-of-type(2) figcaption')?.textContent.includes('steps')")
    assert page.locator(".belief-numbers").get_attribute("data-r2") is not None  # a frame, while it trains
    until(page, "location.hash.includes('bmodel=golden_mean-')")
    models = page.evaluate("fetch('/api/v1/catalogue').then(a => a.json()).then(c => c.models.map(m => m.name))")
    assert any(name.startswith("golden_mean-") for name in models)


def test_a_training_is_cancelled_and_left(open_page: Callable[..., Page]):
    process = quote('{"name":"even","p":0.4}')
    page = open_page(f"#v=1&room=belief&bprocess={process}", settle=False)
    page.get_by_role("button", name="Train a network on it").click()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".belief-train[data-phase=cancelled]")
    page.get_by_role("button", name="Leave it").click()
    page.get_by_role("button", name="Train a network on it").wait_for()
