"""Whether a window is finer than numbers.

A window may shrink until neighbouring points are one and the same activation, once each is rounded to what the model
computes in: then the picture shows rounding, not the model. `distinct` counts how many neighbours are still different;
`steps` says how far that is away: how many of the dtype's own steps lie between two neighbours.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def distinct(held: Float[Tensor, "n d_model"]) -> float:
    """Share of consecutive points that differ in any of their numbers; 1 where all do, 0 where none does."""
    return float((held[1:] != held[:-1]).any(dim=-1).double().mean())


def steps(exact: Float[Tensor, "n d_model"], dtype: torch.dtype) -> float:
    """The smallest step between consecutive points, in units of the dtype's resolution at their length.

    Args:
        exact: the points in double precision.
        dtype: what they are rounded to; two numbers x are told apart when they differ by `eps`·x or more.
    """
    apart = torch.linalg.vector_norm(exact[1:] - exact[:-1], dim=-1)
    return float((apart / (torch.finfo(dtype).eps * torch.linalg.vector_norm(exact[1:], dim=-1))).min())
