"""The field of a slice as an image: square pixels, borders where the name changes, names, lettered anchors."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from stable_regions.maths.regions import Ids
from stable_regions.pictures.colour import paint
from stable_regions.pictures.look import Look
from stable_regions.pictures.names import name_grid, name_text, places
from stable_regions.pictures.text import badge, font, plain, text_width
from stable_regions.schemas.result import Result

Field = NDArray[np.float32]
Box = tuple[float, float, float, float]

SMOOTHED = 24
"""Names whose borders are drawn; where there are more, the rarest count as one."""


def field(result: Result, look: Look) -> Image.Image:
    """The slice as an RGB image, β upward."""
    ids = name_grid(result)
    ny, nx = ids.shape
    zoom = look.zoom(max(nx, ny))
    pixels = np.repeat(np.repeat(paint(result, look.palette, look.normalisation, look.sequence), zoom, 0), zoom, 1)
    if look.borders:
        pixels = _with_borders(pixels, ids[::-1], zoom)
    image = Image.fromarray(pixels, "RGB")
    spots = _anchor_spots(result, zoom)
    radius = max(7, round(look.size / 55))
    if look.names:
        _write_names(image, result, ids, zoom, [(x - radius, y - radius, x + radius, y + radius) for _, x, y in spots])
    for k, x, y in spots:
        letter = badge(k, radius, look.palette)
        image.paste(letter, (round(x - radius), round(y - radius)), letter)
    return image


def _anchor_spots(result: Result, zoom: int) -> list[tuple[int, float, float]]:
    """Anchor, x and y in pixels, of those inside the window."""
    alpha, beta = result["alpha"].astype(float), result["beta"].astype(float)
    nx, ny = len(alpha), len(beta)
    spots: list[tuple[int, float, float]] = []
    for k, (a, b) in enumerate(result["anchors"].astype(float)):
        column = (a - alpha[0]) / (alpha[-1] - alpha[0]) * (nx - 1)
        row = (b - beta[0]) / (beta[-1] - beta[0]) * (ny - 1)
        if -0.5 <= column <= nx - 0.5 and -0.5 <= row <= ny - 0.5:
            spots.append((k, (column + 0.5) * zoom, (ny - 0.5 - row) * zoom))
    return spots


def _blurred(flat: Field, radius: int) -> Field:
    """Two passes of a box of 2 radius + 1 pixels along both axes; the edge repeats."""
    for _ in range(2):
        for axis in (0, 1):
            margin = np.zeros((2, 2), dtype=np.int64)
            margin[axis] = (radius + 1, radius)
            total = np.cumsum(np.pad(flat, margin, mode="edge"), axis=axis, dtype=np.float64)
            size = flat.shape[axis]
            upper = np.take(total, range(2 * radius + 1, 2 * radius + 1 + size), axis=axis)
            flat = ((upper - np.take(total, range(size), axis=axis)) / (2 * radius + 1)).astype(np.float32)
    return flat


def _with_borders(pixels: NDArray[np.uint8], ids: Ids, zoom: int) -> NDArray[np.uint8]:
    """Light lines on dark ones between differing names (ids: top row first).

    Each name's mask is blurred by about a point, so that borders are no stairs. The lead of the strongest mask over the
    second is 0 on a border, and lead / slope is the distance to it in pixels, which gives lines with smooth edges.
    """
    names, counts = np.unique(ids, return_counts=True)
    if len(names) < 2:
        return pixels
    common = set(names[np.argsort(-counts, kind="stable")][:SMOOTHED].tolist())
    marks = np.where(np.isin(ids, list(common)), ids, -1)
    first = np.full(pixels.shape[:2], -1, dtype=np.float32)
    second = first.copy()
    for name in np.unique(marks):
        mask = _blurred(np.repeat(np.repeat((marks == name).astype(np.float32), zoom, 0), zoom, 1), zoom)
        second = np.maximum(second, np.minimum(first, mask))
        first = np.maximum(first, mask)
    lead = first - second
    slope = np.hypot(*(_steepest(lead, axis) for axis in (0, 1)))
    away = np.divide(lead, slope, out=np.full_like(lead, 1e3), where=slope > 1e-6)
    wide = max(1.0, pixels.shape[1] / 520)
    dark = 0.45 * np.clip(1.4 * wide + 0.5 - away, 0, 1)[..., None]
    light = 0.9 * np.clip(0.6 * wide + 0.5 - away, 0, 1)[..., None]
    return np.clip(pixels * (1 - dark) * (1 - light) + 255 * light, 0, 255).round().astype(np.uint8)


def _steepest(lead: Field, axis: int) -> Field:
    """The larger of the steps to both neighbours; a central difference would vanish on the border itself."""
    step = np.abs(np.diff(lead, axis=axis))
    margin = np.zeros((2, 2), dtype=np.int64)
    margin[axis] = (1, 1)
    padded = np.pad(step, margin)
    size = lead.shape[axis]
    return np.maximum(np.take(padded, range(size), axis=axis), np.take(padded, range(1, size + 1), axis=axis))


def _write_names(image: Image.Image, result: Result, ids: Ids, zoom: int, taken: list[Box]) -> None:
    """Write each region's name at its deepest point, or just below or above what already stands there."""
    draw = ImageDraw.Draw(image, "RGBA")
    taken = list(taken)
    ny = ids.shape[0]
    for place in places(ids):
        text = plain(name_text(result, place.token))
        size = min(max(13, image.width // 26), int(1.7 * place.depth * zoom / max(1.0, text_width(text, 100) / 100)))
        if size < 11:
            continue
        half, tall = text_width(text, size) / 2 + 2, size * 0.6
        if 2 * half > image.width:
            continue
        # At the edge a name moves inward: what is cut off is read as another name.
        x, y = min(max((place.column + 0.5) * zoom, half), image.width - half), (ny - 0.5 - place.row) * zoom
        for shift in (0.0, 1.0, -1.0):
            middle = y + shift * (max(7, image.width / 55) + tall + 3)
            box = (x - half, middle - tall, x + half, middle + tall)
            row = ny - 1 - int(np.clip(middle // zoom, 0, ny - 1))
            inside = ids[row, place.column] == place.token and box[1] >= 0 and box[3] <= image.height
            if inside and not any(_meet(box, other) for other in taken):
                ink, edge = (255, 255, 255, 255), (0, 0, 0, 170)
                draw.text(
                    (x, middle), text, font=font(size, text), fill=ink, stroke_width=2, stroke_fill=edge, anchor="mm"
                )
                taken.append(box)
                break


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
