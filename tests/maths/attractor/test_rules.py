"""The rules: the loss falls, slopes are those of finite differences, the normaliser is the sphere's own."""

import math
from itertools import pairwise

import pytest
import torch
from torch import Tensor

from maths.attractor.made import couplings, states
from stable_regions.maths.attractor import rules
from stable_regions.maths.attractor.memory import on_spheres, z_scored
from stable_regions.maths.attractor.spheres import log_normaliser
from stable_regions.maths.attractor.tokens import tokens_of
from stable_regions.suites.images import images


@pytest.fixture(scope="module")
def digits() -> Tensor:
    return tokens_of(8, "patches", 0).encode(images("digits").train)


@pytest.mark.parametrize("sharpness", [0.2, 5.0])
def test_the_loss_never_rises_from_sweep_to_sweep(digits: Tensor, sharpness: float):
    _, losses = rules.fixed_point(z_scored(digits[:200]), sharpness, 0.14, sweeps=40)
    assert max(after - before for before, after in pairwise(losses)) <= 1e-12
    assert losses[-1] < losses[0]


def test_the_row_norm_is_what_was_asked(digits: Tensor):
    for made in (rules.fixed_point(z_scored(digits[:50]), 1.0, 0.3)[0], rules.adamw(digits[:50], 5.0, 0.3, 0, steps=5)):
        assert float(made.square().sum((1, 2, 3)).mean().sqrt()) == pytest.approx(0.3)


def test_the_notebooks_trainer_lowers_the_loss(digits: Tensor):
    from stable_regions.maths.attractor.network import hebbian

    scored = z_scored(digits[:300])
    losses = [hebbian(rules.adamw(scored, 5.0, 0.14, 0, steps), scored, 5.0)[1] for steps in (0, 600)]
    assert losses[1] < losses[0]


def test_the_normalised_slope_is_that_of_finite_differences():
    made, radii = couplings() * 0.3, torch.tensor([0.5, 1, 1.5, 2, 0.7]).double()
    x = on_spheres(states(), radii)
    slope, _ = rules.normalised_slope(made, x, radii, 1.2)
    for place in [(0, 1, 2, 3), (4, 2, 0, 0), (2, 3, 1, 1)]:
        values: list[float] = []
        for sign in (1, -1):
            moved = made.clone()
            moved[place] += sign * 1e-5
            values.append(rules.normalised_slope(moved, x, radii, 1.2)[1])
        assert float(slope[place]) == pytest.approx((values[0] - values[1]) / 2e-5, abs=1e-8)


@pytest.mark.parametrize("kappa", [0.0, 0.3, 5.9, 6.1, 40.0])
def test_on_the_circle_the_normaliser_is_the_integral(kappa: float):
    angle = torch.arange(4096, dtype=torch.float64) * (2 * math.pi / 4096)
    weight = torch.exp(kappa * (angle.cos() - 1))
    log_k, mean = log_normaliser(torch.tensor([kappa], dtype=torch.float64), 2)
    assert float(log_k) == pytest.approx(math.log(float(weight.mean())) + kappa, abs=1e-8)
    assert float(mean) == pytest.approx(float((weight * angle.cos()).sum() / weight.sum()), abs=1e-8)


@pytest.mark.parametrize("d", [4, 8, 16])
def test_the_normaliser_is_one_function_where_its_two_ways_meet(d: int):
    near = torch.tensor([6 - 1e-9, 6 + 1e-9], dtype=torch.float64)
    log_k, mean = log_normaliser(near, d)
    assert float(log_k[1] - log_k[0]) == pytest.approx(2e-9 * float(mean[0]), abs=1e-10)
    assert float(mean[1] - mean[0]) == pytest.approx(0, abs=1e-9)
    assert 0 < float(mean[0]) < 1


def test_without_the_normaliser_the_scale_of_the_couplings_is_free_with_it_it_is_not():
    radii = torch.ones(5).double()
    x = on_spheres(states(20), radii)
    made = rules.normalised(x, radii, 1.0)
    values = [rules.normalised_slope(made * c, x, radii, 1.0)[1] for c in (1, 3, 10)]
    assert values[2] > values[1] > values[0]
