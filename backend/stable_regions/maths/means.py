"""The mean of outputs, and how far outputs spread about it.

What is averaged is what the distance compares: distributions themselves (`hellinger`, `tv`, `js`; the mean is again a
distribution, given as log-probabilities like any other), final residuals (`l2`), their directions (`cosine`).
"""

from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.schemas.plane import Distance


def mean_output(blocks: Iterable[Float[Tensor, "_ size"]], distance: Distance) -> Float[Tensor, " size"]:
    """The mean of outputs that come in blocks, in their own form; sums are taken in double precision."""
    total, count = torch.zeros(()), 0
    for rows in blocks:
        averaged = rows if distance in ON_RESIDUAL else rows.exp()
        if distance == "cosine":
            averaged = torch.nn.functional.normalize(rows, dim=-1)
        total = total.to(rows.device) + averaged.sum(dim=0, dtype=torch.float64)
        count += len(rows)
    mean = total / count
    if distance in ON_RESIDUAL:
        return mean.float()
    return mean.clamp(min=torch.finfo(torch.float32).tiny).log().float()
