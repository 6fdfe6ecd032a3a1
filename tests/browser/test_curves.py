"""Lines on the picture and their curves: chosen, drawn, moved, overlaid, enlarged, looked into."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Request

from browser.serving import PROMPTS, Served, surroundings, view
from browser.test_looks import violations
from browser.test_pointer import centre
from browser.waiting import settled, until
from stable_regions import Client, CurveRequest, LineRequest
from stable_regions.pictures.answer import Answer
from tiny import write_model

LINE = "new URLSearchParams(location.hash.slice(1)).get('line')"
NOTE = ".side .curve-note"


def on_plane(page: Page, alpha: float, beta: float) -> tuple[float, float]:
    """Where a point of the plane is on the screen, in the first window."""
    return centre(page, (alpha + 0.25) / 1.5, (1.25 - beta) / 1.5)


def asked(server: Served, *ends: object, **fields: object) -> Answer:
    """What the API says of a line of the view's own plane."""
    given: dict[str, object] = {
        "model": {"name": "facts-4l", "revision": "step1536"},
        "prompts": PROMPTS,
        "write_layer": 1,
        "ends": ends,
    }
    with Client(server.url) as client:
        return client.compute(LineRequest.model_validate(given | fields))


def third(server: Served) -> tuple[float, float]:
    """Where C is on the plane."""
    alpha, beta = asked(server, "A", "C", steps=5)["coordinates"][-1]
    return float(alpha), float(beta)


def told(answer: Answer) -> str:
    """A curve's numbers as the panel says them."""
    sharp, wide, at = (float(answer[name][0]) for name in ("sharpness", "width", "position"))
    return f"slope {sharp:.1f} · width {wide:.2f} · at {at:.2f}"


def chosen(page: Page) -> str | None:
    return page.evaluate(LINE)


def wait_for_line(page: Page, *numbers: float) -> list[float]:
    """Returns the numbers of the chosen line once they are near the expected ones; the address follows the hand."""
    parts = f"({LINE} ?? '').split(',').map(Number)"
    near = " && ".join(f"Math.abs({parts}[{n}] - {number}) < 0.011" for n, number in enumerate(numbers))
    until(page, near)
    return [float(part) for part in str(chosen(page)).split(",")]


def posted(page: Page) -> list[str]:
    """Analyses that are asked from now on."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/requests"):
            seen.append(request.post_data_json["analysis"])

    page.on("request", note)
    return seen


def wait_for_numbers(page: Page, text: str) -> None:
    until(page, f"document.querySelector({NOTE!r})?.innerText.includes({text!r})")


def table(page: Page) -> list[dict[str, str]]:
    """The enlarged curve's CSV."""
    page.get_by_role("button", name="Save the curve").click()
    with page.expect_download() as download:
        page.locator(".menu:popover-open .menu-entry").filter(has_text="CSV").click()
    return list(csv.DictReader(io.StringIO(Path(str(download.value.path())).read_text())))


def test_from_a_to_b_the_slices_own_curve_is_shown_and_nothing_is_asked(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=17), settle=False)
    seen = posted(page)
    settled(page)
    wait_for_numbers(page, told(asked(server, "A", "B")))
    assert set(seen) <= {"animation"}
    assert page.locator(".side").get_by_role("button", name="A to B", pressed=True).count() == 1
    assert chosen(page) is None


def test_an_edge_under_the_pointer_shows_its_curve_and_a_click_keeps_it(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view(n=33))
    t, up = third(server)
    middle = on_plane(page, (1 + t) / 2, up / 2)
    page.mouse.move(*middle)
    page.wait_for_selector(".lines.hovered")
    wait_for_numbers(page, told(asked(server, "B", "C")))
    assert chosen(page) is None
    shot(page, "edge-hovered")
    page.mouse.click(*middle)
    until(page, f"{LINE} === 'BC'")
    page.mouse.move(5, 5)
    wait_for_numbers(page, told(asked(server, "B", "C")))
    assert page.locator(".pin-mark").count() == 0
    page.mouse.click(*middle)
    page.wait_for_selector(".pin-mark")


def test_edges_are_chosen_by_key_and_by_chip(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=9))
    page.keyboard.press("e")
    until(page, f"{LINE} === 'BC'")
    page.locator(".side").get_by_role("button", name="C to A").click()
    until(page, f"{LINE} === 'CA'")
    wait_for_numbers(page, told(asked(server, "C", "A")))
    assert "in C’s run" in page.locator(NOTE).inner_text()
    page.go_back()
    until(page, f"{LINE} === 'BC'")


