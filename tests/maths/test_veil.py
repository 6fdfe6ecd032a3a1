import pytest
import torch

from stable_regions.maths.plane import plane_through, tilted
from stable_regions.maths.veil import nearest_other, nearest_real


@pytest.mark.parametrize("degrees", [0, 50])
def test_three_numbers_of_an_activation_are_enough_to_know_how_far_it_is(degrees: float) -> None:
    chance = torch.Generator().manual_seed(0)
    real = torch.randn(30, 8, generator=chance, dtype=torch.float64)
    plane = tilted(plane_through(*real[:3].float()), degrees, 1)
    alpha, beta = torch.linspace(-1, 2, 5), torch.linspace(-0.5, 1, 4)
    found = nearest_real(plane, alpha, beta, plane.projected(real))
    for row, b in enumerate(beta):
        points = plane.point(alpha, b.expand(5))
        expected = (points[:, None] - real).norm(dim=-1).amin(dim=1)
        assert torch.allclose(found[row], expected, atol=1e-9)


def test_a_point_that_is_a_real_activation_is_at_no_distance() -> None:
    a, b, c = torch.tensor([[0.0, 0, 0], [1, 0, 0], [0, 2, 0]])
    plane = plane_through(a, b, c)
    real = plane.projected(torch.stack([a, b, c, torch.tensor([0.0, 0, 5])]).double())
    found = nearest_real(plane, torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0]), real)
    assert found.tolist() == [[0, 0], [0, 1]]


def test_the_nearest_other_is_not_oneself() -> None:
    rows = torch.tensor([[0.0, 0], [3, 4], [3, 5], [10, 5]]).double()
    assert nearest_other(rows, 0, 4).tolist() == pytest.approx([5, 1, 1, 7])
    assert nearest_other(rows, 2, 4).tolist() == pytest.approx([1, 7])
