"""A network given by averages over its units: what the overlaps need to know of the weights, and no more.

The mean of a unit is odd in its field, so only averages of an odd number of output weights with one other weight count:
pairs ⟨W_b W_a⟩, and with three features or more also ⟨W_b W_c W_d W_a⟩ and so on. Written out over the sign patterns σ of
the M output weights they make columns of their own, with weights that are no longer signs, and the recursion runs on
them unchanged. Averages chosen by hand need not be those of any weights; `unrealisable` says where they are not.

Source: Poc-López & Aguilera 2024, Eq. 16 and Appendix B; the general M is the same insertion of unity.
"""

from itertools import combinations, product

import numpy as np
from jaxtyping import Float, Int8

from stable_regions.maths.mean_field.networks import FAMILIES, Network, Projection, clock

Odd = tuple[tuple[int, ...], ...]
ROUNDING = 1e-12


def odd_subsets(features: int) -> Odd:
    """The sets of 1, 3, 5 … features, in the order of the rows of every correlation table."""
    return tuple(chosen for size in range(1, features + 1, 2) for chosen in combinations(range(features), size))


def patterns(features: int) -> Float[np.ndarray, "patterns features"]:
    """Sign patterns of the output weights; the first sign is +1, as a pattern and its negative count alike."""
    return np.array([(1, *rest) for rest in product((1, -1), repeat=features - 1)], dtype=np.float64)


def characters(features: int) -> Float[np.ndarray, "patterns subsets"]:
    """Product of each pattern's signs over each odd subset."""
    signs = patterns(features)
    return np.stack([signs[:, list(chosen)].prod(axis=1) for chosen in odd_subsets(features)], axis=1)


def measured(network: Network) -> Float[np.ndarray, "4 subsets features"]:
    """Averages of a network: row by odd subset of the output weights, column by the feature of each family."""
    output = network.signs[0].astype(np.float64)
    products = np.stack([output[list(chosen)].prod(axis=0) for chosen in odd_subsets(network.features)])
    return np.einsum("rs,fas,s->fra", products, network.signs.astype(np.float64), network.share)


def project(
    averages: Float[np.ndarray, "4 subsets features"], positional: Int8[np.ndarray, "4 features bits"], context: int
) -> Projection:
    """Columns, one for each sign pattern, that give the overlaps of these averages."""
    features = averages.shape[2]
    signs = patterns(features)
    semantic = np.einsum("pr,fra->fap", characters(features), averages) / len(signs)
    return Projection(signs, semantic, clock(positional, context))


def unrealisable(averages: Float[np.ndarray, "4 subsets features"]) -> list[str]:
    """Families and features whose averages no weights can have; empty where some weights have them all.

    A column's part of an overlap is at most the share of the units with that pattern of output weights or its negative,
    and for the output weights themselves it is that share with the pattern's sign.
    """
    features = averages.shape[2]
    semantic = np.einsum("pr,fra->fap", characters(features), averages) / len(patterns(features))
    found: list[str] = []
    frequency = (semantic[0] * patterns(features).T).mean(axis=0)
    if not np.allclose(semantic[0], patterns(features).T * frequency, atol=1e-9) or (frequency < -ROUNDING).any():
        found.append("output: no frequencies of sign patterns give these averages")
        return found
    for family, weights in zip(FAMILIES[1:], semantic[1:], strict=True):
        found += [
            f"{family}, feature {feature + 1}: some share of the units would have to be negative"
            for feature, row in enumerate(weights)
            if (np.abs(row) > frequency + ROUNDING).any()
        ]
    return found