@pytest.mark.parametrize("way", ["tool", "alt"])
def test_a_dragged_line_has_the_apis_own_curve(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None], way: str
):
    page = open_page(view(n=33))
    if way == "tool":
        page.keyboard.press("d")
        page.wait_for_selector(".surface.draws")
    else:
        page.keyboard.down("Alt")
    page.mouse.move(*on_plane(page, 0.2, 0.8))
    page.mouse.down()
    page.mouse.move(*on_plane(page, 0.6, 0.4), steps=4)
    page.wait_for_selector(".side .curve[aria-busy=false]")
    shot(page, f"line-in-hand-{way}")
    page.mouse.move(*on_plane(page, 1.1, 0.1), steps=4)
    page.mouse.up()
    if way == "alt":
        page.keyboard.up("Alt")
    numbers = wait_for_line(page, 0.2, 0.8, 1.1, 0.1)
    expected = asked(server, numbers[:2], numbers[2:])
    wait_for_numbers(page, told(expected))
    assert f"in {expected.metadata['context']}’s run" in page.locator(NOTE).inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    rows = [row for row in table(page) if row["revision"] == "step1536"]
    assert np.array_equal(np.array([row["curve"] for row in rows], np.float32), expected["curve"])
    places = np.array([[row["coordinates_alpha"], row["coordinates_beta"]] for row in rows], np.float32)
    assert np.array_equal(places, expected["coordinates"])
    tokens = expected.metadata["tokens"]
    assert isinstance(tokens, dict)
    assert [row["top_token"] for row in rows] == [tokens[str(token)] for token in expected["top_token"]]


def test_a_line_that_comes_near_an_anchor_holds_on_to_it(open_page: Callable[..., Page]):
    page = open_page(view(n=17, line="BC"))
    page.keyboard.press("d")
    page.mouse.move(*on_plane(page, 0.01, 0.01))
    page.mouse.down()
    page.mouse.move(*on_plane(page, 0.6, 0.7), steps=4)
    page.mouse.up()
    until(page, f"/^A,0\\.(59|6).*,0\\.(69|7)/.test({LINE} ?? '')")


def test_the_ends_of_a_line_are_moved_by_hand_and_by_arrow_keys(open_page: Callable[..., Page]):
    page = open_page(view(n=17, line="0.2,0.8,1.1,0.1"))
    assert page.locator(".handle").count() == 2
    page.mouse.move(*on_plane(page, 0.2, 0.8))
    page.mouse.down()
    page.mouse.move(*on_plane(page, 0.3, 0.5), steps=3)
    page.mouse.up()
    moved = wait_for_line(page, 0.3, 0.5, 1.1, 0.1)
    end = page.get_by_label(re.compile("End of the line"))
    end.focus()
    end.press("ArrowUp")
    page.get_by_label(re.compile("End of the line")).press("Shift+ArrowLeft")
    nudged = wait_for_line(page, *moved[:2], 1.1 - 8 * 1.5 / 128, 0.1 + 1.5 / 128)
    assert nudged == pytest.approx([*moved[:2], 1.1 - 8 * 1.5 / 128, 0.1 + 1.5 / 128], abs=0.001)
    assert page.get_attribute(".rail", "aria-valuenow") == "3"


def test_scrubbing_shows_each_checkpoints_curve_and_asks_nothing(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=9, line="0.2,0.8,1.1,0.1"))
    ends = ((0.2, 0.8), (1.1, 0.1))
    wait_for_numbers(page, told(asked(server, *ends)))
    page.keyboard.press("o")
    until(page, "document.querySelectorAll('.side .curve .scatterlayer .trace').length === 6")
    seen = posted(page)
    for revision in ("step256", "step64", "step0"):
        page.keyboard.press("ArrowLeft")
        wait_for_numbers(page, told(asked(server, *ends, model={"name": "facts-4l", "revision": revision})))
    assert seen == []


def test_all_checkpoints_lie_over_one_another_with_a_legend(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=17))
    page.get_by_role("button", name="All checkpoints").click()
    until(page, "document.querySelectorAll('.side .curve .scatterlayer .trace').length === 6")
    assert page.locator(".side .ramp-legend").inner_text().split() == ["0", "1,536"]
    until(page, "location.hash.includes('over=1')")
    shot(page, "overlay")


