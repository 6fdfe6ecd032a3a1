import math

import pytest
import torch
from torch import Tensor

from stable_regions.maths.distance import ON_DISTRIBUTION, ON_RESIDUAL
from stable_regions.maths.measures import MEASURES, mean_of

FORMULAS = ON_RESIDUAL | ON_DISTRIBUTION


def outputs(distance: str, n: int = 40) -> Tensor:
    rows = torch.randn(n, 6, generator=torch.Generator().manual_seed(0))
    return rows if distance in ON_RESIDUAL else rows.log_softmax(dim=-1)


def prepared_mean(rows: Tensor, distance: str) -> Tensor:
    return mean_of([MEASURES[distance].prepared(rows)], distance)  # pyright: ignore


@pytest.mark.parametrize("distance", MEASURES)
def test_prepared_outputs_row_by_row_are_as_far_apart_as_the_formula_says(distance: str) -> None:
    one, other, measure = outputs(distance)[:20], outputs(distance)[20:], MEASURES[distance]  # pyright: ignore
    found = measure.apart(measure.prepared(one), measure.prepared(other))
    expected = torch.cat([FORMULAS[distance](a[None], b) for a, b in zip(one, other, strict=True)])  # pyright: ignore
    assert torch.allclose(found, expected, atol=1e-7)


@pytest.mark.parametrize("distance", ON_DISTRIBUTION)
def test_the_mean_of_distributions_is_their_even_mixture(distance: str) -> None:
    rows = torch.tensor([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]).log()
    mixture = MEASURES[distance].prepared(torch.tensor([0.3, 0.175, 0.525]).log())  # pyright: ignore
    assert prepared_mean(rows, distance).tolist() == pytest.approx(mixture.tolist(), abs=1e-6)


def test_a_token_that_nobody_predicts_is_rare_and_not_impossible() -> None:
    rows = torch.tensor([[0.0, -math.inf], [0.0, -math.inf]])
    assert prepared_mean(rows, "js").isfinite().all()


def test_the_mean_of_residuals_is_theirs_and_that_of_directions_is_a_direction() -> None:
    rows = torch.tensor([[2.0, 0.0], [0.0, 8.0]])
    assert prepared_mean(rows, "l2").tolist() == [1, 4]
    assert prepared_mean(rows, "cosine").tolist() == pytest.approx([0.5**0.5, 0.5**0.5])


@pytest.mark.parametrize("distance", MEASURES)
def test_how_outputs_are_bundled_changes_nothing(distance: str) -> None:
    rows = MEASURES[distance].prepared(outputs(distance))  # pyright: ignore
    whole, parts = (mean_of(blocks, distance) for blocks in ([rows], rows.split(7)))  # pyright: ignore
    assert torch.allclose(whole, parts, atol=1e-6)
