"""Which architectures go through the fast path, and where their parts are: one row each.

A row says where the base model keeps its block list; everything else (norms, rotary embedding, parallel residuals,
window masks, head) is the family's own code from transformers, run unchanged. To join, a family's attention must go
through transformers' attention interface, hand keyword arguments down, and use no term but scale, mask and soft cap:
`attention` refuses any other by name. A row is added together with its random model in tests/engine/zoo.py, which
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
        Family("gpt2", "transformer", "h", "learned positions, which enter at the embedding only"),
        Family("gpt_neox", "gpt_neox", "layers", "partial rotary, parallel or serial residual"),
        Family("llama", "model", "layers", "grouped queries, scaled rotary"),
        Family("olmo", "model", "layers", "norm without weights, clipped queries, keys and values"),
        Family("olmo2", "model", "layers", "query and key norm, norms after attention and MLP"),
        Family("olmo3", "model", "layers", "as OLMo 2, most blocks windowed"),
        Family(
            "qwen2", "model", "layers", "grouped queries with biases, upper blocks windowed where the config says so"
        ),
        Family("qwen3", "model", "layers", "query and key norm, own head size, windows as Qwen2"),
        Family("gemma", "model", "layers", "scaled embedding, own head size"),
        Family("gemma2", "model", "layers", "scores and logits under soft caps, every other block windowed"),
        Family("gemma3_text", "model", "layers", "query and key norm, two rotaries, most blocks windowed"),
        Family("mistral", "model", "layers", "grouped queries, sliding window"),
        Family("ministral", "model", "layers", "some blocks windowed"),
        Family("phi", "model", "layers", "partial rotary, parallel residual, head with bias"),
        Family("phi3", "model", "layers", "fused projections, sliding window"),
        Family("smollm3", "model", "layers", "some blocks without rotary"),
        Family("opt", "model.decoder", "layers", "learned positions, projections around the blocks in some sizes"),
        Family("cohere", "model", "layers", "parallel residual, scaled logits"),
        Family("cohere2", "model", "layers", "parallel residual, most blocks windowed, scaled logits"),
        Family("granite", "model", "layers", "scaled embedding, residuals, scores and logits"),
        Family("starcoder2", "model", "layers", "biases everywhere, sliding window"),
        Family("helium", "model", "layers", "grouped queries, interleaved rotary"),
        Family("glm", "model", "layers", "interleaved partial rotary"),
        Family("glm4", "model", "layers", "interleaved partial rotary, norms after attention and MLP"),
        Family("exaone4", "model", "layers", "query and key norm, some blocks windowed and the others without rotary"),
        Family("seed_oss", "model", "layers", "biases, own head size"),
        Family("apertus", "model", "layers", "query and key norm, xIELU"),
        Family("arcee", "model", "layers", "squared ReLU"),
        Family("ernie4_5", "model", "layers", "interleaved rotary"),
        Family("hunyuan_v1_dense", "model", "layers", "query and key norm after rotary"),
        Family("nanochat", "model", "layers", "query and key norm without weights, capped logits"),
        Family("persimmon", "model", "layers", "query and key norm, partial rotary"),
        Family("vaultgemma", "model", "layers", "scores and logits under soft caps, every other block windowed"),
        Family("mixtral", "model", "layers", "mixture of experts, sliding window"),
        Family("olmoe", "model", "layers", "mixture of experts, query and key norm"),
        Family("qwen2_moe", "model", "layers", "mixture of experts with a shared one"),
        Family("qwen3_moe", "model", "layers", "mixture of experts, query and key norm"),
        Family("granitemoe", "model", "layers", "mixture of experts, scaled as Granite"),
    )
}


def family_of(network: PreTrainedModel) -> Family | None:
    """The row of a network's architecture, or None: it goes through the slow exact path.

    A config that lets earlier tokens see the last one has no row, whatever its family: there the prefix would change.
    """
    config = network.config
    causal = getattr(config, "is_causal", True) and not getattr(config, "use_bidirectional_attention", False)
    return FAMILIES.get(config.model_type) if causal else None


def part(module: nn.Module, path: str) -> nn.Module:
    """The submodule at a dotted path."""
    return reduce(getattr, path.split("."), module)
