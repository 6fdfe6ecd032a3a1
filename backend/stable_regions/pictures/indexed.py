"""A picture in 256 colours of its own, for GIF.

Every colour of the picture counts once when the 256 are chosen, however many pixels have it: a border is a thin line of
many colours beside wide areas of few, and would get none by area. What is between them is dithered, and the outermost
colours are among them, since dithering mixes but never goes beyond.
"""

from itertools import product

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

CORNERS = np.array(list(product((-1.0, 1.0), repeat=3)))
"""Directions of the eight corners of the colour cube."""


def indexed(image: Image.Image) -> Image.Image:
    """The RGB image with a palette of its 256 most telling colours."""
    seen = np.unique(np.asarray(image).reshape(-1, 3), axis=0)
    outermost = seen[np.argmax(seen @ CORNERS.T, axis=0)].tolist()
    kept = [channel for colour in (*KEPT, *outermost) for channel in colour]
    free = 256 - len(kept) // 3
    chosen = Image.fromarray(seen[None], "RGB").quantize(free, method=Image.Quantize.MEDIANCUT, kmeans=1)
    colours = (chosen.getpalette() or [])[: 3 * free]
    palette = Image.new("P", (1, 1))
    palette.putpalette(kept + colours)
    return image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
