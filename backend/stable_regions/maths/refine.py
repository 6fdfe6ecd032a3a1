"""Refinement: pay for borders, not for areas.

Regions are flat, so most cells of a grid can be interpolated from their corners. A cell of the coarser grid is
*undecided*, and the points in it are computed, when

- interpolation would be wrong in it: half-way between two points a curve with second difference s is off by s/8, so a
  cell is undecided where that is more than `BOUND` of a channel's largest distance. This finds borders (which bend at both
  sides), and also what is no border: the tips over the anchors, where a distance has its zero;
- or its corners have different names: the likeliest token in the context whose clean output the point is nearest to.

At the first refined level the cells around an undecided one are computed too, so that what begins just beyond the coarse
points is not missed. And a picture most of whose cells are undecided there is *rough*: what bends so often bends between the
points as well, where second differences do not see it, so it is held to a quarter of the bound at every level.

The bound is stated as image quality (docs/refinement.md): on bundled models at all stages of training, 129² and 257²
pictures differ from the exact ones by less than 4/255 anywhere, and by more than 2/255 in 6 pixels of 10,000.
"""

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from stable_regions.maths.grid import step

EXACT_UP_TO = 33
"""Every point is computed up to this resolution, points per side."""

BOUND = 1 / 255
"""Largest error of interpolation that is expected, as a share of the channel's largest distance."""

ROUGH = 0.55
"""Share of undecided cells, on the finest level that is computed whole, above which a picture is rough."""


def undecided(distance: Float[Tensor, "3 base base"], top: Int[Tensor, "3 base base"], n: int) -> Bool[Tensor, "n n"]:
    """Which points of an n × n grid lie in cells of the coarser grid that cannot be interpolated, their rims included."""
    base = distance.shape[-1]
    every = step(n, base)
    cells = _undecided(distance, top, BOUND / 4 if _rough(distance, top) else BOUND)
    if base <= EXACT_UP_TO:
        cells = _with_ring(cells)
    points = torch.zeros(n, n, dtype=torch.bool)
    corner = torch.arange(cells.shape[-1]) * every
    for down in range(every + 1):
        for right in range(every + 1):
            points[(corner + down)[:, None], corner + right] |= cells
    return points


def _undecided(
    distance: Float[Tensor, "3 base base"], top: Int[Tensor, "3 base base"], bound: float
) -> Bool[Tensor, "cells cells"]:
    return _bent(distance, bound) | _differing(names(distance, top))


def _rough(distance: Float[Tensor, "3 base base"], top: Int[Tensor, "3 base base"]) -> bool:
    """Whether most cells are undecided on the finest level that is computed whole, which every finer one contains."""
    every = max(1, (distance.shape[-1] - 1) // (EXACT_UP_TO - 1))
    cells = _undecided(distance[:, ::every, ::every], top[:, ::every, ::every], BOUND)
    return float(cells.float().mean()) > ROUGH


def names(distance: Float[Tensor, "3 y x"], top: Int[Tensor, "3 y x"]) -> Int[Tensor, "y x"]:
    """The token a point is named by: the likeliest one in the context whose clean output is nearest."""
    return top.gather(0, distance.argmin(dim=0, keepdim=True))[0]


def _bent(distance: Float[Tensor, "3 base base"], bound: float) -> Bool[Tensor, "cells cells"]:
    """Cells at a corner of which a straight line between neighbours would be wrong by more than the bound."""
    across = (distance[:, :, 2:] - 2 * distance[:, :, 1:-1] + distance[:, :, :-2]).abs()
    up = (distance[:, 2:] - 2 * distance[:, 1:-1] + distance[:, :-2]).abs()
    # A rim has no neighbour beyond it; it takes the bend of the point next to it.
    across = torch.cat([across[:, :, :1], across, across[:, :, -1:]], dim=2)
    up = torch.cat([up[:, :1], up, up[:, -1:]], dim=1)
    error = torch.maximum(across, up) / 8
    largest = distance.flatten(1).amax(dim=1)
    return _corners((error > bound * largest[:, None, None]).any(dim=0)).any(dim=0)


def _differing(name: Int[Tensor, "base base"]) -> Bool[Tensor, "cells cells"]:
    corners = _corners(name)
    return (corners != corners[0]).any(dim=0)


def _corners(values: Tensor) -> Tensor:
    """The four corners of every cell, stacked in front."""
    return torch.stack([values[:-1, :-1], values[:-1, 1:], values[1:, :-1], values[1:, 1:]])


def _with_ring(cells: Bool[Tensor, "cells cells"]) -> Bool[Tensor, "cells cells"]:
    """The cells and those around them."""
    return torch.nn.functional.max_pool2d(cells[None, None].float(), 3, stride=1, padding=1)[0, 0] > 0
