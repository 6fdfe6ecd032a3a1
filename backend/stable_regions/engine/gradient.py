"""The gradient's magnitude over a grid: how fast the output changes where the activation moves within the plane.

At each point, in the context that names it, the derivative of the output with respect to the activation is applied to two
orthonormal directions of the plane (forward-mode products, exact to rounding); its largest singular value is the change of
the output per unit of activation in the direction in which it changes most. "Output" is what the distance is Euclidean in.
"""

from collections.abc import Iterator

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.grid_outputs import GridOutputs
from stable_regions.engine.inside import Inside
from stable_regions.engine.outputs import LOGITS, embedded
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.maths.stretch import largest_stretch


def gradient(slice_plane: SlicePlane, read: GridOutputs, size: int) -> Iterator[int | Float[Tensor, "n n"]]:
    """‖d out/dP‖ of every point, `size` points at a time: yields the directions done, and the magnitudes last.

    Raises:
        UnsupportedModel: the model goes through the slow path, or an operation has no forward-mode derivative.
    """
    inside, group = Inside(slice_plane.writer), slice_plane.group_of(read.distance)
    axes = slice_plane.plane.axes.to(slice_plane.model.device, slice_plane.model.dtype)
    size = max(1, min(size, LOGITS // slice_plane.model.card.d_vocab))
    found = torch.zeros(read.n, read.n)

    def output(final: Tensor, logits: Tensor | None) -> Tensor:
        return embedded(final, logits, slice_plane.distance)

    for place, (clean, _) in enumerate(slice_plane.groups):
        named = (group == place).nonzero()
        for part in named.split(size) if len(named) else ():  # a window within a region is named by one context alone
            row, column = part.T
            points = slice_plane.points(read.alpha[column], read.beta[row])
            images = [
                inside.pushed(clean, points, axis.expand_as(points), output, slice_plane.by_logits) for axis in axes
            ]
            found[row, column] = largest_stretch(images[0], images[1]).float().cpu()
            yield 2 * len(part)
    yield found
