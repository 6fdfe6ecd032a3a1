"""How sharp the curves of many pairs are, each beside its controls: what one cell of a study measures.

Pairs are taken some at a time. The prompts of a turn run together, then their paths do, then those of the controls.

Source: Janiak et al. 2024 (arXiv 2409.17113), section on training and size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.chunks import chunk, flops
from stable_regions.engine.controls import control_paths
from stable_regions.engine.paths import PathShape, path_between, shape
from stable_regions.engine.writer import Writer
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.path import CONTROLLED, CONTROLS, points_written, samples
from stable_regions.schemas.plane import Distance


@dataclass(frozen=True, eq=False)
class Pairs:
    """The consecutive pairs (i, i + 1) of a row of prompts, in one checkpoint.

    Attributes:
        model: the checkpoint.
        writer: writes at `write_layer`.
        prompts: tokens of each prompt.
        steps: even samples of a path.
        distance: how outputs are compared.
    """

    model: LoadedModel
    writer: Writer
    write_layer: int
    prompts: Sequence[list[int]]
    steps: int
    distance: Distance

    def __len__(self) -> int:
        return len(self.prompts) - 1


@dataclass(frozen=True, eq=False)
class Shapes:
    """What the curves of many pairs are like, and those of their controls; NaN where nothing moves.

    Attributes:
        own: of the pairs.
        controls: sharpness of each of `schemas.path.CONTROLS`; NaN where a control was not asked of a pair.
        seconds: time that computing it took.
    """

    own: PathShape
    controls: dict[str, Float[Tensor, " pairs"]]
    seconds: float


def shapes(pairs: Pairs, chunk_seconds: float) -> Iterator[int | Shapes]:
    """The shapes of all pairs: yields the points done after each chunk, and the shapes last.

    Of pairs of equal tokens nothing is measured: nothing lies between them.
    """
    start, seconds = perf_counter(), 0.0
    found = torch.full((3, len(pairs)), torch.nan)
    controls = {name: torch.full((len(pairs),), torch.nan) for name in CONTROLS}
    each = flops(pairs.model.card, pairs.write_layer)
    size = max(1, chunk(each, pairs.model, chunk_seconds) // samples(pairs.steps))
    for first in range(0, len(pairs), size):
        last = min(first + size, len(pairs))
        runs = pairs.writer.cleans(pairs.prompts[first : last + 1])
        apart = torch.tensor([a.ids != b.ids for a, b in pairwise(runs)])
        own = path_between(pairs.writer, runs[:-1], runs[1:])
        found[:, first:last] = torch.stack(shape(own, pairs.steps, pairs.distance).only(apart).rows)
        few = min(last, CONTROLLED) - first
        if few > 0:
            some = path_between(pairs.writer, runs[:few], runs[1 : few + 1])
            for name, path in control_paths(pairs.model, some, runs[1 : few + 1], first).items():
                sharp = shape(path, pairs.steps, pairs.distance).only(apart[:few]).sharpness
                controls[name][first : first + few] = sharp
        seconds += perf_counter() - start
        yield points_written(last, pairs.steps) - points_written(first, pairs.steps)
        start = perf_counter()
    yield Shapes(PathShape(*found), controls, seconds)
