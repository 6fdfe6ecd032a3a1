"""Writing an activation into a model's own run, the plain way: all tokens, all blocks, a hook.

This is the definition that everything faster is measured against, kept free of any cleverness: the residual stream after
a block is read and written at the last position, and the model runs on.
"""

from collections.abc import Callable

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from transformers import PreTrainedModel

from stable_regions.models.fresh import logits

Hook = Callable[[nn.Module, tuple[Tensor, ...], Tensor], Tensor | None]


def block(model: PreTrainedModel, layer: int) -> nn.Module:
    """The block after which the stream is read and written."""
    return model.base_model.layers[layer]


@torch.no_grad()
def residual(model: PreTrainedModel, tokens: Int[Tensor, " pos"], layer: int) -> Float[Tensor, " d_model"]:
    """The residual stream after a block, at the last position."""
    seen: list[Tensor] = []

    def look(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        seen.append(output[0, -1].clone())

    handle = block(model, layer).register_forward_hook(look)
    try:
        logits(model, tokens[None])
    finally:
        handle.remove()
    return seen[0]


@torch.no_grad()
def written(
    model: PreTrainedModel, tokens: Int[Tensor, " pos"], layer: int, points: Float[Tensor, "n d_model"]
) -> Float[Tensor, "n vocabulary"]:
    """Logits of the next token with each point written after a block, at the last position of the context `tokens`."""

    def write(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor:
        output = output.clone()
        output[:, -1] = points
        return output

    handle = block(model, layer).register_forward_hook(write)
    try:
        return logits(model, tokens.expand(len(points), -1))[:, -1]
    finally:
        handle.remove()
