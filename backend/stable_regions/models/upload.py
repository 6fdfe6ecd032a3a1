"""Weights on their way to a GPU, beside what is computed there.

The reading thread pins each tensor in memory, so that the GPU fetches it by itself, on a stream of its own: the present
checkpoint's points go on being computed. On the CPU there is nothing to do.
"""

from collections.abc import Generator
from contextlib import contextmanager

import torch
from torch import Tensor


@contextmanager
def uploading(device: torch.device) -> Generator[None]:
    """For the time in which weights are uploaded; when it ends they are there."""
    if device.type != "cuda":
        yield
        return
    stream = torch.cuda.Stream(device)
    with torch.cuda.stream(stream):
        yield
    stream.synchronize()


def uploaded(stored: Tensor, device: torch.device) -> Tensor:
    """A tensor on the device, in the dtype it is stored in; on a GPU perhaps not before `uploading` ends."""
    return stored if device.type != "cuda" else stored.pin_memory().to(device, non_blocking=True)
