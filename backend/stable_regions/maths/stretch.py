"""How much a map stretches a plane: the largest singular value of its derivative, from the images of two directions."""

import torch
from jaxtyping import Float
from torch import Tensor


def largest_stretch(one: Float[Tensor, "n size"], other: Float[Tensor, "n size"]) -> Float[Tensor, " n"]:
    """Largest singular value of the n maps from a plane that take its two orthonormal directions to the rows given.

    With the Gram matrix [[a, b], [b, c]] of the images, its square is (a + c)/2 + √(((a − c)/2)² + b²).
    """
    u, v = one.double(), other.double()
    a, b, c = (u * u).sum(dim=-1), (u * v).sum(dim=-1), (v * v).sum(dim=-1)
    return ((a + c) / 2 + torch.hypot((a - c) / 2, b)).sqrt()
