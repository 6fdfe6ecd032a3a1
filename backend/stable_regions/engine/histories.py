"""Running a network on every history of a process, each token once.

Histories form a tree: a history's own last token is all that its parent has not seen. So the tree is walked, level by level
within subtrees, with the keys and values of the parents at hand: a history costs one token through the blocks, where running
all words in full would cost every prefix again (6.7 times as many tokens for Mess3 to ten tokens).

Places of the residual stream are named in `schemas.stream_place`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from transformers import DynamicCache

from stable_regions.engine.families import Family, family_of, part
from stable_regions.errors import InvalidFields, Refusal, UnknownLayer, UnsupportedModel
from stable_regions.maths.hidden_markov import HiddenMarkov
from stable_regions.maths.presentation import Presentation
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.stream_place import parts_of

TOGETHER = 2048
"""Histories that go through the network in one pass."""

_AFTER_ATTENTION = ("llama", "mistral", "ministral", "qwen2", "qwen3", "gemma", "phi3", "smollm3", "olmo", "arcee")
NORM_BEFORE_MLP = {
    **dict.fromkeys(_AFTER_ATTENTION, "post_attention_layernorm"),
    "gpt2": "ln_2",
    "opt": "final_layer_norm",
}
"""The module of a block whose input is the stream between attention and MLP, where the residual is serial."""


@dataclass(frozen=True, eq=False)
class Histories:
    """What a network makes of each history.

    Attributes:
        places: the residual stream at each single place, in the order of the network, [rows, d_model] each.
        log_probability: of the next token, over the process' tokens, [rows, tokens].
    """

    places: dict[str, Float[Tensor, "rows d_model"]]
    log_probability: Float[Tensor, "rows tokens"]

    def at(self, place: str) -> Float[Tensor, "rows dims"]:
        """The activations of a place, or of several side by side.

        Raises:
            UnknownLayer: there is no such place in this network; names those there are.
        """
        parts = parts_of(place, list(self.places))
        if parts[0] not in self.places:
            raise UnknownLayer(f"The network has no place {place!r}.", f"Choose from {', '.join(self.places)}.")
        return torch.cat([self.places[name] for name in parts], dim=1)


def token_ids(model: LoadedModel, process: HiddenMarkov) -> list[int]:
    """The model's token for each of the process' tokens.

    Raises:
        InvalidFields: one of them is no single token of the model.
    """
    ids: list[int] = []
    for token in process.tokens:
        try:
            found = model.tokens.encode(token, prepend_bos=False)
        except Refusal:
            found = []
        if len(found) != 1:
            raise InvalidFields(
                f"process: its token {token!r} is {len(found)} tokens of {model.card.name}; it must be one.",
                "Name a process in the model's tokens.",
            )
        ids += found
    return ids


def places_of(model: LoadedModel) -> list[str]:
    """The single places of a network, in order.

    Raises:
        UnsupportedModel: its architecture is not one whose parts are known.
    """
    return list(_hooked(model, _family(model)))


class Walk:
    """The walk of one tree, a pass at a time.

    Args:
        model: the checkpoint.
        tokens: the model's id of each of the process' tokens.
        word: histories as token numbers, −1 beyond their end; by length, then in order.
        parent: row of each without its last token; −1 for one token.
        before: ids that stand before every history (a BOS token).

    Raises:
        UnsupportedModel: the architecture is not one whose parts are known.
    """

    def __init__(
        self,
        model: LoadedModel,
        tokens: Sequence[int],
        word: Int[Tensor, "rows length"],
        parent: Int[Tensor, " rows"],
        before: Sequence[int] = (),
    ) -> None:
        self._network, self._before = model.network, list(before)
        self._ids = torch.tensor(tokens)
        size = (word >= 0).sum(dim=1)
        self._last = self._ids[word.long().gather(1, (size - 1)[:, None])[:, 0]]
        self._parent = parent
        self._first = [int((size < length).sum()) for length in range(1, int(size.max()) + 2)]
        self._hooked = _hooked(model, _family(model))
        self._places = {name: torch.empty(len(word), model.card.d_model) for name in self._hooked}
        self._log_probability = torch.empty(len(word), len(tokens))

    def passes(self) -> Iterator[int]:
        """Walk; yields how many histories each pass was for. The hooks are off the network between passes."""
        cache = None
        if self._before:
            cache = DynamicCache()
            with torch.inference_mode():
                self._network(
                    input_ids=torch.tensor([self._before], device=self._network.device), past_key_values=cache
                )
        yield from self._below(0, 0, self._first[1], cache, None, len(self._before))

    def found(self) -> Histories:
        """What was found, when the walk is over."""
        return Histories(self._places, self._log_probability)

    def _below(
        self, level: int, first: int, last: int, cache: DynamicCache | None, above: int | None, past: int
    ) -> Iterator[int]:
        """The histories of rows `first` to `last`, whose parents' keys and values are in the cache (from row `above`)."""
        for start in range(first, last, TOGETHER):
            end = min(last, start + TOGETHER)
            own = None if above is None else self._parent[start:end] - above
            made = self._pass(start, end, _selected(cache, own, end - start), past)
            yield end - start
            if level + 2 < len(self._first):
                low, high = self._first[level + 1], self._first[level + 2]
                row, stop = (
                    low + int(torch.searchsorted(self._parent[low:high].contiguous(), bound)) for bound in (start, end)
                )
                if stop > row:
                    yield from self._below(level + 1, row, stop, made, start, past + 1)

    @torch.inference_mode()
    def _pass(self, start: int, end: int, cache: DynamicCache, past: int) -> DynamicCache:
        device = self._network.device
        seen: dict[str, Tensor] = {}
        handles = [_watch(module, side, name, seen) for name, (module, side) in self._hooked.items()]
        try:
            logits = self._network(
                input_ids=self._last[start:end, None].to(device),
                position_ids=torch.full((end - start, 1), past, device=device),
                past_key_values=cache,
                use_cache=True,
            ).logits[:, -1]
        finally:
            for handle in handles:
                handle.remove()
        # Over the process' tokens alone: what a larger vocabulary gives to others is not this process' business.
        self._log_probability[start:end] = logits[:, self._ids.to(device)].float().log_softmax(dim=-1).cpu()
        for name, stream in seen.items():
            self._places[name][start:end] = stream[:, -1].float().cpu()
        return cache


