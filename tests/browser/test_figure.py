"""A plotly figure in a real browser: what `result.figure()` shows lies the right way up."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserContext

from stable_regions.answers.figure import figure, page
from three_countries import paper_slice

ANCHORS_ON_SCREEN = """() => {
  const points = [...document.querySelectorAll('.scatterlayer .point')].map(p => p.getBoundingClientRect());
  if (points.length !== 3 || !document.querySelector('.imagelayer image')) return null;
  return points.map(r => [r.x + r.width / 2, r.y + r.height / 2]);
}"""


def test_every_anchor_lies_in_its_own_colour(open_context: Callable[..., BrowserContext], tmp_path: Path):
    file = tmp_path / "slice.html"
    file.write_text(page(figure(paper_slice())))
    view = open_context(700, 700).new_page()
    view.goto(file.as_uri())
    places = view.wait_for_function(ANCHORS_ON_SCREEN).json_value()
    shot = Image.open(io.BytesIO(view.screenshot())).convert("RGB")
    # Just beside each badge: red outshines the others at A, green at B, blue at C.
    seen = [shot.getpixel((round(x) + 22, round(y))) for x, y in places]
    assert [int(np.argmax(np.array(pixel))) for pixel in seen] == [0, 1, 2], seen
