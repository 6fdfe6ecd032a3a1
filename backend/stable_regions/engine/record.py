"""The result of a slice: its arrays, and everything needed to make it again."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.provenance import names, norms, prompts, provenance
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.engine.slices import Level
from stable_regions.maths.grid import coordinates
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.plane import DISTANCES, Window
from stable_regions.schemas.result import Array, Json, Result

PLANE_LARGEST: dict[str, Json] = {
    "plane_largest": "largest distance of each channel over the whole plane, α and β from -0.25 to 1.25, at 17² points"
}


def record(
    request: ModelRequest,
    window: Window,
    key: str,
    weights: Sequence[str],
    slice_plane: SlicePlane,
    level: Level,
    path: Mapping[str, Array],
    plane_largest: Float[Tensor, "3"] | None = None,
) -> Result:
    """A slice's result.

    Args:
        request: resolved; the recipe.
        window: the part of the plane that the level samples.
        key: the result's name.
        weights: as in the key.
        slice_plane: what was read.
        level: what came out.
        path: the shape of the path from A to B (`SlicePlane.path`).
        plane_largest: largest distance of each channel over the whole plane, where the window is another.
    """
    crosses = bool(np.isfinite(path["sharpness"]).all())
    top = level.top.to(torch.int32).numpy()
    axes = [coordinates(*ends, level.n, slice_plane.kept_in).numpy() for ends in (window.alpha, window.beta)]
    arrays: dict[str, Array] = {
        "distance": level.distance.numpy(),
        "alpha": axes[0],
        "beta": axes[1],
        "anchors": np.array(slice_plane.plane.anchors, dtype=axes[0].dtype),
        "top_token": top,
        "computed": level.computed.to(torch.uint8).numpy(),
        "curve": path["curve"],
    }
    if plane_largest is not None:
        arrays["plane_largest"] = plane_largest.numpy()
    seen = [int(token) for token in np.unique(top)]
    metadata: dict[str, Json] = {
        **provenance(request, key, weights, slice_plane),
        "units": {**units(slice_plane), **({} if plane_largest is None else PLANE_LARGEST)},
        "prompts": prompts(request, slice_plane),
        "tokens": names(slice_plane, seen),
        "norms": norms(slice_plane.plane),
        "precision": slice_plane.precision(window, level.n),
        "seconds": round(level.seconds, 4),
        "sharpness": float(path["sharpness"][0]) if crosses else None,
        "width": float(path["width"][0]) if crosses else None,
    }
    return Result(arrays=arrays, metadata=metadata)


def units(slice_plane: SlicePlane) -> dict[str, Json]:
    """What each array of a slice is."""
    return {
        "distance": DISTANCES[slice_plane.distance],
        "alpha": "anchor units: multiples of B − A",
        "beta": "anchor units: multiples of C − X, where X is the foot of C on the line AB",
        "anchors": "(α, β) of A, B, C",
        "top_token": "token id",
        "computed": "1 computed, 0 interpolated",
        "curve": "d(α) / d(1) along A→B in A's context, α from 0 to 1",
    }
