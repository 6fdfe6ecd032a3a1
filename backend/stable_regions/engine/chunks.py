"""How much is computed between two reports: a chunk, the unit of progress and cancel.

A chunk is as long as the settings ask where the model allows it, and never less than the fewest points that go through a
model well: with few rows a matrix product waits for the weights (64 points at a time take a third longer than 256). So
what a chunk covers is one context: 256 points in one take as long as 64 in three and are a third cheaper.

The rate that sizes it is the device's own, measured once in a process, so that one request is computed in the same bundles
in a process whatever was in the cache before. Another process or machine may bundle otherwise, and round otherwise.
"""

from functools import cache
from time import perf_counter
from typing import Protocol, runtime_checkable

import torch

from stable_regions.schemas.model import ModelCard

SHARE = 0.5
"""Of a device's best product, what a model reaches: half in narrow ones, nine tenths in wide ones (docs/benchmarks.md)."""

SIDES = {"cpu": 512, "cuda": 4096}
"""Side of the square product that a rate is measured by: enough to fill the device, and some milliseconds."""

SMALLEST, LARGEST = 256, 16384
"""Bounds of a chunk, in points and contexts."""


@runtime_checkable
class Placed(Protocol):
    """Where a model is, and what it computes in."""

    @property
    def device(self) -> torch.device: ...
    @property
    def dtype(self) -> torch.dtype: ...


def flops(card: ModelCard, write_layer: int) -> float:
    """Floating-point operations a point costs in one context: two for each weight it passes through."""
    blocks = 12 * card.d_model**2 * (card.layers - write_layer - 1)
    return 2.0 * (blocks + card.d_model * card.d_vocab)


def chunk(each: float, model: Placed, seconds: float, contexts: int = 1) -> int:
    """Points computed between two reports: a power of two that takes about so long, or the fewest that go well.

    Args:
        each: operations that a point costs in one context.
        model: where it is computed, and in what.
        seconds: how long it should take.
        contexts: in how many contexts a point is computed between two reports.
    """
    points = SHARE * rate(model.device, model.dtype) * seconds / each / contexts
    return min(LARGEST, max(SMALLEST // contexts, 1 << max(0, int(points).bit_length() - 1)))


@cache
def rate(device: torch.device, dtype: torch.dtype) -> float:
    """Floating-point operations a second of a plain product: the best of a few, measured once."""
    side = SIDES.get(device.type, SIDES["cpu"])
    a, b = (torch.ones(side, side, device=device, dtype=dtype) for _ in range(2))
    best = float("inf")
    for _ in range(4):  # the first one also starts what has to be started
        start = perf_counter()
        (a @ b).sum().item()
        best = min(best, perf_counter() - start)
    return 2.0 * side**3 / best
