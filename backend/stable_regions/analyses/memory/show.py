"""A run of an attractor network shown: error over iterations beside its reference lines, and a strip of states."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import numbers
from stable_regions.pictures.show import Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image

SCALE = 6
"""Pixels of a picture for each of an image's."""

SHOWN = (0, 1, 2, 5, 10, 20, 50, 100)
"""Moments of the strip."""


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """Error over iterations on test and on stored images, with the mean image's, and the paper's own curve (MNIST)."""
    recipe = result.recipe
    shift = 1 if recipe["task"] == "denoise" else 0
    first = 0 if recipe["task"] == "denoise" else 1
    t = [float(moment + shift) for moment in numbers(result["t"][first:])]
    spread = result["mse_sd"][0][first:]
    test, held = (result["mse"][which][first:] for which in (0, 1))
    said = result.metadata["references"]
    assert isinstance(said, dict)
    lines = [
        Line(
            "test images, ± sd over images", t, numbers(test), numbers(np.maximum(test - spread, test / 10)),
            numbers(test + spread), kind="band", look=0,
        ),
        Line("stored images", t, numbers(held), kind="line", look=0, dash=1),
        Line("the paper's curve (MNIST)", list(range(1, 101)), numbers(result["paper"][0]), kind="line", look=1),
    ]  # fmt: skip
    lines += [
        Line(text, [t[0], t[-1]], [float(str(said[name]))] * 2, kind="line", look=3 + n, dash=2)
        for n, (name, text) in enumerate({"mean_image": "the mean image", "ridge": "ridge regression"}.items())
        if name in said
    ]
    return Chart(
        title=f"{recipe['task']}: error over iterations, {recipe['rule']} rule, {recipe['patterns']:,} stored",
        x=Axis("t; the corrupted image is 1" if shift else "t", logarithmic=True),
        y=Axis("mean squared error, all pixels", logarithmic=True),
        lines=lines,
        note=f"{recipe['data']}, {recipe['images']} images, seed {recipe['seed']}",
    )


def table(result: Result) -> Columns:
    """One row a moment; test and stored images in columns of their own."""
    names = [name for name in result.arrays if result[name].shape == (2, len(result["t"])) and name != "paper"]
    return {
        "t": result["t"],
        **{f"{name}_test": result[name][0] for name in names},
        **{f"{name}_stored": result[name][1] for name in names},
    }


def _sheet(tiles: "np.ndarray", gap: int = 1) -> "Image.Image":
    """Images [rows, columns, side, side] side by side, white between."""
    from PIL import Image

    rows, columns, side, _ = tiles.shape
    sheet = np.full((rows * (side + gap) - gap, columns * (side + gap) - gap), 255, np.uint8)
    for row in range(rows):
        for column in range(columns):
            top, left = row * (side + gap), column * (side + gap)
            sheet[top : top + side, left : left + side] = tiles[row, column]
    return Image.fromarray(np.kron(sheet, np.ones((SCALE, SCALE), np.uint8))).convert("RGB")


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """A row an example: the original, then its states at a few moments."""
    moments = [t for t in SHOWN if t < len(result["t"])]
    return _sheet(np.concatenate([result["originals"][:, None], result["states"][:, moments]], axis=1))


def film(result: Result, parts: Sequence[Result], look: Look) -> "Sequence[Image.Image]":
    """The originals above, their states below, a frame a step."""
    originals = result["originals"]
    return [_sheet(np.stack([originals, result["states"][:, t]])) for t in range(len(result["t"]))]


SHOW = Show(table=table, chart=chart, picture=picture, film=film)
"""Its figure is the chart's."""
