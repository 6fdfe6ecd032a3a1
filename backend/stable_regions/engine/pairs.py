"""Many pairs of prompts at once: the straight path from A's anchor to B's in A's context, for each pair.

Pairs are read some at a time. The prompts of a reading run together, then their paths do: the points of several
contexts stand side by side in one pass, so that a study of short paths keeps the pace of a slice.

Source: Janiak et al. 2024 (arXiv 2409.17113), section on training and size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.chunks import chunk, flops
from stable_regions.engine.outputs import FORMULAS, LOGITS, output_of
from stable_regions.engine.writer import Clean, Writer
from stable_regions.maths.curve import moves, sharpness, width
from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.maths.paths import straight
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.plane import Distance

Pair = tuple[Sequence[int], Sequence[int]]
"""The tokens of A and of B."""


@torch.inference_mode()
def finals_along(
    writer: Writer, pairs: Sequence[Pair], steps: int
) -> tuple[list[Clean], Float[Tensor, "pairs steps d_out"]]:
    """A's clean run of each pair, and the final residuals along its path."""
    prompts = list(dict.fromkeys(tuple(ids) for pair in pairs for ids in pair))
    cleans = dict(zip(prompts, writer.cleans(prompts), strict=True))
    starts = [cleans[tuple(a)] for a, _ in pairs]
    ends = [cleans[tuple(b)] for _, b in pairs]
    alpha = torch.linspace(0, 1, steps, device=starts[0].anchor.device)
    points = torch.stack([straight(a.anchor, b.anchor, alpha) for a, b in zip(starts, ends, strict=True)])
    return starts, writer.written_each(starts, points.to(starts[0].anchor.dtype))


@torch.inference_mode()
def distances_along(
    writer: Writer, pairs: Sequence[Pair], steps: int, distance: Distance
) -> Float[Tensor, "pairs steps"]:
    """Distance to A's clean output along the path of each pair."""
    starts, finals = finals_along(writer, pairs, steps)
    clean = torch.stack([start.final for start in starts])
    if distance in ON_RESIDUAL:
        targets, outputs = output_of(clean, clean, distance), [output_of(rows, rows, distance) for rows in finals]
        found = [FORMULAS[distance](rows, target) for rows, target in zip(outputs, targets, strict=True)]
        return torch.stack(found).cpu()
    logits = writer.logits(clean)
    targets = output_of(clean, logits, distance)
    size = max(1, LOGITS // (steps * logits.shape[1]))
    found: list[Tensor] = []
    for block, aims in zip(finals.split(size), targets.split(size), strict=True):
        rows = block.flatten(0, 1)
        outputs = output_of(rows, writer.logits(rows), distance).unflatten(0, (len(block), steps))
        found += [FORMULAS[distance](output, aim) for output, aim in zip(outputs, aims, strict=True)]
    return torch.stack(found).cpu()


@dataclass(frozen=True, eq=False)
class Pairs:
    """The consecutive pairs (i, i + 1) of a row of prompts, in one checkpoint.

    Attributes:
        model: the checkpoint.
        writer: writes at `write_layer`.
        prompts: tokens of each prompt.
        steps: samples of a path.
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

    def read(self, first: int, last: int) -> Float[Tensor, "pairs steps"]:
        """Distances along the paths of the pairs from `first` up to `last`."""
        pairs = list(zip(self.prompts[first:last], self.prompts[first + 1 : last + 1], strict=True))
        return distances_along(self.writer, pairs, self.steps, self.distance)


@dataclass(frozen=True, eq=False)
class Shapes:
    """What the curves of many pairs are like; NaN where nothing moves.

    Attributes:
        sharpness: steepest rise of each curve.
        width: 10–90 % width of each curve, in α.
        end: d(1) of each, in the distance's own unit.
        seconds: time that computing it took.
    """

    sharpness: Float[Tensor, " pairs"]
    width: Float[Tensor, " pairs"]
    end: Float[Tensor, " pairs"]
    seconds: float


def shapes(pairs: Pairs, chunk_seconds: float) -> Iterator[int | Shapes]:
    """The shapes of all pairs: yields the points done after each chunk, and the shapes last."""
    start, seconds = perf_counter(), 0.0
    sharp, wide, end = torch.full((3, len(pairs)), torch.nan)
    each = flops(pairs.model.card, pairs.write_layer)
    size = max(1, chunk(each, pairs.model.device, chunk_seconds) // pairs.steps)
    for first in range(0, len(pairs), size):
        last = min(first + size, len(pairs))
        distances = pairs.read(first, last)
        kept = moves(distances) & distances.isfinite().all(dim=-1)
        end[first:last] = distances[:, -1]
        if bool(kept.any()):
            places = torch.arange(first, last)[kept]
            sharp[places], wide[places] = sharpness(distances[kept]).float(), width(distances[kept]).float()
        seconds += perf_counter() - start
        yield (last - first) * pairs.steps
        start = perf_counter()
    yield Shapes(sharp, wide, end, seconds)
