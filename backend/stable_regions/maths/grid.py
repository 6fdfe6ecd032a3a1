"""Grids that nest: n = 2^k + 1 points a side, so that every other point of a level is a point of the level before.

Coordinates are low + (high − low)·(i / 2^k) in double precision, kept in single unless doubles are asked for. The
fraction is exact, so a point has the same coordinates, bit for bit, at every level it belongs to.
"""

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor


def coordinates(low: float, high: float, n: int, dtype: torch.dtype = torch.float32) -> Float[Tensor, " n"]:
    """`n` evenly spaced coordinates from low to high, both included; `n` is 2^k + 1."""
    share = torch.arange(n, dtype=torch.float64) / (n - 1)
    return (low + (high - low) * share).to(dtype)


def is_new(n: int, base: int | None) -> Bool[Tensor, "n n"]:
    """Which points of an n × n grid are not points of the base × base grid in the same window; all, if there is none.

    Raises:
        ValueError: the grids do not nest.
    """
    new = torch.ones(n, n, dtype=torch.bool)
    if base is not None:
        every = step(n, base)
        new[::every, ::every] = False
    return new


def step(n: int, base: int) -> int:
    """Every how many points of a side one belongs to the coarser grid.

    Raises:
        ValueError: the grids do not nest.
    """
    every, rest = divmod(n - 1, base - 1)
    if rest or every < 1:
        raise ValueError(f"A grid of {base} points a side does not nest in one of {n}.")
    return every


def upsampled(values: Float[Tensor, "channels base_y base_x"], n: int) -> Float[Tensor, "channels n n"]:
    """Values of a coarse grid on a finer one: its own points unchanged, bilinear between them.

    Raises:
        ValueError: the grids do not nest.
    """
    every = step(n, values.shape[-1])
    corner = torch.arange(n) // every
    corner[-1] -= 1  # the last point closes the last cell
    share = (torch.arange(n) - corner * every).to(values.dtype) / every
    rows = torch.lerp(values[:, corner], values[:, corner + 1], share[:, None])
    return torch.lerp(rows[:, :, corner], rows[:, :, corner + 1], share)


def nearest(labels: Int[Tensor, "channels base_y base_x"], n: int) -> Int[Tensor, "channels n n"]:
    """Labels of a coarse grid on a finer one: each point takes the label of the nearest coarse point, the lower of two.

    Raises:
        ValueError: the grids do not nest.
    """
    every = step(n, labels.shape[-1])
    closest = (torch.arange(n) + (every - 1) // 2) // every
    return labels[:, closest][:, :, closest]
