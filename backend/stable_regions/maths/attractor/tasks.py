"""What is done to an image before it is iterated: patches are masked, or noise is added."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.maths.attractor.chance import normal, uniform


def masked(count: int, tokens: int, share: float, seed: int, stream: int = 1) -> Bool[Tensor, "count tokens"]:
    """Which tokens of each image stay visible: all but int(share · tokens) drawn at random."""
    drawn = uniform(seed, stream, count * tokens).reshape(count, tokens)
    hidden = torch.argsort(drawn, dim=1, stable=True)[:, : int(share * tokens)]
    return torch.ones(count, tokens, dtype=torch.bool).scatter_(1, hidden, False)


def noisy(images: Float[Tensor, "n size"], variance: float, seed: int, stream: int = 2) -> Float[Tensor, "n size"]:
    """Gaussian noise of that variance on every pixel, clipped to [0, 1]."""
    drawn = normal(seed, stream, images.numel()).reshape(images.shape).to(images)
    return (images + variance**0.5 * drawn).clamp(0, 1)
