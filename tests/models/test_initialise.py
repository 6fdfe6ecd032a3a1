"""Models made rather than loaded, and the files of their checkpoints."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from transformers import AutoTokenizer

from stable_regions.errors import ModelUnavailable
from stable_regions.models.initialise import initialised, load_checkpoint, logits, save_shared, save_weights
from stable_regions.suites.recipe import recipe
from stable_regions.suites.rows import word_tokenizer

TINY = replace(recipe("facts-4l"), layers=2, width=16)
TOKENIZER = word_tokenizer()
TOKENS = torch.tensor([[0, 5, 7, 11]])


def made(tied: bool = False, seed: int = 0):
    return initialised(replace(TINY, tied=tied).architecture(TOKENIZER.get_vocab_size()), seed)


def test_a_seed_names_a_model() -> None:
    with torch.no_grad():
        first, again, other = (logits(made(seed=seed), TOKENS) for seed in (3, 3, 4))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("tied", [False, True])
def test_a_kept_model_comes_back_to_half_precision(tied: bool, tmp_path: Path) -> None:
    model = made(tied)
    save_weights(model, tmp_path / "step0")
    back = load_checkpoint(tmp_path, "step0")
    assert back.dtype == torch.float32
    with torch.no_grad():
        torch.testing.assert_close(logits(back, TOKENS), logits(model, TOKENS), rtol=1e-2, atol=1e-3)


@pytest.mark.parametrize("tied", [False, True])
def test_a_tied_embedding_is_kept_once(tied: bool, tmp_path: Path) -> None:
    vocabulary = TOKENIZER.get_vocab_size()
    save_weights(made(tied), tmp_path)
    with safe_open(tmp_path / "model.safetensors", "pt") as file:
        shapes = [file.get_slice(name).get_shape() for name in file.keys()]  # noqa: SIM118
    assert shapes.count([vocabulary, TINY.width]) == (1 if tied else 2)


def test_the_tokenizer_adds_nothing_by_itself(tmp_path: Path) -> None:
    save_shared(made(), TOKENIZER, "<bos>", "<unk>", "<pad>", tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    assert tokenizer.convert_ids_to_tokens(tokenizer.encode("The capital of Atlantis")) == [
        "The",
        "capital",
        "of",
        "<unk>",
    ]
    assert (tokenizer.bos_token, tokenizer.pad_token) == ("<bos>", "<pad>")


def test_a_revision_that_is_not_there_is_refused_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="step9 holds no model"):
        load_checkpoint(tmp_path, "step9")
