"""Local energies and attention, held against derivatives that nobody worked out by hand."""

import math

import pytest
import torch
from torch import Tensor

from maths.attractor.made import chance, couplings, states
from stable_regions.maths.attractor import network
from stable_regions.maths.attractor.memory import z_scored


def local(made: Tensor, x: Tensor, sharpness: float) -> Tensor:
    return network.energies(network.scores(network.fields(made, x), x, sharpness), sharpness)


def test_attention_writes_minus_the_slope_of_each_tokens_own_energy():
    made, x = couplings(), states()
    written = network.written(made, x, 1.7)
    for site in range(x.shape[1]):
        moved = x.clone().requires_grad_()
        others = torch.where(torch.arange(x.shape[1])[:, None] == site, moved, x)
        (slope,) = torch.autograd.grad(local(made, others, 1.7)[:, site].sum(), moved)
        assert torch.allclose(written[:, site], -slope[:, site], atol=1e-10)


def test_the_rule_is_minus_the_slope_of_the_loss_and_leaves_the_diagonal_alone():
    made, x = couplings().requires_grad_(), states()
    loss = local(made, x, 0.8).sum(-1).mean()
    (slope,) = torch.autograd.grad(loss, made)
    grown, said = network.hebbian(made.detach(), x, 0.8)
    assert torch.allclose(grown, -slope, atol=1e-10)
    assert said == pytest.approx(float(loss.detach()))
    assert grown[torch.arange(5), torch.arange(5)].abs().max() == 0


@pytest.mark.parametrize("symmetric", [False, True])
def test_attention_is_no_descent_of_the_sum_and_the_missing_term_is_known(symmetric: bool):
    made, x = couplings(symmetric=symmetric), states().requires_grad_()
    (slope,) = torch.autograd.grad(local(made, x, 1.0).sum(), x)
    scaled = network.scores(network.fields(made, x), x, 1.0)
    missing = torch.einsum("nki,kiac,nka->nic", network.attention(scaled), made, x)
    gap = -slope - network.written(made, x, 1.0)
    assert torch.allclose(gap, missing, atol=1e-10)
    assert float(gap.detach().norm() / slope.norm()) > 0.1


def test_a_masked_token_looks_at_all_visible_ones_alike():
    made, x = couplings(), states()
    visible = torch.ones(3, 5, dtype=torch.bool)
    visible[:, 2] = False
    x[:, 2] = 0
    alpha = network.attention(network.scores(network.fields(made, x), x, 3.0), visible)
    assert torch.allclose(alpha[:, 2], visible.double() / 4, atol=1e-12)


def test_without_sharpness_the_rule_is_plain_hebb():
    x = states()
    grown, _ = network.hebbian(couplings(), x, 1e-7)
    plain = torch.einsum("nia,njc->ijac", x, x) / len(x) / 4
    plain[torch.arange(5), torch.arange(5)] = 0
    assert torch.allclose(grown, plain, atol=1e-6)


@pytest.mark.parametrize(("sites", "expected"), [(196, -1.054600), (16, -0.541610)])
def test_without_couplings_every_energy_is_that_of_uniform_attention(sites: int, expected: float):
    nothing = torch.zeros(sites, sites, 1, 1, dtype=torch.float64)
    assert local(nothing, torch.randn(1, sites, 1, generator=chance()).double(), 5.0).tolist()[0] == pytest.approx(
        [expected] * sites, abs=1e-6
    )


def test_the_loss_has_no_lower_bound():
    made, x = couplings(), states()
    values = [float(local(made * c, x, 1.0).sum()) for c in (1, 10, 100)]
    assert values[0] > values[1] > values[2]
    assert values[2] / values[1] == pytest.approx(10, rel=0.1)


def test_permuting_and_rotating_commute_with_a_step():
    made, x = couplings(), states()
    order = torch.tensor([3, 0, 4, 1, 2])
    there = network.written(made[order][:, order], x[:, order], 1.3)
    assert torch.allclose(there, network.written(made, x, 1.3)[:, order], atol=1e-12)
    turn, _ = torch.linalg.qr(torch.randn(4, 4, generator=chance(5), dtype=torch.float64))
    turned = network.written(turn @ made @ turn.T, x @ turn.T, 1.3)
    assert torch.allclose(turned, network.written(made, x, 1.3) @ turn.T, atol=1e-12)


def test_three_tokens_by_hand():
    made = torch.zeros(3, 3, 1, 1, dtype=torch.float64)
    made[0, 1], made[0, 2] = 0.5, -1
    x = torch.tensor([[[1.0], [2.0], [-1.0]]], dtype=torch.float64)
    assert float(local(made, x, 1.0)[0, 0]) == pytest.approx(-1 - math.log(2), abs=1e-12)
    assert float(network.written(made, x, 1.0)[0, 0, 0]) == pytest.approx(1, abs=1e-12)
    grown, _ = network.hebbian(made, x, 1.0)
    assert [-float(grown[0, 1, 0, 0]), -float(grown[0, 2, 0, 0])] == pytest.approx([-1, 0.5], abs=1e-12)


def test_z_scores_are_taken_over_the_visible_tokens_of_an_image():
    x = states()
    visible = torch.tensor([[True, True, False, True, True]]).expand(3, 5)
    scored = z_scored(x, visible)
    seen = x[:, visible[0]]
    assert torch.allclose(scored[:, visible[0]], (seen - seen.mean(1, True)) / (seen.std(1, keepdim=True) + 1e-9))
    assert scored[:, 2].abs().max() == 0
