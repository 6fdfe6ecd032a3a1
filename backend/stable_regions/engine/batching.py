"""How many points go through a model in one pass.

On the CPU that is a matter of speed: fewer rows make matrix products slow, more fall out of the processor's cache. It
depends on the model alone, so that a request is computed in the same bundles everywhere. On a GPU it is a matter of memory:
as many as half of what is free takes, found out anew for each prompt length, since longer prompts leave less. Where the
estimate was too high and memory runs out, the pass is tried again with half as many, and the half is remembered.

Source of the retry: `torch.OutOfMemoryError` leaves the allocator usable; what the failed pass held is free once its
exception is gone (PyTorch's notes on CUDA semantics, memory management).
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

import torch
from torch import Tensor

from stable_regions.errors import TooCostly

NUMBERS = 2**18
"""Numbers of the stream in one pass on the CPU."""

LEAST, MOST = 256, 2048
"""Bounds of the points in a pass on the CPU."""

FEWEST, LARGEST = 16, 16384
"""Bounds on a GPU: with fewer points than `FEWEST` a pass that runs out of memory is given up."""

ALIVE = 24
"""Numbers that a point keeps alive at once in the widest moment of a block, per number of the stream: the residual, queries,
keys and values, and an MLP's inner layer with its gate."""


def rows_for(d_model: int) -> int:
    """Points per pass on the CPU: 2,048 for narrow streams, 512 for 512 numbers, never below 256."""
    return min(max(NUMBERS // d_model, LEAST), MOST)


def rows_in(free: int, d_model: int, itemsize: int) -> int:
    """Points per pass that half of so many free bytes take: a power of two within the bounds of a GPU."""
    points = free // 2 // (ALIVE * d_model * itemsize)
    return min(LARGEST, max(FEWEST, 1 << max(0, points.bit_length() - 1)))


class Passes:
    """Splits points into passes of one writer; remembers, by prompt length, what fits.

    Args:
        d_model: numbers of a point.
        device: where the passes run.
        dtype: what they are computed in.
    """

    def __init__(self, d_model: int, device: torch.device, dtype: torch.dtype) -> None:
        self._d_model = d_model
        self._device = device
        self._itemsize = dtype.itemsize
        self._fits: dict[int, int] = {}

    def rows(self, tokens: int) -> int:
        """Points of a pass in the context of a prompt of so many tokens."""
        if tokens not in self._fits:
            on_gpu = self._device.type == "cuda"
            free = torch.cuda.mem_get_info(self._device)[0] if on_gpu else 0
            self._fits[tokens] = rows_in(free, self._d_model, self._itemsize) if on_gpu else rows_for(self._d_model)
        return self._fits[tokens]

    def split(
        self, tokens: int, items: int, each: int, go: Callable[[int, int], Tensor]
    ) -> Iterator[tuple[int, int, Tensor]]:
        """What `go(first, last)` gives for all items in order, some at a time, each with its `first` and `last`.

        Args:
            tokens: length of the prompts.
            items: how many there are.
            each: points of an item.
            go: one pass over the items from `first` up to `last`.

        Raises:
            TooCostly: not even the fewest points fit into memory.
        """
        first = 0
        while first < items:
            last = min(items, first + max(1, self.rows(tokens) // each))
            made: Tensor | None = None
            with suppress(torch.OutOfMemoryError):  # and let go of it, since it holds what the pass held
                made = go(first, last)
            if made is None:
                self._halve(tokens, (last - first) * each, indivisible=last - first == 1 and each > 1)
            else:
                yield first, last, made
                first = last

    def _halve(self, tokens: int, tried: int, *, indivisible: bool) -> None:
        if tried <= FEWEST or indivisible:
            raise TooCostly(
                f"Memory of {self._device} runs out with {tried} points at a time, in prompts of {tokens} tokens.",
                "Choose bfloat16, a smaller model or shorter prompts.",
            )
        self._fits[tokens] = tried // 2
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
