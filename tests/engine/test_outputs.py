"""Distances of distributions from logits, in one pass: against the definitions in double precision."""

import pytest
import torch
from torch import Tensor

from stable_regions.engine import outputs
from stable_regions.engine.outputs import compared, likeliest
from stable_regions.maths.distance import ON_DISTRIBUTION
from stable_regions.schemas.plane import Distance


def exact(logits: Tensor, target: Tensor, distance: Distance) -> Tensor:
    """The definition, with nothing but probabilities, in double precision."""
    p, q = logits.double().softmax(-1), target.double().exp()
    if distance == "hellinger":
        return ((p.sqrt() - q.sqrt()).square().sum(-1) / 2).sqrt()
    if distance == "tv":
        return (p - q).abs().sum(-1) / 2
    middle = (p + q) / 2
    divergence = (torch.special.xlogy(p, p / middle) + torch.special.xlogy(q, q / middle)).sum(-1) / 2
    return (divergence / torch.log(torch.tensor(2.0, dtype=torch.float64))).clamp(min=0).sqrt()


@pytest.mark.parametrize("distance", sorted(ON_DISTRIBUTION))
@pytest.mark.parametrize(("dtype", "bound"), [(torch.float32, 1e-6), (torch.float64, 1e-12), (torch.bfloat16, 1e-6)])
@pytest.mark.parametrize("spread", [0.1, 5.0, 60.0])
def test_distances_and_tokens_are_those_of_the_definition(
    distance: Distance, dtype: torch.dtype, bound: float, spread: float
) -> None:
    torch.manual_seed(0)
    logits = (spread * torch.randn(50, 700, dtype=torch.float64)).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    targets = [(spread * torch.randn(700, dtype=torch.float64)).to(wide).log_softmax(-1) for _ in range(3)]
    before = logits.clone()
    found, top = compared(logits, targets, distance)
    assert torch.equal(logits, before)
    assert torch.equal(top, logits.argmax(-1))
    assert found.dtype == wide
    for row, target in zip(found, targets, strict=True):
        error = (row.double() - exact(logits, target, distance)).abs().max()
        # The root that a divergence takes of its rounding: a distance of 0 is known to the root of a bound.
        assert float(error) <= (bound**0.5 if distance == "js" else bound)


@pytest.mark.parametrize("distance", sorted(ON_DISTRIBUTION))
def test_what_is_next_to_a_target_does_not_drown_in_rounding(distance: Distance) -> None:
    torch.manual_seed(0)
    one = 3 * torch.randn(1, 700, dtype=torch.float64)
    near = one + 1e-4 * torch.randn(20, 700, dtype=torch.float64)
    target = one[0].log_softmax(-1)
    found, _ = compared(near.float(), [target.float()], distance)
    assert torch.allclose(found[0].double(), exact(near.float().double(), target, distance), rtol=0.02, atol=0)
    same, _ = compared(one.float(), [target.float()], distance)
    assert float(same.max()) <= 1e-6


@pytest.mark.parametrize("size", [5, 64, 4096, 4097, 5000, 8191])
def test_the_likeliest_is_the_first_of_the_largest(size: int) -> None:
    torch.manual_seed(0)
    logits = torch.randn(200, size)
    assert torch.equal(likeliest(logits), logits.argmax(-1))
    few = torch.randint(0, 3, (200, size)).float()
    assert torch.equal(likeliest(few), few.argmax(-1))
    assert torch.equal(likeliest(few.bfloat16()), few.argmax(-1))


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    logits, target = torch.randn(101, 300), torch.randn(300).log_softmax(-1)
    whole, top = compared(logits, [target], "hellinger")
    monkeypatch.setattr(outputs, "CACHED", 900)
    blocks, tops = compared(logits, [target], "hellinger")
    assert torch.equal(top, tops)
    assert torch.allclose(whole, blocks, rtol=0, atol=1e-7)
