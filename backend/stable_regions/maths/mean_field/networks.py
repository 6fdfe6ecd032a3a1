"""The weights of a self-attention network, as the distinct columns that its units take.

Units with the same column of signs have the same law, so a network of any size is S distinct columns and the share of the
units that each takes: exact for any number of features, and always the weights of some network.

Source: Poc-López & Aguilera 2024 (arXiv 2406.07247), Appendix C for the three segments; the order of the random draws is
that of the authors' program, so that a seed names the same weights.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int8

FAMILIES = ("output", "value", "query", "key")
"""The four weight families, in the order of every array's first axis."""
SEGMENTS = 3
AUTHORS_UNITS = 99
"""Units of the network for which the authors' program draws, which decides how far its generator has moved on."""


class Network(NamedTuple):
    """Signs of the semantic and the positional weights of all four families.

    `share` is the part of the units that has each column; it sums to 1. `context` is L, the tokens attended to, the
    current one included; positions are counted modulo L and written in `positional.shape[2]` bits.
    """

    signs: Int8[np.ndarray, "4 features columns"]
    share: Float[np.ndarray, " columns"]
    positional: Int8[np.ndarray, "4 features bits"]
    context: int

    @property
    def features(self) -> int:
        return self.signs.shape[1]


class Projection(NamedTuple):
    """What the recursion needs of a network: fields from the attention, overlaps from the units' means.

    `field` gives the columns' fields in units of 1/β; `semantic` the overlaps of the columns' means, shares included;
    `clock` the positional part of the overlaps at each position of the context, without its factor ε.
    """

    field: Float[np.ndarray, "columns features"]
    semantic: Float[np.ndarray, "4 features columns"]
    clock: Float[np.ndarray, "4 features context"]

    @property
    def features(self) -> int:
        return self.field.shape[1]

    @property
    def context(self) -> int:
        return self.clock.shape[2]


def bits_for(context: int) -> int:
    """Bits that count L positions: ⌈log2 L⌉."""
    return (context - 1).bit_length()


def segments(seed: int, features: int = 3, context: int = 4, bits: int | None = None) -> Network:
    """Three equal blocks of units, each row constant on a block by a fair coin: the paper's networks, by seed."""
    bits = bits_for(context) if bits is None else bits
    draws = np.random.RandomState(seed)
    draws.randint(2, size=(features, AUTHORS_UNITS))
    drawn = np.stack([2 * draws.randint(2, size=(features, AUTHORS_UNITS)) - 1 for _ in FAMILIES])
    signs = 2 * draws.randint(2, size=(len(FAMILIES), features, SEGMENTS)) - 1
    positional = drawn[:, :, AUTHORS_UNITS - bits :]
    return Network(signs.astype(np.int8), np.full(SEGMENTS, 1 / SEGMENTS), positional.astype(np.int8), context)


def iid(seed: int, units: int, features: int = 3, context: int = 4, bits: int | None = None) -> Network:
    """Independent fair signs for each of the given units, each its own column."""
    bits = bits_for(context) if bits is None else bits
    draws = np.random.default_rng(seed)
    signs = draws.integers(2, size=(len(FAMILIES), features, units), dtype=np.int8) * 2 - 1
    positional = draws.integers(2, size=(len(FAMILIES), features, bits), dtype=np.int8) * 2 - 1
    return Network(signs.astype(np.int8), np.full(units, 1 / units), positional.astype(np.int8), context)


def position_bits(context: int, bits: int) -> Float[np.ndarray, "context bits"]:
    """Positions 0 … L − 1 as signs, the most significant bit first."""
    positions = np.arange(context)[:, None] >> np.arange(bits)[::-1]
    return (2 * (positions & 1) - 1).astype(np.float64).reshape(context, bits)


def clock(positional: Int8[np.ndarray, "4 features bits"], context: int) -> Float[np.ndarray, "4 features context"]:
    """Positional part of the overlaps at each position, divided by the number of bits; 0 where there are none."""
    bits = positional.shape[2]
    return positional @ position_bits(context, bits).T / max(bits, 1)


def project(network: Network) -> Projection:
    """The network as the recursion uses it."""
    return Projection(
        np.ascontiguousarray(network.signs[0].T, dtype=np.float64),
        network.signs * network.share,
        clock(network.positional, network.context),
    )
