"""The network with finitely many units, sampled exactly and at any size in the same time.

All units with the same column see the same field, so how many of them are +1 is one binomial draw. The mean field is the
limit of many units; from the same token the two part by 1/√N at each step, and then as fast as the orbit stretches.

Source: Poc-López & Aguilera 2024 (arXiv 2406.07247), Eqs. 4–8; one draw for each column instead of one for each unit.
"""

import numpy as np
from jaxtyping import Float, Int

from stable_regions.maths.mean_field.networks import Network
from stable_regions.maths.mean_field.recursion import OUTPUT

MOST_UNITS = 10**9
WHOLE = 1e-6  # how far from a whole number of units a column's share may be


def counts(network: Network, units: int) -> Int[np.ndarray, " columns"]:
    """Units that have each column.

    Raises:
        ValueError: the shares do not divide these units into whole numbers.
    """
    exact = network.share * units
    whole = np.rint(exact)
    if units < 1 or (np.abs(exact - whole) > WHOLE * np.maximum(whole, 1)).any() or (whole < 1).any():
        least = next(
            (n for n in range(1, 10_001) if not (np.abs(network.share * n - np.rint(network.share * n)) > WHOLE).any()),
            0,
        )
        wanted = f"give a multiple of {least}" if least else "give another number"
        raise ValueError(f"{units} units cannot be divided among the columns in their shares; {wanted}.")
    return whole.astype(np.int64)


class Draw:
    """Draws, for each lane, how many units of each column are +1. `expected` keeps what the means were to be."""

    def __init__(self, network: Network, units: int, seed: int) -> None:
        self.counts = counts(network, units)[:, None]
        self.expected: Float[np.ndarray, "columns lanes"] = np.empty((len(self.counts), 0))
        self._random = np.random.default_rng(seed)

    def __call__(self, means: Float[np.ndarray, "columns lanes"]) -> None:
        self.expected = means.copy()
        means[:] = 2 * self._random.binomial(self.counts, (1 + means) / 2) / self.counts - 1


def spread(
    network: Network, units: int, expected: Float[np.ndarray, "columns lanes"]
) -> Float[np.ndarray, "features lanes"]:
    """Standard deviation of the output overlaps (semantic part) of a token of so many units with these expected means."""
    signs = network.signs[OUTPUT].astype(np.float64)
    return np.sqrt((signs**2 * network.share) @ (1 - expected**2) / units)
