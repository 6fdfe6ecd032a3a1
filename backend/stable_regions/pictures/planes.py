"""A slice shown, and what is drawn over one: its table, its picture."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.look import Look
from stable_regions.pictures.names import name_grid
from stable_regions.pictures.series import text_of, texts
from stable_regions.pictures.show import Absent, Columns
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image

COLUMNS = (
    "alpha", "beta", "distance_a", "distance_b", "distance_c", "top_token_a", "top_token_b", "top_token_c", "name", "computed",
)  # fmt: skip
"""Of a slice's table. α and β in anchor units; distances in the recipe's; tokens as text."""

NO_CHART = Absent("It is a picture of a plane; take .png or .html.")
NO_FILM = Absent("It is one checkpoint; ask for an animation.")


def plane_table(result: Result) -> Columns:
    """One row a point, α fastest: α and β in anchor units, distances in the recipe's, tokens as text."""
    known = texts(result)
    alpha, beta = np.meshgrid(result["alpha"], result["beta"])
    distance, top = result["distance"].reshape(3, -1), result["top_token"].reshape(3, -1)
    tokens = [[text_of(known, token) for token in channel] for channel in (*top, name_grid(result).reshape(-1))]
    columns = (alpha.flat, beta.flat, *distance, *tokens, result["computed"].reshape(-1))
    return dict(zip(COLUMNS, columns, strict=True))


def plane_picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """The field, with its caption below if the look has one."""
    from stable_regions.pictures.image import picture

    return picture(result, look)
