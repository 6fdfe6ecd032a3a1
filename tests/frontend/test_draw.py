"""The field as a browser draws it: each point's colour is where the point is."""

from base64 import b64decode
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page

Pixels = NDArray[np.uint8]

pytestmark = pytest.mark.browser

BUNDLE = """
import { writeFileSync } from "node:fs";
import { build } from "vite";
const [entry] = process.argv.slice(1);
const modules = ["draw", "example", "colour"];
writeFileSync(entry, modules.map((name) => `export * from "${process.cwd()}/src/field/${name}";`).join("\\n"));
const [{ output }] = await build({
  configFile: false, logLevel: "error",
  build: { write: false, minify: false, lib: { entry, formats: ["iife"], name: "field" } },
});
process.stdout.write(output[0].code);
"""

DRAWN = """([n, ratio, more]) => {
  const slice = field.exampleSlice(n);
  const colour = { palette: "paper", normalisation: "frame" };
  const under = more.under ? field.exampleSlice(17, { window: { alpha: [-3, 0.5], beta: [-3, 0.5] } }) : null;
  const bare = { borders: false, names: false, anchors: false, path: false };
  const options = { colour, size: { width: 512, height: 512 }, theme: "dark", ...bare, ...more, under };
  const canvas = field.picture(slice, options, ratio);
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const painted = field.paint(slice, colour);
  const text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return [text(pixels), text(painted)];
}"""


@pytest.fixture(scope="module")
def page(blank_page: Page, in_node: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page that knows the field's modules as `field`."""
    entry = tmp_path_factory.mktemp("bundle") / "field.ts"
    blank_page.add_script_tag(content=in_node(BUNDLE, str(entry)))
    return blank_page


def drawn(page: Page, n: int, ratio: int = 1, **options: object) -> tuple[Pixels, Pixels]:
    """The example at n² points on 512² CSS pixels, and its colours: RGBA, [height, width, 4] and [n, n, 4]."""
    texts = page.evaluate(DRAWN, [n, ratio, options])
    canvas, painted = (np.frombuffer(b64decode(text), dtype=np.uint8) for text in texts)
    return canvas.reshape(512 * ratio, 512 * ratio, 4), painted.reshape(n, n, 4)


@pytest.mark.parametrize(("n", "ratio"), [(9, 1), (33, 1), (65, 2), (129, 1)])
def test_every_point_is_drawn_around_its_own_place_in_its_own_colour(page: Page, n: int, ratio: int):
    canvas, painted = drawn(page, n, ratio)
    side = len(canvas)
    places = np.minimum(side - 1, np.round(np.linspace(0, side, n)).astype(int))
    np.testing.assert_array_equal(canvas[np.ix_(places, places)], painted)


def test_levels_agree_at_the_points_they_share(page: Page):
    shared = np.ix_(range(64, 512, 64), range(64, 512, 64))
    coarse, fine = drawn(page, 9)[0][shared], drawn(page, 129)[0][shared]
    assert np.abs(coarse.astype(int) - fine).max() <= 4  # each level's colours are on its own largest distance


def test_a_closer_view_shows_the_same_colours_enlarged(page: Page):
    whole, _ = drawn(page, 65)
    closer, _ = drawn(page, 65, view={"alpha": [0.5, 1.25], "beta": [-0.25, 0.5]})
    np.testing.assert_array_equal(closer[8:504:32, 8:504:32], whole[260:508:16, 260:508:16])


def test_beyond_the_slice_there_is_ground_and_no_colour(page: Page):
    canvas, _ = drawn(page, 33, view={"alpha": [-1.75, 1.25], "beta": [-0.25, 2.75]})
    assert canvas[400, 100].tolist() == canvas[100, 400].tolist() == [0x20, 0x22, 0x28, 255]
    assert canvas[480, 300].tolist() == [255, 0, 0, 255]


def test_an_earlier_picture_shows_below_where_the_new_one_does_not_reach(page: Page):
    canvas, _ = drawn(page, 33, view={"alpha": [-1.75, 1.25], "beta": [-0.25, 2.75]}, under=True)
    assert canvas[400, 100].tolist() == [255, 0, 0, 255]


def test_anchors_have_a_white_ring_and_borders_are_light(page: Page):
    canvas, _ = drawn(page, 129, anchors=True, borders=True)
    x, y = round(0.25 / 1.5 * 512), round(1.25 / 1.5 * 512)
    assert canvas[y, x + 6 : x + 13, :3].min(axis=1).max() > 240
    assert canvas[480, 240:272, :3].min(axis=1).max() > 100


def test_in_true_scale_the_field_is_a_centred_rectangle(page: Page):
    canvas, _ = drawn(page, 33, trueScale=True)
    covered = canvas[256, :, 3] == 255
    assert np.flatnonzero(covered)[[0, -1]].tolist() == pytest.approx([85, 426], abs=1)
