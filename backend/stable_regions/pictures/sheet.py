"""The contact sheet of a sweep of slices: layers upward, checkpoints to the right, on one picture.

The file carries the sweep's recipe, so that the page shows the same sheet when the picture is dropped on it.
"""

from collections.abc import Sequence
from typing import cast

from PIL import Image, ImageDraw

from stable_regions.pictures.field import field
from stable_regions.pictures.film import shared
from stable_regions.pictures.image import captioned, png_file
from stable_regions.pictures.look import Look
from stable_regions.pictures.text import INK, PAPER, QUIET, font, plain
from stable_regions.pictures.tiles import Tiles
from stable_regions.schemas.result import Json, Result

HATCH: tuple[int, int, int] = (84, 88, 98)
"""The lines that stand for a cell that could not be had."""


def sheet(sweep: Result, cells: Sequence[Result], look: Look | None = None) -> bytes:
    """A sweep's slices as one PNG.

    Args:
        sweep: names the checkpoints and layers.
        cells: its slices, in any order; a missing one leaves a hatched place.
        look: `size` is aimed at by four cells; with `sequence`, one scale for the whole sheet.
    """
    look = shared(cells, (look or Look()).but(names=False))
    there = {_place(cell.recipe): cell for cell in cells}
    inner = cast("dict[str, Json]", sweep.recipe["request"])
    revision, layer = _place(inner)
    revisions = [str(name) for name in _listed(sweep.recipe, "revisions")] or [revision]
    layers = sorted((int(str(one)) for one in _listed(sweep.recipe, "write_layers") or [layer]), reverse=True)
    fields = {place: field(cell, look.but(size=look.size // 4)) for place, cell in there.items()}
    wide, tall = next(iter(fields.values())).size
    line = Tiles(wide, tall, 1, 1).line
    tiles = Tiles(wide, tall, len(layers), len(revisions), left=3 * line, top=2 * line)
    whole = tiles.paper()
    draw = ImageDraw.Draw(whole)
    draw.text((tiles.left, line), "layer", font=font(round(0.8 * line)), fill=QUIET, anchor="rm")
    for row, at in enumerate(layers):
        x, y = tiles.place(row, 0)
        draw.text((x - line / 2, y + tall / 2), str(at), font=font(line), fill=INK, anchor="rm")
        for column, name in enumerate(revisions):
            drawn = fields.get((name, at)) or _hatched(wide, tall)
            whole.paste(drawn, tiles.place(row, column))
    for column, name in enumerate(revisions):
        middle = tiles.place(0, column)[0] + wide / 2
        draw.text((middle, line), plain(name), font=font(line, plain(name)), fill=INK, anchor="mm")
    if look.caption:
        model = cast("dict[str, Json]", inner["model"])
        whole = captioned(whole, inner, look, last="", first=f"{model['name']} · {inner['distance']}")
    return png_file(whole, sweep.recipe)


def _place(recipe: "dict[str, Json]") -> tuple[str, int]:
    """The checkpoint and the layer of a slice."""
    model = cast("dict[str, Json]", recipe["model"])
    return str(model["revision"]), int(str(recipe["write_layer"]))


def _listed(recipe: "dict[str, Json]", name: str) -> "list[Json]":
    return cast("list[Json]", recipe.get(name) or [])


def _hatched(wide: int, tall: int) -> Image.Image:
    """What stands for a cell that could not be had."""
    image = Image.new("RGB", (wide, tall), PAPER)
    draw = ImageDraw.Draw(image)
    for x in range(-tall, wide, max(6, wide // 12)):
        draw.line((x, 0, x + tall, tall), fill=HATCH, width=1)
    return image
