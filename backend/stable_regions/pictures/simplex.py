"""Beliefs as a picture: points in the colours of the true beliefs, at what is believed and at what was read.

Views are linear and fixed, so that nothing turns between two checkpoints: three states are the corners of a triangle, more
those of a regular polygon; five states of RRXOR are laid along the two differences of the paper's figure 7.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pydantic import TypeAdapter

from stable_regions.maths.hidden_markov import hidden_markov
from stable_regions.maths.presentation import Presentation, presentation
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import listed
from stable_regions.pictures.text import font
from stable_regions.schemas.process import RRXOR, Process
from stable_regions.schemas.result import Result

Points = NDArray[np.float64]

GROUND, LINE, INK, QUIET = (12, 13, 16), (117, 122, 134), (236, 238, 242), (162, 166, 177)
"""Beliefs read best on a dark ground, whatever is around them."""

LOW, SIDE = (-0.12, -0.185), 1.24
COVER = 0.8


def corners(process: Process) -> Points:
    """Where each state stands, [states, 2]: a belief is at their mean under it."""
    states = len(hidden_markov(process).states)
    if isinstance(process, RRXOR):
        return np.array([[0.5, 0.43], [0.92, 0.43], [0.08, 0.43], [0.5, 0.85], [0.5, 0.01]])
    if states == 3:
        return np.array([[0, 0], [1, 0], [0.5, math.sqrt(3) / 2]])
    if states == 2:
        return np.array([[0, 0.43], [1, 0.43]])
    angle = -math.pi / 2 - math.pi / states + 2 * math.pi * np.arange(states) / states
    return np.stack([0.5 + 0.5 * np.cos(angle), 0.43 + 0.5 * np.sin(angle)], axis=1)


def belief_colours(belief: Points) -> NDArray[np.uint8]:
    """RGB of each belief: red, green and blue for three states, hues around the wheel for more, mixed as believed."""
    states = belief.shape[1]
    if states == 3:
        own = 255 * np.eye(3)
    else:
        turn = (np.array([0, 8, 4]) + 12 * np.arange(states)[:, None] / states) % 12
        own = 255 * (0.55 - 0.45 * np.clip(np.minimum(turn - 3, 9 - turn), -1, 1))
    return np.clip(belief @ own, 0, 255).astype(np.uint8)


def panel(process: Process, at: Points, rgb: NDArray[np.uint8], size: int) -> Image.Image:
    """One square picture: the points, the edge of the simplex, the names of the states."""
    pixels = np.empty((size, size, 3), dtype=np.float32)
    pixels[:] = GROUND
    side = 1 if len(at) > 20_000 else max(1, round(size / 320))
    x = np.round((at[:, 0] - LOW[0]) / SIDE * size - side / 2).astype(int)
    y = np.round(size - (at[:, 1] - LOW[1]) / SIDE * size - side / 2).astype(int)
    for right in range(side):
        for down in range(side):
            inside = (x + right >= 0) & (x + right < size) & (y + down >= 0) & (y + down < size)
            place = (y + down)[inside], (x + right)[inside]
            pixels[place] += (rgb[inside] - pixels[place]) * COVER
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    _named(ImageDraw.Draw(image), process, size)
    return image


def two_panels(process: Process, length: int, decoded: Points | None, words: Sequence[str], look: Look) -> Image.Image:
    """What is believed, and beside it what was read; a line of words below each.

    Args:
        process: whose beliefs.
        length: tokens of the longest histories.
        decoded: what was read, [rows, states]; None: the true beliefs alone.
        words: under each picture.
        look: gives the size of a picture, and whether there are words.
    """
    rows: Presentation = presentation(hidden_markov(process), length)
    stand, rgb = corners(process), belief_colours(rows.belief)
    shown = [rows.belief] if decoded is None else [rows.belief, np.asarray(decoded, dtype=np.float64)]
    size, gap = look.size, max(8, look.size // 40)
    line = max(12, look.size // 32) if look.caption else 0
    whole = Image.new("RGB", (len(shown) * size + (len(shown) - 1) * gap, size + 2 * line), GROUND)
    draw = ImageDraw.Draw(whole)
    for number, belief in enumerate(shown):
        left = number * (size + gap)
        whole.paste(panel(process, belief @ stand, rgb, size), (left, 0))
        if line:
            draw.text((left + size / 2, size + line), words[number], font=font(line), fill=QUIET, anchor="mm")
    return whole


def read_beliefs(result: Result, look: Look) -> Image.Image:
    """A result of beliefs: what is believed, and beside it what was read after the last block that it names, else at its
    last place.
    """
    process = TypeAdapter[Process](Process).validate_python(result.recipe["process"], strict=False)
    length, places = int(str(result.recipe["length"])), [str(place) for place in listed(result.recipe["places"])]
    after = [n for n, place in enumerate(places) if place.endswith("_post")] or [len(places) - 1]
    model, decoded = result.recipe["model"], np.asarray(result["decoded"])[after[-1]]
    assert isinstance(model, dict)
    words = [
        f"what is believed after {len(decoded):,} histories",
        f"{model['name']} {model['revision']} · {places[after[-1]]} · R2 {float(result['r2'][after[-1]]):.4f}",
    ]
    return two_panels(process, length, decoded, words, look)


def _named(draw: ImageDraw.ImageDraw, process: Process, size: int) -> None:
    stand, names = corners(process), hidden_markov(process).states
    at = [(float((x - LOW[0]) / SIDE * size), float(size - (y - LOW[1]) / SIDE * size)) for x, y in stand]
    if not isinstance(process, RRXOR):
        draw.polygon(at, outline=LINE)
    middle = np.array([(0.5 - LOW[0]) / SIDE * size, size - (0.4 - LOW[1]) / SIDE * size])
    for (x, y), name in zip(at, names, strict=True):
        away = np.array([x, y]) - middle
        far = float(np.linalg.norm(away))
        if far > size / 20:
            spot = np.array([x, y]) + away / far * size / 28
            draw.text((float(spot[0]), float(spot[1])), name, font=font(max(11, size // 32)), fill=INK, anchor="mm")
