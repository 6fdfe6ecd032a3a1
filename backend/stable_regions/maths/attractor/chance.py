"""Numbers drawn at random, the same in every language that the project is written in.

The page runs the same networks as the server, so both must draw the same embedding, masks and noise. The generator is
mulberry32: its state is a counter, so a stream can be drawn at once.
"""

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

STEP, MIX, WORD = 0x6D2B79F5, 0x9E3779B1, 0xFFFFFFFF


def uniform(seed: int, stream: int, count: int) -> Float[Tensor, " count"]:
    """Numbers in [0, 1), 32 bits each, in double precision; every stream of a seed has its own."""
    start = ((seed * 64 + stream + 1) * MIX) & WORD
    state = (start + STEP * np.arange(1, count + 1, dtype=np.uint64)).astype(np.uint32)
    with np.errstate(over="ignore"):
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed ^= mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))
    return torch.from_numpy((mixed ^ (mixed >> np.uint32(14))).astype(np.float64) / 2.0**32)


def normal(seed: int, stream: int, count: int) -> Float[Tensor, " count"]:
    """Standard normal numbers, by Box and Muller's transform of pairs."""
    pairs = uniform(seed, stream, 2 * count).reshape(count, 2)
    return (-2 * torch.log(1 - pairs[:, 0])).sqrt() * torch.cos(2 * torch.pi * pairs[:, 1])


def order(seed: int, stream: int, count: int) -> Int[Tensor, " count"]:
    """A permutation of 0 … count − 1: the places of uniform numbers, sorted."""
    return torch.argsort(uniform(seed, stream, count), stable=True)
