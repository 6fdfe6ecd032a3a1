"""Which architectures go through the fast path, and where their parts are: one row each.

A row says where the base model keeps its block list; everything else (norms, rotary embedding, parallel residuals,
window masks, head) is the family's own code from transformers, run unchanged. To join, a family's attention must go
through transformers' attention interface, hand keyword arguments down, and use no term but scale, mask and soft cap:
`attention` refuses any other by name. A row is added together with its random model in tests/engine/families.py, which
the exactness tests then hold against TransformerLens and against plain hooks; docs/models/architectures.md repeats the
table, and a test compares the two.
"""

from dataclasses import dataclass
from functools import reduce

from torch import nn
from transformers import PreTrainedModel


@dataclass(frozen=True)
class Family:
    """Where a fast architecture keeps its parts.

    Attributes:
        model_type: the `model_type` of its config.
        core: path from the causal LM to the module that runs the blocks and the final norm.
        blocks: name of the block list in the core.
        features: what of it an exact fast path must respect, in words.
    """

    model_type: str
    core: str
    blocks: str
    features: str


FAMILIES: dict[str, Family] = {
    row.model_type: row
    for row in (
        Family("gpt2", "transformer", "h", "learned positions, enter at the embedding only"),
        Family("gpt_neox", "gpt_neox", "layers", "partial rotary, parallel or serial residual"),
        Family("llama", "model", "layers", "grouped queries, rotary scaling"),
        Family("olmo", "model", "layers", "norm without weights, clipped queries, keys, values"),
        Family("olmo2", "model", "layers", "query and key norm, norms after attention and MLP"),
        Family("qwen2", "model", "layers", "grouped queries, biases, sliding window in some blocks"),
        Family("qwen3", "model", "layers", "query and key norm, sliding window in some blocks"),
        Family("gemma2", "model", "layers", "scores and logits under soft caps, every other block windowed"),
        Family("mistral", "model", "layers", "grouped queries, sliding window"),
        Family("phi", "model", "layers", "partial rotary, parallel residual, head with bias"),
    )
}


def family_of(network: PreTrainedModel) -> Family | None:
    """The row of a network's architecture, or None: it goes through the slow exact path."""
    return FAMILIES.get(network.config.model_type)


def part(module: nn.Module, path: str) -> nn.Module:
    """The submodule at a dotted path."""
    return reduce(getattr, path.split("."), module)
