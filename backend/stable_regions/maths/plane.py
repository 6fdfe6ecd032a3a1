"""The plane through three anchors, and the point of it at given coordinates.

    X = A + t·(B − A),   t = ⟨C − A, B − A⟩ / ⟨B − A, B − A⟩      the foot of C on the line through A and B
    P(α, β) = A + α·(B − A) + β·(C − X)                          A = (0, 0), B = (1, 0), C = (t, 1)

The two axes stand at right angles, but one step along each has its own length, ‖B − A‖ and ‖C − X‖.

A plane can be *tilted* about the line AB: its second axis turns by θ from C − X towards a random unit direction r at right
angles to both axes,

    up' = cos θ · (C − X) + sin θ · ‖C − X‖ · r

so that A and B stay on the plane and C leaves it. What is seen at every tilt is no accident of the third prompt.

Source: Janiak et al., *Characterizing stable regions in the residual stream of LLMs* (arXiv 2409.17113), figure 1.
"""

import math
from dataclasses import dataclass, replace
from random import Random

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
        up_norm: ‖C − X‖, in units of activation; the length of `up` at every tilt.
        beta_of_c: β of C's projection: 1 unless tilted.
        off: C's distance from the plane, in units of activation: 0 unless tilted.
    """

    origin: Float[Tensor, " d_model"]
    across: Float[Tensor, " d_model"]
    up: Float[Tensor, " d_model"]
    t: float
    across_norm: float
    up_norm: float
    beta_of_c: float = 1.0
    off: float = 0.0

    @property
    def anchors(self) -> tuple[tuple[float, float], ...]:
        """Coordinates (α, β) of A, of B, and of C or its projection."""
        return ((0.0, 0.0), (1.0, 0.0), (self.t, self.beta_of_c))

    @property
    def axes(self) -> Float[Tensor, "2 d_model"]:
        """An orthonormal basis of the plane's directions."""
        return torch.stack([self.across / self.across_norm, self.up / self.up_norm])

    def point(self, alpha: Float[Tensor, " n"], beta: Float[Tensor, " n"]) -> Float[Tensor, "n d_model"]:
        """The activations at the coordinates, in double precision; each row depends on its own coordinates alone."""
        across = alpha.double()[:, None] * self.across
        return self.origin + across + beta.double()[:, None] * self.up

    def projected(
        self, activations: Float[Tensor, "n d_model"]
    ) -> tuple[Float[Tensor, " n"], Float[Tensor, " n"], Float[Tensor, " n"]]:
        """α and β of each activation's projection on the plane, and its distance from the plane; double precision."""
        away = activations.double() - self.origin
        alpha, beta = away @ self.across / self.across_norm**2, away @ self.up / self.up_norm**2
        # The remainder itself is measured: a difference of squares would drown what is near the plane.
        rest = away - alpha[:, None] * self.across - beta[:, None] * self.up
        return alpha, beta, torch.linalg.vector_norm(rest, dim=-1)


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


def tilted(plane: Plane, degrees: float, seed: int) -> Plane:
    """The plane turned about the line AB by so many degrees towards a random direction that the seed draws.

    Raises:
        DegeneratePlane: the space has two dimensions, so there is no direction to turn to.
    """
    if not degrees:
        return plane
    chance = Random(seed)  # noqa: S311  (a draw, no secret)
    drawn = torch.tensor([chance.gauss(0, 1) for _ in range(len(plane.up))], dtype=torch.float64)
    aside, axes = drawn.to(plane.up.device), plane.axes
    for _ in range(2):  # the second time takes away what rounding left
        aside = aside - (axes @ aside) @ axes
    length = float(torch.linalg.vector_norm(aside))
    if not (length > LEAST):
        raise DegeneratePlane(
            f"No direction stands at right angles to a plane in {len(plane.up)} dimensions.", "Ask without a tilt."
        )
    angle = math.radians(degrees)
    up = math.cos(angle) * plane.up + math.sin(angle) * plane.up_norm / length * aside
    return replace(plane, up=up, beta_of_c=math.cos(angle), off=math.sin(angle) * plane.up_norm)
