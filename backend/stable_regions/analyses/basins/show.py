"""Basins shown: regions beside labels and limit sets, unresolved points hatched; the film of labels; overlap over steps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import numbers, text_of, texts
from stable_regions.pictures.show import Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image

COLOURS = (
    (221, 92, 92), (58, 150, 86), (86, 116, 232), (232, 190, 110), (186, 160, 214), (120, 196, 200), (226, 158, 182),
    (178, 196, 118), (204, 170, 140), (150, 178, 226),
)  # fmt: skip
"""Of labels and limit sets, in order, and round again."""

NOWHERE = ((236, 236, 238), (150, 150, 156))
"""Two greys in a hatching: unresolved, in no basin that is known of."""

SIDE, GAP = 256, 8
"""Least pixels of a panel's side, and pixels between two."""

SHOWN = (0, 1, 4)
"""Steps that the picture shows, besides the last."""


def painted(label: "np.ndarray") -> "Image.Image":
    """A grid of labels as an image, β upwards; what is below zero is hatched."""
    from PIL import Image

    scale = max(1, -(-SIDE // len(label)))
    large = np.kron(label[::-1], np.ones((scale, scale), dtype=label.dtype))
    pixels = np.array(COLOURS, dtype=np.uint8)[large % len(COLOURS)]
    rows, columns = np.indices(large.shape)
    hatched = np.array(NOWHERE, dtype=np.uint8)[((rows + columns) // 4) % 2]
    return Image.fromarray(np.where((large < 0)[..., None], hatched, pixels))


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """Side by side: the slice's regions; the anchor each point is like at the start, after 1, 4 and all steps; limit sets."""
    from PIL import Image

    kept = [list(result["frame"]).index(t) for t in SHOWN if t in result["frame"]] + [len(result["frame"]) - 1]
    grids = [result["region"], *(result["nearest"][place] for place in dict.fromkeys(kept)), result["limit"]]
    panels = [painted(grid.astype(np.int64)) for grid in grids]
    side = panels[0].width
    sheet = Image.new("RGB", (len(panels) * (side + GAP) - GAP, side), "white")
    for place, panel in enumerate(panels):
        sheet.paste(panel, (place * (side + GAP), 0))
    return sheet


def film(result: Result, parts: Sequence[Result], look: Look) -> "Sequence[Image.Image]":
    """The labels, a frame a kept step."""
    return [painted(label.astype(np.int64)) for label in result["label"]]


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """Entropy of the labels, and how far the parts that go to each anchor are the slice's regions."""
    t = numbers(result["frame"])
    return Chart(
        title=f"block {result.metadata['block']} iterated: labels and regions",
        x=Axis("steps"),
        y=Axis("bits; adjusted Rand index"),
        lines=[
            Line("entropy of the labels, bits", t, numbers(result["entropy"]), look=0),
            Line("overlap with the slice's regions", t, numbers(result["overlap"]), look=1),
            Line(
                "overlap at the start: geometry alone",
                [t[0], t[-1]],
                [float(result["overlap"][0])] * 2,
                kind="line",
                look=4,
                dash=2,
            ),
        ],
        note=f"unresolved: {float(str(result.metadata['unresolved'])):.0%} of the points",
    )


def table(result: Result) -> Columns:
    """One row a point, α fastest."""
    alpha, beta = np.meshgrid(result["alpha"], result["beta"])
    words = texts(result)
    return {
        "alpha": alpha.flat,
        "beta": beta.flat,
        **{f"label_{t}": label.flat for t, label in zip(result["frame"], result["label"], strict=True)},
        **{name: result[name].flat for name in ("limit", "period", "steps", "speed", "region")},
        "top_token": [text_of(words, token) for token in result["top_token"].flat],
    }


SHOW = Show(table=table, chart=chart, picture=picture, film=film)
