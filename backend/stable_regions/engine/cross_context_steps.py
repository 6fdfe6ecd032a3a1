"""Seams: where the context that names points changes from one to the next.

On a map of three contexts neighbours may be named in different ones. Their own outputs then differ by more than the model's
response to the step between them: they come from different runs. Within one context the two can be compared fairly: each
is also written into the other's, and the mean of both comparisons is the step there. Away from seams nothing changes.
"""

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine.grid_outputs import GridOutputs, Outputs
from stable_regions.engine.neighbour_distances import Steps
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.maths.measures import MEASURES


@torch.inference_mode()
def within_contexts(slice_plane: SlicePlane, read: GridOutputs, outputs: Outputs, own: Steps) -> Steps:
    """The steps with both ends in one context: `own` where that is so anyway, else the mean over both ends' contexts."""
    group, place = slice_plane.group_of(read.distance), torch.arange(read.n**2).unflatten(0, (read.n, read.n))
    right, up = own.right.clone(), own.up.clone()
    for steps, one, other in (
        (right, (slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        (up, (slice(None, -1),), (slice(1, None),)),
    ):
        seam = group[one] != group[other]
        ends = place[one][seam], place[other][seam]
        there = _step(slice_plane, read, outputs, ends[0], ends[1])
        back = _step(slice_plane, read, outputs, ends[1], ends[0])
        steps[seam] = (there + back) / 2
    return Steps(right, up)


def _step(
    slice_plane: SlicePlane, read: GridOutputs, outputs: Outputs, here: Int[Tensor, " m"], there: Int[Tensor, " m"]
) -> Float[Tensor, " m"]:
    """From each point to another, in the context that names the first."""
    measure = MEASURES[slice_plane.distance]
    found, group = torch.zeros(len(here)), slice_plane.group_of(read.distance).flatten()
    for number, (clean, _) in enumerate(slice_plane.groups):
        for part in (group[here] == number).nonzero()[:, 0].split(outputs.block):
            row, column = there[part] // read.n, there[part] % read.n
            final = slice_plane.writer.written(clean, slice_plane.points(read.alpha[column], read.beta[row]))
            step = measure.apart(measure.prepared(slice_plane.output(final)), outputs[here[part]])
            found[part] = step.float().cpu()
    return found
