"""One block iterated: its first step is the block's own output, and its derivatives are its own."""

import pytest
import torch
from torch import nn

from engine.zoo import FAST, specimen
from stable_regions.engine.families import family_of
from stable_regions.engine.inside import KINDS
from stable_regions.engine.iterated_block import IteratedBlock
from stable_regions.engine.tail import Tail

IDS = [5, 9, 13, 6, 44, 23, 61]


def iterated(model_type: str, dtype: torch.dtype = torch.float32, **asked: object) -> IteratedBlock:
    """Block 1 of a random network."""
    network = specimen(model_type).to(dtype)
    family = family_of(network)
    assert family is not None
    return IteratedBlock(network, Tail(network, 0, family), 1, IDS, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("model_type", sorted(FAST))
def test_one_step_of_the_prompts_own_activation_is_the_models_next_stream_in_direction(model_type: str):
    network, block = specimen(model_type), iterated(model_type)
    with torch.inference_mode():
        said = network(torch.tensor([IDS]), output_hidden_states=True, use_cache=False)
    before, after = (said.hidden_states[n][:, -1] for n in (1, 2))
    expected, found = block.on_sphere(after), block.step(block.anchor[None])
    assert float(torch.cosine_similarity(found, expected).min()) > 1 - 1e-5
    assert torch.allclose(block.on_sphere(before)[0], block.anchor, atol=1e-4)
    assert float(found.norm()) == pytest.approx(block.radius, rel=1e-4)


def test_points_that_are_iterated_together_do_not_see_one_another():
    block = iterated("llama", torch.float64)
    states = block.on_sphere(torch.randn(7, 64, generator=torch.Generator().manual_seed(1), dtype=torch.float64))
    alone = torch.cat([block.step(row[None]) for row in states])
    assert torch.allclose(block.step(states), alone, atol=1e-10)


@pytest.mark.parametrize("model_type", ["gpt2", "gpt_neox", "llama", "olmo2"])
def test_without_the_mlp_a_step_adds_what_attention_adds(model_type: str):
    whole, bare = iterated(model_type, torch.float64), iterated(model_type, torch.float64, attention_only=True)
    there = whole.anchor[None]
    assert not torch.allclose(whole.output(there), bare.output(there))
    (module,) = [child for name, child in bare._module.named_children() if name in KINDS["attention"]]
    for parameter in module.parameters():
        nn.init.zeros_(parameter)
    assert torch.allclose(bare.output(there), there, atol=1e-12)


@pytest.mark.parametrize(("model_type", "small", "allowed"), [("gpt2", 1e-5, 1e-5), ("llama", 1e-3, 1e-2)])
def test_derivatives_of_a_step_are_finite_differences(model_type: str, small: float, allowed: float):
    """Llama's norm computes in single precision whatever the rest does, so it cannot be asked about finer steps."""
    block = iterated(model_type, torch.float64)
    states, tangents = torch.randn(2, 3, 64, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    found = block.push(states, tangents)
    above, below = (block.step(states + sign * small * tangents) for sign in (1, -1))
    expected = (above - below) / (2 * small)
    assert float((found - expected).norm() / expected.norm()) < allowed
