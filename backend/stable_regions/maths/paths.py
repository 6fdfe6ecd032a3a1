"""Ways from anchor A (α = 0) to anchor B (α = 1), in equal steps of α.

    straight   P(α) = (1 − α) A + α B
    arc        Q(α) = m + ‖A − m‖ · (P(α) − m) / ‖P(α) − m‖

The arc is the same chord, rescaled about the mean activation m to A's own distance from it: activations lie in a shell
about their mean, and the middle of a chord does not. It ends in B's direction, at A's distance; B itself may be nearer to
the mean or farther.

Source: Janiak et al. 2024 (arXiv 2409.17113), and the authors' experiment code for the arc.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.errors import DegeneratePath

LEAST = 1e-6
"""A distance from the mean below this share of the anchors' own is lost in single precision."""


def straight(
    a: Float[Tensor, " d_model"], b: Float[Tensor, " d_model"], alpha: Float[Tensor, " steps"]
) -> Float[Tensor, "steps d_model"]:
    """Points of the chord, in double precision; A at 0, B at 1 to rounding."""
    a, b = a.double(), b.double()
    return a + alpha.double()[:, None] * (b - a)


def arc(
    a: Float[Tensor, " d_model"],
    b: Float[Tensor, " d_model"],
    mean: Float[Tensor, " d_model"],
    alpha: Float[Tensor, " steps"],
) -> Float[Tensor, "steps d_model"]:
    """Points of the arc, in double precision, all as far from the mean as A.

    Raises:
        DegeneratePath: A, or a point of the chord, is the mean itself; names the distances.
    """
    mean = mean.double()
    chord = straight(a, b, alpha) - mean
    reach, radius = torch.linalg.vector_norm(chord, dim=-1), torch.linalg.vector_norm(a.double() - mean)
    size = max(float(radius), float(torch.linalg.vector_norm(b.double() - mean)))
    nearest = min(float(reach.min()), float(radius))
    # Written as `not (nearest > …)`, since NaN is neither greater nor smaller than anything.
    if not (nearest > LEAST * size):
        raise DegeneratePath(
            f"The path passes within {nearest:.3g} of the mean activation, where anchors are up to {size:.3g} from it.",
            "Take the straight path, or other prompts.",
        )
    return mean + radius * chord / reach[:, None]


def direction(
    a: Float[Tensor, " d_model"],
    b: Float[Tensor, " d_model"],
    mean: Float[Tensor, " d_model"] | None,
    alpha: Float[Tensor, " steps"],
) -> Float[Tensor, "steps d_model"]:
    """dP/dα of the straight path, or of the arc about a mean, in double precision.

    With u the unit vector from the mean to the chord's point: Q' = ‖A − m‖ / ‖P − m‖ · (P' − ⟨u, P'⟩ u).
    """
    along = (b.double() - a.double()).expand(len(alpha), -1)
    if mean is None:
        return along
    chord = straight(a, b, alpha) - mean.double()
    reach, radius = torch.linalg.vector_norm(chord, dim=-1), torch.linalg.vector_norm(a.double() - mean.double())
    unit = chord / reach[:, None]
    across = along - (along * unit).sum(dim=-1, keepdim=True) * unit
    return radius / reach[:, None] * across
