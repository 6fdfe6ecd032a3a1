"""Many pairs of prompts at once: the straight path from A's anchor to B's in A's context, for each pair.

Pairs are read some at a time. The prompts of a reading run together, then their paths do: the points of several
contexts stand side by side in one pass, so that a study of short paths keeps the pace of a slice.

A pair of equal prompts is known by its tokens: its path is one point, whose distance from itself is 0. The outputs do not
say so, since how they are rounded depends on the processor and on what else stands in the pass.

Source: Janiak et al. 2024 (arXiv 2409.17113), section on training and size.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from stable_regions.engine.outputs import FORMULAS, LOGITS, output_of
from stable_regions.engine.paths import path_between, refined
from stable_regions.engine.writer import Clean, Writer
from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.maths.measures import even
from stable_regions.maths.paths import straight
from stable_regions.schemas.plane import Distance

Pair = tuple[Sequence[int], Sequence[int]]
"""The tokens of A and of B."""


class PathOutputs(NamedTuple):
    """The paths of some pairs: both clean runs of each, and the final residuals on the way from A to B."""

    starts: list[Clean]
    ends: list[Clean]
    finals: Float[Tensor, "pairs steps d_out"]


class Along(NamedTuple):
    """What is read along the paths of some pairs.

    Attributes:
        distances: to A's clean output, at even samples.
        top: likeliest next token there.
        sharpness: of the curve, looked at again where it is steepest; NaN where nothing moves.
        a: anchors that the paths begin at.
        b: anchors that they end at.
    """

    distances: Float[Tensor, "pairs steps"]
    top: Int[Tensor, "pairs steps"]
    sharpness: Float[Tensor, " pairs"]
    a: Float[Tensor, "pairs d_model"]
    b: Float[Tensor, "pairs d_model"]


@torch.inference_mode()
def walked(writer: Writer, pairs: Sequence[Pair], steps: int) -> PathOutputs:
    """Clean runs of all prompts, and what the model makes of the points between."""
    prompts = list(dict.fromkeys(tuple(ids) for pair in pairs for ids in pair))
    cleans = dict(zip(prompts, writer.cleans(prompts), strict=True))
    starts = [cleans[tuple(a)] for a, _ in pairs]
    ends = [cleans[tuple(b)] for _, b in pairs]
    alpha = torch.linspace(0, 1, steps, device=starts[0].anchor.device)
    points = torch.stack([straight(a.anchor, b.anchor, alpha) for a, b in zip(starts, ends, strict=True)])
    return PathOutputs(starts, ends, writer.written_each(starts, points.to(starts[0].anchor.dtype)))


def distances_along(
    writer: Writer, pairs: Sequence[Pair], steps: int, distance: Distance
) -> Float[Tensor, "pairs steps"]:
    """Distance to A's clean output along the path of each pair."""
    walk = walked(writer, pairs, steps)
    needs_logits = distance not in ON_RESIDUAL
    distances = torch.cat([values for values, _ in _readings(writer, walk, distance, needs_logits)])
    distances[_equal(pairs)] = 0
    return distances


def read_along(writer: Writer, pairs: Sequence[Pair], steps: int, distance: Distance) -> Along:
    """The same, with the likeliest next token at every point, and the anchors."""
    walk = walked(writer, pairs, steps)
    values, tops = zip(*_readings(writer, walk, distance, True), strict=True)
    a, b = (torch.stack([clean.anchor for clean in cleans]).double().cpu() for cleans in (walk.starts, walk.ends))
    distances, top, equal = torch.cat(values), torch.cat(tops), _equal(pairs)
    distances[equal], top[equal] = 0, top[equal, :1]
    path = path_between(writer, walk.starts, walk.ends)
    shape = refined(path, even(distances, distance), distance).only(~equal)
    return Along(distances, top, shape.sharpness, a, b)


def _equal(pairs: Sequence[Pair]) -> Bool[Tensor, " pairs"]:
    """Which pairs are one prompt twice."""
    return torch.tensor([list(a) == list(b) for a, b in pairs])


@torch.inference_mode()
def _readings(
    writer: Writer, walk: PathOutputs, distance: Distance, needs_logits: bool
) -> Iterator[tuple[Float[Tensor, "some steps"], Int[Tensor, "some steps"]]]:
    """Distances and likeliest tokens, so many pairs at a time that their logits may be held at once; no tokens without."""
    clean, steps = torch.stack([start.final for start in walk.starts]), walk.finals.shape[1]
    if not needs_logits:
        targets = output_of(clean, clean, distance)
        found = [FORMULAS[distance](output_of(f, f, distance), t) for f, t in zip(walk.finals, targets, strict=True)]
        yield torch.stack(found).cpu(), torch.empty(len(found), 0, dtype=torch.long)
        return
    logits = writer.logits(clean)
    targets = output_of(clean, logits, distance)
    size = max(1, LOGITS // (steps * logits.shape[1]))
    for block, aims in zip(walk.finals.split(size), targets.split(size), strict=True):
        rows = block.flatten(0, 1)
        scores = writer.logits(rows)
        outputs = output_of(rows, scores, distance).unflatten(0, (len(block), steps))
        values = [FORMULAS[distance](output, aim) for output, aim in zip(outputs, aims, strict=True)]
        yield torch.stack(values).cpu(), scores.argmax(dim=-1).unflatten(0, (len(block), steps)).cpu()
