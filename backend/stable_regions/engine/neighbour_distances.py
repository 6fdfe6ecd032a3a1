"""How alike the outputs of a grid are: from each point to its neighbours, and within and between its regions."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine.grid_outputs import Outputs
from stable_regions.maths.measures import MEASURES, mean_of
from stable_regions.schemas.plane import Distance

MEANS = 512
"""Most regions whose mean outputs are held, the largest first: more than can be counted as regions of a picture."""


@dataclass(frozen=True, eq=False)
class Steps:
    """Distances between the outputs of neighbouring points: to the right, and upward."""

    right: Float[Tensor, "n n_less_1"]
    up: Float[Tensor, "n_less_1 n"]


def steps(outputs: Outputs, n: int, distance: Distance) -> Iterator[int | Steps]:
    """The steps over an n × n grid, tile by tile, each overlapping the next: yields the points done, and the steps last."""
    compare, side = MEASURES[distance].apart, max(2, isqrt(outputs.block))
    right, up = torch.zeros(n, n - 1), torch.zeros(n - 1, n)
    place = torch.arange(n * n).unflatten(0, (n, n))
    for low in range(0, n - 1, side - 1):
        for left in range(0, n - 1, side - 1):
            tile = place[low : low + side, left : left + side]
            rows = outputs[tile.flatten()].unflatten(0, tuple(tile.shape))
            high, far = tile.shape
            across = compare(rows[:, 1:].flatten(0, 1), rows[:, :-1].flatten(0, 1))
            upward = compare(rows[1:].flatten(0, 1), rows[:-1].flatten(0, 1))
            right[low : low + high, left : left + far - 1] = across.unflatten(0, (high, far - 1)).cpu()
            up[low : low + high - 1, left : left + far] = upward.unflatten(0, (high - 1, far)).cpu()
            yield tile.numel()
    yield Steps(right, up)


@dataclass(frozen=True, eq=False)
class Likeness:
    """How alike outputs are within regions, and how far regions are from one another.

    Attributes:
        spread: mean distance of a region's outputs from their mean; NaN beyond the `MEANS` largest.
        overall: the same of all points, as if they were one region.
        means: the mean outputs of the largest regions, prepared.
        distance: how outputs are compared.
    """

    spread: Float[Tensor, " regions"]
    overall: float
    means: Float[Tensor, "largest size"]
    distance: Distance

    def apart(self, pairs: Int[Tensor, "pairs 2"], block: int) -> Float[Tensor, " pairs"]:
        """Distance between the mean outputs of two regions, so many pairs at a time; NaN where one is not held."""
        found = torch.full((len(pairs),), torch.nan)
        for places in (pairs < len(self.means)).all(dim=1).nonzero()[:, 0].split(block):
            one, other = pairs[places].to(self.means.device).T
            found[places] = MEASURES[self.distance].apart(self.means[one], self.means[other]).float().cpu()
        return found


def likeness(outputs: Outputs, label: Int[Tensor, " n"], distance: Distance) -> Iterator[int | Likeness]:
    """Within-region spread and mean outputs: yields the points done after each region, and the likeness last."""
    order, sizes = label.argsort(stable=True), label.bincount()
    spread = torch.full((len(sizes),), torch.nan)
    _, overall = _about_mean(outputs, order, distance)
    yield len(order)
    means: list[Tensor] = []
    for region, places in enumerate(order.split(sizes.tolist())[:MEANS]):
        mean, spread[region] = _about_mean(outputs, places, distance)
        means.append(mean)
        yield len(places)
    yield Likeness(spread, overall, torch.stack(means), distance)


def _about_mean(
    outputs: Outputs, places: Int[Tensor, " m"], distance: Distance
) -> tuple[Float[Tensor, " size"], float]:
    """The mean output at some places, and the mean distance from it."""
    parts = places.split(outputs.block)
    once = outputs[places] if len(parts) == 1 else None
    mean = mean_of((outputs[part] if once is None else once for part in parts), distance)
    away = (MEASURES[distance].apart(outputs[part] if once is None else once, mean) for part in parts)
    return mean, float(torch.stack([part.sum(dtype=torch.float64) for part in away]).sum()) / len(places)
