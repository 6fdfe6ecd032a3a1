"""What a model is computed in: doubles all the way through, and the error of bfloat16."""

import pytest
import torch
from torch import Tensor

from engine.plain import FullSequence
from engine.test_exactness import error, line
from engine.zoo import FAST, specimen
from stable_regions.engine.double_precision import kept
from stable_regions.engine.families import family_of
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.tail import Tail

IDS = [5, 9, 13, 6, 44, 23, 61]

STEP = 1e-11
"""Far below what single precision tells apart, far above what double does."""


def tail_of(model_type: str, dtype: torch.dtype) -> Tail:
    network = specimen(model_type).to(dtype)
    family = family_of(network)
    assert family is not None
    return Tail(network, 1, family)


def bent(finals: Tensor) -> float:
    """Of three even steps, how much the second differs from the first: rounding alone, at such a step."""
    first, second = finals[1] - finals[0], finals[2] - finals[1]
    return float((second - first).norm() / first.norm())


@pytest.mark.parametrize("model_type", FAST)
def test_a_network_of_doubles_tells_apart_what_single_precision_cannot(model_type: str) -> None:
    tail = tail_of(model_type, torch.float64)
    clean = tail.clean(IDS)
    way = torch.randn(len(clean.anchor), generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    finals = tail.written(clean, clean.anchor + STEP * torch.arange(3)[:, None] * way)
    assert finals.dtype == torch.float64
    assert bent(finals) < 0.01
    assert bent(tail.logits(finals)) < 0.01


def test_without_the_mode_a_norm_in_single_precision_would_swallow_the_step() -> None:
    """The twin: what the mode averts."""
    network = specimen("llama").double()
    stream = torch.randn(64, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    norm, near = network.model.norm, stream * (1 + STEP) + STEP
    with torch.inference_mode():
        assert torch.equal(norm(near), norm(stream))
        with kept(torch.float64):
            assert not torch.equal(norm(near), norm(stream))


@pytest.mark.parametrize("model_type", ["gpt2", "gpt_neox", "llama", "gemma2", "qwen3", "mixtral"])
def test_in_double_precision_the_tail_equals_plain_hooks_to_1e_12(model_type: str) -> None:
    network = specimen(model_type).double()
    if model_type == "mixtral":
        network.set_experts_implementation("eager")
    tail, plain = tail_of(model_type, torch.float64), FullSequence(network, 1)
    with kept(torch.float64):
        points = line(plain, IDS)
        finals, logits = plain.written(IDS, points)
    written = tail.written(tail.clean(IDS), points)
    assert error(written, finals) < 1e-12
    assert error(tail.logits(written), logits) < 1e-12


@pytest.mark.parametrize("model_type", ["stablelm", "gptj"])
def test_the_fallback_keeps_doubles_too(model_type: str) -> None:
    network = specimen(model_type).double()
    oracle = Oracle(network, 1)
    clean = oracle.clean(IDS)
    way = torch.randn(len(clean.anchor), generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert bent(oracle.written(clean, clean.anchor + STEP * torch.arange(3)[:, None] * way)) < 0.01


@pytest.mark.parametrize("model_type", ["gpt2", "gpt_neox", "llama", "gemma2", "qwen2"])
def test_bfloat16_is_within_three_percent_of_single_precision(model_type: str) -> None:
    """Eight bits of mantissa: each product is off by up to 0.4 %, and a few blocks add up."""
    single, half = tail_of(model_type, torch.float32), tail_of(model_type, torch.bfloat16)
    clean = single.clean(IDS)
    way = torch.randn(7, len(clean.anchor), generator=torch.Generator().manual_seed(0))
    points = clean.anchor + 0.3 * clean.anchor.std() * way
    written = half.written(half.clean(IDS), points.bfloat16())
    assert written.dtype == torch.bfloat16
    assert error(written.float(), single.written(clean, points)) < 0.03
