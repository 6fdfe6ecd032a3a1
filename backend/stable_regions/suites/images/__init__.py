"""Handwritten digits, bundled: what is stored, and what is asked for. Sources and licences: NOTICE.md beside this file.

A file is compressed bytes: the labels of all images, then their pixels, training images first.
"""

import gzip
import json
import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.maths.attractor.chance import order

DataName = Literal["digits", "mnist"]


@dataclass(frozen=True, eq=False)
class Images:
    """Grey images, training images first.

    Attributes:
        side: pixels along an edge.
        train: grey values in [0, 1], double precision, no contrast changed.
        test: likewise.
        train_labels: which digit each is.
        test_labels: likewise.
    """

    side: int
    train: Float[Tensor, "n size"]
    test: Float[Tensor, "m size"]
    train_labels: Int[Tensor, " n"]
    test_labels: Int[Tensor, " m"]

    def chosen(self, count: int, seed: int) -> Int[Tensor, " count"]:
        """Places of so many training images: one of each digit in turn, in an order that the seed draws."""
        drawn = order(seed, 3, len(self.train))
        labels = self.train_labels[drawn]
        turn = torch.stack([labels == digit for digit in range(10)]).cumsum(1).gather(0, labels[None])[0]
        return drawn[torch.argsort(turn, stable=True)[:count]]


@cache
def images(name: DataName) -> Images:
    """`digits`: 1,437 + 360 of 8 × 8 pixels, 17 grey levels; `mnist`: 10,000 + 1,000 of 28 × 28, 256 grey levels."""
    packed = (Path(__file__).parent / f"{name}.bin").read_bytes()
    if name == "digits":
        return _cut(gzip.decompress(packed), side=8, train=1437, levels=16)
    return _cut(lzma.decompress(packed), side=28, train=10_000, levels=255)


def _cut(raw: bytes, side: int, train: int, levels: int) -> Images:
    numbers = np.frombuffer(raw, np.uint8)
    count = len(numbers) // (side**2 + 1)
    labels = torch.from_numpy(numbers[:count].astype(np.int64))
    grey = torch.from_numpy(numbers[count:].reshape(count, side**2).astype(np.float64) / levels)
    return Images(side, grey[:train], grey[train:], labels[:train], labels[train:])


@cache
def curves() -> dict[str, list[float]]:
    """The six curves of the paper's figure 1, `task/model`: mean squared error on test images at t = 1 … 100.

    Read off the vector graphics of the authors' talk of 11 October 2024, which shows the same figure. Of `mask`, t = 1 is
    after one step; of `denoise`, t = 1 is the corrupted image.
    """
    return json.loads((Path(__file__).parent / "paper.json").read_text())
