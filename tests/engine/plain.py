"""The full-sequence method, plainly: a forward hook of torch writes, the whole model runs, unembedding included.

This is what the authors' code does (Janiak et al. 2024), and nothing of the engine is in it: the second oracle of the
exactness tests, and what `make bench` measures the fast path against.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel


def block_list(network: PreTrainedModel) -> nn.ModuleList:
    """The list of blocks: the longest list of modules in the tree, one entry per block."""
    layers = network.config.num_hidden_layers
    return next(m for m in network.modules() if isinstance(m, nn.ModuleList) and len(m) == layers)


class FullSequence:
    """Writes into the last position of the full sequence, `rows` copies of the prompt at a time."""

    def __init__(self, network: PreTrainedModel, write_layer: int, rows: int = 64) -> None:
        self.network, self.rows = network, rows
        self.block = block_list(network)[write_layer]

    @torch.inference_mode()
    def anchor(self, ids: Sequence[int]) -> Tensor:
        """The stream after the write layer at the last position, [d_model]."""
        seen: list[Tensor] = []
        with self.block.register_forward_hook(lambda _m, _a, out: seen.append(_stream(out))):
            self.network(torch.tensor([list(ids)]), use_cache=False)
        return seen[0][0, -1].clone()

    @torch.inference_mode()
    def written(self, ids: Sequence[int], points: Tensor) -> tuple[Tensor, Tensor]:
        """Final residuals [n, d_model] (what the head is given) and logits [n, d_vocab] at the last position."""
        finals: list[Tensor] = []
        logits: list[Tensor] = []
        head = self.network.get_output_embeddings()
        for chunk in points.split(self.rows):

            def write(
                _module: nn.Module, _args: object, out: Tensor | tuple[Tensor, ...], chunk: Tensor = chunk
            ) -> object:
                stream = _stream(out).clone()
                stream[:, -1] = chunk
                return stream if isinstance(out, Tensor) else (stream, *out[1:])

            prompts = torch.tensor([list(ids)]).expand(len(chunk), -1)
            with (
                self.block.register_forward_hook(write),
                head.register_forward_pre_hook(lambda _m, args: finals.append(args[0][:, -1])),
            ):
                logits.append(self.network(prompts, use_cache=False).logits[:, -1])
        return torch.cat(finals), torch.cat(logits)


def _stream(out: Tensor | tuple[Tensor, ...]) -> Tensor:
    return out if isinstance(out, Tensor) else out[0]
