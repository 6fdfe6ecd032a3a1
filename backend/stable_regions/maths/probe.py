"""Reading beliefs off activations with an affine map, and how much to make of it.

    min over W, c of  Σᵢ wᵢ ‖bᵢ − (W aᵢ + c)‖²            rows i: histories; w their weights, Σ w = 1
    MSE = Σᵢ wᵢ mean_s (bᵢₛ − b̂ᵢₛ)²        R² = 1 − MSE / Σᵢ wᵢ mean_s (bᵢₛ − b̄ₛ)²

R² alone misleads: an untrained network scores high, since remembering the last tokens already does. So beside it stand the
*ladder*, R² of the best function of the last k tokens; the *zoom*, R² within the groups of histories that
share their last k tokens (is the shape inside each small triangle right?); R² of *shuffled* beliefs, which is what fitting
so many columns gives by itself; and R² *held out*, by ridge regression on nine tenths of the histories.

All in double precision.

Source: Shai et al. 2024 (arXiv 2405.15943), §3 and appendix; ladder, zoom and the held-out score are this project's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

FOLDS = 10
RIDGES = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1)
"""Penalties that are tried, relative to the largest squared singular value."""

SHUFFLES = 20
RANK = 1e-12
"""Directions with a smaller share of the largest squared singular value are left out of a fit."""


@dataclass(frozen=True, eq=False)
class Probe:
    """An affine map from activations to beliefs: `matrix` [dims, states] and `offset` [states]."""

    matrix: Float[Tensor, "dims states"]
    offset: Float[Tensor, " states"]

    def decoded(self, activation: Float[Tensor, "rows dims"]) -> Float[Tensor, "rows states"]:
        """What is read off each activation."""
        return activation.double() @ self.matrix + self.offset


class Fit(NamedTuple):
    """How well something decodes: mean squared error, and R²."""

    mse: float
    r2: float


def least_squares(
    activation: Float[Tensor, "rows dims"], belief: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"]
) -> Probe:
    """The least-squares probe."""
    a, b, a_mean, b_mean = _centred(activation, belief, weight)
    if len(a) > 4 * a.shape[1]:
        share, basis = torch.linalg.eigh(a.T @ a)
        kept = share > RANK * share[-1]
        matrix = (basis[:, kept] / share[kept]) @ (basis[:, kept].T @ (a.T @ b))
    else:
        left, size, right = torch.linalg.svd(a, full_matrices=False)
        kept = size > RANK**0.5 * size[0]
        matrix = right[kept].T @ ((left[:, kept].T @ b) / size[kept, None])
    return Probe(matrix, b_mean - a_mean @ matrix)


def fit_of(
    decoded: Float[Tensor, "rows states"], belief: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"]
) -> Fit:
    """Error and R² of decoded beliefs."""
    mse = float(weight @ (belief - decoded).square().mean(dim=1))
    variance = float(weight @ (belief - weight @ belief).square().mean(dim=1))
    return Fit(mse, 1 - mse / variance if variance else float("nan"))


def ladder(
    word: Int[Tensor, "rows length"], belief: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"]
) -> Float[Tensor, " length"]:
    """R² of the best function of the last k tokens, for k = 1 … length; a history of fewer is known whole."""
    return torch.tensor(
        [
            fit_of(_means(belief, weight, group)[group], belief, weight).r2
            for group in (by_last(word, k) for k in range(1, word.shape[1] + 1))
        ],
        dtype=torch.float64,
    )


def zoom(
    decoded: Float[Tensor, "rows states"],
    belief: Float[Tensor, "rows states"],
    weight: Float[Tensor, " rows"],
    groups: Sequence[Int[Tensor, " rows"]],
) -> Float[Tensor, " levels"]:
    """R² within the groups of histories that share their last k tokens, for k = 0, 1, … as many as there are groupings."""
    found = [fit_of(decoded, belief, weight).r2]
    for group in groups:
        error = _within(belief - decoded, weight, group)
        whole = _within(belief, weight, group)
        found.append(1 - error / whole if whole > 0 else float("nan"))
    return torch.tensor(found, dtype=torch.float64)


def by_last(word: Int[Tensor, "rows length"], k: int) -> Int[Tensor, " rows"]:
    """A group for each row: histories with the same last k tokens, or, of fewer tokens, the same ones."""
    size = (word >= 0).sum(dim=1)
    place = size[:, None] - 1 - torch.arange(k)
    last = torch.where(place >= 0, word.long().gather(1, place.clamp(min=0)), -1)
    code = torch.zeros(len(word), dtype=torch.int64)
    base = int(last.max()) + 2
    for column in last.T:
        code = torch.unique(code * base + column + 1, return_inverse=True)[1]
    return code


def dealt(
    belief: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"], seed: int = 0
) -> Float[Tensor, "rows _"]:
    """Beliefs dealt out anew among the histories, `SHUFFLES` times side by side; centred, times √w, each deal of length 1."""
    chance, found = torch.Generator().manual_seed(seed), []
    for _ in range(SHUFFLES):
        deal = belief[torch.randperm(len(belief), generator=chance)]
        centred = weight.sqrt()[:, None] * (deal - weight @ deal)
        found.append(centred / centred.square().sum().sqrt())
    return torch.cat(found, dim=1)


def shuffled(
    activation: Float[Tensor, "rows dims"], deals: Float[Tensor, "rows _"], weight: Float[Tensor, " rows"]
) -> float:
    """Mean R² of fits to beliefs that were dealt out anew: what so many columns explain of anything.

    Args:
        activation: of each history.
        deals: what `dealt` gave under the same weights.
        weight: of each history.
    """
    a = activation.double()
    a = (a - weight @ a) * weight.sqrt()[:, None]
    if len(a) > 4 * a.shape[1]:
        share, basis = torch.linalg.eigh(a.T @ a)
        kept = share > RANK * share[-1]
        explained = (basis[:, kept].T @ (a.T @ deals)).square() / share[kept, None]
    else:
        left, size, _ = torch.linalg.svd(a, full_matrices=False)
        explained = (left[:, size > RANK**0.5 * size[0]].T @ deals).square()
    return float(explained.sum()) / SHUFFLES


def held_out(
    activation: Float[Tensor, "rows dims"],
    belief: Float[Tensor, "rows states"],
    weight: Float[Tensor, " rows"],
    seed: int = 0,
) -> float:
    """R² on histories that the probe was not fitted to: ten folds by history, ridge, the best of `RIDGES`."""
    order = torch.randperm(len(belief), generator=torch.Generator().manual_seed(seed))
    one = torch.ones(len(belief), 1, dtype=torch.float64)
    # With a column of ones, one Gram matrix holds the means too, and that of nine folds is the whole less the tenth's.
    a, b, w = torch.cat([activation.double(), one], dim=1)[order], belief[order], weight[order]
    root = w.sqrt()[:, None]
    parts = list(zip(*(rows.chunk(FOLDS) for rows in (a, b, w, a * root, b * root)), strict=True))
    grams = [(seen.T @ seen, seen.T @ wanted) for _, _, _, seen, wanted in parts]
    whole = sum(aa for aa, _ in grams), sum(ab for _, ab in grams)
    error = torch.zeros(len(RIDGES), dtype=torch.float64)
    for (seen, wanted, counts, _, _), (own_aa, own_ab) in zip(parts, grams, strict=True):
        aa, ab = whole[0] - own_aa, whole[1] - own_ab
        total = aa[-1, -1]
        a_mean, b_mean = aa[-1, :-1] / total, ab[-1] / total
        share, basis = torch.linalg.eigh(aa[:-1, :-1] - total * a_mean[:, None] * a_mean)
        along = basis.T @ (ab[:-1] - total * a_mean[:, None] * b_mean)
        maps = [basis @ (along / (share.clamp(min=0) + ridge * share[-1])[:, None]) for ridge in RIDGES]
        found = (seen[:, :-1] - a_mean) @ torch.cat(maps, dim=1)
        missed = (wanted - b_mean)[:, None] - found.unflatten(1, (len(RIDGES), -1))
        error += counts @ missed.square().mean(dim=2)
    variance = float(weight @ (belief - weight @ belief).square().mean(dim=1))
    return 1 - float(error.min()) / variance


def pair_agreement(
    decoded: Float[Tensor, "rows states"], other: Float[Tensor, "rows _"], weight: Float[Tensor, " rows"]
) -> float:
    """Squared correlation, over pairs of rows, of the distance decoded and the distance in another space."""
    near, far = torch.pdist(decoded.double()), torch.pdist(other.double())
    one, two = torch.triu_indices(len(decoded), len(decoded), offset=1)
    share = weight[one] * weight[two]
    share = share / share.sum()
    near, far = near - share @ near, far - share @ far
    return float((share @ (near * far)) ** 2 / ((share @ near.square()) * (share @ far.square())))


def _centred(
    activation: Float[Tensor, "rows dims"], belief: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"]
) -> tuple[Float[Tensor, "rows dims"], Float[Tensor, "rows states"], Float[Tensor, " dims"], Float[Tensor, " states"]]:
    """Both less their weighted means and times √w, and those means."""
    a, root = activation.double(), weight.sqrt()[:, None]
    a_mean, b_mean = weight @ a, weight @ belief
    return (a - a_mean) * root, (belief - b_mean) * root, a_mean, b_mean


def _means(
    rows: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"], group: Int[Tensor, " rows"]
) -> Float[Tensor, "groups states"]:
    """Weighted mean of each group."""
    count = int(group.max()) + 1
    total = torch.zeros(count, rows.shape[1], dtype=torch.float64).index_add_(0, group, weight[:, None] * rows)
    mass = torch.zeros(count, dtype=torch.float64).index_add_(0, group, weight)
    return total / mass[:, None]


def _within(rows: Float[Tensor, "rows states"], weight: Float[Tensor, " rows"], group: Int[Tensor, " rows"]) -> float:
    """Weighted mean square of what is left when each group's mean is taken away."""
    return float(weight @ (rows - _means(rows, weight, group)[group]).square().mean(dim=1))
