import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from stable_regions.maths.auc import auc

SAMPLES = st.lists(st.integers(-4, 4).map(float), min_size=1, max_size=12)


@given(SAMPLES, SAMPLES)
def test_it_is_the_share_of_pairs_in_order_with_ties_counted_half(low: list[float], high: list[float]) -> None:
    expected = sum((a < b) + (a == b) / 2 for a in low for b in high) / (len(low) * len(high))
    assert auc(torch.tensor(low), torch.tensor(high)) == pytest.approx(expected)


@given(SAMPLES, SAMPLES)
def test_exchanging_the_kinds_exchanges_the_areas(low: list[float], high: list[float]) -> None:
    assert auc(torch.tensor(low), torch.tensor(high)) == pytest.approx(1 - auc(torch.tensor(high), torch.tensor(low)))


def test_two_normal_distributions_give_phi_of_their_separation() -> None:
    """AUC = Φ(Δ / √2) for two unit normals Δ apart; here their exact quantiles stand for samples."""
    normal = torch.distributions.Normal(0.0, 1.0)
    quantiles = normal.icdf((torch.arange(4000, dtype=torch.float64) + 0.5) / 4000)
    for apart in (0.0, 0.5, 1.5):
        expected = float(normal.cdf(torch.tensor(apart / math.sqrt(2))))
        assert auc(quantiles, quantiles + apart) == pytest.approx(expected, abs=1e-3)


def test_kinds_apart_are_told_apart_and_equal_ones_are_not() -> None:
    assert auc(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0, 5.0])) == 1
    assert auc(torch.ones(3), torch.ones(5)) == 0.5


def test_nothing_is_said_of_nothing() -> None:
    assert math.isnan(auc(torch.tensor([]), torch.tensor([1.0])))
    assert math.isnan(auc(torch.tensor([1.0, math.nan]), torch.tensor([1.0])))
