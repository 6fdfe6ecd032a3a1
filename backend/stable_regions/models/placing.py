"""Where a checkpoint goes: onto one device, or spread over several GPUs, block by block.

A model that fits one GPU is put on one: every hop between devices costs time at every block. Decided from numbers alone,
so that it can be checked without a GPU.
"""

from collections.abc import Sequence
from typing import Literal

import torch

from stable_regions.errors import TooCostly
from stable_regions.settings import GIB

Placement = Literal["one", "spread"]

SHARE = 0.85
"""Of a GPU's free memory that weights may take; the rest is for prompts, points and logits."""


def placement(name: str, size: int, device: torch.device, free: Sequence[int]) -> Placement:
    """How a checkpoint of so many bytes is placed.

    Args:
        name: the model's, for the refusal.
        size: bytes of its weights.
        device: what was set or found. A numbered GPU is taken at its word: nothing is spread beyond it.
        free: free bytes of each GPU, by number.

    Raises:
        TooCostly: all GPUs together have not enough, with both numbers.
    """
    if device.type != "cuda" or not free:
        return "one"
    if str(device) != "cuda" or size <= SHARE * free[0]:
        return "one"
    together = SHARE * sum(free)
    if size > together:
        raise TooCostly(
            f"{name} takes {size / GIB:.1f} GiB; {len(free)} GPUs have room for {together / GIB:.1f} GiB.",
            "Choose a smaller model, or one with fewer bytes a number, or set STABLE_REGIONS_DEVICE=cpu.",
        )
    return "spread"


def free_memory() -> list[int]:
    """Free bytes of each GPU, by number."""
    return [torch.cuda.mem_get_info(number)[0] for number in range(torch.cuda.device_count())]
