"""From an image to tokens and back.

A grey value v in [0, 1] becomes the unit vector (v, 1 − v)/‖·‖: black and white are as long as one another. The pixels of
a patch stand one after another (`a` = 2 × pixels numbers, length √pixels), and a fixed matrix F [d, a] takes them to the
token, FᵀF = 1/a. Read back, y = clip(Fᵀx, 0, 1) and the pixel is y₀/(y₀ + y₁), which no common factor changes.

Grey values are boosted first, v = min(2·pixel, 1), as in the authors' notebook.
"""

from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.attractor.chance import normal

Cut = Literal["patches", "rows", "pixels"]


def boosted(pixels: Float[Tensor, "n size"]) -> Float[Tensor, "n size"]:
    """Grey values doubled and clipped to [0, 1]."""
    return (2 * pixels).clamp(0, 1)


@dataclass(frozen=True, eq=False)
class Tokens:
    """How images of one size are cut and embedded.

    Attributes:
        side: pixels along an edge.
        patch: height and width of a token's patch, in pixels.
        embedding: F.
    """

    side: int
    patch: tuple[int, int]
    embedding: Float[Tensor, "d a"]

    @property
    def count(self) -> int:
        """N, tokens of an image."""
        return self.side**2 // (self.patch[0] * self.patch[1])

    def patches(self, images: Float[Tensor, "n size"]) -> Float[Tensor, "n tokens pixels"]:
        """The pixels of each token, patches in reading order."""
        high, wide = self.patch
        rows, columns = self.side // high, self.side // wide
        grid = images.reshape(-1, rows, high, columns, wide).transpose(2, 3)
        return grid.reshape(len(images), self.count, high * wide)

    def images(self, patches: Float[Tensor, "n tokens pixels"]) -> Float[Tensor, "n size"]:
        """The inverse of `patches`."""
        high, wide = self.patch
        rows, columns = self.side // high, self.side // wide
        grid = patches.reshape(-1, rows, columns, high, wide).transpose(2, 3)
        return grid.reshape(len(patches), self.side**2)

    def encode(self, images: Float[Tensor, "n size"]) -> Float[Tensor, "n tokens d"]:
        """Tokens of grey values in [0, 1]."""
        pixels = self.patches(images)
        pairs = torch.stack([pixels, 1 - pixels], dim=-1)
        units = pairs / torch.linalg.vector_norm(pairs, dim=-1, keepdim=True)
        return units.flatten(2) @ self.embedding.T

    def decode(self, tokens: Float[Tensor, "n tokens d"]) -> Float[Tensor, "n size"]:
        """Grey values of tokens; 0 where both numbers of a pixel are."""
        pairs = (tokens @ self.embedding).clamp(0, 1).unflatten(-1, (-1, 2))
        total = pairs.sum(-1)
        return self.images(torch.where(total > 0, pairs[..., 0] / torch.where(total > 0, total, 1), 0))


def tokens_of(side: int, cut: Cut, seed: int, dtype: torch.dtype = torch.float64) -> Tokens:
    """The cut by name: 2 × 2 patches, rows, or single pixels; F is square and orthogonal, drawn with the seed."""
    patch = {"patches": (2, 2), "rows": (1, side), "pixels": (1, 1)}[cut]
    size = 2 * patch[0] * patch[1]
    return Tokens(side, patch, (orthogonal(size, seed) / size**0.5).to(dtype))


def orthogonal(size: int, seed: int) -> Float[Tensor, "size size"]:
    """A random orthogonal matrix: Gram–Schmidt, done twice, on the rows of a Gaussian one."""
    rows = normal(seed, 0, size * size).reshape(size, size)
    made = torch.zeros(0, size, dtype=torch.float64)
    for row in rows:
        rest = row - made.T @ (made @ row)
        rest = rest - made.T @ (made @ rest)  # what rounding left
        made = torch.cat([made, (rest / torch.linalg.vector_norm(rest))[None]])
    return made
