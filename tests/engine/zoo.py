"""Small models with random weights, one per architecture, in which attention and every special term really matter."""

from dataclasses import dataclass, field

import torch
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel

SHAPE = {
    "vocab_size": 97,
    "hidden_size": 64,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "intermediate_size": 96,
    "max_position_embeddings": 64,
    "bos_token_id": 0,
    "eos_token_id": 1,
    "pad_token_id": 2,
}


@dataclass(frozen=True)
class Specimen:
    """What is set in the config of one architecture, beyond the common shape."""

    config: dict[str, object] = field(default_factory=dict[str, object])
    without: tuple[str, ...] = ()


WINDOWED = {"use_sliding_window": True, "sliding_window": 4, "max_window_layers": 2}
EVERY_OTHER = ["sliding_attention", "full_attention"] * 2
NO_GROUPS = ("num_key_value_heads",)
MOE = {"num_experts_per_tok": 2, "moe_intermediate_size": 32}

FAST: dict[str, Specimen] = {
    "gpt2": Specimen({"n_inner": 96}, NO_GROUPS),
    "gpt_neox": Specimen(
        {"rope_parameters": {"rope_type": "default", "rope_theta": 100.0, "partial_rotary_factor": 0.25}}, NO_GROUPS
    ),
    "llama": Specimen(),
    "olmo": Specimen({"clip_qkv": 2.0}),
    "olmo2": Specimen(),
    "olmo3": Specimen({"sliding_window": 4, "layer_types": EVERY_OTHER}),
    "qwen2": Specimen(WINDOWED),
    "qwen3": Specimen({**WINDOWED, "head_dim": 24}),
    "gemma": Specimen({"head_dim": 24}),
    "gemma2": Specimen(
        {"head_dim": 24, "sliding_window": 4, "attn_logit_softcapping": 1.5, "final_logit_softcapping": 3.0}
    ),
    "gemma3_text": Specimen({"head_dim": 24, "sliding_window": 4, "layer_types": EVERY_OTHER}),
    "mistral": Specimen({"sliding_window": 4, "head_dim": 24}),
    "ministral": Specimen({"sliding_window": 4, "layer_types": EVERY_OTHER, "head_dim": 16}),
    "phi": Specimen(),
    "phi3": Specimen({"sliding_window": 4}),
    "smollm3": Specimen({"no_rope_layers": [1, 0, 1, 0]}),
    "opt": Specimen({"ffn_dim": 96, "word_embed_proj_dim": 32}),
    "cohere": Specimen({"use_qk_norm": True, "logit_scale": 0.4}),
    "cohere2": Specimen({"sliding_window": 4, "layer_types": EVERY_OTHER, "logit_scale": 0.4}),
    "granite": Specimen(
        {"residual_multiplier": 0.5, "attention_multiplier": 0.3, "logits_scaling": 3.0, "embedding_multiplier": 2.0}
    ),
    "starcoder2": Specimen({"sliding_window": 4}),
    "helium": Specimen({"head_dim": 16}),
    "glm": Specimen({"head_dim": 16}),
    "glm4": Specimen({"head_dim": 16}),
    "exaone4": Specimen({"sliding_window": 4, "layer_types": EVERY_OTHER}),
    "seed_oss": Specimen({"head_dim": 24}),
    "apertus": Specimen(),
    "arcee": Specimen(),
    "persimmon": Specimen({"qk_layernorm": True}),
    "nanochat": Specimen(),
    "vaultgemma": Specimen({"head_dim": 24, "sliding_window": 4}),
    "ernie4_5": Specimen(),
    "hunyuan_v1_dense": Specimen({"head_dim": 16}),
    "mixtral": Specimen({"num_local_experts": 4, **MOE}),
    "olmoe": Specimen({"num_experts": 4, **MOE}),
    "qwen2_moe": Specimen({"num_experts": 4, "shared_expert_intermediate_size": 32, **MOE}),
    "qwen3_moe": Specimen({"num_experts": 4, "head_dim": 24, **MOE}),
    "granitemoe": Specimen({"num_local_experts": 4, **MOE}),
}

SLOW: dict[str, Specimen] = {
    "stablelm": Specimen({"partial_rotary_factor": 0.25, "qk_layernorm": True, "use_qkv_bias": True}),
    "nemotron": Specimen(),
    "gpt_bigcode": Specimen({"n_inner": 96, "multi_query": True}),
    "gptj": Specimen({"rotary_dim": 8, "n_inner": 96}),
    "gpt_neo": Specimen({"attention_types": [[["global", "local"], 2]], "window_size": 4}),
    "falcon": Specimen({"multi_query": True}, NO_GROUPS),
    "bloom": Specimen(),
    "mpt": Specimen(
        {"d_model": 64, "n_heads": 4, "n_layers": 4},
        without=("hidden_size", "num_attention_heads", "num_hidden_layers"),
    ),
    "codegen": Specimen({"n_inner": 96, "rotary_dim": 8}),
    "gpt_oss": Specimen(
        {"num_local_experts": 4, "head_dim": 16, "sliding_window": 4, "layer_types": EVERY_OTHER, **MOE}
    ),
    "mamba": Specimen(),
    "lfm2": Specimen({"layer_types": ["conv", "full_attention"] * 2}),
}

UNKNOWN_TO_TRANSFORMER_LENS = frozenset({"ministral", "helium", "persimmon"})
"""Fast architectures for which TransformerLens has no adapter: held against plain hooks only."""


def specimen(model_type: str, seed: int = 0, **config: object) -> PreTrainedModel:
    """A network of the architecture whose attention patterns, norms and biases are far from uniform."""
    made = FAST.get(model_type) or SLOW[model_type]
    shape = {name: value for name, value in SHAPE.items() if name not in made.without}
    torch.manual_seed(seed)
    network = AutoModelForCausalLM.from_config(AutoConfig.for_model(model_type, **(shape | made.config | config)))
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for weight in network.parameters():
            spread = 0.3 if weight.ndim < 2 else weight.shape[-1] ** -0.5 * 1.5
            noise = torch.randn(weight.shape, generator=generator) * spread
            weight.copy_(noise if weight.ndim > 1 else weight + noise)
    return network.eval().requires_grad_(False)
