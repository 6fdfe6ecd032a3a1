"""A picture in 256 colours of its own, for GIF.

Every colour of the picture counts once when the 256 are chosen, however many pixels have it: a border is a thin line of
many colours beside wide areas of few, and would get none by area. What is between two of them is dithered.
"""

import numpy as np
from PIL import Image

from stable_regions.pictures.text import INK, PAPER, QUIET, Colour, anchor_colour

KEPT: tuple[Colour, ...] = (
    (0, 0, 0),
    (255, 255, 255),
    INK,
    QUIET,
    PAPER,
    *(anchor_colour(k, palette) for palette in ("paper", "safe") for k in range(3)),
)
"""Colours of letters and badges: few pixels, yet always there."""


def indexed(image: Image.Image) -> Image.Image:
    """The RGB image with a palette of its 256 most telling colours."""
    free = 256 - len(KEPT)
    seen = np.unique(np.asarray(image).reshape(-1, 3), axis=0)
    chosen = Image.fromarray(seen[None], "RGB").quantize(free, method=Image.Quantize.MEDIANCUT, kmeans=1)
    colours = (chosen.getpalette() or [])[: 3 * free]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in KEPT for channel in colour] + colours)
    return image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
