"""Regions of a grid: points that hang together, how deep they are, and the borders between them.

Two neighbours (left and right, below and above) are *linked* where they agree: by name, or by outputs that are no more than a
threshold apart. Regions are the connected parts. For a threshold that is single linkage over the grid: a step larger than the
threshold divides only where no way around it is made of smaller ones, and a slope gentle enough is one region however far its
ends are from each other.

NumPy only, no torch: pictures use the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.float32]


def agreeing(names: Ids) -> tuple[Mask, Mask]:
    """Links between neighbours of one name: to the right [ny, nx − 1] and upward [ny − 1, nx]."""
    return names[:, 1:] == names[:, :-1], names[1:] == names[:-1]


def connected(right: Mask, up: Mask) -> Ids:
    """The region of each point, int32 [ny, nx]: numbered from 0 by size, the largest first, of equal ones the first met."""
    ny, nx = len(right), up.shape[1]
    place = np.arange(ny * nx).reshape(ny, nx)
    one = np.concatenate([place[:, :-1][right], place[:-1][up]])
    other = np.concatenate([place[:, 1:][right], place[1:][up]])
    root = place.reshape(-1).copy()
    while True:
        a, b = root[one], root[other]
        apart = a != b
        if not apart.any():
            break
        # Each root takes the lowest root it is linked to; then every point looks up its root.
        np.minimum.at(root, np.maximum(a, b)[apart], np.minimum(a, b)[apart])
        while not np.array_equal(above := root[root], root):
            root = above
    _, region, size = np.unique(root, return_inverse=True, return_counts=True)
    number = np.empty(len(size), dtype=np.int32)
    number[np.argsort(-size, kind="stable")] = np.arange(len(size), dtype=np.int32)
    return number[region].reshape(ny, nx)


def depths(label: Ids) -> Ids:
    """How many layers of points are peeled off a region before each point goes, 1 at its rim and at the grid's."""
    left = np.ones(label.shape, dtype=np.bool_)
    depth = np.zeros(label.shape, dtype=np.int32)
    right, up = agreeing(label)
    while left.any():
        depth += left
        inner = np.zeros_like(left)
        inner[1:-1, 1:-1] = (
            left[1:-1, 1:-1]
            & (left[1:-1, 2:] & right[1:-1, 1:])
            & (left[1:-1, :-2] & right[1:-1, :-1])
            & (left[2:, 1:-1] & up[1:, 1:-1])
            & (left[:-2, 1:-1] & up[:-1, 1:-1])
        )
        left = inner
    return depth


@dataclass(frozen=True, eq=False)
class Centres:
    """A point of each region that lies deepest in it, of several the one nearest to their middle; its depth in points."""

    row: NDArray[np.intp]
    column: NDArray[np.intp]
    depth: Ids


def centres(label: Ids) -> Centres:
    """The deepest point of every region."""
    depth, regions = depths(label), int(label.max()) + 1
    deepest = np.zeros(regions, dtype=np.int32)
    np.maximum.at(deepest, label.reshape(-1), depth.reshape(-1))
    rows, columns = np.nonzero(depth == deepest[label])
    region = label[rows, columns]
    many = np.bincount(region, minlength=regions)
    middle = [np.bincount(region, along, regions) / many for along in (rows, columns)]
    away = (rows - middle[0][region]) ** 2 + (columns - middle[1][region]) ** 2
    order = np.lexsort((away, region))
    first = order[np.concatenate(([0], np.cumsum(many)[:-1]))]
    return Centres(rows[first], columns[first], deepest)


@dataclass(frozen=True, eq=False)
class Borders:
    """Pairs of touching regions, and which of them each edge between neighbours crosses.

    Attributes:
        pairs: int32 [borders, 2], the lower number first, sorted.
        right: border crossed to the right, [ny, nx − 1]; −1 within a region.
        up: border crossed upward, [ny − 1, nx].
    """

    pairs: Ids
    right: Ids
    up: Ids

    def lengths(self, across: float, upward: float) -> tuple[Numbers, Ids]:
        """Length of each border, and the edges it crosses: the walls between points that stand so far apart.

        A border is followed along the walls, so a slanting one is up to √2 as long as a straight line drawn through it.
        """
        right, up = (np.bincount(edge[edge >= 0], minlength=len(self.pairs)) for edge in (self.right, self.up))
        return (right * upward + up * across).astype(np.float32), (right + up).astype(np.int32)

    def medians(self, right: Numbers, up: Numbers) -> Numbers:
        """Median of a value of edges over those that each border crosses."""
        crossed = np.concatenate([self.right[self.right >= 0], self.up[self.up >= 0]])
        values = np.concatenate([right[self.right >= 0], up[self.up >= 0]])
        order = np.lexsort((values, crossed))
        many = np.bincount(crossed, minlength=len(self.pairs))
        start = np.cumsum(many) - many
        low, high = (values[order][start + place] for place in ((many - 1) // 2, many // 2))
        return ((low + high) / 2).astype(np.float32)


def borders(label: Ids) -> Borders:
    """The borders of a grid of regions."""
    sides = (label[:, :-1], label[:, 1:]), (label[:-1], label[1:])
    count = int(label.max()) + 1
    code = [np.minimum(a, b).astype(np.int64) * count + np.maximum(a, b) for a, b in sides]
    crossed = [a != b for a, b in sides]
    found = np.unique(np.concatenate([c[x] for c, x in zip(code, crossed, strict=True)]))
    right, up = (
        np.where(x, np.searchsorted(found, c), -1).astype(np.int32) for c, x in zip(code, crossed, strict=True)
    )
    return Borders(np.stack([found // count, found % count], axis=-1).astype(np.int32), right, up)
