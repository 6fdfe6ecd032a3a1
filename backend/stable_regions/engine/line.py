"""A line: a straight way across a slice plane, read in one context against what comes out at its beginning.

A crossing joins two anchors and needs no plane; a line joins any two points of one. Between the anchors they agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine.chunks import flops
from stable_regions.engine.outputs import output_of
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.schemas.plane import Anchor

LETTERS: tuple[Anchor, ...] = ("A", "B", "C")


@dataclass(frozen=True, eq=False)
class Line:
    """A straight line of a slice plane.

    Attributes:
        slice_plane: the plane, and the model it lies in.
        channel: the context that is written into (0 = A, 1 = B, 2 = C).
        start: coordinates (α, β) of its beginning.
        end: coordinates of its end.
        clean: the final residual at its beginning.
        target: the output there, as the distance compares it.
    """

    slice_plane: SlicePlane
    channel: int
    start: tuple[float, float]
    end: tuple[float, float]
    clean: Float[Tensor, " d_out"]
    target: Float[Tensor, " size"]

    def coordinates(self, steps: int) -> Float[Tensor, "steps 2"]:
        """(α, β) of evenly spaced points of the line, both ends included, as the slice plane keeps them."""
        return self.at(torch.linspace(0, 1, steps, dtype=torch.float64))

    def at(self, share: Float[Tensor, " n"]) -> Float[Tensor, "n 2"]:
        """(α, β) at shares of the way, as the slice plane keeps them."""
        start, end = (torch.tensor(place, dtype=torch.float64) for place in (self.start, self.end))
        return (start + share.double()[:, None] * (end - start)).to(self.slice_plane.kept_in)

    @torch.inference_mode()
    def read(self, places: Float[Tensor, "n 2"]) -> tuple[Float[Tensor, " n"], Int[Tensor, " n"]]:
        """Write the points at the coordinates: distance to the output at the beginning, and the likeliest next token."""
        final = self.slice_plane.writer.written(
            self.slice_plane.context(self.channel), self.slice_plane.points(*places.unbind(dim=1))
        )
        distance, top = self.slice_plane.compared(final, (self.target,))
        return distance[0], top

    @property
    def length(self) -> float:
        """Length in the residual stream, in units of activation."""
        plane = self.slice_plane.plane
        return hypot((self.end[0] - self.start[0]) * plane.across_norm, (self.end[1] - self.start[1]) * plane.up_norm)

    @property
    def flops(self) -> float:
        """Floating-point operations a point costs."""
        return flops(self.slice_plane.model.card, self.slice_plane.write_layer)


@torch.inference_mode()
def open_line(slice_plane: SlicePlane, ends: Sequence[Anchor | tuple[float, float]], context: Anchor | None) -> Line:
    """Lay a line across the plane.

    Args:
        slice_plane: the plane.
        ends: beginning and end, each an anchor's letter or coordinates (α, β).
        context: whose run is written into; by default the run of the anchor whose clean output is nearest to the output
            at the beginning.
    """
    start, end = (slice_plane.plane.anchors[LETTERS.index(at)] if isinstance(at, str) else at for at in ends)
    alpha, beta = (torch.tensor([place], dtype=slice_plane.kept_in) for place in start)
    channel = LETTERS.index(context) if context else int(slice_plane.read(alpha, beta).distance[:, 0].argmin())
    final = slice_plane.writer.written(slice_plane.context(channel), slice_plane.points(alpha, beta))
    (target,) = output_of(final, slice_plane.writer.logits(final), slice_plane.distance)
    return Line(slice_plane, channel, start, end, final[0], target)
