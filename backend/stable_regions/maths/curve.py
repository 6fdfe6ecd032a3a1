"""How an output moves along a path from A to B: one number for how sharp, one for how wide, one for where.

A path goes straight from anchor A (α = 0) to anchor B (α = 1) in equal steps; d(α) is the distance of the output there
to the output at A. The curve c(α) = d(α) / d(1) begins at 0 and ends at 1. A model without regions gives a straight line;
one with stable regions stays at 0, rises steeply as the border is crossed, and stays at 1.

The steepest rise between even samples depends on how many there are. `finer` says where to look again, between the samples
around the steepest rises, and `steepest` takes the largest slope of all samples together: 26, 51 and 101 samples agree
within 1 %.

Source: Janiak et al., *Characterizing stable regions in the residual stream of LLMs* (arXiv 2409.17113), section on
training and size; forward differences as in the authors' experiments.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.schemas.path import RISES, pieces

STILL = 1e-5
"""A path whose end is no farther than this from its start, as a share of the outputs' own scale, crosses nothing."""


class Quartiles(NamedTuple):
    """Lower quartile, median and upper quartile of a sample."""

    lower: float
    median: float
    upper: float


def moves(
    distances: Float[Tensor, "*batch steps"], scale: Float[Tensor, "*batch"] | float = 1.0
) -> Bool[Tensor, "*batch"]:
    """Whether the output at the path's end differs from that at its start: the paths of which a curve can be made.

    Args:
        distances: along the path.
        scale: how large an output is in the distance's unit (`measures.output_size`).
    """
    return distances[..., -1] > STILL * scale


def curve(distances: Float[Tensor, "*batch steps"]) -> Float[Tensor, "*batch steps"]:
    """Distances relative to the last: c(α) = d(α) / d(1).

    Raises:
        ValueError: fewer than 3 steps, or a path that ends where it began (leave those out with `moves`).
    """
    steps = distances.shape[-1]
    if steps < 3:
        raise ValueError(f"A curve of {steps} steps has no steepest one; give at least 3.")
    if not bool((distances[..., -1] > 0).all()):
        raise ValueError("A path ends where it began, so nothing is relative to its end; leave it out.")
    return distances / distances[..., -1:]


def sharpness(distances: Float[Tensor, "*batch steps"]) -> Float[Tensor, "*batch"]:
    """Steepest rise of the curve, max over α of c'(α), dimensionless; 1 for a straight line, at most steps − 1 for a
    curve that never overshoots.

    Raises:
        ValueError: see `curve`.
    Source: Janiak et al. 2024, figure on sharpness over training.
    """
    rises = curve(distances).diff(dim=-1)
    return rises.amax(dim=-1) * rises.shape[-1]


def position(distances: Float[Tensor, "*batch steps"]) -> Float[Tensor, "*batch"]:
    """Where the curve is steepest: α at the middle of that step, the first of several that are equal; between 0 and 1.

    Raises:
        ValueError: see `curve`.
    """
    rises = curve(distances).diff(dim=-1)
    return (rises.argmax(dim=-1).to(rises.dtype) + 0.5) / rises.shape[-1]


def finer(distances: Float[Tensor, "*batch steps"]) -> Float[Tensor, "*batch more"]:
    """α of further samples, between those of each of the `RISES` steepest rises of an even path (`schemas.path`)."""
    rises = distances.shape[-1] - 1
    many = pieces(rises + 1)
    place = distances.diff(dim=-1).topk(min(RISES, rises), dim=-1).indices
    within = torch.arange(1, many, device=distances.device, dtype=distances.dtype) / many
    return ((place[..., None] + within) / rises).flatten(-2)


def steepest(
    alpha: Float[Tensor, "*batch samples"], distances: Float[Tensor, "*batch samples"]
) -> tuple[Float[Tensor, "*batch"], Float[Tensor, "*batch"]]:
    """Largest slope of the curve through samples at any α, in any order, and the α where it is.

    Samples at 0 and at 1 are among them; the one at 1 is what the others are relative to.

    Raises:
        ValueError: see `curve`.
    """
    order = alpha.argsort(dim=-1, stable=True)
    at, c = alpha.gather(-1, order), curve(distances.gather(-1, order))
    slopes = c.diff(dim=-1) / at.diff(dim=-1)
    slope, place = slopes.max(dim=-1)
    middle = (at[..., 1:] + at[..., :-1]) / 2
    return slope, middle.gather(-1, place[..., None])[..., 0]


def path_shape(
    distances: Float[Tensor, "paths steps"],
    scale: Float[Tensor, " paths"] | float,
    read: Callable[[Float[Tensor, "paths more"]], Float[Tensor, "paths more"]],
) -> Float[Tensor, "3 paths"]:
    """Sharpness, width and position of each path; NaN where nothing moves, and where a reading is no number.

    Args:
        distances: at even samples, as a path is measured by (`measures.even`).
        scale: see `moves`.
        read: reads the paths at further α, each at its own.
    """
    found = torch.full((3, len(distances)), torch.nan, dtype=distances.dtype)
    kept = moves(distances, scale) & distances.isfinite().all(dim=-1)
    if bool(kept.any()):
        more = finer(distances)
        also = read(more).to(distances) if more.shape[1] else more
        kept = kept & also.isfinite().all(dim=-1)
        alpha = torch.linspace(0, 1, distances.shape[1], dtype=distances.dtype).expand_as(distances)
        slope, place = steepest(torch.cat([alpha, more], dim=1)[kept], torch.cat([distances, also], dim=1)[kept])
        found[:, kept] = torch.stack([slope, width(distances[kept]), place])
    return found


def width(distances: Float[Tensor, "*batch steps"], low: float = 0.1, high: float = 0.9) -> Float[Tensor, "*batch"]:
    """Width of the border in α: from where the curve first reaches `low` to where it first reaches `high`; 0.8 for a
    straight line.

    Raises:
        ValueError: see `curve`.
    """
    c = curve(distances)
    return _reaches(c, high) - _reaches(c, low)


def quartiles(values: Float[Tensor, " n"]) -> Quartiles:
    """Quartiles of a sample, linearly interpolated.

    Raises:
        ValueError: the sample is empty.
    """
    if not len(values):
        raise ValueError("No path crosses anything, so there are no quartiles; choose other pairs.")
    at = torch.tensor([0.25, 0.5, 0.75], dtype=values.dtype, device=values.device)
    lower, median, upper = torch.quantile(values, at).tolist()
    return Quartiles(lower, median, upper)


def _reaches(c: Float[Tensor, "*batch steps"], level: float) -> Float[Tensor, "*batch"]:
    """The first α at which the curve, straight between its samples, is at a level in (0, 1]."""
    after = (c >= level).to(torch.uint8).argmax(dim=-1, keepdim=True).clamp(min=1)
    start, end = c.gather(-1, after - 1), c.gather(-1, after)
    share = ((level - start) / (end - start).clamp(min=torch.finfo(c.dtype).tiny)).clamp(0, 1)
    return ((after - 1 + share) / (c.shape[-1] - 1)).squeeze(-1)
