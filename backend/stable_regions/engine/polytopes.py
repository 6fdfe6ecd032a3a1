"""Polytopes over a grid: where units of the MLPs above the write layer change sign.

Points whose units all have the same signs lie in one polytope, on which the network is nearly affine. Signs depend on the
context too, so two neighbours are compared in one: that which names the left or lower of them.

Source: Janiak et al. 2024 (arXiv 2409.17113), section on polytopes; Hanin & Rolnick 2019 (arXiv 1906.00904) for linear regions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import torch
from jaxtyping import Bool, Int
from numpy.typing import NDArray
from torch import Tensor

from stable_regions.engine.grid_outputs import GridOutputs
from stable_regions.engine.inside import Inside
from stable_regions.engine.slice_plane import SlicePlane


@dataclass(frozen=True, eq=False)
class Polytopes:
    """Signs over a grid.

    Attributes:
        right, up: units of the lowest MLPs whose sign differs between neighbours.
        pattern: a 64-bit name of the signs of all units at each point.
        blocks: the blocks whose MLPs `right` and `up` count.
        units: units in all, over all blocks.
    """

    right: Int[Tensor, "n n_less_1"]
    up: Int[Tensor, "n_less_1 n"]
    pattern: NDArray[np.int64]
    blocks: list[int]
    units: int


def polytopes(slice_plane: SlicePlane, read: GridOutputs, mlps: int, size: int) -> Iterator[int | Polytopes]:
    """Sign changes between neighbours in the lowest `mlps` MLPs above the write layer, and the pattern of all at each point.

    Bands of about `size` points are taken, each with the row above it: yields the points done, and the whole last.

    Raises:
        UnsupportedModel: the model goes through the slow path, or does not send every token through every unit.
    """
    inside, group, n = Inside(slice_plane.writer), slice_plane.group_of(read.distance), read.n
    lowest = list(inside.blocks[:mlps])
    right, up = torch.zeros(n, n - 1, dtype=torch.int32), torch.zeros(n - 1, n, dtype=torch.int32)
    pattern, units = np.zeros((n, n), dtype=np.int64), 0
    height = max(1, size // n)
    for low in range(0, n, height):
        high = min(low + height, n)
        for place, (clean, _) in enumerate(slice_plane.groups):
            own = group[low:high] == place
            if not own.any():
                continue
            needed = _with_neighbours(own, min(high + 1, n) - low)
            row, column = needed.nonzero(as_tuple=True)
            signs = inside.signs(clean, slice_plane.points(read.alpha[column], read.beta[low + row]))
            units = sum(block.shape[1] for block in signs.values())
            number = torch.zeros(needed.shape, dtype=torch.int64)
            number[needed] = torch.arange(len(row))
            bits = torch.cat([signs[block] for block in lowest], dim=1)
            pattern[low:high][own.numpy()] = _patterns(signs, number[: high - low][own])
            for flips, beyond in ((right[low:high], number[: high - low, 1:]), (up[low:high], number[1:])):
                here = own[: len(flips), : flips.shape[1]]
                one, other = number[: len(flips), : flips.shape[1]][here], beyond[here]
                changed = bits[one.to(bits.device)] != bits[other.to(bits.device)]
                flips[here] = changed.sum(dim=1).to(torch.int32).cpu()
        yield (high - low) * n
    yield Polytopes(right, up, pattern, lowest, units)


def _with_neighbours(own: Bool[Tensor, "rows n"], reach: int) -> Bool[Tensor, "reach n"]:
    """The points, and those to the right of and above each."""
    needed = torch.zeros(reach, own.shape[1], dtype=torch.bool)
    needed[: len(own)] |= own
    needed[: len(own), 1:] |= own[:, :-1]
    needed[1:] |= own[: reach - 1]
    return needed


def _patterns(signs: Mapping[int, Bool[Tensor, "n units"]], places: Int[Tensor, " m"]) -> NDArray[np.int64]:
    """A name for the signs of every unit at some places: equal where all signs are equal, and (to 2⁻⁶⁴) only there."""
    packed = [np.packbits(signs[block].cpu().numpy(), axis=1) for block in sorted(signs)]
    rows = np.ascontiguousarray(np.concatenate(packed, axis=1)[places.numpy()])
    names = [int.from_bytes(blake2b(row.tobytes(), digest_size=8).digest(), "little", signed=True) for row in rows]
    return np.array(names, dtype=np.int64)
