"""Modules that stand where a network's own are left out: blocks up to the write layer, and the base model under a head."""

from dataclasses import dataclass

from torch import Tensor, nn
from transformers.utils.generic import ModelOutput


class HandOn(nn.Module):
    """A block that does nothing; stands for the blocks up to the write layer, so that the others keep their index."""

    def forward(self, hidden_states: Tensor, *_: object, **__: object) -> Tensor:
        return hidden_states


class HandBack(nn.Module):
    """Stands for the block at the write layer: its output is what is written."""

    def forward(self, hidden_states: Tensor, *_: object, points: Tensor, **__: object) -> Tensor:
        return points


@dataclass
class Output(ModelOutput):
    """What any family's head asks of its base model's output."""

    last_hidden_state: Tensor | None = None
    past_key_values: None = None
    hidden_states: None = None
    attentions: None = None
    cross_attentions: None = None
    router_logits: None = None


class Given(nn.Module):
    """Stands for a whole base model whose output is known; the head around it runs as the family wrote it."""

    def forward(self, *_: object, inputs_embeds: Tensor, **__: object) -> Output:
        return Output(last_hidden_state=inputs_embeds)
