"""The slow exact path: write into the full sequence through TransformerLens' hooks.

Every point is a copy of the whole prompt; a hook at `blocks.{ℓ}.hook_out` (alias `hook_resid_post`) puts the point at
the last position, the model runs to its end, and a hook on the unembedding's input reads the final residual. Nothing is
assumed of the architecture beyond what TransformerLens' bridge knows, so this serves the families that are not on the
fast list, and is what the tests hold the fast path against.

The bridge keeps raw weights (no folded norms, no centring) and forces eager attention; it rebuilds the module it is
given, so it gets a shallow copy and the network stays as it is. `start_at_layer` is not used: in TransformerLens 4.3 it runs
the lower blocks all the same.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, cast, runtime_checkable

import torch
from jaxtyping import Float
from torch import Tensor
from transformers import PreTrainedModel

from stable_regions.engine.double_precision import kept
from stable_regions.engine.shallow_copy import shallow_copy
from stable_regions.engine.writer import Clean, Writer
from stable_regions.errors import UnsupportedModel

ROWS = 64
"""Copies of the prompt per pass."""

Hook = tuple[str, Callable[..., Tensor | None]]


@runtime_checkable
class Bridge(Protocol):
    """The one method of TransformerLens' bridge that is used here."""

    def run_with_hooks(self, input: Tensor, *, fwd_hooks: list[Hook]) -> Tensor: ...  # noqa: A002  (TransformerLens' own word)


class Oracle(Writer):
    """Writes through TransformerLens, one full sequence per point."""

    name = "oracle"

    def __init__(self, network: PreTrainedModel, write_layer: int) -> None:
        self._network = network
        self._device = network.device
        self._write_hook = f"blocks.{write_layer}.hook_out"
        self._bridge = bridge_of(network)

    def cleans(self, prompts: Sequence[Sequence[int]]) -> list[Clean]:
        return [self._clean(ids) for ids in prompts]

    @torch.inference_mode()
    def streams(self, prompts: Sequence[Sequence[int]]) -> list[Float[Tensor, "_ d_model"]]:
        found: list[Tensor] = []

        def keep(tensor: Tensor, hook: object) -> None:
            found.append(tensor[0].clone())

        for ids in prompts:
            self._finals(torch.tensor([list(ids)], device=self._device), keep)
        return found

    def written_each(
        self, cleans: Sequence[Clean], points: Float[Tensor, "prompts n d_model"]
    ) -> Float[Tensor, "prompts n d_out"]:
        return torch.stack([self.written(clean, rows) for clean, rows in zip(cleans, points, strict=True)])

    @torch.inference_mode()
    def _clean(self, ids: Sequence[int]) -> Clean:
        stream: dict[str, Tensor] = {}

        def keep(tensor: Tensor, hook: object) -> None:
            stream["anchor"] = tensor[0, -1].clone()

        tokens = torch.tensor([list(ids)], device=self._device)
        try:
            (final,) = self._finals(tokens, keep)
        except (RuntimeError, ValueError, TypeError, AttributeError) as reason:
            raise _refusal(self._network, str(reason)) from reason
        self._check(tokens, final)
        return Clean(list(ids), stream["anchor"], final)

    @torch.inference_mode()
    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_out"]:
        if not len(points):  # many an architecture cannot run no prompts
            return clean.final.new_empty(0, len(clean.final))
        prompt = torch.tensor([clean.ids], device=self._device)
        finals: list[Tensor] = []
        for rows in points.split(ROWS):

            def write(tensor: Tensor, hook: object, rows: Tensor = rows) -> Tensor:
                tensor = tensor.clone()
                tensor[:, -1] = rows
                return tensor

            finals.append(self._finals(prompt.expand(len(rows), -1), write))
        return torch.cat(finals)

    @torch.inference_mode()
    def logits(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n d_vocab"]:
        def give(tensor: Tensor, hook: object) -> Tensor:
            return final[None]

        token = torch.zeros((1, 1), dtype=torch.long, device=self._device)
        with kept(self._network.dtype):
            return self._bridge.run_with_hooks(token, fwd_hooks=[("unembed.hook_in", give)])[0]

    def _check(self, tokens: Tensor, final: Float[Tensor, " d_out"]) -> None:
        """The bridge rebuilds attention in its own code: its clean logits must be those of the network itself."""
        with kept(self._network.dtype):
            own = self._network(tokens, use_cache=False).logits[0, -1]
        error = (self.logits(final[None])[0] - own).norm() / own.norm()
        allowed = torch.finfo(own.dtype).eps ** 0.5
        if not error <= allowed:
            raise _refusal(self._network, f"its clean logits are off by {error:.1e}, allowed {allowed:.0e}")

    def _finals(self, tokens: Tensor, at_write_layer: Callable[..., Tensor | None]) -> Float[Tensor, "n d_out"]:
        """Run prompts with a hook at the write layer; what the unembedding is given at their last position."""
        read: list[Tensor] = []

        def keep(tensor: Tensor, hook: object) -> None:
            read.append(tensor[:, -1].clone())

        hooks: list[Hook] = [(self._write_hook, at_write_layer), ("unembed.hook_in", keep)]
        with kept(self._network.dtype):
            self._bridge.run_with_hooks(tokens, fwd_hooks=hooks)
        return read[0]


def bridge_of(network: PreTrainedModel) -> Bridge:
    """TransformerLens' bridge over a shallow copy of the network, with its raw weights.

    Raises:
        UnsupportedModel: TransformerLens has no adapter for this architecture, or its adapter cannot take it.
    """
    from transformer_lens.model_bridge.sources import build_bridge_from_module

    copied = shallow_copy(network, "eager")
    try:
        bridge = build_bridge_from_module(copied, type(network).__name__, hf_config=copied.config)
    except (RuntimeError, ValueError, AttributeError, KeyError) as reason:
        raise _refusal(network, str(reason)) from reason
    return cast("Bridge", bridge)


def _refusal(network: PreTrainedModel, reason: str) -> UnsupportedModel:
    return UnsupportedModel(
        f"{type(network).__name__}: neither the fast path nor TransformerLens can write into this model ({reason}).",
        "Choose a model of an architecture listed in docs/models/architectures.md.",
    )
