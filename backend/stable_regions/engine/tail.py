"""The fast exact path: one token per point through the blocks above the write layer.

Only the last position changes, and attention is causal, so the clean run's keys and values of earlier positions stay
what they are. A point therefore costs one token through blocks ℓ+1 … n−1. The points go in as the positions of one
sequence, all with the position id of the prompt's last token; `attention` keeps them apart.

The family's own forward pass runs, with its block list replaced by modules that hand the stream on, one that hands back
the written residuals, and the blocks above. The network itself is left as it is: every change is made to shells, copies
of the module tree that share the network's parameters and buffers.

Physical limit: 2 × (parameters of blocks ℓ+1 …) floating-point operations per point.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import torch
from jaxtyping import Float
from torch import Tensor, nn
from transformers import PreTrainedModel

from stable_regions.engine.attention import RECORDING, WRITTEN, Prefix, Recorder
from stable_regions.engine.batching import Passes
from stable_regions.engine.double_precision import kept
from stable_regions.engine.families import Family, part
from stable_regions.engine.shallow_copy import shallow_copy
from stable_regions.engine.stubs import Given, HandBack, HandOn
from stable_regions.engine.threads import threads_for
from stable_regions.engine.writer import Clean, Writer
from stable_regions.errors import ModelUnavailable, UnsupportedModel

PROMPTS = 64
"""Most prompts whose clean runs are made in one pass."""

RECENT, RECENT_BYTES = 8, 2**25
"""Clean runs that are kept for the next request: at most so many, and no more than fit into so many bytes."""


@dataclass(frozen=True, eq=False)
class TailClean(Clean):
    """A clean run with what its last token sees, by block."""

    prefixes: dict[int, Prefix]

    @property
    def bytes(self) -> int:
        """Memory of the prefixes."""
        return sum(kept.nbytes for prefix in self.prefixes.values() for kept in (prefix.keys, prefix.values))


class Tail(Writer):
    """Writes through the blocks above the write layer only.

    Attributes:
        above: those blocks, by index; the writer's own modules, sharing the network's parameters.
    """

    name = "tail"

    def __init__(self, network: PreTrainedModel, write_layer: int, family: Family) -> None:
        self._device, self._dtype = network.device, network.dtype
        self._whole: nn.Module | None = part(shallow_copy(network, RECORDING), family.core)
        part(self._whole, f"{family.blocks}.{write_layer}").register_forward_hook(_keep_stream, with_kwargs=True)

        self._head = shallow_copy(network, WRITTEN)
        self._above = part(self._head, family.core)
        blocks = cast("nn.ModuleList", getattr(self._above, family.blocks))
        self.above: Mapping[int, nn.Module] = dict(enumerate(blocks[write_layer + 1 :], write_layer + 1))
        below = [HandOn() for _ in range(write_layer)]
        setattr(self._above, family.blocks, nn.ModuleList([*below, HandBack(), *blocks[write_layer + 1 :]]))
        path, _, leaf = family.core.rpartition(".")
        setattr(part(self._head, path) if path else self._head, leaf, Given())
        embedding = cast("nn.Embedding", network.get_input_embeddings())
        self._nothing = embedding.weight.new_zeros(1, 1, embedding.embedding_dim)
        self._block, self._vocabulary = 12 * embedding.embedding_dim**2, embedding.num_embeddings
        self._recent: dict[tuple[int, ...], TailClean] = {}
        self._checked: set[int] = set()
        self.passes = Passes(network.config.hidden_size, self._device, self._dtype)

    @property
    def whole(self) -> bool:
        return self._whole is not None

    def clean(self, ids: Sequence[int]) -> TailClean:
        """As `Writer.clean`; the run of a prompt that was asked for a moment ago is kept."""
        found = self._recent.pop(tuple(ids), None)
        if found is None:
            (found,) = self.cleans([ids])
            assert isinstance(found, TailClean)
        self._recent[tuple(ids)] = found
        for oldest in list(self._recent)[:-1]:
            if len(self._recent) > RECENT or sum(kept.bytes for kept in list(self._recent.values())) > RECENT_BYTES:
                self._recent.pop(oldest, None)
        return found

    @torch.inference_mode()
    def cleans(self, prompts: Sequence[Sequence[int]]) -> list[Clean]:
        found: dict[int, Clean] = {}
        for together in of_one_length(prompts):
            for places in batches(together, PROMPTS):
                found |= zip(places, self._cleans([list(prompts[place]) for place in places]), strict=True)
        return [found[place] for place in range(len(prompts))]

    @torch.inference_mode()
    def streams(self, prompts: Sequence[Sequence[int]]) -> list[Float[Tensor, "_ d_model"]]:
        found: dict[int, Tensor] = {}
        for together in of_one_length(prompts):
            for places in batches(together, PROMPTS):
                found |= zip(places, self._recorded([list(prompts[place]) for place in places])[1], strict=True)
        return [found[place] for place in range(len(prompts))]

    @torch.inference_mode()
    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_out"]:
        assert isinstance(clean, TailClean)
        if not len(points):
            return clean.final.new_empty(0, len(clean.final))

        def go(first: int, last: int) -> Tensor:
            return self._run([clean], points[None, first:last])[0]

        finals = [made for _, _, made in self.passes.split(len(clean.ids), len(points), 1, go)]
        return finals[0] if len(finals) == 1 else torch.cat(finals)

    @torch.inference_mode()
    def written_each(
        self, cleans: Sequence[Clean], points: Float[Tensor, "prompts n d_model"]
    ) -> Float[Tensor, "prompts n d_out"]:
        contexts = [clean for clean in cleans if isinstance(clean, TailClean)]
        finals = contexts[0].final.new_empty(len(contexts), points.shape[1], len(contexts[0].final))
        for places in of_one_length([clean.ids for clean in contexts]):

            def go(first: int, last: int, places: list[int] = places) -> Tensor:
                some = places[first:last]
                return self._run([contexts[place] for place in some], points[some])

            tokens = len(contexts[places[0]].ids)
            for first, last, made in self.passes.split(tokens, len(places), points.shape[1], go):
                finals[places[first:last]] = made
        return finals

    @torch.inference_mode()
    def logits(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n d_vocab"]:
        return self.head(final)

    def final(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_out"]:
        """As `written`, in one pass and in the caller's mode: for derivatives, and for hooks on the blocks `above`."""
        assert isinstance(clean, TailClean)
        return self._run([clean], points[None])[0]

    def head(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n d_vocab"]:
        """As `logits`, in the caller's mode."""
        with kept(self._dtype), threads_for(final.numel() * self._vocabulary):
            return self._head(inputs_embeds=final[None]).logits[0]

    def lean(self) -> tuple["Tail", PreTrainedModel]:
        """The same writer without the blocks up to the write layer, which runs no prompt any more; and what it holds."""
        leaner = copy.copy(self)
        leaner._whole = None
        return leaner, self._head

    def _cleans(self, prompts: list[list[int]]) -> list[TailClean]:
        """Clean runs of prompts of one length, in one pass."""
        final, stream, prefixes = self._recorded(prompts)
        cleans = [
            TailClean(
                ids, stream[i, -1], final[i], {block: Prefix(p.keys[i], p.values[i]) for block, p in prefixes.items()}
            )
            for i, ids in enumerate(prompts)
        ]
        self._check(cleans)
        return cleans

    def _recorded(
        self, prompts: list[list[int]]
    ) -> tuple[Float[Tensor, "prompts d_out"], Float[Tensor, "prompts t d_model"], Mapping[int, Prefix]]:
        """One pass over prompts of one length: last final residuals, the stream at the write layer, prefixes by block."""
        assert self._whole is not None, "a lean writer has no blocks to run a prompt through"
        recorder = Recorder()
        tokens = torch.tensor(prompts, device=self._device)
        with kept(self._dtype), threads_for(tokens.numel() * self._block):
            final = self._whole(input_ids=tokens, use_cache=False, recorder=recorder).last_hidden_state[:, -1]
        assert recorder.stream is not None
        return final, recorder.stream, recorder.prefixes

    def _run(
        self, cleans: Sequence[TailClean], points: Float[Tensor, "prompts n d_model"]
    ) -> Float[Tensor, "prompts n d_out"]:
        """One pass. The embedding is given a token of nothing: what it makes of it is dropped at the write layer."""
        with kept(self._dtype), threads_for(len(cleans) * points.shape[1] * self._block):
            final = self._above(
                inputs_embeds=self._nothing,
                position_ids=torch.tensor([[len(cleans[0].ids) - 1]], device=self._device),
                use_cache=False,
                points=points,
                prefixes=_side_by_side(cleans),
            ).last_hidden_state
        return final.reshape(*points.shape[:2], -1)

    def _check(self, cleans: Sequence[TailClean]) -> None:
        """Write the anchors back where they came from: they must give the clean outputs.

        Guards against a config of a listed family under which a token's effect does not go through attention alone. That
        depends on the length of a prompt (a window's, say), not on its words, so it is looked at once for every length.
        """
        final = torch.stack([clean.final for clean in cleans])
        if not bool(final.isfinite().all()):
            raise ModelUnavailable(
                "This checkpoint's clean output is not finite: its weights hold NaN, or overflow.",
                "Choose another checkpoint, or fetch its files again.",
            )
        length = len(cleans[0].ids)
        if length in self._checked:
            return
        back = self._run(cleans, torch.stack([clean.anchor for clean in cleans])[:, None])[:, 0]
        error = ((back - final).norm(dim=-1) / final.norm(dim=-1)).max()
        allowed = torch.finfo(back.dtype).eps ** 0.5
        if not error <= allowed:
            raise UnsupportedModel(
                f"The fast path does not reproduce this model's clean output: relative error {error:.1e}, "
                f"allowed {allowed:.0e}.",
                "Report the model; its architecture must leave the list in engine/families.py.",
            )
        self._checked.add(length)


def of_one_length(prompts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Places of the prompts that are equally long, shortest first."""
    groups: dict[int, list[int]] = {}
    for place, ids in enumerate(prompts):
        groups.setdefault(len(ids), []).append(place)
    return [groups[length] for length in sorted(groups)]


def batches(places: list[int], size: int) -> list[list[int]]:
    """The places in order, so many at a time."""
    return [places[start : start + size] for start in range(0, len(places), size)]


def _side_by_side(cleans: Sequence[TailClean]) -> dict[int, Prefix]:
    """The prefixes of several prompts of one length, along a first axis; one prompt's as they are."""
    first = cleans[0].prefixes
    if len(cleans) == 1:
        return first
    return {
        block: Prefix(
            keys=torch.stack([clean.prefixes[block].keys for clean in cleans]),
            values=torch.stack([clean.prefixes[block].values for clean in cleans]),
        )
        for block in first
    }


def _keep_stream(module: nn.Module, args: tuple[object, ...], kwargs: dict[str, object], output: Tensor) -> None:
    """Forward hook on the block at the write layer: its output goes into the clean run's recorder."""
    recorder = kwargs["recorder"]
    assert isinstance(recorder, Recorder)
    recorder.stream = output
