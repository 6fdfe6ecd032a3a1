"""Lyapunov exponents as colours, on a dark ground: blue below 0, white at 0, red above. The page's colours."""

import numpy as np
from jaxtyping import Float, UInt8, UInt32

GROUND = np.array([12, 13, 16], dtype=np.float64)
ZERO = np.array([244, 244, 246], dtype=np.float64)
BLUE = np.array([64, 118, 255], dtype=np.float64)
RED = np.array([255, 74, 60], dtype=np.float64)
FULL = 0.12
"""An exponent as large as this, or as negative, has the full colour."""


def colours(exponents: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape 3"]:
    """Red, green and blue, 0 to 255; of NaN the colour of 0."""
    known = np.nan_to_num(exponents, nan=0.0, posinf=1.0, neginf=-1.0)
    share = (np.minimum(1, np.abs(known) / FULL) ** 0.45)[..., None]
    return ZERO + share * (np.where(known[..., None] < 0, BLUE, RED) - ZERO)


def density_pixels(
    density: UInt32[np.ndarray, "bins values"], exponents: Float[np.ndarray, " values"]
) -> UInt8[np.ndarray, "bins values 3"]:
    """A density over an axis: brightness by how many steps, the highest bin on top."""
    most = np.minimum(density.max(axis=0), 24).clip(1)
    share = np.where(density > 0, np.minimum(1, 0.28 + 0.72 * np.log1p(density) / np.log1p(most)), 0.0)
    mixed = GROUND + share[..., None] * (colours(exponents) - GROUND)
    return mixed[::-1].round().astype(np.uint8)
