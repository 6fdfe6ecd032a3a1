"""Words that several analyses share: distances, contexts, windows, prompts."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from stable_regions.schemas.base import Text, Wire

Distance = Literal["l2", "hellinger", "tv", "js", "cosine"]
"""METHOD: `l2` and `cosine` on the final residual (after the final norm); the others on the next-token distribution."""

DISTANCES: dict[str, str] = {
    "l2": "Euclidean distance of the final residual (after the final norm); the paper's",
    "hellinger": "Hellinger distance of the next-token distributions, 0 to 1",
    "tv": "total variation of the next-token distributions, 0 to 1",
    "js": "Jensen–Shannon distance (base 2) of the next-token distributions, 0 to 1",
    "cosine": "1 − cosine of the final residuals, 0 to 2",
}

CurveDistance = Literal["l2", "hellinger", "tv", "js", "cosine", "logit_diff"]
"""Of curves: the same, and the difference of two logits."""

CURVE_DISTANCES: dict[str, str] = {
    **DISTANCES,
    "cosine": "angle between the final residuals, in radians, 0 to π",
    "logit_diff": "logit of A's likeliest next token minus that of B's; its fall from A to B",
}

Anchor = Literal["A", "B", "C"]
"""An activation that a prompt really produced, by its letter."""

Coordinate = Annotated[float, Field(ge=-100, le=100)]
"""α or β, in anchor units."""

Contexts = Literal["own", "first"]
"""`own`: each anchor's distance in its own prompt's run (the paper). `first`: all three in the first prompt's run."""

Resolution = Literal[9, 17, 33, 65, 129, 257, 513]
"""Points per side, 2^k + 1: each level contains the last."""

RESOLUTIONS: tuple[int, ...] = (9, 17, 33, 65, 129, 257, 513)

Layer = Annotated[int, Field(ge=0, le=1000)]
"""Layer ℓ: `blocks.{ℓ}.hook_resid_post`, the stream after block ℓ."""

Prompt = Annotated[Text, StringConstraints(min_length=1, max_length=8192)]


def _ordered(bounds: tuple[float, float]) -> tuple[float, float]:
    low, high = bounds
    if not low < high:
        raise ValueError(f"the low end {low} is not below the high end {high}")
    return bounds


Range = Annotated[
    tuple[Coordinate, Coordinate],
    Field(strict=False),
    AfterValidator(_ordered),
]


class Tilt(Wire):
    """The plane turned about the line through A and B: C leaves it, A and B stay."""

    degrees: float = Field(ge=0, le=90, description="From C − X towards a random direction, in degrees.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Draws that direction, at right angles to the plane.")


def _turned(tilt: Tilt | None) -> Tilt | None:
    """A tilt of no degrees is no tilt, whatever its seed: one name for one plane."""
    return tilt if tilt is not None and tilt.degrees else None


AnyTilt = Annotated[Tilt | None, AfterValidator(_turned)]


class Window(Wire):
    """The part of the plane that is sampled, in anchor units: A = (0, 0), B = (1, 0), C = (t, 1)."""

    alpha: Range = (-0.25, 1.25)
    beta: Range = (-0.25, 1.25)
