"""How sure a median is: a bootstrap of pairs that share prompts.

Pair i goes from prompt i to prompt i + 1, so neighbours share a prompt and are not independent. Blocks of consecutive pairs
are drawn instead of single ones, with replacement, around the end to the beginning (the circular block bootstrap).

Source: Politis & Romano 1992, *A circular block-resampling procedure for stationary data*.
"""

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

BLOCK, DRAWS = 10, 1000
"""Pairs of a block, and how many samples are drawn."""


def median_interval(values: Float[Tensor, " n"], level: float = 0.95, seed: int = 0) -> tuple[float, float]:
    """The interval that holds the middle `level` of bootstrapped medians; NaN of fewer than two values."""
    if len(values) < 2:
        return float("nan"), float("nan")
    sample = values.double().cpu().numpy()
    size = min(BLOCK, len(sample))
    blocks = -(-len(sample) // size)
    first = np.random.default_rng(seed).integers(0, len(sample), (DRAWS, blocks))
    places = (first[..., None] + np.arange(size)).reshape(DRAWS, -1)[:, : len(sample)] % len(sample)
    medians = np.median(sample[places], axis=1)
    low, high = np.quantile(medians, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def interval(values: Float[Tensor, " n"]) -> Float[Tensor, "2"]:
    """`median_interval` as an array."""
    return torch.tensor(median_interval(values), dtype=torch.float32)