def walk_of(model: LoadedModel, process: HiddenMarkov, rows: Presentation) -> Walk:
    """The walk of a process' histories through a model, after a BOS token where the model was trained with one.

    Raises:
        InvalidFields: see `token_ids`.
        UnsupportedModel: see `Walk`.
    """
    bos = [model.tokens.bos] if model.card.prepend_bos and model.tokens.bos is not None else []
    return Walk(model, token_ids(model, process), torch.from_numpy(rows.word), torch.from_numpy(rows.parent), bos)


def histories(
    model: LoadedModel, tokens: Sequence[int], word: Int[Tensor, "rows length"], parent: Int[Tensor, " rows"]
) -> Histories:
    """Every history, run at once."""
    walk = Walk(model, tokens, word, parent)
    for _ in walk.passes():
        pass
    return walk.found()


def _selected(cache: DynamicCache | None, rows: Tensor | None, count: int) -> DynamicCache:
    """The keys and values of each row's parent, as a cache of its own."""
    if cache is None:
        return DynamicCache()
    layers: list[tuple[Tensor, Tensor]] = [(getattr(layer, "keys"), getattr(layer, "values")) for layer in cache.layers]  # noqa: B009
    if rows is None:
        return DynamicCache(
            [(keys.expand(count, -1, -1, -1), values.expand(count, -1, -1, -1)) for keys, values in layers]
        )
    chosen = rows.to(layers[0][0].device)
    return DynamicCache([(keys[chosen], values[chosen]) for keys, values in layers])


def _family(model: LoadedModel) -> Family:
    family = family_of(model.network)
    if family is None:
        raise UnsupportedModel(
            f"The parts of {model.card.architecture} are not known.",
            "Choose a model of an architecture in docs/models/architectures.md.",
        )
    return family


def _hooked(model: LoadedModel, family: Family) -> dict[str, tuple[nn.Module, str]]:
    """Each place's module, and whether its input or its output is the stream there; in the network's order."""
    core = part(model.network, family.core)
    blocks = cast("nn.ModuleList", getattr(core, family.blocks))
    norm = NORM_BEFORE_MLP.get(family.model_type)
    if family.model_type == "gpt_neox" and not model.network.config.use_parallel_residual:
        norm = "post_attention_layernorm"
    found: dict[str, tuple[nn.Module, str]] = {"embed": (blocks[0], "in")}
    for number, block in enumerate(blocks):
        if norm is not None:
            found[f"blocks.{number}.hook_resid_mid"] = (getattr(block, norm), "in")
        found[f"blocks.{number}.hook_resid_post"] = (block, "out")
    return found | {"final": (core, "out")}


def _watch(module: nn.Module, side: str, name: str, seen: dict[str, Tensor]) -> torch.utils.hooks.RemovableHandle:
    """Keep what goes into a module, or comes out of it."""
    if side == "in":

        def into(_: nn.Module, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
            seen[name] = cast(Tensor, args[0] if args else kwargs["hidden_states"])

        return module.register_forward_pre_hook(into, with_kwargs=True)

    def out_of(_: nn.Module, args: tuple[object, ...], output: object) -> None:
        stream = getattr(output, "last_hidden_state", None)
        seen[name] = stream if stream is not None else cast(Tensor, output[0] if isinstance(output, tuple) else output)

    return module.register_forward_hook(out_of)
