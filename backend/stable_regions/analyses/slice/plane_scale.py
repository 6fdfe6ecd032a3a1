"""How far the outputs of a whole plane go: the scale that every picture of it keeps, however far it is zoomed in.

The largest distances over a coarse grid of the whole plane, which every finer grid of it contains. So they are there already
where the whole was computed before somebody zoomed; else they are computed once for a plane and checkpoint, and kept as
long as the process. They cost 3 · 17² points, which are not counted as the request's work.
"""

from collections.abc import Generator, Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.analyses.report import Progress
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.engine.slices import Level, level
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.plane import Window

SIDE = 17
"""Points per side of the grid."""


def plane_scale(
    request: SliceRequest, weights: Sequence[str], slice_plane: SlicePlane, models: ModelCache, at: Progress
) -> Generator[Progress, None, Float[Tensor, "3"] | None]:
    """The largest distance of each channel over the whole plane; None where the request's window is the whole.

    Says `at` after each chunk, for others to get their turns.
    """
    if not request.zoomed:
        return None
    key = _key(request, weights)
    numbers = models.aside(key)
    if numbers is None:
        for step in level(slice_plane, Window(), SIDE, None, True, models.settings.chunk_seconds):
            if isinstance(step, Level):
                numbers = _largest(step)
                models.keep_aside(key, numbers)
            else:
                yield at
    return torch.tensor(numbers, dtype=slice_plane.kept_in)


def learn_scale(request: SliceRequest, weights: Sequence[str], found: Level, models: ModelCache) -> None:
    """Keep the scale that a level of the whole plane shows."""
    if not request.zoomed and found.n >= SIDE:
        models.keep_aside(_key(request, weights), _largest(found))


def _key(request: SliceRequest, weights: Sequence[str]) -> Key:
    whole = {"window": Window(), "resolution": SIDE, "exact": True}
    return key_of(request.model_copy(update=whole), weights)


def _largest(found: Level) -> tuple[float, ...]:
    every = (found.n - 1) // (SIDE - 1)
    grid = found.distance[:, ::every, ::every].double().flatten(1).nan_to_num(nan=0.0)
    return tuple(grid.amax(dim=1).tolist())
