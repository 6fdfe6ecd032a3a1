"""Refinement: pay for borders, not for areas.

Regions are flat, so most cells of a grid can be interpolated from their corners. A cell is *undecided* when its corners
disagree: in any channel by more than `BOUND` of the channel's range, or in the likeliest token of any context. Undecided
cells, and the ring of cells around them, are computed at the next level; the others are interpolated.
"""

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from stable_regions.maths.grid import step

EXACT_UP_TO = 33
"""Every point is computed up to this resolution, points per side."""

BOUND = 0.08
"""Corners that differ by more than this share of the channel's range disagree."""

RING = 1
"""Cells around an undecided cell that are computed with it."""


def undecided(distance: Float[Tensor, "3 base base"], top: Int[Tensor, "3 base base"], n: int) -> Bool[Tensor, "n n"]:
    """Which points of an n × n grid lie in cells of the coarser grid that interpolation cannot be trusted in."""
    every = step(n, distance.shape[-1])
    cells = _grown(_disagreeing(distance) | _differing(top))
    points = torch.zeros(n, n, dtype=torch.bool)
    corner = torch.arange(cells.shape[-1]) * every
    for down in range(every + 1):
        for right in range(every + 1):
            points[(corner + down)[:, None], corner + right] |= cells
    return points


def _disagreeing(distance: Float[Tensor, "3 base base"]) -> Bool[Tensor, "cells cells"]:
    corners = _corners(distance)
    spread = corners.amax(dim=0) - corners.amin(dim=0)
    width = distance.flatten(1).amax(dim=1) - distance.flatten(1).amin(dim=1)
    return (spread > BOUND * width[:, None, None]).any(dim=0)


def _differing(top: Int[Tensor, "3 base base"]) -> Bool[Tensor, "cells cells"]:
    corners = _corners(top)
    return (corners != corners[0]).any(dim=0).any(dim=0)


def _corners(values: Tensor) -> Tensor:
    """The four corners of every cell, stacked in front."""
    return torch.stack([values[:, :-1, :-1], values[:, :-1, 1:], values[:, 1:, :-1], values[:, 1:, 1:]])


def _grown(cells: Bool[Tensor, "cells cells"]) -> Bool[Tensor, "cells cells"]:
    """The cells and the ring around them."""
    size = 2 * RING + 1
    return torch.nn.functional.max_pool2d(cells[None, None].float(), size, stride=1, padding=RING)[0, 0] > 0
