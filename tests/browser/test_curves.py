"""The enlarged curve: over training, by layer, looked into, saved; and how lines and curves look everywhere."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from browser.lines import asked, table, told
from browser.serving import PROMPTS, Served, surroundings, view
from browser.test_looks import violations
from browser.waiting import until
from stable_regions import Client, CurveRequest
from tiny import write_model


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
        suggested = f"facts-4l-layer1-hellinger-AB-training.{kind.lower()}"
        assert download.value.suggested_filename == suggested, "one name, and nothing before or behind it"
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


def test_a_link_restores_line_all_checkpoints_and_what_is_enlarged(open_page: Callable[..., Page], server: Served):
    link = view(n=9, step="step256", line="B,0.25,0.75", all=1, large="training")
    page = open_page(link)
    page.wait_for_selector(".sheet.enlarged .tab[aria-busy=false]")
    assert page.locator(".sheet.enlarged h2").inner_text() == "Along B → Q"
    assert page.locator(".tab-note strong").inner_text() == "step256"
    expected = asked(server, "B", (0.25, 0.75), model={"name": "facts-4l", "revision": "step256"})
    assert told(expected) in page.locator(".tab-note").inner_text()
    assert page.evaluate("location.hash") == link
    assert page.locator(".side .ramp-legend").count() == 1


@pytest.mark.parametrize(
    ("name", "options", "fields"),
    [
        ("light", {}, {"line": "BC", "all": 1}),
        ("dark", {"color_scheme": "dark"}, {"line": "0.2,0.8,1.1,0.1"}),
        ("projector", {}, {"line": "CA", "theme": "projector"}),
        ("800", {"width": 800, "height": 600}, {"line": "0.2,0.8,1.1,0.1"}),
        ("narrow", {"width": 390, "height": 844}, {"line": "BC", "all": 1}),
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
        page.wait_for_selector(".tab .refusal")
        words = page.locator(".tab .refusal").inner_text()
        assert "could be its mlp" in words
        assert "without flips" in words
        shot(page, "inside-refused")
    finally:
        own.stop()
