"""The fast exact path: one token per point through the blocks above the write layer.

Only the last position changes, and attention is causal, so the clean run's keys and values of earlier positions stay
what they are. A point therefore costs one token through blocks ℓ+1 … n−1. The points go in as the positions of one
sequence, all with the position id of the prompt's last token; `attention` keeps them apart.

The family's own forward pass runs, with its block list replaced by modules that hand the stream on, one that hands back
the written residuals, and the blocks above. The network itself is left as it is: every change is made to shells, copies
of the module tree that share the network's parameters and buffers.

Physical limit: 2 × (parameters of blocks ℓ+1 …) floating-point operations per point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import torch
from jaxtyping import Float
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.utils.generic import ModelOutput

from stable_regions.engine.attention import RECORDING, WRITTEN, Prefix, Recorder
from stable_regions.engine.families import Family, part
from stable_regions.engine.shell import shell
from stable_regions.engine.writer import Clean, Writer
from stable_regions.errors import UnsupportedModel

NUMBERS = 2**18
"""Numbers of the stream in one pass. Fewer make matrix products slow, more fall out of the processor's cache."""


def rows_for(d_model: int) -> int:
    """Points per pass: 2,048 for narrow streams, 512 for 512 numbers, never below 256."""
    return min(max(NUMBERS // d_model, 256), 2048)


@dataclass(frozen=True, eq=False)
class TailClean(Clean):
    """A clean run with what its last token sees, by block."""

    prefixes: dict[int, Prefix]


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


class Tail(Writer):
    """Writes through the blocks above the write layer only."""

    name = "tail"

    def __init__(self, network: PreTrainedModel, write_layer: int, family: Family) -> None:
        self._device = network.device
        self._whole = part(shell(network, RECORDING), family.core)
        part(self._whole, f"{family.blocks}.{write_layer}").register_forward_hook(_keep_stream, with_kwargs=True)

        self._head = shell(network, WRITTEN)
        self._above = part(self._head, family.core)
        blocks = cast("nn.ModuleList", getattr(self._above, family.blocks))
        below = [HandOn() for _ in range(write_layer)]
        setattr(self._above, family.blocks, nn.ModuleList([*below, HandBack(), *blocks[write_layer + 1 :]]))
        path, _, leaf = family.core.rpartition(".")
        setattr(part(self._head, path) if path else self._head, leaf, Given())
        embedding = cast("nn.Embedding", network.get_input_embeddings())
        self._nothing = embedding.weight.new_zeros(1, 1, embedding.embedding_dim)

    @torch.inference_mode()
    def clean(self, ids: Sequence[int]) -> TailClean:
        recorder = Recorder()
        tokens = torch.tensor([list(ids)], device=self._device)
        final = self._whole(input_ids=tokens, use_cache=False, recorder=recorder).last_hidden_state[0, -1]
        assert recorder.stream is not None
        clean = TailClean(list(ids), recorder.stream[0, -1], final, recorder.prefixes)
        self._check(clean)
        return clean

    @torch.inference_mode()
    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_out"]:
        assert isinstance(clean, TailClean)
        if not len(points):
            return clean.final.new_empty(0, len(clean.final))
        finals = [self._run(clean, rows) for rows in points.split(rows_for(points.shape[1]))]
        return finals[0] if len(finals) == 1 else torch.cat(finals)

    @torch.inference_mode()
    def logits(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n d_vocab"]:
        return self._head(inputs_embeds=final[None]).logits[0]

    def _run(self, clean: TailClean, rows: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_out"]:
        """One pass. The embedding is given a token of nothing: what it makes of it is dropped at the write layer."""
        final = self._above(
            inputs_embeds=self._nothing,
            position_ids=torch.tensor([[len(clean.ids) - 1]], device=self._device),
            use_cache=False,
            points=rows[None],
            prefixes=clean.prefixes,
        ).last_hidden_state
        return final.reshape(len(rows), -1)

    def _check(self, clean: TailClean) -> None:
        """Write the anchor back where it came from: it must give the clean output.

        Guards against a config of a listed family under which a token's effect does not go through attention alone.
        """
        back = self._run(clean, clean.anchor[None])[0]
        error = (back - clean.final).norm() / clean.final.norm()
        allowed = torch.finfo(back.dtype).eps ** 0.5
        if not error <= allowed:
            raise UnsupportedModel(
                f"The fast path does not reproduce this model's clean output: relative error {error:.1e}, "
                f"allowed {allowed:.0e}.",
                "Report the model; its architecture must leave the list in engine/families.py.",
            )


def _keep_stream(module: nn.Module, args: tuple[object, ...], kwargs: dict[str, object], output: Tensor) -> None:
    """Forward hook on the block at the write layer: its output goes into the clean run's recorder."""
    recorder = kwargs["recorder"]
    assert isinstance(recorder, Recorder)
    recorder.stream = output
