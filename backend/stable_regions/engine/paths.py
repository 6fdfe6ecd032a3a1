"""Straight paths of many pairs at once, read at any α: distances, and the shape of the curve.

The points of several contexts stand side by side in one pass, so that a study of short paths keeps the pace of a slice.

Source: Janiak et al. 2024 (arXiv 2409.17113), section on training and size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.engine.outputs import FORMULAS, LOGITS, output_of
from stable_regions.engine.writer import Clean, Writer
from stable_regions.maths.curve import path_shape
from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.maths.measures import even, output_size
from stable_regions.schemas.plane import Distance


@dataclass(frozen=True, eq=False)
class Path:
    """A straight path for each of some pairs.

    Attributes:
        writer: writes the points, or only has the head where there is no context.
        contexts: whose runs are written into; None where the points are final residuals themselves.
        start: where each path begins.
        end: where it ends.
        clean: the final residual that the others are compared with.
    """

    writer: Writer
    contexts: Sequence[Clean] | None
    start: Float[Tensor, "pairs d_in"]
    end: Float[Tensor, "pairs d_in"]
    clean: Float[Tensor, "pairs d_out"]

    @torch.inference_mode()
    def finals(self, alpha: Float[Tensor, "pairs samples"]) -> Float[Tensor, "pairs samples d_out"]:
        """Final residuals at each pair's α."""
        a, b = self.start.double()[:, None], self.end.double()[:, None]
        points = (a + alpha.to(a)[..., None] * (b - a)).to(self.clean)
        return points if self.contexts is None else self.writer.written_each(self.contexts, points)

    @torch.inference_mode()
    def distances(self, alpha: Float[Tensor, "pairs samples"], distance: Distance) -> Float[Tensor, "pairs samples"]:
        """Distance to the clean output at each pair's α, as a path is measured by (`measures.even`)."""
        finals, by_logits = self.finals(alpha), distance not in ON_RESIDUAL
        logits = self.writer.logits(self.clean) if by_logits else self.clean
        targets = output_of(self.clean, logits, distance)
        size = max(1, LOGITS // (alpha.shape[1] * logits.shape[1]))
        found: list[Tensor] = []
        for block, aims in zip(finals.split(size), targets.split(size), strict=True):
            rows = block.flatten(0, 1)
            outputs = output_of(rows, self.writer.logits(rows) if by_logits else rows, distance)
            each = outputs.unflatten(0, block.shape[:2])
            found += [FORMULAS[distance](output, aim) for output, aim in zip(each, aims, strict=True)]
        return even(torch.stack(found), distance).cpu()


def path_between(writer: Writer, starts: Sequence[Clean], ends: Sequence[Clean]) -> Path:
    """From A's anchor to B's in A's context, compared with A's clean output."""
    a, b, clean = (
        torch.stack(rows)
        for rows in zip(*((a.anchor, b.anchor, a.final) for a, b in zip(starts, ends, strict=True)), strict=True)
    )
    return Path(writer, starts, a, b, clean)


def between(
    writer: Writer, contexts: Sequence[Clean], a: Float[Tensor, "pairs d_model"], b: Float[Tensor, "pairs d_model"]
) -> Path:
    """Between any activations, compared with what comes out at the first."""
    like = contexts[0].anchor
    (clean,) = writer.written_each(contexts, a[:, None].to(like)).unbind(dim=1)
    return Path(writer, contexts, a.to(like.device), b.to(like.device), clean)


@dataclass(frozen=True, eq=False)
class PathShape:
    """What the curves of some pairs are like; NaN where nothing moves, and where a reading is no number.

    Attributes:
        sharpness: steepest rise of each curve, dimensionless.
        width: 10–90 % width of each curve, in α.
        end: d(1) of each, in the distance's own unit; of `cosine` the angle, in radians.
    """

    sharpness: Float[Tensor, " pairs"]
    width: Float[Tensor, " pairs"]
    end: Float[Tensor, " pairs"]

    @property
    def rows(self) -> tuple[Tensor, Tensor, Tensor]:
        """Sharpness, width and end."""
        return self.sharpness, self.width, self.end

    def only(self, kept: Bool[Tensor, " pairs"]) -> "PathShape":
        """The same with NaN for the curves of the other pairs, which end where they begin."""
        sharp, wide = (torch.where(kept, values, torch.nan) for values in (self.sharpness, self.width))
        return PathShape(sharp, wide, torch.where(kept, self.end, 0))


def shape(path: Path, steps: int, distance: Distance) -> PathShape:
    """Even samples first, then further ones around the steepest rises of each pair."""
    return refined(path, path.distances(_evenly(path, steps), distance), distance)


def refined(path: Path, found: Float[Tensor, "pairs steps"], distance: Distance) -> PathShape:
    """The shape from distances at even samples, as a path is measured by, and further ones around the steepest rises."""
    sharp, wide, _ = path_shape(found, output_scale(path, distance), lambda more: path.distances(more, distance))
    return PathShape(sharp.float(), wide.float(), found[:, -1].float())


def _evenly(path: Path, steps: int) -> Float[Tensor, "pairs steps"]:
    return torch.linspace(0, 1, steps).expand(len(path.clean), steps)


def output_scale(path: Path, distance: Distance) -> Float[Tensor, " pairs"]:
    """How large the clean outputs are in the distance's unit."""
    return output_size(path.clean.float(), distance).cpu()
