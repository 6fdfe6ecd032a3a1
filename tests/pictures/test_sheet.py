import io

import numpy as np
from PIL import Image

from stable_regions.pictures.field import field
from stable_regions.pictures.image import recipe_of
from stable_regions.pictures.look import Look
from stable_regions.pictures.sheet import sheet
from stable_regions.pictures.text import PAPER
from stable_regions.pictures.tiles import Tiles
from stable_regions.schemas.result import Result
from three_countries import paper_slice

LOOK = Look(size=272, caption=False)
REVISIONS = ("step0", "step64", "step1536")
LAYERS = (0, 2)


def cell(revision: str, layer: int, reach: float = 1.0) -> Result:
    made = paper_slice(revision=revision, reach=reach)
    return Result(made.arrays, {**made.metadata, "recipe": {**made.recipe, "write_layer": layer}})


def sweep(cells: list[Result]) -> Result:
    recipe = {
        "analysis": "sweep",
        "request": cells[-1].recipe,
        "revisions": list(REVISIONS),
        "write_layers": list(LAYERS),
    }
    return Result({"step": np.arange(len(cells))}, {"recipe": recipe})


def tiles() -> Tiles:
    wide, tall = field(cell("step0", 0), LOOK.but(size=68, names=False)).size
    line = Tiles(wide, tall, 1, 1).line
    return Tiles(wide, tall, len(LAYERS), len(REVISIONS), left=3 * line, top=2 * line)


def part(image: Image.Image, row: int, column: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    x, y = tiles().place(row, column)
    return np.asarray(image.crop((x, y, x + tiles().wide, y + tiles().tall)))


def drawn(cells: list[Result], look: Look = LOOK) -> Image.Image:
    return Image.open(io.BytesIO(sheet(sweep(cells), cells, look))).convert("RGB")


def test_layers_go_upward_and_checkpoints_to_the_right() -> None:
    cells = [cell(name, layer, 0.2 + 0.1 * layer) for name in REVISIONS for layer in LAYERS]
    image = drawn(cells, LOOK.but(normalisation="absolute"))
    assert image.size == tiles().paper().size
    for column, name in enumerate(REVISIONS):
        for row, layer in enumerate(reversed(LAYERS)):
            wanted = field(
                cell(name, layer, 0.2 + 0.1 * layer), LOOK.but(size=68, names=False, normalisation="absolute")
            )
            assert np.array_equal(part(image, row, column), np.asarray(wanted)), (name, layer)


def test_a_cell_that_could_not_be_had_is_hatched() -> None:
    image = drawn([cell(name, layer) for name in REVISIONS for layer in LAYERS if name != "step64"])
    gap = part(image, 0, 1)
    share = float((gap == PAPER).all(axis=-1).mean())
    assert 0.5 < share < 1
    assert not (part(image, 0, 0) == PAPER).all(axis=-1).any()


def test_one_scale_for_the_sheet_shows_that_distances_grow() -> None:
    cells = [cell(name, 0, reach) for name, reach in zip(REVISIONS, (0.1, 0.5, 1.0), strict=True)]
    image = drawn(cells, LOOK.but(normalisation="sequence"))
    light = [float(part(image, 1, column).mean()) for column in range(3)]
    assert light == sorted(light, reverse=True)
    assert light[0] - light[2] > 10


def test_the_file_carries_the_sweep() -> None:
    cells = [cell(name, layer) for name in REVISIONS for layer in LAYERS]
    whole = sheet(sweep(cells), cells, Look(size=272))
    assert recipe_of(whole) == sweep(cells).recipe
    assert Image.open(io.BytesIO(whole)).height > drawn(cells).height
