"""The parts that distances are made of: how an output is prepared, how two prepared ones are compared, and their mean.

Preparing takes the exponentials and roots, comparing only a difference and its length: where many outputs are compared with
one another, each is prepared once. The mean is taken of what the distance compares: of distributions themselves
(`hellinger`, `tv`, `js`), of final residuals (`l2`), of their directions (`cosine`); it comes prepared, too.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import normalize

from stable_regions.schemas.plane import Distance

FARTHEST = 80.0
"""Log-ratios are cut here: e^±80 still fits single precision, and what is rarer weighs nothing."""


class Measure(NamedTuple):
    """A distance in parts; each works along the last axis.

    Attributes:
        prepared: of an output: a final residual, or log-probabilities.
        apart: distance of prepared outputs, n against n or against one.
        averaged: what of a prepared output is averaged.
        back: the mean of that as a prepared output.
    """

    prepared: Callable[[Tensor], Tensor]
    apart: Callable[[Tensor, Tensor], Tensor]
    averaged: Callable[[Tensor], Tensor]
    back: Callable[[Tensor], Tensor]


def _same(rows: Tensor) -> Tensor:
    return rows


def _direction(rows: Tensor) -> Tensor:
    return normalize(rows, dim=-1)


def _root(log_p: Tensor) -> Tensor:
    return (log_p / 2).exp()


def _log(p: Tensor) -> Tensor:
    """Logarithms; what is impossible is as rare as single precision can say."""
    return p.clamp(min=torch.finfo(torch.float32).tiny).log()


def _euclidean(one: Tensor, other: Tensor) -> Tensor:
    return torch.linalg.vector_norm(one - other, dim=-1)


def _half_square(one: Tensor, other: Tensor) -> Tensor:
    return (one - other).square().sum(dim=-1) / 2


def _hellinger(one: Tensor, other: Tensor) -> Tensor:
    return _euclidean(one, other).mul(1 / math.sqrt(2)).clamp(max=1)


def _half_sum(one: Tensor, other: Tensor) -> Tensor:
    return (one - other).abs().sum(dim=-1).div(2).clamp(max=1)


def _jensen_shannon(one: Tensor, other: Tensor) -> Tensor:
    """With u = log p − log q and the mixture m, log p − log m = −log(1 + (e^−u − 1)/2): exactly 0 at u = 0."""
    ratio = (one - other).clamp(-FARTHEST, FARTHEST)
    p_part = one.exp() * torch.log1p(torch.expm1(-ratio) / 2)
    q_part = other.exp() * torch.log1p(torch.expm1(ratio) / 2)
    divergence = -(p_part + q_part).sum(dim=-1) / (2 * math.log(2))
    return divergence.clamp(0, 1).sqrt()


MEASURES: dict[Distance, Measure] = {
    "l2": Measure(_same, _euclidean, _same, _same),
    "cosine": Measure(_direction, _half_square, _same, _direction),
    "hellinger": Measure(_root, _hellinger, torch.square, torch.sqrt),
    "tv": Measure(torch.exp, _half_sum, _same, _same),
    "js": Measure(_same, _jensen_shannon, torch.exp, _log),
}
"""Every distance."""


def even(values: Float[Tensor, "*shape"], distance: Distance) -> Float[Tensor, "*shape"]:
    """The distance as a path is measured by: one that grows in proportion to a small step.

    `l2`, `hellinger`, `tv` and `js` do so themselves. 1 − cos is quadratic in a small step: of it the angle is taken, in
    radians, 2 arcsin √(d / 2), so that an output that turns evenly has sharpness 1 and width 0.8.
    """
    return 2 * (values / 2).clamp(0, 1).sqrt().asin() if distance == "cosine" else values


def output_size(clean: Float[Tensor, "*batch size"], distance: Distance) -> Float[Tensor, "*batch"]:
    """How large an output is in the distance's unit: its length under `l2`; 1 under the distances that are bounded."""
    length = torch.linalg.vector_norm(clean, dim=-1)
    return length if distance == "l2" else torch.ones_like(length)


def mean_of(blocks: Iterable[Float[Tensor, "_ size"]], distance: Distance) -> Float[Tensor, " size"]:
    """The mean of prepared outputs that come in blocks, prepared."""
    measure, total, count = MEASURES[distance], torch.zeros((), dtype=torch.float64), 0
    for rows in blocks:
        total = total.to(rows.device) + measure.averaged(rows).sum(dim=0).double()
        count += len(rows)
    return measure.back(total / count).float()
