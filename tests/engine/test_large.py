"""Large models: spread over devices by accelerate's hooks, or without the weights below the write layer."""

import gc
import weakref

import pytest
import torch
from accelerate import dispatch_model

from engine.zoo import FAST, specimen
from stable_regions.engine.families import family_of, part
from stable_regions.engine.tail import Tail

IDS = [5, 9, 13, 6, 44, 23, 61]
SPREAD = ("gpt2", "gpt_neox", "llama", "olmo", "olmo2", "qwen2", "gemma2", "phi")
"""The families of the catalogue."""


def written(tail: Tail) -> torch.Tensor:
    clean = tail.clean(IDS)
    points = clean.anchor + torch.randn(9, len(clean.anchor), generator=torch.Generator().manual_seed(3))
    return tail.logits(tail.written(clean, points))


@pytest.mark.parametrize("model_type", SPREAD)
def test_a_network_with_accelerate_s_hooks_at_every_block_gives_the_same_numbers(model_type: str) -> None:
    network, hooked = specimen(model_type), specimen(model_type)
    family = family_of(network)
    assert family is not None
    blocks = len(part(network, f"{family.core}.{family.blocks}"))  # type: ignore[arg-type]
    named = [name for name, module in hooked.named_modules() if name and not list(module.children())]
    places = dict.fromkeys(named, "cpu")
    dispatch_model(hooked, places, main_device="cpu", force_hooks=True)
    assert any(hasattr(module, "_hf_hook") for module in hooked.modules())
    assert blocks == 4
    torch.testing.assert_close(written(Tail(hooked, 1, family)), written(Tail(network, 1, family)), rtol=0, atol=0)


@pytest.mark.gpu
def test_a_model_spread_over_two_gpus_gives_the_processor_s_numbers() -> None:
    if torch.cuda.device_count() < 2:
        pytest.skip("needs two CUDA devices")
    network, spread = specimen("llama"), specimen("llama")
    family = family_of(network)
    assert family is not None
    places = {"model.embed_tokens": 0, "model.rotary_emb": 0, "model.norm": 1, "lm_head": 1}
    places |= {f"model.layers.{block}": block // 2 for block in range(4)}
    dispatch_model(spread, places)
    torch.testing.assert_close(
        written(Tail(spread, 1, family)).cpu(), written(Tail(network, 1, family)), rtol=1e-4, atol=1e-4
    )


@pytest.mark.parametrize("model_type", FAST)
def test_a_lean_writer_writes_the_same_and_the_weights_below_leave_memory(model_type: str) -> None:
    network = specimen(model_type)
    family = family_of(network)
    assert family is not None
    tail = Tail(network, 2, family)
    clean = tail.clean(IDS)
    points = clean.anchor + torch.randn(9, len(clean.anchor), generator=torch.Generator().manual_seed(3))
    expected = tail.written(clean, points)
    blocks = part(network, f"{family.core}.{family.blocks}")
    below = [weakref.ref(weight) for block in list(blocks.children())[:3] for weight in block.parameters()]
    above = [weakref.ref(weight) for weight in list(blocks.children())[3].parameters()]
    tail, _ = tail.lean()
    del network, blocks
    gc.collect()
    assert not any(weight() is not None for weight in below)
    assert all(weight() is not None for weight in above)
    torch.testing.assert_close(tail.written(clean, points), expected, rtol=0, atol=0)


def test_a_lean_writer_refuses_to_run_a_prompt() -> None:
    network = specimen("llama")
    family = family_of(network)
    assert family is not None
    tail = Tail(network, 2, family)
    tail, _ = tail.lean()
    with pytest.raises(AssertionError, match="lean"):
        tail.clean(IDS)


def test_who_shares_the_network_with_a_lean_writer_notices_nothing() -> None:
    network = specimen("gpt_neox")
    family = family_of(network)
    assert family is not None
    one, other = Tail(network, 2, family), Tail(network, 0, family)
    expected = written(other)
    one.lean()
    torch.testing.assert_close(written(other), expected, rtol=0, atol=0)
