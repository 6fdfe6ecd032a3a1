"""Local energies, attention, and one step.

    u_ij = J_ij x_j        s_ij = x_i · u_ij                                       fields, scores
    e_i = −(1/λ) log Σ_{j≠i} exp(λ s_ij)                                            the local energy of token i
    α_{i←j} = softmax_{j≠i}(λ s_ij)                                                 attention
    −∂e_i/∂x_i = Σ_{j≠i} α_{i←j} J_ij x_j                                            what attention writes

Each token goes down its own e_i with the others held still, all at once. That is no descent of F = Σ_i e_i: its gradient
has a second term, Σ_k α_{k←i} J_kiᵀ x_k, which attention lacks. No function is known that falls along these orbits.

Source: D'Amico & Negri 2024 (arXiv 2409.16112). The authors' notebook cuts scores at 20 before the softmax; here nothing is
cut, since sums of exponentials are taken about their largest term.
"""

import math

import torch
from jaxtyping import Bool, Float
from torch import Tensor


def fields(
    couplings: Float[Tensor, "tokens tokens d d"], x: Float[Tensor, "n tokens d"]
) -> Float[Tensor, "n tokens tokens d"]:
    """u_ij = J_ij x_j; rows are the token that is moved, columns those that move it."""
    return torch.einsum("ijac,njc->nija", couplings, x)


def scores(
    u: Float[Tensor, "n tokens tokens d"], x: Float[Tensor, "n tokens d"], sharpness: float
) -> Float[Tensor, "n tokens tokens"]:
    """λ s_ij, −∞ on the diagonal."""
    scaled = sharpness * (u * x[:, :, None]).sum(-1)
    return scaled.masked_fill(torch.eye(x.shape[1], dtype=torch.bool, device=x.device), -math.inf)


def attention(
    scaled: Float[Tensor, "n tokens tokens"], visible: Bool[Tensor, "n tokens"] | None = None
) -> Float[Tensor, "n tokens tokens"]:
    """α from λ s; where `visible` is given, only those tokens are looked at."""
    if visible is not None:
        scaled = scaled.masked_fill(~visible[:, None, :], -math.inf)
    return torch.softmax(scaled, dim=-1)


def energies(scaled: Float[Tensor, "n tokens tokens"], sharpness: float) -> Float[Tensor, "n tokens"]:
    """e_i from λ s."""
    return -torch.logsumexp(scaled, dim=-1) / sharpness


def written(
    couplings: Float[Tensor, "tokens tokens d d"],
    x: Float[Tensor, "n tokens d"],
    sharpness: float,
    visible: Bool[Tensor, "n tokens"] | None = None,
) -> Float[Tensor, "n tokens d"]:
    """−∂e_i/∂x_i of every token: what one step of bare attention writes."""
    u = fields(couplings, x)
    alpha = attention(scores(u, x, sharpness), visible)
    return torch.einsum("nij,nija->nia", alpha, u)


def hebbian(
    couplings: Float[Tensor, "tokens tokens d d"], x: Float[Tensor, "n tokens d"], sharpness: float
) -> tuple[Float[Tensor, "tokens tokens d d"], float]:
    """⟨α_{i←j} x_i x_jᵀ⟩, which is −∂⟨Σ_i e_i⟩/∂J; and ⟨Σ_i e_i⟩."""
    scaled = scores(fields(couplings, x), x, sharpness)
    alpha = attention(scaled)
    grown = torch.einsum("nij,nia,njc->ijac", alpha, x, x) / len(x)
    return grown, float(energies(scaled, sharpness).sum(-1).mean())
