"""How near an image is to what it was, and to what every image is near to."""

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

TOGETHER = 4096
"""Most states whose cosines with one another are kept at once."""


def mean_square(found: Float[Tensor, "n size"], true: Float[Tensor, "n size"]) -> Float[Tensor, " n"]:
    """Mean squared error of each image over all its pixels."""
    return (found - true).square().mean(1)


def mean_square_of(
    found: Float[Tensor, "n size"], true: Float[Tensor, "n size"], among: Bool[Tensor, "n size"]
) -> Float[Tensor, " n"]:
    """Mean squared error of each image over some of its pixels; NaN where there are none."""
    return ((found - true).square() * among).sum(1) / among.sum(1)


def cosine(found: Float[Tensor, "n size"], other: Float[Tensor, "... size"]) -> Float[Tensor, " n"]:
    """Cosine of each row with the other's; 0 where one has no length."""
    lengths = torch.linalg.vector_norm(found, dim=-1) * torch.linalg.vector_norm(other, dim=-1)
    return (found * other).sum(-1) / lengths.clamp_min(1e-12)


def own(
    found: Float[Tensor, "n size"], true: Float[Tensor, "n size"], mean: Float[Tensor, " size"]
) -> Float[Tensor, " n"]:
    """Cosine with the original once the mean training image is taken away: what is kept of this image, not of all."""
    return cosine(found - mean, true - mean)


def with_mean(found: Float[Tensor, "n size"], mean: Float[Tensor, " size"]) -> Float[Tensor, " n"]:
    """Pearson's correlation over pixels with the mean training image."""
    return cosine(found - found.mean(1, keepdim=True), mean - mean.mean())


def identified(found: Float[Tensor, "n size"], true: Float[Tensor, "n size"]) -> float:
    """Share of images whose nearest among all originals is their own; by chance 1/n."""
    nearest = torch.cdist(found, true).argmin(1)
    return float((nearest == torch.arange(len(true), device=true.device)).double().mean())


def leaders(states: Float[Tensor, "n size"], cosine: float = 0.999) -> Int[Tensor, " n"]:
    """Clusters: the first row not yet taken takes every row whose cosine with it is larger. Ids in order of appearance."""
    units = states / torch.linalg.vector_norm(states, dim=-1, keepdim=True).clamp_min(1e-30)
    # Many small products cost more in Python than one large one, as long as that fits.
    near = (units @ units.T > cosine).cpu().numpy() if len(states) <= TOGETHER else None
    taken = np.full(len(states), -1)
    count = 0
    for row in range(len(states)):
        if taken[row] < 0:
            own = near[row] if near is not None else (units @ units[row] > cosine).cpu().numpy()
            taken[own & (taken < 0)] = count
            taken[row] = count
            count += 1
    return torch.from_numpy(taken).to(states.device)


def entropy(labels: Int[Tensor, " n"]) -> float:
    """Entropy of the labels' distribution, in bits."""
    share = torch.bincount(labels[labels >= 0]).double()
    share = share[share > 0] / share.sum()
    return float(-(share * share.log2()).sum())


def ridge(
    corrupted: Float[Tensor, "n k"], true: Float[Tensor, "n size"], strength: float
) -> tuple[Float[Tensor, "k size"], Float[Tensor, " size"]]:
    """Weights and offset of the linear map with the least square error, penalised by strength · n."""
    x, y = corrupted.mean(0), true.mean(0)
    away = corrupted - x
    square = away.T @ away + strength * len(away) * torch.eye(away.shape[1], dtype=away.dtype, device=away.device)
    weights = torch.linalg.solve(square, away.T @ (true - y))
    return weights, y - x @ weights
