"""How well a score tells two kinds apart: the area under the receiver operating characteristic.

    AUC = P(a < b) + ½ P(a = b)          a drawn from one kind, b from the other

1: every a is below every b; ½: the score says nothing. It is the Mann–Whitney U statistic over the number of pairs, so
it needs no threshold and no shape of distribution.

Source: Hanley & McNeil 1982, *The meaning and use of the area under a receiver operating characteristic (ROC) curve*.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def auc(low: Float[Tensor, " m"], high: Float[Tensor, " n"]) -> float:
    """Chance that a value of `low` is below one of `high`, ties counted half; NaN where a value is NaN or a kind empty."""
    both = torch.cat([low, high]).double()
    if not (len(low) and len(high)) or bool(both.isnan().any()):
        return float("nan")
    ordered = both.sort().values
    # The rank of a value among equal ones is the middle of theirs.
    ranks = (torch.searchsorted(ordered, both) + torch.searchsorted(ordered, both, right=True) + 1) / 2
    below = ranks[: len(low)].sum() - len(low) * (len(low) + 1) / 2
    return 1 - float(below) / (len(low) * len(high))
