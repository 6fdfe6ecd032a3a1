"""Attention for many alternatives of one token.

Every grid point is another value of the *same* token: all of them sit at the prompt's last position, see the prompt's
earlier tokens, and see themselves; none sees another. Keys and values of the earlier tokens are those of the clean run
(attention is causal), so they are computed once per prompt and shared by all points. Two functions, registered through
transformers' public attention interface, do this for every family that uses that interface:

`RECORDING` attends as usual and keeps, per layer, the keys and values that the last token may see. Which ones these are
is read off the last row of the mask that transformers itself builds, so sliding windows need no case of their own.

`WRITTEN` takes n points as n queries. The scores against the shared prefix are one product, each point's own key is one
more score, and the softmax runs over prefix and self. No mask is built, nothing is copied per point. A study asks for
several prompts of one length at once: each then has its own prefix and its own n points.

Both are told apart from data by keyword arguments that transformers hands down to attention untouched, so a network
keeps no state between calls and several threads may share it.
"""

from dataclasses import dataclass, field

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.masking_utils import eager_mask

from stable_regions.errors import UnsupportedModel

RECORDING = "stable_regions_recording"
WRITTEN = "stable_regions_written"

HARMLESS = frozenset(
    {
        "prefixes",
        "recorder",
        "points",
        "position_ids",
        "sliding_window",
        "use_cache",
        "is_causal",
        "cache_position",
        "output_attentions",
        "output_hidden_states",
        "return_dict",
        "position_embeddings",
    }
)
"""Keyword arguments that change nothing here: either ours, or already applied to queries, keys or the mask."""


@dataclass(frozen=True, eq=False)
class Prefix:
    """What the last token of a prompt sees of the earlier ones at one block; `p` of them, inside the block's window.

    Several prompts of one length stand one before another, along a first axis.
    """

    keys: Float[Tensor, "*prompts kv_heads p d_head"]
    values: Float[Tensor, "*prompts kv_heads p d_head"]


@dataclass(eq=False)
class Recorder:
    """Collects a clean run of prompts of one length: prefixes by block, and the stream after the write layer."""

    prefixes: dict[int, Prefix] = field(default_factory=dict[int, Prefix])
    stream: Float[Tensor, "prompts t d_model"] | None = None


def _refuse_unknown(module: nn.Module, terms: dict[str, object]) -> None:
    """Refuse a term of attention (sinks, biases, …) that the functions here would leave out."""
    unknown = sorted(name for name, term in terms.items() if name not in HARMLESS and term is not None)
    if unknown:
        raise UnsupportedModel(
            f"{type(module).__name__} has attention terms {unknown} that the fast path does not compute.",
            "Take the model off the list in engine/families.py; the slow exact path then serves it.",
        )


def _capped(scores: Tensor, softcap: float | None) -> Tensor:
    """Scores under the tanh cap of Gemma-2 (Gemma Team 2024, arXiv 2408.00118, §2), where there is one."""
    return scores if softcap is None else scores.div_(softcap).tanh_().mul_(softcap)


def recording_attention(
    module: nn.Module,
    query: Float[Tensor, "prompts heads t d_head"],
    key: Float[Tensor, "prompts kv_heads t d_head"],
    value: Float[Tensor, "prompts kv_heads t d_head"],
    attention_mask: Float[Tensor, "_ 1 t t"],
    scaling: float | None = None,
    dropout: float = 0.0,
    softcap: float | None = None,
    **terms: object,
) -> tuple[Float[Tensor, "prompts t heads d_head"], None]:
    """Causal attention of a clean run; leaves the last tokens' prefix in the recorder."""
    _refuse_unknown(module, terms)
    recorder = terms["recorder"]
    assert isinstance(recorder, Recorder)
    seen: Bool[Tensor, " p"] = attention_mask[0, 0, -1, :-1] == 0
    recorder.prefixes[_layer(module)] = Prefix(
        keys=key[:, :, :-1][:, :, seen].contiguous(),
        values=value[:, :, :-1][:, :, seen].contiguous(),
    )
    group = query.shape[1] // key.shape[1]
    scores = torch.matmul(query, key.repeat_interleave(group, dim=1).transpose(2, 3)).mul_(_scale(query, scaling))
    pattern = _softmax(_capped(scores, softcap) + attention_mask, dim=-1)
    return torch.matmul(pattern, value.repeat_interleave(group, dim=1)).transpose(1, 2), None


def written_attention(
    module: nn.Module,
    query: Float[Tensor, "prompts heads n d_head"],
    key: Float[Tensor, "prompts kv_heads n d_head"],
    value: Float[Tensor, "prompts kv_heads n d_head"],
    attention_mask: None,
    scaling: float | None = None,
    dropout: float = 0.0,
    softcap: float | None = None,
    **terms: object,
) -> tuple[Float[Tensor, "prompts n heads d_head"], None]:
    """Each of n points attends to the shared prefix of its prompt at this block, and to itself."""
    _refuse_unknown(module, terms)
    prefixes = terms["prefixes"]
    assert isinstance(prefixes, dict)
    prefix: Prefix = prefixes[_layer(module)]
    queries = query.unflatten(1, (key.shape[1], -1))
    to_prefix = torch.matmul(prefix.keys.unsqueeze(-3), queries.transpose(-1, -2))
    to_self = (queries * key.unsqueeze(2)).sum(-1).unsqueeze(-2)
    # Points along the last axis: a softmax down ten rows of a thousand is twenty times faster than along a thousand of ten.
    scores = torch.cat((to_prefix, to_self), dim=-2).mul_(_scale(query, scaling))
    pattern = _softmax(_capped(scores, softcap), dim=-2)
    mixed = torch.matmul(pattern[..., :-1, :].transpose(-1, -2), prefix.values.unsqueeze(-3))
    mixed.addcmul_(pattern[..., -1, :].unsqueeze(-1), value.unsqueeze(2))
    return mixed.flatten(1, 2).transpose(1, 2), None


def _softmax(scores: Tensor, dim: int) -> Tensor:
    """A softmax whose sums are taken in single precision or better, as every family's own attention takes them."""
    if scores.dtype.itemsize >= 4:
        return torch.softmax(scores, dim=dim)
    return torch.softmax(scores, dim=dim, dtype=torch.float32).to(scores.dtype)


def _scale(query: Tensor, scaling: float | None) -> float:
    return query.shape[-1] ** -0.5 if scaling is None else scaling


def _layer(module: nn.Module) -> int:
    layer = module.layer_idx
    assert isinstance(layer, int)
    return layer


AttentionInterface.register(RECORDING, recording_attention)
AttentionInterface.register(WRITTEN, written_attention)
AttentionMaskInterface.register(RECORDING, eager_mask)
