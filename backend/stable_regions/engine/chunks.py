"""How much is computed between two reports: a chunk, the unit of progress and cancel.

A chunk depends on the model and the settings alone, never on measured time, so that the same request is computed in the
same bundles and gives the same bytes.
"""

import torch

from stable_regions.schemas.model import ModelCard

RATES = {"cpu": 3e10, "cuda": 2e13}
"""Floating-point operations a second that a chunk is sized by: an order of magnitude of each kind of device."""

SMALLEST, LARGEST = 64, 16384
"""Bounds of a chunk, in points."""


def flops(card: ModelCard, write_layer: int) -> float:
    """Floating-point operations a point costs in one context: two for each weight it passes through."""
    blocks = 12 * card.d_model**2 * (card.layers - write_layer - 1)
    return 2.0 * (blocks + card.d_model * card.d_vocab)


def chunk(each: float, device: torch.device, seconds: float) -> int:
    """Points computed between two reports, each costing so many operations: a power of two that takes about so long."""
    points = RATES.get(device.type, RATES["cpu"]) * seconds / each
    return min(LARGEST, max(SMALLEST, 1 << max(0, int(points).bit_length() - 1)))
