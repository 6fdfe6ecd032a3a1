"""Measures of likeness, by cases that can be worked out in one's head."""

import pytest
import torch

from maths.attractor.made import chance
from stable_regions.maths.attractor import hopfield, metrics
from stable_regions.maths.attractor.local_energy import tied


def test_an_image_that_is_the_mean_has_nothing_of_its_own():
    mean = torch.tensor([0.2, 0.6, 0.4, 0.0]).double()
    true = torch.tensor([[0.9, 0.1, 0.3, 0.2]]).double()
    assert float(metrics.own(mean[None], true, mean)) == 0
    assert float(metrics.with_mean(mean[None], mean)) == pytest.approx(1)
    assert float(metrics.own(true, true, mean)) == pytest.approx(1)


def test_states_that_point_the_same_way_are_one():
    rows = torch.tensor([[1.0, 0], [0, 1], [2, 0.001], [0, 3], [-1, 0]])
    assert metrics.leaders(rows).tolist() == [0, 1, 0, 1, 2]
    assert metrics.entropy(torch.tensor([0, 1, 0, 1])) == pytest.approx(1)
    assert metrics.entropy(torch.tensor([3, 3, -1])) == 0


def test_ridge_finds_a_line():
    x = torch.randn(50, 2, generator=chance(), dtype=torch.float64)
    weights, offset = metrics.ridge(x, x @ torch.tensor([[2.0], [-1.0]]).double() + 3, 0.0)
    assert weights.flatten().tolist() == pytest.approx([2, -1])
    assert offset.tolist() == pytest.approx([3])


def test_a_head_goes_down_its_energy_and_writes_minus_its_slope():
    keys = torch.randn(7, 5, generator=chance(), dtype=torch.float64)
    q = torch.randn(20, 5, generator=chance(1), dtype=torch.float64).requires_grad_()
    (slope,) = torch.autograd.grad(hopfield.energy(keys, q, 1.5).sum(), q)
    step = hopfield.retrieved(keys, q.detach(), 1.5)
    assert torch.allclose(slope, q.detach() - step, atol=1e-10)
    q = q.detach()
    for _ in range(20):
        after = hopfield.retrieved(keys, q, 1.5)
        assert float((hopfield.energy(keys, after, 1.5) - hopfield.energy(keys, q, 1.5)).max()) <= 1e-12
        q = after


def test_how_few_keys_hold_most():
    keys = torch.eye(10, dtype=torch.float64)
    assert hopfield.k90(keys, keys[:1], 50.0).tolist() == [1]
    assert hopfield.k90(keys, torch.zeros(1, 10).double(), 1.0).tolist() == [9]


def test_the_tied_score_is_the_cosine_of_two_matrices_that_are_never_built():
    q, k, v = (torch.randn(3, 2, 6, generator=chance(seed), dtype=torch.float64) for seed in range(3))
    o = torch.randn(3, 6, 2, generator=chance(4), dtype=torch.float64)
    o[1], v[1] = q[1].T, k[1]
    found = tied(q, k, v, o)
    for head in range(3):
        for other in range(3):
            written, asked = (o[head] @ v[head]).flatten(), (q[other].T @ k[other]).flatten()
            assert float(found[head, other]) == pytest.approx(float(torch.cosine_similarity(written, asked, dim=0)))
    assert float(found[1, 1]) == pytest.approx(1)
