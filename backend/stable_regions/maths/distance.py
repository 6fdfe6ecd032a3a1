"""How far outputs are from one clean output, or from one another.

    l2         ‖o − o'‖₂                     on the final residual (after the final norm); the paper's
    cosine     1 − cos(o, o')                on the final residual; 0 to 2
    hellinger  ‖√p − √p'‖₂ / √2              on the next-token distribution; 0 to 1
    tv         ½ ‖p − p'‖₁                   on the next-token distribution; 0 to 1
    js         √(JSD₂(p, p'))                on the next-token distribution; 0 to 1, base 2

Each is written so that equal outputs are exactly 0 apart and nearly equal ones do not drown in rounding. Distributions
come as log-probabilities, which keep the rare tokens.

Source: METHOD of Janiak et al. 2024 for `l2`; Lin 1991 and Endres & Schindelin 2003 for the Jensen–Shannon distance.
"""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.schemas.plane import Distance

Formula = Callable[[Float[Tensor, "n size"], Float[Tensor, "*one_or_n size"]], Float[Tensor, " n"]]
"""n outputs against one, or each against its own."""

FARTHEST = 80.0
"""Log-ratios are cut here: e^±80 still fits single precision, and what is rarer weighs nothing."""


def l2(final: Float[Tensor, "n d_model"], clean: Float[Tensor, "*one_or_n d_model"]) -> Float[Tensor, " n"]:
    """Euclidean distance of final residuals, in their own unit."""
    return torch.linalg.vector_norm(final - clean, dim=-1)


def cosine(final: Float[Tensor, "n d_model"], clean: Float[Tensor, "*one_or_n d_model"]) -> Float[Tensor, " n"]:
    """1 − cos, as half the squared distance of the directions: 0 to 2, without cancellation near 0."""
    apart = torch.nn.functional.normalize(final, dim=-1) - torch.nn.functional.normalize(clean, dim=-1)
    return apart.square().sum(dim=-1) / 2


def hellinger(log_p: Float[Tensor, "n d_vocab"], clean: Float[Tensor, "*one_or_n d_vocab"]) -> Float[Tensor, " n"]:
    """Hellinger distance of distributions given as log-probabilities; 0 to 1."""
    apart = (log_p / 2).exp() - (clean / 2).exp()
    return torch.linalg.vector_norm(apart, dim=-1).mul(1 / math.sqrt(2)).clamp(max=1)


def tv(log_p: Float[Tensor, "n d_vocab"], clean: Float[Tensor, "*one_or_n d_vocab"]) -> Float[Tensor, " n"]:
    """Total variation of distributions given as log-probabilities; 0 to 1."""
    return (log_p.exp() - clean.exp()).abs().sum(dim=-1).div(2).clamp(max=1)


def js(log_p: Float[Tensor, "n d_vocab"], clean: Float[Tensor, "*one_or_n d_vocab"]) -> Float[Tensor, " n"]:
    """Jensen–Shannon distance (square root of the divergence, base 2) of distributions; 0 to 1.

    With u = log p − log q and the mixture m, log p − log m = −log(1 + (e^−u − 1)/2): exactly 0 at u = 0.
    """
    ratio = (log_p - clean).clamp(-FARTHEST, FARTHEST)
    p_part = log_p.exp() * torch.log1p(torch.expm1(-ratio) / 2)
    q_part = clean.exp() * torch.log1p(torch.expm1(ratio) / 2)
    divergence = -(p_part + q_part).sum(dim=-1) / (2 * math.log(2))
    return divergence.clamp(0, 1).sqrt()


ON_RESIDUAL: dict[Distance, Formula] = {"l2": l2, "cosine": cosine}
"""Distances that compare final residuals."""

ON_DISTRIBUTION: dict[Distance, Formula] = {"hellinger": hellinger, "tv": tv, "js": js}
"""Distances that compare next-token distributions, as log-probabilities."""
