"""Tiny models for tests: random weights, written in the Hugging Face layout, in a second."""

import json
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

TEXT = """
<bos> <unk> <pad> The capital of France is Paris . Japan governed from the city Tokyo People in Brazil mostly speak
Portuguese French Germany Berlin language currency euro continent Europe Asia Where do people like cats and dogs run
"""
WORDS = TEXT.split()
"""A vocabulary of words; its place is a word's id."""

PROMPTS = ("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak")


def write_tokenizer(folder: Path) -> None:
    """A word-level tokenizer with `<bos>`, `<unk>` and `<pad>`."""
    folder.mkdir(parents=True, exist_ok=True)
    words = list(dict.fromkeys(WORDS))
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.add_special_tokens(["<bos>", "<unk>", "<pad>"])
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"bos_token": "<bos>", "unk_token": "<unk>", "pad_token": "<pad>", "add_bos_token": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))


def write_model(
    folder: Path, model_type: str = "gpt_neox", revisions: tuple[str, ...] = ("main",), seed: int = 0, **config: object
) -> Path:
    """A model with random weights at every revision (the seed grows with its place), float32, three blocks of 32.

    `main` alone lies in the folder itself; several revisions lie in folders of their own.
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    write_tokenizer(folder)
    shape: dict[str, object] = {
        "vocab_size": len(dict.fromkeys(WORDS)),
        "hidden_size": 32,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "max_position_embeddings": 64,
        "bos_token_id": 0,
        "eos_token_id": 0,
        "pad_token_id": 2,
        "dtype": "float32",
    }
    if model_type == "gpt2":
        for name, own in (
            ("hidden_size", "n_embd"),
            ("num_hidden_layers", "n_layer"),
            ("num_attention_heads", "n_head"),
        ):
            shape[own] = shape.pop(name)
        shape["n_positions"] = shape.pop("max_position_embeddings")
    else:
        shape["intermediate_size"] = 128
    made = AutoConfig.for_model(model_type, **(shape | config))
    for place, revision in enumerate(revisions):
        torch.manual_seed(seed + place)
        model = AutoModelForCausalLM.from_config(made)
        # Larger than initialisation's 0.02, so that outputs differ and regions have borders.
        with torch.no_grad():
            for name, weight in model.named_parameters():
                if weight.ndim > 1 and "embed" not in name:
                    weight.mul_(6)
        model.save_pretrained(folder if revisions == ("main",) else folder / revision)
    return folder


def sharpen(folder: Path, times: float) -> None:
    """Multiply the weights of the products in a model's blocks: its outputs then change many times as fast."""
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim > 1 and ".h." in name:
                weight.mul_(times)
    model.save_pretrained(folder)
