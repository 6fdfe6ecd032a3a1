import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from stable_regions.maths.distance import ON_DISTRIBUTION, ON_RESIDUAL, Formula
from stable_regions.schemas.plane import DISTANCES

ALL = ON_RESIDUAL | ON_DISTRIBUTION
LOGITS = st.lists(st.floats(-200, 200, width=32), min_size=6, max_size=6).map(
    lambda row: torch.tensor(row).log_softmax(0)
)
SHARES = st.lists(st.floats(0.01, 1), min_size=6, max_size=6).map(lambda row: torch.tensor(row) / sum(row))


def test_every_distance_on_the_wire_has_a_formula() -> None:
    assert set(ALL) == set(DISTANCES)


@pytest.mark.parametrize("formula", ALL.values(), ids=ALL.keys())
@given(output=LOGITS)
def test_equal_outputs_are_exactly_nothing_apart(formula: Formula, output: Tensor) -> None:
    assert formula(output.expand(3, -1).contiguous(), output).tolist() == [0, 0, 0]


@pytest.mark.parametrize("formula", ON_DISTRIBUTION.values(), ids=ON_DISTRIBUTION.keys())
@given(p=LOGITS, q=LOGITS)
def test_distances_of_distributions_are_symmetric_and_at_most_one(formula: Formula, p: Tensor, q: Tensor) -> None:
    there, back = float(formula(p[None], q)), float(formula(q[None], p))
    assert 0 <= there <= 1
    assert there == pytest.approx(back, abs=1e-6)


@pytest.mark.parametrize("formula", ON_DISTRIBUTION.values(), ids=ON_DISTRIBUTION.keys())
def test_distributions_without_a_common_token_are_one_apart(formula: Formula) -> None:
    p, q = torch.tensor([1.0, 1e-30, 1e-30]).log(), torch.tensor([1e-30, 0.5, 0.5]).log()
    assert float(formula(p[None], q)) == pytest.approx(1, abs=1e-6)


@given(p=SHARES, q=SHARES)
def test_closed_forms(p: Tensor, q: Tensor) -> None:
    p, q = p.double() / p.double().sum(), q.double() / q.double().sum()
    m = (p + q) / 2
    divergence = ((p * (p / m).log2()).sum() + (q * (q / m).log2()).sum()) / 2
    expected = {
        "hellinger": (1 - (p * q).sqrt().sum()).clamp(min=0).sqrt(),
        "tv": (p - q).clamp(min=0).sum(),
        "js": divergence.clamp(min=0).sqrt(),
    }
    for name, formula in ON_DISTRIBUTION.items():
        assert float(formula(p.log()[None], q.log())) == pytest.approx(float(expected[name]), abs=1e-6)


@given(p=SHARES, q=SHARES, r=SHARES)
def test_the_triangle_inequality_holds(p: Tensor, q: Tensor, r: Tensor) -> None:
    for formula in ON_DISTRIBUTION.values():
        direct = float(formula(p.log()[None], r.log()))
        assert direct <= float(formula(p.log()[None], q.log())) + float(formula(q.log()[None], r.log())) + 1e-5


def test_single_precision_agrees_with_double_for_nearly_equal_outputs() -> None:
    torch.manual_seed(0)
    logits = torch.randn(1000)
    near = logits + 1e-3 * torch.randn(20, 1000)
    for formula in ON_DISTRIBUTION.values():
        single = formula(near.log_softmax(-1), logits.log_softmax(-1))
        double = formula(near.double().log_softmax(-1), logits.double().log_softmax(-1))
        assert torch.allclose(single.double(), double, rtol=2e-3)


def test_cosine_and_l2_by_pencil() -> None:
    east = torch.tensor([2.0, 0.0])
    rows = torch.tensor([[5.0, 0.0], [0.0, 3.0], [-1.0, 0.0]])
    assert ON_RESIDUAL["cosine"](rows, east).tolist() == pytest.approx([0, 1, 2])
    assert ON_RESIDUAL["l2"](rows, east).tolist() == pytest.approx([3, math.sqrt(13), 3])
