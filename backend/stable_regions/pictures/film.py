"""Training as a film: GIF and MP4 for slides and posts, and a strip of all checkpoints as one picture.

Frames share one look; with `sequence` the largest distance over all of them scales every frame, so that a pale frame
means small distances and not a different scale. Each frame says its checkpoint; the last one stays longer.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
from PIL import Image, ImageDraw

from stable_regions.pictures.colour import largest
from stable_regions.pictures.field import field
from stable_regions.pictures.image import captioned, picture, png_file, title
from stable_regions.pictures.indexed import indexed
from stable_regions.pictures.look import Look
from stable_regions.pictures.text import INK, font, plain
from stable_regions.pictures.tiles import Tiles
from stable_regions.schemas.result import Json, Result

RATE = 30
"""Frames a second of an MP4; a checkpoint is shown for several of them."""


def shared(frames: Sequence[Result], look: Look) -> Look:
    """The look for all frames: `sequence` gets its scale from them, if it has none yet."""
    return look if look.sequence or look.normalisation == "frame" else look.but(sequence=largest(frames))


def gif(frames: Sequence[Result], look: Look | None = None, seconds: float = 0.4, pause: float = 1.6) -> bytes:
    """The frames as a GIF that loops: `seconds` for each checkpoint, `pause` more for the last."""
    return gif_of(images(frames, look), frames[-1].recipe, seconds, pause)


def gif_of(drawn: Sequence[Image.Image], recipe: dict[str, Json], seconds: float = 0.4, pause: float = 1.6) -> bytes:
    """Images of one size as a GIF that loops; the recipe is its comment."""
    durations = [round(1000 * seconds)] * len(drawn)
    durations[-1] += round(1000 * pause)
    first, *rest = map(indexed, drawn)
    comment = json.dumps(recipe, sort_keys=True).encode()
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=rest, duration=durations, loop=0, comment=comment)
    return file.getvalue()


def mp4(frames: Sequence[Result], look: Look | None = None, seconds: float = 0.4, pause: float = 1.6) -> bytes:
    """The frames as an MP4 (H.264, yuv420p: what slides and browsers play)."""
    return mp4_of(images(frames, look), frames[-1].recipe, seconds, pause)


def mp4_of(drawn: Sequence[Image.Image], recipe: dict[str, Json], seconds: float = 0.4, pause: float = 1.6) -> bytes:
    """Images of one size as an MP4; the recipe is its comment."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        container.metadata["comment"] = json.dumps(recipe, sort_keys=True)
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "16", "preset": "medium", "threads": "1"})
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, RATE)
        pictures = [_even(np.asarray(image)) for image in drawn]
        stream.height, stream.width = pictures[0].shape[:2]
        for number, pixels in enumerate(pictures):
            shown = seconds + (pause if number == len(pictures) - 1 else 0)
            for _ in range(max(1, round(RATE * shown))):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def strip(frames: Sequence[Result], look: Look | None = None, columns: int = 8) -> bytes:
    """All frames side by side as one PNG, at most `columns` in a row, the checkpoint under each, the prompts below.

    The file carries the last frame's recipe.
    """
    return png_file(side_by_side(frames, look or Look(normalisation="sequence"), columns), frames[-1].recipe)


def side_by_side(frames: Sequence[Result], look: Look, columns: int = 8) -> Image.Image:
    """The same as an image."""
    look = shared(frames, look.but(names=False))
    small = look.but(size=look.size // 4)
    fields = [field(frame, small) for frame in frames]
    wide, tall = fields[0].size
    rows = -(-len(frames) // columns)
    tiles = Tiles(wide, tall, rows, -(-len(frames) // rows))
    line = tiles.line
    tiles = replace(tiles, under=round(1.4 * line))
    whole = tiles.paper()
    draw = ImageDraw.Draw(whole)
    for number, (frame, drawn) in enumerate(zip(frames, fields, strict=True)):
        x, y = tiles.place(number // tiles.columns, number % tiles.columns)
        whole.paste(drawn, (x, y))
        checkpoint = plain(title(frame.recipe)[1])
        draw.text(
            (x + wide / 2, y + tall + 0.75 * line), checkpoint, font=font(line, checkpoint), fill=INK, anchor="mm"
        )
    recipe = frames[-1].recipe
    return captioned(whole, recipe, look, last="") if look.caption else whole


def images(frames: Sequence[Result], look: Look | None) -> list[Image.Image]:
    """One image a frame, all in one look."""
    same = shared(frames, look or Look(normalisation="sequence"))
    return [picture(frame, same) for frame in frames]


def _even(
    pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]",
) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """The pixels with an edge repeated where a side is odd: H.264 in yuv420p halves both."""
    return np.ascontiguousarray(
        np.pad(pixels, np.array([(0, pixels.shape[0] % 2), (0, pixels.shape[1] % 2), (0, 0)]), mode="edge")
    )
