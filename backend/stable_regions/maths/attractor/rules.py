"""Three rules that store images in couplings, each of them local: a site needs its own token, the other, and its softmax.

*paper*: the attention-weighted Hebb rule ⟨α_{i←j} x_i x_jᵀ⟩ on tokens z-scored over each image, as in the authors' notebook,
with Σ_j ‖J_ij‖² held at R² a site. −e_i is convex in J, so on that sphere the fixed-point sweep

    H_ij = ⟨α_{i←j} x_i x_jᵀ⟩ over all stored images,   J ← R √N · H / ‖H‖

never raises the loss (ours: no learning rate, no order of batches). `adamw` is the notebook's way: one random site a batch,
clipped gradient, AdamW, then J is scaled back to its norm.

*centred* (ours): the same on tokens less their mean over the stored images' population, by position and feature.

*normalised* (ours): a token x_i on a sphere of radius r_i, given the others, has the density exp(−λ e_i)/Z, with

    log Z_i = log Σ_{j≠i} exp(log K(λ r_i ‖u_ij‖))                     K: `spheres.log_normaliser`

which the reading of Σ e_i as a pseudo-likelihood leaves out. Its gradient is a Hebbian phase less an anti-Hebbian one,

    −∂/∂J_ij = ⟨(α_{i←j} x_i − β_{i←j} A(κ_ij) r_i u_ij/‖u_ij‖) x_jᵀ⟩,   β = softmax_j log K(κ_ij),   A = d log K/dκ

and it is followed by Adam from J = 0.

Source: D'Amico & Negri 2024 (arXiv 2409.16112) for the first; the others are not in that paper.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.attractor import network
from stable_regions.maths.attractor.chance import uniform
from stable_regions.maths.attractor.spheres import log_normaliser

Couplings = Float[Tensor, "tokens tokens d d"]

BATCH = 64
"""Images of one pass over the fields u_ij, which are N times as large as the tokens."""

SWEEPS = 12
"""Of the fixed-point trainer."""

RATE, STEPS, STORED = 0.3, 200, 100
"""Of the normalised rule: Adam's step, how many, and most images of one step."""

SITES = 2000
"""Batches, of one random site each, of the notebook's trainer."""


def on_row_norm(grown: Couplings, row_norm: float) -> Couplings:
    """Scaled so that Σ_j ‖J_ij‖² is R² in the mean over sites."""
    return grown * (row_norm * len(grown) ** 0.5 / torch.linalg.vector_norm(grown))


def fixed_point(
    x: Float[Tensor, "n tokens d"], sharpness: float, row_norm: float, sweeps: int = SWEEPS
) -> tuple[Couplings, list[float]]:
    """Couplings after so many sweeps over the tokens of all stored images, and the loss before each."""
    made = x.new_zeros(x.shape[1], x.shape[1], x.shape[2], x.shape[2])
    losses: list[float] = []
    for _ in range(sweeps):
        grown, loss = torch.zeros_like(made), 0.0
        for some in x.split(BATCH):
            part, energy = network.hebbian(made, some, sharpness)
            grown += part * (len(some) / len(x))
            loss += energy * len(some) / len(x)
        losses.append(loss)
        made = on_row_norm(grown, row_norm)
    return made, losses


def adamw(
    x: Float[Tensor, "n tokens d"], sharpness: float, row_norm: float, seed: int, steps: int = SITES
) -> Couplings:
    """The notebook's trainer: rate 5e-4, decay 1e-6, batches of 256, gradient clipped to 1; one random site a batch."""
    sites, d = x.shape[1:]
    drawn = uniform(seed, 8, sites * sites * d * d).to(x).reshape(sites, sites, d, d) - 0.5
    drawn[torch.arange(sites), torch.arange(sites)] = 0
    made = on_row_norm(drawn, row_norm)
    first, second = torch.zeros_like(made), torch.zeros_like(made)
    chosen = (uniform(seed, 9, steps) * sites).long()
    batch = min(256, len(x))
    places = (uniform(seed, 10, steps * batch) * len(x)).long().reshape(steps, batch)
    for step in range(steps):
        site, some = int(chosen[step]), x[places[step]]
        u = torch.einsum("jac,njc->nja", made[site], some)
        scaled = sharpness * torch.einsum("nja,na->nj", u, some[:, site])
        scaled[:, site] = -math.inf
        slope = torch.zeros_like(made)
        slope[site] = -torch.einsum("nj,na,njc->jac", torch.softmax(scaled, -1), some[:, site], some) / batch
        slope /= max(1.0, float(torch.linalg.vector_norm(slope)))
        made = made * (1 - 5e-4 * 1e-6) - adam(slope, first, second, step + 1, 5e-4)
        made = on_row_norm(made, row_norm)
    return made


def adam(slope: Couplings, first: Couplings, second: Couplings, step: int, rate: float) -> Couplings:
    """What Adam takes away in its step-th step (from 1); the two running means are changed in place."""
    first.mul_(0.9).add_(slope, alpha=0.1)
    second.mul_(0.999).addcmul_(slope, slope, value=0.001)
    return rate * (first / (1 - 0.9**step)) / ((second / (1 - 0.999**step)).sqrt() + 1e-8)


def normalised_slope(
    couplings: Couplings, x: Float[Tensor, "n tokens d"], radii: Float[Tensor, " tokens"], sharpness: float
) -> tuple[Couplings, float]:
    """∂/∂J of −⟨Σ_i log p(x_i | others)⟩/λ, and its value up to a constant."""
    sites, d = x.shape[1:]
    u = network.fields(couplings, x)
    scaled = network.scores(u, x, sharpness)
    length = torch.linalg.vector_norm(u, dim=-1)
    log_k, mean = log_normaliser(sharpness * radii[:, None] * length, d)
    log_k = log_k.masked_fill(torch.eye(sites, dtype=torch.bool, device=x.device), -math.inf)
    away = torch.softmax(log_k, dim=-1) * mean * radii[:, None] / length.clamp_min(1e-30)
    difference = network.attention(scaled)[..., None] * x[:, :, None] - away[..., None] * u
    value = network.energies(scaled, sharpness) + torch.logsumexp(log_k, dim=-1) / sharpness
    return -torch.einsum("nija,njc->ijac", difference, x) / len(x), float(value.sum(-1).mean())


def normalised(
    x: Float[Tensor, "n tokens d"], radii: Float[Tensor, " tokens"], sharpness: float, steps: int = STEPS
) -> Couplings:
    """Couplings after so many steps of Adam, each over at most a hundred of the images, in turn."""
    made = x.new_zeros(x.shape[1], x.shape[1], x.shape[2], x.shape[2])
    first, second = torch.zeros_like(made), torch.zeros_like(made)
    taken = min(STORED, len(x))
    for step in range(steps):
        some = x[(step * taken + torch.arange(taken)) % len(x)]
        slope, _ = normalised_slope(made, some, radii, sharpness)
        made = made - adam(slope, first, second, step + 1, RATE)
    return made
