"""A head as a modern Hopfield memory: its keys are stored, a query is what looks for them.

    E(q) = −(1/β) log Σ_j exp(β q·k_j) + ½ ‖q‖²          q ← Σ_j softmax_j(β q·k_j) k_j

The step never raises E: the two lines are a concave–convex procedure on it, so every orbit comes to rest.

Source: Ramsauer et al., *Hopfield Networks is All You Need* (arXiv 2008.02217), eqs. 2 and 3.
"""

import torch
from jaxtyping import Float, Int
from torch import Tensor


def energy(keys: Float[Tensor, "m d"], q: Float[Tensor, "n d"], beta: float) -> Float[Tensor, " n"]:
    """E at each query."""
    return -torch.logsumexp(beta * q @ keys.T, dim=-1) / beta + q.square().sum(-1) / 2


def retrieved(keys: Float[Tensor, "m d"], q: Float[Tensor, "n d"], beta: float) -> Float[Tensor, "n d"]:
    """One step."""
    return torch.softmax(beta * q @ keys.T, dim=-1) @ keys


def k90(keys: Float[Tensor, "m d"], q: Float[Tensor, "n d"], beta: float) -> Int[Tensor, " n"]:
    """How few keys hold 90 % of a query's softmax: 1 is a single pattern, more than m/2 an average of all."""
    weights = torch.softmax(beta * q.double() @ keys.double().T, dim=-1).sort(dim=-1, descending=True).values
    return (weights.cumsum(-1) < 0.9 - 1e-12).sum(-1) + 1
