"""Is a head an attractor step? How far what it writes goes down a local energy.

Were values tied to keys and queries, W_O W_V = W_Qᵀ W_K, a head would write the negative gradient of

    e_i = −(1/β) log Σ_{j<i} exp(β (W_Q x_i)·(W_K x_j)),   β = 1/√d_head.

The score of a head is the cosine of the two matrices (Frobenius); those of unrelated pairs, one head's W_O W_V with
another's W_Qᵀ W_K, are the band that chance alone fills.

Source: §1.2 of D'Amico & Negri 2024 (arXiv 2409.16112) for the tied values.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def tied(
    queries: Float[Tensor, "heads d_head d"],
    keys: Float[Tensor, "heads d_head d"],
    values: Float[Tensor, "heads d_head d"],
    outputs: Float[Tensor, "heads d d_head"],
) -> Float[Tensor, "heads heads"]:
    """Cosine of W_O W_V of each head (rows) with W_Qᵀ W_K of each head (columns); no d × d matrix is built."""
    across = torch.einsum("hdr,gsd->hgrs", outputs, queries)  # W_Oᵀ W_Qᵀ
    along = torch.einsum("hrd,gsd->hgrs", values, keys)  # W_V W_Kᵀ
    ov = torch.einsum("hdr,hds->hrs", outputs, outputs) * torch.einsum("hrd,hsd->hrs", values, values)
    qk = torch.einsum("hrd,hsd->hrs", queries, queries) * torch.einsum("hrd,hsd->hrs", keys, keys)
    lengths = ov.sum((1, 2)).sqrt()[:, None] * qk.sum((1, 2)).sqrt()[None]
    return (across * along).sum((2, 3)) / lengths
