"""The von Mises–Fisher normaliser: ∫ exp(κ μ·x) over the unit sphere in an even number d of dimensions, up to a constant.

    K(κ) = Γ(d/2) (κ/2)^(1−d/2) I_(d/2−1)(κ) = Σ_k Γ(d/2) (κ²/4)^k / (k! Γ(k + d/2))

For small κ the series is summed (every term is positive, so no digit is lost); for large κ the Bessel functions are taken
from orders 0 and 1 upwards, I_(ν+1) = I_(ν−1) − (2ν/κ) I_ν.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

SMALL, TERMS = 6.0, 36
"""Up to which κ the series is taken, and its terms: the next is below 1e-25 of the sum."""


def log_normaliser(kappa: Float[Tensor, "*n"], d: int) -> tuple[Float[Tensor, "*n"], Float[Tensor, "*n"]]:
    """Log K(κ), 0 at κ = 0, and its derivative, the mean of μ·x (0 at κ = 0, towards 1 for large κ)."""
    order = d // 2 - 1
    small, small_mean = _series(kappa.clamp(max=SMALL), order)
    large, large_mean = _upwards(kappa.clamp(min=SMALL), order)
    return torch.where(kappa <= SMALL, small, large), torch.where(kappa <= SMALL, small_mean, large_mean)


def _series(kappa: Tensor, order: int) -> tuple[Tensor, Tensor]:
    quarter = kappa.square() / 4
    term, total, slope = torch.ones_like(kappa), torch.ones_like(kappa), torch.zeros_like(kappa)
    for k in range(1, TERMS):
        term = term * quarter / (k * (k + order))
        total = total + term
        slope = slope + 2 * k * term
    return torch.log(total), slope / total / kappa.clamp_min(1e-30)


def _upwards(kappa: Tensor, order: int) -> tuple[Tensor, Tensor]:
    below, here = torch.special.i0e(kappa), torch.special.i1e(kappa)
    for nu in range(order):
        below, here = here, below - 2 * (nu + 1) / kappa * here
    return torch.log(below) + kappa - order * torch.log(kappa / 2) + math.lgamma(order + 1), here / below
