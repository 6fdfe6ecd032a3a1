"""Regions on the page: the panel, the threshold, layers over the picture, and what speaks against them."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page

from browser.serving import PROMPTS, Served, view
from browser.test_looks import violations
from browser.test_pointer import centre
from browser.waiting import until
from stable_regions import Client, RegionsRequest, VeilRequest
from stable_regions.answers.answer import Answer

ROWS = ".regions-table[aria-label=Regions] tbody tr"
KEY = ".overlay-key"


def regions(server: Served, **fields: object) -> Answer:
    """What the API says of the regions of the view's own plane."""
    given = plane() | {"resolution": 33, "polytopes": True}
    with Client(server.url) as client:
        return client.compute(RegionsRequest.model_validate(given | fields))


def plane() -> dict[str, object]:
    return {"model": {"name": "facts-4l", "revision": "step1536"}, "prompts": PROMPTS, "write_layer": 1}


def area(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.01 else f"{int(100 * share + 0.5)} %"


def number(value: float) -> str:
    if value >= 9.95:
        return str(round(value))
    return f"{value:.3f}" if value < 0.0995 else np.format_float_positional(value, 2, fractional=False, trim="k")


def rows(answer: Answer) -> list[list[str]]:
    """The panel's rows, as the numbers should be said."""
    tokens = answer.metadata["tokens"]
    assert isinstance(tokens, dict)
    names = [str(tokens[str(token)]).strip() for token in answer["token"].tolist()]
    return [
        [names[n], area(answer["area"][n]), number(float(answer["spread"][n])), f"{answer['patterns'][n]:,}"]
        for n in range(int(answer["count"][0]))
    ]


def listed(page: Page) -> list[list[str]]:
    """The panel's rows as they are, once everything in them is measured."""
    page.wait_for_selector(ROWS)
    until(page, f"![...document.querySelectorAll({ROWS!r})].some(row => row.innerText.includes('…'))")
    return [
        [cell.strip() for cell in row.split("\t")]
        for row in page.locator(ROWS).evaluate_all(
            "all => all.map(row => [...row.children].map(one => one.innerText).join('\\t'))"
        )
    ]


def test_the_panel_lists_the_regions_with_the_servers_numbers(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view())
    page.get_by_role("tab", name="Regions").click()
    answer = regions(server)
    assert listed(page) == rows(answer)
    assert "beside=regions" in page.url
    note = page.locator(".regions-note").first.inner_text()
    assert f"{int(answer['count'][0])} regions" in note
    assert f"{int(answer['patterns_total'][0]):,} sign patterns" in note
    shot(page, "regions-panel")
    assert violations(page) == []


def test_borders_are_listed_with_length_and_sharpness(open_page: Callable[..., Page], server: Served):
    page = open_page(view(beside="regions"))
    listed(page)
    page.locator(".borders summary").click()
    answer, count = regions(server), None
    count = int(answer["count"][0])
    counted = [n for n, pair in enumerate(answer["border"].tolist()) if max(pair) < count]
    counted.sort(key=lambda n: -float(answer["border_length"][n]))
    found = page.locator(".borders tbody tr").evaluate_all(
        "all => all.map(row => [row.children[1].innerText, row.children[2].innerText])"
    )
    expected = [[number(float(answer[f"border_{what}"][n])) for what in ("length", "sharpness")] for n in counted]
    assert found == expected


@pytest.mark.parametrize("threshold", [0.05, 0.2])
def test_regions_of_a_threshold_are_those_of_the_server(
    open_page: Callable[..., Page], server: Served, threshold: float
):
    page = open_page(view(beside="regions", agree="output", thr=threshold))
    assert listed(page) == rows(regions(server, by="output", threshold=threshold))


def test_the_threshold_is_slid_by_keys_and_asks_nothing_while_it_moves(open_page: Callable[..., Page]):
    page = open_page(view(beside="regions"))
    page.get_by_role("button", name="outputs").click()
    slider = page.get_by_role("slider", name="Largest step within a region")
    listed(page)
    before = page.locator(".threshold-note b").inner_text()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    slider.press("ArrowLeft")
    until(page, f"document.querySelector('.threshold-note b').innerText !== {before!r}")
    shown = page.locator(".threshold-note").inner_text()
    assert "POST" not in asked
    assert f": {page.locator(ROWS).count()} region" in shown
    until(page, "location.hash.includes('thr=')")
    page.get_by_role("button", name="suggest").click()
    until(page, f"document.querySelector('.threshold-note b').innerText === {before!r}")


def test_a_row_brings_its_region_out_and_the_pointer_lights_its_row(open_page: Callable[..., Page]):
    page = open_page(view(beside="regions"))
    listed(page)
    lit = """(() => { const own = document.querySelector('canvas.spotlight');
        const { data } = own.getContext('2d').getImageData(0, 0, own.width, own.height);
        return data.some((value, n) => n % 4 === 3 && value > 0); })()"""
    assert not page.evaluate(lit)
    page.locator(ROWS).nth(1).locator("button").focus()
    until(page, lit)
    assert page.locator(f"{ROWS}.lit").count() == 1
    page.mouse.move(*centre(page, 0.2, 0.8))
    until(page, f"document.querySelectorAll('{ROWS}.lit').length === 2")


def test_the_gradient_is_laid_over_with_its_scale(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view(over="gradient"))
    page.wait_for_selector(f"{KEY} .overlay-scale")
    slope = np.sort(regions(server, gradient=True, polytopes=False)["gradient"].ravel())
    slope = slope[slope > 0]
    high = slope[int(0.998 * (len(slope) - 1) + 0.5)]
    ends = page.locator(f"{KEY} .overlay-scale").inner_text().split()
    assert float(ends[-1]) == pytest.approx(high, rel=0.06)
    assert "‖d out/dP‖" in page.locator(KEY).inner_text()
    shot(page, "overlay-gradient")
    assert violations(page) == []


def test_polytope_edges_end_their_scale_at_the_largest_count(open_page: Callable[..., Page], server: Served):
    page = open_page(view(over="edges"))
    page.wait_for_selector(f"{KEY} .overlay-scale")
    answer = regions(server)
    most = max(int(answer["flip_right"].max()), int(answer["flip_up"].max()))
    assert page.locator(f"{KEY} .overlay-scale").inner_text().split()[-1] == str(most)
    assert "the MLP of block 2" in page.locator(KEY).inner_text()


def test_polytope_edges_of_several_mlps_are_chosen_in_the_look_menu_and_held_by_the_link(
    open_page: Callable[..., Page], server: Served
):
    page = open_page(view(over="edges"))
    page.wait_for_selector(f"{KEY} .overlay-scale")
    page.get_by_role("button", name="Look", exact=True).click()
    chosen = page.get_by_role("combobox", name="Units of")
    assert chosen.locator("option").all_inner_texts() == ["the MLP of block 2", "the MLPs of blocks 2 to 3"]
    chosen.select_option("2")
    page.wait_for_selector(f"{KEY} >> text=the MLPs of blocks 2 to 3")
    assert "mlps=2" in page.evaluate("location.hash")
    answer = regions(server, mlps=2)
    most = max(int(answer["flip_right"].max()), int(answer["flip_up"].max()))
    assert page.locator(f"{KEY} .overlay-scale").inner_text().split()[-1] == str(most)


def test_more_mlps_than_there_are_above_are_not_asked_for(open_page: Callable[..., Page]):
    page = open_page(view(over="edges", mlps=4, layer=2, n=17))
    page.wait_for_selector(f"{KEY} >> text=the MLP of block 3")


def test_the_veil_says_how_much_of_the_window_real_text_visits(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view(over="veil"))
    page.wait_for_selector(".overlay-sentence")
    with Client(server.url) as client:
        near = float((client.compute(VeilRequest.model_validate(plane()))["nearest"] <= 1).mean())
    said = page.locator(".overlay-sentence").inner_text()
    assert said.startswith(f"{min(99, int(100 * near + 0.5))} % of this window")
    shot(page, "overlay-veil")
    assert violations(page) == []


def test_o_goes_through_the_layers_and_back_to_none(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    for name in ("computed", "gradient", "edges", "veil"):
        page.keyboard.press("o")
        until(page, f"location.hash.includes('over={name}')")
        page.wait_for_selector(f"{KEY} li")
    page.keyboard.press("o")
    until(page, "!location.hash.includes('over=')")
    assert page.locator(KEY).count() == 0


def test_b_goes_from_training_to_regions_and_back(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    page.keyboard.press("b")
    page.wait_for_selector(ROWS)
    page.keyboard.press("b")
    page.wait_for_selector(".training")


def test_above_the_last_block_there_are_no_sign_patterns_and_it_is_said(open_page: Callable[..., Page]):
    page = open_page(view(layer=3, over="edges", beside="regions", n=17))
    page.wait_for_selector(f"{KEY} .bad")
    assert "No polytope edges here" in page.locator(KEY).inner_text()
    assert page.locator(f"{ROWS} td").count() == 2 * len(listed(page))


def test_a_layer_follows_the_scrubber(open_page: Callable[..., Page]):
    page = open_page(view(over="veil"))
    page.wait_for_selector(".overlay-sentence")
    last = page.locator(".overlay-sentence").inner_text()
    page.keyboard.press("Home")
    until(page, f"!['', undefined, {last!r}].includes(document.querySelector('.overlay-sentence')?.innerText)")
    page.keyboard.press("End")
    until(page, f"document.querySelector('.overlay-sentence')?.innerText === {last!r}")
