"""A refined picture beside the exact one: what it cost, and how wrong it is. Used by tests and by `make bench`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from stable_regions.maths.refine import names
from stable_regions.schemas.result import Result

LEAST = 9
"""Pixels of a region that may not be missed."""


@dataclass(frozen=True)
class Quality:
    """Of a refined picture against the exact one.

    Attributes:
        points: share of points that were computed.
        off: share of pixels off by more than 2/255 in any channel.
        worst: largest error, in 255ths of the channel's largest distance.
        missed: regions of nine or more exact pixels of which no pixel has the name.
        renamed: share of pixels with another name.
    """

    points: float
    off: float
    worst: float
    missed: int
    renamed: float

    @property
    def holds(self) -> bool:
        """Whether it is within what docs/refinement.md promises."""
        return self.off <= 0.005 and self.worst <= 10 and not self.missed


def quality(exact: Result, refined: Result) -> Quality:
    """Compare two results of one slice."""
    largest = exact["distance"].max(axis=(1, 2), keepdims=True)
    off = (np.abs(refined["distance"] - exact["distance"]) / largest).max(axis=0)
    expected, found = named(exact), named(refined)
    missed = [r for r in regions(expected) if len(r) >= LEAST and all(found[p] != expected[p] for p in r)]
    return Quality(
        points=float(refined["computed"].mean()),
        off=float((off > 2 / 255).mean()),
        worst=float(off.max() * 255),
        missed=len(missed),
        renamed=float((expected != found).mean()),
    )


def named(result: Result) -> np.ndarray:
    """The token every pixel is named by."""
    return names(torch.from_numpy(result["distance"]), torch.from_numpy(result["top_token"]).long()).numpy()


def regions(labels: np.ndarray) -> Sequence[Sequence[tuple[int, int]]]:
    """Connected pixels of one label, four neighbours each."""
    left = {(y, x) for y in range(labels.shape[0]) for x in range(labels.shape[1])}
    found: list[list[tuple[int, int]]] = []
    while left:
        region, edge = [], [left.pop()]
        while edge:
            y, x = edge.pop()
            region.append((y, x))
            for near in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if near in left and labels[near] == labels[y, x]:
                    left.remove(near)
                    edge.append(near)
        found.append(region)
    return found
