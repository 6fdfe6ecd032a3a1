"""Real activations at the write layer: templates for labels, and the mean that is taken away before angles are compared."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.writer import Clean, Writer
from stable_regions.models.loading import LoadedModel
from stable_regions.suites import facts

PROMPTS = 128
"""Prompts of the facts suite in the bank."""

TEMPLATES = 29
"""Real activations that a state is compared with, besides the anchors."""


class Bank:
    """Activations at the write layer and where they are from.

    Attributes:
        words: what they are of.
        texts: what was read up to each.
        activations: in the model's dtype.
    """

    def __init__(self, model: LoadedModel, writer: Writer, cleans: Sequence[Clean], prepend_bos: bool) -> None:
        if model.card.source == "bundled" and model.card.family == "facts":
            self.words = f"last positions of {PROMPTS} prompts of the facts suite"
            ids = [model.tokens.encode(fact.prompt, prepend_bos) for fact in facts.sample(PROMPTS)]
            self.activations = torch.stack([clean.anchor for clean in writer.cleans(ids)])
        else:
            self.words = "every position of the three prompts, a BOS token apart"
            first = 1 if prepend_bos else 0
            streams = writer.streams([clean.ids for clean in cleans])
            rows = {
                tuple(clean.ids[: at + 1]): stream[at]
                for clean, stream in zip(cleans, streams, strict=True)
                for at in range(first, len(clean.ids))
            }
            ids = [list(row) for row in rows]
            self.activations = torch.stack(list(rows.values()))
        self.texts = ["".join(model.tokens.strings(row)) for row in ids]

    @property
    def mean(self) -> Float[Tensor, " d_model"]:
        return self.activations.mean(0)

    def templates(self) -> Float[Tensor, "k d_model"]:
        """A few of them, evenly spaced."""
        count = min(TEMPLATES, len(self.activations))
        return self.activations[torch.linspace(0, len(self.activations) - 1, count).long()]
