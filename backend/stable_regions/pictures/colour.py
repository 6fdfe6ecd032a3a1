"""Distances become colours: the paper's scheme, and one that colour-blind eyes can read.

Similarity s = 1 − d / scale, clamped to 0 … 1. `paper`: RGB = (s_A, s_B, s_C), so yellow is like A and B, white like all
three, black like none. `safe`: the corners vermilion, cream and blue, mixed convexly by s and as bright as the largest s.
`a`, `b`, `c`: one similarity in greys. The page paints the same bytes; tests/golden/colour.json holds both to them.

The scale is that of the whole plane, however far a picture of it is zoomed in: otherwise a window in which all outputs are
alike would be stretched to all colours, and what lies at an anchor would turn black.

`contrast` is for deep zooms, where all distances are nearly one: s falls from 1 at the window's lowest distance to 0 at its
highest, channel by channel, so it says what varies and nothing of how much.

Source of the paper's scheme: Janiak et al. 2024 (arXiv 2409.17113), figure 1.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from stable_regions.pictures.look import Normalisation, Palette, Triple
from stable_regions.schemas.result import Result

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.float64]

SAFE_CORNERS: tuple[tuple[int, int, int], ...] = ((0xFF, 0x4D, 0x00), (0xFF, 0xF5, 0xD6), (0x33, 0x55, 0xFF))
"""Vermilion, cream and blue: the corners of `safe` for A, B and C."""

BOUNDS: dict[str, float] = {"hellinger": 1, "tv": 1, "js": 1, "cosine": 2}
"""The largest value that a distance can take, in its own unit; `l2` has none."""


def largest(results: Iterable[Result]) -> Triple:
    """Largest distance of each channel over the whole planes of all the slices: the scale of `sequence`.

    A slice of another window brings that of its plane; one that does not goes by its own window.
    """
    tops = np.array(
        [result.arrays.get("plane_largest", np.nanmax(result["distance"], axis=(1, 2))) for result in results],
        dtype=np.float64,
    )
    a, b, c = (float(value) for value in tops.max(axis=0))
    return a, b, c


def scales(result: Result, normalisation: Normalisation, sequence: Triple | None = None) -> Triple:
    """The distance at which similarity is 0, for each channel.

    `frame`: the largest of the slice's whole plane (the paper's). `sequence`: `sequence`, the largest over all checkpoints.
    `absolute`: the distance's bound; `l2` has none and takes `sequence`. `contrast`: the largest in the slice's own window.
    """
    bound = BOUNDS.get(str(result.recipe.get("distance")))
    if normalisation == "absolute" and bound is not None:
        return bound, bound, bound
    if normalisation == "contrast":
        a, b, c = (float(value) for value in np.nanmax(result["distance"], axis=(1, 2)))
        return a, b, c
    return largest([result]) if normalisation == "frame" or sequence is None else sequence


def floors(result: Result, normalisation: Normalisation) -> Triple:
    """The distance at which similarity is 1, for each channel: 0, and for `contrast` the slice's own smallest."""
    if normalisation != "contrast":
        return 0.0, 0.0, 0.0
    a, b, c = (float(value) for value in np.nanmin(result["distance"], axis=(1, 2)))
    return a, b, c


def similarities(distance: NDArray[np.generic], scale: Triple, floor: Triple = (0.0, 0.0, 0.0)) -> Numbers:
    """How alike, 0 … 1, [3, ny, nx]. A scale of 0 means that no distance was seen: only 0 is alike. NaN is unlike."""
    lowest, highest = (
        np.array(ends, dtype=np.float64).reshape(-1, *[1] * (distance.ndim - 1)) for ends in (floor, scale)
    )
    d, top = distance.astype(np.float64) - lowest, highest - lowest
    relative = 1 - np.divide(d, top, out=np.full_like(d, np.nan), where=top > 0)
    s = np.where(top > 0, relative, (d <= 0).astype(np.float64))
    return np.where(s > 0, np.minimum(s, 1), 0.0)


def colours(s: Numbers, palette: Palette) -> Pixels:
    """The colours [ny, nx, 3] of similarities [3, ny, nx], each channel 0 … 255, halves rounded up."""
    if palette == "safe":
        total = s.sum(axis=0)
        light = np.divide(s.max(axis=0), total, out=np.zeros_like(total), where=total > 0)
        a, b, c = SAFE_CORNERS
        rgb = np.stack([(s[0] * a[i] + s[1] * b[i] + s[2] * c[i]) * light for i in range(3)], axis=-1)
    elif palette == "paper":
        rgb = 255 * np.moveaxis(s, 0, -1)
    else:
        grey = 255 * s["abc".index(palette)]
        rgb = np.stack([grey, grey, grey], axis=-1)
    return np.clip(np.floor(rgb + 0.5), 0, 255).astype(np.uint8)


def paint(
    result: Result,
    palette: Palette = "paper",
    normalisation: Normalisation = "frame",
    sequence: Triple | None = None,
) -> Pixels:
    """The slice as pixels [ny, nx, 3], one a point; the top row is the highest β."""
    s = similarities(result["distance"], scales(result, normalisation, sequence), floors(result, normalisation))
    return np.ascontiguousarray(colours(s, palette)[::-1])
