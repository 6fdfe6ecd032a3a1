"""How many threads a pass takes on the CPU: one, where it is so little that waking a second takes longer.

Threads meet again after every operation, and a block has some thirty of them. Measured on two cores, with threads that
sleep while they wait, as in the worker (docs/benchmarks.md, *Threads*): with few points or a narrow stream two threads
take up to twice as long as one, and they are even at about 10⁸ multiply-adds a block. Where one thread is enough, the
other core is left to the web process and the browser.
"""

from collections.abc import Generator
from contextlib import contextmanager

import torch

ALONE = 150_000_000
"""Multiply-adds of a step, a block or the unembedding, below which one thread does it."""


@contextmanager
def threads_for(products: int) -> Generator[None]:
    """Within it, steps of so many multiply-adds run in one thread, or in as many as torch was given.

    Args:
        products: multiply-adds of one step.
    """
    given = torch.get_num_threads()
    if given == 1 or products >= ALONE:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(given)
