"""What the readings along a path tell: the curve, how sharp and how wide it is, and where; NaN where nothing moves."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.curve import STILL, curve, moves, path_shape
from stable_regions.schemas.result import Array, Json

SHAPE: dict[str, Json] = {
    "sharpness": "largest slope of the curve, found by looking again around the steepest rises; 1 for a straight line",
    "width": "α from 10 % to 90 % of the curve",
    "position": "α of the largest slope",
}
"""What the scalars are."""

Read = Callable[[Float[Tensor, " more"]], Float[Tensor, " more"]]
"""Distances at further α of a path."""


def defined(distances: Float[Tensor, " steps"], scale: float) -> bool:
    """Whether there is a curve: the path's end differs from its start, and every reading is a number."""
    return bool(moves(distances, scale)) and bool(distances.isfinite().all())


def told(distances: Float[Tensor, " steps"], scale: float, read: Read) -> dict[str, Array]:
    """The arrays of a path's shape: `curve` [steps], and `end_distance`, `sharpness`, `width`, `position` [1].

    Args:
        distances: at even samples, as a path is measured by (`measures.even`).
        scale: how large the output is at the beginning, in the distance's unit.
        read: reads at further α.
    """
    relative = curve(distances) if defined(distances, scale) else torch.full_like(distances, torch.nan)
    arrays: dict[str, Array] = {
        "curve": relative.float().numpy(),
        "end_distance": distances[-1:].float().numpy(),
    }
    found = path_shape(distances[None], scale, lambda more: read(more[0])[None])[:, 0]
    for name, value in zip(SHAPE, found, strict=True):
        arrays[name] = value.float().reshape(1).numpy()
    return arrays


def still(distances: Float[Tensor, " steps"], scale: float, why: str) -> str | None:
    """A sentence about a path that has no curve, `why` the reason; None where it has one."""
    if defined(distances, scale):
        return None
    return f"d(1) = {float(distances[-1]):.3g}, not above {STILL * scale:.3g}: {why}, so nothing is relative to it."