def test_the_place_under_the_pointer_is_shown_on_chart_and_picture(open_page: Callable[..., Page], server: Served):
    page = open_page(view(n=17, line="BC"))
    wait_for_numbers(page, told(asked(server, "B", "C")))
    t, up = third(server)
    page.mouse.move(*on_plane(page, (1 + t) / 2, up / 2))
    page.wait_for_selector(".lines .spot")
    shown = page.locator(".side .spot-text").inner_text()
    assert abs(float(shown.split("·")[0]) - 0.5) < 0.03
    page.mouse.move(5, 5)
    page.wait_for_selector(".lines .spot", state="detached")
    place = page.get_by_role("slider", name="Place along the line")
    place.focus()
    for _ in range(3):
        place.press("Shift+ArrowRight")
    page.wait_for_selector(".lines .spot")
    line = asked(server, "B", "C")
    value = round(100 * float(line["curve"][30]))
    assert place.get_attribute("aria-valuetext") == f"0.30 · {value} % · Tokyo"
    assert page.get_attribute(".rail", "aria-valuenow") == "3"


def test_enlarged_it_shows_every_layer(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view(n=9, line="CA", large="layers"))
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    rows = table(page)
    assert sorted({row["write_layer"] for row in rows}) == ["0", "1", "2", "3"]
    top = asked(server, "C", "A", write_layer=3)
    own = np.array([row["curve"] for row in rows if row["write_layer"] == "3"], np.float32)
    assert np.array_equal(own, top["curve"])
    shot(page, "enlarged-layers")
    page.locator("summary").click()
    assert f"{float(top['sharpness'][0]):.2f}" in page.locator(".curve-table tr", has_text="layer 3").inner_text()
    page.get_by_role("button", name="layer 3").click()
    until(page, "location.hash.includes('layer=3')")


def test_enlarged_the_checkpoint_can_be_changed_and_the_chart_saved(
    open_page: Callable[..., Page], shot: Callable[[Page, str], None]
):
    page = open_page(view(n=9, large="training"))
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    page.wait_for_selector(".sheet.enlarged .words")
    page.get_by_role("slider", name="Checkpoint").last.fill("1")
    until(page, "document.querySelector('.tab-note strong').innerText === 'step64'")
    shot(page, "enlarged-training")
    beginnings = {"PNG": b"\x89PNG\r\n", "SVG": b"<svg"}
    for kind, beginning in beginnings.items():
        page.get_by_role("button", name="Save the curve").click()
        with page.expect_download() as download:
            page.locator(".menu:popover-open .menu-entry").filter(has_text=kind).first.click()
        assert Path(str(download.value.path())).read_bytes().startswith(beginning)
        page.wait_for_selector(".menu:popover-open", state="detached")
    assert {row["revision"] for row in table(page)} == {"step0", "step64", "step256", "step1536"}
    assert "Send" not in page.locator(".sheet.enlarged").inner_text()
    page.keyboard.press("Escape")
    until(page, "!location.hash.includes('large=')")


def test_copied_python_runs_and_gives_the_curves_of_all_checkpoints(
    open_page: Callable[..., Page], server: Served, tmp_path: Path
):
    page = open_page(view(n=9, line="B,0.25,0.75", large="training"))
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Save the curve").click()
    page.locator(".menu-entry", has_text="Copy as Python").last.click()
    page.wait_for_selector(".menu:popover-open", state="detached")
    code = page.evaluate("navigator.clipboard.readText()").replace(".show()", ".to_dict()")
    program = tmp_path / "pasted.py"
    program.write_text(f"{code}\nimport numpy\nnumpy.save('curves.npy', [cell['curve'] for cell in result.frames])\n")
    environment = {**os.environ, **surroundings(tmp_path)}
    subprocess.run([sys.executable, program], cwd=tmp_path, env=environment, check=True, timeout=240)
    curves = np.load(tmp_path / "curves.npy")
    assert len(curves) == 4
    np.testing.assert_allclose(curves[-1], asked(server, "B", (0.25, 0.75))["curve"], atol=2e-6)


