"""A slice, level by level.

Levels nest: each begins from the one before, so what is computed once is never computed again, and the same request
gives the same bytes in a process whichever levels were in the cache. For that, how points are bundled into chunks depends
on the model, the level, the settings and the device alone: a matrix product may round a row differently in another
company.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from stable_regions.engine.chunks import chunk
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.maths.grid import coordinates, is_new, nearest, upsampled
from stable_regions.maths.refine import EXACT_UP_TO, undecided
from stable_regions.schemas.plane import Window
from stable_regions.schemas.result import Result


@dataclass(frozen=True, eq=False)
class Level:
    """A slice at one resolution: rows β upward from the low end, columns α.

    Attributes:
        distance: to each anchor's clean output.
        top: likeliest next token in each channel's context.
        computed: which points were computed; the others are interpolated.
        seconds: time that computing it took, coarser levels included.
    """

    distance: Float[Tensor, "3 n n"]
    top: Int[Tensor, "3 n n"]
    computed: Bool[Tensor, "n n"]
    seconds: float

    @property
    def n(self) -> int:
        """Points per side."""
        return self.distance.shape[-1]

    @classmethod
    def of(cls, result: Result) -> "Level":
        """The level a slice's result records."""
        return cls(
            distance=torch.from_numpy(np.array(result["distance"])),
            top=torch.from_numpy(np.array(result["top_token"])).long(),
            computed=torch.from_numpy(np.array(result["computed"])).bool(),
            seconds=float(str(result.metadata["seconds"])),
        )


def level(
    slice_plane: SlicePlane, window: Window, n: int, base: Level | None, exact: bool, chunk_seconds: float
) -> Iterator[int | Level]:
    """One level from the level before: yields the points done (contexts counted) after each chunk, and the level last.

    Args:
        slice_plane: what is read.
        window: the part of the plane.
        n: points per side.
        base: the level before; None for the coarsest.
        exact: compute every point. Otherwise points between neighbours that agree are interpolated.
        chunk_seconds: about how long a chunk takes.

    Raises:
        TooFine: the window holds one activation only, in double precision.
    """
    start = perf_counter()
    slice_plane.check_window(window, n)
    seconds = base.seconds if base else 0.0
    alpha, beta = (coordinates(*ends, n, slice_plane.kept_in) for ends in (window.alpha, window.beta))
    distance, top, computed, missing = _begun(base, n, exact, slice_plane.kept_in)
    rows, columns = missing.nonzero(as_tuple=True)
    size = chunk(slice_plane.flops, slice_plane.model, chunk_seconds)
    for row, column in zip(rows.split(size), columns.split(size), strict=True):
        points = slice_plane.points(alpha[column], beta[row])
        for context, channels in slice_plane.groups:
            channel = torch.tensor(channels)[:, None]
            distance[channel, row, column], top[channel, row, column] = slice_plane.read_in(context, channels, points)
            seconds += perf_counter() - start
            yield len(channels) * len(row)
            start = perf_counter()
        computed[row, column] = True
    yield Level(distance=distance, top=top, computed=computed, seconds=seconds + perf_counter() - start)


def _begun(
    base: Level | None, n: int, exact: bool, dtype: torch.dtype
) -> tuple[Float[Tensor, "3 n n"], Int[Tensor, "3 n n"], Bool[Tensor, "n n"], Bool[Tensor, "n n"]]:
    """A level before anything is computed for it: distances, top tokens, what is computed, and what has to be."""
    if base is None:
        nothing, everything = torch.zeros(n, n, dtype=torch.bool), torch.ones(n, n, dtype=torch.bool)
        return torch.zeros(3, n, n, dtype=dtype), torch.zeros(3, n, n, dtype=torch.int64), nothing, everything
    missing = is_new(n, base.n)
    computed = torch.zeros(n, n, dtype=torch.bool)
    computed[~missing] = base.computed.flatten()
    if not exact and n > EXACT_UP_TO:
        missing &= undecided(base.distance, base.top, n)
    return upsampled(base.distance, n), nearest(base.top, n), computed, missing
