"""What the readings along a path tell: the curve, how sharp and how wide it is, and where; NaN where nothing moves."""

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.curve import STILL, curve, moves, position, sharpness, width
from stable_regions.schemas.result import Array, Json

MEASURES = {"sharpness": sharpness, "width": width, "position": position}

SHAPE: dict[str, Json] = {
    "sharpness": "largest slope of the curve; 1 for a straight line",
    "width": "α from 10 % to 90 % of the curve",
    "position": "α of the largest slope",
}
"""What the scalars are."""


def defined(distances: Float[Tensor, " steps"]) -> bool:
    """Whether there is a curve: the path's end differs from its start, and every reading is a number."""
    return bool(moves(distances)) and bool(distances.isfinite().all())


def told(distances: Float[Tensor, " steps"]) -> dict[str, Array]:
    """The arrays of a path's shape: `curve` [steps], and `end_distance`, `sharpness`, `width`, `position` [1]."""
    nothing = torch.full_like(distances, torch.nan)
    there = defined(distances)
    arrays: dict[str, Array] = {
        "curve": (curve(distances) if there else nothing).float().numpy(),
        "end_distance": distances[-1:].float().numpy(),
    }
    for name, measure in MEASURES.items():
        arrays[name] = (measure(distances) if there else nothing[0]).float().reshape(1).numpy()
    return arrays


def still(distances: Float[Tensor, " steps"], why: str) -> str | None:
    """A sentence about a path that has no curve, `why` the reason; None where it has one."""
    if defined(distances):
        return None
    return f"d(1) = {float(distances[-1]):.3g}, not above {STILL:g}: {why}, so nothing is relative to it."