def test_looked_into_it_counts_sign_changes_as_the_api_does(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view(n=9, line="BC", large="inside"))
    page.wait_for_selector(".tab-sentence")
    with Client(server.url) as client:
        expected = client.compute(
            CurveRequest.model_validate(
                {
                    "model": {"name": "facts-4l", "revision": "step1536"},
                    "prompts": PROMPTS[1:],
                    "write_layer": 1,
                    "flips": True,
                    "compression": True,
                }
            )
        )
    words = page.locator(".tab-sentence").inner_text()
    assert f"{expected['flips'].sum():,} units change sign on the way" in words
    assert f"({expected['flips_ends'].sum():,} differ between the ends)" in words
    assert "one border is crossed" in words
    rows = table(page)
    assert [int(row["flips_2"]) for row in rows[1:]] == expected["flips"][0].tolist()
    mlps = np.array([row["compression_all_mlp"] for row in rows], np.float32)
    assert np.array_equal(mlps, expected["compression_all"][1])
    shot(page, "inside")
    page.get_by_role("combobox", name="Way").select_option("arc")
    page.get_by_role("combobox", name="Compared by").select_option("logits")
    until(page, "location.hash.includes('path=arc') && location.hash.includes('logits=1')")
    page.wait_for_selector(".tab[aria-busy=true]")
    page.wait_for_selector(".tab[aria-busy=false] .tab-sentence")
    page.get_by_label("block by block").check()
    until(page, "document.querySelectorAll('.sheet.enlarged .heatmaplayer .hm').length === 3")


def test_between_other_points_there_is_nothing_to_look_into_and_it_says_so(open_page: Callable[..., Page]):
    page = open_page(view(n=9, line="0.2,0.8,1.1,0.1", large="inside"))
    page.wait_for_selector("text=The way between two prompts can be looked into")


def test_a_link_restores_line_overlay_and_what_is_enlarged(open_page: Callable[..., Page], server: Served):
    link = view(n=9, step="step256", line="B,0.25,0.75", over=1, large="training")
    page = open_page(link)
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    assert page.locator(".sheet.enlarged h2").inner_text() == "Along B → Q"
    assert page.locator(".tab-note strong").inner_text() == "step256"
    expected = asked(server, "B", (0.25, 0.75), model={"name": "facts-4l", "revision": "step256"})
    assert told(expected) in page.locator(".tab-note").inner_text()
    assert page.evaluate("location.hash") == link.replace("#v", "#v")
    assert page.locator(".side .ramp-legend").count() == 1


@pytest.mark.parametrize(
    ("name", "options", "fields"),
    [
        ("light", {}, {"line": "BC", "over": 1}),
        ("dark", {"color_scheme": "dark"}, {"line": "0.2,0.8,1.1,0.1"}),
        ("projector", {}, {"line": "CA", "theme": "projector"}),
        ("800", {"width": 800, "height": 600}, {"line": "0.2,0.8,1.1,0.1"}),
        ("narrow", {"width": 390, "height": 844}, {"line": "BC", "over": 1}),
        ("training-dark", {"color_scheme": "dark"}, {"large": "training"}),
        ("training-narrow", {"width": 390, "height": 844}, {"line": "BC", "large": "training"}),
        ("layers-800", {"width": 800, "height": 600}, {"large": "layers"}),
        ("inside-projector", {"width": 1920, "height": 1080}, {"large": "inside", "theme": "projector"}),
    ],
)
def test_axe_finds_nothing(
    open_page: Callable[..., Page],
    shot: Callable[[Page, str], None],
    name: str,
    options: dict[str, object],
    fields: dict[str, object],
):
    page = open_page(view(**fields), **options)
    page.wait_for_selector(".side .curve .main-svg")
    if "large" in fields:
        page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false] .main-svg")
    else:
        page.wait_for_selector(".side .curve[aria-busy=false]")
    page.wait_for_timeout(300)
    shot(page, f"curves-{name}")
    assert violations(page) == []


def test_what_cannot_be_looked_into_is_refused_in_words(
    open_page: Callable[..., Page], tmp_path: Path, shot: Callable[[Page, str], None]
):
    write_model(tmp_path / "models/tiny-opt", "opt", word_embed_proj_dim=32, ffn_dim=128)
    own = Served(tmp_path, model_folders=json.dumps([str(tmp_path / "models")]))
    own.start()
    try:
        page = open_page(settle=False)
        page.goto(f"{own.url}/{view(model='tiny-opt', revs=None, step='main', n=9, large='inside')}")
        page.wait_for_selector(".tab-problem")
        words = page.locator(".tab-problem").inner_text()
        assert "Ask for the curve without" in words
        shot(page, "inside-refused")
    finally:
        own.stop()
