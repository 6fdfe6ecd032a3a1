"""Making a model rather than loading one: random weights from a config, and the files of its checkpoints.

The layout is Hugging Face's, with the tokenizer, which all checkpoints share, kept once:

    <name>/config.json  tokenizer.json  tokenizer_config.json    AutoTokenizer.from_pretrained(<name>)
    <name>/<revision>/config.json  model.safetensors             AutoModelForCausalLM.from_pretrained(<name>/<revision>)

Weights are stored in half precision and computed with in single: `config.json` says float32.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import torch
from jaxtyping import Float, Int
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel
from transformers.utils import logging

from stable_regions.errors import ModelUnavailable

Network = PreTrainedModel
"""What a floor above calls a model: it does not know transformers."""


def initialised(architecture: Mapping[str, str | int | float | bool | None], seed: int = 0) -> PreTrainedModel:
    """A causal language model with random weights, the same for the same seed; float32, in evaluation mode."""
    torch.manual_seed(seed)
    options = {name: option for name, option in architecture.items() if name != "model_type"}
    config = AutoConfig.for_model(str(architecture["model_type"]), **options, dtype="float32")
    model = cast(PreTrainedModel, AutoModelForCausalLM.from_config(config, attn_implementation="sdpa"))
    return model.float().eval()


def logits(model: nn.Module, tokens: Int[Tensor, "batch pos"]) -> Float[Tensor, "batch pos vocabulary"]:
    """Unnormalised log-probabilities of the token after each position; keeps no keys and values."""
    return model(input_ids=tokens, use_cache=False).logits


def save_shared(
    model: PreTrainedModel, tokenizer: Tokenizer, bos: str, unknown: str | None, pad: str, folder: Path
) -> None:
    """Write what all revisions share: config and tokenizer. The tokenizer adds no `<bos>`: whoever asks does."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {"bos_token": bos, "eos_token": bos, "pad_token": pad} | ({"unk_token": unknown} if unknown else {})
    described = {"tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": False, **names}
    described |= {"model_max_length": model.config.max_position_embeddings, "clean_up_tokenization_spaces": False}
    (folder / "tokenizer_config.json").write_text(json.dumps(described, indent=2) + "\n", "utf-8")


def save_weights(model: PreTrainedModel, folder: Path) -> None:
    """Write config and fp16 weights of this moment; an embedding that also serves as unembedding is written once."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    kept: dict[int, tuple[str, Tensor]] = {}
    for name, weight in model.state_dict().items():
        kept.setdefault(weight.data_ptr(), (name, weight))
    half = {name: weight.detach().half().contiguous() for name, weight in kept.values()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})


def load_checkpoint(folder: Path, revision: str) -> PreTrainedModel:
    """The model of one revision, float32, in evaluation mode.

    Raises:
        ModelUnavailable: the folder holds no weights of that revision.
    """
    if not (folder / revision / "model.safetensors").is_file():
        raise ModelUnavailable(
            f"{folder / revision} holds no model.safetensors.", "Train the suite, or choose another revision."
        )
    logging.disable_progress_bar()
    model = AutoModelForCausalLM.from_pretrained(
        folder / revision, dtype=torch.float32, local_files_only=True, use_safetensors=True
    )
    return cast(PreTrainedModel, model).eval()
