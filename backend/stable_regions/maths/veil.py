"""How far points of a plane are from real activations.

An activation at (α, β) of the plane's projection and `off` from the plane is as far from the plane's point (a, b) as

    distance² = ((a − α) ‖B − A‖)² + ((b − β) ‖C − X‖)² + off²

so that nothing of the space's dimensions is left but three numbers of each activation.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.plane import Plane


def nearest_real(
    plane: Plane,
    alpha: Float[Tensor, " nx"],
    beta: Float[Tensor, " ny"],
    real: tuple[Float[Tensor, " m"], Float[Tensor, " m"], Float[Tensor, " m"]],
) -> Float[Tensor, "ny nx"]:
    """Distance of each point of a grid from the nearest of `m` activations, given as `Plane.projected` gives them."""
    across = ((alpha.double()[:, None] - real[0]) * plane.across_norm).square()
    upward = ((beta.double()[:, None] - real[1]) * plane.up_norm).square() + real[2].square()
    return torch.stack([(across + row).amin(dim=1) for row in upward]).sqrt()


def nearest_other(activations: Float[Tensor, "m d_model"], first: int, last: int) -> Float[Tensor, " n"]:
    """Distance of some of the activations (from the first up to the last) from the nearest other one."""
    away = torch.cdist(activations[first:last], activations)
    away[torch.arange(last - first), torch.arange(first, last)] = torch.inf
    return away.amin(dim=1)
