"""A paper engine: a writer whose answers can be worked out with a pencil.

The final residual is the written activation plus something of the context: final = activation + shift(all tokens but the
last). So `l2` distances are distances in the plane itself, and a path is a straight line. The logits are the activation's
own coordinates, so the likeliest token is the largest coordinate.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.writer import Clean, Writer
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from tiny import PROMPTS

A, B, C = (1.0, 0.0, 0.0), (3.0, 0.0, 0.0), (2.0, 4.0, 0.0)
ONE_CONTEXT = ("The capital of France", "The capital of Japan", "The capital of Brazil")
REF = ModelRef(name="tiny-neox", revision="step8")


class Paper(Writer):
    """Writes on paper, in `d_model` dimensions.

    Args:
        anchors: activation of each prompt's last token, by token id.
        d_model: length of an activation.
    """

    name = "oracle"

    def __init__(self, anchors: dict[int, Sequence[float]], d_model: int) -> None:
        self.anchors = {token: torch.tensor([*row, *[0.0] * (d_model - len(row))]) for token, row in anchors.items()}
        self.passes = 0

    def cleans(self, prompts: Sequence[Sequence[int]]) -> list[Clean]:
        anchors = [self.anchors[ids[-1]] for ids in prompts]
        return [Clean(list(ids), a, a + self._shift(ids)) for ids, a in zip(prompts, anchors, strict=True)]

    def streams(self, prompts: Sequence[Sequence[int]]) -> list[Float[Tensor, "_ d_model"]]:
        nothing = torch.zeros_like(next(iter(self.anchors.values())))
        return [torch.stack([self.anchors.get(token, nothing) for token in ids]) for ids in prompts]

    def written_each(
        self, cleans: Sequence[Clean], points: Float[Tensor, "prompts n d_model"]
    ) -> Float[Tensor, "prompts n d_model"]:
        return torch.stack([self.written(clean, rows) for clean, rows in zip(cleans, points, strict=True)])

    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        self.passes += len(points)
        return points + self._shift(clean.ids)

    def logits(self, final: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_vocab"]:
        return final

    @staticmethod
    def _shift(ids: Sequence[int]) -> float:
        return 10.0 * sum(ids[:-1])


def request(**fields: object) -> SliceRequest:
    given: dict[str, object] = {
        "model": REF,
        "prompts": PROMPTS,
        "write_layer": 0,
        "distance": "l2",
        "prepend_bos": True,
    }
    return SliceRequest.model_validate(given | fields)


def on_paper(models: ModelCache, **fields: object) -> SlicePlane:
    """A slice plane whose anchors are A, B and C in three dimensions."""
    model, asked = models.model(REF), request(**fields)
    ends = [model.tokens.encode(prompt, True)[-1] for prompt in asked.prompts]
    return open_slice_plane(model, asked, Paper(dict(zip(ends, (A, B, C), strict=True)), model.card.d_model))
