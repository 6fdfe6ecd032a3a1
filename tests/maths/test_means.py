import math

import pytest
import torch

from stable_regions.maths.distance import ON_DISTRIBUTION, ON_RESIDUAL
from stable_regions.maths.means import mean_output


@pytest.mark.parametrize("distance", ON_DISTRIBUTION)
def test_the_mean_of_distributions_is_their_even_mixture(distance: str) -> None:
    rows = torch.tensor([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]).log()
    found = mean_output([rows[:1], rows[1:]], distance)  # pyright: ignore[reportArgumentType]
    assert found.exp().tolist() == pytest.approx([0.3, 0.175, 0.525])


def test_a_token_that_nobody_predicts_is_rare_and_not_impossible() -> None:
    rows = torch.tensor([[0.0, -math.inf], [0.0, -math.inf]])
    assert mean_output([rows], "js").isfinite().all()


def test_the_mean_of_residuals_is_theirs_and_that_of_directions_forgets_lengths() -> None:
    rows = torch.tensor([[2.0, 0.0], [0.0, 8.0]])
    assert mean_output([rows], "l2").tolist() == [1, 4]
    assert mean_output([rows], "cosine").tolist() == [0.5, 0.5]


@pytest.mark.parametrize("distance", ON_RESIDUAL | ON_DISTRIBUTION)
def test_how_outputs_are_bundled_changes_nothing(distance: str) -> None:
    rows = torch.randn(40, 6, generator=torch.Generator().manual_seed(0)).log_softmax(dim=-1)
    whole, parts = (mean_output(blocks, distance) for blocks in ([rows], rows.split(7)))  # pyright: ignore
    assert torch.allclose(whole, parts, atol=1e-6)
