"""The plane through three anchors, and the point of it at given coordinates.

    X = A + t·(B − A),   t = ⟨C − A, B − A⟩ / ⟨B − A, B − A⟩      the foot of C on the line through A and B
    P(α, β) = A + α·(B − A) + β·(C − X)                          A = (0, 0), B = (1, 0), C = (t, 1)

The two axes stand at right angles, but one step along each has its own length, ‖B − A‖ and ‖C − X‖.

Source: Janiak et al., *Characterizing stable regions in the residual stream of LLMs* (arXiv 2409.17113), figure 1.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.errors import DegeneratePlane

LEAST = 1e-6
"""An axis shorter than this share of the longest anchor is lost in single precision."""


@dataclass(frozen=True, eq=False)
class Plane:
    """An affine plane in activation space, in double precision.

    Attributes:
        origin: A.
        across: B − A, the direction of α.
        up: C − X, the direction of β.
        t: α of C.
        across_norm: ‖B − A‖, in units of activation.
        up_norm: ‖C − X‖, in units of activation.
    """

    origin: Float[Tensor, " d_model"]
    across: Float[Tensor, " d_model"]
    up: Float[Tensor, " d_model"]
    t: float
    across_norm: float
    up_norm: float

    @property
    def anchors(self) -> tuple[tuple[float, float], ...]:
        """Coordinates (α, β) of A, B and C."""
        return ((0.0, 0.0), (1.0, 0.0), (self.t, 1.0))

    def point(self, alpha: Float[Tensor, " n"], beta: Float[Tensor, " n"]) -> Float[Tensor, "n d_model"]:
        """The activations at the coordinates, in double precision; each row depends on its own coordinates alone."""
        across = alpha.double()[:, None] * self.across
        return self.origin + across + beta.double()[:, None] * self.up


def plane_through(a: Float[Tensor, " d_model"], b: Float[Tensor, " d_model"], c: Float[Tensor, " d_model"]) -> Plane:
    """The plane through the anchors A, B and C.

    Raises:
        DegeneratePlane: two of them coincide, all lie on one line, or one is not finite; names the norms.
    """
    a, b, c = a.double(), b.double(), c.double()
    across = b - a
    size = max(float(torch.linalg.vector_norm(anchor)) for anchor in (a, b, c))
    across_norm = float(torch.linalg.vector_norm(across))
    # Written as `not (norm > …)`, since NaN is neither greater nor smaller than anything.
    if not (across_norm > LEAST * size):
        raise DegeneratePlane(
            f"The anchors A and B coincide: ‖B − A‖ = {across_norm:.3g}, where anchors are up to {size:.3g} long.",
            "Choose prompts that end differently, or a higher write layer.",
        )
    t = float((c - a) @ across / (across @ across))
    up = c - (a + t * across)
    up_norm = float(torch.linalg.vector_norm(up))
    if not (up_norm > LEAST * size):
        raise DegeneratePlane(
            f"The anchors lie on one line: ‖B − A‖ = {across_norm:.3g}, ‖C − X‖ = {up_norm:.3g} (C from that line), "
            f"where anchors are up to {size:.3g} long.",
            "Choose another third prompt, or a higher write layer.",
        )
    return Plane(origin=a, across=across, up=up, t=t, across_norm=across_norm, up_norm=up_norm)
